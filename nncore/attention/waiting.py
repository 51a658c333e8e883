"""Waiting: which products of a pass must be made one after the other, and how long a pass takes.

A recurrent network needs the state of one step before it can begin the next, so the products in sequence grow with the
steps. A transformer block makes each of its products for all places at once, so their number is the same for any length; it
pays with a score for every two places.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nncore.arguments import checked, one_of, whole
from nncore.attention.block_distances import AnsweringBlock
from nncore.handed_out import handed_out
from nncore.models.recurrence.cells import CELLS
from nncore.models.recurrence.network import Recurrent

LONGEST_PASS, SYMBOLS, ANSWERS, ROUNDS = 256, 4, 4, 7
# Queries with keys and values, scores, weighted means, W_O, two of the feed-forward part, answers.
BLOCK_PRODUCTS = 7


@handed_out
class Waiting(NamedTuple):
    """A sequence of `length` steps: matrix products that wait for each other, and seconds of one pass forward."""

    length: int
    recurrent_products: int  # one at each step, and the answers
    block_products: int
    recurrent_seconds: float = 0.0  # 0 where it was not measured
    block_seconds: float = 0.0


@checked(length=whole(1, LONGEST_PASS))
def count_waiting(length: int) -> Waiting:
    """The products alone, without a measurement."""
    return Waiting(length, length + 1, BLOCK_PRODUCTS)


@checked(cell=one_of(CELLS), width=whole(1, 64), length=whole(1, LONGEST_PASS))
def measure_waiting(cell: str, width: int, length: int) -> Waiting:
    """Both passes over one sequence, with `width` numbers per step and untrained weights: the shortest of some rounds."""
    tokens = np.arange(length)[None] % SYMBOLS
    network, block = Recurrent(SYMBOLS, width, ANSWERS, cell), AnsweringBlock(SYMBOLS, ANSWERS, width)
    X = np.eye(SYMBOLS)[tokens]
    seconds = [[_seconds(network.forward, X), _seconds(block.run, tokens)] for _ in range(ROUNDS)]
    recurrent, attention = np.min(seconds, axis=0)
    return count_waiting(length)._replace(recurrent_seconds=float(recurrent), block_seconds=float(attention))


def _seconds(run: Callable[[np.ndarray], object], X: np.ndarray) -> float:
    begin = time.perf_counter()
    run(X)
    return time.perf_counter() - begin
