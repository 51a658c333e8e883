"""The stages of attention agree with the model, and words become vectors or a sentence."""

import numpy as np
import pytest

from nncore import MultiHeadAttention
from nncore.attention.attention import causal_mask, sinusoidal_positions
from nncore.attention.stages import (
    AttentionSettings,
    attention_stages,
    entropy,
    even_entropy,
    order_gap,
    shuffled_order,
    split_words,
    word_vectors,
)
from nncore.words.text import tokenise


@pytest.mark.parametrize("heads", [1, 2, 3, 4])
def test_the_last_stage_is_the_models_output(heads):
    model, tokens = MultiHeadAttention(12, heads), word_vectors(["the", "cat", "sees", "the", "dog"], 12)
    stages = attention_stages(tokens, model, AttentionSettings(), causal_mask(5))
    output, weights = model.forward(tokens, tokens, tokens, causal_mask(5))
    assert np.allclose(stages.output, output, atol=1e-14)
    assert np.allclose(stages.weights, weights, atol=1e-14)
    assert stages.Q.shape == (heads, 5, 12 // heads) and stages.scores.shape == (heads, 5, 5)


def test_temperature_and_scaling_multiply_the_scores():
    assert AttentionSettings().scale(16) == 0.25
    assert AttentionSettings(scaled=False).scale(16) == 1.0
    assert AttentionSettings(temperature=10.0).scale(16) == pytest.approx(0.025)


def test_the_same_word_has_the_same_unit_vector():
    first, other, again = word_vectors(["cat", "🐈", "cat"], 6)
    assert np.array_equal(first, again) and not np.allclose(first, other)
    assert np.linalg.norm(other) == pytest.approx(1.0)


def test_entropy_counts_bits():
    assert np.allclose(entropy(np.array([[1.0, 0, 0, 0], [0.25] * 4, [0.5, 0.5, 0, 0]])), [0, 2, 1])


def test_order_matters_only_with_positions():
    words, model, order = ["a", "b", "c", "d"], MultiHeadAttention(12, 2), np.array([2, 0, 3, 1])
    tokens, shuffled = word_vectors(words, 12), word_vectors([words[i] for i in order], 12)
    places = sinusoidal_positions(4, 12)

    def gap(add, mask=None):
        before, after = (attention_stages(E + add, model, AttentionSettings(), mask) for E in (tokens, shuffled))
        return order_gap(before, after, order)

    assert gap(0.0) < 1e-14
    assert gap(places) > 0.1
    assert gap(0.0, causal_mask(4)) > 0.1  # a causal mask knows the order too


@pytest.mark.parametrize("n_tokens", range(1, 33))
def test_a_shuffled_order_is_another_order_of_the_same_places(n_tokens):
    order = shuffled_order(n_tokens)
    assert sorted(order) == list(range(n_tokens))
    assert n_tokens == 1 or (order != np.arange(n_tokens)).any()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("", "text is empty: type at least one word"),
        ("  \n", "text is empty: type at least one word"),
        ("word " * 33, "text has 33 words: type at most 32"),
        ("x" * 10_000, "text has a word of 10,000 letters: type words of at most 40"),
    ],
)
def test_a_sentence_that_cannot_be_taken_is_said(sentence, words):
    with pytest.raises(ValueError, match=words):
        split_words("text", sentence)


def test_words_are_cut_at_white_space_in_lower_case():
    assert split_words("text", " The  CAT\tснег 🐈 ") == ["the", "cat", "снег", "🐈"]


def test_a_line_of_punctuation_is_told_from_an_empty_one():
    with pytest.raises(ValueError, match="text holds no word, only punctuation: type at least one word"):
        split_words("text", "!!! ...")


@pytest.mark.parametrize("sentence", ["The cat sees 3.5 mice.", "Don’t! 👩🏽‍🚀🇩🇪", "e\u0301te\u0301 (été), well‑known"])
def test_attention_and_words_cut_alike(sentence):
    assert tuple(split_words("text", sentence)) == tokenise(sentence)


def test_even_attention_is_as_wide_as_what_may_be_seen():
    assert even_entropy(None, 8) == pytest.approx(3)
    assert even_entropy(causal_mask(4), 4) == pytest.approx((0 + 1 + np.log2(3) + 2) / 4)
