"""The updates after a frame, against a Trainer that trained all the way."""

from itertools import pairwise

import numpy as np
import pytest

from nncore import OPTIMIZERS, ChunkStore, Experiment, Run
from nncore.data.batch_order import update_at
from nncore.experiments.recording.run_training import build_trainer
from nncore.inspection.replay import checkpoint_before, network_before, state_at, update_after
from nncore.inspection.trace import trace_passes

PLAIN = Experiment("xor", samples=60, hidden=(4,), batch_size=7, learning_rate=0.1)
PENALISED = PLAIN.with_changes(l1=0.001, l2=0.01, schedule="cosine")


def update_of(run, frame, number=1, store=None):
    return update_after(run, frame, state_at(store or ChunkStore(), run, frame), number)


def batch_of(trainer) -> np.ndarray:
    """Inputs of the batch of the trainer's next update, which is made."""
    rows = update_at(len(trainer.X), trainer.batch_size, PLAIN.batch_seed, trainer.updates + 1).rows
    trainer.run_update()
    return trainer.X[rows]


@pytest.mark.parametrize("frame", [0, 1, 17, 40, 41, 79, 80, 95, 130])
@pytest.mark.parametrize("number", [1, 3, 5])
def test_the_update_is_the_one_that_the_trainer_makes(frame, number):
    run = Run(PLAIN)
    update = update_of(run, frame, number)
    trainer = build_trainer(run.segments[0])
    trainer.advance(epochs=run.segments[0].schedule.epoch_of(frame))
    for _ in range(number - 1):
        trainer.run_update()
    assert (update.epoch, update.number, update.n_updates) == (trainer.epoch + 1, number, 5)
    assert np.array_equal(network_before(run, frame, update).parameters, trainer.model.parameters)
    assert np.array_equal(update.X, batch_of(trainer)) and len(update.rows) == (7 if number < 5 else 2)
    assert np.array_equal(update.after, trainer.model.parameters)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_after_the_last_update_the_next_epoch_is_the_recorded_one(optimizer):
    run, store = Run(PENALISED.with_changes(optimizer=optimizer, learning_rate=0.01)), ChunkStore()
    for frame in (0, 12, 39):
        after = update_of(run, frame, 5, store).after
        assert np.array_equal(after.astype(np.float32), store.frame(run, frame + 1))


def test_one_update_begins_where_the_one_before_it_ended():
    run = Run(PLAIN.with_changes(optimizer="adam", learning_rate=0.01))
    steps = [update_of(run, 50, number) for number in range(1, 6)]
    for before, after in pairwise(steps):
        assert np.array_equal(before.after, after.before)
        assert all(np.array_equal(before.memory_after[name], after.memory_before[name]) for name in before.memory_after)


def test_the_gradient_of_the_step_is_the_traced_one():
    update = update_of(Run(PENALISED), 30, 4)
    trace = trace_passes(network_before(Run(PENALISED), 30, update), update.X, update.y)
    assert update.gradient == pytest.approx(trace.gradient, abs=1e-14)
    assert update.after - update.before == pytest.approx(-update.learning_rate * trace.gradient, abs=1e-14)


def test_a_branch_begins_its_order_and_its_memory_anew_at_its_own_frame():
    changes = {"batch_size": 5, "learning_rate": 0.01, "l2": 0.1, "schedule": "exponential", "optimizer": "adam"}
    run, store = Run(PLAIN).changed(50, PLAIN.with_changes(**changes)), ChunkStore()
    for frame, done in ((50, 0), (51, 1), (95, 50)):
        update = update_of(run, frame, 2, store)
        trainer = build_trainer(run.segments[1])
        trainer.model.parameters[...] = store.frame(run, 50)
        trainer.advance(epochs=done)
        trainer.run_update()
        assert update.learning_rate == pytest.approx(0.01 * 0.995**done)
        assert network_before(run, frame, update).l2 == 0.1 and update.memory_before["updates"][0] == 6 * done + 1
        assert np.array_equal(update.before, trainer.model.parameters)
        assert np.array_equal(update.X, batch_of(trainer)) and len(update.rows) == 5
    assert update_of(run, 49, 1, store).learning_rate == 0.1
    assert np.array_equal(update_of(run, 51, 6, store).after.astype(np.float32), store.frame(run, 52))


def test_full_batch_takes_all_samples_in_their_order():
    update = update_of(Run(PLAIN.with_changes(batch_size=None)), 5)
    assert update.rows.tolist() == list(range(30)) and update.n_updates == 1


@pytest.mark.parametrize("changes", [{"epoch_limit": 12}, {"stop_rule": "weight_change", "tolerance": 0.5}])
def test_where_training_ended_it_is_the_update_that_would_come_next(changes):
    run, store = Run(PLAIN.with_changes(**changes)), ChunkStore()
    last = store.reached(run, 12)
    assert store.scores(run, last)[2] is not None
    update = update_of(run, last, 2, store)
    assert np.array_equal(update.after, update_of(Run(PLAIN), last, 2).after)


def test_a_branch_that_never_trained_still_has_a_rate():
    run = Run(PLAIN).changed(20, PLAIN.with_changes(epoch_limit=5, schedule="cosine"))
    assert update_of(run, 20).learning_rate == pytest.approx(0.1)


def test_diverging_numbers_raise_nothing():
    run, store = Run(Experiment("plane", activation=("relu",), learning_rate=10.0)), ChunkStore()
    last = store.reached(run, 100)
    assert "diverged" in store.scores(run, last)[2].text
    assert np.abs(update_of(run, last, 25, store).after).max() > 1e38


def test_a_store_that_forgot_gives_the_same_update():
    first, second = (update_of(Run(PLAIN), 130, 3, store) for store in (ChunkStore(), ChunkStore(max_bytes=1)))
    assert np.array_equal(first.after, second.after) and np.array_equal(first.rows, second.rows)


@pytest.mark.parametrize(("frame", "checkpoint"), [(0, None), (5, None), (6, 5), (40, None), (46, 45), (79, 75)])
def test_states_on_the_way_may_be_kept(frame, checkpoint):
    run, store = Run(PLAIN), ChunkStore()
    assert checkpoint_before(run, frame) == checkpoint
    if checkpoint is not None:
        earlier = (checkpoint, state_at(store, run, checkpoint))
        assert np.array_equal(state_at(store, run, frame, earlier).parameters, state_at(store, run, frame).parameters)


@pytest.mark.parametrize("number", [0, 6])
def test_an_update_that_the_epoch_has_not_is_refused(number):
    with pytest.raises(ValueError, match=f"number must be from 1 to 5, got {number}"):
        update_of(Run(PLAIN), 3, number)
