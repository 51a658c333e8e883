"""Convolution and max pooling: small windows over pictures, by the definitions of PyTorch.

A filter sees one small window at a time, and the same filter looks everywhere: the products of its weights with what lies
under it are added up, at every place. All windows are written side by side as the columns of one matrix (Chellapilla et
al., 2006), so that the whole layer is one matrix product.

Inside, arrays are picture-last, (C, H, W, N): a row of N numbers is a contiguous block whichever window it lies in.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nncore.arguments import array, checked, optional, whole
from nncore.checks import shown

Array = np.ndarray

LARGEST_STEP = 1000  # of a stride, and of a padding


@checked(
    X=array("N", "C", "H", "W"), weights=array("F", "C", "k", "k"), bias=optional(array("F")), stride=whole(1, LARGEST_STEP),
    padding=whole(0, LARGEST_STEP),
)
def conv2d(X: Array, weights: Array, bias: Array | None = None, stride: int = 1, padding: int = 0) -> Array:
    """What every filter of `weights` (F, C, k, k) answers at every place of X (N, C, H, W): (N, F, H', W').

    The sum of products of filter and window, plus the filter's `bias` (F,); the filter is not turned over, so this is a
    cross-correlation, as in `torch.nn.functional.conv2d`. A side becomes H' = (H + 2 padding - k) // stride + 1, with
    zeros in the padding. Raises ValueError where the filter is larger than the padded picture.
    """
    height, width = (output_side(name, side, weights.shape[2], stride, padding)
                     for name, side in zip(("height", "width"), X.shape[2:], strict=True))  # fmt: skip
    padded = np.pad(X.transpose(1, 2, 3, 0), ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    windows = window_view(padded, weights.shape[2])[:, :, :, ::stride, ::stride]
    columns = windows.reshape(weights[0].size, height * width * len(X))
    answers = weights.reshape(len(weights), -1) @ columns
    if bias is not None:
        answers += bias[:, None]
    return np.ascontiguousarray(answers.reshape(len(weights), height, width, len(X)).transpose(3, 0, 1, 2))


@checked(X=array("N", "C", "H", "W"), size=whole(1))
def max_pool2d(X: Array, size: int) -> Array:
    """The largest number of every tile of `size` x `size` of X (N, C, H, W): (N, C, H // size, W // size).

    Tiles do not overlap; what is left of a side that `size` does not divide is left out, as in
    `torch.nn.functional.max_pool2d`. Raises ValueError where a side is shorter than `size`.
    """
    if size > min(X.shape[2:]):
        raise ValueError(f"size must be at most the shorter side of X, {min(X.shape[2:])}, got {shown(size)}")
    pictures = X.transpose(1, 2, 3, 0)
    return np.ascontiguousarray(pool(pictures, size).transpose(3, 0, 1, 2))


def output_side(name: str, side: int, kernel: int, stride: int = 1, padding: int = 0) -> int:
    """How many places a window of `kernel` has along a `side`. Raises ValueError, with the side's `name`, for none."""
    if kernel > side + 2 * padding:
        raise ValueError(f"weights must be at most as large as the padded {name} of X, {side + 2 * padding}, got {kernel}")
    return (side + 2 * padding - kernel) // stride + 1


def window_view(padded: Array, kernel: int) -> Array:
    """All windows of `padded` (C, H, W, N) as a view (C, kernel, kernel, H', W', N), not a copy."""
    return sliding_window_view(padded, (kernel, kernel), axis=(1, 2)).transpose(0, 4, 5, 1, 2, 3)


def add_windows(columns: Array, padded: Array) -> None:
    """Adds windows (C, k, k, H', W', N) to where they came from in `padded` (C, H, W, N): the way back of `window_view`."""
    height, width = columns.shape[3:5]
    for row in range(columns.shape[1]):
        for column in range(columns.shape[2]):
            padded[:, row : row + height, column : column + width] += columns[:, row, column]


def tiles(pictures: Array, size: int) -> list[Array]:
    """Views (C, H // size, W // size, N) of pictures (C, H, W, N): each tile's first number, second, ..., row by row."""
    height, width = (side // size * size for side in pictures.shape[1:3])
    kept = pictures[:, :height, :width]
    return [kept[:, row::size, column::size] for row in range(size) for column in range(size)]


def pool(pictures: Array, size: int, out: Array | None = None) -> Array:
    """The largest number of each tile of pictures (C, H, W, N): (C, H // size, W // size, N)."""
    first, *others = tiles(pictures, size)
    out = np.empty(first.shape) if out is None else out
    out[...] = first
    for one in others:
        np.maximum(out, one, out=out)
    return out


def pool_gradient(pictures: Array, pooled: Array, d_pooled: Array, size: int, out: Array) -> None:
    """Writes into `out`, shaped like `pictures`, the gradient `d_pooled` at each tile's largest number, and 0 elsewhere.

    Where numbers tie, the first of the tile gets it, row by row, as in PyTorch.
    """
    out[...] = 0.0
    free = np.ones(pooled.shape, dtype=bool)
    for one, d_one in zip(tiles(pictures, size), tiles(out, size), strict=True):
        wins = (one == pooled) & free
        np.multiply(d_pooled, wins, out=d_one)
        free &= ~wins
