import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import OPTIMIZERS, SCHEDULES, Branch, Experiment, Run
from nncore.experiments import branches
from nncore.experiments.experiment import BRANCHABLE
from nncore.experiments.recording.frames import MAX_BYTES, max_frames
from nncore.experiments.recording.run_training import build_trainer
from nncore.experiments.run import MAX_BRANCHES

BASE = Experiment(hidden=(4,))
FASTER = BASE.with_changes(learning_rate=0.1)

branch_changes = st.fixed_dictionaries({}, optional={
    "optimizer": st.sampled_from(list(OPTIMIZERS)), "learning_rate": st.floats(1e-5, 10),
    "schedule": st.sampled_from(list(SCHEDULES)), "batch_size": st.none() | st.integers(1, 500),
    "l1": st.floats(0, 10), "l2": st.floats(0, 10), "tolerance": st.floats(1e-12, 1),
    "patience": st.integers(1, 1000), "epoch_limit": st.none() | st.integers(1, 10_000),
})  # fmt: skip


@st.composite
def runs(draw):
    """A Run with branches, made as a person makes one: by changing settings at rising frames."""
    run = Run(BASE)
    for frame in sorted(draw(st.sets(st.integers(1, 598), max_size=4))):
        if frame > run.segments[-1].last_frame:
            break
        run = run.changed(frame, run.settings.with_changes(**draw(branch_changes)))
    return run


@given(run=runs())
def test_text_turns_back_into_the_same_run(run):
    texts = run.to_dict()
    again = Run.from_dict(texts)
    assert again == run and hash(again) == hash(run) and again.key == run.key and repr(again) == repr(run)
    assert Run.repair(texts) == (run, [])


@given(run=runs())
def test_segments_follow_the_branches_and_end_within_the_limits(run):
    frames = [branch.frame for branch in run.branches]
    assert [segment.start for segment in run.segments] == [0, *frames]
    assert run.settings == run.segments[-1].experiment
    last = run.segments[-1].last_frame
    assert last + 1 <= max_frames(BASE.n_parameters) and 4 * BASE.n_parameters * (last + 1) <= MAX_BYTES
    for before, segment in zip(run.segments, run.segments[1:], strict=False):
        assert segment.epochs_before >= before.epochs_before


@given(run=runs(), frame=st.integers(0, 620))
def test_every_frame_belongs_to_the_segment_that_trained_it(run, frame):
    number = run.segment_of(frame)
    starts = [segment.start for segment in run.segments]
    assert frame == 0 or starts[number] < frame
    assert number == len(starts) - 1 or frame <= starts[number + 1]


def test_text_by_hand():
    run = Run(BASE).changed(12, FASTER.with_changes(batch_size=None)).changed(30, FASTER)
    assert run.to_dict() == {
        "dataset": "circle", "hidden": "4",
        "branches": "12:batch_size=none;learning_rate=0.1|30:batch_size=10",
    }  # fmt: skip


def test_a_setting_that_may_branch_keeps_the_run():
    run = Run(BASE).changed(10, FASTER)
    assert run == Run(BASE, (Branch(10, (("learning_rate", 0.1),)),))
    assert run.settings == FASTER and run.prefix(0) == Run(BASE) and run.prefix(1) == run
    assert run.prefix(0) is run.prefix(0)  # made once: what plays a run asks for it several times a message


def test_the_parts_of_a_run_are_made_once_however_they_are_asked_for():
    run = Run(BASE)
    for frame in range(1, 6):
        run = run.changed(frame, BASE.with_changes(learning_rate=0.01 * (frame + 1)))
    assert run.prefix(4).prefix(2) is run.prefix(3).prefix(2) is run.prefix(2)


@pytest.mark.parametrize("name", BRANCHABLE)
def test_each_setting_that_may_branch_does(name):
    value = {"optimizer": "adam", "schedule": "step", "stop_rule": "patience", "batch_size": None, "patience": 3,
             "epoch_limit": 500}.get(name, 0.5)  # fmt: skip
    run = Run(BASE).changed(10, BASE.with_changes(**{name: value}))
    assert run.experiment == BASE and getattr(run.settings, name) == value


@pytest.mark.parametrize("change", [
    {"dataset": "xor"}, {"noise": 5}, {"features": ("x1",)}, {"scaling": "standard"}, {"test": 10}, {"hidden": (5,)},
    {"activation": ("relu",)}, {"output": "tanh"}, {"loss": "mse"}, {"initializer": "ones"}, {"data_seed": 1},
    {"split_seed": 1}, {"weight_seed": 1}, {"start": 1}, {"batch_seed": 1},
])  # fmt: skip
def test_any_other_setting_makes_a_new_run(change):
    changed = BASE.with_changes(**change, learning_rate=0.1)
    assert Run(BASE).changed(10, FASTER).changed(20, changed) == Run(changed)


def test_a_change_before_anything_was_trained_is_a_new_run():
    assert Run(BASE).changed(0, FASTER) == Run(FASTER)


def test_a_change_before_a_branch_drops_that_branch():
    run = Run(BASE).changed(10, FASTER).changed(20, FASTER.with_changes(l2=0.1))
    assert run.changed(15, FASTER.with_changes(l1=0.2)).branches[1:] == (Branch(15, (("l1", 0.2),)),)
    assert run.changed(5, BASE.with_changes(l1=0.2)).branches == (Branch(5, (("l1", 0.2),)),)
    assert run.changed(10, BASE.with_changes(l1=0.2)).branches == (Branch(10, (("l1", 0.2),)),)


def test_the_same_settings_back_at_the_same_frame_restore_the_run():
    run = Run(BASE).changed(10, FASTER)
    assert run.changed(10, BASE) == Run(BASE)
    further = run.changed(20, FASTER.with_changes(l2=0.1))
    assert further.changed(20, FASTER) == run
    assert further.changed(20, FASTER.with_changes(l2=0.1)) == further


def test_a_segment_counts_its_epochs_from_its_branch():
    # Frame 45 lies at epoch 40 + 5 * 2; from there on, every epoch is recorded again.
    run = Run(BASE).changed(45, FASTER)
    assert run.segments[1].epochs_before == 50 and run.segments[1].schedule.epoch_of(1) == 1


def test_an_epoch_limit_counts_the_run_not_the_segment():
    run = Run(BASE).changed(30, BASE.with_changes(epoch_limit=35))
    assert run.segments[1].epoch_limit == 5 and run.segments[1].last_frame == 35
    assert Run(BASE).changed(30, BASE.with_changes(epoch_limit=20)).segments[1].epoch_limit == 0


def test_a_branch_off_a_last_frame_that_fell_between_two_counts_from_its_epoch():
    # The limit of 43 lies between the frames 41 (epoch 42) and 42 (epoch 44).
    run = Run(BASE.with_changes(epoch_limit=43))
    assert run.segments[0].last_frame == 42
    branched = run.changed(42, BASE.with_changes(epoch_limit=50))
    assert branched.segments[1].epochs_before == 43 and branched.segments[1].epoch_limit == 7


def test_a_trainer_starts_at_the_first_weights_under_the_segments_settings():
    run = Run(BASE).changed(10, FASTER.with_changes(optimizer="momentum", batch_size=25))
    trainer = build_trainer(run.segments[1])
    assert (trainer.learning_rate, trainer.batch_size, trainer.total_epochs) == (0.1, 25, 10)
    assert trainer.optimizer.momentum == 0.9 and trainer.epoch_limit == run.segments[1].epoch_limit


@pytest.mark.parametrize("branches, message", [
    ([(0, "l2", 0.1)], r"branches must have rising frames from 1 on, got \[0\]"),
    ([(5, "l2", 0.1), (5, "l1", 0.1)], r"branches must have rising frames from 1 on, got \[5, 5\]"),
    ([(9, "l2", 0.1), (5, "l1", 0.1)], r"branches must have rising frames from 1 on, got \[9, 5\]"),
    ([(5, "hidden", (3,))], "a branch may change optimizer, .*, got 'hidden'"),
    ([(5, "l2", -1)], "l2 must be a number from 0 to 10, got -1"),
    ([(600, "l2", 0.1)], "A run records at most 600 frames before it goes on in another .*, got a change at frame 600"),
    ([(k + 1, "l2", 0.1) for k in range(MAX_BRANCHES + 1)], f"branches must be at most {MAX_BRANCHES}, got 21"),
])  # fmt: skip
def test_branches_that_cannot_be_are_refused(branches, message):
    with pytest.raises(ValueError, match=message):
        Run(BASE, tuple(Branch(frame, ((name, value),)) for frame, name, value in branches))


@pytest.mark.parametrize("text, message", [
    ("x:l2=0.1", "branches must be a whole number, got 'x'"),
    ("5", "There is no setting called ''"),
    ("5:colour=red", "There is no setting called 'colour'"),
    ("5:l2=much", "l2 must be a number, got 'much'"),
    ("5:hidden=3", "a branch may change .*, got 'hidden'"),
    ("9:l2=0.1|5:l2=0.2", r"branches must have rising frames from 1 on, got \[9, 5\]"),
])  # fmt: skip
def test_branches_that_cannot_be_read_are_dropped_with_one_sentence(text, message):
    texts = {"hidden": "4", "branches": text}
    with pytest.raises(ValueError, match=message):
        Run.from_dict(texts)
    run, problems = Run.repair(texts)
    assert run == Run(BASE) and len(problems) == 1
    assert problems[0].endswith("; the run is shown without its branches.")


def test_a_branch_keeps_the_value_nearest_to_the_one_asked_for():
    with pytest.raises(ValueError, match=r"l2 must be a number from 0 to 10, got 99.0"):
        Run.from_dict({"hidden": "4", "branches": "5:l2=99"})
    run, problems = Run.repair({"hidden": "4", "branches": "5:l2=99|9:optimizer=Adam"})
    assert run == Run(BASE, (Branch(5, (("l2", 10.0),)), Branch(9, (("optimizer", "adam"),))))
    assert problems == ["The L2 penalty can be 0 to 10; the link asked for 99, so it is now 10."]


@pytest.mark.parametrize("texts, kept, frame, last", [
    ({"epoch_limit": "1", "branches": "2:l1=1"}, (), 2, 1),
    ({"branches": "5:epoch_limit=7|8:l1=1|9:l2=1"}, (Branch(5, (("epoch_limit", 7),)),), 8, 7),
    ({"branches": "99999999999:l2=0.1"}, (), 99_999_999_999, 599),
])  # fmt: skip
def test_branches_beyond_the_end_of_training_are_dropped_with_one_sentence(texts, kept, frame, last):
    run, problems = Run.repair(texts)
    assert run.branches == kept and problems == [
        f"The link changes settings at snapshot {frame:,}, but this training ends at snapshot {last:,}; it is shown without "
        "that change and those after it."
    ]
    assert Run.repair(run.to_dict()) == (run, [])


def test_a_run_cannot_branch_at_a_frame_that_cannot_be_recorded():
    with pytest.raises(ValueError, match="A run records at most 600 frames"):
        Run.from_dict({"hidden": "4", "branches": "99999999999:l2=0.1"})


@given(text=st.text(max_size=30) | st.from_regex(r"(\d{1,3}:(l2|learning_rate|hidden|x)=[\d.]{0,4}[|;]?){1,3}"))
def test_repair_makes_a_run_of_any_text(text):
    run, problems = Run.repair({"branches": text})
    assert run.experiment == Experiment() and len(problems) <= text.count("=") + 1
    assert Run.repair(run.to_dict()) == (run, [])


def test_a_key_names_the_whole_run():
    keys = {Run(BASE).key, Run(FASTER).key, Run(BASE).changed(5, FASTER).key, Run(BASE).changed(6, FASTER).key}
    assert len(keys) == 4 and Run(BASE).key == Run(Experiment(hidden=(4,))).key


def test_a_branch_names_its_settings_in_any_case_and_once():
    run, problems = Run.repair({"branches": "5:L1=0.1;Learning-Rate=0.5"})
    assert dict(run.branches[0].changes) == {"l1": 0.1, "learning_rate": 0.5} and problems == []
    run, problems = Run.repair({"branches": "5:l1=0.1;l1=0.2"})
    assert dict(run.branches[0].changes) == {"l1": 0.2}
    assert problems == ["The link changes “l1” twice at one snapshot; the last one counts."]
    with pytest.raises(ValueError, match="branches must name each setting once, got 'l1' twice"):
        Run.from_dict({"branches": "5:l1=0.1;l1=0.2"})


@pytest.mark.parametrize("text", [None, 5, [], b"5:l1=1"])
def test_branches_that_are_no_text_are_refused_by_name(text):
    for read in (Run.repair, Run.from_dict):
        with pytest.raises(ValueError, match="branches must be a text, got"):
            read({"branches": text})


def test_of_a_link_with_thousands_of_branches_no_more_are_read_than_a_run_can_have(monkeypatch):
    read, ask_all = [], branches.ask_all
    monkeypatch.setattr(branches, "ask_all", lambda *given: read.append(1) or ask_all(*given))
    run, problems = Run.repair({"branches": "|".join(f"{frame}:l2=0.1" for frame in range(1, 5001))})
    assert run == Run(Experiment()) and len(read) == MAX_BRANCHES + 1
    assert problems[-1].startswith(f"The changes in the course of a run must be at most {MAX_BRANCHES}; the link asked for ")


def test_of_thousands_of_columns_those_that_are_there_are_kept_once_each():
    kept, problems = Experiment.repair({"dataset": "wine", "columns": "3,3," + ",".join(map(str, range(13, 5000))) + ",1"})
    assert kept.columns == (3, 1) and problems == [
        "The columns of this dataset are 0 to 12; the link asked for 13, which is left out."]  # fmt: skip
