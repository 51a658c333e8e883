"""The fan of losses while it grows: a small SVG, because a Plotly chart would blink with every new picture."""

from base64 import b64encode

import numpy as np

from pages.parts.figures.palette import mix, text, zero
from pages.parts.figures.restarts.starts import line_colour, loss_ceiling

WIDTH, HEIGHT, MARGIN = 900, 320, 44
LINES_SHOWN = 64


def fan_picture(epochs: np.ndarray, losses: np.ndarray, last_epoch: int, dark: bool) -> str:
    """An <img> of losses (F, R) over epochs (F,), on an axis that ends at `last_epoch`; at most 64 of the starts."""
    top = loss_ceiling(losses)
    x = MARGIN + (WIDTH - MARGIN - 8) * epochs / last_epoch
    heights = np.nan_to_num(losses[:, :LINES_SHOWN], nan=top, posinf=top)
    y = HEIGHT - MARGIN - (HEIGHT - MARGIN - 8) * np.minimum(heights, top) / top
    lines = "".join(
        '<polyline points="' + " ".join(f"{a:.0f},{b:.0f}" for a, b in zip(x, line, strict=True)) + '"/>' for line in y.T
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13">'
        f"{_axes(top, last_epoch, dark)}"
        f'<g fill="none" stroke="{line_colour(dark)}" stroke-width="1.2" stroke-opacity=".6">{lines}</g></svg>'
    )
    source = "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
    words = f"Loss curves of {losses.shape[1]} starts, up to epoch {int(epochs[-1])} of {last_epoch}"
    return f'<img src="{source}" alt="{words}" style="width: 100%; max-height: 340px">'


def _axes(top: float, last_epoch: int, dark: bool) -> str:
    """Two axes with their ends labelled."""
    base, line, ink = HEIGHT - MARGIN, mix(zero(dark), text(dark), 0.2), text(dark)
    return (
        f'<path d="M{MARGIN} 8V{base}H{WIDTH - 8}" fill="none" stroke="{line}"/>'
        f'<g fill="{ink}"><text x="{MARGIN - 6}" y="16" text-anchor="end">{top:.2g}</text>'
        f'<text x="{MARGIN - 6}" y="{base + 4}" text-anchor="end">0</text>'
        f'<text x="{MARGIN}" y="{base + 20}">0</text>'
        f'<text x="{WIDTH - 8}" y="{base + 20}" text-anchor="end">{last_epoch:,} epochs</text></g>'
    )
