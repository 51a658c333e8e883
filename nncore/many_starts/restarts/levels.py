"""Loss levels: the exact losses at which a network ends that cannot tell the four corners of exclusive-or apart.

With cross-entropy, points with the same activations get the same output, and the best output for them is the share of
ones among them. Each way of not telling points apart therefore has a loss of its own.
"""

import math
from collections.abc import Sequence

import numpy as np

from nncore.arguments import array, checked, number

NEAR = 0.01


@checked(share=number(0, 1))
def one_answer_loss(share: float) -> float:
    """The mean cross-entropy of points that all get one answer, the best for them: the `share` of ones among them."""
    parts = (-part * math.log(part) if part else 0.0 for part in (share, 1 - share))  # p ln p goes to 0 with p
    return sum(parts)


# All told apart; two share 1/2; three share 2/3; all four share 1/2. Each is a mean over the four corners.
CORNER_LEVELS = (0.0, 2 / 4 * one_answer_loss(1 / 2), 3 / 4 * one_answer_loss(2 / 3), one_answer_loss(1 / 2))


@checked(losses=array("S?", limit=None), near=number(0))
def loss_levels(losses: np.ndarray, near: float = NEAR) -> np.ndarray:
    """The number, int (S,), of the level of each of the losses (S,), lowest first: a gap above `near` begins another.

    What is nan has diverged, as what is infinite has: that is one level, above all others.
    """
    losses = np.where(np.isnan(losses), np.inf, losses)
    order = np.argsort(losses, kind="stable")
    with np.errstate(invalid="ignore"):  # between infinite losses there is no gap
        steps = np.diff(losses[order], prepend=losses[order[0]] if len(losses) else 0.0)
    levels = np.empty(len(losses), dtype=int)
    levels[order] = np.cumsum(steps > near)
    return levels


@checked(losses=array("R?", limit=None), levels=array("L"), near=number(0))
def count_levels(losses: np.ndarray, levels: Sequence[float] = CORNER_LEVELS, near: float = NEAR) -> np.ndarray:
    """How many of the losses (R,) lie within `near` of each of the levels (L,), and how many elsewhere: int (L + 1,)."""
    gaps = np.abs(np.asarray(losses)[:, None] - np.asarray(levels))  # (R, L)
    nearest = np.where(gaps.min(axis=1) <= near, gaps.argmin(axis=1), len(levels))
    return np.bincount(nearest, minlength=len(levels) + 1)
