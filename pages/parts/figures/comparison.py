"""Several settings side by side: each has a colour, a dash and a marker that stay its own in all figures of a page."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import CLASSES, text
from pages.parts.figures.theme import base_layout
from pages.parts.figures.ticks import log_axis

HEIGHT = 400
CEILING = 10
# Six and seven have no common divisor: 42 settings differ in dash or marker, so that they are told apart without colour.
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "cross", "x", "triangle-up", "star")
MARKERS_DRAWN = 9  # of a line with more points than these

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Curve:
    """One setting's course: `y` (F,) over `x` (F,), called `name`; a cross marks the end of one that `diverged`."""

    name: str
    x: Array
    y: Array
    diverged: bool = False


def curve_style(number: int, dark: bool) -> dict:
    """Line and marker of setting `number`."""
    colours = (*CLASSES, text(dark))
    return {
        "line": {"color": colours[number % len(colours)], "dash": DASHES[number % len(DASHES)], "width": 2.2},
        "marker": {"symbol": SYMBOLS[number % len(SYMBOLS)], "size": 7},
    }


def curves_figure(curves: Sequence[Curve], titles: tuple[str, str], log: tuple[bool, bool], dark: bool) -> go.Figure:
    """All curves in one picture; `titles` of the axes and whether they are `log`. What has no place is left out.

    The picture is no higher than `ceiling`; where a curve that diverged ends above it, its cross stands at the edge.
    """
    figure, top = go.Figure(layout=base_layout(dark, HEIGHT)), ceiling(curves)
    for number, curve in enumerate(curves):
        x, y = (_shown(values, scale) for values, scale in zip((curve.x, curve.y), log, strict=True))
        figure.add_scatter(
            x=x, y=y, name=curve.name, mode="lines+markers", **curve_style(number, dark),
            marker_maxdisplayed=0 if len(x) <= 25 else MARKERS_DRAWN,
            hovertemplate=f"{curve.name}<br>{titles[0]} %{{x:,.4g}}<br>{titles[1]} %{{y:.4g}}<extra></extra>",
        )  # fmt: skip
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        if curve.diverged and len(known):
            style = curve_style(number, dark)["line"]["color"]
            figure.add_scatter(
                x=x[known[-1:]], y=np.minimum(y[known[-1:]], top), mode="markers", showlegend=False, cliponaxis=False,
                marker={"symbol": "x", "size": 12, "color": style, "line": {"color": text(dark), "width": 1}},
                hovertemplate=f"{curve.name} diverged after this<extra></extra>",
            )  # fmt: skip
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    xs, ys = ([_shown(getattr(curve, name), True) for curve in curves] for name in ("x", "y"))
    figure.update_xaxes(title_text=titles[0], **(log_axis(xs) if log[0] else {}))
    low = np.array([y[np.isfinite(y)].min() for y in ys if np.isfinite(y).any()])
    cut = {"range": [np.log10(low.min()) - 0.1, np.log10(top)]} if log[1] and leaving(curves) else {}
    figure.update_yaxes(title_text=titles[1], **(log_axis([np.minimum(y, top) for y in ys]) if log[1] else {}), **cut)
    return figure


def ceiling(curves: Sequence[Curve]) -> float:
    """The height of a picture of all curves: ten times the median of where they begin, so that none flattens the others."""
    first = np.array([curve.y[0] for curve in curves if np.isfinite(curve.y[0]) and curve.y[0] > 0])
    return CEILING * float(np.median(first)) if len(first) else np.inf


def leaving(curves: Sequence[Curve]) -> list[str]:
    """The names of the curves that go above the `ceiling`."""
    top = ceiling(curves)
    return [curve.name for curve in curves if (curve.y[np.isfinite(curve.y)] > top).any()]


def _shown(values: Array, log: bool) -> Array:
    values = np.asarray(values, dtype=float)
    return np.where(np.isfinite(values) & ((values > 1e-20) | (not log)), values, np.nan)
