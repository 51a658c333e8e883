"""Learning curves: mean training and validation loss, and how far the starts differ."""

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import TRAINING, VALIDATION
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout

HEIGHT = 340

Array = np.ndarray


def learning_figure(places: Array, losses: Array, along: str, dark: bool) -> go.Figure:
    """Losses (F, 2, S) of S starts over `places` (F,): the mean of each set as a line, the lowest and highest as bars."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT) | LEGEND_ABOVE)
    for column, (name, style) in enumerate((("training loss", TRAINING), ("validation loss", VALIDATION))):
        mine = losses[:, column]
        mean = mine.mean(axis=1)
        figure.add_scatter(
            x=[f"{place:,}" for place in places], y=mean, name=name, mode="lines+markers",
            line={"color": style.colour(dark), "dash": style.dash, "width": 2.4},
            error_y={"array": mine.max(axis=1) - mean, "arrayminus": mean - mine.min(axis=1), "thickness": 1.2},
            hovertemplate=f"{along} %{{x}}<br>{name} %{{y:.3g}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(xaxis=axis(along, type="category"), yaxis=axis("cross-entropy loss", rangemode="tozero"))
    return figure
