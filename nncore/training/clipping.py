"""Clipping: a gradient that is longer than a limit is made as long as the limit, and keeps its direction.

Where a gradient explodes, one update would throw the parameters far away (Pascanu et al., 2013).
"""

from dataclasses import dataclass, field

import numpy as np

from nncore.arguments import checked, number, positive
from nncore.training.update_rules import SGD, Adam

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


@dataclass
class MeasuredDescent(SGD):
    """Plain descent that keeps the norm of every gradient in `norms`, and clips it to `limit` where that is above 0."""

    limit: float = field(default=0.0, kw_only=True)
    norms: list[float] = field(default_factory=list)

    def __post_init__(self):
        super().__post_init__()
        self.limit = number(0)("limit", self.limit, {})

    def start(self, parameters: Array) -> None:
        """Puts the optimizer at rest, for parameters of this shape; no norm is kept from before."""
        super().start(parameters)
        self.norms = []

    def step(self, parameters: Array, gradient: Array, learning_rate: float) -> None:
        """Changes `parameters` (P,) in place by one update; `gradient` (P,) is overwritten."""
        self.norms.append(float(np.sqrt(np.vdot(gradient, gradient))))
        if self.limit:
            clip_by_norm(gradient, self.limit)
        super().step(parameters, gradient, learning_rate)
