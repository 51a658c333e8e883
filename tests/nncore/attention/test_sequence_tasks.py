"""The sequence tasks: answers worked by hand."""

import numpy as np
import pytest

from nncore.attention.sequence_tasks import MAX_LENGTH, NO_MATCH, TASKS, make_sequences, read_sequence


@pytest.mark.parametrize(("task", "answers"), [("copy", "cab"), ("reverse", "bac"), ("sort", "abc")])
def test_letters(task, answers):
    letters = TASKS[task].tokens
    X = np.array([[letters.index(letter) for letter in "cab"]])
    assert "".join(letters[i] for i in TASKS[task].answer(X)[0]) == answers


def test_the_nearest_previous_match():
    task = TASKS["match"]
    X = np.array([[task.tokens.index(token) for token in ["a1", "b2", "a3", "a0", "b1"]]])
    assert task.answer(X).tolist() == [[NO_MATCH, NO_MATCH, 1, 3, 2]]
    assert task.answers[NO_MATCH] == "–"


def test_sequences_are_distinct_and_the_same_again():
    X, y = make_sequences("sort", 400, 4, seed=2)
    assert len(np.unique(X, axis=0)) == 400 and X.shape == y.shape == (400, 4)
    assert np.array_equal(make_sequences("sort", 400, 4, seed=2)[0], X)


def test_more_sequences_than_there_are_is_said():
    with pytest.raises(ValueError, match="n_sequences must be at most 32, got 40"):
        make_sequences("copy", 40, 2)


@pytest.mark.parametrize(
    ("task", "columns"),
    [("copy", [[0], [1], [2]]), ("reverse", [[2], [1], [0]]), ("sort", [[1], [0, 2], [0, 2]])],
)
def test_where_the_answers_of_bab_stand(task, columns):
    (source,) = TASKS[task].source(np.array([[1, 0, 1]]))
    assert [np.flatnonzero(row).tolist() for row in source] == columns


def test_where_the_nearest_match_stands():
    (source,) = TASKS["match"].source(read_sequence("match", "a1 b2 a3 a0 b1"))
    assert [np.flatnonzero(row).tolist() for row in source] == [[], [], [0], [2], [1]]


@pytest.mark.parametrize("task", TASKS)
def test_the_answer_stands_where_the_source_says(task):
    X, y = make_sequences(task, 50, 12)
    source, read = TASKS[task].source(X), X % 4 if task == "match" else X
    assert all(read[n, column] == y[n, row] for n, row, column in zip(*np.nonzero(source), strict=True))
    assert ((y != NO_MATCH) == source.any(axis=-1)).all() if task == "match" else source.any(axis=-1).all()


@pytest.mark.parametrize(
    ("task", "text", "tokens"),
    [
        ("sort", "c,A b", [[2, 0, 1]]), ("sort", "cab", [[2, 0, 1]]),
        ("match", "A1b0", [[1, 4]]), ("match", "a1, b0.", [[1, 4]]),
    ],
)
def test_typed_sequences(task, text, tokens):
    assert read_sequence(task, text).tolist() == tokens


@pytest.mark.parametrize(
    ("task", "text", "words"),
    [
        ("sort", "a z", "the sequence must be made of the letters a to h, got “z”"),
        ("sort", "🐈", "the sequence must be made of the letters a to h, got “🐈”"),
        ("match", "a1 b", "the sequence must be made of a letter from a to d and a digit from 0 to 3 each, got “b”"),
        ("copy", " ", "the sequence must have 1 to 32 tokens, got 0"),
        ("copy", "a" * (MAX_LENGTH + 1), "the sequence must have 1 to 32 tokens, got 33"),
    ],
)
def test_a_sequence_that_cannot_be_read_is_said(task, text, words):
    with pytest.raises(ValueError, match=words):
        read_sequence(task, text)
