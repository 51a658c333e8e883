"""Sums of products, written out."""

import numpy as np
import pytest

from nncore.inspection.terms import KEPT, MOST, leading_terms


def test_a_short_sum_is_whole_and_in_order():
    terms = leading_terms(np.array([1.0, -2.0, 0.0]), np.array([3.0, 0.5, 7.0]))
    assert terms.places.tolist() == [0, 1, 2] and terms.products.tolist() == [3.0, -1.0, 0.0]
    assert (terms.n_others, terms.others) == (0, 0.0)


def test_of_a_long_one_the_strongest_stay_in_their_order():
    left = np.arange(1.0, MOST + 2)  # 1 to 17: the eight largest are 10 to 17, the others 1 to 9 add up to 45
    left[-1] *= -1
    terms = leading_terms(left, np.ones(MOST + 1))
    assert terms.left.tolist() == [10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, -17.0]
    assert (terms.n_others, terms.others) == (9, 45.0)


@pytest.mark.parametrize("count", [1, MOST, MOST + 1, 784])
def test_shown_and_others_make_the_whole_sum(count):
    left, right = np.random.default_rng(count).normal(size=(2, count))
    terms = leading_terms(left, right)
    assert terms.products.sum() + terms.others == pytest.approx(left @ right)
    assert len(terms.places) == (count if count <= MOST else KEPT) and len(terms.places) + terms.n_others == count


def test_numbers_that_left_all_bounds_are_shown():
    left = np.ones(20)
    left[[3, 9]] = np.nan, np.inf
    assert {3, 9} <= set(leading_terms(left, np.ones(20)).places.tolist())
