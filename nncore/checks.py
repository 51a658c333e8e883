"""Checks of arguments: each raises a ValueError that names the argument, the rule and the value received."""

import sys
from numbers import Integral, Real

LARGEST = sys.float_info.max


def require_whole(name: str, value: object, low: int, high: int | None = None) -> int:
    """`value` as an int, when it is a whole number from `low` to `high` (no upper end with None)."""
    if not isinstance(value, Integral) or isinstance(value, bool):
        rule = f"of at least {low}" if high is None else f"from {low} to {high}"
        raise ValueError(f"{name} must be a whole number {rule}, got {value!r}")
    if value < low:
        raise ValueError(f"{name} must be at least {low}, got {value}")
    if high is not None and value > high:
        raise ValueError(f"{name} must be at most {high}, got {value}")
    return int(value)


def require_number(name: str, value: object, low: float, high: float | None = None) -> float:
    """`value` as a float, when it is a number from `low` to `high`, or finite with None; NaN is refused."""
    number = isinstance(value, Real) and not isinstance(value, bool)
    if not number or not low <= value <= (LARGEST if high is None else high):
        rule = f"finite number of at least {low}" if high is None else f"number from {low} to {high}"
        raise ValueError(f"{name} must be a {rule}, got {value!r}")
    return float(value)


def require_one_of(name: str, value: object, allowed: object) -> None:
    """Nothing, when `value` is among the names `allowed` (a table or a tuple)."""
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {value!r}")
