"""Weights set by hand: part of a Run, of its link, and of what is trained."""

from base64 import b64encode

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import Branch, Experiment, Run
from nncore.experiments.edits import MAX_EDITS, Edit, read_edits, write_edits
from nncore.experiments.experiment import build_network, build_split
from nncore.experiments.recording.chunk_store import ChunkStore, record
from nncore.experiments.recording.frames import evaluate, max_frames
from nncore.experiments.recording.run_training import build_trainer
from nncore.inspection.replay import state_at, update_after

XOR = Experiment(dataset="xor", features=("x1", "x2", "x1_x2"), hidden=(), noise=0)
# Layer, neuron, input (3 is the bias), value: the output is the sign of x1 x2, which is what exclusive-or asks for.
BY_HAND = ((0, 0, 0, 0.0), (0, 0, 1, 0.0), (0, 0, 2, 1.0), (0, 0, 3, 0.0))
SMALL = Run(Experiment(hidden=(3,), samples=60))


def test_three_weights_and_a_bias_set_by_hand_solve_exclusive_or_before_any_training():
    run = Run(XOR).edited(0, BY_HAND)
    store = ChunkStore()
    assert run.segments[-1].start == 1
    np.testing.assert_array_equal(store.frame(run, 1), [0, 0, 1, 0])
    np.testing.assert_array_equal(store.frame(run, 0), store.frame(Run(XOR), 0))  # the frame before keeps what was drawn
    epochs, scores, _ = store.scores(run, 1)
    assert list(epochs) == [0, 0] and scores[1, 2] == scores[1, 3] == 1.0


def test_training_goes_on_from_the_edited_weights():
    run = SMALL.edited(5, [Edit(1, 0, 3, 2.5)])
    store = ChunkStore()
    start = store.frame(SMALL, 5).astype(float)
    start[-1] = 2.5
    trainer = build_trainer(run.segments[-1])
    trainer.model.parameters[...] = start
    trainer.advance(epochs=3)
    np.testing.assert_array_equal(store.frame(run, 6), start.astype(np.float32))
    np.testing.assert_array_equal(store.frame(run, 9), trainer.model.parameters.astype(np.float32))
    assert list(store.scores(run, 9)[0]) == [0, 1, 2, 3, 4, 5, 5, 6, 7, 8]


def test_the_scores_of_an_edited_frame_are_those_of_its_weights():
    run = SMALL.edited(3, [Edit(0, 1, 0, -4.0)])
    store = ChunkStore()
    network = build_network(run.experiment)
    network.parameters = store.frame(run, 4)
    np.testing.assert_allclose(store.scores(run, 4)[1][4], evaluate(network, build_split(run.experiment)), rtol=1e-6)


def test_edits_without_training_between_are_one_branch_and_the_last_of_a_place_counts():
    run = SMALL.edited(4, [Edit(0, 0, 0, 1.0)]).edited(5, [Edit(0, 2, 1, 3.0), Edit(0, 0, 0, -1.0)])
    assert run.branches == (Branch(4, (), (Edit(0, 0, 0, -1.0), Edit(0, 2, 1, 3.0))),)
    later = run.edited(9, [Edit(0, 0, 0, 0.5)])
    assert [branch.frame for branch in later.branches] == [4, 9]


def test_settings_changed_on_an_edited_frame_join_its_branch():
    run = SMALL.edited(0, [Edit(0, 0, 0, 1.0)])
    changed = run.changed(1, run.settings.with_changes(learning_rate=0.3))
    assert changed.branches == (Branch(0, (("learning_rate", 0.3),), (Edit(0, 0, 0, 1.0),)),)
    assert changed.settings.learning_rate == 0.3
    assert changed.changed(1, SMALL.experiment) == run  # and back


def test_weights_edited_where_settings_changed_keep_the_change():
    run = SMALL.changed(7, SMALL.settings.with_changes(l2=0.1)).edited(7, [Edit(0, 0, 0, 1.0)])
    assert run.branches == (Branch(7, (("l2", 0.1),), (Edit(0, 0, 0, 1.0),)),)


def test_the_update_after_an_edited_frame_is_replayed_exactly():
    run = SMALL.edited(4, [Edit(0, 0, 0, 1.25)])
    store = ChunkStore()
    update = update_after(run, 5, state_at(store, run, 5))
    trainer = build_trainer(run.segments[-1])
    trainer.model.parameters[...] = store.frame(run, 5)
    trainer.run_update()
    np.testing.assert_array_equal(update.before, store.frame(run, 5).astype(float))
    np.testing.assert_array_equal(update.after, trainer.model.parameters)


def test_the_frame_before_an_edit_trains_on_as_the_run_without_it():
    run, store = SMALL.edited(4, [Edit(0, 0, 0, 1.25)]), ChunkStore()
    np.testing.assert_array_equal(
        update_after(run, 4, state_at(store, run, 4)).after, update_after(SMALL, 4, state_at(store, SMALL, 4)).after
    )


values = st.floats(-1e6, 1e6, allow_nan=False)
edits = st.builds(Edit, st.just(0), st.integers(0, 2), st.integers(0, 2), values) | st.builds(
    Edit, st.just(1), st.just(0), st.integers(0, 3), values
)


@given(st.lists(edits, min_size=1, max_size=8), st.integers(0, 40))
def test_a_link_carries_edits_exactly(picked, frame):
    run = SMALL.edited(frame, picked)
    assert Run.from_dict(run.to_dict()) == run
    assert Run.repair(run.to_dict()) == (run, [])


def test_an_edit_in_a_link_counts_from_one_and_names_the_bias():
    assert write_edits((Edit(0, 1, 0, 0.5), Edit(1, 0, 3, -2.0)), (2, 3, 1)) == "1,2,1,0.5,2,1,bias,-2.0"
    assert SMALL.edited(0, [Edit(1, 0, 3, -2.0)]).to_dict()["branches"] == "0:edits=2,1,bias,-2.0"


@pytest.mark.parametrize("text, kept, words", [
    ("1,9,1,0.5", (), "no weight at the place “1,9,1,0.5”"),
    ("1,1,1", (), "such as 1,2,1,0.5"),
    ("1,1,x,2", (), "such as 1,2,1,0.5"),
    ("x" * 500, (), f"asked for “{'x' * 39}…”, which is left out"),
    ("1,1,1,nan", (), "such as 1,2,1,0.5"),
    ("1,1,BIAS,2", (Edit(0, 0, 2, 2.0),), ""),
    ("1,1,1,1e9", (Edit(0, 0, 0, 1e6),), "so it is now 1,000,000"),
    ("0,1,1,1,1,1,2,3", (Edit(0, 0, 1, 3.0),), "no weight at the place"),
])  # fmt: skip
def test_what_a_link_asks_for_in_vain_is_said(text, kept, words):
    found, problems = read_edits(text, (2, 3, 1))
    assert found == kept
    assert len(problems) == bool(words) and all(words in problem for problem in problems)
    run, said = Run.repair(SMALL.to_dict() | {"branches": f"3:edits={text}"})
    assert said == problems and sum(len(branch.edits) for branch in run.branches) == len(kept)


def test_more_than_forty_edits_are_refused_and_cut_from_a_link():
    many = [Edit(0, k // 3, k % 3, 1.0) for k in range(45)]
    run = Run(Experiment(hidden=(20,)))
    with pytest.raises(ValueError, match="edits must be at most 40, got 45"):
        run.edited(0, many)
    text = write_edits(tuple(many), (2, 20, 1))
    repaired, problems = Run.repair(run.to_dict() | {"branches": f"0:edits={text}"})
    assert len(repaired.branches[0].edits) == MAX_EDITS and "it has 45" in problems[0]


@pytest.mark.parametrize("edit, words", [
    ((2, 0, 0, 1.0), r"layer must be at most 1, got 2"), ((0, 3, 0, 1.0), "row must be at most 2, got 3"),
    ((0, 0, 3, 1.0), "column must be at most 2, got 3"),
    ((0, 0, 0, 2e6), "value must be a number from -1000000.0 to 1000000.0"),
    ((0, 0, 0, float("nan")), "value must be"), ((0, 0.5, 0, 1.0), "row must be a whole number"),
    ((0, 0, 0), "must be an Edit or its layer, row, column and value"), ("abcd", "must be an Edit"),
])  # fmt: skip
def test_an_edit_that_cannot_be_is_named(edit, words):
    with pytest.raises(ValueError, match=words):
        SMALL.edited(0, [edit])


def test_a_branch_at_the_first_frame_needs_edits():
    with pytest.raises(ValueError, match="from 1 on"):
        Run(SMALL.experiment, (Branch(0, (("l2", 0.1),)),))


def test_a_full_recording_goes_on_in_another():
    # 64 x 64 neurons on many inputs: few frames fit into a recording.
    full = Run(Experiment(dataset="digits", hidden=(64, 64), samples=100, batch_size=None))
    most = max_frames(full.experiment.n_parameters)
    last = full.segments[-1].last_frame
    assert last == most - 1
    on = full.goes_on(last)
    assert on.branches == (Branch(last, ()),)
    assert on.segments[-1].last_frame == 2 * last
    assert on.segments[-1].epochs_before == full.segments[-1].schedule.epoch_of(last)
    assert Run.from_dict(on.to_dict()) == on
    with pytest.raises(ValueError, match="at most 445 frames"):
        Run(full.experiment, (Branch(last + 1, ()),))


def test_a_run_that_a_limit_ended_goes_on_without_it():
    run = Run(Experiment(hidden=(3,), samples=60, epoch_limit=10, stop_rule="patience", patience=50))
    on = run.goes_on(10)
    assert (on.settings.epoch_limit, on.settings.stop_rule) == (None, "none")
    history = ChunkStore().scores(on, 15)
    assert list(history[0][-5:]) == [11, 12, 13, 14, 15]


def test_a_run_without_changes_goes_on_with_a_fresh_optimizer():
    run, store = SMALL.goes_on(4), ChunkStore()
    trainer = build_trainer(SMALL.segments[0])
    trainer.model.parameters[...] = store.frame(SMALL, 4)
    trainer.advance(epochs=2)
    np.testing.assert_array_equal(store.frame(run, 6), trainer.model.parameters.astype(np.float32))


def test_the_whole_history_of_an_edited_run_has_one_frame_more():
    plain = Run(Experiment(hidden=(2,), samples=60, epoch_limit=6))
    edited = plain.edited(2, [Edit(0, 0, 0, 1.0)])
    assert list(record(plain).epochs) == [0, 1, 2, 3, 4, 5, 6]
    assert list(record(edited).epochs) == [0, 1, 2, 2, 3, 4, 5, 6]


def test_all_weights_set_by_hand_train_on_and_are_left_out_of_the_link():
    e = Experiment(hidden=(20,))
    values = np.linspace(-1, 1, e.n_parameters)
    run = Run(e, (Branch(3, (("learning_rate", 0.2),)),)).with_parameters(5, values)
    assert not run.fits_link and Run.from_dict(run.to_dict()) == Run(e, run.branches[:1])
    chunk, first = ChunkStore().chunk_at(run, 6)
    np.testing.assert_array_equal(chunk.parameters[6 - first], values.astype(np.float32))
    assert np.abs(chunk.parameters[7 - first] - values).max() > 0
    assert run.edited(6, [(0, 0, 0, 3.0)]).branches[-1].parameters == run.branches[-1].parameters
    with pytest.raises(ValueError, match="parameters must be 81 numbers, got 5"):
        Run(e).with_parameters(0, np.zeros(5))


def test_the_whole_text_of_a_run_keeps_all_weights_set_by_hand():
    e = Experiment(hidden=(20,))
    values = np.linspace(-1, 1, e.n_parameters)
    run = Run(e, (Branch(3, (("learning_rate", 0.2),)),)).with_parameters(5, values).edited(9, [Edit(0, 0, 0, 3.0)])
    texts = run.to_whole_dict()
    assert Run.from_dict(texts) == run and Run.repair(texts) == (run, [])
    assert Run(e).to_whole_dict() == Run(e).to_dict() and "weights" not in run.to_dict()


@pytest.mark.parametrize("weights", ["1", "x:AAAA", "0:AAAA", "4:AAAA", "2:!", "2:AAAA", "2:é", "|", "nan", "huge"])
def test_weights_that_are_not_those_of_the_network_leave_the_run_without_its_branches(weights):
    e = Experiment(hidden=(20,))
    run = Run(e, (Branch(3, (("learning_rate", 0.2),)),)).with_parameters(5, np.zeros(e.n_parameters))
    bad = {"nan": np.nan, "huge": 2e6}
    if weights in bad:
        weights = f"2:{b64encode(np.full(e.n_parameters, bad[weights], np.float32).tobytes()).decode()}"
    found, problems = Run.repair(run.to_whole_dict() | {"weights": weights})
    assert found == Run(e) and len(problems) == 1 and "without its branches" in problems[0]
    with pytest.raises(ValueError, match="weights must"):
        Run.from_dict(run.to_whole_dict() | {"weights": weights})
