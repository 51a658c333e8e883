"""Drawn points: put on the square one by one, and written into the dataset's name, four letters each.

A point is three numbers: its class, and how many hundredths it lies from the left and from the lower edge. Together they fit
into 24 bits, which are four letters of the alphabet that links can carry.
"""

import numpy as np
from numpy.random import Generator

from nncore.arguments import array, checked, text, wholes
from nncore.checks import shown
from nncore.data.dataset import Dataset
from nncore.data.own.formula import OWN_GROUP
from nncore.data.table import DatasetKind

DRAWN = "drawn."  # begins the dataset's name
MOST_DRAWN, FEWEST_DRAWN, MOST_COLOURS = 80, 3, 8
SIDE, STEPS = 6, 1201  # the square from -6 to 6, in hundredths
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUE_OF = {letter: value for value, letter in enumerate(LETTERS)}


@checked(points=array("N?", 2), labels=wholes(0, MOST_COLOURS - 1, "N?"))
def drawn_name(points: np.ndarray, labels: np.ndarray) -> str:
    """The name of the dataset of points (N, 2) with classes `labels` (N,), each coordinate to the nearest hundredth."""
    if len(points) > MOST_DRAWN:
        raise ValueError(f"points must be at most {MOST_DRAWN}, got {len(points)}")
    if len(points) and np.abs(points).max() > SIDE + 0.005:
        raise ValueError(f"points must lie from -{SIDE} to {SIDE}, got {points.flat[np.abs(points).argmax()]:g}")
    places = np.rint((points + SIDE) * 100).astype(np.int64).clip(0, STEPS - 1)
    codes = (labels * STEPS + places[:, 0]) * STEPS + places[:, 1]
    return DRAWN + "".join(LETTERS[code >> shift & 63] for code in codes.tolist() for shift in (18, 12, 6, 0))


@checked(name=text)
def read_drawn(name: str) -> tuple[np.ndarray, np.ndarray]:
    """Points (N, 2) and classes (N,) of a name that `drawn_name` wrote. Raises ValueError for any other text."""
    letters = name.removeprefix(DRAWN)
    odd = next((k for k, letter in enumerate(letters) if letter not in _VALUE_OF), len(letters) - len(letters) % 4)
    if odd < len(letters) or len(letters) > 4 * MOST_DRAWN:
        where = f": point {odd // 4 + 1} is {shown(letters[odd // 4 * 4 :][:4])}" if odd < len(letters) else ""
        raise ValueError(f"Drawn points are 4 letters each, {MOST_DRAWN} at most, and cannot be read from {shown(letters)}"
                         f"{where}.")  # fmt: skip
    values = np.array([_VALUE_OF[letter] for letter in letters], dtype=np.int64).reshape(-1, 4)
    codes = values @ (1 << np.array([18, 12, 6, 0]))
    labels, x, y = codes // STEPS**2, codes // STEPS % STEPS, codes % STEPS
    if len(labels) and labels.max() >= MOST_COLOURS:
        odd = int(np.flatnonzero(labels >= MOST_COLOURS)[0])
        raise ValueError(f"Drawn points can have {MOST_COLOURS} classes, and cannot be read from {shown(letters)}: point "
                         f"{odd + 1} is {shown(letters[4 * odd : 4 * odd + 4])}.")  # fmt: skip
    return (np.column_stack([x, y]) - 100 * SIDE) / 100, labels


@checked(points=array("N?", 2), labels=wholes(0, MOST_COLOURS - 1, "N?"))
def drawn_points(points: np.ndarray, labels: np.ndarray) -> Dataset:
    """The dataset of points (N, 2), from -6 to 6, with classes (N,) from 0 on, each coordinate to the nearest hundredth.

    Raises ValueError for fewer than 3 points, more than 80, or one class only.
    """
    kind = drawn_kind(drawn_name(points, labels))
    X, y = kind.make(kind.default_samples, 0.0, np.random.default_rng(0))
    return Dataset(kind.name, X, y, kind.feature_names, kind.class_names)


def drawn_kind(name: str) -> DatasetKind:
    """The entry of the dataset called `name`, "drawn." and four letters a point. Raises ValueError."""
    points, labels = read_drawn(name)
    if len(points) < FEWEST_DRAWN:
        raise ValueError(f"Draw at least {FEWEST_DRAWN} points; there are {len(points)}.")
    n_classes = int(labels.max()) + 1
    if len(np.unique(labels)) < 2:
        raise ValueError("Draw points of at least two classes; so far all of them have the same.")
    points.flags.writeable = labels.flags.writeable = False

    def make(samples: int, noise: float, rng: Generator) -> tuple[np.ndarray, np.ndarray]:
        return points, labels

    return DatasetKind(
        DRAWN + name.removeprefix(DRAWN), "Drawn points", OWN_GROUP, f"{len(points)} points that were drawn by hand.",
        "There is no noise: the points stay where they were drawn.", make,
        tuple(f"class {k + 1}" for k in range(n_classes)), ("x₁", "x₂"), default_samples=len(points),
        min_samples=len(points), max_samples=len(points), noise_matters=False,
    )  # fmt: skip
