"""Batch sizes at equal cost."""

import numpy as np
import pytest

from nncore import Experiment, Network, Trainer, build_split
from nncore.experiments.experiment import build_network
from nncore.experiments.recording.frames import OUTPUTS_AT_ONCE
from nncore.experiments.recording.recording import record_all
from nncore.many_starts.batches.comparison import BatchRace, batch_sizes


def train(race):
    return record_all(race)


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


def test_sizes_as_large_as_the_training_set_are_the_full_batch():
    assert BatchRace(Experiment("corners")).sizes == (1, None)
    assert BatchRace(Experiment("corners"), sizes=(64, 128)).sizes == (None,)
    assert batch_sizes(8) == (1, 2, 4, None) and batch_sizes(9) == (1, 2, 4, 8, None)


def test_any_sizes_are_compared_in_their_order():
    race = BatchRace(Experiment(), 1, sizes=(None, 32, 2))
    assert race.sizes == (2, 32, None) and race == BatchRace(Experiment(), 1, sizes=(2, None, 32))
    assert [one.size for one in train(race)] == [2, 32, None]


def test_every_frame_brings_the_lanes_on_and_the_last_one_to_their_end():
    race = BatchRace(Experiment(), 1, sizes=(64, None))
    frames = [made for made in race.record() if made is not None]
    assert 20 < len(frames) <= race.n_frames == 61
    for k in range(2):
        done = [lanes[k].updates[-1] for lanes in frames]
        assert done[0] == 0 and (np.diff(done) >= 0).all()
        assert done[-1] == race.lane_epochs(race.sizes[k]) * (race.n_train // (race.sizes[k] or race.n_train) + (k == 0))


def test_where_the_work_is_cut_makes_no_difference(monkeypatch):
    race = BatchRace(Experiment(), 2)
    whole = record_all(race)
    monkeypatch.setattr("nncore.many_starts.batches.comparison.MOST_AT_ONCE", 1)
    for one, other in zip(record_all(race), whole, strict=True):
        assert np.array_equal(one.parameters, other.parameters) and np.array_equal(one.losses, other.losses)


def test_no_piece_of_work_judges_more_than_a_slice_holds(monkeypatch):
    e = Experiment("spiral", samples=2000, validation=80, test=0, hidden=(64,) * 6)
    judged, data_loss = [], Network.data_loss

    def counted(network, X, y):
        judged.append(len(y))
        return data_loss(network, X, y)

    monkeypatch.setattr(Network, "data_loss", counted)
    pieces = BatchRace(e, 1, sizes=(64, None)).record()
    for _ in range(12):  # both lanes, built and judged
        before = len(judged)
        assert next(pieces) is None and len(judged) - before <= 1
    assert max(judged) * (6 * 64 + 1) <= OUTPUTS_AT_ONCE and len(judged) == 8


def test_a_lane_that_diverges_is_marked_and_the_others_go_on():
    lanes = train(BatchRace(Experiment("plane", activation=("relu",), learning_rate=3.0), 2))
    assert lanes[0].diverged and np.isfinite(lanes[0].parameters).all()


@pytest.mark.parametrize("settings, message", [
    ({"epochs": 0}, "epochs must be at least 1, got 0"),
    ({"power": 2.0}, "power must be from 0 to 1, got 2.0"),
    ({"sizes": (1,)}, "sizes must be 2 to 6 different batch sizes"),
    ({"sizes": (4, 4)}, "sizes must be 2 to 6 different batch sizes"),
    ({"sizes": (1, 2, 4, 8, 16, 32, 64)}, "sizes must be 2 to 6 different batch sizes"),
    ({"sizes": (0, 4)}, "sizes must be at least 1, got 0"),
])  # fmt: skip
def test_what_cannot_be_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        BatchRace(Experiment(), **settings)


def test_a_race_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="the race must fit into 64 MB"):
        BatchRace(Experiment("digits28", hidden=(64, 64, 64))).check_memory()


def test_a_lane_that_diverges_ends_in_no_loss_but_that():
    lanes = train(BatchRace(Experiment("plane", learning_rate=0.3), 20))
    one = lanes[0]
    assert one.diverged and not any(other.diverged for other in lanes[1:])
    assert np.isnan(one.losses[-1]) and np.isnan(one.validation) and one.losses[-2] > 1e200
    assert np.isfinite(lanes[1].losses).all() and np.isfinite(lanes[1].validation)
