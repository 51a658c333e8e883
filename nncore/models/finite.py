"""Finite or not: which networks of a stack have an objective that is a number, told within a bounded memory.

Networks that diverge grow beyond all bounds. Most are told apart by the size of their parameters alone; only of the others
is the loss computed, for a few networks and a few samples at a time.
"""

from collections.abc import Iterator

import numpy as np

Array = np.ndarray

PIECE_BYTES = 8_000_000  # room for a pass over samples, which is made on as many of them as fit
TAME = 1e100  # where outputs are smaller, so are all numbers on the way to the loss: squares and cubes are finite too


def finite_objectives(network, X: Array, y: Array) -> Array:
    """Whether the objective on (X, y) is finite, bool () or (R,); at most about 8 MB are taken to tell."""
    *_, finite = finite_in_pieces(network, X, y)
    return finite


def finite_in_pieces(network, X: Array, y: Array) -> Iterator[Array | None]:
    """None after every piece of work, and then what `finite_objectives` gives: for work that is done in slices."""
    finite = np.isfinite(network.parameters).all(axis=-1)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        unknown = finite & ~(output_bound(network, X) + float(np.abs(y).max()) < TAME)
        finite = finite & np.isfinite(network.penalty())
    runs = np.flatnonzero(finite & unknown)
    flags, at_once = np.atleast_1d(finite).copy(), _at_once(network)
    for begin in range(0, len(runs), at_once):
        some = runs[begin : begin + at_once]
        for found in _losses_are_finite(network if network.runs is None else network.of_runs(some), X, y):
            flags[some] = found
            yield None
    yield flags[0] if network.runs is None else flags


def output_bound(network, X: Array) -> Array:
    """A number, () or (R,), that no output's length exceeds, whatever row of X (N, D) goes in; it may be infinite.

    A layer makes a vector longer by its matrix's length at most, and every activation f has abs(f(z)) <= abs(z) + 1.
    """
    length = np.sqrt(np.square(X, dtype=float).sum(axis=1).max())
    for matrix in network.matrices():
        norm = np.sqrt(np.square(matrix).sum(axis=(-2, -1)))
        length = norm * (length + 1.0) + np.sqrt(matrix.shape[-2])
    return length


def _losses_are_finite(network, X: Array, y: Array) -> Iterator[Array]:
    """The same for the loss alone, bool (R,), after every part of the samples; it ends where no network is left."""
    finite = np.ones(network.runs or 1, dtype=bool)
    size = max(1, PIECE_BYTES // ((network.runs or 1) * network.architecture.bytes_per_sample))
    for begin in range(0, len(X), size):
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            finite &= np.isfinite(network.data_loss(X[begin : begin + size], y[begin : begin + size]))
        yield finite
        if not finite.any():
            return


def _at_once(network) -> int:
    """So many networks that a hundred samples of each fit."""
    return max(1, PIECE_BYTES // (100 * network.architecture.bytes_per_sample))
