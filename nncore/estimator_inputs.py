"""What a user of scikit-learn hands to an estimator: DataFrames, lists and arrays of many kinds.

They are taken where they hold numbers, and refused by name where not, as everywhere in the core. scikit-learn's own tests of
estimators look for some of its words ("Reshape your data"), which the messages keep.
"""

from contextlib import suppress
from decimal import Decimal
from numbers import Integral, Real
from typing import Any

import numpy as np

from nncore.checks import require_array, shown

Array = np.ndarray
LARGEST = 1e100  # of a target: the sum of a few million of its squares is still a float


class NoNumbersError(ValueError, TypeError):
    """What holds no numbers: a ValueError in this project, and a TypeError in the contract of scikit-learn."""


def read_inputs(X: Any) -> Any:
    """X (N, D) as numbers, or the DataFrame itself, whose names of columns scikit-learn keeps. Raises ValueError."""
    _refuse_names(X)
    numbers = _numbers("X", X)
    if numbers.ndim != 2:
        ways = "X.reshape(-1, 1) makes one column of it, X.reshape(1, -1) one row"
        raise ValueError(f"X must have the shape (N, D), got {numbers.shape}. Reshape your data: {ways}")
    for size, what in zip(numbers.shape, ("sample", "feature"), strict=True):
        if size == 0:
            raise ValueError(f"X must have at least one row and one column, got 0 {what}(s) (shape={numbers.shape}) "
                             "while a minimum of 1 is required.")  # fmt: skip
    return X if hasattr(X, "columns") else numbers


def _refuse_names(X: Any) -> None:
    """Refuses a DataFrame whose columns scikit-learn cannot call by their names."""
    names = list(X.columns) if hasattr(X, "iterrows") else []
    if len({isinstance(name, str) for name in names}) > 1:
        name = next(name for name in names if not isinstance(name, str))
        raise NoNumbersError(f"X must have columns whose names are all texts, got {shown(name)} among them. Feature names "
                             "are only supported if all input features have string names.")  # fmt: skip
    if len(set(names)) < len(names):
        raise ValueError(f"X must have columns of different names, got {shown(max(names, key=names.count))} twice")


def read_targets(y: Any, needed: bool = False) -> Array | None:
    """Targets y (N,) or (N, 1) as numbers; None for None, unless `needed`. Raises ValueError."""
    if y is None and not needed:
        return None
    return _column(_numbers("y", y, LARGEST))


def read_labels(y: Any, needed: bool = False) -> Array | None:
    """Labels y (N,) or (N, 1), numbers, texts or dates of one kind; None for None, unless `needed`. Raises ValueError."""
    from sklearn.utils.multiclass import check_classification_targets

    if y is None and not needed:
        return None
    _refuse_gaps("y", y)
    try:
        labels = np.asarray(y.to_numpy() if hasattr(y, "to_numpy") else y)
        if labels.dtype.kind in "SU" and not hasattr(y, "dtype"):
            labels = np.asarray(y, dtype=object)  # of a list of numbers and texts NumPy would make texts
    except Exception:  # ragged lists, and whatever a stranger's object says
        raise ValueError(f"y must hold one label for each row, got {shown(y)}") from None
    labels = _column(labels)
    if labels.dtype.kind == "T":  # NumPy's texts of any length, which scikit-learn does not read
        labels = labels.astype(object)
    if labels.dtype.kind == "O":
        labels = _of_one_kind(labels)
    if labels.dtype.kind in "mM" and np.isnat(labels).any():
        raise ValueError("y must have a label for each row, got NaT")
    if labels.dtype.kind in "fcSV":  # of which only numbers pass
        labels = _numbers("y", labels)
    try:
        with np.errstate(invalid="ignore"):  # of numbers too large for whole ones
            check_classification_targets(labels)
    except ValueError as error:
        raise ValueError(f"y must hold labels, whole numbers or texts, got {shown(labels[:3])}. {error}") from None
    return labels


def read_weights(sample_weight: Any, n_rows: int) -> Array | None:
    """How much each of the N rows counts, numbers of at least 0, not all of them 0; None for None. Raises ValueError."""
    if sample_weight is None:
        return None
    weights = require_array("sample_weight", sample_weight, limit=LARGEST)
    if weights.shape != (n_rows,):
        raise ValueError(f"sample_weight must have the shape ({n_rows},) to go with X, got {weights.shape}")
    if weights.min() < 0 or not weights.any():
        got = f"one of {weights.min():g}" if weights.min() < 0 else "only 0"
        raise ValueError(f"sample_weight must hold numbers of at least 0, and one above 0, got {got}")
    return weights


def require_rows(X: Any, y: Array) -> None:
    """Nothing, when X and y have as many rows. Raises ValueError."""
    if len(X) != len(y):
        raise ValueError(f"y must have as many rows as X, {len(X)}, got {len(y)}")


def _numbers(name: str, value: Any, limit: float | None = None) -> Array:
    """`value` as finite floats."""
    _refuse_gaps(name, value)
    try:
        return require_array(name, value, limit=np.finfo(np.float64).max if limit is None else limit)
    except ValueError as error:
        kind = ""
        with suppress(Exception):  # of what a stranger's object says, the message tells
            kind = np.asarray(value, dtype=None if hasattr(value, "dtype") else object).dtype.kind
        complaint = {
            "c": ". Complex data not supported",
            "O": "; an argument must be an array without strings, and hold no objects but numbers",
        }  # fmt: skip
        raise NoNumbersError(f"{error}{complaint.get(kind, '')}") from None


def _refuse_gaps(name: str, value: Any) -> None:
    """Refuses what holds less than one value for each place."""
    kinds = getattr(value, "dtypes", ()) if hasattr(value, "columns") else ()
    ways = {
        "toarray()": hasattr(value, "tocsr"), "sparse.to_dense()": hasattr(value, "sparse"),
        "astype(float)": any(hasattr(kind, "fill_value") for kind in kinds),  # some columns of a DataFrame
    }  # fmt: skip
    if any(ways.values()):
        way = next(way for way, helps in ways.items() if helps)
        raise ValueError(f"{name} must be dense, got a sparse {type(value).__name__}: {name}.{way} makes it so")
    if isinstance(value, np.ma.MaskedArray) and np.ma.getmaskarray(value).any():
        raise ValueError(f"{name} must have a value everywhere, got an array with masked entries")


def _column(values: Array) -> Array:
    if values.ndim != 1 and not (values.ndim == 2 and values.shape[1] == 1):
        raise ValueError(f"y must have the shape (N,), got {values.shape}; y should be a 1d array")
    return values


def _of_one_kind(labels: Array) -> Array:
    """Objects that are all texts as they are, and objects that are all numbers as numbers."""
    items = labels.ravel().tolist()
    if all(isinstance(item, str) for item in items):
        return labels
    missing = [item for item in items if item is None or type(item).__name__ == "NAType"
               or (isinstance(item, float | Decimal) and item != item)]
    if missing and any(isinstance(item, str) for item in items):
        raise ValueError(f"y must have a label for each row, got {shown(missing[0])}")
    for item in items:
        if not isinstance(item, Real | Decimal | np.bool_):
            raise ValueError(f"y must hold labels of one kind, numbers or texts, got {shown(item)} among them")
    if all(isinstance(item, Integral) and abs(item) < 2**63 for item in items):
        return labels.astype(np.int64)
    return _numbers("y", labels)
