"""Chances: what many restarts say about the next ones.

A start either succeeds or not, so the share that does is a proportion with its uncertainty, the restarts needed follow
from it, and the best of k restarts has an expectation that can be written down.
"""

import math

import numpy as np

Array = np.ndarray


def wilson_interval(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """The interval (low, high) that holds the true share with 95 % confidence (z = 1.96).

    Wilson (1927); unlike the textbook's p ± z·s it stays within 0 to 1, and is not a point when none or all succeed.
    Raises ValueError unless 0 <= successes <= trials and trials is at least 1.
    """
    if trials < 1 or not 0 <= successes <= trials:
        raise ValueError(f"successes must be from 0 to trials, at least 1, got {successes} of {trials}")
    share, shrink = successes / trials, 1 + z * z / trials
    middle = (share + z * z / (2 * trials)) / shrink
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / shrink
    return max(0.0, middle - half), min(1.0, middle + half)


def restarts_needed(share: float, confidence: float = 0.95) -> int | None:
    """How many restarts hold at least one success with this confidence; None when no start succeeds.

    All n fail with probability (1 - share)^n, so n = ln(1 - confidence) / ln(1 - share), rounded up.
    """
    if share <= 0:
        return None
    if share >= 1:
        return 1
    # A hair less than the quotient, so that rounding does not ask for one restart too many.
    return max(1, math.ceil(math.log(1 - confidence) / math.log(1 - share) - 1e-9))


def restarts_range(successes: int, trials: int) -> tuple[int, int | None]:
    """The fewest and the most restarts needed that the 95 % interval of the share allows; None for no end."""
    low, high = wilson_interval(successes, trials)
    return restarts_needed(high) or 1, restarts_needed(low)


def share_of_groups(found: Array, size: int) -> float:
    """Share of consecutive groups of `size` among `found` (N,) bools that hold at least one True; nan if none fits."""
    n_groups = len(found) // size
    if n_groups == 0:
        return float("nan")
    return float(found[: n_groups * size].reshape(n_groups, size).any(axis=1).mean())


def best_so_far(losses: Array) -> Array:
    """The smallest loss among the first k, for k = 1..R, (R,); losses that are not finite never win."""
    return np.minimum.accumulate(np.where(np.isfinite(losses), losses, np.inf))


def expected_best(losses: Array) -> Array:
    """Expected smallest of k losses picked at random from these R, for k = 1..R, (R,).

    With the losses sorted, the i-th (from 0) is the smallest of k with probability C(R - 1 - i, k - 1) / C(R, k);
    each follows from the one before, so that no large binomial is ever formed. Losses must be finite.
    """
    ordered, n_losses = np.sort(losses), len(losses)
    expected = np.empty(n_losses)
    for k in range(1, n_losses + 1):
        later = np.arange(n_losses - 1)
        ratios = np.clip(n_losses - k - later, 0, None) / (n_losses - 1 - later)
        chances = (k / n_losses) * np.concatenate([[1.0], np.cumprod(ratios)])
        expected[k - 1] = chances @ ordered
    return expected


def stayed_ahead(early: Array, late: Array) -> tuple[int, int]:
    """How many starts make up the better half by their losses `early` (R,), and how many of them also do `late` (R,)."""
    half = len(early) // 2
    first, last = (np.argsort(losses, kind="stable")[:half] for losses in (early, late))
    return half, len(np.intersect1d(first, last))
