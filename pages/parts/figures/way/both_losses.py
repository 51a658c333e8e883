"""The two losses of a run: where they part, the network has begun to learn its points by heart."""

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import TRAINING, VALIDATION
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout

HEIGHT = 340


def both_losses(epochs: np.ndarray, training: np.ndarray, validation: np.ndarray, best: int, dark: bool) -> go.Figure:
    """Training and validation loss (F,) over `epochs` (F,) on a log axis; an upright line at the frame `best`."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT) | LEGEND_ABOVE)
    for name, losses, style in (("training loss", training, TRAINING), ("validation loss", validation, VALIDATION)):
        figure.add_scatter(
            x=epochs, y=np.maximum(losses, 1e-6), name=name, mode="lines",
            line={"color": style.colour(dark), "dash": style.dash, "width": 2.4},
            hovertemplate=f"epoch %{{x:,}}<br>{name} %{{y:.3g}}<extra></extra>",
        )  # fmt: skip
    figure.add_vline(x=float(epochs[best]), line={"color": VALIDATION.colour(dark), "dash": "dot", "width": 1.5})
    figure.update_layout(xaxis=axis("epoch"), yaxis=axis("cross-entropy loss, log scale", type="log", dtick=1))
    return figure
