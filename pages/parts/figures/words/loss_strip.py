"""The loss strip: loss curves as a small SVG, light enough to be sent many times a second while training runs."""

from collections.abc import Sequence

import numpy as np

from pages.parts.figures.palette import TRAINING, VALIDATION

WIDTH, HEIGHT, MARGIN = 600, 100, 10


def loss_strip(losses: np.ndarray, share: float, dark: bool) -> str:
    """An SVG of losses (F, L) on a log axis, which fill `share` (0 to 1) of the width; its letters stand below it."""
    losses = np.log10(np.maximum(np.asarray(losses, dtype=float).reshape(len(losses), -1), 1e-12))
    low, high = float(losses.min()), float(losses.max())
    x = MARGIN + (WIDTH - 2 * MARGIN) * min(1.0, share) * np.linspace(0.0, 1.0, len(losses))
    y = MARGIN + (HEIGHT - 2 * MARGIN) * (high - losses) / (high - low or 1.0)
    curves = "".join(_curve(x, y[:, column], column, dark) for column in range(losses.shape[1]))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
        f"{curves}</svg>"
    )


def strip_legend(names: Sequence[str]) -> str:
    """HTML that says which line of a loss strip is which: text of the page, as letters in the SVG would shrink with it."""
    legend = " · ".join(f"{name} {'- -' if column else '—'}" for column, name in enumerate(names))
    return f'<div style="font-size: 0.875rem">loss, log axis: {legend}</div>'


def _curve(x: np.ndarray, y: np.ndarray, column: int, dark: bool) -> str:
    style = (TRAINING, VALIDATION)[column % 2]
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    dash = ' stroke-dasharray="6 4"' if column else ""
    return f'<polyline points="{points}" fill="none" stroke="{style.colour(dark)}" stroke-width="2"{dash}/>'
