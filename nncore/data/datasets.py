"""Datasets: what can be learned from.

A dataset is a table of inputs X, one row an example, and for each row what the network should say: a class
label or a number. All come through `load_dataset`, with noise, sample count and seed; `DATASETS` lists them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.arguments import check_fields, each, text
from nncore.checks import require_array, require_number, require_one_of, require_whole
from nncore.data.table import DATASETS, DatasetKind

__all__ = ["DATASETS", "Dataset", "DatasetKind", "load_dataset"]

MAX_NOISE = 50  # percent
LARGEST_VALUE = 1e300  # so that differences and sums over many rows are still floats


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples to learn from: X float64 (N, D) and y (N,), int64 class labels or float64 targets.

    `class_names` is empty for regression. Both arrays are copied and made read-only, because threads share
    them. Raises ValueError where the parts do not fit together.
    """

    name: str
    X: np.ndarray
    y: np.ndarray
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...] = ()
    target_name: str = "class"

    def __post_init__(self) -> None:
        check_fields(self, name=text, feature_names=each(text), class_names=each(text), target_name=text)
        # Copies, so that nobody else can write into them.
        X, y = (np.array(require_array(name, getattr(self, name), limit=None)) for name in ("X", "y"))
        if X.ndim != 2 or X.shape[1] != len(self.feature_names):
            raise ValueError(f"X must have the shape (N, {len(self.feature_names)}), got {X.shape}")
        if y.shape != (len(X),):
            hint = ": give it as a flat list" if y.shape == (len(X), 1) else ""
            raise ValueError(f"y must have the shape ({len(X)},), got {y.shape}{hint}")
        for name, values in (("X", X), ("y", y)):
            require_array(name, values, limit=LARGEST_VALUE)
        if not self.is_regression:
            y = self._labels(y)
        X.flags.writeable = y.flags.writeable = False
        object.__setattr__(self, "X", X)
        object.__setattr__(self, "y", y)

    def _labels(self, y: np.ndarray) -> np.ndarray:
        """Class labels int64 (N,), of numbers that are whole and name a class."""
        if (y != np.floor(y)).any():
            raise ValueError(f"y must be class labels, which are whole numbers, got {y[y != np.floor(y)][0]:g}")
        if y.size and not 0 <= y.min() <= y.max() < self.n_classes:
            raise ValueError(f"y must be class labels from 0 to {self.n_classes - 1}, got {y.min():g} to {y.max():g}")
        return y.astype(np.int64)

    @property
    def is_regression(self) -> bool:
        """Whether y holds numbers rather than class labels."""
        return not self.class_names

    @property
    def n_classes(self) -> int:
        """Number of classes, 0 for regression."""
        return len(self.class_names)


def load_dataset(
    name: str, samples: int | None = None, noise: float = 0, seed: int = 0, columns: Sequence[int] = ()
) -> Dataset:
    """The dataset `name` of the table, the same for the same arguments.

    `samples` is the number of examples (None: the table's default), `noise` is in percent, 0 to 50; neither
    changes the four corners. `columns` are the indices of the input columns to keep, in that order, () for
    all; only data with more than two columns can be cut down. Raises ValueError that names the argument, the
    rule and the value.
    """
    require_one_of("dataset", name, DATASETS)
    kind = DATASETS[name]
    fraction = require_number("noise", noise, 0, MAX_NOISE) / 100
    rng = np.random.default_rng(require_whole("seed", seed, 0))
    if samples is None or not kind.is_split:
        samples = kind.default_samples
    samples = require_whole("samples", samples, kind.min_samples, kind.max_samples)
    kept = list(_check_columns(columns, kind) or range(kind.n_inputs))
    X, y = kind.make(samples, fraction, rng)
    feature_names = tuple(kind.feature_names[column] for column in kept)
    return Dataset(name, X[:, kept], y, feature_names, kind.class_names, kind.target_name)


def _check_columns(columns: Sequence[int], kind: DatasetKind) -> tuple[int, ...]:
    columns = each(lambda name, column, sizes: column)("columns", columns, {})
    if columns and kind.n_inputs <= 2:
        raise ValueError(f"columns must be empty for {kind.name} (nothing to choose from), got {columns}")
    for position, column in enumerate(columns):
        require_whole(f"columns[{position}]", column, 0, kind.n_inputs - 1)
    if len(set(columns)) < len(columns):
        raise ValueError(f"columns must not repeat, got {columns}")
    return columns
