"""Trainings of the transformer block: what it learns, and how that is scored."""

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from nncore.chances import wilson_interval
from nncore.head_roles import head_roles
from nncore.sequence_tasks import TASKS
from nncore.transformer_runs import LENGTH, N_HELD_OUT, UPDATES, TransformerRun, blind_share, scores_by_length


@pytest.fixture(autouse=True, scope="module")
def one_thread():
    """As on the server: a pool of threads makes matrices as small as these many times slower."""
    with threadpool_limits(1):
        yield


@pytest.mark.parametrize("task", TASKS)
def test_every_task_is_learned_on_held_out_sequences(task):
    run = TransformerRun(task, heads=3)
    *_, recording = run.record()
    assert recording.updates[-1] == run.n_updates == UPDATES[task][0]
    assert recording.parameters.nbytes == run.n_bytes
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


def test_the_interval_counts_sequences_and_holds_the_share():
    run = TransformerRun("copy")
    (score,) = scores_by_length(run, run.model().parameters, (LENGTH,))
    assert score.n_sequences == N_HELD_OUT and score.low < score.places < score.high
    assert (score.low, score.high) == wilson_interval(round(score.places * N_HELD_OUT), N_HELD_OUT)
    assert score.whole <= score.places


def test_without_looking_each_place_says_its_most_frequent_answer():
    y = np.array([[0, 1], [0, 2], [0, 2], [3, 4]])
    assert blind_share(y) == (3 + 2) / 8


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"task": "add"}, "task must be one of copy, reverse, sort, match, got 'add'"),
        ({"heads": 5}, "heads must be 1, 2, 3 or 4, got 5"),
    ],
)
def test_what_cannot_be_is_said(settings, words):
    with pytest.raises(ValueError, match=words):
        TransformerRun(**settings)
