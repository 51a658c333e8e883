"""Typed words made safe to draw, and the arithmetic of a cell written out."""

from collections.abc import Sequence

import numpy as np

from pages.parts.fields.arithmetic import bracketed, dot_text, enough_digits, fixed
from pages.parts.fields.numbers import power_of_ten
from pages.parts.fields.outside_text import chart_text

LETTERS = 12


def labels_of(words: Sequence[str]) -> list[str]:
    """Words as a figure may show them: short, and with nothing in them that could be read as a tag."""
    return [chart_text(word, LETTERS) for word in words]


def product_hover(
    left: np.ndarray, right: np.ndarray, rows: Sequence[str], columns: Sequence[str], factor: float = 1.0
) -> list[list[str]]:
    """For each cell of left (A, d) times right (B, d) transposed: what is multiplied there, number by number."""
    return [
        [f"{row} · {column}<br>{dot_text(a, b, factor)}" for column, b in zip(columns, right, strict=True)]
        for row, a in zip(rows, left, strict=True)
    ]


def token_hover(rows: Sequence[str], vectors: np.ndarray, places: np.ndarray) -> list[list[str]]:
    """For each cell of vectors (T, d) of length sqrt(d), plus places (T, d): how both numbers arise, and their sum."""
    d = vectors.shape[1]
    return [
        [
            f"{row}, number {column + 1}<br>"
            + (_sum_text(a, b, d, f"place {line + 1}: {_wave(line, column, d)}") if places.any() else _scaled(a, d, 3))
            for column, (a, b) in enumerate(zip(vector, place, strict=True))
        ]
        for line, (row, vector, place) in enumerate(zip(rows, vectors, places, strict=True))
    ]  # fmt: skip


def _sum_text(a: float, b: float, d: int, place: str) -> str:
    """A word's number and its place's, each with how it arises, and their sum, so that a calculator agrees."""
    digits = enough_digits(lambda n: fixed(round(a, n) + round(b, n), 3) == fixed(a + b, 3), 3)
    return f"{_scaled(a, d, digits)}<br>{place} = {fixed(b, digits)}<br>together {fixed(a + b, 3)}"


def _scaled(value: float, d: int, digits: int) -> str:
    """A number of a word's vector as sqrt(d) times that of a vector of length 1."""
    unit, wanted = value / np.sqrt(d), fixed(value, digits)
    most = enough_digits(lambda n: fixed(np.sqrt(d) * round(unit, n), digits) == wanted, 3)
    return f"√{d} · {bracketed(fixed(unit, most))} = {wanted}"


def _wave(place: int, column: int, d: int) -> str:
    """The sine or cosine that marks a place, counted from 0, in a column."""
    return f"{'cos' if column % 2 else 'sin'}({place} / 10000^({column - column % 2}/{d}))"


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
            f"{row} → {column}<br>" + (_quotient(value, largest, total) if share > 0 else "masked: 0")
            for column, value, share in zip(columns, line, shares, strict=True)
        ])  # fmt: skip
    return texts


def _quotient(score: float, largest: float, total: float) -> str:
    """One cell of the softmax: the exponential and the row's sum, with digits enough for a calculator to agree."""
    share = _share(np.exp(score - largest) / total)
    digits = enough_digits(
        lambda d: _share(np.exp(round(score, d) - round(largest, d)) / round(total, d)) == share, 3
    )  # fmt: skip
    return f"exp({fixed(score, digits)} − {bracketed(fixed(largest, digits))}) / {fixed(total, digits)} = {share}"


def _share(value: float) -> str:
    return fixed(value, 3) if value >= 0.01 else power_of_ten(value)
