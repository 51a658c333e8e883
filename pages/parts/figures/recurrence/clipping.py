"""Clipping: how long the gradient was at every update, and the loss, without a limit and with one."""

import numpy as np
import plotly.graph_objects as go

from nncore.experiments.architectures import Course
from pages.parts.figures.palette import TEST, TRAINING, VALIDATION, LineStyle
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout

HEIGHT = 260  # pixels
SMALLEST = 1e-30  # of what a logarithmic axis shows
STYLES = (VALIDATION, TRAINING)  # without a limit, and with one


def name_of(course: Course) -> str:
    """What a course is called in a legend."""
    return f"clipped at {course.limit:g}" if course.limit else "as it is"


def norms_figure(courses: tuple[Course, ...], dark: bool) -> go.Figure:
    """The norms of the gradients (U,) before any clipping, on a log axis, and the limit as a line."""
    lines = [_line(course, style, np.arange(1, len(course.norms) + 1), course.norms, dark)
             for course, style in zip(courses, STYLES, strict=True)]  # fmt: skip
    seen = np.concatenate([course.norms for course in courses])
    seen = seen[np.isfinite(seen) & (seen > SMALLEST)]
    low, high = np.floor(np.log10(seen.min())), np.ceil(np.log10(seen.max()))
    exponents = np.arange(low, high + 1, max(1, (high - low) // 5))
    limit = max(course.limit for course in courses)
    layout = base_layout(dark, HEIGHT) | LEGEND_ABOVE | {
        "xaxis": axis("updates"),
        "yaxis": axis("length of the gradient", type="log", tickvals=10.0**exponents,
                      ticktext=[f"10<sup>{exponent:.0f}</sup>" for exponent in exponents]),
        "shapes": [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": limit, "y1": limit,
                    "line": {"color": TEST.colour(dark), "dash": TEST.dash, "width": 1.5}}],
    }  # fmt: skip
    return go.Figure({"data": lines, "layout": layout})


def losses_figure(courses: tuple[Course, ...], dark: bool) -> go.Figure:
    """The training losses over the updates."""
    lines = [_line(course, style, course.at, course.losses, dark) for course, style in zip(courses, STYLES, strict=True)]
    layout = base_layout(dark, HEIGHT) | LEGEND_ABOVE | {
        "xaxis": axis("updates"), "yaxis": axis("loss", rangemode="tozero"),
    }  # fmt: skip
    return go.Figure({"data": lines, "layout": layout})


def _line(course: Course, style: LineStyle, x: np.ndarray, y: np.ndarray, dark: bool) -> dict:
    return {
        "type": "scatter", "mode": "lines", "name": name_of(course), "x": x,
        "y": [value if value > SMALLEST else None for value in y],
        "line": {"color": style.colour(dark), "dash": style.dash, "width": 1.5},
        "hovertemplate": f"{name_of(course)}, update %{{x}}: %{{y:.3g}}<extra></extra>",
    }  # fmt: skip
