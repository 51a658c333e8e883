"""How alike unlike words look by accident: worked by hand, and against many random vectors."""

import numpy as np
import pytest

from nncore.words.accidents import Cell, beyond_accident, measured_spread, random_spread, unit_rows, unlike_words


def test_the_spread_of_random_directions_is_that_of_many_of_them():
    for d in (2, 6, 16):
        pairs = np.random.default_rng(d).normal(size=(2, 20_000, d))
        a, b = (unit_rows(vectors) for vectors in pairs)
        cosines = (a * b).sum(axis=1)
        assert cosines.std() == pytest.approx(random_spread(d), rel=0.03) and abs(cosines.mean()) < 0.02
    assert random_spread(4) == 0.5 and random_spread(1) == 1.0


def test_rows_get_length_one_and_zeros_stay():
    assert unit_rows(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[0.6, 0.8], [0.0, 0.0]]


def test_cells_of_unlike_words_are_found_and_their_spread_is_measured():
    unlike = unlike_words(["a", "b"], ["b", "a", "c"])
    assert unlike.tolist() == [[True, False, True], [False, True, True]]
    products = np.array([[0.3, 1.0, 0.4], [1.0, 0.0, -0.5]])
    assert measured_spread(products, unlike) == pytest.approx(np.sqrt((0.09 + 0.16 + 0.25) / 4))
    assert np.isnan(measured_spread(np.ones((1, 1)), np.zeros((1, 1), dtype=bool)))


def test_what_lies_beyond_two_spreads_is_listed_farthest_first():
    products = np.array([[0.99, -1.0, 1.0], [0.5, 1.01, 0.2]])
    unlike = np.array([[True, True, False], [True, True, True]])
    assert beyond_accident(products, unlike, 4) == [Cell(1, 1, 1.01)]  # 1.0 itself is not beyond 2 / sqrt(4)
    assert beyond_accident(products, unlike, 16) == [Cell(1, 1, 1.01), Cell(0, 1, -1.0), Cell(0, 0, 0.99)]
