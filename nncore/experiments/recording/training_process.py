"""The training process: a second process, of lower priority, in which a server trains, so that its pages have the first.

Python runs one thread at a time. Where training runs in the process that draws the pages, every click waits for it; in a
process of its own it takes what the pages leave, and on a second core both go on. The training thread stays the one that
says whose turn it is: it asks for a slice of one training, and gets what was recorded meanwhile. Where the process cannot
be started, is gone, or does not answer any more, the training thread works by itself, and the same comes out.
"""

import contextlib
import os
import pickle
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nncore.cache import RecentlyUsed, key_of
from nncore.data.own.shelf import SHELF
from nncore.data.real import load_table
from nncore.experiments.recording.patience import ANSWER_SECONDS, Patience
from nncore.experiments.recording.recording import RecordedTraining
from nncore.experiments.recording.wire import Wire

ROOT = Path(__file__).resolve().parents[3]
MODULE = "nncore.experiments.recording.slice_server"
RESTING_BYTES = 16_000_000  # of trainings that could go on from their recordings, but need not be built again
MOST_STARTS = 3  # of a process that ends by itself
LASTING_SECONDS = 600.0  # one that has run for so long counts as none that ended
ENDING_SECONDS = 2.0  # a process that the system cannot end is left behind
READY = b"ready\n"
SLICE, TIDY = "slice", "tidy"
MADE, PAUSE, END, ERROR, LEND, REFUSED = "made", "pause", "end", "error", "lend", "refused"


class ProcessGone(Exception):
    """The other process does not answer any more."""


class TrainingProcess:
    """The other process, as the training thread uses it; for any number of threads. It does nothing before `start`.

    It ends when nobody holds this any more, and with the process that does, however that ends: its standard input is closed.
    Where it takes more than `patience` seconds over an answer it is given up.
    """

    def __init__(self, patience: float = ANSWER_SECONDS):
        self._process: subprocess.Popen | None = None
        self._seconds, self._patience = patience, None
        self._ending: weakref.finalize | None = None
        self._lock = threading.Lock()
        self._starts, self._started = 0, 0.0
        self._numbers = 0
        self._dropped: list[int] = []
        self._resting = RecentlyUsed(RESTING_BYTES)

    @property
    def is_running(self) -> bool:
        """Whether it is ready to train."""
        return self._process is not None

    @property
    def number(self) -> int | None:
        """The system's number of the process, while it runs."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Starts the process and waits until it is ready; where that fails, training goes on without it."""
        with self._lock:
            if self._ending is not None or self._starts >= MOST_STARTS or not sys.executable:
                return
            path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
            fixed = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "PYTHONSAFEPATH"), "1")
            try:
                process = subprocess.Popen(
                    [sys.executable, "-m", MODULE], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                    env={**os.environ, **fixed, "PYTHONPATH": path},
                )  # fmt: skip
            except OSError:
                return
            self._starts, self._started = self._starts + 1, time.monotonic()
            ending = self._ending = weakref.finalize(self, _end, process)
        # Without the lock: while this waits, the others train by themselves.
        try:
            is_ready = READY in process.stdout
        except (OSError, ValueError):  # it was ended meanwhile
            is_ready = False
        with self._lock:
            if self._ending is ending:
                if is_ready:
                    self._process, self._patience = process, Patience(process, self._seconds)
                else:
                    self._end()

    def stop(self) -> None:
        """Ends the process; what it trained goes on without it."""
        with self._lock:
            self._end()

    def tidy(self) -> None:
        """Has it give memory that is free back to the system."""
        with contextlib.suppress(ProcessGone):
            self._ask(TIDY)

    def record(self, training: RecordedTraining, recording: Any | None = None) -> Iterator[Any | None]:
        """As `training.record()`, or `training.go_on(recording)`: every frame, and None between two slices of work."""
        if not self.is_running:
            return _here(training, recording)
        key = key_of(training)
        course = self._resting.get(key)
        if course is None or recording is None or course.newest is not recording:
            with self._lock:
                self._numbers += 1
                number = self._numbers
            course = _Course(self, number, training, recording)
            weakref.finalize(course, self._dropped.append, number)
        if hasattr(training, "go_on"):
            with self._lock:
                self._resting.keep(key, course, training.n_bytes)
        return course

    def slice(self, number: int, begin: bytes | None) -> tuple[str, Any]:
        """What came of a slice of course `number`, which begins with the message `begin` where it is new there."""
        return self._ask(SLICE, number, begin)

    def _ask(self, *question: Any) -> tuple[str, Any]:
        """The answer, once what the other process lacks was lent to it. Raises ProcessGone."""
        with self._lock:
            if self._process is None:
                raise ProcessGone
            try:
                answer = self._hear((*question, self._given_up()))
                while answer[0] == LEND:
                    answer = self._hear(_lent(*answer[1:]))
            except (OSError, EOFError, pickle.UnpicklingError) as error:
                self._end()
                if time.monotonic() - self._started > LASTING_SECONDS:
                    self._starts = 0
                threading.Thread(target=self.start, name="training-again", daemon=True).start()
                raise ProcessGone from error
        return answer

    def _hear(self, told: Any) -> tuple:
        """What the other process answers to what it is told."""
        with self._patience.waiting():
            pickle.dump(told, self._process.stdin, protocol=5)
            self._process.stdin.flush()
            return pickle.load(self._process.stdout)

    def _given_up(self) -> list[int]:
        given_up = self._dropped[:]
        del self._dropped[: len(given_up)]
        return given_up

    def _end(self) -> None:
        self._process, self._resting = None, RecentlyUsed(RESTING_BYTES)
        ending, self._ending = self._ending, None
        if ending is not None:
            ending()


class _Course:
    """A training that goes on in the other process; an iterator, as what `record` of a training gives.

    Once that process is gone it goes on here: from the newest recording, or from the beginning up to where it was.
    """

    def __init__(self, process: TrainingProcess, number: int, training: RecordedTraining, recording: Any | None):
        self._process, self._number, self._training = process, number, training
        self._wire, self._n_made, self._first = Wire(), 0, recording
        self.newest, self._is_new = recording, True
        self._here: Iterator[Any | None] | None = None

    def __iter__(self) -> Iterator[Any | None]:
        return self

    def __next__(self) -> Any | None:
        if self._here is not None:
            return next(self._here)
        try:
            begin = self._wire.pack((self._training, self._first)) if self._is_new else None
            self._is_new, self._first = False, None
            kind, told = self._process.slice(self._number, begin)
        except (ProcessGone, pickle.PicklingError, AttributeError, TypeError):
            kind = REFUSED
        if kind == REFUSED:
            self._here = self._go_on_here()
            return next(self._here)
        if kind == MADE:
            self._n_made, self.newest = self._n_made + 1, self._wire.unpack(told)
            return self.newest
        if kind == PAUSE:
            return None
        if kind == END:
            raise StopIteration
        raise pickle.loads(told)

    def _go_on_here(self) -> Iterator[Any | None]:
        if self.newest is not None and hasattr(self._training, "go_on"):
            yield from self._training.go_on(self.newest)
            return
        made = 0
        for one in self._training.record():
            made += one is not None
            yield one if made > self._n_made else None


def _end(process: subprocess.Popen) -> None:
    process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(ENDING_SECONDS)
    for pipe in (process.stdin, process.stdout):
        with contextlib.suppress(OSError):  # what was written last is not read any more
            pipe.close()


def _here(training: RecordedTraining, recording: Any | None) -> Iterator[Any | None]:
    return training.record() if recording is None else training.go_on(recording)


def _lent(what: str, which: tuple[Any, ...]) -> tuple[str, Any]:
    """The answer to a process that asks for a table."""
    try:
        if what == "table":
            return LEND, SHELF.get(*which)
        name, input_divisor, target_divisor, options = which
        return LEND, load_table(name, input_divisor, target_divisor, **options)
    except Exception as error:
        return ERROR, packed_error(error)


def packed_error(error: Exception) -> bytes:
    """An error as bytes, from which another process makes it again, or one that says the same."""
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)
    except Exception:
        packed = pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}"))
    return packed
