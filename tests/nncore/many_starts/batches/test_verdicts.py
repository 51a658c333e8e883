"""Batch sizes at equal cost, and how straight their paths are."""

import numpy as np
import pytest

from nncore.many_starts.batches.comparison import Lane
from nncore.many_starts.batches.verdicts import path_shape, verdict


def lane(losses, **costs):
    frames = len(losses)
    blank = {name: np.zeros(frames) for name in ("updates", "epochs", "samples", "seconds")}
    return Lane(4, 0.1, **(blank | costs), losses=np.array(losses), parameters=np.zeros((frames, 1)), validation=0.0,
                diverged=False)  # fmt: skip


def test_the_verdict_is_at_the_most_that_all_have_reached():
    fast = lane([1.0, 0.0], updates=np.array([0, 100]), seconds=np.array([0.0, 4.0]))
    slow = lane([1.0, 0.6], updates=np.array([0, 10]), seconds=np.array([0.0, 1.0]))
    updates, seconds = (verdict([fast, slow], cost) for cost in ("updates", "seconds"))
    assert updates.budget == 10 and updates.losses.tolist() == pytest.approx([0.9, 0.6]) and updates.best == 1
    assert seconds.budget == 1 and seconds.losses.tolist() == pytest.approx([0.75, 0.6])
    assert updates.level.tolist() == [False, True]


def test_costs_have_names():
    with pytest.raises(ValueError, match="cost must be one of epochs, updates, samples, seconds, got 'money'"):
        verdict([lane([1.0])], "money")


def test_a_path_by_hand():
    shape = path_shape(np.array([[0.0, 0.0], [3.0, 0.0], [3.0, 4.0], [3.0, 4.0], [6.0, 4.0]]))
    # Steps 3, 4, 0 and 3 long; a step that goes nowhere has no direction; two right angles.
    assert shape.length == pytest.approx(10) and shape.distance == pytest.approx(np.sqrt(52))
    assert shape.turn == pytest.approx(90) and shape.detour == pytest.approx(10 / np.sqrt(52))


def test_the_turn_is_the_median_angle():
    shape = path_shape(np.array([[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0], [3.0, 1.0]]))  # straight on twice, then 90
    assert shape.turn == pytest.approx(0, abs=1e-5)


def test_a_straight_path_takes_no_detour_and_one_that_stays_has_none():
    line = path_shape(np.linspace(0, 1, 5)[:, None] * np.array([1.0, 2.0]))
    assert line.detour == pytest.approx(1) and line.turn == pytest.approx(0, abs=1e-5)
    still = path_shape(np.ones((3, 2)))
    assert (still.length, still.distance, still.turn) == (0, 0, 0) and np.isnan(still.detour)
