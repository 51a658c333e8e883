"""What the pages answer in numbers: a token's way through the block, why scores are divided, how far tokens are apart."""

import numpy as np
import pytest

from nncore import MultiHeadAttention
from nncore.attention.block_trace import trace_block
from nncore.attention.paths import attention_jacobians, compare_paths, reach, recurrent_jacobians
from nncore.attention.scaling import score_spread
from nncore.attention.stages import AttentionSettings, attention_stages, with_one_matrix
from nncore.attention.transformer import Transformer
from nncore.words.outer_product import asymmetry

SEQUENCE = np.array([3, 1, 0, 2, 1])


@pytest.mark.parametrize("causal", [False, True])
def test_the_stages_of_a_token_add_up_to_what_the_block_answers(causal):
    model = Transformer(4, 3, 8, 2, causal, seed=1)
    model.parameters += np.random.default_rng(0).normal(0, 0.3, model.parameters.size)  # gains and shifts that matter
    trace = trace_block(model, SEQUENCE, 2)
    assert np.allclose(trace.embedding + trace.position, trace.stream)
    assert np.allclose(trace.stream + trace.attention, trace.after_attention)
    assert np.allclose(trace.after_attention + trace.feed_forward, trace.after_feed_forward)
    assert np.allclose(np.maximum(trace.norm2 @ model.views["W_1"].T + model.views["b_1"], 0), trace.hidden)
    logits = trace.norm3 @ model.views["W_out"].T + model.views["b_out"]
    assert np.allclose(np.exp(logits) / np.exp(logits).sum(), trace.answers) and trace.answers.sum() == pytest.approx(1)
    assert np.allclose(trace.answers, np.exp(model.run(SEQUENCE[None]).log_probabilities[0, 2]))
    assert np.allclose(trace.head_weights.sum(axis=1), 1) and (trace.head_weights[:, 3:] == 0).all() == causal


def test_before_training_layer_normalisation_gives_mean_0_and_deviation_1():
    trace = trace_block(Transformer(4, 3, 8, 2), SEQUENCE, 0)
    for values in (trace.norm1, trace.norm2, trace.norm3):
        assert values.mean() == pytest.approx(0) and values.std() == pytest.approx(1, abs=1e-4)


def test_a_place_beyond_the_sequence_is_refused():
    with pytest.raises(ValueError, match="place must be at most 4, got 5"):
        trace_block(Transformer(4, 3, 8, 2), SEQUENCE, 5)


@pytest.mark.parametrize("d", [1, 4, 64, 256])
def test_scores_spread_by_the_root_of_d_and_by_one_when_divided(d):
    found = score_spread(d, 8)
    assert found.deviation == pytest.approx(np.sqrt(d), rel=0.08) and found.divided == pytest.approx(1, rel=0.08)
    assert found.divided == pytest.approx(found.deviation / np.sqrt(d))


def test_without_the_division_softmax_takes_one_key_nearly_alone():
    found = score_spread(256, 8)
    assert found.largest > 0.9 and 0.3 < found.largest_divided < 0.5
    assert score_spread(1, 8).largest == score_spread(1, 8).largest_divided


def test_with_one_matrix_for_all_three_scores_are_symmetric_and_every_word_finds_itself():
    tokens, model = np.random.default_rng(0).normal(size=(5, 8)), MultiHeadAttention(8, 2, 3)
    one = with_one_matrix(model)
    before = attention_stages(tokens, model, AttentionSettings()).scores
    after = attention_stages(tokens, one, AttentionSettings()).scores
    assert all(asymmetry(scores) > 0.1 for scores in before) and all(asymmetry(scores) < 1e-12 for scores in after)
    assert (np.diagonal(after, axis1=1, axis2=2) >= 0).all()  # a squared length
    assert np.array_equal(one.W_K, model.W_Q) and np.array_equal(one.W_O, model.W_O)
    assert not np.array_equal(model.W_K, model.W_Q)  # the model itself is left as it is


def test_the_recurrent_derivative_is_the_chain_rule_by_hand():
    # One number: h1 = tanh(0), h2 = tanh(0.5 * 0 + 2 * 0) = 0, slopes 1; dh2/dx1 = 0.5 * 2 = 1 and dh2/dx2 = 2.
    found = recurrent_jacobians(np.array([[0.5]]), np.array([[2.0]]), np.zeros((2, 1)))
    assert found.ravel().tolist() == [1.0, 2.0] and reach(found) == 0.5


@pytest.mark.parametrize("which", ["recurrent", "attention"])
def test_the_derivatives_are_those_of_small_changes(which):
    rng, step = np.random.default_rng(1), 1e-6
    X, W, U, model = rng.normal(size=(4, 6)), *rng.normal(0, 0.4, (2, 6, 6)), MultiHeadAttention(6, 2, 1)

    def last(inputs):
        if which == "attention":
            return model.forward(inputs, inputs, inputs)[0][-1]
        h = np.zeros(6)
        for x in inputs:
            h = np.tanh(W @ h + U @ x)
        return h

    exact = attention_jacobians(model, X) if which == "attention" else recurrent_jacobians(W, U, X)
    for place in (0, 3):
        for column in (0, 5):
            up, down = X.copy(), X.copy()
            up[place, column] += step
            down[place, column] -= step
            assert np.allclose(exact[place][:, column], (last(up) - last(down)) / (2 * step), atol=1e-7)


def test_what_arrives_shrinks_with_every_recurrent_step_and_hardly_with_attention():
    short, long = compare_paths(2), compare_paths(32)
    assert (long.recurrent_steps, long.attention_steps, long.scores) == (32, 1, 1024)
    assert long.recurrent_reach < short.recurrent_reach / 100
    assert long.attention_reach > 1000 * long.recurrent_reach
