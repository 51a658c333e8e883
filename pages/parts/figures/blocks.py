"""Blocks: several heatmaps in one pair of axes, beside each other or one above the other.

A pair of axes costs the browser tens of milliseconds, a heatmap in it a few. So matrices that are looked at together
share one, in which a unit of height is a pixel and the width goes from 0 to 1. Figures are made of plain dicts and
checked by Plotly once, which takes a tenth of the time that building them object by object takes.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import diverging_scale
from pages.parts.figures.theme import base_layout

Array = np.ndarray

LABEL, TITLE = 11, 13  # sizes of letters in pixels


class Place(NamedTuple):
    """Where a block lies: `left` and `right` as shares of the width, `top` and `bottom` in pixels from above."""

    left: float
    right: float
    top: float
    bottom: float


class Word(NamedTuple):
    """A few letters in the picture, and where they stand from their point: "top right", "bottom center", ..."""

    text: str
    x: float
    y: float
    position: str
    size: int = LABEL


def block(values: Array, place: Place, limit: float, dark: bool, **style: Any) -> dict:
    """A heatmap of `values` (rows, columns) at a place, colours within ±`limit`.

    In its hovertemplate `%{pointNumber[0]}` and `%{pointNumber[1]}` are the row and the column, counted from 1.
    """
    rows, columns = values.shape
    # Plotly counts from 0: an empty row and column come before the first ones. They are as large as all others, as the
    # browser paints cells of one size, with no gaps between, as a picture, which is faster than cell by cell.
    padded = np.full((rows + 1, columns + 1), np.nan, dtype=np.float32)
    padded[1:, 1:] = values
    width, height = (place.right - place.left) / columns, (place.bottom - place.top) / rows
    return {
        "type": "heatmap", "z": padded, "zmin": -limit, "zmax": limit, "showscale": False, "hoverongaps": False,
        "x": np.linspace(place.left - width, place.right, columns + 2),
        "y": np.linspace(place.top - height, place.bottom, rows + 2),
        "colorscale": diverging_scale(dark),
    } | style  # fmt: skip


def middles(begin: float, end: float, count: int) -> Array:
    """The middles (count,) of so many equal cells between two edges."""
    edges = np.linspace(begin, end, count + 1)
    return (edges[1:] + edges[:-1]) / 2


def marks(count: int, most: int = 8) -> Array:
    """Which of the cells 1 to `count` get their number written beside them: at most `most`, from 1 on in equal steps."""
    step = next(base * 10**power for power in range(9) for base in (1, 2, 5) if -(-count // (base * 10**power)) <= most)
    return np.arange(1, count + 1, step)


def numbered(letter: str, number: int) -> str:
    """A letter with its number below: "x₁₂"."""
    return letter + "".join("₀₁₂₃₄₅₆₇₈₉"[int(digit)] for digit in str(number))


def column_numbers(count: int, place: Place, letter: str | Sequence[str]) -> list[Word]:
    """The names of some of the columns, such as x₁, under a block of `count` columns; a list names every column."""
    centres = middles(place.left, place.right, count)
    names = [numbered(letter, mark) if isinstance(letter, str) else letter[mark - 1] for mark in marks(count)]
    return [Word(name, centres[mark - 1], place.bottom + 2, "bottom center")
            for name, mark in zip(names, marks(count), strict=True)]  # fmt: skip


def row_numbers(count: int, place: Place, letter: str, most: int = 8) -> list[Word]:
    """The names of some of the rows, such as z₁, to the left of a block of `count` rows."""
    centres = middles(place.top, place.bottom, count)
    return [Word(numbered(letter, mark) + " ", place.left, centres[mark - 1], "middle left") for mark in marks(count, most)]


def block_figure(blocks: list[dict], words: list[Word], height: float, dark: bool) -> go.Figure:
    """All blocks and words in one pair of axes, `height` pixels high."""
    letters = {
        "type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False,
        "x": [word.x for word in words], "y": [word.y for word in words], "text": [word.text for word in words],
        "textposition": [word.position for word in words], "textfont": {"size": [word.size for word in words]},
    }  # fmt: skip
    hidden = {"visible": False, "automargin": False, "fixedrange": True}
    layout = base_layout(dark, round(height)) | {
        "margin": {"l": 30, "r": 6, "t": 0, "b": 0},
        "xaxis": hidden | {"range": [0, 1]},
        "yaxis": hidden | {"range": [height, 0]},
    }
    return go.Figure({"data": [*blocks, letters], "layout": layout})
