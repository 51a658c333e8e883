"""The store of recorded trainings: trained once, shared, bounded, the same however it is cut."""

import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest

from nncore import ChunkStore, Experiment, Run
from nncore.attention.transformer_run import TransformerRun
from nncore.experiments.architectures.sequence_run import SequenceRun
from nncore.experiments.costs import recording_seconds
from nncore.experiments.recording.chunk_store import NotReady
from nncore.experiments.recording.recording import Recording, Repeated, record_all
from nncore.experiments.recording.run_training import RunTraining
from nncore.experiments.recording.training_store import LONG_SECONDS, TrainingStore
from nncore.many_starts.restarts.restarts import Restarts


@dataclass(frozen=True)
class Squares:
    """Frames 0, 1, 4, 9, ...; at frame `broken_at` something goes wrong, once."""

    name: str = ""
    n_frames: int = 5
    n_bytes: int = 100
    ends_at: int = 100
    broken_at: int = -1

    begun: ClassVar[list[str]] = []
    broken: ClassVar[set[str]] = set()

    def record(self) -> Iterator[list[int] | None]:
        self.begun.append(self.name)
        for frame in range(min(self.n_frames, self.ends_at)):
            yield None
            if frame == self.broken_at and self.name not in self.broken:
                self.broken.add(self.name)
                raise ZeroDivisionError(self.name)
            yield [k * k for k in range(frame + 1)]


@pytest.fixture(autouse=True)
def forget():
    Squares.begun.clear()
    Squares.broken.clear()


def test_a_training_goes_on_from_where_it_stood():
    store = TrainingStore()
    assert store.so_far(Squares()) is None
    first = store.recorded(Squares(), 2)
    assert first.recording == [0, 1, 4] and (first.last, first.share, first.finished) == (2, 0.5, False)
    assert store.recorded(Squares(), 1) is first and store.so_far(Squares()) is first
    whole = store.recorded(Squares(), 4)
    assert whole.recording == [0, 1, 4, 9, 16] and whole.finished and whole.share == 1.0
    assert store.recorded(Squares(), 99) is whole and Squares.begun == [""]


def test_a_training_that_ends_early_is_finished():
    found = TrainingStore().recorded(Squares(ends_at=2), 4)
    assert found.recording == [0, 1] and (found.last, found.share, found.finished) == (1, 1.0, True)


def test_a_training_without_a_frame_is_an_error():
    with pytest.raises(ValueError, match="must have at least a frame 0"):
        TrainingStore().recorded(Squares(ends_at=0), 0)


def test_all_who_ask_at_once_share_one_training():
    store, found, ready = TrainingStore(), [], threading.Barrier(8)

    def ask(frame: int) -> None:
        ready.wait()
        found.append(store.recorded(Squares(n_frames=50), frame))

    threads = [threading.Thread(target=ask, args=(7 * k,)) for k in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Squares.begun == [""] and len(found) == 8
    assert store.so_far(Squares(n_frames=50)).last >= 49


@dataclass(frozen=True)
class Held(Squares):
    """Squares of which only frame 0 comes before `go` is set."""

    go: ClassVar[threading.Event] = threading.Event()

    def record(self) -> Iterator[list[int] | None]:
        for made in super().record():
            if made is not None and len(made) > 1:
                self.go.wait(10)
            yield made


def test_who_does_not_wait_gets_what_there_is():
    store = TrainingStore()
    assert store.recorded(Held(), 0).last == 0
    assert store.recorded(Held(), 4, wait=0.0).last == 0
    Held.go.set()
    assert store.recorded(Held(), 4).finished


def test_an_error_reaches_who_waits_and_the_next_begins_anew():
    store, training = TrainingStore(), Squares("b", broken_at=2)
    assert store.recorded(training, 1).last == 1
    with pytest.raises(ZeroDivisionError, match="b"):
        store.recorded(training, 4)
    assert store.so_far(training) is None
    assert store.recorded(training, 4).finished and Squares.begun == ["b", "b"]


def test_the_least_recently_used_makes_room():
    store = TrainingStore(max_bytes=250)
    for name in ("a", "b", "a", "c"):  # the third only uses the first again
        store.recorded(Squares(name), 4)
    assert len(store) == 2 and store.n_bytes == 200
    assert store.so_far(Squares("b")) is None and store.so_far(Squares("a")) and store.so_far(Squares("c"))
    assert store.recorded(Squares("b"), 4).recording[-1] == 16 and Squares.begun == ["a", "b", "c", "b"]


def test_trainings_and_chunks_of_runs_share_one_budget():
    store = ChunkStore(max_bytes=2000)
    store.recorded(Squares("a", n_bytes=1900), 4)
    store.segment_chunk(Run(Experiment("corners", hidden=(2,))), 0)
    assert store.so_far(Squares("a")) is None and len(store) == 1


def test_a_finished_training_counts_what_it_leaves():
    store, plan = TrainingStore(), Restarts(Experiment("corners", hidden=(2,)), 4, 3)
    store.recorded(plan, 1)
    assert store.n_bytes == plan.n_bytes - plan.passing_bytes
    outcome = store.recorded(plan, 3).recording
    assert store.n_bytes == outcome.n_bytes < plan.n_bytes


def test_a_repeated_training_is_trained_anew_and_the_same():
    store = TrainingStore()
    whole = store.recorded(Squares(), 4)
    again = store.recorded(Repeated(Squares(), "me"), 2)
    assert again.last == 2 and Squares.begun == ["", ""] and store.so_far(Squares()) is whole
    assert store.recorded(Repeated(Squares(), "you"), 4).recording == whole.recording


@pytest.mark.parametrize("seconds", [1e-6, 10.0])
def test_a_training_with_a_run_axis_is_the_same_however_it_is_cut(monkeypatch, seconds):
    plan = Restarts(Experiment(hidden=(5,), optimizer="adam", batch_size=7), 6, 12)
    alone = record_all(plan)
    monkeypatch.setattr("nncore.experiments.recording.training_thread.SLICE_SECONDS", seconds)
    store = TrainingStore()
    for frame in range(0, 13, 4):
        store.recorded(Restarts(Experiment(), 3, 4), frame)  # between them, another one
        found = store.recorded(plan, frame)
    assert np.array_equal(found.recording.losses, alone.losses)
    assert np.array_equal(found.recording.parameters, alone.parameters)


def test_a_recording_finds_frames():
    recording = Recording(np.array([0, 5, 10]), np.zeros((3, 1)), np.array([[0.1], [0.6], [0.9]]))
    assert recording.frame_of(9) == 1 and recording.frame_of(10) == 2
    assert recording.first_at(0, 0.5) == 5 and recording.first_at(0, 1.0) is None


def test_what_takes_long_of_a_run_stands_in_the_line_and_its_next_frames_never_do():
    heavy = [Run(Experiment("circle", samples=2000, batch_size=1, hidden=(8,), start=start)) for start in range(4)]
    store, trainings = ChunkStore(), [RunTraining(run) for run in heavy]
    store.thread.line.patience = 600.0
    assert all(store.takes_long(run, 599) and not store.takes_long(run, 40) for run in heavy)
    for run in heavy[:3]:
        with pytest.raises(NotReady):
            store.chunk_at(run, 1, 0.0, goal=599)  # as who trains to the end does
    store.prepare(heavy[3], 0)  # as who plays does
    assert [store.place_in_line(one) for one in trainings] == [0, 0, 1, 0]
    chunk, first = store.chunk_at(heavy[2], 1)  # the next frames are made at once, and the rest still waits
    assert first == 0 and len(chunk.epochs) > 1 and store.place_in_line(trainings[2]) == 1


def test_a_far_frame_takes_long_less_what_is_recorded_and_what_lies_beyond_the_end():
    run, store = Run(Experiment("circle", samples=2000, batch_size=1, hidden=(8,))), ChunkStore()
    last = next(frame for frame in range(600) if recording_seconds(run, frame) > LONG_SECONDS)
    assert store.takes_long(run, last) and not store.takes_long(run, last - 1)
    store.chunk_at(run, 1)
    assert not store.takes_long(run, last)
    short = Run(run.experiment.with_changes(epoch_limit=20))
    assert not store.takes_long(short, 10**6)
    branched = run.changed(store.held(run), run.settings.with_changes(learning_rate=0.3))
    assert store.takes_long(branched, 599) and not store.takes_long(branched, 0)


@pytest.mark.parametrize("training", [
    TransformerRun("reverse"), SequenceRun("echo", "gru", length=12), SequenceRun("order", "lstm", 32, 40),
    Restarts(Experiment("circle", hidden=(8, 8)), 16, 20),
], ids=repr)  # fmt: skip
def test_a_training_that_rests_holds_about_what_it_is_counted_for(training):
    list(zip(range(2), training.record(), strict=False))  # what is worked out once for all of its kind
    tracemalloc.start()
    work, most = training.record(), 0
    for _ in zip(range(60), work, strict=False):
        most = max(most, tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert 0 < most <= 1.25 * (training.n_bytes - training.passing_bytes)
    store = TrainingStore(max_bytes=training.n_bytes)
    store.recorded(training, 1)
    assert store.n_bytes == training.n_bytes - training.passing_bytes
    assert store.recorded(Repeated(training, "again"), 1) and len(store) == 2
