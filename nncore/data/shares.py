"""Shares: so many examples of each class that a part of the data is like the whole."""

import numpy as np

from nncore.arguments import checked, kind_of, whole, wholes


def apportion(count: int, sizes: np.ndarray) -> np.ndarray:
    """`count` seats given out in proportion to `sizes` (C,), whole numbers, by the largest remainder."""
    # In integers throughout, so that no quota is missed by rounding.
    seats, remainders = np.divmod(count * sizes, sizes.sum())
    left_over = count - seats.sum()
    seats[np.argsort(-remainders, kind="stable")[:left_over]] += 1
    return seats


@checked(labels=wholes(0, None, "N"), count=whole(1), rng=kind_of(np.random.Generator))
def stratified_rows(labels: np.ndarray, count: int, rng: np.random.Generator) -> np.ndarray:
    """`count` rows drawn without replacement, each class of `labels` (N,) in proportion; in the order of the table.

    A class keeps one row at least, as far as `count` allows. All rows, where `count` is no less than N.
    """
    if count >= len(labels):
        return np.arange(len(labels))
    order = rng.permutation(len(labels))
    sizes = np.bincount(labels)
    seats = apportion(count, sizes)
    for label in np.flatnonzero((sizes > 0) & (seats == 0)):
        if seats.max() > 1:
            seats[seats.argmax()] -= 1
            seats[label] = 1
    return np.sort(np.concatenate([order[labels[order] == label][:kept] for label, kept in enumerate(seats)]))
