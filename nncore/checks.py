"""Checks of arguments: each raises a ValueError that names the argument, the rule and the value received."""

from numbers import Integral, Real


def require_whole(name: str, value: object, low: int, high: int | None = None) -> int:
    """`value` as an int, when it is a whole number from `low` to `high` (no upper end with None)."""
    rule = f"at least {low}" if high is None else f"from {low} to {high}"
    whole = isinstance(value, Integral) and not isinstance(value, bool)
    if not whole or value < low or (high is not None and value > high):
        raise ValueError(f"{name} must be a whole number {rule}, got {value!r}")
    return int(value)


def require_number(name: str, value: object, low: float, high: float) -> float:
    """`value` as a float, when it is a number from `low` to `high`; NaN is refused."""
    number = isinstance(value, Real) and not isinstance(value, bool)
    if not number or not low <= value <= high:
        raise ValueError(f"{name} must be a number from {low} to {high}, got {value!r}")
    return float(value)


def require_one_of(name: str, value: object, allowed: object) -> None:
    """Nothing, when `value` is among the names `allowed` (a table or a tuple)."""
    if not isinstance(value, str) or value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {value!r}")
