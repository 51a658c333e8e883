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
    terms = [f"{short(a)}·{short(b)}" for a, b in zip(first, second, strict=True)]
    lines = ["  + ".join(terms[begin : begin + 4]) for begin in range(0, len(terms), 4)]
    total = float(first @ second)
    tail = f"<br>= {total:.4f}" + (f"<br>× {factor:.4g} = {total * factor:.4f}" if factor != 1.0 else "")
    return "<br>  + ".join(lines) + tail


def product_hover(
    left: np.ndarray, right: np.ndarray, rows: Sequence[str], columns: Sequence[str], factor: float = 1.0
) -> list[list[str]]:
    """For each cell of left (A, d) times right (B, d) transposed: what is multiplied there, number by number."""
    return [
        [f"{row} · {column}<br>{dot_text(a, b, factor)}" for column, b in zip(columns, right, strict=True)]
        for row, a in zip(rows, left, strict=True)
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
            + (f"exp({value:.3f} − {largest:.3f}) / {total:.3f} = {share:.4f}" if share > 0 else "masked: 0")
            for column, value, share in zip(columns, line, shares, strict=True)
        ])  # fmt: skip
    return texts
