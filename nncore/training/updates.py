"""Updates: the inner loop of all training, and one update with every number kept."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from nncore.training.optimizer_kind import Optimizer

Array = np.ndarray


def make_updates(
    optimizer: Optimizer, parameters: Array, gradient: Callable[[int], Array], rates: Iterable[float | Array], first: int = 0
) -> Iterator[int]:
    """Makes one update of `parameters` in place for each learning rate, and yields its number after it.

    `gradient(number)` gives the gradient at the parameters as they are then, in an array that may be used up.
    """
    step = optimizer.step
    for number, rate in enumerate(rates, first):
        step(parameters, gradient(number), rate)
        yield number


@dataclass(frozen=True)
class Update:
    """Update `number` of the `n_updates` of `epoch` (both counted from 1), on the training samples at `rows` (B,).

    `X` (B, D) and `y` (B,) are that batch. It was made by the optimizer called `optimizer` in OPTIMIZERS, with its
    `settings` by name, at `learning_rate`, which is after the schedule. `gradient`, `before` and `after` are (P,), the
    latter two the parameters; `memory_before` and `memory_after` are the optimizer's state by name.
    """

    epoch: int
    number: int
    n_updates: int
    rows: Array
    X: Array
    y: Array
    optimizer: str
    settings: dict[str, float]
    learning_rate: float
    gradient: Array
    before: Array
    after: Array
    memory_before: dict[str, Array]
    memory_after: dict[str, Array]
