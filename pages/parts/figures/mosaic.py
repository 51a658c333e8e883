"""Small decision maps of many networks side by side, best first."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.theme import base_layout
from pages.parts.palette import CLASSES, POSITIVE, TRAINING, diverging_scale, text

GAP = 3  # pixels of the map between two tiles
COLUMNS = 8

Array = np.ndarray


def mosaic_figure(
    maps: Array, labels: Sequence[str], hovers: Sequence[str], n_classes: int, dark: bool
) -> go.Figure:
    """Maps (S, side, side), y upwards, as tiles in rows of eight, each with its label in the corner.

    With `n_classes` up to 2 values run from -1 (orange) to 1 (blue); with more they are class numbers.
    """
    n_tiles, side = maps.shape[:2]
    columns = min(COLUMNS, n_tiles)
    rows = -(-n_tiles // columns)
    step = side + GAP
    picture = np.full((rows * step - GAP, columns * step - GAP), np.nan)
    words = np.full(picture.shape, "", dtype=object)
    for tile in range(n_tiles):
        top, left = (rows - 1 - tile // columns) * step, tile % columns * step
        picture[top : top + side, left : left + side] = maps[tile]
        words[top : top + side, left : left + side] = hovers[tile]
    scale, low, high = diverging_scale(dark), -1.0, 1.0
    if n_classes > 2:
        scale, low, high = _class_scale(n_classes), -0.5, n_classes - 0.5
    heatmap = go.Heatmap(
        z=picture, zmin=low, zmax=high, colorscale=scale, showscale=False, text=words, hoverongaps=False,
        hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(heatmap, base_layout(dark, 20 + 105 * rows))
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.update_layout(annotations=[
        {
            "x": tile % columns * step, "y": (rows - 1 - tile // columns) * step + side - 1, "text": f"<b>{label}</b>",
            "showarrow": False, "xanchor": "left", "yanchor": "top", "font": {"size": 12, "color": text(dark)},
            "bgcolor": "rgba(18,22,28,.65)" if dark else "rgba(255,255,255,.7)", "borderpad": 1,
        }
        for tile, label in enumerate(labels)
    ])  # fmt: skip
    return figure


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
