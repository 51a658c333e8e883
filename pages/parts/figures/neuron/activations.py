"""Activations side by side: the curves of several in one picture."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import CLASSES
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout

HEIGHT = 340
LOWEST, HIGHEST = -1.5, 3.0
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def curves_figure(z: np.ndarray, curves: Mapping[str, np.ndarray], title: str, dark: bool) -> go.Figure:
    """One line per name over z (V,), each with a colour and a dash of its own; `title` names the vertical axis."""
    lines = [
        {
            "type": "scatter", "x": z, "y": values, "mode": "lines", "name": name,
            "line": {"color": CLASSES[number % len(CLASSES)], "dash": DASHES[number % len(DASHES)], "width": 2.5},
            "hovertemplate": f"{name}<br>z = %{{x:.2f}}<br>%{{y:.4g}}<extra></extra>",
        }
        for number, (name, values) in enumerate(curves.items())
    ]  # fmt: skip
    values = np.concatenate(list(curves.values()))
    # What grows without end is cut off, so that the curved part stays large enough to be seen.
    low, high = max(float(values.min()), LOWEST), min(float(values.max()), HIGHEST)
    axes = {"xaxis": axis("z"), "yaxis": axis(title, range=[low - 0.1, high + 0.1])}
    return go.Figure({"data": lines, "layout": base_layout(dark, HEIGHT) | LEGEND_ABOVE | axes})
