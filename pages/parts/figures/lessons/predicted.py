"""Predictions with the outcome laid over them: a number beside a number, a curve over a sketch, the tries of a task."""

from collections.abc import Callable, Sequence

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
ROW, AROUND_ROWS = 22, 90  # pixels: of a row of what was tried, and of the axis and the legend around all rows
NUMBERS, LETTER = 18, 8  # pixels beside the rows for their numbers: in any case, and for each letter
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
    if not np.isfinite(value):
        return "overflowed"
    return f"{value:,.0f}" if 1000 <= abs(value) < MANY else raised(value)


def tries_figure(
    options: Sequence[float],
    values: Sequence[float],
    target: tuple[float, str],
    names: tuple[str, str],
    others: Sequence[float],
    dark: bool,
) -> go.Figure:
    """A row for each option with what it gave (nan: not tried), and the target, a line: its place and its name.

    `names` are of the options and of what was measured. `others` is what options give that nobody tried (nan: not known
    either), as hollow dots. The numbers stand in a column of their own, where no axis and no other number is in their way.
    """
    goal, name = target
    rows, colour = [raised(option) for option in options], TRAINING.colour(dark)
    known = [other if np.isnan(value) else value for value, other in zip(values, others, strict=True)]
    place, style = _places([*known, goal])
    figure = go.Figure()
    for what, numbers, marker in (
        ("you tried", values, {"symbol": "circle", "color": colour}),
        ("not tried, and misses", others, {"symbol": "circle-open", "color": colour, "line": {"width": 2}}),
    ):
        if not np.isnan(numbers).all():
            figure.add_scatter(x=[place(value) for value in numbers], y=rows, mode="markers", name=what,
                               marker={"size": 12} | marker, cliponaxis=False, hoverinfo="skip")  # fmt: skip
    line = {"color": VALIDATION.colour(dark), "dash": "dash", "width": 2}
    figure.add_scatter(x=[None], y=[None], mode="lines", name=name, line=line)
    figure.add_vline(goal, line=line)
    said = ["" if np.isnan(value) else _written(value) for value in known]
    for row, words in enumerate(said):
        figure.add_annotation(text=words, x=1, xref="paper", xanchor="left", xshift=10, y=row, showarrow=False)
    downwards = axis(names[0], type="category", categoryarray=rows, range=[len(rows) - 0.5, -0.5])
    height = AROUND_ROWS + ROW * len(rows)
    figure.update_layout(base_layout(dark, height), **LEGEND_ABOVE, xaxis=axis(names[1], **style), yaxis=downwards)
    return figure.update_layout(margin_r=NUMBERS + LETTER * max(map(len, said)))


def _places(numbers: Sequence[float]) -> tuple[Callable[[float], float], dict]:
    """Where each of these numbers stands on their axis, and the arguments of the axis; the last one is the target.

    The axis is logarithmic where the numbers differ by more than a thousand; one that is not above 0 is then at its end.
    """
    known = np.array([value for value in numbers if np.isfinite(value)])
    height, above = numbers[-1], known[known > 0]
    if height > 0 and (above.max() > 1000 * above.min() or height <= SMALL):
        # A power of ten on either side of the target, for it may be the only number so far.
        low, high = np.log10([min(above.min(), height / 10), max(above.max(), 10 * height)])
        room = 0.06 * (high - low)
        least = 10.0 ** (low - room * (known <= 0).any())
        ends = [np.log10(least) - room, high + room]
        style = log_axis([10.0 ** np.clip(ends, -300, 300)]) | {"range": ends, "exponentformat": "power"}
        return lambda value: max(value, least) if np.isfinite(value) else np.nan, style
    reach = np.array([0.0, height]) if len(known) == 1 and height > 0 else known  # nothing was tried yet: it begins at 0
    low, high = reach.min(), reach.max()
    room = 0.12 * ((high - low) or 1.0)
    ends = [low - room, high + room]
    if low >= 0:  # no numbers below 0 on the axis of a loss, and none above 1 on that of a share
        ends = [max(ends[0], -BEYOND), min(ends[1], 1 + BEYOND) if 0.5 <= high <= 1 else ends[1]]
    style = {"range": ends, "separatethousands": True, "exponentformat": "none"}
    return lambda value: value if np.isfinite(value) else np.nan, style
