"""Batch order: which samples make a given update of training, and its place in the epoch."""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import checked, optional, whole
from nncore.data.batching import MOST_SAMPLES, BatchOrder, epoch_order

Array = np.ndarray

MOST_UPDATES = 1_000_000


@dataclass(frozen=True, eq=False)
class Update:
    """One update: the training samples `rows` (B,) of its batch, its `epoch` and its `place` in it, counted from 1.

    `per_epoch` is the number of updates that an epoch makes.
    """

    rows: Array
    epoch: int
    place: int
    per_epoch: int


@checked(n_train=whole(1, MOST_SAMPLES), size=optional(whole(1)), seed=whole(0), number=whole(1, MOST_UPDATES))
def update_at(n_train: int, size: int | None, seed: int, number: int) -> Update:
    """Update `number`, counted from 1 at the first weights, of training with batches of `size` (None: all samples)."""
    order, generator = BatchOrder(n_train, size), np.random.default_rng(seed)
    epoch, place = divmod(number - 1, order.n_updates)
    for _ in range(epoch + 1):
        order.start_epoch(epoch_order(generator, n_train, size))
    return Update(np.arange(n_train)[order.rows(place)], epoch + 1, place + 1, order.n_updates)
