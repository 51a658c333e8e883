"""The update after a frame, against a Trainer that trained all the way."""

import numpy as np
import pytest

from nncore import ChunkStore, Experiment, Run
from nncore.replay import next_update
from nncore.run import build_trainer

PLAIN = Experiment("xor", samples=60, hidden=(4,), batch_size=7, learning_rate=0.1)


def batch_of(trainer) -> np.ndarray:
    """Inputs of the batch of the trainer's next update, as the inner loop sees them."""
    trainer.run_update()
    workspace_inputs = trainer._batches._slots[0][1]
    return np.array(workspace_inputs.T[:, :-1])


@pytest.mark.parametrize("frame", [0, 1, 17, 40, 41, 79, 80, 95, 130])
def test_the_batch_is_the_one_that_the_trainer_takes(frame):
    run = Run(PLAIN)
    update = next_update(ChunkStore(), run, frame)
    trainer = build_trainer(run.segments[0])
    trainer.advance(epochs=run.segments[0].schedule.epoch_of(frame))
    assert update.epoch == trainer.epoch + 1
    assert update.network.parameters == pytest.approx(trainer.model.parameters, abs=1e-6)
    assert np.array_equal(update.X, batch_of(trainer)) and len(update.rows) == 7


def test_plain_descent_moves_the_weights_by_the_traced_gradient():
    run = Run(PLAIN)
    update = next_update(ChunkStore(), run, 30)
    trainer = build_trainer(run.segments[0])
    trainer.advance(epochs=30)
    before = trainer.model.parameters.copy()
    update.network.parameters = before
    _, gradient = update.network.loss_and_gradient(update.X, update.y)
    trainer.run_update()
    assert trainer.model.parameters - before == pytest.approx(-update.learning_rate * gradient, abs=1e-14)


def test_a_branch_begins_its_order_anew_at_its_own_frame():
    run = Run(PLAIN).changed(50, PLAIN.with_changes(batch_size=5, learning_rate=0.3, l2=0.1, schedule="exponential"))
    store = ChunkStore()
    for frame, done in ((50, 0), (51, 1), (95, 50)):
        update = next_update(store, run, frame)
        trainer = build_trainer(run.segments[1])
        trainer.advance(epochs=done)
        assert update.learning_rate == pytest.approx(0.3 * 0.995**done)
        assert update.network.l2 == 0.1
        assert np.array_equal(update.X, batch_of(trainer)) and len(update.rows) == 5
    assert next_update(store, run, 49).learning_rate == 0.1


def test_full_batch_takes_all_samples_in_their_order():
    update = next_update(ChunkStore(), Run(PLAIN.with_changes(batch_size=None)), 5)
    assert update.rows.tolist() == list(range(30)) and update.stop is None


def test_where_training_ended_the_update_says_that_it_was_never_made():
    update = next_update(ChunkStore(), Run(PLAIN.with_changes(epoch_limit=12)), 12)
    assert update.stop.rule == "epoch_limit" and update.epoch == 13


def test_a_store_that_forgot_gives_the_same_batch():
    remembers, forgets = ChunkStore(), ChunkStore(max_bytes=1)
    assert np.array_equal(*(next_update(store, Run(PLAIN), 130).rows for store in (remembers, forgets)))
