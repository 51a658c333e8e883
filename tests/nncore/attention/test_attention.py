"""Attention: hand-worked numbers, masks, symmetries, and gradients against finite differences."""

import numpy as np
import pytest

from nncore import MultiHeadAttention, check_gradient, scaled_dot_product_attention
from nncore.attention.attention import attention_gradient, causal_mask, masked_softmax, padding_mask, sinusoidal_positions


@pytest.fixture
def draw():
    return np.random.default_rng(3).normal


def test_two_tokens_by_hand():
    Q, K, V = [[2.0, 0.0, 0.0, 0.0]], [[1.0, 0, 0, 0], [0.0, 1, 0, 0]], [[10.0], [20.0]]
    output, weights = scaled_dot_product_attention(Q, K, V)
    # scores 2 and 0, divided by sqrt(4): softmax of (1, 0)
    share = np.e / (np.e + 1)
    assert np.allclose(weights, [[share, 1 - share]], atol=1e-15)
    assert np.allclose(output, [[10 * share + 20 * (1 - share)]])


@pytest.mark.parametrize("shape", [(), (2,), (2, 3)])
def test_rows_sum_to_one_and_masked_cells_are_exactly_zero(draw, shape):
    Q, K, V = draw(size=(*shape, 5, 4)), draw(size=(*shape, 7, 4)), draw(size=(*shape, 7, 6))
    mask = np.random.default_rng(0).random((*shape, 5, 7)) > 0.4
    mask[..., 0] = True
    output, weights = scaled_dot_product_attention(Q, K, V, mask)
    assert output.shape == (*shape, 5, 6) and weights.shape == (*shape, 5, 7)
    assert np.abs(weights.sum(axis=-1) - 1).max() < 1e-12
    assert (weights[~mask] == 0).all() and (weights[mask] > 0).all()


def test_a_fully_masked_row_gives_zeros(draw):
    mask = np.ones((3, 4), dtype=bool)
    mask[1] = False
    output, weights = scaled_dot_product_attention(draw(size=(3, 2)), draw(size=(4, 2)), draw(size=(4, 2)), mask)
    assert (weights[1] == 0).all() and (output[1] == 0).all()
    assert np.isfinite(output).all()


def test_huge_scores_overflow_nowhere_and_a_masked_one_pushes_nothing_down():
    assert np.allclose(masked_softmax(np.array([[1e4, 0.0]])), [[1, 0]])
    weights = masked_softmax(np.array([[1e6, 1.0, 1.0]]), np.array([[False, True, True]]))
    assert np.array_equal(weights, [[0.0, 0.5, 0.5]])


def test_causal_and_padding_masks():
    assert np.array_equal(causal_mask(3), [[1, 0, 0], [1, 1, 0], [1, 1, 1]])
    assert np.array_equal(padding_mask(2, 3, 1), [[1, 0, 0], [1, 0, 0]])


def test_positions_are_sines_and_cosines():
    positions = sinusoidal_positions(3, 4)
    assert np.allclose(positions[0], [0, 1, 0, 1])
    assert np.allclose(positions[2], [np.sin(2), np.cos(2), np.sin(0.02), np.cos(0.02)])


@pytest.mark.parametrize("heads", [1, 2, 4])
def test_without_positions_shuffled_words_give_shuffled_outputs(draw, heads):
    model, X, order = MultiHeadAttention(8, heads), draw(size=(6, 8)), np.random.default_rng(1).permutation(6)
    output, weights = model.forward(X, X, X)
    shuffled, shuffled_weights = model.forward(X[order], X[order], X[order])
    assert np.allclose(shuffled, output[order], atol=1e-14)
    assert np.allclose(shuffled_weights, weights[:, order][:, :, order], atol=1e-14)


def test_heads_are_consecutive_columns(draw):
    model, X = MultiHeadAttention(6, 2, seed=4), draw(size=(5, 6))
    parts = [
        scaled_dot_product_attention(*(X @ matrix[rows].T for matrix in (model.W_Q, model.W_K, model.W_V)))
        for rows in (slice(0, 3), slice(3, 6))
    ]
    output, weights = model.forward(X, X, X)
    assert np.allclose(output, np.hstack([part[0] for part in parts]) @ model.W_O.T)
    assert np.allclose(weights, [part[1] for part in parts])


def test_a_mask_may_be_for_all_for_each_sentence_or_for_each_head(draw):
    model, X = MultiHeadAttention(4, 2), draw(size=(3, 5, 4))
    mask = causal_mask(5)
    expected = model.forward(X, X, X, mask)[1]
    assert expected.shape == (3, 2, 5, 5)
    for shape in ((3, 5, 5), (3, 1, 5, 5), (3, 2, 5, 5)):
        assert np.array_equal(model.forward(X, X, X, np.broadcast_to(mask, shape))[1], expected)


@pytest.mark.parametrize("heads", [1, 2, 3])
def test_gradients_of_all_matrices_agree_with_differences(draw, heads):
    model = MultiHeadAttention(6, heads, seed=1)
    X, y = draw(size=(2, 4, 6)), draw(size=(2, 4, 6))
    assert check_gradient(model, X, y).worst_error < 1e-6


def test_gradients_of_queries_keys_and_values_agree_with_differences(draw):
    arrays = [draw(size=(3, 4)), draw(size=(5, 4)), draw(size=(5, 2))]
    direction, mask = draw(size=(3, 2)), np.random.default_rng(2).random((3, 5)) > 0.3
    _, weights = scaled_dot_product_attention(*arrays, mask)
    gradients = attention_gradient(*arrays, weights, direction)
    for array, gradient in zip(arrays, gradients, strict=True):
        for index in np.ndindex(array.shape):
            values = []
            for step in (1e-6, -2e-6):
                array[index] += step
                values.append((scaled_dot_product_attention(*arrays, mask)[0] * direction).sum())
            array[index] += 1e-6
            assert gradient[index] == pytest.approx((values[0] - values[1]) / 2e-6, abs=1e-8)


def test_the_matrices_start_xavier_uniform():
    # Within +-sqrt(6 / (16 + 16)), which 1,024 draws nearly reach.
    largest = np.abs(MultiHeadAttention(16, 2, seed=1).parameters).max()
    assert 0.99 < largest / (6 / 32) ** 0.5 <= 1


def test_the_matrices_are_views_of_the_parameters():
    model = MultiHeadAttention(4, 2)
    model.parameters[:16] = 7.0
    assert (model.W_Q == 7).all()
    model.W_O[0, 0] = 9.0
    assert model.parameters[48] == 9
    model.parameters = np.zeros(64)
    assert (model.W_V == 0).all()
    with pytest.raises(ValueError, match=r"parameters must have the shape \(64,\), got \(3,\)"):
        model.parameters = np.zeros(3)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: MultiHeadAttention(6, 4), "heads must divide d_model, 6, got 4"),
        (lambda: MultiHeadAttention(0, 1), "d_model must be at least 1, got 0"),
        (lambda: MultiHeadAttention(4, 2).forward(*[np.ones((3, 5))] * 3), r"query must have the shape \(..., T, 4\)"),
        (lambda: scaled_dot_product_attention(*map(np.ones, [(3, 2), (3, 4), (3, 4)])), "K must have as many columns as Q"),
        (lambda: scaled_dot_product_attention(*map(np.ones, [(3, 2), (3, 2), (4, 2)])), "V must have as many rows as K"),
        (lambda: masked_softmax(np.ones((2, 2)), np.ones((2, 2))), "mask must be boolean"),
        (lambda: masked_softmax(np.ones((2, 2)), np.ones((3, 2), dtype=bool)), "mask must fit the weights' shape"),
    ],
)
def test_what_cannot_be_is_said(make, words):
    with pytest.raises(ValueError, match=words):
        make()
