"""Small decision maps of many networks side by side, best first."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import CLASSES, POSITIVE, TRAINING, diverging_scale, text
from pages.parts.figures.theme import base_layout

GAP = 3  # pixels of the map between two tiles
LABEL = 9  # and below each, for its loss
COLUMNS = 8

Array = np.ndarray


def mosaic_figure(
    maps: Array, labels: Sequence[tuple[str, str]], hovers: Sequence[str], names: Sequence[str], dark: bool
) -> go.Figure:
    """Maps (S, side, side), y upwards, as square tiles in rows of eight; `labels` are a corner's text and what stands below.

    `names` are what the colours mean: with two, values run from -1 (orange) to 1 (blue); more are class numbers.
    """
    n_tiles, side = maps.shape[:2]
    columns = min(COLUMNS, n_tiles)
    rows, step, drop = -(-n_tiles // columns), side + GAP, side + GAP + LABEL
    picture = np.full((rows * drop - GAP, columns * step - GAP), np.nan)
    words = np.full(picture.shape, "", dtype=object)
    corners = [((rows - 1 - tile // columns) * drop + LABEL, tile % columns * step) for tile in range(n_tiles)]
    for tile, (bottom, left) in enumerate(corners):
        picture[bottom : bottom + side, left : left + side] = maps[tile]
        words[bottom : bottom + side, left : left + side] = hovers[tile]
    scale, low, high = diverging_scale(dark), -1.0, 1.0
    if len(names) > 2:
        scale, low, high = _class_scale(len(names)), -0.5, len(names) - 0.5
    heatmap = go.Heatmap(
        z=picture, zmin=low, zmax=high, colorscale=scale, showscale=False, text=words, hoverongaps=False,
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(heatmap, base_layout(dark, 60 + 110 * rows))
    _key(figure, names)
    # One scale for both directions: the data's classes must not look wider than they are high.
    figure.update_xaxes(visible=False, range=[-0.5, picture.shape[1] - 0.5], constrain="domain")
    figure.update_yaxes(visible=False, range=[-0.5, picture.shape[0] - 0.5], scaleanchor="x", constrain="domain",
                        constraintoward="top")
    common = {"showarrow": False, "font": {"size": 11, "color": text(dark)}}
    box = {"bgcolor": "rgba(18,22,28,.65)" if dark else "rgba(255,255,255,.7)", "borderpad": 1}
    for (bottom, left), (number, below) in zip(corners, labels, strict=True):
        figure.add_annotation(x=left, y=bottom + side - 1, text=f"<b>{number}</b>", xanchor="left", yanchor="top", **common,
                              **box)
        figure.add_annotation(x=left + side / 2, y=bottom - 0.5, text=below, yanchor="top", **common)
    return figure


def _key(figure: go.Figure, names: Sequence[str]) -> None:
    """A legend of what the colours mean."""
    for name, colour in zip(names, CLASSES, strict=False):
        figure.add_scatter(x=[None], y=[None], mode="markers", name=name,
                           marker={"symbol": "square", "size": 12, "color": colour})
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.0, "yanchor": "bottom", "x": 0})


def _class_scale(n_classes: int) -> list[tuple[float, str]]:
    """A colour scale in steps, one per class."""
    return [(edge / n_classes, CLASSES[k]) for k in range(n_classes) for edge in (k, k + 1)]


def curves_figure(x: Array, curves: Array, points: tuple[Array, Array], labels: tuple[str, str], dark: bool) -> go.Figure:
    """The functions (S, N) of one input x (N,) that S networks have become, the first one bold, and the data points."""
    figure = go.Figure(layout=base_layout(dark, 420))
    figure.add_scatter(
        x=np.tile(np.append(x, np.nan), len(curves)), hoverinfo="skip", mode="lines", opacity=0.35,
        y=np.column_stack([curves, np.full(len(curves), np.nan)]).ravel(), line={"color": POSITIVE, "width": 1},
    )  # fmt: skip
    figure.add_scatter(x=x, y=curves[0], mode="lines", line={"color": POSITIVE, "width": 3.5}, name="the best start")
    figure.add_scatter(
        x=points[0], y=points[1], mode="markers", marker={"size": 4, "color": TRAINING.colour(dark)}, name="training set"
    )
    figure.update_xaxes(title_text=labels[0])
    figure.update_yaxes(title_text=labels[1])
    return figure
