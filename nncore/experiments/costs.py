"""Costs: what a training of dense networks takes, in seconds and bytes, told before it begins.

Both follow from the shape of the work alone. The numbers were fitted to measurements of single updates, from one neuron to
twenty layers, from batches of one to 2,000 samples, and from one run to 256. On an idle machine they are meant to be right
within a factor of two.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncore.experiments.experiment import Experiment, build_split
from nncore.models.activations import ACTIVATIONS
from nncore.training.optimizers import OPTIMIZERS

# Seconds: for each layer of an update, for a stack of runs, and for each array that the optimizer keeps;
LAYER, STACKED, SLOT = 7.7e-6, 1.5e-5, 1.0e-5
# for each number of a layer's output, by the kind of activation: piecewise linear, one exponential, or one that needs z;
LINEAR_UNIT, UNIT, UNIT_WITH_Z = 1.5e-9, 1.5e-8, 2.5e-8
# and for each weight: with each sample of a batch, in the step, for each array that the optimizer keeps, for a penalty.
PRODUCT, STEP, SLOT_STEP, PENALTY = 2.2e-10, 2.8e-9, 4.8e-9, 0.7e-9


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
        return sum((n_in + 1) * n_out for n_in, n_out in zip(self.sizes, self.sizes[1:], strict=False))

    @cached_property
    def slots(self) -> int:
        """How many arrays like the parameters the optimizer keeps."""
        optimizer = OPTIMIZERS[self.optimizer]()
        optimizer.start(np.zeros(2))
        return sum(array.shape == (2,) for array in optimizer.state.values())

    @property
    def update_seconds(self) -> float:
        """Time of one update, in seconds."""
        calls = LAYER * (len(self.sizes) - 1) + (0.0 if self.runs is None else STACKED) + SLOT * self.slots
        step = STEP + SLOT_STEP * self.slots + (PENALTY if self.has_penalty else 0.0)
        samples = self.batch * (self._unit_seconds + PRODUCT * self.n_parameters)
        return calls + (self.runs or 1) * (samples + step * self.n_parameters)

    @property
    def loss_seconds(self) -> float:
        """Time in which the loss on one sample is measured, in seconds, for all runs: the forward pass alone."""
        return (self.runs or 1) * 0.5 * (self._unit_seconds + PRODUCT * self.n_parameters)

    @property
    def _unit_seconds(self) -> float:
        kinds = [ACTIVATIONS[name] for name in self.activations]
        costs = [LINEAR_UNIT if kind.is_homogeneous else UNIT_WITH_Z if kind.needs_z else UNIT for kind in kinds]
        return sum(cost * size for cost, size in zip([*costs, UNIT], self.sizes[1:], strict=True))

    @property
    def n_bytes(self) -> int:
        """Memory that the trainer takes at its height, in bytes, with a copy of the parameters for who looks at them."""
        needs_z = any(ACTIVATIONS[name].needs_z for name in self.activations)
        # Activations, slopes and deltas; where z is needed, z too and what its derivative is computed from.
        arrays = 6 if needs_z else 3
        rows = self.batch + self.n_train % self.batch  # a short last batch has buffers of its own
        buffers = rows * (arrays * sum(size + 1 for size in self.sizes[1:-1]) + 4 * self.sizes[-1])
        # Parameters, gradient, penalty, those of the epoch's start, and a copy; the optimizer's own twice, and its step.
        vectors = (5 + 2 * self.slots + min(self.slots, 1)) * self.n_parameters
        data = 3 * self.n_train * (self.sizes[0] + 1 + self.sizes[-1])
        return 8 * ((self.runs or 1) * (buffers + vectors) + data)


def cost_of(experiment: Experiment, batch_size: int | None, runs: int | None = None) -> TrainingCost:
    """The cost of training `runs` networks (None: a single one) of the experiment in such batches."""
    e = experiment
    activations = e.activation if len(e.activation) == len(e.hidden) else e.activation[:1] * len(e.hidden)
    n_train = len(build_split(e).train)
    return TrainingCost(e.sizes, activations, e.optimizer, batch_size, n_train, runs, bool(e.l1 or e.l2))
