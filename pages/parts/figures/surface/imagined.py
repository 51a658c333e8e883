"""What one may guess of a loss surface, drawn by hand: ways down into a valley, and three ends of training in valleys."""

from collections.abc import Callable

import numpy as np

from pages.parts.figures.palette import NEGATIVE, POSITIVE, text

Array = np.ndarray

SIZE = (220, 120)
START, LOWEST = (26.0, 20.0), (150.0, 78.0)
RINGS = (1.0, 0.72, 0.46, 0.22)  # of the valley, from the outside
# The way from the start to the lowest point at times from 0 to 1, across and down as shares of the whole.
WAYS: dict[str, Callable[[Array], tuple[Array, Array]]] = {
    "straight": lambda t: (t, t),
    "curve": lambda t: (t**2.2, 1.0 - (1.0 - t) ** 3.2),
}
# Of three valleys at 0.2, 0.5 and 0.8 of the width how deep each is; one alone for all.
DEPTHS: dict[str, tuple[float, ...]] = {"one": (0.0, 0.8, 0.0), "equal": (0.7, 0.7, 0.7), "unequal": (0.35, 0.8, 0.55)}
PLACES = (0.2, 0.5, 0.8)


def imagined_path(name: str, dark: bool) -> str:
    """An SVG of a way of training called so, seen from above, with lines of equal loss: a drawing, not a measurement."""
    across, down = WAYS[name](np.linspace(0.0, 1.0, 30))
    x, y = (begin + share * (end - begin) for begin, end, share in zip(START, LOWEST, (across, down), strict=True))
    rings = "".join(
        f'<ellipse cx="{LOWEST[0]}" cy="{LOWEST[1]}" rx="{150 * size:.0f}" ry="{62 * size:.0f}"/>' for size in RINGS
    )
    ground = f'<g fill="none" stroke="{text(dark)}" stroke-opacity="0.3">{rings}</g>'
    return _svg(f"{ground}{_line(x, y, NEGATIVE)}{_dot(x[0], y[0], NEGATIVE)}{_dot(x[-1], y[-1], NEGATIVE)}")


def imagined_ends(name: str, dark: bool) -> str:
    """An SVG of the loss along a line, with a dot where each of three trainings ended: a drawing, not a measurement."""
    width, height = SIZE
    places = np.linspace(0.0, 1.0, 80)
    loss = 0.92 - sum(depth * np.exp(-(((places - place) / 0.11) ** 2))
                      for depth, place in zip(DEPTHS[name], PLACES, strict=True))  # fmt: skip
    ends = [place for depth, place in zip(DEPTHS[name], PLACES, strict=True) if depth]
    ends = ends if len(ends) > 1 else [ends[0] - 0.035, ends[0], ends[0] + 0.035]
    dots = "".join(_dot(end * width, _down(float(np.interp(end, places, loss))) - 4, POSITIVE) for end in ends)
    frame = f'<path d="M4 4V{height - 4}H{width - 4}" fill="none" stroke="{text(dark)}" stroke-opacity="0.35"/>'
    return _svg(f"{frame}{_line(places * width, _down(loss), text(dark))}{dots}")


def _down(loss):
    return (SIZE[1] - 10) * (1.0 - loss)


def _line(x: Array, y: Array, colour: str) -> str:
    places = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    return f'<polyline points="{places}" fill="none" stroke="{colour}" stroke-width="2.4"/>'


def _dot(x: float, y: float, colour: str) -> str:
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{colour}"/>'


def _svg(inner: str) -> str:
    width, height = SIZE
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}">{inner}</svg>'
