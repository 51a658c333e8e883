"""Folds: every example is held back once, and learned from in all other rounds.

A single validation set is a matter of luck, and a small one of much. With k folds each of k networks is judged on the part
that it did not see, and every example has been judged once. Stratified folds hold the classes in the proportions of the
whole.
"""

import numpy as np

from nncore.arguments import checked, flag, optional, whole
from nncore.checks import require_data, require_few_classes, require_whole

Array = np.ndarray
Fold = tuple[Array, Array]

MOST_FOLDS, MOST_ROWS = 50, 10_000_000


@checked(n_rows=whole(2, MOST_ROWS), k=whole(2), seed=optional(whole(0)))
def k_folds(n_rows: int, k: int = 5, seed: int | None = None) -> list[Fold]:
    """Row indices (training, held back) of each of `k` folds, in rising order; sizes differ by one row at most.

    With a `seed` the rows are shuffled first, without one the folds are consecutive, as in scikit-learn's KFold. Raises
    ValueError where there are fewer rows than folds.
    """
    require_whole("k", k, 2, n_rows)
    order = np.arange(n_rows) if seed is None else np.random.default_rng(seed).permutation(n_rows)
    number = np.empty(n_rows, dtype=int)
    for fold, rows in enumerate(np.array_split(order, k)):
        number[rows] = fold
    return folds_of(number)


@checked(k=whole(2), seed=optional(whole(0)))
def stratified_folds(y: Array, k: int = 5, seed: int | None = None) -> list[Fold]:
    """The same, with the classes of the labels y (N,) spread evenly over the folds, as in scikit-learn's StratifiedKFold.

    A class with fewer than `k` rows is missing in some folds. Raises ValueError where no class has `k` rows.
    """
    y = require_data("y", y)
    if y.ndim != 1 or not len(y):
        raise ValueError(f"y must be labels (N,), got the shape {y.shape}")
    require_few_classes(y)
    _, first, labels = np.unique(y, return_index=True, return_inverse=True)
    require_whole("k", k, 2, max(2, int(np.bincount(labels).max())))
    # The classes in the order in which they first come, so that the same folds come out whatever they are called.
    labels = np.argsort(np.argsort(first))[labels]
    shares = np.stack([np.bincount(np.sort(labels)[fold::k], minlength=len(first)) for fold in range(k)])
    rng, number = None if seed is None else np.random.default_rng(seed), np.empty(len(y), dtype=int)
    for label in range(len(first)):
        seats = np.repeat(np.arange(k), shares[:, label])
        number[labels == label] = seats if rng is None else rng.permutation(seats)
    return folds_of(number)


@checked(stratify=flag)
def folds_for(y: Array, k: int, seed: int | None, stratify: bool) -> list[Fold]:
    """Stratified folds of labels, or plain ones of targets y (N,)."""
    return stratified_folds(y, k, seed) if stratify else k_folds(len(require_data("y", y)), k, seed)


def folds_of(number: Array) -> list[Fold]:
    """The folds in which row i is held back in fold `number[i]`."""
    return [(np.flatnonzero(number != fold), np.flatnonzero(number == fold)) for fold in range(number.max() + 1)]
