"""Peeking: what a test set is worth after it has been asked many times.

Nobody in this module knows anything: all answers are guesses, and the truth is one half. Whoever keeps the best of many
guessers, or builds on what scored well, has a score above that on the rows that were asked, and on no others. The ladder
gives a score only when it is better than the best so far by a step, so there is little to build on.
"""

import math
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, optional, positive, whole, wholes
from nncore.handed_out import handed_out

Array = np.ndarray

MOST_ROWS, MOST_LOOKS = 100_000, 100_000
MOST_GUESSES = 50_000_000  # of one tuning: looks times rows


@checked(guessers=whole(1, 10**9), rows=whole(1, 10**9))
def luck_bound(guessers: int, rows: int) -> float:
    """About the share right, at most 1, that the best of so many guessers reaches on so many rows by luck, from above.

    0.5 + 0.5 sqrt(2 ln m / n): each share has the deviation 0.5 / sqrt(n), and the largest of m normal numbers is
    sqrt(2 ln m) deviations up, or less.
    """
    return min(1.0, 0.5 + 0.5 * math.sqrt(2 * math.log(guessers) / rows))


@checked(guessers=wholes(1, 10**12, "G"), rows=whole(1, MOST_ROWS))
def expected_luck(guessers: Array, rows: int) -> Array:
    """The expected share right of the best of m guessers on `rows` rows, exactly, for each m in `guessers` (G,).

    With F the distribution of one guesser's right answers, the best of m has F^m, and its mean is the sum of 1 - F^m.
    """
    counts = np.arange(rows + 1)
    factorials = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, rows + 1)))])
    chances = np.exp(factorials[rows] - factorials - factorials[::-1] - rows * math.log(2))
    below = np.minimum(np.cumsum(chances), 1.0)[counts[:-1]]
    return (1.0 - below[:, None] ** np.asarray(guessers, dtype=float)).sum(axis=0) / rows


@checked(guessers=whole(1, MOST_LOOKS), rows=whole(1, MOST_ROWS), repeats=whole(1, 1000), seed=whole(0))
def simulated_luck(guessers: int, rows: int, repeats: int = 20, seed: int = 0) -> Array:
    """The best share right so far after 1 to m guessers, (S, m), in each of S repetitions with other guesses."""
    right = np.random.default_rng(seed).binomial(rows, 0.5, (repeats, guessers))
    return np.maximum.accumulate(right, axis=1) / rows


@checked(scores=array("L?"), step=positive(1))
def ladder(scores: Array, step: float) -> Array:
    """What the ladder answers (L,) to submissions with these `scores` (L,), one after the other; Blum and Hardt (2015).

    A score that beats the best answer so far by more than `step` is answered, rounded to whole steps; to any other the old
    answer is given again. The first answers rise from 0.
    """
    best, answered = 0.0, np.empty(len(scores))
    for number, score in enumerate(scores):
        best = answered[number] = _answer(best, float(score), step)
    return answered


@handed_out
class Tuning(NamedTuple):
    """A tuning against a test set: after each of L looks the share right (L,) on it and on fresh rows; `answered` (L,) is
    what the person was told of each single submission."""

    on_test: Array
    on_fresh: Array
    answered: Array


@checked(rows=whole(1, MOST_ROWS), looks=whole(1, MOST_LOOKS), seed=whole(0), step=optional(positive(1)))
def tune(rows: int, looks: int, seed: int = 0, step: float | None = None) -> Tuning:
    """Guesses sent in one after the other; those that scored above one half are kept, and the majority of them is the model.

    The fresh rows are as many as those of the test, and are asked by nobody. With a `step` the ladder answers: a guess is
    kept if the answer rose. Blum and Hardt (2015) call this the boosting attack. Raises ValueError where looks times rows
    are too many.
    """
    if rows * looks > MOST_GUESSES:
        raise ValueError(f"rows * looks must be at most {MOST_GUESSES:,}, got {rows:,} * {looks:,}")
    rng, votes, best = np.random.default_rng(seed), np.zeros(2 * rows, dtype=int), 0.0
    shares, answered = np.empty((looks, 2)), np.empty(looks)
    for look in range(looks):
        guess = 2 * rng.integers(2, size=2 * rows) - 1  # the truth is +1 everywhere, which no guess knows
        score = float((guess[:rows] > 0).mean())
        answered[look] = score if step is None else _answer(best, score, step)
        if answered[look] > (0.5 if step is None else best):
            votes += guess
        best = max(best, answered[look])
        # A tie, and a vote of nobody, is right half of the time.
        shares[look] = (0.5 * (1 + np.sign(votes))).reshape(2, rows).mean(axis=1)
    return Tuning(shares[:, 0], shares[:, 1], answered)


FINEST = 1e-15


def _answer(best: float, score: float, step: float) -> float:
    if score <= best + step:
        return best
    rounded = round(score / step) * step if step > FINEST else score  # finer steps than a share has digits round nothing
    return min(1.0, rounded)
