"""Is attention an explanation? Other attention that gives the same answer says: not by itself.

After Jain and Wallace (2019), "Attention is not Explanation": if weights that are quite different lead to the same
word, the learned ones alone cannot be the reason for it.
"""

from typing import NamedTuple

import numpy as np

from nncore.arguments import checked, kind_of, number, whole, wholes
from nncore.attention.translation import N_WORDS, SOURCE_WORDS, TARGET_WORDS, Translator, log_softmax
from nncore.handed_out import handed_out

Array = np.ndarray

GRID_STEPS = 50


@handed_out
class Alternative(NamedTuple):
    """The learned weights (3,) of one French place, others (3,) far from them, and the word both give."""

    learned: Array
    other: Array
    word: str
    distance: float  # total variation, 0 (the same) to 1 (nothing in common)
    shares: tuple[float, float]  # the word's probability under each
    change: float = 0.0  # of the probabilities of all words, total variation between the two


@checked(steps=whole(1, 1000))
def simplex_grid(steps: int = GRID_STEPS) -> Array:
    """All triples (S, 3) of shares that are multiples of 1 / steps and sum to 1."""
    first, second = np.meshgrid(np.arange(steps + 1), np.arange(steps + 1), indexing="ij")
    first, second = first[first + second <= steps], second[first + second <= steps]
    return np.stack([first, second, steps - first - second], axis=1) / steps


@checked(
    model=kind_of(Translator), phrase=wholes(0, len(SOURCE_WORDS) - 1, N_WORDS), place=whole(0, N_WORDS - 1),
    bound=number(0, 1),
)
def farthest_attention(model: Translator, phrase: Array, place: int, bound: float = 1.0) -> Alternative:
    """The attention farthest from the learned one that still gives the same word at `place` of `phrase` (3,).

    All triples of `simplex_grid` are tried. Of the probabilities of all words no more than `bound` may move, as total
    variation: 0 keeps them as they are, 1 asks for nothing but the same most likely word. Raises ValueError for a bound
    outside 0 to 1.
    """
    work = model.run(np.asarray(phrase)[None])
    learned, values = work.weights[0, place], work.V[0]
    grid = simplex_grid()
    log_probabilities = log_softmax(grid @ values @ model.views["W_O"].T)
    words = log_probabilities.argmax(axis=1)
    changes = 0.5 * np.abs(np.exp(log_probabilities) - np.exp(work.log_probabilities[0, place])).sum(axis=1)
    word = int(work.log_probabilities[0, place].argmax())
    distances = np.where((words == word) & (changes <= bound), 0.5 * np.abs(grid - learned).sum(axis=1), -1.0)
    best = int(distances.argmax())
    share = float(np.exp(work.log_probabilities[0, place, word]))
    if distances[best] < 0:  # the grid missed a narrow region: the learned weights are their own alternative
        return Alternative(learned, learned, TARGET_WORDS[word], 0.0, (share, share))
    other = float(np.exp(log_probabilities[best, word]))
    return Alternative(learned, grid[best], TARGET_WORDS[word], float(distances[best]), (share, other), float(changes[best]))


@checked(model=kind_of(Translator), X=wholes(0, len(SOURCE_WORDS) - 1, "N", N_WORDS), bound=number(0, 1))
def mean_distance(model: Translator, X: Array, bound: float = 1.0) -> Array:
    """How far `farthest_attention` turns attention on average over phrases X (N, 3), for each place (3,)."""
    return np.array([
        np.mean([farthest_attention(model, phrase, place, bound).distance for phrase in X]) for place in range(X.shape[1])
    ])  # fmt: skip
