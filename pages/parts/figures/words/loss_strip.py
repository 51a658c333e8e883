"""The loss strip: loss curves as a small SVG, light enough to be sent many times a second while training runs."""

from collections.abc import Sequence

import numpy as np

from pages.parts.figures.palette import TRAINING, VALIDATION, text

WIDTH, HEIGHT, MARGIN = 600, 120, 10


def loss_strip(losses: np.ndarray, names: Sequence[str], share: float, dark: bool) -> str:
    """An SVG of losses (F, L) on a log axis: curve l is called `names[l]` and fills `share` (0 to 1) of the width."""
    losses = np.log10(np.maximum(np.asarray(losses, dtype=float).reshape(len(losses), -1), 1e-12))
    low, high = float(losses.min()), float(losses.max())
    x = MARGIN + (WIDTH - 2 * MARGIN) * min(1.0, share) * np.linspace(0.0, 1.0, len(losses))
    y = MARGIN + (HEIGHT - 3 * MARGIN) * (high - losses) / (high - low or 1.0)
    curves = "".join(_curve(x, y[:, column], column, dark) for column in range(losses.shape[1]))
    legend = " · ".join(f"{name} {'- -' if column else '—'}" for column, name in enumerate(names))
    label = f'<text x="{MARGIN}" y="{HEIGHT - 3}" font-size="12" fill="{text(dark)}">loss, log axis: {legend}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'font-family="sans-serif">{curves}{label}</svg>'
    )


def _curve(x: np.ndarray, y: np.ndarray, column: int, dark: bool) -> str:
    style = (TRAINING, VALIDATION)[column % 2]
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    dash = ' stroke-dasharray="6 4"' if column else ""
    return f'<polyline points="{points}" fill="none" stroke="{style.colour(dark)}" stroke-width="2"{dash}/>'
