"""The batch on the map: which training samples make an update, lit among all others."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.theme import base_layout
from pages.parts.palette import CLASSES, MARKERS, diverging_scale, text

HEIGHT = 380
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

    The first of the batch wears a ring: put the chosen sample there. A lit point's `customdata` is its training row.
    """
    figure = go.Figure(_ground_traces(ground, dark), base_layout(dark, HEIGHT))
    others = np.setdiff1d(np.arange(len(places)), batch)
    figure.add_trace(_points(ground, places[others], targets[others], {"size": 6, "opacity": 0.35}))
    # Only lit points can be pointed at: in a crowd, the others would catch what is meant for them.
    figure.data[-1].update(name="not in the batch", hoverinfo="skip")
    figure.add_trace(_points(ground, places[batch], targets[batch], {"size": 13, "line": {"width": 2, "color": text(dark)}}))
    figure.data[-1].update(
        name="in the batch", customdata=batch.tolist(), hovertemplate="training sample %{customdata}<extra></extra>"
    )
    chosen = places[batch[:1]]
    ring = {"symbol": "circle-open", "size": 26, "color": text(dark), "line": {"width": 3}}
    figure.add_trace(go.Scatter(
        x=chosen[:, 0], y=chosen[:, 1], mode="markers", marker=ring, hoverinfo="skip", unselected={"marker": {"opacity": 1}}
    ))  # fmt: skip
    figure.update_layout(clickmode="event+select")
    figure.update_xaxes(title_text=ground.labels[0], range=[ground.x[0], ground.x[-1]], showgrid=False, zeroline=False)
    figure.update_yaxes(title_text=ground.labels[1], range=[ground.y[0], ground.y[-1]], showgrid=False, zeroline=False)
    return figure


def _ground_traces(ground: Ground, dark: bool) -> list:
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


def _points(ground: Ground, places: np.ndarray, targets: np.ndarray, style: dict) -> go.Scatter:
    """Points in their classes' colours and shapes, or by value on the diverging scale."""
    marker = dict(style)
    if ground.n_classes:
        marker["color"] = [CLASSES[label] for label in targets]
        marker["symbol"] = [SYMBOLS.get(MARKERS[label], MARKERS[label]) for label in targets]
    else:
        marker |= {"color": targets, "colorscale": diverging_scale(False), "cmin": ground.low, "cmax": ground.high}
    # A click must not dim what was not clicked.
    same = {"marker": {"opacity": style.get("opacity", 1)}}
    return go.Scatter(x=places[:, 0], y=places[:, 1], mode="markers", marker=marker, selected=same, unselected=same)
