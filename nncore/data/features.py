"""Input features: what the network is given of the raw columns.

Squares, products and sines of the two coordinates can make a hard problem easy; scaling brings columns of
different sizes to the same size. The means and deviations that it needs come from the training set alone:
anything taken from the other sets would leak what they are kept to test.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, check_fields, checked, each, one_of, text, whole
from nncore.checks import require_one_of, shown

SCALINGS = ("none", "standard")
LARGEST_VALUE = 1e300  # of raw values: their differences and their sums over many rows are still floats
SQUARABLE = 1e-140, 1e140  # sizes whose squares, summed over many rows, are still floats that are not 0


@dataclass(frozen=True)
class Feature:
    """One input feature: `formula` takes raw columns (N, D) to (N,); D is at least `inputs_needed`.

    `numpy_code` is the formula in exported code, an expression in the raw columns `X`.
    """

    name: str
    label: str
    formula: Callable[[np.ndarray], np.ndarray]
    inputs_needed: int
    numpy_code: str = ""

    def label_of(self, names: Sequence[str]) -> str:
        """The label with the raw columns called by their own `names`: "height²" for x₁²."""
        own = dict(zip(("x₁", "x₂"), names, strict=False))
        if self.label == "x₁x₂" and self.label != "".join(own.values()):
            return " · ".join(own.values())
        return re.sub("x₁|x₂", lambda usual: own.get(usual[0], usual[0]), self.label)


FEATURES: dict[str, Feature] = {
    feature.name: feature
    for feature in (
        Feature("x1", "x₁", lambda X: X[:, 0], 1, "X[:, 0]"),
        Feature("x2", "x₂", lambda X: X[:, 1], 2, "X[:, 1]"),
        Feature("x1_squared", "x₁²", lambda X: X[:, 0] ** 2, 1, "X[:, 0] ** 2"),
        Feature("x2_squared", "x₂²", lambda X: X[:, 1] ** 2, 2, "X[:, 1] ** 2"),
        Feature("x1_x2", "x₁x₂", lambda X: X[:, 0] * X[:, 1], 2, "X[:, 0] * X[:, 1]"),
        Feature("sin_x1", "sin x₁", lambda X: np.sin(X[:, 0]), 1, "np.sin(X[:, 0])"),
        Feature("sin_x2", "sin x₂", lambda X: np.sin(X[:, 1]), 2, "np.sin(X[:, 1])"),
    )
}


@dataclass(frozen=True, eq=False)
class InputTransform:
    """From raw columns (N, D) to network inputs (N, F): (feature - mean) / scale.

    `mean` and `scale` are (F,). `features` are names of `FEATURES`; empty means the raw columns as they are.
    """

    features: tuple[str, ...]
    mean: np.ndarray
    scale: np.ndarray

    def __post_init__(self):
        check_fields(self, features=each(one_of(FEATURES)), mean=array("F", limit=LARGEST_VALUE),
                     scale=array("F", limit=LARGEST_VALUE))  # fmt: skip
        if not (self.scale > 0).all():
            raise ValueError(f"scale must hold numbers above 0, got {self.scale.min():g}")
        if self.features and len(self.features) != len(self.mean):
            raise ValueError(f"mean must hold a number for each of the {len(self.features)} features, got {len(self.mean)}")

    @checked(X=array("N?", "D", limit=LARGEST_VALUE))
    def __call__(self, X: np.ndarray) -> np.ndarray:
        """Network inputs (N, F) of raw columns X (N, D). Raises ValueError for a feature or input that leaves all bounds."""
        if not self.features and X.shape[1] != len(self.mean):
            raise ValueError(f"X must have the shape (N, {len(self.mean)}), got {X.shape}")
        with np.errstate(over="ignore"):
            inputs = (compute_features(X, self.features) - self.mean) / self.scale
        if not np.isfinite(inputs).all():
            column = int(np.isinf(inputs).any(axis=0).argmax())
            raise ValueError(f"X must be of a size that fits the scale {self.scale[column]:.3g} of input {column + 1}, got "
                             f"numbers of the size {np.abs(X).max():.3g}")  # fmt: skip
        return inputs

    def labels(self, feature_names: Sequence[str]) -> tuple[str, ...]:
        """What to write beside each network input: the features' labels, or the names of the raw columns."""
        names = each(text)("feature_names", feature_names, {})
        if not self.features and len(names) != len(self.mean):
            raise ValueError(f"feature_names must name the {len(self.mean)} columns, got {len(names)}")
        return tuple(FEATURES[name].label_of(names) for name in self.features) or names


@checked(X=array("N?", "D", limit=LARGEST_VALUE))
def compute_features(X: np.ndarray, features: Sequence[str]) -> np.ndarray:
    """Feature values (N, F), unscaled, of raw columns X (N, D). Raises ValueError where a feature leaves all bounds."""
    features = check_features(features, X.shape[1])
    if not features:
        return X
    with np.errstate(over="ignore"):
        values = np.column_stack([FEATURES[name].formula(X) for name in features])
    too_large = ~(np.abs(values) <= LARGEST_VALUE).all(axis=0)
    if too_large.any():
        name = features[int(too_large.argmax())]
        size = np.abs(X).max()
        raise ValueError(f"X must keep the feature {name} below {LARGEST_VALUE:g}, got numbers of the size {size:g}")
    return values


@checked(features=each(text), n_inputs=whole(1))
def check_features(features: Sequence[str], n_inputs: int) -> tuple[str, ...]:
    """`features` as a tuple, when they go with `n_inputs` raw columns; else ValueError."""
    if features and n_inputs > 2:
        raise ValueError(f"features must be empty for {shown(n_inputs)} inputs (they combine two), got {features}")
    for position, name in enumerate(features):
        require_one_of(f"features[{position}]", name, FEATURES)
        if FEATURES[name].inputs_needed > n_inputs:
            raise ValueError(f"features[{position}] must need {n_inputs} input at most, got {name!r}")
    if len(set(features)) < len(features):
        raise ValueError(f"features must not repeat, got {features}")
    return features


@checked(X_train=array("N?", "D", limit=LARGEST_VALUE))
def fit_transform(X_train: np.ndarray, features: Sequence[str] = (), scaling: str = "none") -> InputTransform:
    """The transform learned from raw training rows (N, D).

    With the scaling "standard", each feature gets mean 0 and deviation 1. The deviation is that of the rows
    themselves (divided by N). A feature that is constant is only centred.
    """
    require_one_of("scaling", scaling, SCALINGS)
    if len(X_train) == 0:
        raise ValueError("X_train must have at least 1 row, got 0")
    features = check_features(features, X_train.shape[1])
    values = compute_features(X_train, features)
    mean, scale = np.zeros(values.shape[1]), np.ones(values.shape[1])
    if scaling == "standard":
        # Columns of huge or tiny numbers are brought to a size whose squares are floats, and back.
        size = np.abs(values).max(axis=0)
        unit = np.where((size > SQUARABLE[0]) & (size < SQUARABLE[1]) | (size == 0), 1.0, size)
        mean, deviation = (values / unit).mean(axis=0) * unit, (values / unit).std(axis=0) * unit
        # Rounding alone gives a constant column a deviation of 1e-16 of its value: not one to divide by.
        scale = np.where(deviation > 1e-12 * np.abs(mean), deviation, 1.0)
    mean.flags.writeable = scale.flags.writeable = False
    return InputTransform(features, mean, scale)
