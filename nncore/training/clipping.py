"""Clipping: a gradient that is longer than a limit is made as long as the limit, and keeps its direction.

Where a gradient explodes, one update would throw the parameters far away (Pascanu et al., 2013).
"""

from dataclasses import dataclass, field

import numpy as np

from nncore.arguments import checked, positive
from nncore.training.update_rules import Adam

Array = np.ndarray


@checked(limit=positive())
def clip_by_norm(gradient: Array, limit: float) -> None:
    """Shortens `gradient` (P,) in place to the norm `limit`, if it is longer; one that is not finite stays as it is."""
    norm = float(np.sqrt(np.vdot(gradient, gradient)))
    if np.isfinite(norm) and norm > limit:
        gradient *= limit / norm


@dataclass
class ClippedAdam(Adam):
    """Adam on gradients that `clip_by_norm` has clipped to `limit`."""

    limit: float = field(default=1.0, kw_only=True)

    def __post_init__(self):
        super().__post_init__()
        self.limit = positive()("limit", self.limit, {})

    def step(self, parameters: Array, gradient: Array, learning_rate: float) -> None:
        """Changes `parameters` (P,) in place by one update; `gradient` (P,) is overwritten."""
        clip_by_norm(gradient, self.limit)
        super().step(parameters, gradient, learning_rate)
