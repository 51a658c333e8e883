"""Recordings: training of any model as frames that one can go back through."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nncore.training.trainer import Trainer

Array = np.ndarray


@dataclass(frozen=True)
class Recording:
    """Frames of one training: updates done (F,), parameters (F, P) float32, and scores (F, S)."""

    updates: Array
    parameters: Array
    scores: Array

    def frame_of(self, update: int) -> int:
        """The last frame at or before `update`."""
        return int(np.searchsorted(self.updates, update, side="right") - 1)

    def first_at(self, column: int, level: float) -> int | None:
        """The number of updates at which score `column` first reached `level`, or None."""
        reached = np.flatnonzero(self.scores[:, column] >= level)
        return int(self.updates[reached[0]]) if len(reached) else None


def record_updates(
    trainer: Trainer, n_updates: int, every: int, score: Callable[[], tuple[float, ...]]
) -> Iterator[Recording]:
    """Trains for `n_updates` updates and yields the recording so far after every `every` of them, frame 0 included.

    `score` gives the model's scores as it stands. The recording ends early where training stops.
    """
    n_frames = n_updates // every + 1
    updates = np.arange(n_frames) * every
    parameters = np.zeros((n_frames, trainer.model.parameters.size), dtype=np.float32)
    rows = []
    for frame in range(n_frames):
        while trainer.updates < updates[frame] and trainer.stopped is None:
            trainer.run_updates(int(updates[frame] - trainer.updates))
        if trainer.stopped is not None and frame:
            return
        parameters[frame] = trainer.model.parameters
        rows.append(score())
        yield Recording(updates[: frame + 1], parameters[: frame + 1], np.array(rows))
