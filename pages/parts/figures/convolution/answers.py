"""The answer as bars: a share for every class."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import exact_percent as percent
from pages.parts.figures.palette import POSITIVE
from pages.parts.figures.theme import axis, base_layout
from pages.parts.figures.ticks import share_ticks

HEIGHT = 150  # pixels
NAMED = 0.05  # shares from here on have their number above them


def answers_figure(classes: Sequence[str], shares: np.ndarray, dark: bool) -> go.Figure:
    """The shares (K,) of all `classes` as bars, with the number above those that are not near 0."""
    numbers = list(range(len(classes)))
    bars = {
        "type": "bar", "x": numbers, "y": shares, "marker": {"color": POSITIVE}, "cliponaxis": False,
        "text": [percent(share) if share >= NAMED else "" for share in shares], "textposition": "outside",
        "customdata": [f"{name}: {percent(share)}" for name, share in zip(classes, shares, strict=True)],
        "hovertemplate": "%{customdata}<extra></extra>",
    }  # fmt: skip
    layout = base_layout(dark, HEIGHT) | {
        "xaxis": axis("", tickvals=numbers, ticktext=list(classes), showgrid=False, fixedrange=True),
        "yaxis": axis("", range=[0, 1.2], fixedrange=True, **share_ticks()),
    }
    return go.Figure({"data": [bars], "layout": layout})
