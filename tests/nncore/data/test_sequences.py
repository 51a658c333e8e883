"""Tasks of memory: every answer worked by hand, and sequences that are drawn as they should be."""

import numpy as np
import pytest

from nncore.data.sequences import (
    ALPHABET,
    MEMORY_TASKS,
    corpus_letters,
    draw_sequences,
    echo_answers,
    letter_windows,
    one_hot,
    read_symbols,
)


def answers(task, text):
    kind = MEMORY_TASKS[task]
    return [kind.answers[y] if y >= 0 else "" for y in kind.answer(read_symbols(task, text))[0]]


def test_an_echo_comes_after_its_delay_and_nothing_is_asked_before():
    assert echo_answers([[1, 0, 1, 1]], 1).tolist() == [[-1, 1, 0, 1]]
    assert echo_answers([[1, 0, 1, 1]], 3).tolist() == [[-1, -1, -1, 1]]
    assert answers("echo", "abba") == ["", "", "a", "b"]


def test_parity_counts_the_ones_so_far():
    assert answers("parity", "01101") == ["even", "odd", "even", "even", "odd"]


@pytest.mark.parametrize(("text", "answer"), [("aXbYc", "XY"), ("YabcX", "YX"), ("XdX", "XX"), ("YY", "YY"), ("aXb", "")])
def test_the_order_is_asked_at_the_end(text, answer):
    assert answers("order", text) == [""] * (len(text) - 1) + [answer]


@pytest.mark.parametrize(("text", "says"), [
    ("([])", ["open", "open", "open", "balanced"]), ("(]", ["open", "broken"]), (")(", ["broken", "broken"]),
    ("()[", ["open", "balanced", "open"]), ("([)]", ["open", "open", "broken", "broken"]),
])  # fmt: skip
def test_brackets_are_closed_in_the_order_of_a_stack(text, says):
    assert answers("brackets", text) == says


def test_the_next_letter_is_the_next_of_the_corpus():
    text = "".join(ALPHABET[letter] for letter in corpus_letters())
    assert text.startswith("the cat sleeps while")
    tokens, y = letter_windows(50, 7, np.random.default_rng(0), 0.0, 0.001)
    for row, following in zip(tokens, y, strict=True):
        assert "".join(ALPHABET[letter] for letter in [*row, following[-1]]) in text[:30]
        assert np.array_equal(row[1:], following[:-1])
    assert answers("letters", "a cat") == [" ", "c", "a", "t", ""]


@pytest.mark.parametrize("task", MEMORY_TASKS)
def test_sequences_are_the_same_for_a_seed_and_no_two_are_alike(task):
    first, again = (draw_sequences(task, 200, 12, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(first.tokens, again.tokens) and len({row.tobytes() for row in first.tokens}) == 200
    assert first.tokens.shape == first.y.shape == (200, 12) and (first.y >= 0).any()
    assert first.y.max() < len(MEMORY_TASKS[task].answers) and first.tokens.max() < len(MEMORY_TASKS[task].symbols)


def test_orders_are_drawn_evenly_with_their_letters_far_apart():
    tokens, y = draw_sequences("order", 400, 20, np.random.default_rng(0))
    assert ((tokens < 2).sum(axis=1) == 2).all() and np.bincount(y[:, -1], minlength=4).min() > 60
    assert (tokens[:, 4:10] >= 2).all() and (tokens[:, 14:] >= 2).all()


def test_half_of_the_brackets_are_balanced():
    _, y = draw_sequences("brackets", 400, 20, np.random.default_rng(0))
    assert 0.45 < (y[:, -1] == 0).mean() < 0.55


def test_a_token_becomes_a_one_at_its_place():
    assert one_hot([[2, 0]], 3).tolist() == [[[0, 0, 1], [1, 0, 0]]]
