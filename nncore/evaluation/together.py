"""Trained together: many networks of one shape at once, each by its own rate and penalty and, where wanted, on its own rows.

Folds, repetitions and the cells of a search differ in numbers, not in shapes. One stack of networks then trains them all in
a small part of the time: the parameters have a leading axis of runs, and so have rates, penalties and, if need be, the data.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, repeat

import numpy as np

from nncore.data.batching import batch_slices, draw_order
from nncore.experiments.costs import TrainingCost, cost_of
from nncore.experiments.experiment import Experiment, build_network
from nncore.experiments.recording.recording import updates_per_slice
from nncore.experiments.stacks import WORK_BYTES
from nncore.models.dense import Network
from nncore.models.passes import Workspace, with_bias_input
from nncore.training.optimizer_kind import Optimizer
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.update_rules import make_updates, scheduled_rate

Array = np.ndarray

# An update here takes longer than one of a bound network: the penalties and the views of the batches are made anew.
DEARER = 2.0


def together_bytes(experiment: Experiment, runs: int, n_judged: int) -> int:
    """Memory at the height of training `runs` networks of the experiment and asking them on `n_judged` rows, in bytes.

    Other rows than the experiment's own come to it.
    """
    cost = cost_of(experiment, experiment.batch_size, runs)
    asked = runs * n_judged * build_network(experiment).architecture.bytes_per_sample
    return max(cost.n_bytes, cost.data_bytes + min(WORK_BYTES, asked))


@dataclass(frozen=True)
class Recipe:
    """How a stack is trained: what all of its runs share."""

    epochs: int
    optimizer: str = "adam"
    batch_size: int | None = None
    batch_seed: int = 0
    schedule: str = "constant"


class Together:
    """The networks of a stack, R runs, with their data and what each has of its own.

    `X` is (N, D), the same for all runs, or (R, N, D); `y` (N,) or (R, N). `rates`, `l1` and `l2` are numbers or (R,). The
    networks' own penalties are not used. After `train`, their parameters are the trained ones; those of a run that diverged
    are nan.
    """

    def __init__(
        self, network: Network, X: Array, y: Array, recipe: Recipe, rates: float | Array,
        penalties: tuple[float | Array, float | Array] = (0.0, 0.0),
    ):  # fmt: skip
        self.network, self.recipe = network, recipe
        self._inputs = with_bias_input(X)
        y = np.asarray(y)
        self._targets = network.targets(y) if X.ndim == 2 else np.stack([network.targets(each) for each in y])
        self._rates, self._l1, self._l2 = (np.reshape(each, (-1, 1)) for each in (rates, *penalties))
        self._gradient = np.empty_like(network.parameters)
        self._parts = batch_slices(self._inputs.shape[-2], recipe.batch_size)
        self._workspaces: dict[int, Workspace] = {}  # by the samples of a batch

    def train(self) -> Iterator[None]:
        """Trains all runs to the end, yielding about every 10 ms."""
        recipe, network, n_rows = self.recipe, self.network, self._inputs.shape[-2]
        optimizer = OPTIMIZERS[recipe.optimizer]()
        optimizer.start(network.parameters)
        for size in {part.stop - part.start for part in self._parts}:
            self._workspaces[size] = Workspace(network.architecture, network.matrices(), size)
        yield  # what was prepared until here is a piece of work by itself
        shape = network.sizes, network.activations, recipe.optimizer, recipe.batch_size, n_rows, network.runs, True
        every = updates_per_slice(DEARER * TrainingCost(*shape).update_seconds)
        updates = self._updates(optimizer)
        for _ in range(recipe.epochs * len(self._parts) // every):
            self._make(updates, every)
            yield
        self._make(updates, every)  # what is left

    def _make(self, updates: Iterator[int], count: int) -> None:
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            deque(islice(updates, count), maxlen=0)

    def _updates(self, optimizer: Optimizer) -> Iterator[int]:
        """All updates of all epochs, each of which is made when it is asked for."""
        recipe, rng = self.recipe, np.random.default_rng(self.recipe.batch_seed)
        for epoch in range(recipe.epochs):
            order = draw_order(rng, self._inputs.shape[-2], recipe.batch_size)
            parts = self._inputs, self._targets
            self._examples = parts if order is None else tuple(part[..., order, :] for part in parts)
            rates = repeat(self._rates * scheduled_rate(1.0, recipe.schedule, epoch, recipe.epochs), len(self._parts))
            yield from make_updates(optimizer, self.network.parameters, self._gradient_on, rates)

    def _gradient_on(self, update: int) -> Array:
        """The gradient (R, P) of each run's own objective on batch `update` of the epoch."""
        part, (inputs, targets) = self._parts[update], self._examples
        workspace, inputs = self._workspaces[part.stop - part.start], inputs[..., part, :].mT
        workspace.forward(inputs)
        workspace.backward(inputs, targets[..., part, :].mT, self.network.matrices(self._gradient))
        weights = self.network.parameters * self.network.weight_mask
        self._gradient += self._l2 * weights + self._l1 * np.sign(weights)
        return self._gradient


def answers(network: Network, X: Array) -> Array:
    """The outputs (R, N, K) of a stack of R runs, each on its own rows of X (R, N, D)."""
    inputs = with_bias_input(X)
    space = Workspace(network.architecture, network.matrices(), X.shape[1])
    with np.errstate(over="ignore", invalid="ignore"):
        space.forward(inputs.mT)
    return space.a[-1].mT
