"""Drawn shapes: bars, crosses and rings on small pictures, each somewhere else.

What makes a picture a cross is how its strokes meet, wherever that is. A model that knows this needs few pictures; one that
learns every place by itself needs all of them.
"""

import numpy as np
from numpy.random import Generator

from nncore.arguments import checked, flag, kind_of, number, one_of, whole

Array = np.ndarray

SHAPES = ("bar", "cross", "ring")
SIDE = 12
REACH = 3  # how far, in pixels, a shape may be moved from the middle, up, down, left or right
_MIDDLE = (SIDE - 1) // 2


def _grid(row: int, column: int) -> tuple[Array, Array]:
    """How far every pixel is below, and to the right of, the pixel at this row and column: (SIDE, SIDE) each."""
    rows, columns = np.indices((SIDE, SIDE))
    return rows - row, columns - column


@checked(shape=one_of(SHAPES), row=whole(0, SIDE - 1), column=whole(0, SIDE - 1), size=whole(0, SIDE), slanted=flag)
def shape_picture(shape: str, row: int, column: int, size: int, slanted: bool) -> Array:
    """One shape as a picture (SIDE, SIDE) of 0 and 1, its middle at `row` and `column`, reaching `size` pixels from there.

    A bar stands upright or, `slanted`, lies down; a cross is + or x; a ring is a square outline or, slanted, a diamond.
    """
    down, right = _grid(row, column)
    inside = np.maximum(abs(down), abs(right)) <= size
    if shape == "bar":
        on = (down if slanted else right) == 0
    elif shape == "cross":
        on = abs(down) == abs(right) if slanted else (down == 0) | (right == 0)
    else:
        far = abs(down) + abs(right) if slanted else np.maximum(abs(down), abs(right))
        on = far == size
    return (on & inside).astype(float)


@checked(
    samples=whole(1, 100_000), nearest=whole(0, REACH), farthest=whole(0, REACH), noise=number(0, 1), rng=kind_of(Generator)
)
def draw_shapes(samples: int, nearest: int, farthest: int, noise: float, rng: Generator) -> tuple[Array, Array]:
    """Pictures X (N, 1, SIDE, SIDE) and their labels y (N,), numbers of SHAPES, equally often up to one.

    A shape is moved from the middle by `nearest` to `farthest` pixels, the larger of its two moves; Gaussian noise of this
    deviation is added to every pixel. Raises ValueError where `nearest` is beyond `farthest`.
    """
    if nearest > farthest:
        raise ValueError(f"nearest must be at most farthest, {farthest}, got {nearest}")
    moves = [(down, right) for down in range(-farthest, farthest + 1) for right in range(-farthest, farthest + 1)
             if max(abs(down), abs(right)) >= nearest]  # fmt: skip
    labels = rng.permutation(np.arange(samples) % len(SHAPES))
    picked, sizes, slants = (rng.integers(low, end, samples) for low, end in ((0, len(moves)), (2, 4), (0, 2)))
    X = np.empty((samples, 1, SIDE, SIDE))
    for i, (label, move, size, slant) in enumerate(zip(labels, picked, sizes, slants, strict=True)):
        down, right = moves[move]
        X[i, 0] = shape_picture(SHAPES[label], _MIDDLE + down, _MIDDLE + right, int(size), bool(slant))
    return X + noise * rng.standard_normal(X.shape), labels
