"""Attention's matrices: the weight of every query word on every key word, and the numbers behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.parts.fields.numbers import plain
from pages.parts.figures.palette import TEST, TRAINING, VALIDATION, diverging_scale, mix, share_scale, text, zero
from pages.parts.figures.theme import base_layout
from pages.parts.figures.ticks import cell, share_cell, share_ticks

NUMBERS_UP_TO = 14  # columns: with more of them, a cell has no room for its number
CROWDED = 16  # columns: with more of them, their names stand upright and small, or they would not fit a phone
ROW_HEIGHT, ROWS_FRAME = 30, 90  # pixels
HATCHES = (-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75)  # where the lines over a masked cell begin, in cells


@dataclass(frozen=True)
class Axes:
    """What a matrix's rows and columns are: a label for each (plain text, escaped), and a title for all."""

    rows: Sequence[str]
    columns: Sequence[str]
    row_title: str = ""
    column_title: str = ""


def share_figure(weights: np.ndarray, axes: Axes, dark: bool, hover: Sequence[Sequence[str]] | None = None) -> go.Figure:
    """A heatmap of attention weights (T_q, T_k) from 0 to 1, a number in each cell where there is room; NaN is masked."""
    figure = go.Figure(_heatmap(weights, axes, dark, 1.0, hover), base_layout(dark, _height(axes)))
    figure.data[0].update(zmin=0, colorscale=share_scale(dark))
    return _finish(figure, weights, axes, dark, share_cell)


def signed_figure(
    values: np.ndarray, axes: Axes, dark: bool, hover: Sequence[Sequence[str]] | None = None,
    marked: np.ndarray | None = None,
) -> go.Figure:
    """A heatmap of any numbers (T, d) on a scale symmetric about 0; a masked cell is hatched and says −∞.

    Cells that are `marked` (T, d) are hatched and keep their colour and their number.
    """
    limit = float(np.abs(values[np.isfinite(values)]).max(initial=0.0)) or 1.0
    figure = go.Figure(_heatmap(values, axes, dark, limit, hover), base_layout(dark, _height(axes)))
    figure.data[0].update(zmin=-limit, colorscale=diverging_scale(dark))
    figure = _finish(figure, values, axes, dark, cell)
    if marked is not None and marked.any():
        figure.update_layout(shapes=[*figure.layout.shapes, *hatching(marked, dark, "above")])
    return figure


def learning_figure(updates: np.ndarray, scores: np.ndarray, frame: int, names: Sequence[str], dark: bool) -> go.Figure:
    """Loss, and shares right on two sets, against updates (F,); `scores` (F, 3), with the shown frame marked."""
    figure = make_subplots(rows=1, cols=2, subplot_titles=names[:2], horizontal_spacing=0.17)
    styles = (TRAINING, TRAINING, VALIDATION)
    for column, (style, name) in enumerate(zip(styles, ("loss", "training", "held out"), strict=True)):
        line = {"color": style.colour(dark), "dash": style.dash, "width": 2}
        trace = go.Scatter(x=updates, y=scores[:, column], mode="lines", line=line, name=name, showlegend=column > 0,
                           hovertemplate=f"{name} %{{y:.3g}} after %{{x}} updates<extra></extra>")  # fmt: skip
        figure.add_trace(trace, row=1, col=1 + (column > 0))
    figure.update_layout(**base_layout(dark, 260), margin_t=30)
    figure.update_layout(showlegend=True, legend={"x": 1, "y": -0.32, "xanchor": "right", "orientation": "h"})
    figure.update_xaxes(title_text="updates", **update_ticks(int(updates[-1]), 2))
    figure.update_yaxes(range=[-0.03, 1.05], **share_ticks(), col=2)
    figure.update_yaxes(rangemode="tozero", col=1)
    figure.add_vline(x=float(updates[frame]), line={"color": TEST.colour(dark), "width": 1.5, "dash": "dot"})
    return figure


def update_ticks(last: int, parts: int) -> dict:
    """An axis of updates from 0 to `last`, in so many parts: its last number is always there."""
    values = [round(last * part / parts) for part in range(parts + 1)]
    return {"tickvals": values, "ticktext": [f"{value:,}" for value in values], "ticklabeloverflow": "allow"}


def _height(axes: Axes) -> int:
    return ROWS_FRAME + ROW_HEIGHT * max(5, min(len(axes.rows), 16))


def _ticks(labels: Sequence[str]) -> dict:
    return {"tickvals": list(range(len(labels))), "ticktext": list(labels)}


def _heatmap(values: np.ndarray, axes: Axes, dark: bool, limit: float, hover: Sequence | None) -> go.Heatmap:
    texts = hover if hover is not None else [
        [f"{row} → {column}: {plain(value)}" for column, value in zip(axes.columns, line, strict=True)]
        for row, line in zip(axes.rows, values, strict=True)
    ]  # fmt: skip
    return go.Heatmap(
        z=np.where(np.isfinite(values), values, np.nan), zmax=limit, showscale=False, xgap=1, ygap=1, hovertext=texts,
        hovertemplate="%{hovertext}<extra></extra>", hoverongaps=True,
    )  # fmt: skip


def _finish(
    figure: go.Figure, values: np.ndarray, axes: Axes, dark: bool, write: Callable[[float], str]
) -> go.Figure:
    """Adds the axes, and the numbers in the cells where there is room for them."""
    angle = -45 if max(map(len, axes.columns)) * len(axes.columns) > 70 else 0
    crowded = len(axes.columns) > CROWDED
    figure.update_xaxes(**_ticks(axes.columns), title_text=axes.column_title, showgrid=False, zeroline=False,
                        tickangle=-90 if crowded else angle, tickfont_size=9 if crowded else None)  # fmt: skip
    figure.update_yaxes(zeroline=False)
    figure.update_yaxes(**_ticks(axes.rows), title_text=axes.row_title, showgrid=False, autorange="reversed")
    if len(axes.columns) <= NUMBERS_UP_TO:
        # The trace's own text, not annotations: it shrinks with the cells, and is left out where they are too small.
        texts = [[write(value) if np.isfinite(value) else "" for value in row] for row in values]
        figure.data[0].update(text=texts, texttemplate="%{text}")
    size = 8 if crowded else 13
    figure.update_layout(annotations=[
        {"x": column, "y": row, "showarrow": False, "text": "−∞", "font": {"size": size, "color": text(dark)}}
        for (row, column), value in np.ndenumerate(values) if np.isneginf(value)
    ], shapes=hatching(~np.isfinite(values), dark))  # fmt: skip
    return figure


def hatching(masked: np.ndarray, dark: bool, layer: str = "below") -> list[dict]:
    """Slanted lines over the `masked` cells (rows, columns), as one shape: "not allowed" is not a weight of 0."""
    lines = [
        f"M{column + max(start, 0) - 0.5} {row - min(start, 0) - 0.5}"
        f"L{column + min(start, 0) + 0.5} {row - max(start, 0) + 0.5}"
        for row, column in np.argwhere(masked) for start in HATCHES
    ]  # fmt: skip
    style = {"width": 1, "color": mix(zero(dark), text(dark), 0.35)}
    return [{"type": "path", "path": "".join(lines), "layer": layer, "line": style}] if lines else []
