"""Everything that decides how training goes on, in one frozen value."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from nncore.handed_out import handed_out

Array = np.ndarray


@handed_out
@dataclass(frozen=True)
class TrainerState:
    """Everything that decides how training goes on, as copies that nobody else holds."""

    parameters: Array
    optimizer: dict[str, Array]
    generator: dict[str, Any]
    rule: dict[str, float]
    epoch: int
    updates: int
    diverged: bool | Array = False
    epochs_before: float = 0
