"""Costs: what a training of dense networks takes, in seconds and bytes, told before it begins.

Both follow from the shape of the work alone. The numbers were fitted to the processor time of single epochs, from one neuron
to twenty layers, from batches of one to 2,000 samples, from one run to 256, with every activation and optimizer. On an idle
machine they are meant to be right within a factor of two (`python -m tests.benchmarks.promises` compares).
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nncore.arguments import checked, kind_of, whole
from nncore.experiments.experiment import Experiment, build_split
from nncore.experiments.run import Run, Segment
from nncore.models.activations import ACTIVATIONS
from nncore.models.architecture import count_parameters
from nncore.training.optimizers import OPTIMIZERS

# Seconds: of an epoch beside its updates; of each update, of each layer in it, of each layer of each run in a stack, and of
# each array that the optimizer keeps;
EPOCH, UPDATE, LAYER, RUN_LAYER, SLOT = 4.4e-5, 1.45e-5, 3.5e-6, 2.4e-7, 1.05e-5
# for each sample of a batch: of each input, each number of a layer's output beside its activation, and each weight;
INPUT, UNIT, PRODUCT = 2.0e-9, 1.0e-8, 6.0e-11
# and for each weight, in the step, for each array that the optimizer keeps, and for a penalty.
STEP, SLOT_STEP, PENALTY = 3.3e-9, 4.1e-9, 0.9e-9
# Calls of an activation between others take longer than in a row, and its numbers, just computed, are nearer at hand.
CALL_SHARE, NUMBER_SHARE = 1.75, 0.8
# Judging: of a pass, of each layer in it, of each input, each number of a layer's output, and each final output besides.
PASS, PASS_LAYER, JUDGED_INPUT, JUDGED_UNIT, JUDGED_OUTPUT = 1.6e-4, 2.3e-5, 1.0e-9, 5.0e-9, 3.0e-8


@dataclass(frozen=True)
class TrainingCost:
    """The cost of training `runs` networks (None: a single one) of `sizes` at once, on `n_train` samples in batches."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    optimizer: str
    batch_size: int | None
    n_train: int
    runs: int | None = None
    has_penalty: bool = False

    @property
    def batch(self) -> int:
        """Samples of a whole batch."""
        return min(self.batch_size or self.n_train, self.n_train)

    @property
    def n_parameters(self) -> int:
        """Weights and biases of one network."""
        return count_parameters(self.sizes)

    @cached_property
    def slots(self) -> int:
        """How many arrays like the parameters the optimizer keeps."""
        optimizer = OPTIMIZERS[self.optimizer]()
        optimizer.start(np.zeros(2))
        return sum(array.shape == (2,) for array in optimizer.state.values())

    @property
    def _layers(self) -> int:
        return len(self.sizes) - 1

    @property
    def update_seconds(self) -> float:
        """Time of one update, in seconds."""
        runs = self.runs or 1
        stacked = 0.0 if self.runs is None else RUN_LAYER * runs * self._layers
        calls = UPDATE + LAYER * self._layers + self._activation_calls + stacked + SLOT * self.slots
        step = STEP + SLOT_STEP * self.slots + (PENALTY if self.has_penalty else 0.0)
        samples = self.mean_batch * (self._unit_seconds + PRODUCT * self.n_parameters)
        return calls + runs * (samples + step * self.n_parameters)

    @property
    def mean_batch(self) -> float:
        """Samples of a batch, on average: the last one of an epoch may be short."""
        return self.n_train / self.updates_per_epoch

    @property
    def updates_per_epoch(self) -> int:
        """Updates of one epoch."""
        return -(-self.n_train // self.batch)

    def seconds(self, updates: float, judged: tuple[int, int] = (0, 0)) -> float:
        """Time of `updates` updates with their epochs, in seconds, where the loss on (times, samples) is taken besides."""
        times, samples = judged
        return updates * (self.update_seconds + EPOCH / self.updates_per_epoch) + times * self.judging_seconds(samples)

    def judging_seconds(self, samples: int) -> float:
        """Time in which the losses of all runs on so many samples are computed, in seconds: the forward pass alone."""
        values = sum(kind.value_cost[1] * size for kind, size in self._activations_and_sizes)
        ends = JUDGED_INPUT * self.sizes[0] + JUDGED_OUTPUT * self.sizes[-1]
        one = values + ends + JUDGED_UNIT * sum(self.sizes[1:]) + PRODUCT / 3 * self.n_parameters
        return PASS + PASS_LAYER * self._layers + (self.runs or 1) * (self._layers * RUN_LAYER + samples * one)

    @property
    def _activations_and_sizes(self) -> list:
        return list(zip([ACTIVATIONS[name] for name in self.activations], self.sizes[1:], strict=False))

    @property
    def _activation_calls(self) -> float:
        """The part of an update that calls of activations take, whatever the batch."""
        kinds = [ACTIVATIONS[name] for name in self.activations]
        # Where all layers share one, their derivatives are computed in one call.
        slopes = kinds[:1] if len(set(self.activations)) == 1 else kinds
        return CALL_SHARE * (sum(kind.value_cost[0] for kind in kinds) + sum(kind.derivative_cost[0] for kind in slopes))

    @property
    def _unit_seconds(self) -> float:
        """The part of an update that each sample takes beside the products."""
        numbers = sum((kind.value_cost[1] + kind.derivative_cost[1]) * size for kind, size in self._activations_and_sizes)
        return NUMBER_SHARE * numbers + INPUT * self.sizes[0] + UNIT * sum(self.sizes[1:])

    @property
    def n_bytes(self) -> int:
        """Memory that the trainer takes at its height, in bytes, with a copy of the parameters for whoever looks at them."""
        needs_z = any(ACTIVATIONS[name].needs_z for name in self.activations)
        # Activations, slopes and deltas; where z is needed, z too and what its derivative is computed from.
        arrays = 6 if needs_z else 3
        rows = self.batch + self.n_train % self.batch  # a short last batch has buffers of its own
        buffers = rows * (arrays * sum(size + 1 for size in self.sizes[1:-1]) + 4 * self.sizes[-1])
        # Parameters, gradient, penalty, those of the epoch's start, and a copy; the optimizer's own twice, and its step.
        vectors = (5 + 2 * self.slots + min(self.slots, 1)) * self.n_parameters
        return 8 * (self.runs or 1) * (buffers + vectors) + self.data_bytes

    @property
    def data_bytes(self) -> int:
        """Memory of a trainer's copies of the training set, in bytes."""
        return 8 * 3 * self.n_train * (self.sizes[0] + 1 + self.sizes[-1])

    def of_runs(self, runs: int) -> "TrainingCost":
        """The cost of training another number of runs."""
        return replace(self, runs=runs)


def cost_of(experiment: Experiment, batch_size: int | None, runs: int | None = None) -> TrainingCost:
    """The cost of training `runs` networks (None: a single one) of the experiment in such batches."""
    e = experiment
    activations = e.activation if len(e.activation) == len(e.hidden) else e.activation[:1] * len(e.hidden)
    n_train = len(build_split(e).train)
    return TrainingCost(e.sizes, activations, e.optimizer, batch_size, n_train, runs, bool(e.l1 or e.l2))


@checked(frame=whole(0))
def recording_seconds(run: Run, frame: int) -> float:
    """Time in which `run` is recorded from its first weights up to `frame`, in seconds."""
    total = 0.0
    for segment, following in zip(run.segments, [*run.segments[1:], None], strict=True):
        end = frame if following is None else min(frame, following.start)
        if segment.start <= end:
            total += segment_seconds(segment, end - segment.start)
    return total


@checked(segment=kind_of(Segment), frames=whole(0))
def segment_seconds(segment: Segment, frames: int) -> float:
    """Time in which the first `frames` frames of a run's `segment` are recorded from its start, in seconds."""
    e, split = segment.experiment, build_split(segment.experiment)
    epochs = min(segment.schedule.epoch_of(frames), segment.epoch_limit)
    # Of every frame both the loss and the answers are computed, on two sets.
    judged = 2 * frames, len(split.train) + len(split.validation)
    return cost_of(e, e.batch_size).seconds(epochs * e.updates_per_epoch, judged)
