"""Several settings side by side: each has a colour, a dash and a marker that stay its own in all figures of a page."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.theme import base_layout
from pages.parts.palette import CLASSES, text

HEIGHT = 400
DASHES = ("solid", "dash", "dot", "dashdot")
SYMBOLS = ("circle", "square", "diamond", "cross", "x", "triangle-up", "star")

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Curve:
    """One setting's course: `y` (F,) over `x` (F,), called `name`."""

    name: str
    x: Array
    y: Array


def curve_style(number: int, dark: bool) -> dict:
    """Line and marker of setting `number`."""
    colours = (*CLASSES, text(dark))
    return {
        "line": {"color": colours[number % len(colours)], "dash": DASHES[number % len(DASHES)], "width": 2.2},
        "marker": {"symbol": SYMBOLS[number % len(SYMBOLS)], "size": 6},
    }


def curves_figure(curves: Sequence[Curve], titles: tuple[str, str], log: tuple[bool, bool], dark: bool) -> go.Figure:
    """All curves in one picture; `titles` of the axes and whether they are `log`. What has no place is left out."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    for number, curve in enumerate(curves):
        x, y = (_shown(values, scale) for values, scale in zip((curve.x, curve.y), log, strict=True))
        figure.add_scatter(
            x=x, y=y, name=curve.name, mode="lines+markers" if len(x) <= 25 else "lines", **curve_style(number, dark),
            hovertemplate=f"{curve.name}<br>{titles[0]} %{{x:,.4g}}<br>{titles[1]} %{{y:.4g}}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    for axis, title, scale in ((figure.update_xaxes, titles[0], log[0]), (figure.update_yaxes, titles[1], log[1])):
        axis(title_text=title, **(log_axis([_shown(c.x if axis == figure.update_xaxes else c.y, True) for c in curves])
                                  if scale else {}))
    return figure


def log_axis(values: Sequence[Array]) -> dict:
    """Arguments of a log axis for these values; powers of ten alone where they span many, as the others would crowd it."""
    known = np.concatenate([np.ravel(part) for part in values])
    known = known[np.isfinite(known) & (known > 0)]
    decades = np.log10(known.max() / known.min()) if known.size else 0.0
    ticks = {"dtick": max(1, int(np.ceil(decades / 8)))} if decades > 1.5 else {}
    return {"type": "log", "exponentformat": "power"} | ticks


def _shown(values: Array, log: bool) -> Array:
    values = np.asarray(values, dtype=float)
    return np.where(np.isfinite(values) & ((values > 1e-20) | (not log)), values, np.nan)
