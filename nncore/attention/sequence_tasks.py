"""Sequence tasks: toy problems that each need another pattern of attention.

A sequence is a row of token numbers, and every place has an answer. Copying needs attention to the place itself, reversing
to the mirrored place, sorting to all places, and the nearest previous match to earlier places.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.arguments import checked, whole
from nncore.checks import require_one_of, shown
from nncore.experiments.link_text import quoted
from nncore.words.graphemes import graphemes
from nncore.words.text import visible_line

Array = np.ndarray

MAX_LENGTH = 32
LETTERS = "abcdefgh"
PAIR_LETTERS, PAIR_DIGITS = "abcd", "0123"
NO_MATCH = len(PAIR_DIGITS)  # the answer where there is no earlier match


@dataclass(frozen=True)
class SequenceTask:
    """What goes in, what should come out, and whether a place may attend to later ones (`causal`: it may not).

    `answer` gives the answers y (N, T) to tokens X (N, T); `source` says with booleans (N, T, T) where in the sequence
    the answer of each place (row) stands, nowhere for an answer that is not taken from a place.
    """

    title: str
    rule: str
    tokens: tuple[str, ...]
    answers: tuple[str, ...]
    answer: Callable[[Array], Array]
    source: Callable[[Array], Array]
    causal: bool = False


def _itself(X: Array) -> Array:
    return np.broadcast_to(np.eye(X.shape[1], dtype=bool), (*X.shape, X.shape[1]))


def _mirrored(X: Array) -> Array:
    return _itself(X)[:, ::-1]


def _same_letter(X: Array) -> Array:
    """All places of the letter that comes at this place when sorted."""
    return np.sort(X, axis=1)[:, :, None] == X[:, None, :]


def _nearest_earlier(X: Array) -> Array:
    """The nearest earlier place with the same letter."""
    letters = X // len(PAIR_DIGITS)
    matches = (letters[:, :, None] == letters[:, None, :]) & np.tri(X.shape[1], k=-1, dtype=bool)
    latest = X.shape[1] - 1 - matches[..., ::-1].argmax(axis=-1)  # argmax finds the first, from the back the last
    return matches & (np.arange(X.shape[1]) == latest[..., None])


def _nearest_previous_match(X: Array) -> Array:
    """For each token (letter and digit) the digit of the nearest earlier one with the same letter, or NO_MATCH."""
    source, digits = _nearest_earlier(X), X % len(PAIR_DIGITS)
    return np.where(source.any(axis=-1), (source * digits[:, None, :]).sum(axis=-1), NO_MATCH)


_PAIRS = tuple(letter + digit for letter in PAIR_LETTERS for digit in PAIR_DIGITS)

TASKS: dict[str, SequenceTask] = {
    "copy": SequenceTask(
        "copy", "every place repeats its own letter", tuple(LETTERS), tuple(LETTERS), lambda X: X, _itself
    ),
    "reverse": SequenceTask(
        "reverse", "the letters in the opposite order", tuple(LETTERS), tuple(LETTERS), lambda X: X[:, ::-1], _mirrored
    ),
    "sort": SequenceTask(
        "sort", "the letters in alphabetical order", tuple(LETTERS), tuple(LETTERS),
        lambda X: np.sort(X, axis=1), _same_letter,
    ),
    "match": SequenceTask(
        "nearest previous match", "the digit that last stood with the same letter, or – if there was none",
        _PAIRS, (*PAIR_DIGITS, "–"), _nearest_previous_match, _nearest_earlier, causal=True,
    ),
}  # fmt: skip


@checked(n_sequences=whole(1, 1_000_000), length=whole(1, 1000), seed=whole(0))
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


def read_sequence(task: str, text: str) -> Array:
    """The token numbers (1, T) of a typed sequence; spaces, commas and stops between tokens and capitals do not matter.

    Raises ValueError, naming what cannot be taken, unless the text is 1 to MAX_LENGTH tokens of the task.
    """
    require_one_of("task", task, TASKS)
    if not isinstance(text, str):
        raise ValueError(f"text must be a text, got {shown(text)}")
    tokens = TASKS[task].tokens
    letters = [letter for letter in graphemes(visible_line(text).lower()) if letter not in (" ", ",", ".")]
    size = len(tokens[0])
    pieces = ["".join(letters[begin : begin + size]) for begin in range(0, len(letters), size)]
    wrong = next((piece for piece in pieces if piece not in tokens), None)
    if wrong is not None:
        raise ValueError(f"the sequence must be made of {_tokens_in_words(task)}, got {quoted(wrong)}")
    if not 1 <= len(pieces) <= MAX_LENGTH:
        raise ValueError(f"the sequence must have 1 to {MAX_LENGTH} tokens, got {len(pieces):,}")
    return np.array([[tokens.index(piece) for piece in pieces]])


def _tokens_in_words(task: str) -> str:
    tokens = TASKS[task].tokens
    if len(tokens[0]) == 1:
        return f"the letters {tokens[0]} to {tokens[-1]}"
    return f"a letter from {tokens[0][0]} to {tokens[-1][0]} and a digit from {tokens[0][1]} to {tokens[-1][1]} each"
