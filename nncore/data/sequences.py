"""Tasks of memory: sequences whose answers depend on what came earlier, some of it long ago.

A symbol comes in at every step, and at some steps an answer is asked. Echo needs a buffer, parity one bit, temporal order
two symbols over a distance (Hochreiter and Schmidhuber, 1997, shortened), brackets a stack, and letters what words are
made of.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.random import Generator

from nncore.arguments import checked, kind_of, number, one_of, text, whole, wholes
from nncore.checks import shown
from nncore.data.corpus import toy_corpus
from nncore.handed_out import handed_out

Array = np.ndarray

NO_ANSWER = -1  # at a step at which nothing is asked
LONGEST = 200  # steps
ALPHABET = "abcdefghijklmnopqrstuvwxyz ."
_PAIRS = {"(": ")", "[": "]"}
_BRACKETS = ("(", ")", "[", "]")
_BALANCED, _OPEN, _BROKEN = range(3)
_TRIES = 100  # rounds of drawing, until there are enough sequences of which no two are alike


@handed_out
class Sequences(NamedTuple):
    """Numbers of symbols (N, T), and of answers (N, T), -1 where nothing is asked."""

    tokens: Array
    y: Array


@handed_out
@dataclass(frozen=True, kw_only=True)
class MemoryTask:
    """One task: its `title` and its `rule` for people, and the names of its `symbols` and of its `answers`.

    `draw(samples, length, rng)` makes tokens (N, T), of which `answer(tokens)` makes the answers y (N, T).
    """

    title: str
    rule: str
    symbols: tuple[str, ...]
    answers: tuple[str, ...]
    draw: Callable[[int, int, Generator], Array]
    answer: Callable[[Array], Array]


def _bits(samples: int, length: int, rng: Generator) -> Array:
    return rng.integers(2, size=(samples, length))


@checked(tokens=wholes(0, None, "N", "T"), delay=whole(1, LONGEST))
def echo_answers(tokens: Array, delay: int) -> Array:
    """The symbol that came `delay` steps ago, at every step (N, T)."""
    y = np.full(tokens.shape, NO_ANSWER)
    y[:, delay:] = tokens[:, :-delay]
    return y


def echo_delay(length: int) -> int:
    """How many steps later the echo comes in sequences of this length: after half of them."""
    return max(1, length // 2)


def _parity(tokens: Array) -> Array:
    return tokens.cumsum(axis=1) % 2


def _draw_order(samples: int, length: int, rng: Generator) -> Array:
    """Letters a to d, and among them twice an X or a Y: in the first fifth, and in the fifth after the middle."""
    tokens, spread, rows = rng.integers(2, 6, (samples, length)), max(1, length // 5), np.arange(samples)
    for begin in (0, length // 2):
        tokens[rows, begin + rng.integers(spread, size=samples)] = rng.integers(2, size=samples)
    return tokens


def _order(tokens: Array) -> Array:
    y, named = np.full(tokens.shape, NO_ANSWER), tokens < 2
    first = np.take_along_axis(tokens, named.argmax(axis=1)[:, None], axis=1)[:, 0]
    last_place = tokens.shape[1] - 1 - named[:, ::-1].argmax(axis=1)
    last = np.take_along_axis(tokens, last_place[:, None], axis=1)[:, 0]
    y[:, -1] = np.where(named.sum(axis=1) == 2, 2 * first + last, NO_ANSWER)
    return y


def _draw_brackets(samples: int, length: int, rng: Generator) -> Array:
    """Balanced brackets, of every other sequence one bracket changed; an odd length leaves the last one open."""
    tokens = np.empty((samples, length), dtype=int)
    for row in tokens:
        waiting: list[int] = []
        for t in range(length):
            closes = waiting and (len(waiting) >= length - t or rng.random() < 0.5)
            row[t] = waiting.pop() + 1 if closes else 2 * rng.integers(2)
            if not closes:
                waiting.append(int(row[t]))
    broken, at = np.arange(samples) % 2 == 1, rng.integers(length, size=samples)
    moved = (tokens[np.arange(samples), at] + rng.integers(1, 4, samples)) % len(_BRACKETS)
    tokens[broken, at[broken]] = moved[broken]
    return tokens


def _brackets(tokens: Array) -> Array:
    y = np.empty(tokens.shape, dtype=int)
    for row, answers in zip(tokens, y, strict=True):
        waiting: list[str] = []
        broken = False
        for t, token in enumerate(row):
            bracket = _BRACKETS[token]
            if bracket in _PAIRS:
                waiting.append(_PAIRS[bracket])
            else:
                broken = broken or not waiting or waiting.pop() != bracket
            answers[t] = _BROKEN if broken else _OPEN if waiting else _BALANCED
    return y


@cache
def corpus_letters() -> Array:
    """The toy corpus as one row of letters, by their numbers in ALPHABET. Shared by all who ask: not to be changed."""
    letters = np.array([ALPHABET.index(letter) for letter in " ".join(toy_corpus()).lower()])
    letters.flags.writeable = False
    return letters


@checked(samples=whole(1, 100_000), length=whole(1, LONGEST), rng=kind_of(Generator), low=number(0, 1), high=number(0, 1))
def letter_windows(samples: int, length: int, rng: Generator, low: float = 0.0, high: float = 1.0) -> Sequences:
    """Stretches of the toy corpus, from its share `low` to `high`; the answer at every step is the next letter.

    Raises ValueError where there is no room for one.
    """
    letters = corpus_letters()
    first, end = int(low * len(letters)), int(high * len(letters)) - length
    if end <= first:
        raise ValueError(f"low must leave room for {length + 1} letters below high, {shown(high)}, got {shown(low)}")
    windows = letters[rng.integers(first, end, samples)[:, None] + np.arange(length + 1)]
    return Sequences(windows[:, :-1], windows[:, 1:])


def _next_letters(tokens: Array) -> Array:
    """The next letter within the row: what follows the last one is not known."""
    return np.concatenate([tokens[:, 1:], np.full((len(tokens), 1), NO_ANSWER)], axis=1)


_AB = ("a", "b")
MEMORY_TASKS: dict[str, MemoryTask] = {
    "echo": MemoryTask(
        title="echo", rule="say every symbol again, half a sequence later", symbols=_AB, answers=_AB, draw=_bits,
        answer=lambda tokens: echo_answers(tokens, echo_delay(tokens.shape[1]))),
    "parity": MemoryTask(
        title="parity", rule="after every step, say whether the number of ones so far is even or odd", symbols=("0", "1"),
        answers=("even", "odd"), draw=_bits, answer=_parity),
    "order": MemoryTask(
        title="temporal order", rule="at the end, say which two of X and Y came, and in which order; all else is noise",
        symbols=("X", "Y", "a", "b", "c", "d"), answers=("XX", "XY", "YX", "YY"), draw=_draw_order, answer=_order),
    "brackets": MemoryTask(
        title="brackets", rule="after every step, say whether the brackets are balanced, still open, or broken",
        symbols=_BRACKETS, answers=("balanced", "open", "broken"), draw=_draw_brackets, answer=_brackets),
    "letters": MemoryTask(
        title="next letter", rule="say the next letter of short sentences", symbols=tuple(ALPHABET),
        answers=tuple(ALPHABET), draw=lambda samples, length, rng: letter_windows(samples, length, rng).tokens,
        answer=_next_letters),
}  # fmt: skip


@checked(task=one_of(MEMORY_TASKS), samples=whole(1, 100_000), length=whole(2, LONGEST), rng=kind_of(Generator))
def draw_sequences(task: str, samples: int, length: int, rng: Generator) -> Sequences:
    """Sequences of this length, no two alike, with their answers.

    Raises ValueError where there are too few of them.
    """
    kind, rows = MEMORY_TASKS[task], np.empty((0, length), dtype=int)
    for _ in range(_TRIES):
        rows = np.concatenate([rows, kind.draw(samples, length, rng)])
        _, first = np.unique(rows, axis=0, return_index=True)
        rows = rows[np.sort(first)][:samples]
        if len(rows) == samples:
            return Sequences(rows, kind.answer(rows))
    raise ValueError(f"samples must be at most about {len(rows)} at length {length}, got {samples}")


@checked(tokens=wholes(0, None, "N", "T"), n_symbols=whole(1, 1000))
def one_hot(tokens: Array, n_symbols: int) -> Array:
    """Tokens (N, T) as inputs (N, T, D), a 1 at the place of each token. Raises ValueError for a token beyond."""
    if tokens.max() >= n_symbols:
        raise ValueError(f"tokens must be below n_symbols, {n_symbols}, got {tokens.max()}")
    return np.eye(n_symbols)[tokens]


@checked(task=one_of(MEMORY_TASKS), text=text, most=whole(1, LONGEST))
def read_symbols(task: str, text: str, most: int = LONGEST) -> Array:
    """The tokens (1, T) of a typed sequence; capitals do not matter, nor do spaces where they are no symbol.

    Raises ValueError, naming what cannot be taken, unless it is 1 to `most` symbols of the task.
    """
    symbols = [symbol.lower() for symbol in MEMORY_TASKS[task].symbols]
    typed = text.lower() if " " in symbols else "".join(text.lower().split())
    wrong = next((letter for letter in typed if letter not in symbols), None)
    if wrong is not None:
        allowed = "letters a to z, space and stop" if task == "letters" else " ".join(MEMORY_TASKS[task].symbols)
        raise ValueError(f"text must be made of {allowed}, got {shown(wrong)}")
    if not 1 <= len(typed) <= most:
        raise ValueError(f"text must have 1 to {most} symbols, got {len(typed)}")
    return np.array([[symbols.index(letter) for letter in typed]])
