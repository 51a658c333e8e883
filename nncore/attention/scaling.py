"""Why scores are divided by sqrt(d): a dot product of d terms spreads by sqrt(d), and a wide spread saturates the softmax.

For a query and a key of d independent numbers of mean 0 and variance 1, each product of two has mean 0 and variance 1. The
variances of d of them add up: the score has variance d and deviation sqrt(d) (Vaswani et al., 2017, section 3.2.1).
"""

from typing import NamedTuple

import numpy as np

from nncore.arguments import checked, whole
from nncore.attention.attention import attention_scores, masked_softmax
from nncore.handed_out import handed_out

DRAWS = 1000  # queries


@handed_out
class ScoreSpread(NamedTuple):
    """Measured on random queries and keys of d numbers: with the scores as they are, and divided by sqrt(d)."""

    d: int
    deviation: float  # of the scores as they are
    divided: float  # of the scores over sqrt(d)
    largest: float  # mean of each query's largest attention weight, with the scores as they are
    largest_divided: float


@checked(d=whole(1, 4096), n_keys=whole(1, 1000), seed=whole(0))
def score_spread(d: int, n_keys: int, seed: int = 0) -> ScoreSpread:
    """How widely scores spread for 1,000 random queries with `n_keys` keys each, and how much weight the largest takes."""
    rng = np.random.default_rng(seed)
    Q, K = rng.normal(size=(DRAWS, 1, d)), rng.normal(size=(DRAWS, n_keys, d))
    raw, divided = attention_scores(Q, K, 1.0), attention_scores(Q, K)
    largest = [float(masked_softmax(scores).max(axis=-1).mean()) for scores in (raw, divided)]
    return ScoreSpread(d, float(raw.std()), float(divided.std()), *largest)
