"""A search over two settings: one square for each combination, the lower the validation loss the bluer."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import share_scale, text
from pages.parts.figures.theme import axis, base_layout

HEIGHT = 380

Array = np.ndarray


def search_figure(
    losses: Array, labels: tuple[Sequence[str], Sequence[str]], titles: tuple[str, str], best: tuple[int, int] | None,
    dark: bool,
) -> go.Figure:  # fmt: skip
    """Validation losses (rows, columns), nan where nothing was tried or training diverged; a frame around the `best`.

    `labels` and `titles` are those across and upwards. A square's point carries its number, row by row.
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
    figure.add_scatter(
        x=number % columns, y=number // columns, mode="markers+text", customdata=number, text=words,
        marker={"symbol": "square", "size": 34, "opacity": 0.01}, textfont={"size": 12, "color": text(dark)},
        hovertemplate="validation loss %{text}<br>click to open<extra></extra>",
    )  # fmt: skip
    if best is not None:
        row, column = best
        figure.add_shape(type="rect", x0=column - 0.5, x1=column + 0.5, y0=row - 0.5, y1=row + 0.5,
                         line={"color": text(dark), "width": 3})  # fmt: skip
    figure.update_layout(
        xaxis=axis(titles[0], tickvals=list(range(columns)), ticktext=list(labels[0]), range=[-0.5, columns - 0.5],
                   showgrid=False, zeroline=False),
        yaxis=axis(titles[1], tickvals=list(range(rows)), ticktext=list(labels[1]), range=[-0.5, rows - 0.5],
                   showgrid=False, zeroline=False),
    )  # fmt: skip
    return figure
