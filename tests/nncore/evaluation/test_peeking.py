"""Peeking: luck by formula, exactly and simulated; tuning climbs on a small test set, and on no fresh row."""

import numpy as np
import pytest

from nncore.evaluation import expected_luck, ladder, luck_bound, simulated_luck, tune


def test_the_best_of_a_hundred_guessers_on_a_hundred_rows():
    # 0.5 + 0.5 sqrt(2 * 4.60517 / 100)
    assert luck_bound(100, 100) == pytest.approx(0.65174, abs=1e-5)
    assert expected_luck([100], 100)[0] == pytest.approx(0.625, abs=1e-3)


def test_expected_luck_by_hand():
    # Two rows: right on none, one, both with 1/4, 1/2, 1/4. The best of two has a mean of (1 - 1/16) + (1 - 9/16) rows.
    assert expected_luck([1, 2], 2).tolist() == pytest.approx([0.5, (15 / 16 + 7 / 16) / 2])


@pytest.mark.parametrize(("guessers", "rows"), [(10, 20), (100, 100), (1000, 50)])
def test_simulated_luck_agrees_with_the_expected_and_stays_below_the_bound(guessers, rows):
    best = simulated_luck(guessers, rows, 400, 1)
    assert best.shape == (400, guessers) and (np.diff(best, axis=1) >= 0).all()
    assert best[:, -1].mean() == pytest.approx(expected_luck([guessers], rows)[0], abs=0.012)
    assert expected_luck([guessers], rows)[0] < luck_bound(guessers, rows)


def test_the_ladder_by_hand():
    assert ladder([0.52, 0.54, 0.66, 0.61, 0.78], 0.1).tolist() == pytest.approx([0.5, 0.5, 0.7, 0.7, 0.7])


def test_tuning_climbs_on_a_small_test_set_alone():
    found = tune(100, 300, seed=2)
    assert found.on_test[-1] > 0.75 and found.on_test[-1] > found.on_test[5]
    assert abs(found.on_fresh[-1] - 0.5) < 0.15 and len(found.answered) == 300


def test_a_large_test_set_hardly_moves():
    assert tune(10_000, 100, seed=2).on_test[-1] < 0.54


def test_the_ladder_gives_less_to_build_on():
    assert tune(400, 300, seed=2, step=0.05).on_test[-1] < tune(400, 300, seed=2).on_test[-1] - 0.08


def test_too_much_is_refused():
    with pytest.raises(ValueError, match="rows \\* looks"):
        tune(100_000, 100_000)
