"""The sequence tasks: answers worked by hand."""

import numpy as np
import pytest

from nncore.sequence_tasks import NO_MATCH, TASKS, make_sequences


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
