"""Trainings of the transformer block: what it learns, and how that is scored."""

import numpy as np
import pytest

from nncore.attention.head_roles import head_roles
from nncore.attention.sequence_tasks import TASKS
from nncore.attention.transformer_run import (
    LENGTH,
    N_HELD_OUT,
    UPDATES,
    TransformerRun,
    blind_share,
    mean_interval,
    scores_by_length,
)
from nncore.statistics import wilson_interval


@pytest.mark.parametrize("task", TASKS)
def test_every_task_is_learned_on_held_out_sequences(task):
    run = TransformerRun(task, heads=3)
    *_, recording = run.record()
    assert recording.updates[-1] == run.n_updates == UPDATES[task][0]
    assert recording.parameters.nbytes < run.n_bytes < recording.parameters.nbytes + 25_000_000  # the training takes some
    trained, longest = scores_by_length(run, recording.parameters[-1], (LENGTH, 16))
    assert recording.scores[-1, 2] == trained.places > 0.97
    held = run.sequences()[1]
    roles = head_roles(run.model(recording.parameters[-1]), held.X, held.y, TASKS[task].source(held.X))
    if task == "reverse":  # learned for the places of one length, by looking at the mirrored place
        assert longest.places < 0.3 and (roles.on_source > 2 * roles.even).all()
    if task == "copy":  # and without a look at any other token
        assert longest.places == roles.without_all == 1.0
    else:
        assert roles.without_all < 0.6


def test_held_out_sequences_are_not_among_the_learned_ones():
    train, held = TransformerRun("sort").sequences()
    assert not {*map(tuple, train.X)} & {*map(tuple, held.X)}


def test_the_interval_is_that_of_the_mean_over_sequences():
    run = TransformerRun("copy")
    (score,) = scores_by_length(run, run.model().parameters, (LENGTH,))
    assert score.n_sequences == N_HELD_OUT and score.low < score.places < score.high
    assert score.whole <= score.places
    # Worked by hand: mean 0.5, deviation 0.5, standard error 0.5 / sqrt(3) = 0.289, so 0.5 ± 0.566.
    assert mean_interval(np.array([0.0, 0.5, 1.0])) == (0.0, 1.0)
    assert np.allclose(mean_interval(np.array([0.0, 1.0] * 50)), 0.5 + np.array([-1, 1]) * 1.96 * 0.5 / np.sqrt(99))


@pytest.mark.parametrize("n_sequences", [20, 500, 1000])
@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_interval_of_none_or_all_holds_it(n_sequences, share):
    low, high = mean_interval(np.full(n_sequences, share))
    assert low <= share <= high and 0 < high - low < 0.2
    assert np.allclose((low, high), wilson_interval(int(share * n_sequences), n_sequences))


def test_the_interval_is_narrower_than_one_that_takes_sequences_for_places():
    shares = np.array([0.4, 0.6] * 500)
    low, high = mean_interval(shares)
    assert high - low < 0.5 * np.diff(wilson_interval(500, 1000))[0]


def test_without_looking_each_place_says_the_most_frequent_answer_of_other_sequences():
    others = np.array([[0, 1], [0, 2], [0, 2], [3, 4]])
    assert blind_share(others, np.array([[0, 1], [3, 2]])) == (1 + 1) / 4
    assert blind_share(others, others) == (3 + 2) / 8


def test_letters_that_are_even_cannot_be_told_without_looking():
    run = TransformerRun("reverse")
    for score in scores_by_length(run, run.model().parameters, (4, LENGTH, 16)):
        assert abs(score.blind - 1 / 8) < 4 * np.sqrt(1 / 8 * 7 / 8 / (score.n_sequences * score.length))


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"task": "add"}, "task must be one of copy, reverse, sort, match, got 'add'"),
        ({"heads": 5}, "heads must be at most 4, got 5"),
    ],
)
def test_what_cannot_be_is_said(settings, words):
    with pytest.raises(ValueError, match=words):
        TransformerRun(**settings)
