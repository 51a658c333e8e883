"""What is asked of a recurrent network: at which steps, and how far the answers there are from what they should be.

The loss is the mean cross-entropy over the targets that there are; where there is none, nothing is asked.
"""

from typing import NamedTuple, Self

import numpy as np

Array = np.ndarray

NO_TARGET = -1


class Asked(NamedTuple):
    """The `steps` (S,) at which something is asked of at least one of N sequences, and the `targets` (S, N), -1 for none."""

    steps: Array
    targets: Array

    @classmethod
    def of(cls, targets: Array) -> Self:
        """What the targets (T, N) of all steps ask for."""
        steps = np.flatnonzero((targets >= 0).any(axis=1))
        return cls(steps, targets[steps])

    def part(self, rows: Array | slice) -> Self:
        """What is asked of these sequences."""
        return self._replace(targets=self.targets[:, rows])

    def loss(self, logits: Array) -> float:
        """The mean of -log p over the targets, for logits (S, K, N)."""
        steps, samples = np.nonzero(self.targets >= 0)
        at = steps, self.targets[steps, samples], samples
        shifted = _shifted(logits)
        return float((np.log(np.exp(shifted).sum(axis=1)[steps, samples]) - shifted[at]).sum() / max(1, len(steps)))

    def slopes(self, logits: Array) -> Array:
        """The gradient of `loss` at the logits, (S, K, N)."""
        there = self.targets >= 0
        steps, samples = np.nonzero(there)
        slopes = np.exp(_shifted(logits))
        slopes /= slopes.sum(axis=1, keepdims=True)
        slopes[steps, self.targets[steps, samples], samples] -= 1.0
        slopes /= max(1, len(steps))
        if len(steps) < self.targets.size:
            slopes *= there[:, None]
        return slopes


def _shifted(logits: Array) -> Array:
    """The logits (S, K, N) less their largest, which keeps exponentials from overflowing."""
    return logits - logits.max(axis=1, keepdims=True) if logits.size else logits
