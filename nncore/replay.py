"""Replay: the update that comes next after a recorded frame.

A frame keeps parameters, not the samples that were drawn. The samples follow from the trainer's random generator, which
draws one order an epoch: from the last state that was recorded before the frame, the same orders are drawn again.
"""

from dataclasses import dataclass

import numpy as np

from nncore.batching import batch_slices, epoch_order
from nncore.chunks import ChunkStore
from nncore.experiment import Experiment, build_network, build_split
from nncore.history import CHUNK_FRAMES
from nncore.network import Network
from nncore.optimizers import SCHEDULES
from nncore.run import Run, Segment
from nncore.stopping import Stop

Array = np.ndarray


@dataclass(frozen=True)
class NextUpdate:
    """The first update after a frame: of `epoch` (counted from 1), on the training samples at `rows` (B,).

    `experiment` holds the settings in force for it, `network` the frame's parameters, `X` (B, D) and `y` (B,) the batch,
    `learning_rate` is after the schedule. `stop` says why training ended at this frame, so that the update was never
    made; else it is None.
    """

    experiment: Experiment
    network: Network
    epoch: int
    rows: Array
    X: Array
    y: Array
    learning_rate: float
    stop: Stop | None


def next_update(store: ChunkStore, run: Run, frame: int) -> NextUpdate:
    """The update that follows the recorded `frame` of `run`; at a branch's own frame, under what changed there."""
    epochs, _, stop = store.scores(run, frame)
    number = sum(branch.frame <= frame for branch in run.branches)
    segment = run.segments[number]
    done = int(epochs[frame] - epochs[segment.start])
    e, split = segment.experiment, build_split(segment.experiment)
    order = _order(store, run.prefix(number), segment, frame, done)
    rows = np.arange(len(split.X_train)) if order is None else order
    rows = rows[batch_slices(len(rows), e.batch_size)[0]]
    network = build_network(e)
    network.parameters = np.asarray(store.frame(run, frame), dtype=float)
    rate = e.learning_rate * float(SCHEDULES[e.schedule](done, segment.epoch_limit))
    return NextUpdate(
        e, network, int(epochs[frame]) + 1, rows, split.X_train[rows], split.y_train[rows], rate, stop
    )


def _order(store: ChunkStore, run: Run, segment: Segment, frame: int, done: int) -> Array | None:
    """The order of the samples in the epoch after the segment's first `done` ones; None for full batch."""
    e, n_samples = segment.experiment, len(build_split(segment.experiment).X_train)
    generator = np.random.default_rng(e.batch_seed)
    if e.batch_size is None:
        return None
    number = (frame - segment.start - 1) // CHUNK_FRAMES
    if number > 0:
        state = store.segment_chunk(run, number - 1).state
        generator.bit_generator.state = state.generator
        done -= state.epoch
    for _ in range(done):
        generator.permutation(n_samples)
    return epoch_order(generator, n_samples, e.batch_size)
