"""The transformer block on tasks of memory: answers at some places only, and its place in the study of distances."""

import numpy as np
import pytest

from nncore import check_gradient
from nncore.attention.block_distances import AnsweringBlock, BlockDistances
from nncore.experiments.architectures import DistanceStudy


def test_places_without_an_answer_count_for_nothing():
    block, rng = AnsweringBlock(5, 3, 4, seed=1), np.random.default_rng(0)
    X, y = rng.integers(5, size=(4, 6)), np.full((4, 6), -1)
    y[:, -1], y[0, 2] = [0, 2, 1, 1], 2
    log_probabilities = block.run(X).log_probabilities
    asked = [log_probabilities[n, t, y[n, t]] for n, t in zip(*np.nonzero(y >= 0), strict=True)]
    loss, _ = block.loss_and_gradient(X, y)
    assert len(asked) == 5 and loss == pytest.approx(-np.mean(asked))
    found = check_gradient(block, X, y)
    assert found.disagreements.max() < 1e-6 * np.abs(found.by_backpropagation).max()
    with pytest.raises(ValueError, match="y must hold at least one answer"):
        block.loss_and_gradient(X, np.full((4, 6), -1))


def test_no_place_looks_at_a_later_one():
    block, X = AnsweringBlock(5, 3, 4), np.random.default_rng(0).integers(5, size=(1, 6))
    before = block.run(X).log_probabilities
    X[0, -1] = (X[0, -1] + 1) % 5
    after = block.run(X).log_probabilities
    assert np.array_equal(before[0, :-1], after[0, :-1]) and not np.allclose(before[0, -1], after[0, -1])


def test_the_block_stands_beside_every_cell_and_learns_the_order():
    study = BlockDistances("order", n_hidden=8, lengths=(12,), starts=1)
    assert study.contenders == ("rnn", "gru", "lstm", "block") and study.n_frames == 5
    *_, share = study.trained("block", 12, 0)
    assert share > 0.95
    assert study.seconds > DistanceStudy("order", n_hidden=8, lengths=(12,), starts=1).seconds
