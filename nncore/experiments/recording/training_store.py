"""The store of recorded trainings: each is trained once, for all who ask, and kept within a budget of bytes.

It holds for every description the recording so far and, where the recording alone does not tell how to go on, the training
itself. What nobody has used for the longest time makes room; asked for again, it is trained again, and the same comes out.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from math import inf
from typing import Any

from nncore.arguments import checked, flag, number, optional, whole
from nncore.cache import RecentlyUsed, key_of
from nncore.experiments.recording.jobs import Part, Work
from nncore.experiments.recording.recording import RecordedTraining, recorded_training
from nncore.experiments.recording.training_process import TrainingProcess
from nncore.experiments.recording.training_thread import TrainingThread
from nncore.handed_out import handed_out

STORE_BYTES = 96_000_000
LONG_SECONDS = 10.0  # work that takes longer begins with a click, and waits for its turn


@handed_out
@dataclass(frozen=True, eq=False)
class Recorded:
    """What there is of a training: all that is recorded, the number of its last frame, and the share done, 0 to 1.

    `finished` says that no more will come.
    """

    recording: Any
    last: int
    share: float
    finished: bool

    @checked(frame=whole(0))
    def holds(self, frame: int) -> bool:
        """Whether it goes up to `frame`, or to the training's end."""
        return self.finished or self.last >= frame


@dataclass(frozen=True, eq=False)
class _Entry:
    """A recorded training that is held: what there is of it, and the work that goes on from there, if it has to be kept."""

    recorded: Recorded
    work: Iterator[Any | None] | None


class TrainingStore:
    """Recorded trainings, for any number of threads, in at most `max_bytes` bytes.

    All of them are trained by one thread, in turns, or by its `process` where that was started; one training is worked on
    once, however many ask for it. `computed` counts how many times a recording grew.
    """

    def __init__(self, max_bytes: int = STORE_BYTES):
        self.process = TrainingProcess()
        self.thread = TrainingThread(gives_way=lambda: not self.process.is_running)
        self.computed = 0
        self._held = RecentlyUsed(max_bytes)

    @property
    def n_bytes(self) -> int:
        """Bytes that are held now, as the trainings themselves tell them."""
        return self._held.n_bytes

    def __len__(self) -> int:
        """How many recordings are held now."""
        return len(self._held)

    def clicks_first(self) -> AbstractContextManager[None]:
        """While this is open, training for others waits, so that a click is answered at once."""
        return self.thread.clicks_first()

    @checked(training=recorded_training, frame=whole(0), wait=optional(number(0, inf)), goes_on=flag, in_line=optional(flag))
    def recorded(
        self, training: RecordedTraining, frame: int, wait: float | None = None, goes_on: bool = False,
        in_line: bool | None = None,
    ) -> Recorded | None:  # fmt: skip
        """What there is of `training`, trained on to `frame` at least or to its end; None if there is no frame yet.

        Waits for the training at most `wait` seconds, or as long as it takes; afterwards it rests unless somebody waits, or
        `goes_on` to the frame. Where it waits `in_line` it goes on when its turn comes, for of these two go on at a time;
        with None it does so if it is long by its own model (`is_long`).
        """
        key = key_of(training)
        found = self._found(key)  # mostly it is there, and nobody waits for the lock
        if found is not None and found.holds(frame):
            return found
        in_line = is_long(training) if in_line is None else in_line
        with self.thread.changed:
            found, begin = self._found(key), partial(self._train, key, training)
            if found is not None and found.holds(frame):
                return found
            if goes_on:
                self.thread.ask(key, frame, begin, in_line, is_new=found is None)
            part = self.thread.wait(key, frame, begin, wait, in_line, is_new=found is None)
            return part.value if part else self._found(key)

    @checked(training=recorded_training, frame=whole(0))
    def ask(self, training: RecordedTraining, frame: int) -> None:
        """Has `training` go on to `frame`, whether or not anybody waits for it: a long one, if its turn comes soon."""
        key = key_of(training)
        found = self._found(key)
        if found is not None and found.holds(frame):
            return
        with self.thread.changed:
            self.thread.ask(key, frame, partial(self._train, key, training), is_long(training))

    @checked(training=recorded_training)
    def place_in_line(self, training: RecordedTraining) -> int:
        """How many turns `training` is away from going on, from 1; 0 where it does, or nobody asked for it."""
        with self.thread.changed:
            return self.thread.line.number(key_of(training))

    @checked(training=recorded_training)
    def leave_line(self, training: RecordedTraining) -> None:
        """`training` gives up its turn, unless somebody waits for it."""
        with self.thread.changed:
            self.thread.leave_line(key_of(training))

    @checked(training=recorded_training)
    def so_far(self, training: RecordedTraining) -> Recorded | None:
        """What there is of `training`, without training on; None if there is no frame yet, or not any more."""
        return self._found(key_of(training))

    def _found(self, key: str) -> Recorded | None:
        """What is held of a training now; needs no lock."""
        entry = self._held.get(key)
        return entry.recorded if entry else None

    def _train(self, key: str, training: RecordedTraining, number: int) -> Work:
        """The frames of `training` after those that are held, each with all before it."""
        entry: _Entry | None = self._held.get(key)
        recorded = entry.recorded if entry else None
        if recorded is not None and recorded.holds(number):
            yield _part(recorded)
        work = self._work(training, entry)  # without the lock: it may take its time
        while recorded is None or not recorded.finished:
            try:
                made = next(work, _END)
            except Exception:
                with self.thread.changed:
                    self._held.drop(key)
                raise
            if made is None:
                yield None
                continue
            recorded = _grown(training, recorded, made)
            self._keep(key, training, _Entry(recorded, None if recorded.finished or can_resume(training) else work))
            yield _part(recorded)

    def _work(self, training: RecordedTraining, entry: _Entry | None) -> Iterator[Any | None]:
        """What records `training` from where it is held."""
        if entry is None:
            return self.process.record(training)
        if entry.recorded.finished:
            return iter(())
        return entry.work or self.process.record(training, entry.recorded.recording)

    def _keep(self, key: str, training: RecordedTraining, entry: _Entry) -> None:
        # Where no work is kept, the trainer's memory is free, or soon will be; while it rests, that of its slices is.
        held = entry.recorded.recording if entry.work is None else None
        n_bytes = held.n_bytes if hasattr(held, "n_bytes") else training.n_bytes - getattr(training, "passing_bytes", 0)
        with self.thread.changed:
            self.computed += 1
            self._held.keep(key, entry, n_bytes)


def _grown(training: RecordedTraining, before: Recorded | None, made: Any) -> Recorded:
    """What there is of `training` with one frame more, or several; or, at its end, that there is none to add."""
    if made is not _END:
        last, last_of_all = getattr(made, "last", before.last + 1 if before else 0), training.n_frames - 1
        return Recorded(made, last, min(1.0, last / last_of_all), last >= last_of_all)
    if before is None:
        raise ValueError(f"a recorded training must have at least a frame 0, got none from {key_of(training)}")
    return Recorded(before.recording, before.last, 1.0, True)


def can_resume(training: RecordedTraining) -> bool:
    """Whether `training` goes on from its recording alone, so that its trainer need not be kept."""
    return hasattr(training, "go_on")


@checked(training=recorded_training)
def is_long(training: RecordedTraining) -> bool:
    """Whether `training` takes more than ten seconds by its own model, if it has one."""
    return getattr(training, "seconds", 0.0) > LONG_SECONDS


_END = object()


def _part(recorded: Recorded) -> Part:
    return Part(recorded.last, recorded, is_last=recorded.finished, is_whole=True)
