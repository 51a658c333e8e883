"""One update with every number kept."""

from dataclasses import dataclass

import numpy as np

from nncore.handed_out import handed_out

Array = np.ndarray


@handed_out
@dataclass(frozen=True)
class Update:
    """Update `number` of the `n_updates` of `epoch` (both counted from 1), on the training samples at `rows` (B,).

    `X` (B, D) and `y` (B,) are that batch. It was made by the optimizer called `optimizer` in OPTIMIZERS, with its
    `settings` by name, at `learning_rate`, which is after the schedule. `gradient`, `before` and `after` are (P,), the
    latter two the parameters; `memory_before` and `memory_after` are the optimizer's state by name.
    """

    epoch: float  # of a branch that left in the middle of an epoch, where training diverged, no whole number
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
