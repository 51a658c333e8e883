"""Tiles: pictures, filters and feature maps beside each other, in square cells of one pair of axes.

The unit of both axes is the side of one pixel of the picture, so a pooled map is drawn as large as the map it comes from.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import short
from pages.parts.figures.palette import TEST, diverging_scale, text, zero
from pages.parts.figures.theme import base_layout

Array = np.ndarray

HEAD, GAP = 0.2, 0.2  # of a tile's height and width: above it, for its name, and between two


class Frame(NamedTuple):
    """A square around cells: its left upper cell, and its side in cells."""

    row: int
    column: int
    side: int


class Tile(NamedTuple):
    """Numbers (rows, columns) with a name; `size` is the side of a cell in units, `limit` that of the colours.

    Ink goes from 0 to the limit, in the colour of text; other numbers wear orange and blue. `frame` marks cells.
    """

    name: str
    values: Array
    size: float = 1.0
    limit: float = 1.0
    is_ink: bool = False
    frame: Frame | None = None
    numbered: bool = False


def tiles_figure(tiles: Sequence[Tile], height: int, dark: bool, columns: int = 0, targets: bool = False) -> go.Figure:
    """All tiles, `columns` to a row (0: all in one), `height` pixels high.

    With `targets` every cell of the tiles holds an invisible marker that can be clicked: its `customdata` is the number of
    the cell, row by row from 0, and on through the tiles.
    """
    columns = columns or len(tiles)
    wide, high = (max(tile.values.shape[axis] * tile.size for tile in tiles) for axis in (1, 0))
    head, gap = HEAD * high, GAP * wide
    data, shapes, words = [], [], []
    for k, tile in enumerate(tiles):
        left, top = (k % columns) * (wide + gap), (k // columns) * (high + head) + head
        data.append(_cells(tile, left, top, dark))
        above = tile.size * max(0, -tile.frame.row) if tile.frame else 0  # a frame may reach beyond the tile
        words.append((left, top - above, tile.name))
        if targets:
            data.append(_targets(tile, left, top, sum(each.values.size for each in tiles[:k])))
        if tile.frame is not None:
            shapes.append(_frame(tile, left, top, dark))
    width, bottom = columns * (wide + gap) - gap, -(-len(tiles) // columns) * (high + head)
    data.append({
        "type": "scatter", "mode": "text", "hoverinfo": "skip", "cliponaxis": False, "x": [word[0] for word in words],
        "y": [word[1] for word in words], "text": [word[2] for word in words], "textposition": "top right",
        "textfont": {"size": 12}, "unselected": {"textfont": {"color": text(dark)}},
    })  # fmt: skip
    hidden = {"visible": False, "automargin": False, "fixedrange": True, "constrain": "domain"}
    layout = base_layout(dark, height) | {
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "shapes": shapes,
        "xaxis": hidden | {"range": [-0.1, width + 0.1], "constraintoward": "left"},
        "yaxis": hidden | {"range": [bottom + 0.1, 0], "scaleanchor": "x", "constraintoward": "top"},
    }
    return go.Figure({"data": data, "layout": layout})


def _middles(count: int, begin: float, size: float) -> Array:
    return begin + size * (np.arange(count) + 0.5)


def _cells(tile: Tile, left: float, top: float, dark: bool) -> dict:
    rows, columns = tile.values.shape
    scale = [(0.0, zero(dark)), (1.0, text(dark))] if tile.is_ink else diverging_scale(dark)
    numbers = {"text": [[short(float(value)) for value in row] for row in tile.values], "texttemplate": "%{text}",
               "textfont": {"size": 13}} if tile.numbered else {}  # fmt: skip
    return {
        "type": "heatmap", "z": tile.values, "x": _middles(columns, left, tile.size), "y": _middles(rows, top, tile.size),
        "zmin": 0 if tile.is_ink else -tile.limit, "zmax": tile.limit, "colorscale": scale, "showscale": False,
        "hovertemplate": f"{tile.name}: %{{z:.3g}}<extra></extra>", "xgap": 1, "ygap": 1,
    } | numbers  # fmt: skip


def _targets(tile: Tile, left: float, top: float, begin: int) -> dict:
    rows, columns = tile.values.shape
    y, x = np.divmod(np.arange(rows * columns), columns)
    unseen = {"marker": {"opacity": 0}}
    return {
        "type": "scatter", "mode": "markers", "x": left + tile.size * (x + 0.5), "y": top + tile.size * (y + 0.5),
        "customdata": begin + np.arange(rows * columns), "hoverinfo": "none", "marker": {"size": 12, "opacity": 0},
        "selected": unseen, "unselected": unseen,
    }  # fmt: skip


def _frame(tile: Tile, left: float, top: float, dark: bool) -> dict:
    row, column, side = tile.frame
    x, y, reach = left + tile.size * column, top + tile.size * row, tile.size * side
    return {"type": "rect", "x0": x, "x1": x + reach, "y0": y, "y1": y + reach,
            "line": {"color": TEST.colour(dark), "width": 3}}  # fmt: skip
