"""The batch on the map: which training samples make an update, lit among all others."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import CLASSES, MARKERS, diverging_scale, text
from pages.parts.figures.theme import axis, base_layout

HEIGHT = 420
ROOM = 0.04  # of a curve's width, on both sides: samples lie at its very ends
SYMBOLS = {"triangle": "triangle-up", "plus": "cross", "cross": "x", "triangle_down": "triangle-down"}


@dataclass(frozen=True)
class Ground:
    """What lies under the points: the network's answers on a grid.

    `x` (W,), `y` (H,); `answers` (H, W) are output values, or class numbers where `n_classes` is above 2, or the curve's
    heights (1, W) for one input. `low` and `high` are the outputs at the ends of the colours.
    """

    x: np.ndarray
    y: np.ndarray
    answers: np.ndarray
    n_classes: int
    low: float
    high: float
    labels: tuple[str, str]


def batch_map_figure(ground: Ground, places: np.ndarray, targets: np.ndarray, batch: np.ndarray, dark: bool) -> go.Figure:
    """All training samples at `places` (N, 2) with labels or values `targets` (N,), those at rows `batch` (B,) lit.

    The first of the batch wears a ring: put the chosen sample there. A lit point's `customdata` is its training row, from 0.
    """
    others = np.setdiff1d(np.arange(len(places)), batch)
    unlit = {"size": 6, "opacity": 0.35}
    if ground.n_classes:  # a trace for each class is drawn faster than a colour for each point
        groups = [others[targets[others] == label] for label in np.unique(targets[others])]
        traces = [_points(places[rows], _look(int(targets[rows[0]])) | unlit) for rows in groups]
    else:
        traces = [_points(places[others], _values(ground, targets[others]) | unlit)]
    # Only lit points can be pointed at: in a crowd, the others would catch what is meant for them.
    traces = [trace | {"name": "not in the batch", "hoverinfo": "skip"} for trace in traces]
    traces += [_lit(ground, places, targets, batch, dark), _ring(places[batch[0]], dark)]
    return go.Figure([*ground_traces(ground, dark), *traces], map_layout(ground, HEIGHT, dark))


def map_layout(ground: Ground, height: int, dark: bool) -> dict:
    """The layout of a map whose points can be clicked: a square, as on the Train page; a curve takes all the width."""
    across, up = (
        axis(label, range=[ends[0], ends[-1]], showgrid=False, zeroline=False)
        for label, ends in zip(ground.labels, (ground.x, ground.y), strict=True)
    )
    if len(ground.answers) > 1:
        ratio = float((ground.x[-1] - ground.x[0]) / (ground.y[-1] - ground.y[0]))
        across |= {"constrain": "domain", "constraintoward": "left"}
        up |= {"constrain": "domain", "constraintoward": "top", "scaleanchor": "x", "scaleratio": ratio}
    else:
        room = ROOM * float(ground.x[-1] - ground.x[0])
        across["range"] = [ground.x[0] - room, ground.x[-1] + room]
    return base_layout(dark, height) | {"clickmode": "event+select", "xaxis": across, "yaxis": up}


def _lit(ground: Ground, places: np.ndarray, targets: np.ndarray, batch: np.ndarray, dark: bool) -> dict:
    """The samples of the batch as one trace, so that a point's number is its place in the batch."""
    looks = _values(ground, targets[batch])
    if ground.n_classes:
        each = [_look(int(label)) for label in targets[batch]]
        looks = {name: [look[name] for look in each] for name in ("color", "symbol")}
    points = _points(places[batch], looks | {"size": 13, "line": {"width": 2, "color": text(dark)}})
    told = {"text": [f"training sample {row + 1}" for row in batch], "hoverinfo": "text"}
    return points | {"name": "in the batch", "customdata": batch.tolist(), **told}


def _ring(place: np.ndarray, dark: bool) -> dict:
    ring = {"symbol": "circle-open", "size": 26, "color": text(dark), "line": {"width": 3}}
    return _points(place[None], ring) | {"hoverinfo": "skip"}


def ground_traces(ground: Ground, dark: bool) -> list:
    """What lies under the points: a heatmap of the answers, or the curve over one input."""
    if len(ground.answers) == 1:
        line = {"color": text(dark), "width": 2}
        return [go.Scatter(x=ground.x, y=ground.answers[0], mode="lines", line=line, hoverinfo="skip")]
    scale, low, high = diverging_scale(dark), ground.low, ground.high
    if ground.n_classes > 2:
        edges = np.linspace(0, 1, ground.n_classes + 1)
        scale = [(edge, CLASSES[k]) for k in range(ground.n_classes) for edge in edges[k : k + 2]]
        low, high = -0.5, ground.n_classes - 0.5
    return [go.Heatmap(
        x=ground.x, y=ground.y, z=ground.answers, zmin=low, zmax=high, colorscale=scale, showscale=False,
        opacity=0.5, hoverinfo="skip", zsmooth=False if ground.n_classes > 2 else "fast",
    )]  # fmt: skip


def _look(label: int) -> dict:
    """A class's colour and shape."""
    return {"color": CLASSES[label], "symbol": SYMBOLS.get(MARKERS[label], MARKERS[label])}


def _values(ground: Ground, targets: np.ndarray) -> dict:
    """Colours by value on the diverging scale."""
    return {"color": targets, "colorscale": diverging_scale(False), "cmin": ground.low, "cmax": ground.high}


def _points(places: np.ndarray, marker: dict) -> dict:
    # A click must not dim what was not clicked.
    same = {"marker": {"opacity": marker.get("opacity", 1)}}
    return {
        "type": "scatter", "x": places[:, 0], "y": places[:, 1], "mode": "markers", "marker": marker,
        "selected": same, "unselected": same,
    }  # fmt: skip
