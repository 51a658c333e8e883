"""Typed words made safe to draw, and the arithmetic of a cell written out."""

import html
from collections.abc import Sequence

import numpy as np

from pages.parts.numbers import short

LETTERS = 12


def labels_of(words: Sequence[str]) -> list[str]:
    """Words as a figure may show them: short, and with nothing in them that could be read as a tag."""
    return [html.escape(word if len(word) <= LETTERS else word[: LETTERS - 1] + "…") for word in words]


def dot_text(first: np.ndarray, second: np.ndarray, factor: float = 1.0) -> str:
    """The dot product of two vectors (d,) written out, times `factor`, with its value."""
    terms = [f"{_factor(short(a))}·{_factor(short(b))}" for a, b in zip(first, second, strict=True)]
    lines = [" + ".join(terms[begin : begin + 4]) for begin in range(0, len(terms), 4)]
    total = float(first @ second)
    tail = f"<br>= {fixed(total)}" + (f"<br>× {factor:.4g} = {fixed(total * factor)}" if factor != 1.0 else "")
    return "<br>+ ".join(lines) + tail


def fixed(value: float, digits: int = 4) -> str:
    """A number with so many digits after the point, and a minus sign where it is negative."""
    return f"{value:.{digits}f}".replace("-", "−")


def _factor(text: str) -> str:
    """A number's text in a product: in parentheses where it is negative."""
    return f"({text})" if text.startswith("−") else text


def product_hover(
    left: np.ndarray, right: np.ndarray, rows: Sequence[str], columns: Sequence[str], factor: float = 1.0
) -> list[list[str]]:
    """For each cell of left (A, d) times right (B, d) transposed: what is multiplied there, number by number."""
    return [
        [f"{row} · {column}<br>{dot_text(a, b, factor)}" for column, b in zip(columns, right, strict=True)]
        for row, a in zip(rows, left, strict=True)
    ]


def token_hover(rows: Sequence[str], vectors: np.ndarray, places: np.ndarray) -> list[list[str]]:
    """For each cell of vectors (T, d) plus places (T, d): both numbers and their sum; the number alone where no place is."""
    return [
        [
            f"{row}, number {column + 1}<br>"
            + (f"word {fixed(a)} + place {_factor(fixed(b))} = {fixed(a + b)}" if places.any() else fixed(a))
            for column, (a, b) in enumerate(zip(vector, place, strict=True))
        ]
        for row, vector, place in zip(rows, vectors, places, strict=True)
    ]


def masked_hover(texts: Sequence[Sequence[str]], mask: np.ndarray) -> list[list[str]]:
    """The texts (A, B) of scores, with a word where the mask (A, B) hides them."""
    return [
        [text if seen else f"{text}<br>hidden by the mask: its weight is 0" for text, seen in zip(line, row, strict=True)]
        for line, row in zip(texts, mask, strict=True)
    ]


def softmax_hover(
    scores: np.ndarray, weights: np.ndarray, rows: Sequence[str], columns: Sequence[str]
) -> list[list[str]]:
    """For each weight (A, B): the exponential of its score, minus the row's largest, over the row's sum of them."""
    texts = []
    for row, line, shares in zip(rows, scores, weights, strict=True):
        allowed = shares > 0
        largest = line[allowed].max(initial=-np.inf)
        total = float(np.exp(line[allowed] - largest).sum())
        texts.append([
            f"{row} → {column}<br>"
            + (f"exp({fixed(value, 3)} − {_factor(fixed(largest, 3))}) / {total:.3f} = {share:.4f}"
               if share > 0 else "masked: 0")
            for column, value, share in zip(columns, line, shares, strict=True)
        ])  # fmt: skip
    return texts
