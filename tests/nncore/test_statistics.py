"""Chances of restarts, against numbers worked out by hand or by trying all cases."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore.statistics import (
    best_so_far,
    expected_best,
    restarts_needed,
    restarts_range,
    share_of_groups,
    stayed_ahead,
    wilson_interval,
)  # fmt: skip


def test_wilson_interval_of_five_of_ten():
    # p = 0.5, z = 1.96: middle (0.5 + 0.19208) / 1.38416 = 0.5, half 1.96 sqrt(0.025 + 0.0096040) / 1.38416 = 0.26341
    assert wilson_interval(5, 10) == pytest.approx((0.23659, 0.76341), abs=1e-5)


def test_wilson_interval_of_none_is_not_a_point():
    low, high = wilson_interval(0, 64)
    assert low == 0 and 0.05 < high < 0.06
    assert wilson_interval(64, 64) == pytest.approx((1 - high, 1.0))


def test_wilson_s_ends_are_exact_where_none_or_all_succeed():
    for trials in range(1, 1001):
        low, high = wilson_interval(0, trials)
        assert low == 0.0 and high == pytest.approx(1.96**2 / (trials + 1.96**2), rel=1e-12)
        assert wilson_interval(trials, trials) == (pytest.approx(1 - high, rel=1e-12), 1.0)


@given(trials=st.integers(1, 10**9), share=st.floats(0, 1))
def test_wilson_s_ends_solve_its_equation_and_hold_the_share(trials, share):
    successes = round(share * trials)
    low, high = wilson_interval(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    for end in (low, high):  # |share - p| = z sqrt(p (1 - p) / n), which defines the interval
        reach = 1.96 * np.sqrt(end * (1 - end) / trials)
        assert abs(successes / trials - end) == pytest.approx(reach, rel=1e-6, abs=1e-13)


@pytest.mark.parametrize("successes, trials", [(3, 2), (-1, 2), (0, 0)])
def test_wilson_interval_refuses_impossible_counts(successes, trials):
    with pytest.raises(ValueError, match="successes must be from 0 to trials"):
        wilson_interval(successes, trials)


@pytest.mark.parametrize("share, needed", [(0.0, None), (1.0, 1), (0.5, 5), (0.23, 12), (0.95, 1), (0.949, 2)])
def test_restarts_needed(share, needed):
    assert restarts_needed(share) == needed


@pytest.mark.parametrize("share, needed", [(5e-324, None), (1e-310, None)])
def test_a_share_so_small_that_no_number_can_be_written_needs_no_number(share, needed):
    assert restarts_needed(share) is needed


def test_a_tiny_share_keeps_its_digits():
    # ln 0.05 / -1e-18 = 2.9957...e18, where 1 - 1e-18 is 1 and its logarithm 0.
    assert restarts_needed(1e-18) == pytest.approx(2.995732273553991e18)


@pytest.mark.parametrize("call, message", [
    (lambda: restarts_needed(1.1), "share must be a number from 0 to 1, got 1.1"),
    (lambda: restarts_needed(float("nan")), "share must be a number from 0 to 1, got nan"),
    (lambda: restarts_needed(0.5, 1.0), "confidence must be below 1, got 1.0"),
    (lambda: share_of_groups(np.array([True]), 0), "size must be at least 1, got 0"),
    (lambda: expected_best(np.array([1.0, np.inf])), "losses must be finite"),
    (lambda: stayed_ahead(np.zeros(3), np.zeros(2)), "early and late must be equally long, got 3 and 2"),
])  # fmt: skip
def test_what_has_no_answer_is_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_nothing_and_one_loss_have_answers_too():
    assert expected_best(np.array([])).tolist() == [] and expected_best(np.array([0.5])).tolist() == [0.5]
    assert best_so_far(np.array([])).tolist() == [] and stayed_ahead(np.zeros(1), np.zeros(1)) == (0, 0)


def test_restarts_needed_is_exact_where_the_quotient_is_whole():
    assert restarts_needed(0.9, confidence=0.99) == 2
    assert restarts_needed(0.3, confidence=0.51) == 2  # 0.7 * 0.7 fail, though the quotient comes to 2.0000000000000004


def test_share_of_groups():
    found = np.array([True, False, False, False, False, True, True])
    assert share_of_groups(found, 2) == pytest.approx(2 / 3)  # the seventh is left over
    assert np.isnan(share_of_groups(found, 8))


def test_best_so_far_ignores_what_diverged():
    assert np.array_equal(best_so_far(np.array([np.inf, 3.0, np.nan, 1.0, 2.0])), [np.inf, 3.0, 3.0, 1.0, 1.0])


def test_expected_best_is_the_mean_over_all_choices():
    losses = np.array([0.7, 0.1, 0.4, 0.4, 0.9])
    by_trying = [np.mean([min(chosen) for chosen in combinations(losses, k)]) for k in range(1, 6)]
    assert expected_best(losses) == pytest.approx(by_trying)


def test_expected_best_of_many_is_finite():
    expected = expected_best(np.random.default_rng(0).uniform(size=256))
    assert np.isfinite(expected).all() and (np.diff(expected) <= 1e-12).all()


def test_who_was_ahead_and_stayed_so():
    early = np.array([1.0, 2.0, 3.0, 4.0, np.inf])
    assert stayed_ahead(early, np.array([5.0, 1.0, 0.0, 2.0, np.inf])) == (2, 1)
    assert stayed_ahead(early, early) == (2, 2)
    assert stayed_ahead(early[:4], -early[:4]) == (2, 0)


def test_the_range_of_restarts_follows_from_the_interval_s_ends():
    # 3 of 3: the interval is 0.4385 to 1, and 0.5615^6 = 0.031 is the first power below 0.05.
    assert restarts_range(3, 3) == (1, 6)
    # 0 of 64: at most 5.66 %, so that 52 could hold one, and no number is sure to.
    assert restarts_range(0, 64) == (52, None)
    assert restarts_range(64, 64) == (1, 2)


def test_the_range_of_restarts_has_ends_for_every_outcome():
    for trials in range(1, 200):
        assert restarts_range(0, trials)[1] is None and restarts_range(trials, trials)[0] == 1
        for successes in range(1, trials + 1):
            fewest, most = restarts_range(successes, trials)
            assert 1 <= fewest <= most
