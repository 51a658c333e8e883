"""How much each sample of a batch adds to one weight's gradient."""

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.theme import base_layout
from pages.parts.numbers import plain
from pages.parts.palette import NEGATIVE, POSITIVE, text

HEIGHT = 220


def contributions_figure(contributions: np.ndarray, chosen: int, dark: bool) -> go.Figure:
    """A bar for each of `contributions` (B,), the `chosen` one outlined, and a dashed line at their mean."""
    numbers = np.arange(1, len(contributions) + 1)
    marker = {
        "color": [NEGATIVE if value < 0 else POSITIVE for value in contributions],
        "line": {"color": text(dark), "width": [3 if n == chosen else 0 for n in range(len(contributions))]},
    }  # fmt: skip
    figure = go.Figure(
        go.Bar(x=numbers, y=contributions, marker=marker, hovertemplate="sample %{x}<br>δ · x = %{y:.4g}<extra></extra>"),
        base_layout(dark, HEIGHT),
    )
    mean = float(np.mean(contributions))
    figure.add_hline(y=mean, line={"color": text(dark), "width": 1.5, "dash": "dash"})
    figure.add_annotation(
        x=1, xref="paper", xanchor="right", y=mean, yanchor="bottom", showarrow=False, text=f"mean {plain(mean, 3)}"
    )
    figure.update_xaxes(title_text="sample of the batch", range=[0.4, len(contributions) + 0.6])
    if len(contributions) <= 12:
        figure.update_xaxes(dtick=1)
    figure.update_yaxes(title_text="δ · x", exponentformat="power")
    return figure
