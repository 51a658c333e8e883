"""Recordings: frames at the right updates, the same training however it is watched."""

import numpy as np

from nncore import Network, Trainer
from nncore.experiments.recording.recording import record_updates
from nncore.models.parameters import FlatModel


def trainer() -> Trainer:
    X = np.random.default_rng(0).normal(size=(50, 2))
    return Trainer(Network((2, 3, 1)), X, (X[:, 0] > 0).astype(int), "adam", 0.01, 10)


def test_frames_lie_where_they_should_across_epochs():
    watched, plain = trainer(), trainer()
    *_, recording = filter(None, record_updates(watched, 12, 3, lambda: (float(watched.updates), 0.0)))
    assert recording.updates.tolist() == [0, 3, 6, 9, 12]
    assert recording.scores[:, 0].tolist() == [0, 3, 6, 9, 12]
    while plain.updates < 12:
        plain.run_update()
    assert np.array_equal(recording.parameters[-1], plain.model.parameters.astype(np.float32))


def test_a_level_is_first_reached_at_an_update():
    work = trainer()
    *_, recording = filter(None, record_updates(work, 6, 2, lambda: (float(work.updates),)))
    assert recording.first_at(0, 3.5) == 4
    assert recording.first_at(0, 99.0) is None
    assert recording.frame_of(5) == 2


def test_views_are_views():
    model = FlatModel({"a": (2, 2), "b": (3,)})
    model.views["b"][1] = 5.0
    assert model.parameters.tolist() == [0, 0, 0, 0, 0, 5, 0]
    assert model.split(np.arange(7.0))["a"].tolist() == [[0, 1], [2, 3]]
