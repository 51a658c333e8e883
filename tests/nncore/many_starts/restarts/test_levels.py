"""The exact losses of exclusive-or, worked out by hand, and counted."""

import numpy as np
import pytest

from nncore.many_starts.restarts.levels import CORNER_LEVELS, count_levels, loss_levels, one_answer_loss


def test_levels_by_hand():
    # Two corners at 1/2: (ln 2 + ln 2) / 4. Three at 2/3, one of them wrong: (2 · 0.405465 + 1.098612) / 4.
    assert pytest.approx((0.0, 0.346574, 0.477386, 0.693147), abs=1e-6) == CORNER_LEVELS


def test_two_thirds_is_the_best_shared_answer_of_three():
    shares = np.linspace(0.01, 0.99, 981)
    losses = -(2 * np.log(shares) + np.log(1 - shares)) / 4
    assert losses.min() == pytest.approx(CORNER_LEVELS[2], abs=1e-5)
    assert shares[losses.argmin()] == pytest.approx(2 / 3, abs=1e-3)


def test_what_diverged_is_one_level_above_all_others():
    assert loss_levels([np.nan, 0.1, np.inf, 0.5, np.nan]).tolist() == [2, 0, 2, 1, 2]


def test_losses_are_counted_at_the_nearest_level_or_elsewhere():
    losses = np.array([0.0001, 0.34, 0.35, 0.477, 0.2, np.inf, 0.7])
    assert count_levels(losses).tolist() == [1, 2, 1, 1, 2]
    assert count_levels(np.array([0.1, 0.9]), (0.0, 1.0), near=0.2).tolist() == [1, 1, 0]


def test_a_gap_begins_another_level():
    losses = np.array([0.7, 0.0, 0.005, 0.012, 0.35])
    assert loss_levels(losses).tolist() == [2, 0, 0, 0, 1] and loss_levels(np.array([])).tolist() == []
    assert loss_levels(np.array([0.5, 0.0, 0.25]), near=0.25).tolist() == [0, 0, 0]  # a gap has to be above it


def test_points_with_one_answer_cost_the_entropy_of_their_labels():
    answers = np.linspace(0.001, 0.999, 999)
    for share in (0.25, 0.5, 2 / 3):
        losses = -share * np.log(answers) - (1 - share) * np.log(1 - answers)
        assert losses.min() == pytest.approx(one_answer_loss(share), abs=1e-6)
        assert answers[losses.argmin()] == pytest.approx(share, abs=1e-3)  # no other answer is better
    assert one_answer_loss(0.0) == one_answer_loss(1.0) == 0.0
