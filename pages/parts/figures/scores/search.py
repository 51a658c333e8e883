"""A search over two settings: one square for each combination, the lower the validation loss the bluer."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import share_scale, text
from pages.parts.figures.theme import axis, base_layout

HEIGHT, AWAITED = 380, 260

Array = np.ndarray


def awaited_figure(labels: tuple[Sequence[str], Sequence[str]], titles: tuple[str, str], dark: bool) -> go.Figure:
    """The squares of a search that was not made yet, each with a question mark; arguments as in `search_figure`."""
    rows, columns = len(labels[1]), len(labels[0])
    number = np.arange(rows * columns)
    asked = go.Scatter(x=number % columns, y=number // columns, mode="text", text=["?"] * len(number), hoverinfo="skip")
    return go.Figure(asked, base_layout(dark, AWAITED)).update_layout(_axes(labels, titles))


def _axes(labels: tuple[Sequence[str], Sequence[str]], titles: tuple[str, str]) -> dict:
    """Layout arguments: a square's place for each of the labels across and upwards."""
    across, upwards = (
        axis(title, tickvals=list(range(len(names))), ticktext=list(names), range=[-0.5, len(names) - 0.5], showgrid=False,
             zeroline=False) for title, names in zip(titles, labels, strict=True))  # fmt: skip
    return {"xaxis": across, "yaxis": upwards}


def search_figure(
    losses: Array, labels: tuple[Sequence[str], Sequence[str]], titles: tuple[str, str],
    marks: tuple[tuple[int, int], tuple[int, int]], dark: bool,
) -> go.Figure:  # fmt: skip
    """Validation losses (rows, columns), nan where nothing was tried or training diverged.

    `labels` and `titles` are those across and upwards. `marks` are (row, column) of the best, which has a frame, and of the
    one that is picked, whose frame is dotted. A square's point carries its number, row by row.
    """
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    rows, columns = losses.shape
    shown = np.log10(np.maximum(losses, 1e-6))
    figure.add_heatmap(
        z=shown, x=list(range(columns)), y=list(range(rows)), xgap=3, ygap=3, showscale=False, hoverinfo="skip",
        colorscale=[(1 - place, colour) for place, colour in reversed(share_scale(dark))],
    )  # fmt: skip
    number = np.arange(rows * columns)
    words = ["" if np.isnan(loss) else f"{loss:.3f}" for loss in losses.ravel()]
    depth = (np.nanmax(shown) - shown.ravel()) / max(float(np.nanmax(shown) - np.nanmin(shown)), 1e-9)
    inks = ["#ffffff" if place > 0.6 else text(dark) for place in depth]  # on a deep blue dark letters are hard to read
    figure.add_scatter(
        x=number % columns, y=number // columns, mode="markers+text", customdata=number, text=words,
        marker={"symbol": "square", "size": 34, "opacity": 0.01}, textfont={"size": 12, "color": inks},
        # Plotly would fade what was not clicked.
        selected={"marker": {"opacity": 0.01}}, unselected={"marker": {"opacity": 0.01}, "textfont": {"color": text(dark)}},
        hovertemplate="validation loss %{text}<br>click to open<extra></extra>",
    )  # fmt: skip
    for (row, column), dash in zip(marks, ("solid", "dot"), strict=True):
        figure.add_shape(type="rect", x0=column - 0.5, x1=column + 0.5, y0=row - 0.5, y1=row + 0.5,
                         line={"color": text(dark), "width": 3, "dash": dash})  # fmt: skip
    return figure.update_layout(_axes(labels, titles))
