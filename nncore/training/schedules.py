"""Schedules: how the learning rate changes while training goes on.

A schedule is a pure function of the epoch, a factor on the learning rate. Everything that is true of one stands in its
entry of `SCHEDULES`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """One schedule: `factor(epoch, limit)` in epoch e (0-based) of a segment of at most `limit` epochs, at least 1.

    `label` is its name for people, `formula` the factor in LaTeX, with e for the epoch and E for the limit. `numpy_code` is
    the factor in exported code, an expression in `epoch` and `limit`.
    """

    name: str
    label: str
    formula: str
    factor: Callable[[int, int], float]
    numpy_code: str = ""
    is_constant: bool = False

    def __call__(self, epoch: int, limit: int) -> float:
        """The factor on the learning rate."""
        return self.factor(epoch, limit)

    def rate(self, learning_rate: float, epoch: int, limit: int) -> float:
        """The learning rate in force in `epoch`: of every epoch, so nothing is checked here."""
        # A limit of 0 epochs is that of a segment which never trains.
        return learning_rate * float(self.factor(epoch, max(1, limit)))


_entries = (
    Schedule(name="constant", label="constant", formula="1", factor=lambda epoch, limit: 1.0, numpy_code="1.0",
             is_constant=True),
    Schedule(
        name="step", label="halve every 100 epochs", formula=r"0.5^{\lfloor e / 100 \rfloor}",
        factor=lambda epoch, limit: 0.5 ** (epoch // 100),
        numpy_code="0.5 ** (epoch // 100)",
    ),
    Schedule(
        name="exponential", label="exponential, 0.995ᵉ", formula="0.995^e", factor=lambda epoch, limit: 0.995**epoch,
        numpy_code="0.995**epoch",
    ),
    Schedule(
        name="inverse_time", label="1 / (1 + 0.01 e)", formula=r"\frac{1}{1 + 0.01 e}",
        factor=lambda epoch, limit: 1.0 / (1.0 + 0.01 * epoch),
        numpy_code="1.0 / (1.0 + 0.01 * epoch)",
    ),
    Schedule(
        name="cosine", label="cosine", formula=r"\frac{1 + \cos(\pi e / E)}{2}",
        factor=lambda epoch, limit: 0.5 * (1.0 + np.cos(np.pi * min(epoch, limit) / limit)),
        numpy_code="0.5 * (1.0 + np.cos(np.pi * min(epoch, limit) / limit))",
    ),
)  # fmt: skip

SCHEDULES: dict[str, Schedule] = {entry.name: entry for entry in _entries}
