"""Chances: what many restarts say about the next ones.

A start either succeeds or not, so the share that does is a proportion with its uncertainty, the restarts needed follow
from it, and the best of k restarts has an expectation that can be written down.
"""

import math

import numpy as np

from nncore.arguments import array, checked, number, whole
from nncore.checks import require_number, require_whole

Array = np.ndarray

MOST_LOSSES = 10_000  # among which the best of every number is expected
MOST = 10**12  # starts: more than anyone would run


@checked(successes=whole(-MOST, MOST), trials=whole(-MOST, MOST), z=number(0, 1000))
def wilson_interval(successes: int, trials: int, z: float = 1.96) -> tuple[float, float]:
    """The interval (low, high) that holds the true share with 95 % confidence (z = 1.96).

    Wilson (1927); unlike the textbook's p ± z·s it stays within 0 to 1, and is not a point when none or all succeed.
    Raises ValueError unless 0 <= successes <= trials and trials is at least 1.
    """
    if trials < 1 or not 0 <= successes <= trials:
        raise ValueError(f"successes must be from 0 to trials, at least 1, got {successes} of {trials}")
    return _wilson_low(successes, trials, z), 1.0 - _wilson_low(trials - successes, trials, z)


def _wilson_low(successes: int, trials: int, z: float) -> float:
    """The interval's lower end. The upper end is 1 minus the lower end of the failures, so both are exact at 0 and 1."""
    share, shrink = successes / trials, 1 + z * z / trials
    middle = (share + z * z / (2 * trials)) / shrink
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / shrink
    # The two ends solve a quadratic equation, and their product is share² / shrink. Dividing by the upper end loses no
    # digits, where middle - half would leave a rounding error instead of 0.
    return share * share / (shrink * (middle + half)) if successes else 0.0


def restarts_needed(share: float, confidence: float = 0.95) -> int | None:
    """How many restarts hold at least one success with this confidence; None when no number does: the share is 0.

    All n fail with probability (1 - share)^n, so n = ln(1 - confidence) / ln(1 - share), rounded up. Raises ValueError
    unless the share is from 0 to 1 and the confidence at least 0 and below 1.
    """
    share = require_number("share", share, 0, 1)
    confidence = require_number("confidence", confidence, 0, 1)
    if confidence == 1:
        raise ValueError(f"confidence must be below 1, got {confidence}")
    if share == 1:
        return 1
    # log1p keeps the digits of a small share, which 1 - share would round away.
    failures = math.log1p(-share)
    number = math.log1p(-confidence) / failures if failures else math.inf
    # Slightly less than the quotient, so that rounding does not add one restart.
    return max(1, math.ceil(number - 1e-9)) if math.isfinite(number) else None


@checked(successes=whole(-MOST, MOST), trials=whole(-MOST, MOST))
def restarts_range(successes: int, trials: int) -> tuple[int, int | None]:
    """The fewest and the most restarts needed that the 95 % interval of the share allows; None for no end."""
    low, high = wilson_interval(successes, trials)
    return restarts_needed(high) or 1, restarts_needed(low)


@checked(found=array("N?"), size=whole(1))
def share_of_groups(found: Array, size: int) -> float:
    """Share of consecutive groups of `size` among `found` (N,) bools that hold at least one True; nan if none fits."""
    n_groups = len(found) // require_whole("size", size, 1)
    if n_groups == 0:
        return float("nan")
    return float(found[: n_groups * size].reshape(n_groups, size).any(axis=1).mean())


@checked(losses=array("R?", limit=None))
def best_so_far(losses: Array) -> Array:
    """The smallest loss among the first k, for k = 1..R, (R,); losses that are not finite never win."""
    return np.minimum.accumulate(np.where(np.isfinite(losses), losses, np.inf))


@checked(losses=array("R?", limit=None))
def expected_best(losses: Array) -> Array:
    """Expected smallest of k losses picked at random from these R, for k = 1..R, (R,).

    With the losses sorted, the i-th (from 0) is the smallest of k with probability C(R - 1 - i, k - 1) / C(R, k);
    each follows from the one before, so that no large binomial is ever formed. Raises ValueError for losses that are
    not finite.
    """
    if not np.isfinite(losses).all():
        raise ValueError("losses must be finite, got a NaN or an infinity")
    if len(losses) > MOST_LOSSES:
        raise ValueError(f"losses must be at most {MOST_LOSSES:,}, got {len(losses):,}")
    ordered, n_losses = np.sort(losses), len(losses)
    expected = np.empty(n_losses)
    for k in range(1, n_losses + 1):
        later = np.arange(n_losses - 1)
        ratios = np.clip(n_losses - k - later, 0, None) / (n_losses - 1 - later)
        chances = (k / n_losses) * np.concatenate([[1.0], np.cumprod(ratios)])
        expected[k - 1] = chances @ ordered
    return expected


@checked(early=array("R?", limit=None), late=array("S?", limit=None))
def stayed_ahead(early: Array, late: Array) -> tuple[int, int]:
    """How many starts make up the better half by their losses `early` (R,), and how many of them also do `late` (R,).

    Of an odd number the better half is the smaller one; raises ValueError for lists of different lengths.
    """
    if len(early) != len(late):
        raise ValueError(f"early and late must be equally long, got {len(early)} and {len(late)}")
    half = len(early) // 2
    first, last = (np.argsort(losses, kind="stable")[:half] for losses in (early, late))
    return half, len(np.intersect1d(first, last))
