"""All initializers from the same seeds, on the same batches."""

import numpy as np
import pytest

from nncore import INITIALIZERS, Experiment, Network, Trainer, build_split
from nncore.experiments.recording.recording import record_all
from nncore.many_starts.initializers.comparison import InitializerRace

NAMES = list(INITIALIZERS)


def train(race):
    return record_all(race)


def test_each_initializer_trains_as_it_would_alone():
    e = Experiment(l2=0.01)
    outcome, split = train(InitializerRace(e, 2, 8, "tanh", 4)), build_split(e)
    for run, name in enumerate(NAMES):
        network = Network((2, 8, 8, 1), "tanh", initializer=name, l2=0.01)
        Trainer(network, split.X_train, split.y_train, "sgd", 0.03, 10).advance(epochs=4)
        assert outcome.parameters[run] == pytest.approx(network.parameters, rel=1e-9, abs=1e-12)
        assert outcome.losses[-1, run] == pytest.approx(network.data_loss(split.X_train, split.y_train))
    assert outcome.epochs.tolist() == [0, 1, 2, 3, 4]


def test_constant_weights_leave_one_distinct_neuron():
    distinct = train(InitializerRace(Experiment(), 3, 6, "tanh", 20)).distinct
    assert distinct[[NAMES.index("zeros"), NAMES.index("ones")]].tolist() == [1, 1]
    assert (np.delete(distinct, [0, 1]) == 6).all()


def test_the_spread_is_kept_from_before_and_measured_after():
    outcome = train(InitializerRace(Experiment(), 2, 8, "tanh", 30))
    run = NAMES.index("xavier_normal")
    assert outcome.before.signal.shape == (len(NAMES), 2) and outcome.before.gradients.shape == (len(NAMES), 3, 5)
    assert not np.allclose(outcome.after.signal[run], outcome.before.signal[run])


def test_where_the_work_is_cut_makes_no_difference(monkeypatch):
    race = InitializerRace(Experiment(), 2, 4, "relu", 5)
    whole = record_all(race)
    monkeypatch.setattr("nncore.many_starts.run_blocks.updates_per_slice", lambda seconds: 1)
    assert np.array_equal(record_all(race).parameters, whole.parameters)


def test_networks_that_diverge_are_marked():
    outcome = train(InitializerRace(Experiment("plane", learning_rate=3.0), 4, 16, "relu", 5))
    assert outcome.diverged[NAMES.index("normal")] and np.isfinite(outcome.parameters).all()


def test_what_the_network_does_not_take_from_the_experiment_makes_no_other_race():
    a, b = Experiment(hidden=(3,), activation=("relu",)), Experiment(initializer="ones", stop_rule="patience")
    assert InitializerRace(a) == InitializerRace(b)


@pytest.mark.parametrize("settings, message", [
    ({"depth": 21}, "depth must be at most 20, got 21"),
    ({"width": 1}, "width must be at least 2, got 1"),
    ({"activation": "step"}, "activation must be one of"),
])  # fmt: skip
def test_what_cannot_be_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        InitializerRace(Experiment(), **settings)


def test_a_race_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="depth and width must fit into 64 MB: 20 layers of 32 take"):
        InitializerRace(Experiment(samples=2000, batch_size=None), 20, 32).check_memory()
