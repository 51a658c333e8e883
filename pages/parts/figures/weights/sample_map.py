"""Samples to click on: the decision map with its points, and samples that are pictures."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.batch_map import SYMBOLS, Ground, ground_traces, map_layout
from pages.parts.figures.palette import CLASSES, MARKERS, diverging_scale, text, zero
from pages.parts.figures.theme import base_layout

Array = np.ndarray

HEIGHT = 380
PALE = 0.2  # of its colour is left to a pixel outside the region that is kept
UNSEEN = {"marker": {"opacity": 0}}


class Samples(NamedTuple):
    """Training samples: where they lie on the map, (N, 2), and their labels or values (N,)."""

    places: Array
    targets: Array


def sample_map_figure(ground: Ground, samples: Samples, chosen: Array, dark: bool) -> go.Figure:
    """The training samples over the network's answers; the one at row `chosen` (1,), or (0,), is ringed.

    A point's `customdata` is its row, counted from 1. Each class is a trace, which draws faster than a colour a point.
    """
    places, targets = samples
    ring = {
        "type": "scatter", "mode": "markers", "x": places[chosen, 0], "y": places[chosen, 1], "hoverinfo": "skip",
        "marker": {"symbol": "circle-open", "size": 20, "color": text(dark), "line": {"width": 3}},
        "unselected": {"marker": {"opacity": 1}},
    }  # fmt: skip
    points = [_points(places, rows, marker, dark) for rows, marker in _groups(ground, targets, dark)]
    data = [*ground_traces(ground, dark), *points, ring]
    return go.Figure({"data": data, "layout": map_layout(ground, HEIGHT, dark)})


def _groups(ground: Ground, targets: Array, dark: bool) -> list[tuple[Array, dict]]:
    """Rows and their marker: a colour and a shape for each class, or colours by value on the diverging scale."""
    if not ground.n_classes:
        scale = {"colorscale": diverging_scale(dark), "cmin": ground.low, "cmax": ground.high}
        return [(np.arange(len(targets)), {"color": targets, **scale})]
    looks = [{"color": CLASSES[k], "symbol": SYMBOLS.get(MARKERS[k], MARKERS[k])} for k in range(ground.n_classes)]
    return [(np.flatnonzero(targets == label), look) for label, look in enumerate(looks)]


def _points(places: Array, rows: Array, marker: dict, dark: bool) -> dict:
    seen = {"marker": {"opacity": 0.9}}  # a click must not dim what was not clicked
    return {
        "type": "scatter", "mode": "markers", "x": places[rows, 0], "y": places[rows, 1], "customdata": rows + 1,
        "hovertemplate": "training sample %{customdata}<extra></extra>", "selected": seen, "unselected": seen,
        # A value near 0 has the colour of the page: its edge shows it.
        "marker": marker | {"size": 7, "opacity": 0.9, "line": {"width": 1, "color": text(dark) if "cmin" in marker
                                                                else zero(dark)}},
    }  # fmt: skip


def digits_figure(pictures: Array, dark: bool) -> go.Figure:
    """Pictures (n, side * side) of pixels 0 to 1, beside each other: one heatmap, quicker than one each."""
    n, side = len(pictures), round(pictures.shape[1] ** 0.5)
    gap = max(1, side // 8)
    sheet = np.full((side, n * (side + gap) - gap), np.nan, dtype=np.float32)
    for k, picture in enumerate(pictures.reshape(n, side, side)):
        sheet[:, k * (side + gap) : k * (side + gap) + side] = picture
    return go.Figure({
        "data": [_pixels(sheet, 1.0, is_weights=False, dark=dark)],
        "layout": _frameless(dark, 100, sheet.shape[1], side),
    })  # fmt: skip


def picture_figure(pixels: Array, region: Array | None, height: int, dark: bool) -> go.Figure:
    """A picture (side * side,) of pixels 0 to 1 or, below zero too, of weights; a line around `region` (bool) if given.

    Outside the region colours are pale. An invisible marker on every pixel can be selected: its number is that of the pixel.
    """
    side = round(len(pixels) ** 0.5)
    is_weights = region is not None or pixels.min() < 0
    limit = float(np.abs(pixels).max()) or 1.0
    seen = pixels if region is None else np.where(region, pixels, PALE * pixels)
    data = [_pixels(seen.reshape(side, side).astype(np.float32), limit, is_weights=is_weights, dark=dark)]
    if region is not None:
        rows, columns = np.divmod(np.arange(side * side), side)
        data.append({
            "type": "scatter", "mode": "markers", "x": columns, "y": rows, "marker": {"size": 4, "opacity": 0},
            "hoverinfo": "none", "selected": UNSEEN, "unselected": UNSEEN,
        })  # fmt: skip
        x, y = outline(region.reshape(side, side))
        data.append({
            "type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
            "line": {"color": text(dark), "width": 2.5},
        })  # fmt: skip
    return go.Figure({"data": data, "layout": _frameless(dark, height, side, side)})


def outline(region: Array) -> tuple[Sequence[float], Sequence[float]]:
    """The x and the y of a line around a region, bool (H, W), of pixels 1 wide: two ends a piece, then nan."""
    x: list[float] = []
    y: list[float] = []
    padded = np.pad(region, 1).astype(int)
    for row, column in np.argwhere(np.diff(padded, axis=0)):  # between the rows `row - 1` and `row`
        x += [column - 1.5, column - 0.5, np.nan]
        y += [row - 0.5, row - 0.5, np.nan]
    for row, column in np.argwhere(np.diff(padded, axis=1)):
        x += [column - 0.5, column - 0.5, np.nan]
        y += [row - 1.5, row - 0.5, np.nan]
    return np.array(x), np.array(y)


def _pixels(sheet: Array, limit: float, *, is_weights: bool, dark: bool) -> dict:
    """A picture as a heatmap: ink in the colour of text, weights in orange and blue."""
    scale = diverging_scale(dark) if is_weights else [(0.0, zero(dark)), (1.0, text(dark))]
    return {
        "type": "heatmap", "z": sheet, "zmin": -limit if is_weights else 0, "zmax": limit, "colorscale": scale,
        "showscale": False, "hoverinfo": "skip",
    }  # fmt: skip


def _frameless(dark: bool, height: int, columns: int, rows: int) -> dict:
    """A layout of square pixels without axes."""
    bare = {"visible": False, "automargin": False, "constrain": "domain"}
    return base_layout(dark, height) | {
        "margin": {"l": 2, "r": 2, "t": 2, "b": 2},
        "xaxis": bare | {"range": [-0.5, columns - 0.5]},
        "yaxis": bare | {"range": [rows - 0.5, -0.5], "scaleanchor": "x"},
    }
