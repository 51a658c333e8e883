"""Batching: which samples make each update.

An epoch shows every training sample once. Full batch makes one update of it, stochastic one update per sample, and
mini-batches lie between: noisier steps, but more of them.
"""

from numbers import Integral

import numpy as np

from nncore.arguments import checked, kind_of, optional, whole
from nncore.checks import NO_COUNT, require_whole, shown

MOST_SAMPLES = 10_000_000


def batch_slices(n_samples: int, batch_size: int | None) -> list[slice]:
    """Consecutive slices of 0..n_samples, one per update of an epoch; the short last one is kept.

    `batch_size=None` is full batch. Raises ValueError for a batch size below 1.
    """
    n_samples = require_whole("n_samples", n_samples, 0, MOST_SAMPLES)
    is_whole = isinstance(batch_size, Integral) and not isinstance(batch_size, NO_COUNT)
    if batch_size is not None and (not is_whole or batch_size < 1):
        raise ValueError(f"batch_size must be at least 1 or None, got {shown(batch_size)}")
    size = max(1, n_samples if batch_size is None else min(batch_size, n_samples))
    return [slice(start, min(start + size, n_samples)) for start in range(0, n_samples, size)]


def updates_per_epoch(n_samples: int, batch_size: int | None) -> int:
    """How many updates one epoch makes."""
    return len(batch_slices(n_samples, batch_size))


class BatchOrder:
    """Which samples each update of an epoch takes: slice after slice of an `order` (N,) that every epoch may draw anew."""

    def __init__(self, n_samples: int, batch_size: int | None, order: np.ndarray | None = None):
        self.slices, self.order = batch_slices(n_samples, batch_size), order
        self.n_updates = len(self.slices)

    def start_epoch(self, order: np.ndarray | None) -> None:
        """Takes the order (N,) of this epoch's samples; None keeps the one before, at first that in which they lie."""
        self.order = self.order if order is None else order

    def rows(self, update: int) -> np.ndarray | slice:
        """What picks the samples of update number `update`, from 0, out of an array of all of them."""
        part = self.slices[update]
        return part if self.order is None else self.order[part]


@checked(rng=kind_of(np.random.Generator), n_samples=whole(0, MOST_SAMPLES), batch_size=optional(whole(1)))
def epoch_order(rng: np.random.Generator, n_samples: int, batch_size: int | None) -> np.ndarray | None:
    """The order (N,) in which this epoch visits the samples; None for full batch, where no order is drawn."""
    return draw_order(rng, n_samples, batch_size)


def draw_order(rng: np.random.Generator, n_samples: int, batch_size: int | None) -> np.ndarray | None:
    """`epoch_order` of arguments that are checked already: a Trainer asks for it once per epoch."""
    return None if batch_size is None else rng.permutation(n_samples)
