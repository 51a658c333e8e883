"""Checks of arguments: each raises a ValueError that names the argument, the rule and the value received.

Lists, data frames and arrays of any kind of number are taken as float64 arrays; nothing is rounded, filled in or stretched
silently. `nncore.arguments` has the same checks as rules that stand in front of a function.
"""

import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from decimal import Decimal
from itertools import islice
from numbers import Integral, Real
from typing import Any

import numpy as np

Array = np.ndarray
Sizes = dict[str, Any]  # what each letter of a shape stands for in one call, and "N of" whom it was taken from

LARGEST = sys.float_info.max
LARGEST_ENTRY = 1e50  # of an array from outside: a product of six such numbers is still a float
NO_COUNT = bool, np.timedelta64  # kinds of whole numbers for Python and NumPy, but no numbers to count with
NO_LISTS = str, bytes, bytearray, memoryview, Mapping, set, frozenset  # what has items, and nobody means as a list
MOST_ITEMS = 1_000_000  # of a list
MOST_CLASSES = 1000
MOST_LETTERS = 60  # of a value that is quoted in a message
NO_NUMBERS = {
    "U": "text", "S": "text", "T": "text", "c": "complex numbers", "M": "dates", "m": "spans of time", "V": "records",
}  # fmt: skip


def shown(value: object) -> str:
    """`value` as a message quotes it: its `repr`, cut where it is long."""
    try:
        text = " ".join(repr(value).split())
    except Exception:  # a stranger's object may fail to describe itself, and so does an int of 5,000 digits
        text = f"a value of type {type(value).__name__}"
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}..."


def require_whole(name: str, value: object, low: int, high: int | None = None) -> int:
    """`value` as an int, when it is a whole number from `low` to `high` (no upper end with None)."""
    value = _plain_number(value)
    if not isinstance(value, Integral) or isinstance(value, NO_COUNT):
        rule = f"of at least {low}" if high is None else f"from {low} to {high}"
        raise ValueError(f"{name} must be a whole number {rule}, got {shown(value)}")
    if value < low:
        raise ValueError(f"{name} must be at least {low}, got {shown(value)}")
    if high is not None and value > high:
        raise ValueError(f"{name} must be at most {high}, got {shown(value)}")
    return int(value)


def require_number(name: str, value: object, low: float, high: float | None = None) -> float:
    """`value` as a float, when it is a number from `low` to `high`, or finite with None; NaN is refused."""
    value, number = _plain_number(value), float("nan")
    if isinstance(value, Real | Decimal) and not isinstance(value, NO_COUNT):
        with suppress(Exception):  # of an int beyond all floats, of a signalling nan, of what a stranger calls a number
            number = float(value) + 0.0  # -0.0 is 0.0
    if not low <= number <= (LARGEST if high is None else high):
        rule = f"finite number of at least {low}" if high is None else f"number from {low} to {high}"
        raise ValueError(f"{name} must be a {rule}, got {shown(value)}")
    return number


def require_one_of(name: str, value: object, allowed: object) -> str:
    """`value` as a plain text, when it is among the names `allowed` (a table or a tuple)."""
    plain = plain_text(value)
    if plain is None or plain not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {shown(value)}")
    return plain


def plain_text(value: object) -> str | None:
    """A text as Python's own, whatever class of texts it is of; None where it is no text."""
    return str.__str__(value) if isinstance(value, str) else None


def require_array(
    name: str, value: object, *shape: object, limit: float | None = LARGEST_ENTRY, keep: bool = False,
    sizes: Sizes | None = None,
) -> Array:
    """`value` as a float64 array of finite numbers, itself if it is one, else as a copy.

    `shape` has for each axis a number, or a letter: at least 1, or what the letter stands for in `sizes`, which keeps it;
    "N?" may be 0, `...` in front stands for any axes, no shape at all for any shape. `limit` is the largest size of a
    number; without one nan and infinities are taken too. With `keep`, float32 stays as it is.
    """
    if type(value) is not np.ndarray or (value.dtype != np.float64 and not (keep and value.dtype == np.float32)):
        value = _as_floats(name, value)
    if shape:
        _check_shape(name, value, shape, {} if sizes is None else sizes)
    # A sum of squares is the cheapest look at all numbers; nan is not below anything.
    if limit is not None and not float(np.vdot(value, value)) < limit:
        size = np.abs(value)
        if not np.isfinite(size).all():
            raise ValueError(f"{name} must hold finite numbers, got nan or inf")
        if size.max() > limit:
            raise ValueError(f"{name} must hold numbers from {-limit:g} to {limit:g}, got one of the size {size.max():g}")
    return value


def require_wholes(
    name: str, value: object, low: int, high: int | None, *shape: object, sizes: Sizes | None = None
) -> Array:
    """`value` as an array of ints from `low` to `high`, of the `shape` as in `require_array`; 2.0 counts as 2."""
    if type(value) is not np.ndarray or value.dtype != np.int64:
        floats = require_array(name, value, limit=None)
        largest = np.abs(floats).max(initial=0.0)
        if not largest < 2.0**62 or (floats != np.floor(floats)).any():
            wrong = floats[~(np.abs(floats) < 2.0**62) | (floats != np.floor(floats))]
            raise ValueError(f"{name} must hold whole numbers, got {wrong[0]:g}")
        value = floats.astype(np.int64)
    if shape:
        _check_shape(name, value, shape, {} if sizes is None else sizes)
    if value.size and (value.min() < low or (high is not None and value.max() > high)):
        rule = f"of at least {low}" if high is None else f"from {low} to {high}"
        raise ValueError(f"{name} must hold whole numbers {rule}, got {value.min()} to {value.max()}")
    return value


def require_data(name: str, value: object) -> Array:
    """`value` as an array of finite numbers that stay ints or booleans where they are: labels and tokens are no values."""
    numbers = require_array(name, value)
    given = np.asarray(value)
    return given if given.dtype.kind in "iub" else numbers


def require_view(name: str, value: object, *shape: object) -> Array:
    """`value`, when it is an array of numbers, whatever they are, of this `shape`: never a copy, for what is looked into."""
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "iuf":
        raise ValueError(f"{name} must be an array of numbers, got {shown(value)}")
    _check_shape(name, value, shape, {})
    return value


def require_same_rows(X: Array | None, y: Array | None) -> tuple[Array, Array]:
    """Checked data of as many rows; None has no rows, as a single number has none."""
    X, y = (
        np.asarray(None) if values is None else require_data(name, values) for name, values in (("X", X), ("y", y))
    )
    if X.ndim == 0 or y.ndim == 0 or len(X) == 0 or len(X) != len(y):
        rows = " and ".join(str(len(values) if values.ndim else values[()]) for values in (X, y))
        raise ValueError(f"X and y must have the same number of rows, at least 1, got {rows}")
    return X, y


def require_few_classes(labels: Array) -> None:
    """Nothing, when the labels y (N,) are of no more classes than can be kept apart in a split."""
    n_classes = len(np.unique(labels))
    if n_classes > MOST_CLASSES:
        raise ValueError(f"y must hold labels of at most {MOST_CLASSES:,} classes, got {n_classes:,}")


def require_kind(name: str, value: object, *kinds: type) -> Any:
    """`value`, when it is an instance of one of the classes."""
    if not isinstance(value, kinds):
        names = " or ".join(kind.__name__ for kind in kinds)
        raise ValueError(f"{name} must be {'an' if names[0] in 'AEIOU' else 'a'} {names}, got {shown(value)}")
    return value


def items_of(value: object, axes: tuple[int, ...] = (1,)) -> tuple | None:
    """What is in the list `value`, of one axis or of so many `axes`; None where it is none, goes wrong, or has no end."""
    if isinstance(value, NO_LISTS) or not isinstance(value, Iterable) or getattr(value, "ndim", 1) not in axes:
        return None
    try:
        items = tuple(islice(value, MOST_ITEMS + 1))
    except Exception:  # whatever a stranger's object says
        return None
    return items if len(items) <= MOST_ITEMS else None


def _plain_number(value: object) -> object:
    """The number in an array without axes; any other value as it is."""
    return value[()] if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "iuf" else value


def _as_floats(name: str, value: object) -> Array:
    for part in value if isinstance(value, list | tuple) else (value,):  # NumPy forgets the masks of arrays in a list
        if isinstance(part, np.ma.MaskedArray) and np.ma.getmaskarray(part).any():
            raise ValueError(f"{name} must have a number everywhere, got an array with masked entries")
    value = value.data if isinstance(value, np.ma.MaskedArray) else value
    if isinstance(value, bytearray):  # NumPy would take its letters for numbers
        raise ValueError(f"{name} must hold numbers, got {shown(value)}")
    if hasattr(value, "tocsr"):
        raise ValueError(f"{name} must be a dense array, got a sparse one: {name}.toarray() makes one")
    try:
        array = np.asarray(value.to_numpy() if hasattr(value, "to_numpy") else value)
    except Exception:  # ragged lists, and whatever a stranger's object says
        rule = "be an array of numbers" if hasattr(value, "__array__") else "hold numbers in rows of the same length"
        raise ValueError(f"{name} must {rule}, got {shown(value)}") from None
    if array.dtype.kind in NO_NUMBERS:
        raise ValueError(f"{name} must hold numbers, got {array.dtype} ({NO_NUMBERS[array.dtype.kind]}): {shown(value)}")
    if array.dtype.kind == "O":
        for item in array.flat:
            if not isinstance(item, Real | Decimal | np.bool_):
                raise ValueError(f"{name} must hold numbers, got {shown(item)}")
    try:
        with np.errstate(over="ignore"):
            return array.astype(np.float64)
    except (OverflowError, TypeError, ValueError):
        raise ValueError(f"{name} must hold numbers of a size up to {LARGEST:.3g}, got {shown(value)}") from None


def _check_shape(name: str, value: Array, shape: tuple, sizes: Sizes) -> None:
    got, wanted, known = value.shape, shape, dict(sizes)
    if wanted[0] is ...:
        wanted = wanted[1:]
        got = got[max(0, len(got) - len(wanted)) :]
    fits = len(got) == len(wanted)
    for size, want in zip(got, wanted, strict=False):
        if isinstance(want, str):
            fits = fits and size == known.setdefault(want.rstrip("?"), size) and (size > 0 or want.endswith("?"))
        else:
            fits = fits and size == want
    if not fits:
        raise ValueError(f"{name} must have the shape {_shape_text(shape, sizes)}, got {value.shape}")
    for letter in known.keys() - sizes.keys():
        sizes[letter], sizes[f"{letter} of"] = known[letter], name


def _shape_text(shape: tuple, sizes: Sizes) -> str:
    """A shape as a person reads it: "(N, 2), N at least 1", with numbers for the letters that are decided already."""
    parts = ["..." if want is ... else str(sizes.get(str(want).rstrip("?"), want)) for want in shape]
    free = [part for part in parts if part.isalpha()]
    letters = [str(want).rstrip("?") for want in shape]
    partners = dict.fromkeys(sizes[f"{letter} of"] for letter in letters if f"{letter} of" in sizes)
    words = ", ".join(part.rstrip("?") for part in parts) + ("," if len(parts) == 1 else "")
    partner = f" to go with {' and '.join(partners)}" if partners else ""
    return f"({words}){partner}" + (f", {' and '.join(dict.fromkeys(free))} at least 1" if free else "")
