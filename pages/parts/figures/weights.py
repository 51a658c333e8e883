"""Weight matrices: all layers at one moment, one layer at work on one sample, and weights as pictures."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.parts.figures.theme import base_layout
from pages.parts.palette import diverging_scale, text

Array = np.ndarray

MOST_NUMBERS = 12  # columns: with more of them, a cell has no room for its number
ROW, LEAST_ROW, TALLEST = 24, 4, 340  # pixels: a neuron's row, where there is room, and a whole layer
EXACT = 0.1  # below this reach of the colours, two decimals would be noughts


def matrices_figure(matrices: Sequence[Array], names: Sequence[str], limit: float, dark: bool) -> go.Figure:
    """One heatmap a layer, its biases as a column apart, of matrices (n_out, n_in + 1); all colours within ±`limit`.

    `names` are those of the layers' weights. Numbers stand in the cells where they fit.
    """
    heights = [layer_height(len(matrix)) for matrix in matrices]
    total = sum(heights)
    figure = make_subplots(
        rows=len(matrices), cols=1, row_heights=[height / total for height in heights],
        vertical_spacing=min(0.9 / len(matrices), 52 / (total + 52 * len(matrices))),
        subplot_titles=[f"{name} and its biases b" for name in names],
    )  # fmt: skip
    for row, matrix in enumerate(matrices, 1):
        add_matrix(figure, matrix, limit, dark, {"row": row, "col": 1})
    figure.update_layout(**base_layout(dark, total + 52 * len(matrices)))
    figure.update_layout(margin_t=28)
    figure.update_annotations(font_size=13, xanchor="left", x=0)
    return figure


def layer_height(n_neurons: int) -> int:
    """Pixels for the rows of a layer."""
    return max(34, int(n_neurons * max(LEAST_ROW, min(ROW, TALLEST / n_neurons))))


def add_matrix(figure: go.Figure, matrix: Array, limit: float, dark: bool, place: dict[str, int]) -> None:
    """Adds a layer's matrix (n_out, n_in + 1), rows from the top, its last column set apart, at a subplot's place."""
    n_out, n_in = matrix.shape[0], matrix.shape[1] - 1
    width = max(1.0, n_in / 25)  # wide enough to be seen beside hundreds of weights
    edge = n_in + 0.5 + 0.04 * (n_in + 1) + 0.1  # where the biases begin
    rows = np.arange(1, n_out + 1)
    shared = {
        "y": rows, "zmin": -limit, "zmax": limit, "colorscale": diverging_scale(dark), "showscale": False,
    }  # fmt: skip
    if n_in < MOST_NUMBERS and layer_height(n_out) / n_out >= 14:
        shared |= {"texttemplate": "%{z:.2f}" if limit >= EXACT else "%{z:.0e}", "textfont": {"size": 11}}
    if n_in <= 64:
        shared |= {"xgap": 1, "ygap": 1}
    weights = go.Heatmap(
        x=np.arange(1, n_in + 1), z=matrix[:, :-1].astype(np.float32), **shared,
        hovertemplate="neuron %{y} listens to %{x}<br>w = %{z:.4g}<extra></extra>",
    )  # fmt: skip
    biases = go.Heatmap(
        x=[edge, edge + width], z=matrix[:, -1:].astype(np.float32), **shared,
        hovertemplate="neuron %{y}<br>b = %{z:.4g}<extra></extra>",
    )  # fmt: skip
    figure.add_traces([weights, biases], rows=[place["row"]] * 2, cols=[place["col"]] * 2)
    ticks = np.unique(np.linspace(1, n_in, min(n_in, 8)).round().astype(int))
    figure.update_xaxes(
        tickvals=[*ticks, edge + width / 2], ticktext=[*map(str, ticks), "b"], showgrid=False,
        showline=False, zeroline=False, range=[0.5, edge + width], **place,
    )  # fmt: skip
    marks = np.unique(np.linspace(1, n_out, min(n_out, 8)).round().astype(int))
    figure.update_yaxes(
        range=[n_out + 0.5, 0.5], tickvals=marks, showgrid=False, showline=False, zeroline=False, **place
    )


def product_figure(matrix: Array, inputs: Array, z: Array, a: Array, dark: bool) -> go.Figure:
    """One layer at work: its matrix (n_out, n_in + 1), and as columns its inputs (n_in,), sums z and activations a (n_out,).

    Weights share a colour scale; each column has one of its own.
    """
    n_in = matrix.shape[1] - 1
    figure = make_subplots(
        rows=1, cols=4, column_widths=[max(0.4, min(0.7, 0.07 * n_in)), 0.12, 0.12, 0.12], horizontal_spacing=0.06,
        subplot_titles=["W and b", "x", "z", "a"],
    )  # fmt: skip
    limit = float(np.abs(matrix).max()) or 1.0
    add_matrix(figure, matrix, limit, dark, {"row": 1, "col": 1})
    for column, (name, values) in enumerate((("x", inputs), ("z", z), ("a", a)), 2):
        figure.add_trace(_column(name, values, dark), row=1, col=column)
        figure.update_yaxes(
            range=[len(values) + 0.5, 0.5], showgrid=False, showticklabels=len(values) <= 16, tickmode="array",
            tickvals=list(range(1, len(values) + 1)), row=1, col=column,
        )  # fmt: skip
        figure.update_xaxes(showticklabels=False, showgrid=False, row=1, col=column)
    height = max(layer_height(len(matrix)), layer_height(len(inputs)))
    figure.update_layout(**base_layout(dark, height + 60))
    figure.update_layout(margin_t=30)
    return figure


def _column(name: str, values: Array, dark: bool) -> go.Heatmap:
    limit = float(np.abs(values).max(initial=0)) or 1.0
    numbers = {"texttemplate": "%{z:.2f}", "textfont": {"size": 11}} if len(values) <= 24 else {}
    return go.Heatmap(
        z=values[:, None], x=[0], y=np.arange(1, len(values) + 1), zmin=-limit, zmax=limit,
        colorscale=diverging_scale(dark), showscale=False, ygap=1 if len(values) <= 64 else 0,
        hovertemplate=name + " %{y} = %{z:.4g}<extra></extra>", **numbers,
    )  # fmt: skip


def pictures_figure(weights: Array, chosen: int, columns: int, dark: bool) -> go.Figure:
    """Every row of `weights` (n, side * side) as a picture, `columns` beside each other, numbered from 1.

    All share one scale, symmetric about 0; the picture of neuron `chosen` (0-based) has a frame.
    """
    n, side = len(weights), round(weights.shape[1] ** 0.5)
    rows, step = -(-n // columns), side + max(1, side // 8)
    sheet = np.full((rows * step, columns * step), np.nan, dtype=np.float32)
    for k, picture in enumerate(weights.reshape(n, side, side)):
        top, left = (k // columns) * step, (k % columns) * step
        sheet[top : top + side, left : left + side] = picture
    limit = float(np.abs(weights).max()) or 1.0
    heatmap = go.Heatmap(
        z=sheet, zmin=-limit, zmax=limit, colorscale=diverging_scale(dark), hoverinfo="skip",
        colorbar={"orientation": "h", "thickness": 8, "len": 0.5, "outlinewidth": 0, "y": -0.02, "yanchor": "top"},
    )  # fmt: skip
    figure = go.Figure(heatmap, base_layout(dark, 60 + rows * max(70, min(130, 760 // columns))))
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, autorange="reversed", scaleanchor="x")
    figure.update_layout(annotations=[_number(k, columns, step) for k in range(n)])
    top, left = (chosen // columns) * step, (chosen % columns) * step
    figure.add_shape(
        type="rect", x0=left - 0.5, x1=left + side - 0.5, y0=top - 0.5, y1=top + side - 0.5,
        line={"color": text(dark), "width": 2.5},
    )  # fmt: skip
    return figure


def _number(neuron: int, columns: int, step: int) -> dict:
    return {
        "x": (neuron % columns) * step, "y": (neuron // columns) * step, "text": f"<b>{neuron + 1}</b>",
        "showarrow": False, "xanchor": "left", "yanchor": "top", "font": {"size": 11},
    }  # fmt: skip
