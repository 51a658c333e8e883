"""Batch verdict: which batch size has the lowest loss at equal cost, and how straight the path of each one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncore.arguments import array, checked, each, kind_of, one_of
from nncore.handed_out import handed_out
from nncore.many_starts.batches.comparison import COSTS, Lane

Array = np.ndarray

LEVEL = 1.05  # up to this many times the lowest loss counts as equally good


@handed_out
@dataclass(frozen=True, eq=False)
class Verdict:
    """The losses (S,) of S lanes at the cost `budget`, the highest that all of them reached."""

    cost: str
    budget: float
    losses: Array

    @property
    def best(self) -> int:
        """The lane with the lowest loss."""
        return int(np.argmin(self.losses))

    @cached_property
    def level(self) -> Array:
        """Which lanes are as good as the best, to within 5 % of its loss, bool (S,)."""
        return self.losses <= LEVEL * self.losses[self.best]


@checked(lanes=each(kind_of(Lane), 1), cost=one_of(COSTS))
def verdict(lanes: Sequence[Lane], cost: str) -> Verdict:
    """The lanes at equal `cost`, one of `COSTS`, on straight lines between their frames."""
    if cost not in COSTS:
        raise ValueError(f"cost must be one of {', '.join(COSTS)}, got {cost!r}")
    budget = min(float(getattr(lane, cost)[-1]) for lane in lanes)
    return Verdict(cost, budget, np.array([np.interp(budget, getattr(lane, cost), lane.losses) for lane in lanes]))


@handed_out
@dataclass(frozen=True)
class PathShape:
    """A path through weight space from frame to frame: its `length`, the `distance` from its start to its end, and the
    `turn`, the median angle between one step and the next, in degrees. The first two are in units of the weights.
    """

    length: float
    distance: float
    turn: float

    @property
    def detour(self) -> float:
        """The length over the distance: 1 is a straight line; nan where nothing moved."""
        return self.length / self.distance if self.distance > 0 else float("nan")


@checked(path=array("F", "P", keep=True))
def path_shape(path: Array) -> PathShape:
    """The PathShape of parameters (F, P) from frame to frame; what happens between frames is not seen."""
    steps = np.diff(path, axis=0)
    lengths = np.linalg.norm(steps, axis=1)
    steps = steps[lengths > 0] / lengths[lengths > 0, None]
    cosines = np.clip((steps[1:] * steps[:-1]).sum(axis=1), -1, 1)
    turn = float(np.median(np.degrees(np.arccos(cosines)))) if len(cosines) else 0.0
    return PathShape(float(lengths.sum()), float(np.linalg.norm(path[-1] - path[0])), turn)
