"""Samples to click on: the decision map with its points, and a sample that is a picture."""

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.batch_map import SYMBOLS, Ground, batch_map_figure
from pages.parts.figures.theme import base_layout
from pages.parts.palette import CLASSES, MARKERS, NEGATIVE, POSITIVE, diverging_scale, text, zero

Array = np.ndarray

def sample_map_figure(ground: Ground, places: Array, targets: Array, chosen: Array, dark: bool) -> go.Figure:
    """The training samples at `places` (N, 2) over the network's answers; the one at row `chosen` (1,), or (0,), is ringed.

    A point's `customdata` is its row, counted from 1.
    """
    # The map alone: here every sample can be clicked on, not those of a batch.
    figure = batch_map_figure(ground, places[:0], targets[:0], chosen[:0], dark)
    seen = {"marker": {"opacity": 0.9}}  # a click must not dim what was not clicked
    figure.add_trace(go.Scatter(
        x=places[:, 0], y=places[:, 1], mode="markers", marker=_marker(ground, targets, dark) | {"size": 7, "opacity": 0.9},
        customdata=list(range(1, len(places) + 1)), hovertemplate="training sample %{customdata}<extra></extra>",
        selected=seen, unselected=seen,
    ))  # fmt: skip
    ring = {"symbol": "circle-open", "size": 20, "color": text(dark), "line": {"width": 3}}
    figure.add_trace(go.Scatter(
        x=places[chosen, 0], y=places[chosen, 1], mode="markers", marker=ring, hoverinfo="skip",
        unselected={"marker": {"opacity": 1}},
    ))  # fmt: skip
    return figure


def _marker(ground: Ground, targets: Array, dark: bool) -> dict:
    """Colours and shapes by class, or colours by value on the diverging scale."""
    outline = {"line": {"width": 1, "color": zero(dark)}}
    if not ground.n_classes:
        scale = diverging_scale(dark)
        return outline | {"color": targets, "colorscale": scale, "cmin": ground.low, "cmax": ground.high}
    symbols = [SYMBOLS.get(MARKERS[label], MARKERS[label]) for label in targets]
    return outline | {"color": [CLASSES[label] for label in targets], "symbol": symbols}


def picture_figure(pixels: Array, region: Array | None, height: int, dark: bool) -> go.Figure:
    """A picture (side * side,) of pixels 0 to 1 or, below zero too, of weights; a frame around `region` (bool) if given.

    An invisible marker on every pixel can be selected: its number is that of the pixel.
    """
    side = round(len(pixels) ** 0.5)
    limit = float(np.abs(pixels).max()) or 1.0
    is_weights = pixels.min() < 0
    scale = diverging_scale(dark) if is_weights else [(0.0, zero(dark)), (1.0, text(dark))]
    heatmap = go.Heatmap(
        z=pixels.reshape(side, side).astype(np.float32), zmin=-limit if is_weights else 0, zmax=limit,
        colorscale=scale, showscale=False, hoverinfo="skip",
    )  # fmt: skip
    figure = go.Figure(heatmap, base_layout(dark, height))
    rows, columns = np.divmod(np.arange(side * side), side)
    if region is not None:
        figure.add_trace(go.Scatter(
            x=columns, y=rows, mode="markers", marker={"size": 4, "opacity": 0}, hoverinfo="none",
            selected={"marker": {"opacity": 0}}, unselected={"marker": {"opacity": 0}},
        ))  # fmt: skip
        figure.add_shape(
            type="rect", x0=columns[region].min() - 0.5, x1=columns[region].max() + 0.5,
            y0=rows[region].min() - 0.5, y1=rows[region].max() + 0.5,
            line={"color": POSITIVE if not is_weights else text(dark), "width": 3}, fillcolor="rgba(0, 0, 0, 0)",
        )  # fmt: skip
    figure.update_xaxes(visible=False, range=[-0.5, side - 0.5], constrain="domain")
    figure.update_yaxes(visible=False, range=[side - 0.5, -0.5], scaleanchor="x")
    return figure


def outputs_figure(before: Array, after: Array, names: list[str], dark: bool) -> go.Figure:
    """The network's answers (K,) as bars: as it is, and changed (hatched)."""
    figure = go.Figure(layout=base_layout(dark, 240))
    for name, values, colour, shape in (("as it is", before, POSITIVE, ""), ("changed", after, NEGATIVE, "/")):
        figure.add_trace(go.Bar(
            x=names, y=values, name=name, marker={"color": colour, "pattern": {"shape": shape}},
            hovertemplate="%{x}: %{y:.3g}<extra>" + name + "</extra>",
        ))  # fmt: skip
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.18}, bargap=0.25)
    figure.update_xaxes(type="category")
    return figure
