"""What the transformer page says of a run: sentences made of the numbers on screen, so that they are true of them."""

from collections.abc import Sequence

import numpy as np

from nncore.attention.head_roles import HeadRoles
from nncore.attention.sequence_tasks import TASKS
from nncore.attention.transformer_run import LENGTH, LengthScore
from pages.parts.fields.numbers import fine_percent

SOURCES = {
    "copy": "the place itself",
    "reverse": "the mirrored place",
    "sort": "all places of the letter that comes here",
    "match": "the nearest earlier place with the same letter",
}
# What a head's matrix looks like where the block has learned to attend to the answer's place.
PICTURES = {
    "copy": "the diagonal from top left to bottom right",
    "reverse": "a diagonal from bottom left to top right",
    "sort": "for each row, the columns of one letter",
    "match": "cells to the left of the diagonal",
}
# What the block goes by, and why that is another thing in sequences of another length.
LEARNED = {
    "copy": "the letter of the place itself",
    "reverse": "the mirrored place in a sequence of 8; in other sequences the mirrored place is another",
    "sort": "which letter comes at each place in a sequence of 8; in other sequences another one comes there",
    "match": "equal letters, and how near they are",
}
CLOSE = 0.02  # shares that count as the same
FOUND, MORE = 2.0, 1.25  # so many times even attention


def head_words(roles: HeadRoles, head: int) -> str:
    """Where one head attends, and what the block can do without it."""
    return f"{fine_percent(roles.on_source[head])} on the squares · {fine_percent(roles.without[head])} right without it"


def notice(task: str, roles: HeadRoles) -> str:
    """Where the heads attend at this snapshot, and whether the answers depend on it."""
    return f"{_looking(task, roles)} {_mattering(roles)}"


def squares_words(task: str) -> str:
    """What the squares in the heads' matrices are, and the hatched cells where there are any."""
    hatched = " Hatched cells are masked: no place attends to later ones." if TASKS[task].causal else ""
    return f"Squares mark where each answer stands: {SOURCES[task]}.{hatched}"


def other_length_words(length: int) -> str:
    """What the scores beside the heads are worth for a sequence of another length than that of the training; or nothing."""
    if length == LENGTH:
        return ""
    return (f"This sequence has {length} tokens, and the block was trained on {LENGTH} alone. The percentages at the heads "
            f"are those of sequences of {LENGTH} tokens: they do not describe these squares. *Other lengths* measures "
            "those.")


def _looking(task: str, roles: HeadRoles) -> str:
    share, itself = float(np.mean(roles.on_source)), float(np.mean(roles.on_itself))
    words = (f"over all held-out sequences {fine_percent(share)} of the attention is on the squares; even attention would "
             f"put {fine_percent(roles.even, 1)} there. ")  # fmt: skip
    if task == "match":
        words += (f"{fine_percent(itself)} is on the place itself. No place may attend to later ones: above the diagonal "
                  "all is exactly 0. ")
    if share >= FOUND * roles.even:
        return words + f"The heads have found the squares: {PICTURES[task]}."
    if task == "sort" and roles.right > 0.9:
        return words + ("That is only a little more, and yet the answers are right: the heads gather many letters, and the "
                        "feed-forward part works out which one belongs here.")  # fmt: skip
    more = share >= MORE * roles.even
    return words + ("The heads prefer the squares, and attend elsewhere too." if more else "The heads do not prefer them.")


def _mattering(roles: HeadRoles) -> str:
    words = f"With every head switched off, {fine_percent(roles.without_all)} of the places are"
    if roles.without_all >= roles.right - CLOSE:
        return words + (" right, as good as with them. The residual carries each token past the heads; their pattern says "
                        "nothing about the answers here.")  # fmt: skip
    words += f" right instead of {fine_percent(roles.right)}"
    spare = [head + 1 for head, share in enumerate(roles.without) if share >= roles.right - CLOSE]
    if not spare or len(roles.without) == 1:
        return words + "."
    if len(spare) == len(roles.without):
        if len(spare) == 2:
            return words + ". Either of the two can be missing: the other does its work."
        return words + ". Any one of them can be missing: the others do its work."
    return words + f". Head {' or head '.join(map(str, spare))} alone can be missing: the others do its work."


def lengths_words(task: str, scores: Sequence[LengthScore]) -> str:
    """Whether what was learned at one length holds at others."""
    trained = next(s for s in scores if s.length == LENGTH)
    others = [s for s in scores if s.length != LENGTH]
    if trained.places < trained.blind + 0.25:
        return "Little has been learned yet, at any length."
    if all(s.places >= trained.places - CLOSE for s in others):
        return f"What was learned holds at every length. The block goes by {LEARNED[task]}."
    worst = min(others, key=lambda s: s.places)
    none = [s for s in others if s.places <= s.blind + CLOSE]
    end = f"and without attention {fine_percent(worst.blind)} would be. The block goes by {LEARNED[task]}."
    right = f"{fine_percent(worst.places)} of the places are right, {end}"
    if len(none) == len(others):
        return f"Nothing of it holds at other lengths: at {worst.length} tokens {right}"
    if worst in none:
        return f"At {worst.length} tokens nothing of it holds: {right}"
    return f"Not everything holds at other lengths: at {worst.length} tokens {right}"


TRY = {
    "copy": "type one letter eight times: now only the positions tell the rows apart.",
    "reverse": "type a sequence that is its own mirror image, a b c d d c b a: the right answer is the sequence itself.",
    "sort": "type a sequence of 8 that is sorted already: the right answer is the sequence itself.",
    "match": "type one letter with several digits, such as a0 a1 a2 a3: each right answer is the digit before.",
}


def to_try(task: str, scores: Sequence[LengthScore]) -> str:
    """Something to do, with what to expect."""
    longest = scores[-1]
    return (f"set the length to {longest.length}: on such sequences {fine_percent(longest.places)} of the places are right. "
            f"Then {TRY[task]}")  # fmt: skip


def answer_lines(task: str, X: np.ndarray, said: np.ndarray, y: np.ndarray) -> str:
    """A sequence (T,), the answers given to it, the right ones where one is wrong, and how many are right."""
    tokens, answers = TASKS[task].tokens, TASKS[task].answers
    lines = [("sequence", [tokens[i] for i in X]), ("answer", [answers[i] for i in said])]
    if (said != y).any():
        right = ["" if a == b else answers[b] for a, b in zip(said, y, strict=True)]
        lines.append(("should be", right))
    size, n_right = len(tokens[0]), int((said == y).sum())
    rows = [f"{name:<11}" + " ".join(f"{word:>{size}}" for word in words) for name, words in lines]
    return "\n".join([*rows, f"{n_right} of {len(y)} right"])  # below: beside a long answer a phone would cut it off
