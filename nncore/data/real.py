"""Measured data: five small tables that come with scikit-learn, and one of them enlarged.

scikit-learn is imported on first use only, because it takes seconds; the names of the columns and classes are
therefore written down here, and a test holds them against scikit-learn's own.
"""

import functools
from collections.abc import Callable

import numpy as np
from numpy.random import Generator

from nncore.arguments import array, checked, function, kind_of, number, positive, text, whole
from nncore.checks import shown
from nncore.data.borrowed import borrowed, is_borrower

IRIS_COLUMNS = ("sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)")
IRIS_CLASSES = ("setosa", "versicolor", "virginica")
WINE_COLUMNS = (
    "alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids",
    "nonflavanoid_phenols", "proanthocyanins", "color_intensity", "hue", "od280/od315_of_diluted_wines",
    "proline",
)
WINE_CLASSES = ("class_0", "class_1", "class_2")
_CELL_MEASURES = (
    "radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points",
    "symmetry", "fractal dimension",
)
BREAST_CANCER_COLUMNS = (
    *(f"mean {measure}" for measure in _CELL_MEASURES),
    *(f"{measure} error" for measure in _CELL_MEASURES),
    *(f"worst {measure}" for measure in _CELL_MEASURES),
)
BREAST_CANCER_CLASSES = ("malignant", "benign")
DIABETES_COLUMNS = ("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")
DIGITS_COLUMNS = tuple(f"pixel_{row}_{column}" for row in range(8) for column in range(8))
DIGITS_CLASSES = tuple("0123456789")
LARGE_SIDE = 28
MOST_PIXELS = 1000  # a side
LARGE_DIGITS_COLUMNS = tuple(f"pixel_{row}_{column}" for row in range(LARGE_SIDE) for column in range(LARGE_SIDE))


@checked(name=text, input_divisor=positive(), target_divisor=positive())
def load_table(
    name: str, input_divisor: float = 1, target_divisor: float = 1, **options: object
) -> tuple[np.ndarray, np.ndarray]:
    """All rows X (N, D) and labels or targets y (N,) of a scikit-learn table, read-only as they are shared.

    Inputs and targets are divided by these numbers; `options` are passed to scikit-learn.
    """
    return _load(name, input_divisor, target_divisor, **options)


@functools.cache
def _load(name: str, input_divisor: float, target_divisor: float, **options: object) -> tuple[np.ndarray, np.ndarray]:
    if is_borrower():  # scikit-learn is large, and the other process has it
        X, y = borrowed("real", name, input_divisor, target_divisor, options)
        X.flags.writeable = y.flags.writeable = False
        return X, y
    from sklearn import datasets

    if not hasattr(datasets, f"load_{name}"):
        raise ValueError(f"name must be that of a scikit-learn table, got {shown(name)}")
    X, y = getattr(datasets, f"load_{name}")(return_X_y=True, **options)
    if target_divisor != 1:
        y = y / target_divisor
    X = np.array(X / input_divisor, dtype=np.float64)
    X.flags.writeable = y.flags.writeable = False
    return X, y


@checked(side=whole(1, MOST_PIXELS), larger=whole(1, MOST_PIXELS))
@functools.cache
def enlargement(side: int, larger: int) -> np.ndarray:
    """The matrix (larger, side) that stretches a row of `side` pixels to `larger` ones by linear interpolation.

    Pixel centres are spread evenly, and beyond the outermost ones their value is held.
    """
    places = ((np.arange(larger) + 0.5) * side / larger - 0.5).clip(0, side - 1)
    # Each new pixel is near to one old pixel or between two: a hat of width 1 around its place.
    matrix = np.maximum(0.0, 1.0 - np.abs(places[:, None] - np.arange(side)))
    matrix.flags.writeable = False
    return matrix


@checked(pictures=array("N?", "D"), larger=whole(1, MOST_PIXELS))
def enlarge(pictures: np.ndarray, larger: int = LARGE_SIDE) -> np.ndarray:
    """Square pictures (N, side * side) enlarged to (N, larger * larger): no detail is added, only pixels."""
    side = round(pictures.shape[1] ** 0.5)
    if side * side != pictures.shape[1]:
        raise ValueError(f"pictures must have the shape (N, side * side), got {pictures.shape}")
    stretch = enlargement(side, larger)
    return (stretch @ pictures.reshape(-1, side, side) @ stretch.T).reshape(len(pictures), -1)


@checked(samples=whole(1), noise=number(0, 1), rng=kind_of(Generator))
def draw_large_digits(samples: int, noise: float, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
    """As `draw_rows` of the digits, 0 to 1, for the pictures enlarged to 28 x 28 pixels, each with its own noise."""
    X, y = load_table("digits", input_divisor=16)
    # Enlarged at every call: kept, the table alone would take 11 MB.
    return _draw(enlarge(X), y, samples, noise, rng)


@checked(load=function, samples=whole(1), noise=number(0, 1), rng=kind_of(Generator))
def draw_rows(
    load: Callable[[], tuple[np.ndarray, np.ndarray]], samples: int, noise: float, rng: Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Rows X (N, D) drawn without replacement from the table that `load` gives, and their y (N,).

    Each column is moved by a Gaussian of `noise` times the column's own standard deviation. Order and noise
    are drawn for the whole table, so that a row's noise depends neither on how many rows are drawn nor on
    which columns are kept.
    """
    return _draw(*load(), samples, noise, rng)


def _draw(X: np.ndarray, y: np.ndarray, samples: int, noise: float, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
    rows = rng.permutation(len(X))[:samples]
    if not noise:
        return X[rows], y[rows]
    jitter = noise * X.std(axis=0) * rng.standard_normal(X.shape)
    return X[rows] + jitter[rows], y[rows]
