"""Trained together: many networks of one shape at once, each by its own rate and penalty and, where wanted, on its own rows.

Folds, repetitions and the cells of a search differ in numbers, not in shapes. One stack of networks then trains them all in
a small part of the time: the parameters have a leading axis of runs, and so have rates, penalties and, if need be, the data.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nncore.data.batching import batch_slices
from nncore.experiments.costs import TrainingCost
from nncore.experiments.recording.recording import updates_per_slice
from nncore.models.dense import Network
from nncore.models.passes import Workspace
from nncore.training.optimizers import OPTIMIZERS
from nncore.training.update_rules import scheduled_rate

Array = np.ndarray

# An update here takes longer than one of a bound network: the penalties and the views of the batches are made anew.
DEARER = 2.0


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
        self._inputs = np.concatenate([X, np.ones((*X.shape[:-1], 1))], axis=-1)
        y = np.asarray(y)
        self._targets = network.targets(y) if X.ndim == 2 else np.stack([network.targets(each) for each in y])
        self._rates, self._l1, self._l2 = (np.reshape(each, (-1, 1)) for each in (rates, *penalties))
        self._gradient = np.empty_like(network.parameters)

    def train(self) -> Iterator[None]:
        """Trains all runs to the end, yielding about every 10 ms."""
        recipe, network, n_rows = self.recipe, self.network, self._inputs.shape[-2]
        optimizer, rng, updates = OPTIMIZERS[recipe.optimizer](), np.random.default_rng(recipe.batch_seed), 0
        optimizer.start(network.parameters)
        parts = batch_slices(n_rows, recipe.batch_size)
        sizes = {part.stop - part.start for part in parts}
        spaces = {size: Workspace(network.architecture, network.matrices(), size) for size in sizes}
        shape = network.sizes, network.activations, recipe.optimizer, recipe.batch_size, n_rows, network.runs, True
        yield  # what was prepared until here is a piece of work by itself
        every = updates_per_slice(DEARER * TrainingCost(*shape).update_seconds)
        for epoch in range(recipe.epochs):
            inputs, targets = self._inputs, self._targets
            if recipe.batch_size is not None:
                order = rng.permutation(n_rows)
                inputs, targets = inputs[..., order, :], targets[..., order, :]
            rates = self._rates * scheduled_rate(1.0, recipe.schedule, epoch, recipe.epochs)
            for part in parts:
                with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                    space = spaces[part.stop - part.start]
                    optimizer.step(network.parameters, self._slope(space, inputs[..., part, :].mT, targets[..., part, :].mT),
                                   rates)  # fmt: skip
                updates += 1
                if updates % every == 0:
                    yield

    def _slope(self, space: Workspace, inputs: Array, targets: Array) -> Array:
        """The gradient (R, P) of each run's own objective on one batch."""
        space.forward(inputs)
        space.backward(inputs, targets, self.network.matrices(self._gradient))
        weights = self.network.parameters * self.network.weight_mask
        self._gradient += self._l2 * weights + self._l1 * np.sign(weights)
        return self._gradient


def answers(network: Network, X: Array) -> Array:
    """The outputs (R, N, K) of a stack of R runs, each on its own rows of X (R, N, D)."""
    inputs = np.concatenate([X, np.ones((*X.shape[:-1], 1))], axis=-1)
    space = Workspace(network.architecture, network.matrices(), X.shape[1])
    with np.errstate(over="ignore", invalid="ignore"):
        space.forward(inputs.mT)
    return space.a[-1].mT
