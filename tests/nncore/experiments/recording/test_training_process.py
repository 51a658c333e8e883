"""Training in another process: the same comes out, whatever is trained, and whatever becomes of that process."""

import gc
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages

import numpy as np
import pytest

import nncore
from nncore import ChunkStore, Experiment, Run
from nncore.attention.block_distances import BlockDistances
from nncore.attention.transformer_run import TransformerRun
from nncore.attention.translation_run import TranslationRun
from nncore.data import SHELF, read_table
from nncore.data.own.table_names import TableChoice, table_name
from nncore.evaluation.cross_validation import CrossValidation
from nncore.evaluation.leak_study import LeakStudy
from nncore.evaluation.learning_curves import LearningCurve
from nncore.evaluation.search import Search
from nncore.experiments.architectures.clipping_study import ClippingStudy
from nncore.experiments.architectures.code_run import CodeRun
from nncore.experiments.architectures.code_studies import Bottlenecks, LinearEnds
from nncore.experiments.architectures.distances import DistanceStudy
from nncore.experiments.architectures.picture_run import PictureRun
from nncore.experiments.architectures.sequence_run import SequenceRun
from nncore.experiments.architectures.twins import BothOrders, TwinStudy, UnseenPlaces
from nncore.experiments.branches import Branch
from nncore.experiments.recording import training_process
from nncore.experiments.recording.patience import Patience
from nncore.experiments.recording.recording import Repeated
from nncore.experiments.recording.run_training import RunTraining
from nncore.experiments.recording.training_process import TrainingProcess
from nncore.experiments.recording.training_store import TrainingStore
from nncore.many_starts.batches.comparison import BatchRace
from nncore.many_starts.initializers.comparison import InitializerRace
from nncore.many_starts.restarts.restarts import Restarts
from nncore.words.hidden_diagonal import DiagonalTraining, HiddenDiagonalSettings
from nncore.words.skipgram import SkipGramSettings

E = Experiment(dataset="circle", hidden=(4,))
SEQUENCES, PICTURES, SHAPES = SequenceRun(n_hidden=4, length=12), PictureRun(), PictureRun("shapes")
FRAMES = 3  # that are compared, the first one included
MEASURED = {"seconds"}  # by a clock
LONG = 600  # seconds: on a machine that does much else an answer may take its time

WEIGHTS = PICTURES.model().parameters
TRAININGS = [
    RunTraining(Run(E)), Repeated(SkipGramSettings(), "mine"), SkipGramSettings(), TransformerRun(), TranslationRun(),
    SEQUENCES, PICTURES, CodeRun(), TwinStudy(PICTURES, WEIGHTS), BothOrders(PICTURES, WEIGHTS),
    UnseenPlaces(SHAPES, SHAPES.model().parameters), LinearEnds(CodeRun(linear=True)), Bottlenecks(CodeRun()),
    DistanceStudy(n_hidden=4, lengths=(12,), starts=1), BlockDistances(n_hidden=4, lengths=(12,), starts=1),
    ClippingStudy(SEQUENCES), DiagonalTraining(HiddenDiagonalSettings()), Restarts(E, 8, 20),
    InitializerRace(E, 2, 4, epochs=10), BatchRace(E), Search(E, epochs=5), CrossValidation((E,), epochs=5),
    LearningCurve(E, places=(20, 40), epochs=5, starts=2), LeakStudy(repeats=2),
]  # fmt: skip


@pytest.fixture(scope="module")
def process() -> Iterator[TrainingProcess]:
    process = TrainingProcess(patience=LONG)
    process.start()
    yield process
    process.stop()


def same(left: object, right: object) -> bool:
    """Whether two values are alike to the last bit, but for what a clock measured."""
    if isinstance(left, np.ndarray):
        return left.dtype == right.dtype and np.array_equal(left, right, equal_nan=left.dtype.kind == "f")
    if type(left) is not type(right):
        return False
    if is_dataclass(left):
        names = [field.name for field in fields(left) if field.name not in MEASURED]
        return all(same(getattr(left, name), getattr(right, name)) for name in names)
    if isinstance(left, tuple | list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return left == right or left != left


def frames(work: Iterator[object], n: int = FRAMES) -> list[object]:
    found = []
    for made in work:
        if made is not None:
            found.append(made)
        if len(found) == n:
            break
    return found


def test_all_that_the_core_trains_is_tried_here():
    kinds = set()
    for module in walk_packages(nncore.__path__, "nncore."):
        for thing in vars(import_module(module.name)).values():
            if isinstance(thing, type) and is_dataclass(thing) and callable(getattr(thing, "record", None)):
                kinds.add(thing)
    assert kinds == {type(training) for training in TRAININGS}


@pytest.mark.parametrize("training", TRAININGS, ids=lambda training: type(training).__name__)
def test_what_is_trained_there_is_what_is_trained_here(process, training):
    there = process.record(training)
    assert same(frames(there), frames(training.record())) and there._here is None


def test_a_training_goes_on_there_from_what_was_recorded_here(process):
    training = RunTraining(Run(E))
    held = frames(training.record(), 2)[-1]
    there = process.record(training, held)
    made = frames(there, 1)[0]
    assert same(made, frames(training.go_on(held), 1)[0]) and there._here is None
    assert np.shares_memory(made.chunks[0].parameters, held.chunks[0].parameters)  # it is held once
    assert process.record(training, made) is there  # nor is the trainer built again


def test_a_store_trains_there_with_branches_and_all(process):
    run = Run(E, (Branch(50, (("learning_rate", 0.3),)), Branch(90, (("optimizer", "adam"),))))
    there, here = ChunkStore(), ChunkStore()
    there.process = process
    for frame in (0, 60, 130, 20):
        (chunk, first), (other, at) = there.chunk_at(run, frame), here.chunk_at(run, frame)
        assert first == at and same(chunk.parameters, other.parameters) and same(chunk.scores, other.scores)


@pytest.mark.parametrize("dataset", ["iris", "digits"])
def test_measured_data_are_lent(process, dataset):
    training = RunTraining(Run(Experiment(dataset=dataset, hidden=(4,))))
    there = process.record(training)
    assert same(frames(there, 1), frames(training.record(), 1)) and there._here is None


def test_the_other_process_does_without_the_large_libraries(process):
    maps = f"/proc/{process.number}/maps"
    if not os.path.exists(maps):
        pytest.skip("what a process has loaded is told by Linux alone")
    frames(process.record(RunTraining(Run(Experiment(dataset="wine", hidden=(4,))))), 1)
    with open(maps, encoding="utf-8") as loaded:
        packages = set(re.findall(r"site-packages/(\w+)/", loaded.read()))
    assert "numpy" in packages and not packages & {"sklearn", "pandas", "scipy", "streamlit"}


def own_training(name: str) -> RunTraining:
    rows = "".join(f"{k},{k % 7},{'yes' if k % 3 else 'no'}\n" for k in range(30))
    table = read_table(f"a,b,answer\n{rows}".encode(), name)
    SHELF.put(table, "someone")
    dataset = table_name(TableChoice(table.digest, name, 2))
    return RunTraining(Run(Experiment(dataset=dataset, hidden=(4,))))


def test_a_table_of_ones_own_is_lent(process):
    training = own_training("mine.csv")
    there = process.record(training)
    assert same(frames(there, 1), frames(training.record(), 1)) and there._here is None


def test_what_goes_wrong_there_is_said_here(process):
    with pytest.raises(ValueError, match=r"starts must fit into 64 MB"):
        next(process.record(Restarts(Experiment(hidden=(64, 64), samples=2000, batch_size=None), 256, 10)))


@dataclass(frozen=True)
class Stranger:
    """A training that only this process can make: the other one does not find its class."""

    n_frames: int = 3
    n_bytes: int = 100

    def record(self) -> Iterator[list[int] | None]:
        for frame in range(self.n_frames):
            yield None
            yield list(range(frame))


Stranger.__module__ = "nowhere"


def test_what_the_other_process_does_not_know_is_trained_here(process):
    assert frames(process.record(Stranger())) == [[], [0], [0, 1]]
    assert process.is_running


@pytest.mark.parametrize("training", [RunTraining(Run(E)), SkipGramSettings()], ids=["goes on", "begins again"])
def test_training_goes_on_here_when_the_other_process_is_killed(training):
    process = TrainingProcess()
    process.start()
    first = process.number
    there = process.record(training)
    found = frames(there, 2)
    os.kill(process.number, signal.SIGKILL)
    found += frames(there, 2)
    assert same(found, frames(training.record(), 4))
    end = time.monotonic() + 60
    while not process.is_running and time.monotonic() < end:
        time.sleep(0.01)
    assert process.number != first  # and another one is there for what comes next
    assert same(frames(process.record(training), 2), found[:2])
    process.stop()


def await_another(process: TrainingProcess, before: int) -> None:
    end = time.monotonic() + 60
    while process.number in (None, before):
        assert time.monotonic() < end, "no other process came"
        time.sleep(0.01)


def test_every_training_goes_on_here_once_the_process_it_began_in_is_gone():
    process = TrainingProcess()
    process.start()
    first, trainings = process.number, (SkipGramSettings(), RunTraining(Run(E)), SkipGramSettings(seed=5))
    there = [process.record(training) for training in trainings]
    found = [frames(course, 1) for course in there]
    os.kill(first, signal.SIGKILL)
    found[0] += frames(there[0], 1)
    await_another(process, first)  # which knows nothing of the trainings that are asked for now
    for course, made, training in zip(there[1:], found[1:], trainings[1:], strict=True):
        assert same(made + frames(course, 1), frames(training.record(), 2))
    process.stop()


def freeze(process: TrainingProcess) -> None:
    os.kill(process.number, signal.SIGSTOP)
    process._patience = Patience(process._process, seconds=0.2, tick=0.1)


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="this system cannot freeze a process")
def test_a_process_that_does_not_answer_is_given_up():
    process = TrainingProcess(patience=LONG)
    process.start()
    first, training = process.number, SkipGramSettings()
    there = process.record(training)
    found = frames(there, 1)
    freeze(process)
    assert same(found + frames(there, 1), frames(training.record(), 2)) and there._here is not None
    assert not is_alive(first)
    await_another(process, first)
    freeze(process)
    training = RunTraining(Run(Experiment(dataset="circle", hidden=(32, 32))))
    held = frames(training.record(), 2)[-1]  # more than a pipe holds: what is told gets stuck, before any answer
    assert held.chunks[0].parameters.nbytes > 100_000
    assert same(frames(process.record(training, held), 1), frames(training.go_on(held), 1))
    process.stop()


def test_a_process_that_takes_its_time_to_start_keeps_nobody_waiting(tmp_path, monkeypatch):
    sleeper = tmp_path / "python"
    sleeper.write_text("#!/bin/sh\nexec sleep 600\n")
    sleeper.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(sleeper))
    process = TrainingProcess()
    starting = threading.Thread(target=process.start, daemon=True)
    starting.start()
    end = time.monotonic() + 60
    while process._ending is None and time.monotonic() < end:
        time.sleep(0.01)
    process.start()  # it is on its way
    assert frames(process.record(SkipGramSettings()), 1) and not process.is_running
    process.tidy()
    process.stop()
    starting.join(60)
    assert not starting.is_alive() and not process.is_running


@pytest.mark.parametrize("name", ["pickle.py", "numpy.py", "nncore.py"])
def test_files_where_the_server_was_started_are_not_taken_for_modules(tmp_path, monkeypatch, name):
    (tmp_path / name).write_text("raise SystemExit('not this one')")
    monkeypatch.chdir(tmp_path)
    process = TrainingProcess()
    process.start()
    assert process.is_running
    process.stop()


def test_what_a_machine_prints_when_python_starts_is_passed_over(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text("print('Welcome to this machine')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    process = TrainingProcess()
    process.start()
    assert process.is_running and frames(process.record(SkipGramSettings()), 1)
    process.stop()


def test_a_process_that_lasted_is_started_again_each_time(monkeypatch):
    monkeypatch.setattr(training_process, "LASTING_SECONDS", 0.0)
    process = TrainingProcess()
    process.start()
    for _ in range(4):
        number = process.number
        there = process.record(SkipGramSettings())
        frames(there, 1)
        os.kill(number, signal.SIGKILL)
        assert frames(there, 1)
        await_another(process, number)
    process.stop()


def test_it_is_not_started_for_ever():
    process = TrainingProcess()
    for _ in range(3):
        process.start()
        process.stop()
    process.start()
    assert not process.is_running and frames(process.record(SkipGramSettings()), 1)


def test_trainings_that_nobody_holds_are_given_up_there(process):
    before = process.record(SkipGramSettings(seed=77))
    next(before)
    number = before._number
    del before
    assert process._dropped == [number]
    frames(process.record(SkipGramSettings(seed=78)), 1)
    assert number not in process._dropped


def test_the_other_process_ends_with_this_one():
    text = (
        "import os\nfrom nncore.experiments.recording.training_process import TrainingProcess\n"
        "process = TrainingProcess()\nprocess.start()\nprint(process.number, flush=True)\nos._exit(0)\n"
    )
    done = subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=True, timeout=120)
    end = time.monotonic() + 60
    while is_alive(int(done.stdout)):
        assert time.monotonic() < end, "it goes on without anybody who asks"
        time.sleep(0.01)


def test_it_ends_when_nobody_holds_it():
    process = TrainingProcess()
    process.start()
    number = process.number
    frames(process.record(SkipGramSettings()), 1)
    del process
    gc.collect()
    end = time.monotonic() + 60
    while is_alive(number):
        assert time.monotonic() < end, "nobody can ask it any more, and it goes on"
        time.sleep(0.01)


def is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return not is_ended(number)


def is_ended(number: int) -> bool:
    """Whether nothing is left of a process but its number, which nobody asked for."""
    try:
        with open(f"/proc/{number}/stat") as told:
            return told.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return False


def test_a_store_gives_way_to_clicks_only_where_it_trains_itself(process):
    store = TrainingStore()
    assert store.thread._gives_way()
    store.process = process
    assert not store.thread._gives_way()
