import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore.words.outer_product import (
    asymmetry,
    best_blocks,
    diagonal_from_rest,
    diagonal_is_largest,
    diagonal_is_tied,
    dot_products,
    has_unit_lengths,
    hide_diagonal,
    largest_in_row,
    needed_words,
    outer_product,
    outer_terms,
    zero_rows,
)

SCALARS = np.array([2.0, -1.0, 3.0])


def test_every_vector_of_one_sentence_meets_every_vector_of_the_other_by_hand():
    A, B = np.array([[1.0, 2.0], [0.0, 3.0], [-1.0, 1.0]]), np.array([[2.0, 5.0], [4.0, -1.0]])
    assert dot_products(A, B).tolist() == [[12, 2], [15, -3], [3, -5]]
    assert np.array_equal(dot_products(A, A), outer_product(A))
    with pytest.raises(ValueError, match="B"):
        dot_products(A, np.ones((2, 3)))


def test_one_number_per_word_by_hand():
    assert outer_product(SCALARS).tolist() == [[4, -2, 6], [-2, 1, -3], [6, -3, 9]]


def test_two_numbers_per_word_by_hand():
    assert outer_product(np.array([[1.0, 2.0], [3.0, 0.0]])).tolist() == [[5, 3], [3, 9]]


@given(st.integers(0, 10_000), st.integers(1, 32), st.integers(1, 16))
def test_the_product_is_symmetric(seed, n_words, dimensions):
    E = np.random.default_rng(seed).normal(size=(n_words, dimensions))
    M = outer_product(E)
    assert asymmetry(M) <= 1e-12 * np.abs(M).max()


def test_asymmetry_is_seen():
    assert asymmetry(np.array([[0.0, 1.0], [0.25, 0.0]])) == 0.75


def test_where_the_diagonal_is_the_largest_of_its_row():
    M = outer_product(SCALARS)
    assert diagonal_is_largest(M).tolist() == [False, True, True]
    assert largest_in_row(M).tolist() == [2, 0, 0]


def test_with_unit_lengths_nothing_beats_the_diagonal_and_a_word_said_twice_ties_with_itself():
    E = np.random.default_rng(2).normal(size=(9, 3))
    E /= np.linalg.norm(E, axis=1, keepdims=True)
    E[4] = E[1]
    assert has_unit_lengths(E) and diagonal_is_largest(outer_product(E)).all()
    assert not has_unit_lengths(2 * E)


def test_hiding_leaves_the_rest_and_the_original():
    M = outer_product(SCALARS)
    assert hide_diagonal(M).tolist() == [[0, -2, 6], [-2, 0, -3], [6, -3, 0]]
    assert M[0, 0] == 4
    assert hide_diagonal(np.ones((4, 3, 3)))[2].sum() == 6


def test_the_diagonal_of_numbers_follows_from_the_rest_by_hand():
    # M_00 = M_01 M_02 / M_12 = -2 * 6 / -3
    assert diagonal_from_rest(hide_diagonal(outer_product(SCALARS)), 1) == pytest.approx([4, 1, 9])


@pytest.mark.parametrize("dimensions", [1, 2, 3, 5])
@pytest.mark.parametrize("more", [0, 3])
def test_2d_plus_1_words_suffice(dimensions, more):
    n_words = needed_words(dimensions) + more
    M = outer_product(np.random.default_rng(dimensions).normal(size=(n_words, dimensions)))
    assert diagonal_from_rest(hide_diagonal(M), dimensions) == pytest.approx(np.diag(M), rel=1e-6)


def test_the_blocks_are_disjoint_and_leave_the_word_out():
    M = outer_product(np.random.default_rng(1).normal(size=(9, 3)))
    J, K = best_blocks(hide_diagonal(M), 4, 3)
    assert len({*J.tolist(), *K.tolist(), 4}) == 7


def test_too_few_words_are_refused():
    with pytest.raises(ValueError, match=r"at least 2d \+ 1 = 5 words for d = 2, got 4"):
        diagonal_from_rest(np.zeros((4, 4)), 2)


def test_what_cannot_be_told_is_nan():
    # The second word is 0: of the first and third no other product is left to divide by.
    diagonal = diagonal_from_rest(hide_diagonal(outer_product(np.array([2.0, 0.0, 3.0]))), 1)
    assert np.isnan(diagonal[[0, 2]]).all() and diagonal[1] == 0
    assert np.isnan(diagonal_from_rest(np.zeros((3, 3)), 1)).all()


def test_ties_and_rows_of_zeros_are_told_apart_from_a_largest_diagonal():
    M = outer_product(np.array([[2.0, 0.0], [2.0, 0.0], [0.0, 1.0], [0.0, 0.0]]))
    assert diagonal_is_tied(M).tolist() == [True, True, False, True]
    assert zero_rows(M).tolist() == [False, False, False, True]
    assert diagonal_is_tied(np.array([[3.0]])).tolist() == [False]


def test_the_formula_goes_by_other_words_than_copies_of_the_word():
    M = hide_diagonal(outer_product(np.array([5.0, 5.0, 2.0, -1.0])))
    assert {int(best_blocks(M, 0, 1)[side][0]) for side in (0, 1)} == {2, 3}
    short = hide_diagonal(outer_product(np.array([5.0, 5.0, 2.0])))
    assert np.allclose(diagonal_from_rest(short, 1), [25, 25, 4])  # with a copy where nothing else is there


def test_the_matrix_is_the_sum_of_one_outer_product_for_each_number_of_a_word():
    terms = outer_terms(np.array([[1.0, 2.0], [3.0, -1.0]]))
    assert terms.tolist() == [[[1, 3], [3, 9]], [[4, -2], [-2, 1]]]
    assert np.array_equal(terms.sum(axis=0), outer_product(np.array([[1.0, 2.0], [3.0, -1.0]])))
    assert np.array_equal(outer_terms(np.array([1.0, 2.0])), [[[1, 2], [2, 4]]])
