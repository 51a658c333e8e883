"""Spread from layer to layer, as boxes, and every initializer with every activation, as a table of colours."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import power_of_ten, short
from pages.parts.figures.palette import CLASSES, diverging_scale, text
from pages.parts.figures.theme import base_layout
from pages.parts.figures.ticks import log_axis

HEIGHT = 360
DECADES = 3  # of the signal, at the ends of the colours

Array = np.ndarray


def boxes_figure(before: Array, after: Array, title: str, log: bool, dark: bool) -> go.Figure:
    """Two boxes a layer from its 5, 25, 50, 75 and 95 % quantiles (L, 5): at the start, filled, and after training, open."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    layers = np.arange(1, len(before) + 1)
    for name, quantiles, colour, fill in (
        ("at the start", before, CLASSES[1], None), ("after training", after, CLASSES[0], "rgba(0, 0, 0, 0)"),
    ):  # fmt: skip
        shown = np.where(np.isfinite(quantiles) & ((quantiles > 1e-30) | (not log)), quantiles, np.nan)
        low, first, middle, third, high = shown.T
        figure.add_box(x=layers, lowerfence=low, q1=first, median=middle, q3=third, upperfence=high, name=name,
                       line={"color": colour, "width": 1.5}, fillcolor=fill)
    figure.update_layout(boxmode="group", showlegend=True,
                         legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    figure.update_xaxes(title_text="layer", dtick=1 if len(layers) <= 12 else 2)
    figure.update_yaxes(title_text=title, **(log_axis([before, after]) if log else {}))
    return figure


def ratio_text(ratio: float) -> str:
    """A ratio in few letters: "0.83", "412", "2·10⁻⁶", "–" where there is none."""
    if not np.isfinite(ratio):
        return "–"
    return short(ratio) if ratio == 0 or 0.01 <= ratio < 10_000 else power_of_ten(ratio, 1)


def ratios_figure(
    ratios: Array, rows: Sequence[str], columns: Sequence[str], dark: bool, marks: Array | None = None
) -> go.Figure:
    """Ratios (I, A) on a log colour scale, orange where a signal fades and blue where it grows, each with its number.

    `marks` (I, A) are signs put after the numbers, or nothing; a marked cell has no colour, so that it does not look good.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        decades = np.where(np.isfinite(ratios), np.log10(np.maximum(ratios, 1e-300)), np.nan)
    words = np.array([[ratio_text(float(value)) for value in row] for row in ratios])
    if marks is not None:
        words = np.char.add(words, np.where(marks == "", "", np.char.add(" ", marks)))
        decades = np.where(marks == "", decades, np.nan)
    lines = np.char.replace(words, "·", "·<br>")  # on a phone a cell is three digits wide
    heatmap = go.Heatmap(
        x=list(columns), y=list(rows), z=decades, zmin=-DECADES, zmax=DECADES, colorscale=diverging_scale(dark),
        text=lines, customdata=words, texttemplate="%{text}", textfont={"size": 11}, showscale=False, xgap=1, ygap=1,
        hovertemplate="%{y} with %{x}: %{customdata}<extra></extra>", hoverongaps=False,
    )  # fmt: skip
    figure = go.Figure(heatmap, base_layout(dark, 500))
    figure.update_yaxes(autorange="reversed", showgrid=False)
    figure.update_xaxes(tickangle=-40, showgrid=False, tickfont={"color": text(dark)})
    return figure
