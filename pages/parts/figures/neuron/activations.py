"""Activations side by side: the curves of several in one picture."""

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.comparison import curve_style
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout

HEIGHT = 340
LOWEST, HIGHEST = -1.5, 3.0
MARKERS_DRAWN = 13  # on each line


def curves_figure(z: np.ndarray, curves: Mapping[str, np.ndarray], title: str, dark: bool) -> go.Figure:
    """One line per name over z (V,), told apart by dash and marker as well as colour; `title` names the vertical axis."""
    lines = [
        {
            "type": "scatter", "x": z, "y": values, "mode": "lines+markers", "name": name,
            **look, "marker": look["marker"] | {"maxdisplayed": MARKERS_DRAWN},
            "hovertemplate": f"{name}<br>z = %{{x:.2f}}<br>%{{y:.4g}}<extra></extra>",
        }
        for look, (name, values) in zip((curve_style(k, dark) for k in range(len(curves))), curves.items(), strict=True)
    ]  # fmt: skip
    values = np.concatenate(list(curves.values()))
    # What grows without end is cut off, so that the curved part stays large enough to be seen.
    low, high = max(float(values.min()), LOWEST), min(float(values.max()), HIGHEST)
    axes = {"xaxis": axis("z"), "yaxis": axis(title, range=[low - 0.1, high + 0.1])}
    return go.Figure({"data": lines, "layout": base_layout(dark, HEIGHT) | LEGEND_ABOVE | axes})
