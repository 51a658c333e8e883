"""How much each sample of a batch adds to one weight's gradient."""

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import plain
from pages.parts.figures.backprop.passes import VEILS
from pages.parts.figures.palette import NEGATIVE, POSITIVE, text
from pages.parts.figures.theme import base_layout

HEIGHT = 220


def contributions_figure(contributions: np.ndarray, chosen: int, dark: bool) -> go.Figure:
    """A bar for each of `contributions` (B,), the `chosen` one outlined, and a dashed line at their mean."""
    numbers = np.arange(1, len(contributions) + 1)
    marker = {
        "color": [NEGATIVE if value < 0 else POSITIVE for value in contributions],
        "line": {"color": text(dark), "width": [3 if n == chosen else 0 for n in range(len(contributions))]},
    }  # fmt: skip
    bars = {
        "type": "bar", "x": numbers, "y": contributions, "marker": marker,
        "hovertemplate": "sample %{x}<br>δ · x = %{y:.4g}<extra></extra>",
    }  # fmt: skip
    mean, few = float(np.mean(contributions)), {"dtick": 1} if len(contributions) <= 12 else {}
    line = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": mean, "y1": mean,
            "line": {"color": text(dark), "width": 1.5, "dash": "dash"}}  # fmt: skip
    # On a ground of its own, so that it can be read in front of a bar.
    label = {"x": 1, "xref": "paper", "xanchor": "right", "y": mean, "yanchor": "bottom", "showarrow": False,
             "text": f"mean {plain(mean, 3)}", "bgcolor": VEILS[dark], "borderpad": 0}  # fmt: skip
    return go.Figure([bars], base_layout(dark, HEIGHT) | {
        "shapes": [line], "annotations": [label],
        "xaxis": {"title": {"text": "sample of the batch"}, "range": [0.4, len(contributions) + 0.6], **few},
        "yaxis": {"title": {"text": "δ · x"}, "exponentformat": "power"},
    })  # fmt: skip
