"""A Run as a recorded training: the frames of its last segment, 40 at a time, or fewer where an epoch takes long.

A Run may be long, and others branch off it: so each chunk of its frames ends with the trainer's state, to go on from.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from nncore.arguments import checked, kind_of
from nncore.cache import cached
from nncore.experiments.costs import cost_of
from nncore.experiments.experiment import Experiment, build_network, build_rule, build_split
from nncore.experiments.recording.chunk_recording import record_chunk
from nncore.experiments.recording.frames import (
    CHUNK_FRAMES,
    Chunk,
    EndingSchedule,
    chunk_size,
)  # fmt: skip
from nncore.experiments.run import Run, Segment
from nncore.training.stability import divergence_bound, divergence_words, stable_product
from nncore.training.trainer import Trainer

Array = np.ndarray


@dataclass(frozen=True)
class Chunks:
    """What is recorded of a segment: its chunks from the first one on."""

    chunks: tuple[Chunk, ...]

    @property
    def last(self) -> int:
        """The last frame, counted from the segment's start."""
        return self.chunks[-1].first + len(self.chunks[-1].epochs) - 1

    @property
    def n_bytes(self) -> int:
        """Size in memory, in bytes, near enough to keep count."""
        return sum(chunk.n_bytes for chunk in self.chunks)


@dataclass(frozen=True)
class RunTraining:
    """The last segment of `run` as a recorded training.

    `start` are the parameters (P,) and the epoch of the frame from which a branch leaves, where they are at hand;
    otherwise the run before the branch is trained first.
    """

    run: Run
    start: tuple[Array, float] | None = field(default=None, compare=False, repr=False)

    @property
    def segment(self) -> Segment:
        """The stretch of constant settings that is trained."""
        return self.run.segments[-1]

    @property
    def chunk_frames(self) -> int:
        """Frames of one chunk: 40, or a part of them that takes about two seconds at most."""
        return chunk_size(cached(_epoch_seconds, self.segment.experiment, n_bytes=100))

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording, if no rule ends the training before."""
        return max(2, self.segment.last_frame - self.segment.start + 1)

    @property
    def n_bytes(self) -> int:
        """Memory of the recording and of its training, in bytes."""
        e = self.segment.experiment
        return 4 * e.n_parameters * self.n_frames + cost_of(e, e.batch_size).n_bytes

    def record(self) -> Iterator[Chunks | None]:
        """The recording so far, after every chunk, and None about every 10 ms between."""
        if not self.run.branches:
            trainer = build_trainer(self.segment)
        else:
            parameters, epochs = self.start or (yield from self._train_to_the_branch())
            # A last frame may lie nearer than the schedule says, where a stop rule fired or an epoch diverged.
            trainer = build_trainer(self.segment.after(epochs))
            trainer.model.parameters[...] = parameters
            if self.run.branches[-1].parameters:
                trainer.model.parameters[...] = np.frombuffer(self.run.branches[-1].parameters, np.float32)
            for edit in self.run.branches[-1].edits:
                edit.apply(trainer.model)
            # Training goes on from what its first frame shows, which is rounded.
            trainer.model.parameters[...] = trainer.model.parameters.astype(np.float32)
        yield from self._record(trainer, ())

    def go_on(self, recording: Chunks) -> Iterator[Chunks | None]:
        """The recording with more and more chunks after those of `recording`."""
        last = recording.chunks[-1]
        if last.stop is None:
            trainer = build_trainer(self.segment.after(last.state.epochs_before))
            trainer.restore(last.state)
            yield from self._record(trainer, recording.chunks)

    def _record(self, trainer: Trainer, chunks: tuple[Chunk, ...]) -> Iterator[Chunks | None]:
        segment, split, schedule = self.segment, build_split(self.segment.experiment), self.segment.schedule
        if trainer.epoch_limit != segment.epoch_limit:  # the frames are those that the Run foresees
            schedule = EndingSchedule(schedule.cap, max(1, segment.last_frame - segment.start), trainer.epoch_limit)
        while not chunks or chunks[-1].stop is None:
            size, first = self.chunk_frames, len(chunks) * self.chunk_frames + 1
            frames = range(first, first + size)
            chunk = yield from record_chunk(trainer, split, schedule, frames, segment.seconds_per_update)
            chunks = (*chunks[:-1], *map(_without_state, chunks[-1:]), chunk)
            yield Chunks(chunks)

    def _train_to_the_branch(self) -> Iterator[None]:
        """Trains the run before the last branch; the generator's return value is the `start`."""
        number = len(self.run.branches) - 1
        before = RunTraining(self.run.prefix(number))
        frame = self.run.branches[-1].frame - before.segment.start
        for made in before.record():
            if made is not None and made.last >= frame:
                break
            yield None
        epochs = np.concatenate([chunk.epochs for chunk in made.chunks])[: frame + 1]
        return np.concatenate([chunk.parameters for chunk in made.chunks])[len(epochs) - 1], float(epochs[-1])


def _epoch_seconds(e: Experiment) -> float:
    return cost_of(e, e.batch_size).seconds(e.updates_per_epoch)


def _without_state(chunk: Chunk) -> Chunk:
    """The chunk as it is kept once the next one is there: its state is needed where a whole chunk would end, to replay."""
    last = chunk.first + len(chunk.epochs) - 1
    return chunk if last % CHUNK_FRAMES == 0 else replace(chunk, state=None)


@checked(segment=kind_of(Segment))
def build_trainer(segment: Segment) -> Trainer:
    """A Trainer at the first weights of the segment's experiment, under its settings."""
    e, split, network = segment.experiment, build_split(segment.experiment), build_network(segment.experiment)
    trainer = Trainer(
        network, split.X_train, split.y_train, e.optimizer, e.learning_rate, e.batch_size, e.batch_seed, e.schedule,
        epoch_limit=segment.epoch_limit, rule=build_rule(e),
    )
    trainer.epochs_before = segment.epochs_before
    if np.isfinite(stable_product(trainer.optimizer)):  # the others may take a huge step, but come back from it
        trainer.bound = divergence_bound(network, split.X_train, split.y_train)
    trainer.ending.explain_divergence = partial(divergence_words, network, split.X_train, trainer.optimizer)
    if segment.is_full:
        frames = segment.start + segment.max_frames + 1
        trainer.ending.limit_text = f"The recording is full ({frames:,} snapshots), at epoch {{epoch:,}}."
    else:
        trainer.ending.limit_text = f"The epoch limit of {e.epoch_limit:,} is reached."
    trainer.stopped = trainer.ending.at_limit(0, segment.epochs_before)  # where no epoch is left
    return trainer
