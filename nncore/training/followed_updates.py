"""Updates that are followed one by one: the numbers of one of an epoch, or all of it once more."""

from collections import deque
from collections.abc import Callable, Iterator
from itertools import repeat
from typing import Protocol

import numpy as np

from nncore.models.protocol import Model
from nncore.training.optimizer_kind import Optimizer, memory_of, remember
from nncore.training.update_rules import make_updates

Array = np.ndarray


class Batches(Protocol):
    """A model bound to its training set, cut into batches."""

    n_updates: int

    def start_epoch(self, order: Array | None) -> None:
        """Takes the order (N,) of this epoch's samples; None keeps it."""
        ...

    def gradient(self, update: int) -> Array:
        """The objective's gradient on batch `update`, from 0."""
        ...


class FollowedUpdates:
    """Changes the parameters of `model` in place by `optimizer`, an update for each of the `batches`."""

    def __init__(self, model: Model, optimizer: Optimizer, batches: Batches):
        self._model, self._optimizer, self._batches = model, optimizer, batches
        self._kept_memory: dict[str, Array] = {}  # what the optimizer remembered when the epoch began

    def start_epoch(self) -> None:
        """Keeps what the optimizer remembers as an epoch begins."""
        self._kept_memory = memory_of(self._optimizer)

    def look(self, number: int, rate: float) -> tuple[Array, Array, dict[str, Array]]:
        """Makes the updates up to `number` (from 1), whatever comes of them.

        Returns the last one's gradient, and the parameters and the optimizer's memory before it, all of them copies.
        """
        gradients = []

        def kept_gradient(update: int) -> Array:
            gradients.append(self._batches.gradient(update).copy())
            return gradients[0].copy()

        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            self._make(0, number - 1, rate, self._batches.gradient)
            before, memory = self._model.parameters.copy(), memory_of(self._optimizer)
            self._make(number - 1, number, rate, kept_gradient)
        return gradients[0], before, memory

    def repeat(self, parameters: Array, rate: float) -> Iterator[int]:
        """Makes all updates of the epoch once more from the `parameters` it began at, yielding the number of each, from 1.

        Afterwards the optimizer remembers what it did before, and the parameters are those of the beginning.
        """
        memory = memory_of(self._optimizer)
        remember(self._optimizer, self._kept_memory)
        self._model.parameters[...] = parameters
        rates = repeat(np.array(rate), self._batches.n_updates)
        steps = make_updates(self._optimizer, self._model.parameters, self._batches.gradient, rates)
        try:
            for number in range(1, self._batches.n_updates + 1):
                with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                    next(steps)
                yield number
        finally:
            self._model.parameters[...] = parameters
            remember(self._optimizer, memory)

    def _make(self, begin: int, end: int, rate: float, gradient: Callable[[int], Array]) -> None:
        rates = repeat(np.array(rate), end - begin)
        deque(make_updates(self._optimizer, self._model.parameters, gradient, rates, begin), maxlen=0)
