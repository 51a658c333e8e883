"""Batch sizes at equal cost."""

import numpy as np
import pytest

from nncore import Experiment, Trainer, build_split
from nncore.batch_race import BatchRace, BatchTraining, Lane, verdict
from nncore.experiment import build_network


def train(race):
    training = BatchTraining(race)
    while not training.finished:
        training.advance(0.05)
    return training.outcome()


def lane(losses, **costs):
    frames = len(losses)
    blank = {name: np.zeros(frames) for name in ("updates", "epochs", "samples", "seconds")}
    return Lane(4, 0.1, **(blank | costs), losses=np.array(losses), parameters=np.zeros((frames, 1)), validation=0.0,
                diverged=False)  # fmt: skip


def test_a_lane_is_the_same_training_as_alone():
    e = Experiment()
    race = BatchRace(e, 2, power=0.5)
    for found in train(race):
        network, split = build_network(e), build_split(e)
        trainer = Trainer(network, split.X_train, split.y_train, "sgd", race.learning_rate(found.size), found.size, 0,
                          epoch_limit=10_000)  # fmt: skip
        trainer.advance(epochs=race.lane_epochs(found.size))
        assert found.parameters[-1] == pytest.approx(network.parameters.astype(np.float32))
        assert found.updates[-1] == trainer.updates
        assert found.losses[-1] == pytest.approx(network.data_loss(split.X_train, split.y_train))


def test_all_lanes_start_from_the_same_weights_and_count_what_they_cost():
    race = BatchRace(Experiment(), 3)
    lanes = train(race)
    n_train = race.n_train
    assert [one.size for one in lanes] == [1, 4, 16, 64, None]
    for one in lanes:
        assert np.array_equal(one.parameters[0], lanes[0].parameters[0])
        assert one.samples[-1] == one.epochs[-1] * n_train and one.epochs[-1] >= 3
        assert (np.diff(one.seconds) >= 0).all() and one.seconds[0] == 0
    assert lanes[0].updates[-1] == 3 * n_train and lanes[0].samples[1] == 1
    assert lanes[1].samples[1] == 4 and lanes[-1].samples[1] == n_train


def test_learning_rates_rise_with_the_batch_if_they_are_told_to():
    e = Experiment(learning_rate=0.1, batch_size=16)
    assert BatchRace(e).learning_rate(64) == pytest.approx(0.1)
    assert BatchRace(e, power=0.5).learning_rate(64) == pytest.approx(0.2)
    assert BatchRace(e, power=1.0).learning_rate(4) == pytest.approx(0.025)


def test_cheap_epochs_go_on_for_longer():
    race = BatchRace(Experiment(), 5)
    assert race.lane_epochs(1) == 5 < race.lane_epochs(16) < race.lane_epochs(None)


def test_sizes_as_large_as_the_training_set_are_left_out():
    assert BatchRace(Experiment("corners")).sizes == (1, None)


def test_the_verdict_is_at_the_most_that_all_have_reached():
    fast = lane([1.0, 0.0], updates=np.array([0, 100]), seconds=np.array([0.0, 4.0]))
    slow = lane([1.0, 0.6], updates=np.array([0, 10]), seconds=np.array([0.0, 1.0]))
    updates, seconds = (verdict([fast, slow], cost) for cost in ("updates", "seconds"))
    assert updates.budget == 10 and updates.losses.tolist() == pytest.approx([0.9, 0.6]) and updates.best == 1
    assert seconds.budget == 1 and seconds.losses.tolist() == pytest.approx([0.75, 0.6])
    assert updates.level.tolist() == [False, True]


def test_a_lane_that_diverges_is_marked_and_the_others_go_on():
    lanes = train(BatchRace(Experiment("plane", activation=("relu",), learning_rate=3.0), 2))
    assert lanes[0].diverged and np.isfinite(lanes[0].parameters).all()


@pytest.mark.parametrize("settings, message", [
    ({"epochs": 0}, "epochs must be a whole number from 1 to 500, got 0"),
    ({"power": 2.0}, "power must be from 0 to 1, got 2.0"),
])  # fmt: skip
def test_what_cannot_be_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        BatchRace(Experiment(), **settings)


def test_costs_have_names():
    with pytest.raises(ValueError, match="cost must be one of epochs, updates, samples, seconds, got 'money'"):
        verdict([lane([1.0])], "money")


def test_a_race_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="the race must fit into 64 MB"):
        BatchRace(Experiment("digits28", hidden=(64, 64, 64))).check_memory()
