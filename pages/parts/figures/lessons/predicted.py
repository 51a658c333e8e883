"""Predictions with the outcome laid over them: a number beside a number, a curve over a sketch, the tries of a task."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import raised
from pages.parts.figures.palette import POSITIVE, TRAINING, VALIDATION, mix, text, zero
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout
from pages.parts.figures.ticks import log_axis

Array = np.ndarray
AWAITED = "What happens is drawn<br>once you have predicted."
SMALL = 0.005  # a target below it lies on the axis itself unless the scale is logarithmic
BEYOND = 0.05  # so far an axis goes beyond the 0 or the 1 at which its numbers end
MANY = 1e9  # numbers from 1,000 to here are written out, with commas
LEAST = 260  # pixels of the height of an empty picture
YOU, TRUTH = "your prediction", "what happens"


def awaited(figure: go.Figure, dark: bool) -> go.Figure:
    """The axes of `figure` by their names alone, without a number, and in the middle that something will be drawn there."""
    empty, layout = go.Figure(), figure.layout
    names = [part.title.text or "" for part in (layout.xaxis, layout.yaxis)]
    x, y = (axis(name, range=[0, 1], showticklabels=False, showgrid=False) for name in names)
    empty.update_layout(base_layout(dark, max(LEAST, layout.height)), xaxis=x, yaxis=y)
    line = mix(zero(dark), text(dark), 0.3)
    empty.add_shape(type="rect", xref="paper", yref="paper", x0=0, x1=1, y0=0, y1=1, line={"color": line, "dash": "dash"})
    return empty.add_annotation(text=AWAITED, x=0.5, y=0.5, xref="paper", yref="paper", showarrow=False)


def number_beside_number(told: float, answer: float, dark: bool) -> go.Figure:
    """The predicted number and the true one as two bars on one scale."""
    grey = mix(zero(dark), text(dark), 0.35)
    figure = go.Figure(
        go.Bar(
            x=[answer, told],
            y=[TRUTH, YOU],
            orientation="h",
            marker={"color": [POSITIVE, grey], "pattern": {"shape": ["", "/"]}},
            text=[raised(answer), raised(told)],
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    low, high = min(told, answer, 0.0), max(told, answer, 0.0)
    room = 0.2 * (high - low) or 1.0  # for the numbers, which stand beyond the ends of their bars
    ends = [low - room * (low < 0 or high == 0), high + room * (high > 0 or low == 0)]
    figure.update_layout(base_layout(dark, 130), bargap=0.25, xaxis=axis("", zeroline=True, range=ends))
    return figure


def sketch_figure(
    places: Sequence[float],
    heights: Sequence[float],
    looks: tuple[str, str, float, float],
    truth: tuple[Array, Array] | None,
    dark: bool,
) -> go.Figure:
    """The sketch through `heights` at `places`, and over it the `truth` (x, y). `looks`: names of the axes, low, high."""
    across, upwards, low, high = looks
    grey = mix(zero(dark), text(dark), 0.6)
    figure = go.Figure(
        go.Scatter(
            x=list(places),
            y=list(heights),
            mode="lines+markers",
            name=YOU,
            line={"color": grey, "dash": "dash", "width": 2},
            marker={"size": 9, "symbol": "circle-open", "color": grey},
        )
    )
    if truth is not None:
        figure.add_scatter(x=truth[0], y=truth[1], mode="lines", name=TRUTH, line={"color": POSITIVE, "width": 3})
        finite = truth[1][np.isfinite(truth[1])]
        high = max(high, min(float(finite.max(initial=high)), 3 * high))
    figure.update_layout(base_layout(dark, 300), xaxis=axis(across), yaxis=axis(upwards, range=[low, 1.04 * high]))
    figure.update_layout(**LEGEND_ABOVE)
    return figure


def _written(value: float) -> str:
    return f"{value:,.0f}" if 1000 <= abs(value) < MANY else raised(value)


def tries_figure(
    options: Sequence[float],
    values: Sequence[float],
    target: tuple[float, str],
    names: tuple[str, str],
    others: Sequence[float],
    dark: bool,
) -> go.Figure:
    """What each option gave (nan: not tried), and the target, a line: its height and its name. `names` are of the axes.

    `others` is what options give that nobody tried (nan: not known either), as hollow dots.
    """
    height, name = target
    figure = go.Figure(
        go.Scatter(
            x=[raised(option) for option in options],
            y=list(values),
            mode="markers+text",
            text=["" if np.isnan(value) else _written(value) for value in values],
            textposition=["bottom center" if value < height else "top center" for value in values],
            cliponaxis=False,
            marker={"size": 12, "color": TRAINING.colour(dark)},
            hoverinfo="skip",
        )
    )
    figure.add_hline(height, line={"color": VALIDATION.colour(dark), "dash": "dash", "width": 2})
    figure.update_layout(base_layout(dark, 240), xaxis=axis(names[0], type="category"), yaxis=axis(names[1]))
    if np.isfinite(others).any():
        figure.data[0].name = "you tried"
        hollow = {"size": 12, "symbol": "circle-open", "line": {"width": 2}, "color": TRAINING.colour(dark)}
        named = [raised(option) for option in options]
        missed = "not tried, and misses"
        figure.add_scatter(x=named, y=list(others), mode="markers", name=missed, marker=hollow, hoverinfo="skip")
        figure.update_layout(**LEGEND_ABOVE)
    reach = np.array([value for value in (*values, *others, height) if np.isfinite(value)])
    is_log = bool((reach > 0).all() and (reach.max() > 1000 * reach.min() or height <= SMALL))
    if is_log:  # a power of ten on either side of the target, for it may be the only number so far
        reach = np.log10([*reach, 10 * height, height / 10])
    elif len(reach) == 1 and height > 0:  # nothing was tried yet: the axis begins at 0
        reach = np.array([0.0, height])
    low, high = reach.min(), reach.max()
    span = (high - low) or 1.0
    ends = [low - 0.25 * span, high + 0.25 * span]
    if not is_log and low >= 0:  # no numbers below 0 on the axis of a loss, and none above 1 on that of a share
        ends = [max(ends[0], -BEYOND), min(ends[1], 1 + BEYOND) if 0.5 <= high <= 1 else ends[1]]
    # On a logarithmic axis a line is placed by its value, and a text by the power of ten.
    place = {"x": 1, "xref": "paper", "xanchor": "right", "y": np.log10(height) if is_log else height, "yanchor": "top"}
    figure.add_annotation(text=name, showarrow=False, **place)
    figure.update_yaxes(separatethousands=not is_log, exponentformat="power" if is_log else "none")
    return figure.update_yaxes(range=ends, **(log_axis([10.0 ** np.clip(ends, -300, 300)]) if is_log else {}))
