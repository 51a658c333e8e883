"""The recording of one chunk of a run's frames, with the last updates of an epoch that diverged."""

from collections.abc import Generator, Iterator
from dataclasses import replace

import numpy as np

from nncore.data.splits import Split
from nncore.experiments.recording.frames import CHUNK_FRAMES, Chunk, Evaluation, FrameSchedule
from nncore.experiments.recording.recording import train_to, updates_per_slice
from nncore.training.stopping import Stop, epoch_number
from nncore.training.trainer import Trainer

Array = np.ndarray

DRAWABLE, LARGEST_WEIGHT = 1e18, 1e9  # a loss or a parameter above it leaves nothing to see in a picture

Row = tuple[float, Array, Array]  # of a frame: epoch, parameters (P,) float32, scores (4,)


def record_chunk(
    trainer: Trainer, split: Split, schedule: FrameSchedule, frames: range, seconds_per_update: float
) -> Iterator[None]:
    """Computes the chunk of `frames` in slices of about 10 ms, yielding after each; the generator returns the Chunk.

    `trainer` stands at the end of the chunk before, or at the segment's start: the first chunk begins with frame 0 besides.
    """
    at_once, zero = updates_per_slice(seconds_per_update), int(frames[0] == 1)
    evaluation = Evaluation(trainer.model, split)
    rows = [(yield from _frame(trainer, evaluation))] if zero else []
    for frame in frames:
        yield from train_to(trainer, schedule.epoch_of(frame) * trainer.updates_per_epoch, at_once)
        # A stop between two frames still shows the last state; one at a frame adds none.
        if trainer.stopped is not None and trainer.epoch == schedule.epoch_of(frame - 1):
            break
        row = yield from _frame(trainer, evaluation)
        if not _is_finite(row[1], row[2]):
            trainer.stop_diverged(row[0])
            break
        rows.append(row)
        if trainer.stopped is not None:
            break
    full = -(-frames[-1] // CHUNK_FRAMES) * CHUNK_FRAMES  # where a whole chunk would end
    room = min(full, schedule.frame_of(trainer.epoch_limit or 0)) - (frames[0] - 1 + len(rows) - zero)
    last, stop = yield from _last_updates(trainer, evaluation, room)
    rows += last
    epochs, parameters, scores = zip(*rows, strict=True) if rows else ((), (), ())
    return Chunk(
        frames[0] - zero,
        np.array(epochs) if rows else np.empty(0, dtype=int),
        np.array(parameters, dtype=np.float32).reshape(len(rows), trainer.model.parameters.size),
        np.array(scores).reshape(len(rows), 4),
        trainer.state(),
        stop,
    )


def _last_updates(
    trainer: Trainer, evaluation: Evaluation, room: int
) -> Generator[None, None, tuple[list[Row], Stop | None]]:
    """Up to `room` frames of the last updates of an epoch that diverged, so that its steps are seen to grow; and the stop.

    Left out are updates after which the numbers are too large to be drawn.
    """
    stop, rows, n_updates = trainer.stopped, [], trainer.updates_per_epoch
    if stop is None or stop.rule != "divergence" or not trainer.diverged:
        return [], stop
    for update in trainer.repeat_epoch():
        _, parameters, scores = yield from _frame(trainer, evaluation)
        if not (_is_finite(parameters, scores) and scores[0] <= DRAWABLE and np.abs(parameters).max() <= LARGEST_WEIGHT):
            break
        rows.append((trainer.total_epochs + update / n_updates, parameters, scores))
    first, rows = max(0, len(rows) - room), rows[max(0, len(rows) - room):]
    if not rows:
        return [], stop
    which = f"update {first + 1}" if len(rows) == 1 else f"updates {first + 1} to {first + len(rows)}"
    shown = "The last snapshot shows" if len(rows) == 1 else f"The last {len(rows)} snapshots show"
    text = f"{stop.text} {shown} {which} of epoch {epoch_number(trainer.total_epochs + 1)}, one snapshot per update."
    return rows, replace(stop, text=text)


def _is_finite(parameters: Array, scores: Array) -> bool:
    """Whether a frame can be recorded: in float32, as it is kept and sent, every number but a missing score is finite."""
    too_large = np.abs(scores) > np.finfo(np.float32).max
    return bool(np.isfinite(parameters).all() and np.isfinite(scores[0]) and not too_large.any())


def _frame(trainer: Trainer, evaluation: Evaluation) -> Generator[None, None, Row]:
    """The frame of the trainer as it stands, computed in pieces."""
    with np.errstate(over="ignore"):
        parameters = trainer.model.parameters.astype(np.float32)
    scores = None
    for scores in evaluation.in_pieces():
        if scores is None:
            yield
    return trainer.total_epochs, parameters, scores
