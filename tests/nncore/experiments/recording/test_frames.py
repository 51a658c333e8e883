import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import Experiment, FrameSchedule, Network, Run, build_network, build_split
from nncore.experiments.recording.chunk_recording import record_chunk
from nncore.experiments.recording.chunk_store import ChunkStore, record
from nncore.experiments.recording.frames import MAX_BYTES, MAX_FRAMES, Evaluation, evaluate, max_frames, update_seconds
from nncore.experiments.recording.run_training import build_trainer
from nncore.inspection.replay import state_at, update_after

caps, frames = st.integers(0, 9), st.integers(0, 700)
TINY = Experiment("corners", hidden=(2,), batch_size=None, learning_rate=0.3)


def finish(work):
    """The return value of a generator that has been run to its end, and how often it yielded."""
    yields = 0
    while True:
        try:
            next(work)
        except StopIteration as done:
            return done.value, yields
        yields += 1


def test_epochs_of_frames_by_hand():
    # Every epoch up to frame 40, every second up to frame 80, every fourth from there with cap 2.
    schedule = FrameSchedule(2)
    assert [schedule.epoch_of(f) for f in (0, 1, 40, 41, 80, 81, 120, 121)] == [0, 1, 40, 42, 120, 124, 280, 284]


@given(cap=caps, frame=frames)
def test_frames_lie_a_power_of_two_apart(cap, frame):
    schedule = FrameSchedule(cap)
    distance = schedule.epoch_of(frame + 1) - schedule.epoch_of(frame)
    assert schedule.epoch_of(0) == 0 and distance == 2 ** min(frame // 40, cap)


@given(cap=caps, frame=frames)
def test_frame_of_is_the_first_at_or_after_an_epoch(cap, frame):
    schedule = FrameSchedule(cap)
    assert schedule.frame_of(schedule.epoch_of(frame)) == frame
    assert schedule.frame_of(schedule.epoch_of(frame) + 1) == frame + 1


@given(updates=st.integers(1, 2000), batch=st.integers(1, 2000), neurons=st.integers(1, 400),
       parameters=st.integers(1, 26_000))  # fmt: skip
def test_the_cap_is_the_largest_whose_chunks_cost_a_fifth_of_a_second(updates, batch, neurons, parameters):
    seconds = update_seconds(batch, neurons, parameters)
    cap = FrameSchedule.for_cost(updates, seconds).cap
    assert cap == 0 or 40 * 2**cap * updates * seconds <= 0.2
    assert 40 * 2 ** (cap + 1) * updates * seconds > 0.2


def test_the_cost_model_by_hand():
    # 12 us + 5 ns * 10 * 17 + 0.15 ns * 10 * 105 = 12 + 0.85 + 0.1575 us
    assert update_seconds(10, 17, 105) == pytest.approx(13.0075e-6)
    # 25 updates an epoch: 40 frames at every 8th epoch cost 0.104 s, at every 16th 0.208 s.
    assert FrameSchedule.for_cost(25, 13.0075e-6).cap == 3


@pytest.mark.parametrize("n_parameters, expected", [(1, 600), (105, 600), (6666, 600), (6667, 599), (25_610, 156)])
def test_a_run_has_at_most_600_frames_and_16_megabytes(n_parameters, expected):
    # 16,000,000 bytes / 4 / 6667 = 599.97
    assert max_frames(n_parameters) == expected
    assert max_frames(n_parameters) <= MAX_FRAMES and 4 * n_parameters * max_frames(n_parameters) <= MAX_BYTES


def test_evaluate_gives_data_losses_and_scores():
    experiment = Experiment(l2=0.5)
    network, split = build_network(experiment), build_split(experiment)
    scores = evaluate(network, split)
    guess = network.predict(split.X_validation)[:, 0] > 0.5
    assert scores[:2] == pytest.approx(
        [network.data_loss(split.X_train, split.y_train), network.data_loss(split.X_validation, split.y_validation)]
    )
    assert scores[3] == (guess == split.y_validation).mean() and 0 <= scores[2] <= 1


def test_evaluate_without_a_validation_set_has_gaps_there():
    scores = evaluate(build_network(TINY), build_split(TINY))
    assert np.isnan(scores).tolist() == [False, True, False, True]


def test_evaluate_takes_networks_with_runs_and_refuses_other_inputs():
    split, together = build_split(Experiment()), Network((2, 3, 1), runs=3, seed=4)
    alone = [evaluate(Network((2, 3, 1), seed=4, start=run), split) for run in range(3)]
    assert evaluate(together, split) == pytest.approx(np.transpose(alone), rel=1e-12)
    with pytest.raises(ValueError, match="network must take the split's 2 inputs, got one of 3"):
        evaluate(Network((3, 3, 1)), split)


@pytest.mark.parametrize("name, value, pauses", [("OUTPUTS_AT_ONCE", 500, 14), ("OUTPUTS_KEPT", 0, 0)])
def test_scores_are_the_same_however_they_are_cut(monkeypatch, name, value, pauses):
    experiment = Experiment(batch_size=10)
    trainer, split = build_trainer(Run(experiment).segments[0]), build_split(experiment)
    whole = Evaluation(trainer.model, split)
    monkeypatch.setattr(f"nncore.experiments.recording.frames.{name}", value)
    cut = Evaluation(trainer.model, split)
    # 17 neurons: 29 rows at once, in 9 pieces of the 250 rows and 6 of the 150.
    for _ in range(3):  # what they keep from frame to frame depends on no frame
        trainer.run_epoch()
        *_, expected = whole.in_pieces()
        *between, scores = cut.in_pieces()
        assert scores == pytest.approx(expected, rel=1e-12) and len(between) == pauses
        assert expected == pytest.approx(evaluate(trainer.model, split), rel=1e-12)


def test_chunks_hold_forty_frames_and_continue_each_other():
    segment, split = Run(TINY).segments[0], build_split(TINY)
    trainer, schedule = build_trainer(segment), segment.schedule
    first, _ = finish(record_chunk(trainer, split, schedule, range(1, 41), segment.seconds_per_update))
    second, _ = finish(record_chunk(trainer, split, schedule, range(41, 81), segment.seconds_per_update))
    assert (first.first, len(first.epochs), second.first, len(second.epochs)) == (0, 41, 41, 40)
    expected = [schedule.epoch_of(f) for f in range(81)]
    assert np.concatenate([first.epochs, second.epochs]).tolist() == expected
    assert first.parameters.dtype == np.float32 and first.stop is second.stop is None
    assert np.array_equal(first.parameters[0], build_network(TINY).parameters.astype(np.float32))
    resumed = build_trainer(segment)
    resumed.restore(first.state)
    again, _ = finish(record_chunk(resumed, split, schedule, range(41, 81), segment.seconds_per_update))
    assert np.array_equal(again.parameters, second.parameters) and np.array_equal(again.scores, second.scores, True)


def test_recorded_scores_are_those_of_the_recorded_parameters():
    experiment = Experiment(epoch_limit=12)
    history, network = record(Run(experiment)), build_network(experiment)
    for frame in (0, 5, 12):
        network.parameters = history.parameters[frame]
        scores = [series[frame] for series in (history.training_loss, history.validation_loss,
                                               history.training_score, history.validation_score)]  # fmt: skip
        assert scores == pytest.approx(evaluate(network, build_split(experiment)), abs=1e-5)


@pytest.mark.parametrize("seconds_per_update", [1e-6, 1e-3, 1.0])
def test_frames_fall_the_same_whatever_a_slice_holds(seconds_per_update):
    experiment = Experiment(batch_size=10)
    segment, split = Run(experiment).segments[0], build_split(experiment)
    expected, _ = finish(record_chunk(build_trainer(segment), split, FrameSchedule(0), range(1, 41), 1e-5))
    chunk, yields = finish(record_chunk(build_trainer(segment), split, FrameSchedule(0), range(1, 41), seconds_per_update))
    assert np.array_equal(chunk.parameters, expected.parameters) and np.array_equal(chunk.scores, expected.scores)
    # 25 updates an epoch, in slices of 10 ms: all of an epoch, 10 updates or 1 update at a time.
    assert yields == 40 * {1e-6: 1, 1e-3: 3, 1.0: 25}[seconds_per_update]


@pytest.mark.parametrize("epoch_limit, epochs", [(1, [0, 1]), (40, [39, 40]), (41, [40, 41]), (43, [42, 43])])
def test_a_stop_between_two_frames_adds_one_last_frame(epoch_limit, epochs):
    # From frame 40 on every second epoch is recorded: 42 is a frame, 41 and 43 are not.
    history = record(Run(TINY.with_changes(epoch_limit=epoch_limit)))
    assert history.epochs[-len(epochs) :].tolist() == epochs
    assert history.stop.rule == "epoch_limit" and f"limit of {epoch_limit} is" in history.stop.text


def test_a_diverging_history_ends_with_its_last_finite_frame():
    experiment = Experiment("plane", activation=("relu",), learning_rate=10.0, initializer="he_normal")
    history = record(Run(experiment))
    assert history.stop.rule == "divergence" and "learning rate down from 10" in history.stop.advice
    assert np.isfinite(history.parameters).all() and np.isfinite(history.training_loss).all()


def test_a_chunk_in_whose_first_epoch_training_diverges_is_empty():
    experiment = Experiment("plane", hidden=(4,), activation=("relu",), samples=100)
    segment, split = Run(experiment).segments[0], build_split(experiment)
    trainer = build_trainer(segment)
    finish(record_chunk(trainer, split, segment.schedule, range(1, 41), segment.seconds_per_update))
    trainer.model.parameters *= 1e160
    chunk, _ = finish(record_chunk(trainer, split, segment.schedule, range(41, 81), segment.seconds_per_update))
    assert chunk.first == 41 and chunk.parameters.shape == (0, experiment.n_parameters)
    assert chunk.scores.shape == (0, 4) and chunk.stop.text.startswith("Training diverged in epoch 41")


def test_the_last_updates_of_a_run_that_diverges_within_its_first_epoch_are_frames():
    history = record(Run(Experiment("plane", hidden=(), features=("x1", "x2", "x1_squared"))))
    frames, losses = len(history.epochs) - 1, history.training_loss
    assert frames >= 3 and (np.diff(losses) > 0).all() and losses[-1] > 1e6 * losses[0]
    # 600 training samples in batches of 10: an update is a sixtieth of an epoch.
    assert history.epochs == pytest.approx(np.arange(frames + 1) / 60)
    shown = f"The last {frames} snapshots show updates 1 to {frames} of epoch 1, one snapshot per update."
    assert shown in history.stop.text
    assert "only learning rates below 2 / 511 = 0.0039 are stable, and this one is 0.03" in history.stop.advice


def test_the_last_updates_are_those_that_training_makes():
    experiment = Experiment("plane", hidden=(), features=("x1", "x2", "x1_squared"))
    history, trainer = record(Run(experiment)), build_trainer(Run(experiment).segments[0])
    for frame in range(1, len(history.epochs)):
        trainer.run_update()
        assert history.parameters[frame] == pytest.approx(trainer.model.parameters, rel=1e-6)


@pytest.mark.parametrize("l2, batch_size", [(10.0, 10), (10.0, None), (6.8, 5)])
def test_frames_of_a_diverging_run_fit_into_its_recording(l2, batch_size):
    experiment = Experiment(learning_rate=0.3, l2=l2, batch_size=batch_size, epoch_limit=100)
    history = record(Run(experiment))
    assert history.stop.rule == "divergence" and len(history.epochs) <= Run(experiment).segments[0].last_frame + 1
    assert (np.diff(history.epochs) > 0).all() and np.isfinite(history.parameters).all()


def test_a_run_to_its_very_end_has_600_frames():
    history = record(Run(TINY.with_changes(hidden=(1,))))
    assert len(history.epochs) == 600 and history.stop.rule == "epoch_limit"
    assert history.parameters.nbytes <= MAX_BYTES and (np.diff(history.epochs) > 0).all()


DIVERGES = Experiment("plane", hidden=(), features=("x1", "x2", "x1_squared"))


def test_a_branch_off_an_update_of_an_epoch_that_diverged_counts_from_there():
    # Frame 3 shows update 3 of 60 of the first epoch.
    run, store = Run(DIVERGES).changed(3, DIVERGES.with_changes(learning_rate=0.001, epoch_limit=5)), ChunkStore()
    history = record(run, store)
    assert history.epochs[3:] == pytest.approx([0.05, 1.05, 5.05])  # as many frames as the run foresees: 3 to 5
    assert run.segments[-1].last_frame == 5 and history.stop.text == "The epoch limit of 5 is reached."
    state = state_at(store, run, 4)
    assert state.epoch == 1 and state.epochs_before == pytest.approx(0.05)
    assert state.parameters == pytest.approx(history.parameters[4], rel=1e-6)
    assert update_after(run, 4, state).epoch == pytest.approx(2.05)


def test_a_branch_off_an_update_that_diverges_again_says_in_which_epoch():
    history = record(Run(DIVERGES).changed(3, DIVERGES.with_changes(learning_rate=0.5)))
    assert history.epochs[3:] == pytest.approx([3 / 60, 4 / 60, 5 / 60])
    assert history.stop.text.startswith("Training diverged in epoch 1.05:")


def test_a_branch_off_a_frame_where_a_stop_rule_fired_counts_from_its_epoch():
    # The validation loss is lowest after epoch 28 and rises slowly from there, so that no rounding moves it: patience ends
    # training after epoch 89. The frames around lie at 88 and 92.
    patient = Experiment("moons", noise=30, samples=60, validation=40, hidden=(16,), optimizer="adam", learning_rate=0.02,
                         batch_size=None, stop_rule="patience", patience=61)  # fmt: skip
    store = ChunkStore()
    last = len(record(Run(patient), store).epochs) - 1
    run = Run(patient).changed(last, patient.with_changes(stop_rule="none", epoch_limit=100))
    history = record(run, store)
    assert history.epochs[last] == 89 and history.epochs[-1] == 100
    assert len(history.epochs) - 1 == run.segments[-1].last_frame
    assert history.stop.text == "The epoch limit of 100 is reached."
