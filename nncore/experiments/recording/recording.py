"""Recorded trainings: what it takes for a training to be watched, stopped, gone back through and shared.

A recorded training is a description, a frozen dataclass of plain values. Its `record()` builds the trainer at its first
parameters and trains on to one frame after the other, each at a number of updates that follows from the description alone,
never from a clock; a score belongs to every frame. As training is deterministic, a store keeps the recording under the
description for all who ask, one thread trains it in slices, and one driver of the pages shows it.

To add a model that trains on screen, write two files: one with the model (`parameters`, `loss_and_gradient`), one with its
recorded training. `record_updates` does the work of most; nothing else has to know of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from typing import Any, Protocol

import numpy as np

from nncore.arguments import checked, function, kind_of, number, positive, whole
from nncore.checks import require_whole, shown
from nncore.handed_out import handed_out
from nncore.training.trainer import Trainer

Array = np.ndarray

SLICE_SECONDS, SHORTEST_UPDATE = 0.01, 1e-9
MOST_FRAMES = 100_000  # of one recording


class RecordedTraining(Protocol):
    """A training of which frames 0 to `n_frames` - 1 are recorded, the first one before any update.

    A frozen dataclass: `key_of` makes its key of its fields. `n_bytes` is the memory that recording and trainer take. Where
    much of it is given back after every slice, that is `passing_bytes`: many trainings rest, but one works at a time. One
    that may take more than ten seconds has `seconds`, by a model: then it begins with a click and waits for its turn.
    """

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording, if no rule ends the training before: at least 2."""
        ...

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        ...

    def record(self) -> Iterator[Any | None]:
        """All that is recorded so far, after every frame, as values that stay as they are; None about every 10 ms between.

        What a frame keeps is up to the training: parameters, losses, answers. It is cut at fixed numbers of updates, so
        that the same comes out however the slices fall. The recording ends early where training stops. One that grows by
        several frames at a time tells the number of its `last`. Where a recording is all that it takes to go on from it,
        the training has `go_on(recording)`, which records the rest: then no trainer is kept for those who may come back.
        """
        ...


def recorded_training(name: str, value: object, sizes: object) -> object:
    """A `RecordedTraining`, as it is: a rule for arguments."""
    if isinstance(value, type) or not is_dataclass(value) or not callable(getattr(value, "record", None)):
        raise ValueError(f"{name} must be a recorded training, a dataclass with n_frames and record, got {shown(value)}")
    return value


@handed_out
@dataclass(frozen=True)
class Repeated:
    """A recorded training once more, from its start, for the one viewer to whom the `token` belongs."""

    training: Any
    token: str

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return self.training.n_frames

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        return self.training.n_bytes

    @property
    def passing_bytes(self) -> int:
        """Memory that a slice takes and gives back, in bytes."""
        return getattr(self.training, "passing_bytes", 0)

    @property
    def seconds(self) -> float:
        """Time that it takes, in seconds; 0 where its description has no model of that."""
        return getattr(self.training, "seconds", 0.0)

    def record(self) -> Iterator[Any | None]:
        """The same recording as that of `training`."""
        return self.training.record()


@handed_out
@dataclass(frozen=True)
class Recording:
    """Frames of one training: updates done (F,), parameters (F, P) float32, and scores (F, S)."""

    updates: Array
    parameters: Array
    scores: Array

    @property
    def n_bytes(self) -> int:
        """Memory that is held once the training itself is over, in bytes."""
        return self.updates.nbytes + self.parameters.nbytes + self.scores.nbytes

    @checked(update=whole(0))
    def frame_of(self, update: int) -> int:
        """The last frame at or before `update`."""
        return int(np.searchsorted(self.updates, update, side="right") - 1)

    @checked(level=number())
    def first_at(self, column: int, level: float) -> int | None:
        """The number of updates at which score `column` first reached `level`, or None."""
        column = require_whole("column", column, 0, self.scores.shape[1] - 1)
        reached = np.flatnonzero(self.scores[:, column] >= level)
        return int(self.updates[reached[0]]) if len(reached) else None


@checked(seconds_per_update=positive())
def updates_per_slice(seconds_per_update: float) -> int:
    """How many updates make up about 10 ms, by a model of their cost; at least one."""
    return int(np.clip(SLICE_SECONDS / max(seconds_per_update, SHORTEST_UPDATE), 1, None))


@checked(trainer=kind_of(Trainer), updates=whole(0), at_once=whole(1))
def train_to(trainer: Trainer, updates: int, at_once: int = 1) -> Iterator[None]:
    """Trains on until `updates` updates are done or training stops, yielding after every `at_once` updates at the latest."""
    while trainer.stopped is None and trainer.updates < updates:
        yield from trainer.updates_in_pieces(min(at_once, updates - trainer.updates))
        yield


@checked(trainer=kind_of(Trainer), n_updates=whole(0, 10**9), every=whole(1, 10**9), score=function)
def record_updates(
    trainer: Trainer, n_updates: int, every: int, score: Callable[[], tuple[float, ...]]
) -> Iterator[Recording | None]:
    """The recording of `n_updates` updates as it grows by a frame after every `every` of them; None after each update.

    `score` gives the model's scores (S,) as it stands. For models whose update takes about a millisecond or more.
    """
    n_frames = require_whole("n_updates // every", n_updates // every, 0, MOST_FRAMES) + 1
    updates = np.arange(n_frames) * every
    parameters = np.zeros((n_frames, trainer.model.parameters.size), dtype=np.float32)
    rows = []
    for frame in range(n_frames):
        yield from train_to(trainer, int(updates[frame]))
        if trainer.stopped is not None and frame:
            return
        parameters[frame] = trainer.model.parameters
        rows.append(score())
        yield Recording(updates[: frame + 1], parameters[: frame + 1], np.array(rows))


@checked(training=recorded_training)
def record_all(training: RecordedTraining) -> Any:
    """The whole recording of `training`, trained here and now."""
    *_, recording = (made for made in training.record() if made is not None)
    return recording
