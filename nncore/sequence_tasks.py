"""Sequence tasks: toy problems that each need another kind of looking back and forth.

A sequence is a row of token numbers, and every place has an answer. Copying needs a look at oneself, reversing one at
the mirrored place, sorting a look at everything, and the nearest previous match a look at what was said before.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.checks import require_one_of

Array = np.ndarray

LETTERS = "abcdefgh"
PAIR_LETTERS, PAIR_DIGITS = "abcd", "0123"
NO_MATCH = len(PAIR_DIGITS)  # the answer where there is no earlier match


@dataclass(frozen=True)
class SequenceTask:
    """What goes in, what should come out, and whether a place may look at later ones (`causal`: it may not)."""

    title: str
    rule: str
    tokens: tuple[str, ...]
    answers: tuple[str, ...]
    answer: Callable[[Array], Array]
    causal: bool = False


def _nearest_previous_match(X: Array) -> Array:
    """For each token (letter and digit) the digit of the nearest earlier one with the same letter, or NO_MATCH."""
    letters, digits = np.divmod(X, len(PAIR_DIGITS))
    y = np.full(X.shape, NO_MATCH)
    for place in range(1, X.shape[1]):
        for earlier in range(place):  # later ones overwrite earlier ones: the nearest stays
            same = letters[:, earlier] == letters[:, place]
            y[same, place] = digits[same, earlier]
    return y


_PAIRS = tuple(letter + digit for letter in PAIR_LETTERS for digit in PAIR_DIGITS)

TASKS: dict[str, SequenceTask] = {
    "copy": SequenceTask("copy", "every place repeats its own letter", tuple(LETTERS), tuple(LETTERS), lambda X: X),
    "reverse": SequenceTask(
        "reverse", "the letters in the opposite order", tuple(LETTERS), tuple(LETTERS), lambda X: X[:, ::-1]
    ),
    "sort": SequenceTask(
        "sort", "the letters in alphabetical order", tuple(LETTERS), tuple(LETTERS), lambda X: np.sort(X, axis=1)
    ),
    "match": SequenceTask(
        "nearest previous match", "the digit that last stood with the same letter, or – if there was none",
        _PAIRS, (*PAIR_DIGITS, "–"), _nearest_previous_match, causal=True,
    ),
}  # fmt: skip


def make_sequences(task: str, n_sequences: int, length: int, seed: int = 0) -> tuple[Array, Array]:
    """Token numbers X (N, T) drawn evenly from `seed`, no two rows alike, and their answers y (N, T).

    Raises ValueError for a task that is not in TASKS, or for more sequences than there are.
    """
    require_one_of("task", task, TASKS)
    n_tokens = len(TASKS[task].tokens)
    if n_sequences > n_tokens**length // 2:
        raise ValueError(f"n_sequences must be at most {n_tokens**length // 2}, got {n_sequences}")
    generator, rows = np.random.default_rng(seed), np.empty((0, length), dtype=int)
    while len(rows) < n_sequences:
        drawn = np.concatenate([rows, generator.integers(n_tokens, size=(n_sequences, length))])
        _, first = np.unique(drawn, axis=0, return_index=True)
        rows = drawn[np.sort(first)]
    X = rows[:n_sequences]
    return X, TASKS[task].answer(X)
