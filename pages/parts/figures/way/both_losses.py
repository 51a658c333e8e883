"""The two losses of a run: where they part, the network has begun to learn its points by heart."""

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import TRAINING, VALIDATION, text
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout
from pages.parts.figures.ticks import log_ticks

HEIGHT = 340
SKETCH = (280, 150)  # pixels
# What the validation loss may do while the training loss falls: shares of the height, over shares of the training's time.
IMAGINED = {
    "falls": lambda t: 0.08 + 0.78 * np.exp(-3.5 * t),
    "levels": lambda t: 0.4 + 0.46 * np.exp(-8 * t),
    "rises": lambda t: 0.22 + 0.64 * np.exp(-9 * t) + 0.5 * t,
}


def both_losses(epochs: np.ndarray, training: np.ndarray, validation: np.ndarray, best: int, dark: bool) -> go.Figure:
    """Training and validation loss (F,) over `epochs` (F,) on a log axis; an upright line at the frame `best`."""
    figure = losses_course(epochs, training, validation, "cross-entropy loss, log scale", HEIGHT, dark)
    figure.add_vline(x=float(epochs[best]), line={"color": VALIDATION.colour(dark), "dash": "dot", "width": 1.5})
    return figure


def losses_course(
    epochs: np.ndarray, training: np.ndarray, validation: np.ndarray, title: str, height: int, dark: bool
) -> go.Figure:  # fmt: skip
    """Training and validation loss (F,) over `epochs` (F,) on a log axis called `title`; one that is all nan is left out."""
    figure = go.Figure(layout=base_layout(dark, height) | LEGEND_ABOVE)
    for name, losses, style in (("training loss", training, TRAINING), ("validation loss", validation, VALIDATION)):
        if np.isnan(losses).all():
            continue
        figure.add_scatter(
            x=epochs, y=np.maximum(losses, 1e-6), name=name, mode="lines",
            line={"color": style.colour(dark), "dash": style.dash, "width": 2.4},
            hovertemplate=f"epoch %{{x:,}}<br>{name} %{{y:.3g}}<extra></extra>",
        )  # fmt: skip
    shown = np.maximum(np.concatenate([training, validation]), 1e-6)
    known = shown[np.isfinite(shown)]
    ticks = log_ticks(float(known.min()), float(known.max())) if len(known) else {}
    figure.update_layout(xaxis=axis("epoch"), yaxis=axis(title, type="log") | ticks)
    return figure


def imagined_losses(name: str, dark: bool) -> str:
    """An SVG of two losses over the epochs, as one of IMAGINED has them: a drawing without numbers, not a measurement."""
    t, (width, height) = np.linspace(0.0, 1.0, 40), SKETCH
    parts = [f'<path d="M4 4V{height - 4}H{width - 4}" fill="none" stroke="{text(dark)}" stroke-opacity="0.35"/>']
    for losses, style in ((0.04 + 0.8 * np.exp(-4.5 * t), TRAINING), (IMAGINED[name](t), VALIDATION)):
        across, down = 10 + (width - 20) * t, (height - 8) * (1 - losses)
        places = " ".join(f"{x:.1f},{y:.1f}" for x, y in zip(across, down, strict=True))
        dashes = "" if style.dash == "solid" else ' stroke-dasharray="7 5"'
        parts.append(f'<polyline points="{places}" fill="none" stroke="{style.colour(dark)}" stroke-width="2.4"{dashes}/>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">{"".join(parts)}</svg>'
