"""Truncated backpropagation through time: the same answers, and a gradient that stops at the cuts."""

import numpy as np
import pytest

from nncore import Recurrent
from nncore.data.sequences import draw_sequences, one_hot
from nncore.models.recurrence import CELLS, TruncatedRecurrent

X, LABELS = np.random.default_rng(0).normal(size=(4, 7, 2)), np.array([0, 1, 2, 1])


@pytest.mark.parametrize("cell", CELLS)
def test_a_stretch_teaches_what_a_sequence_as_long_would_from_the_state_carried_on(cell):
    whole, cut = Recurrent(2, 3, 3, cell), TruncatedRecurrent(2, 3, 3, cell, stretch=3)
    assert np.array_equal(whole.forward(X)[0], cut.forward(X)[0])
    gradients, all_of_it = cut.state_gradients(X, LABELS), whole.state_gradients(X, LABELS)
    assert not gradients[:, :4].any() and np.allclose(gradients[:, 4:], all_of_it[:, 4:]) and all_of_it[:, :4].all()


@pytest.mark.parametrize("cell", CELLS)
def test_a_stretch_of_all_steps_is_the_whole_gradient(cell):
    whole, cut = Recurrent(2, 3, 3, cell), TruncatedRecurrent(2, 3, 3, cell, stretch=7)
    assert np.array_equal(whole.loss_and_gradient(X, LABELS)[1], cut.loss_and_gradient(X, LABELS)[1])


def test_the_gradient_of_every_answer_stops_at_the_next_cut():
    tokens, y = draw_sequences("parity", 8, 6, np.random.default_rng(0))
    cut, inputs = TruncatedRecurrent(2, 3, 2, "lstm", stretch=2), one_hot(tokens, 2)
    first, y[:, 2:] = y[:, :2].copy(), -1
    alone = Recurrent(2, 3, 2, "lstm").loss_and_gradient(inputs[:, :2], first)[1]
    assert np.allclose(cut.loss_and_gradient(inputs, y)[1], alone)


def test_a_stretch_of_no_step_is_refused():
    with pytest.raises(ValueError, match="stretch must be at least 1, got 0"):
        TruncatedRecurrent(2, 3, 3, stretch=0)
