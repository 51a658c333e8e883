"""Dataset: a table of inputs X, one row an example, and for each row what the network should say."""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import check_fields, each, one_of, set_fields, text
from nncore.checks import require_array

LARGEST_VALUE = 1e300  # so that differences and sums over many rows are still floats
FILLS = ("none", "mean")


@dataclass(frozen=True, eq=False)
class Dataset:
    """Examples to learn from: X float64 (N, D) and y (N,), int64 class labels or float64 targets.

    `class_names` is empty for regression. With the `fill` "mean", nan in X is a value that is missing: a split fills it with
    its column's mean over the training set. `notes` are sentences on what was decided about the data. Both arrays are
    copied and made read-only, because threads share them. Raises ValueError where the parts do not fit together.
    """

    name: str
    X: np.ndarray
    y: np.ndarray
    feature_names: tuple[str, ...]
    class_names: tuple[str, ...] = ()
    target_name: str = "class"
    fill: str = "none"
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_fields(self, name=text, feature_names=each(text), class_names=each(text), target_name=text,
                     fill=one_of(FILLS), notes=each(text))  # fmt: skip
        # Copies, so that nobody else can write into them.
        X, y = (np.array(require_array(name, getattr(self, name), limit=None)) for name in ("X", "y"))
        require_array("X", X, "N", "D", limit=None)
        if X.shape[1] != len(self.feature_names):
            raise ValueError(f"feature_names must name the {X.shape[1]} columns of X, got {len(self.feature_names)} names")
        if y.shape != (len(X),):
            hint = ": give it as a flat list" if y.shape == (len(X), 1) else ""
            raise ValueError(f"y must have the shape ({len(X)},), got {y.shape}{hint}")
        known = np.where(np.isnan(X), 0.0, X) if self.fill == "mean" else X
        for name, values in (("X", known), ("y", y)):
            require_array(name, values, limit=LARGEST_VALUE)
        if not self.is_regression:
            y = self._labels(y)
        X.flags.writeable = y.flags.writeable = False
        set_fields(self, X=X, y=y)

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
