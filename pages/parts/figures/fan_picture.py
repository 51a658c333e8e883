"""The fan of losses while it grows: a small picture, because a Plotly chart would blink with every new one.

Its lines are an SVG that is stretched to the width of the page. Its letters stand around it as text of the page: in the SVG
they would shrink with it, and nobody could read them on a phone.
"""

from base64 import b64encode

import numpy as np

from pages.parts.figures.palette import mix, text, zero
from pages.parts.figures.paper import on_paper_too
from pages.parts.figures.restarts.starts import line_colour, loss_ceiling

WIDTH, HEIGHT, EDGE = 900, 276, 8
LINES_SHOWN = 64
# The axis' ends on the left, the picture with the epochs below it on the right.
_AROUND = (
    '<div style="display: grid; grid-template-columns: auto minmax(0, 1fr); column-gap: 6px; font-size: 0.875rem; '
    'line-height: 1.25"><div style="display: flex; flex-direction: column; justify-content: space-between; '
    'text-align: right"><span>{top:.2g}</span><span>0</span></div>{picture}<span></span>'
    '<div style="display: flex; justify-content: space-between"><span>0</span><span>{last:,} epochs</span></div></div>'
)


def fan_picture(epochs: np.ndarray, losses: np.ndarray, last_epoch: int, dark: bool) -> str:
    """HTML of losses (F, R) over epochs (F,), on an axis that ends at `last_epoch`; at most 64 of the starts."""
    top = loss_ceiling(losses)
    x = WIDTH * epochs / last_epoch
    heights = np.nan_to_num(losses[:, :LINES_SHOWN], nan=top, posinf=top)
    y = HEIGHT - (HEIGHT - EDGE) * np.minimum(heights, top) / top
    lines = "".join(
        '<polyline points="' + " ".join(f"{a:.0f},{b:.0f}" for a, b in zip(x, line, strict=True)) + '"/>' for line in y.T
    )
    words = f"Loss curves of {losses.shape[1]} starts, up to epoch {int(epochs[-1])} of {last_epoch}"
    picture = on_paper_too(lambda dark: _image(lines, words, dark), dark)
    return _AROUND.format(top=top, picture=picture, last=last_epoch)


def _image(lines: str, words: str, dark: bool) -> str:
    axes = f'<path d="M0 0V{HEIGHT}H{WIDTH}" stroke="{mix(zero(dark), text(dark), 0.2)}" stroke-width="2"/>'
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none" fill="none">'
        "<style>path, polyline { vector-effect: non-scaling-stroke }</style>"
        f'{axes}<g stroke="{line_colour(dark)}" stroke-width="1.2" stroke-opacity=".6">{lines}</g></svg>'
    )
    source = "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
    return f'<img src="{source}" alt="{words}" style="width: 100%; height: {HEIGHT}px">'
