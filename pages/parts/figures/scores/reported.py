"""What was reported beside what it is worth: a dot for each repetition, and the mean with its interval."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import NEGATIVE, POSITIVE, mix, text
from pages.parts.figures.theme import axis, base_layout

HEIGHT = 300
NAMES = ("Leaky: reported", "Leaky: on fresh rows", "Honest: reported", "Honest: on fresh rows")
SYMBOLS = ("circle", "circle-open", "square", "square-open")

Array = np.ndarray


def reported_figure(scores: Array, intervals: Sequence[tuple[float, float, float]], dark: bool) -> go.Figure:
    """Four rows of accuracies: `scores` (S, 4) of S repetitions as dots, `intervals` (mean, low, high) of each as a bar."""
    honest = mix(POSITIVE, "#ffffff", 0.45) if dark else POSITIVE  # on a dark page a lighter blue, or it would sink into it
    colours = (NEGATIVE, NEGATIVE, honest, honest)
    figure, spread = go.Figure(layout=base_layout(dark, HEIGHT)), np.linspace(-0.2, 0.2, len(scores))
    for row, name in enumerate(NAMES):
        y = len(NAMES) - 1 - row
        figure.add_scatter(
            x=scores[:, row], y=y + spread, mode="markers", name=name, opacity=0.7,
            marker={"color": colours[row], "symbol": SYMBOLS[row], "size": 7},
            hovertemplate=f"{name}<br>%{{x:.0%}} right<extra></extra>",
        )  # fmt: skip
        mean, low, high = intervals[row]
        figure.add_scatter(
            x=[mean], y=[y], mode="markers", name=f"{name}, mean",
            marker={"color": text(dark), "symbol": "line-ns-open", "size": 22, "line": {"width": 3}},
            error_x={"type": "data", "array": [high - mean], "arrayminus": [mean - low], "color": text(dark), "width": 6},
            hovertemplate=f"{name}<br>mean %{{x:.1%}}, 95 % interval {low:.1%} to {high:.1%}<extra></extra>",
        )  # fmt: skip
    figure.add_vline(x=0.5, line={"color": text(dark), "dash": "dot", "width": 1})
    figure.update_layout(
        xaxis=axis("accuracy (dotted: a guess)", range=[min(0.2, float(scores.min()) - 0.02), 1.02], tickformat=".0%"),
        yaxis=axis("", tickvals=[3, 2, 1, 0], ticktext=list(NAMES), range=[-0.5, 3.5]),
    )
    return figure
