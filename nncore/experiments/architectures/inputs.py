"""What an autoencoder is asked for: its own inputs, which are digits, a spiral lifted to 3-D, or a person's own table.

Labels come along where there are any. They colour pictures and sort errors; no training ever sees them.
"""

from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, text, whole
from nncore.cache import cached
from nncore.checks import require_array
from nncore.data.datasets import load_dataset
from nncore.data.own.table_names import TABLE
from nncore.data.real import DIGITS_CLASSES, load_table
from nncore.data.synthetic import make_spiral3

Array = np.ndarray

OWN = "table"  # stands for the person's table where it is picked
DIGITS, SPIRAL = "digits", "spiral"
BUILT_IN = (DIGITS, SPIRAL)
MOST_COLUMNS, FEWEST_ROWS = 64, 10
N_DIGITS, N_SPIRAL, MOST_OWN = (1000, 300), (600, 200), (1000, 300)
SPIRAL_NOISE = 0.1
PICTURE_SCALE = 0.5  # of the range of a pixel
HEIGHT = 6.0  # of the lifted spiral's rim


class CodedData(NamedTuple):
    """Inputs X (N, D) in training and `held` (M, D), brought to about the same size; `X * scale + mean` are the raw ones.

    `labels` (N,) and `held_labels` (M,) are numbers of `classes`, all 0 where there are none. `side` is that of a square
    picture in pixels, 0 where a row is none; of a `is_cloud` they are points of a space that is drawn. `names` are those of
    the D columns.
    """

    X: Array
    held: Array
    mean: Array
    scale: Array
    labels: Array
    held_labels: Array
    classes: tuple[str, ...]
    names: tuple[str, ...]
    side: int = 0
    is_cloud: bool = False

    def raw(self, X: Array) -> Array:
        """X (N, D), inputs or what came out for them, in the units of the data."""
        return require_array("X", X, "N", len(self.mean)) * self.scale + self.mean


@checked(X=array("N", 2))
def lift(X: Array) -> Array:
    """Points (N, 2) of the plane laid into a bowl: (N, 3), the third coordinate the square of the distance from 0.

    A point at the distance 5, the end of an arm, is lifted to HEIGHT.
    """
    return np.column_stack([X, HEIGHT * (X**2).sum(axis=1, keepdims=True) / 25.0])


@checked(name=text, left_out=whole(-1, 99))
def coded_data(name: str, left_out: int = -1) -> CodedData:
    """The inputs called `name`, of BUILT_IN or a table's name; class number `left_out` is in no training set (-1: all are).

    All of that class that were drawn are among the held-out ones. Raises UnknownTable for a table that is not there, and
    ValueError for one with too few rows or too many columns, and where no other class would be left.
    """
    return cached(_coded_data, name, left_out, n_bytes=lambda data: 8 * (data.X.size + data.held.size))


def _coded_data(name: str, left_out: int) -> CodedData:
    rng, side, classes = np.random.default_rng(0), 0, ()
    if name == DIGITS:
        X, y = load_table("digits", input_divisor=16)
        sizes, side, classes = N_DIGITS, 8, DIGITS_CLASSES
        names = tuple(f"pixel {number}" for number in range(1, 65))
    elif name == SPIRAL:
        plane, y = make_spiral3(sum(N_SPIRAL), SPIRAL_NOISE, rng)
        X, sizes, classes, names = lift(plane), N_SPIRAL, ("arm 0", "arm 1", "arm 2"), ("x", "y", "height")
    else:
        X, y, classes, names = _own(name)
        n_held = min(MOST_OWN[1], max(1, len(X) // 4))
        sizes = min(MOST_OWN[0], len(X) - n_held), n_held
    if left_out >= max(len(classes), 1) or (left_out >= 0 and len(classes) < 2):
        raise ValueError(f"left_out must be one of {len(classes)} classes, of which another is left, got {left_out}")
    rows = rng.permutation(len(X))[: sum(sizes)]
    train, held = rows[: sizes[0]], rows[sizes[0] :]
    held = np.concatenate([held, train[y[train] == left_out]])
    train = train[y[train] != left_out]
    return _scaled(X, y, train, held, CodedData(X, X, X[0], X[0], y, y, classes, names, side, name == SPIRAL))


def _own(name: str) -> tuple[Array, Array, tuple[str, ...], tuple[str, ...]]:
    """A table's inputs, its labels, and the names of its classes and of its columns."""
    if not name.startswith(TABLE):
        raise ValueError(f"name must be one of {', '.join(BUILT_IN)}, or a table's name, got {name!r}")
    dataset = load_dataset(name)
    X = dataset.X
    if len(X) < FEWEST_ROWS:
        raise ValueError(f"An autoencoder needs {FEWEST_ROWS} complete rows here; this table has {len(X)}")
    if not 2 <= X.shape[1] <= MOST_COLUMNS:
        raise ValueError(f"An autoencoder takes 2 to {MOST_COLUMNS} columns here; of this table it would be given "
                         f"{X.shape[1]}")
    y = np.zeros(len(X), dtype=np.int64) if dataset.is_regression else dataset.y
    return X, y, dataset.class_names, dataset.feature_names


def _scaled(X: Array, y: Array, train: Array, held: Array, data: CodedData) -> CodedData:
    """The rows `train` and `held` of X, less the training set's mean, over its deviation; a missing value is that mean."""
    known = ~np.isnan(X[train])
    if not known.any(axis=0).all():
        raise ValueError(f"“{data.names[int(np.argmin(known.any(axis=0)))]}” has no value in the training set")
    mean, apart = np.nanmean(X[train], axis=0), np.nanstd(X[train], axis=0)
    # A picture's pixels share one scale: those that are nearly always white must not count as much as the others.
    scale = np.full(X.shape[1], PICTURE_SCALE) if data.side else np.where(apart > 0, apart, 1.0)
    parts = [*(np.nan_to_num((X[rows] - mean) / scale) for rows in (train, held)), mean, scale, y[train], y[held]]
    for part in parts:
        part.flags.writeable = False  # all who ask share them
    return CodedData(*parts, data.classes, data.names, data.side, data.is_cloud)
