"""Folds: those of scikit-learn where nothing is shuffled, and a partition where it is."""

import numpy as np
import pytest
from sklearn.model_selection import KFold, StratifiedKFold

from nncore.evaluation import k_folds, stratified_folds


def same(ours, theirs):
    return len(ours) == len(theirs) and all(
        np.array_equal(mine, yours) for fold, other in zip(ours, theirs, strict=True)
        for mine, yours in zip(fold, other, strict=True)
    )  # fmt: skip


@pytest.mark.parametrize(("rows", "k"), [(10, 5), (11, 3), (7, 7), (23, 4)])
def test_folds_are_those_of_kfold(rows, k):
    assert same(k_folds(rows, k), list(KFold(k).split(np.zeros(rows))))


@pytest.mark.parametrize("labels", [[0, 1] * 10, [2] * 7 + [0] * 9 + [5] * 4, [1, 1, 0, 0, 0, 1, 0, 1, 1, 0, 2, 2, 2]])
@pytest.mark.parametrize("k", [2, 3])
def test_stratified_folds_are_those_of_stratifiedkfold(labels, k):
    labels = np.array(labels)
    assert same(stratified_folds(labels, k), list(StratifiedKFold(k).split(labels, labels)))


@pytest.mark.parametrize("make", [
    lambda seed: k_folds(17, 4, seed), lambda seed: stratified_folds(np.arange(17) % 3, 4, seed),
])  # fmt: skip
def test_shuffled_folds_hold_every_row_back_once(make):
    folds = make(3)
    assert np.array_equal(np.sort(np.concatenate([held for _, held in folds])), np.arange(17))
    assert all(len(np.intersect1d(training, held)) == 0 and len(training) + len(held) == 17 for training, held in folds)
    assert same(folds, make(3)) and not same(folds, make(4))


def test_stratified_folds_keep_the_shares_of_the_classes():
    y = np.repeat([0, 1], [30, 10])
    assert [np.bincount(y[held]).tolist() for _, held in stratified_folds(y, 5, 0)] == [[6, 2]] * 5


def test_more_folds_than_rows_are_refused():
    with pytest.raises(ValueError, match="k must be at most 3, got 4"):
        k_folds(3, 4)
    with pytest.raises(ValueError, match="k must be at most 2, got 4"):
        stratified_folds([0, 1, 1], 4)
