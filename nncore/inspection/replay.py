"""Replay: any update of the epoch that comes next after a recorded frame, exactly as training made it.

A frame keeps parameters, rounded, and nothing of the samples that were drawn or of what the optimizer remembers. All
that follows from the last state of the trainer that was recorded before the frame: training is done again from there.
"""

from dataclasses import dataclass

import numpy as np

from nncore.data.batching import batch_slices, epoch_order
from nncore.experiments.chunk_store import ChunkStore
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.history import CHUNK_FRAMES
from nncore.experiments.run import Run, build_trainer
from nncore.inspection.optimizer_steps import Step, take_step
from nncore.models.dense import Network
from nncore.training.optimizers import OPTIMIZERS, SCHEDULES, Optimizer
from nncore.training.trainer import TrainerState

Array = np.ndarray

CHECKPOINT_FRAMES = 5


@dataclass(frozen=True)
class Update:
    """Update `number` of the `n_updates` of `epoch` (both counted from 1), on the training samples at `rows` (B,).

    `experiment` holds the settings in force for it, `network` the parameters just before it, `X` (B, D) and `y` (B,) the
    batch, `learning_rate` is after the schedule, `step` what the optimizer made of the gradient.
    """

    experiment: Experiment
    network: Network
    epoch: int
    number: int
    n_updates: int
    rows: Array
    X: Array
    y: Array
    learning_rate: float
    step: Step


def segment_after(run: Run, frame: int) -> int:
    """The number of the segment that trains on from `frame`: at a branch's own frame, that of what changed there."""
    return sum(branch.frame <= frame for branch in run.branches)


def state_at(
    store: ChunkStore, run: Run, frame: int, earlier: tuple[int, TrainerState] | None = None
) -> TrainerState:
    """The trainer's state at the recorded `frame` of `run`, from which its next epoch begins.

    `earlier` is a frame of the same segment with its state, if one is known that lies nearer than the recorded ones.
    """
    number = segment_after(run, frame)
    segment, epochs = run.segments[number], store.scores(run, frame)[0]
    trainer = build_trainer(segment)
    # The frame was reached, whatever rule fired there or later: none may fire on the way to it.
    trainer.rule = trainer.stopped = None
    chunks = (frame - segment.start) // CHUNK_FRAMES
    if earlier is not None and earlier[0] >= segment.start + chunks * CHUNK_FRAMES:
        trainer.restore(earlier[1])
    elif chunks:
        trainer.restore(store.segment_chunk(run.prefix(number), chunks - 1).state)
    elif segment.start:
        trainer.model.parameters[...] = store.frame(run, segment.start)
    trainer.advance(epochs=int(epochs[frame] - epochs[segment.start]) - trainer.epoch)
    return trainer.state()


def checkpoint_before(run: Run, frame: int) -> int | None:
    """The frame whose state is worth keeping on the way to `frame`; None where a recorded state is as near."""
    past = frame - run.segments[segment_after(run, frame)].start
    inside = past % CHUNK_FRAMES
    return None if inside <= CHECKPOINT_FRAMES else frame - ((inside - 1) % CHECKPOINT_FRAMES + 1)


def update_after(run: Run, frame: int, state: TrainerState, number: int = 1) -> Update:
    """Update `number` of the epoch that follows `frame`; `state` is that of `state_at`.

    At the end of training it is the update that would come next. Raises ValueError for one that the epoch has not.
    """
    segment = run.segments[segment_after(run, frame)]
    e, split = segment.experiment, build_split(segment.experiment)
    slices = batch_slices(len(split.X_train), e.batch_size)
    if not 1 <= number <= len(slices):
        raise ValueError(f"number must be from 1 to {len(slices)}, got {number}")
    # A limit of 0 epochs is that of a branch which never trained.
    rate = e.learning_rate * float(SCHEDULES[e.schedule](state.epoch, max(1, segment.epoch_limit)))
    network = build_network(e)
    network.parameters = state.parameters
    step = _last_step(e, network, state, number, rate)
    network.parameters = step.before
    order = _order(state, len(split.X_train), e.batch_size)
    rows = (np.arange(len(split.X_train)) if order is None else order)[slices[number - 1]]
    epoch = segment.epochs_before + state.epoch + 1
    return Update(e, network, epoch, number, len(slices), rows, split.X_train[rows], split.y_train[rows], rate, step)


def _order(state: TrainerState, n_samples: int, batch_size: int | None) -> Array | None:
    """The order (N,) of the samples in the epoch that begins at `state`; None for full batch."""
    generator = np.random.default_rng()
    generator.bit_generator.state = state.generator
    return epoch_order(generator, n_samples, batch_size)


def _optimizer(experiment: Experiment, state: TrainerState) -> Optimizer:
    """The experiment's optimizer with the memory that it has at `state`."""
    optimizer = OPTIMIZERS[experiment.optimizer]()
    optimizer.start(state.parameters)
    for name, array in state.optimizer.items():
        optimizer.state[name][...] = array
    return optimizer


def _last_step(experiment: Experiment, network: Network, state: TrainerState, number: int, rate: float) -> Step:
    """Makes the first `number` updates of the epoch that begins at `state`, as training does; the last of them."""
    split, optimizer = build_split(experiment), _optimizer(experiment, state)
    batches = network.bind(split.X_train, split.y_train, experiment.batch_size)
    batches.start_epoch(_order(state, len(split.X_train), experiment.batch_size))
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for update in range(number - 1):
            optimizer.step(network.parameters, batches.gradient(update), np.array(rate))
        return take_step(experiment.optimizer, optimizer, network.parameters, batches.gradient(number - 1), rate)
