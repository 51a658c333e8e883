"""Pictures of the lessons' steps: curves, bars, a table of numbers, points with lines."""

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import CLASSES, POSITIVE, TEST, TRAINING, VALIDATION, diverging_scale, mix, text, zero
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout
from pages.parts.figures.ticks import cell, log_axis

Array = np.ndarray
_LINES = (TRAINING, VALIDATION, TEST)
MOST_WRITTEN = 20  # bars with a number on each; over more they would be too small to be read
ROW, ROWS = 38, 114  # pixels: of a row of a matrix, and of all rows at least
SYMBOLS = ("circle", "square")


def curves(
    x: Sequence[float], named: Mapping[str, Array], names: tuple[str, str], dark: bool, log: bool = False
) -> go.Figure:
    """Curves by name over x (n,); `names` are those of the axes, and `log` makes the upright one logarithmic."""
    figure = go.Figure()
    for number, (name, y) in enumerate(named.items()):
        style = _LINES[number % len(_LINES)]
        figure.add_scatter(
            x=list(x),
            y=np.asarray(y),
            mode="lines",
            name=name,
            line={"color": style.colour(dark), "dash": style.dash, "width": 2.5},
        )
    upright = log_axis(named.values()) if log else {}
    figure.update_layout(base_layout(dark, 300), xaxis=axis(names[0]), yaxis=axis(names[1], **upright))
    return figure.update_layout(**LEGEND_ABOVE) if len(named) > 1 else figure


def with_dots(figure: go.Figure, dots: Mapping[str, tuple[float, float]], dark: bool) -> go.Figure:
    """The figure with places (x, y) on it, each by its name; the last one is filled, those before it are hollow."""
    for number, (name, (x, y)) in enumerate(dots.items(), start=1):
        figure.add_scatter(
            x=[x],
            y=[y],
            mode="markers",
            name=name,
            marker={
                "size": 12,
                "color": POSITIVE,
                "symbol": "circle" if number == len(dots) else "circle-open",
                "line": {"width": 2, "color": POSITIVE if number < len(dots) else zero(dark)},
            },
            hoverinfo="skip",
        )
    return figure.update_layout(**LEGEND_ABOVE)


def _written(values: Sequence[float]) -> list[str]:
    """The numbers as they stand in a picture, all of them as whole numbers where they are; nothing for nan."""
    numbers = np.asarray(values, dtype=float)
    if not (np.isnan(numbers) | (numbers == np.round(numbers))).all():
        return [cell(value) for value in numbers]
    return ["" if np.isnan(value) else f"{value:,.0f}".replace("-", "−") for value in numbers]


def bars(names: Sequence[str], values: Sequence[float], upwards: str, dark: bool, marked: int | None = None) -> go.Figure:
    """A bar for each name, with its number; the one `marked` is blue."""
    quiet = mix(zero(dark), text(dark), 0.35)
    colours = [POSITIVE if number == marked or marked is None else quiet for number in range(len(names))]
    figure = go.Figure(
        go.Bar(
            x=list(names),
            y=list(values),
            marker={"color": colours},
            text=_written(values) if len(names) <= MOST_WRITTEN else None,
            textposition="outside",
            cliponaxis=False,
            hoverinfo="skip",
        )
    )
    figure.update_layout(base_layout(dark, 260), xaxis=axis("", type="category"), yaxis=axis(upwards))
    low, high = min(0.0, *values), max(0.0, *values)
    span = (high - low) or 1.0
    return figure.update_yaxes(range=[low - (0.12 * span if low < 0 else 0), high + 0.12 * span])


def piles(named: Mapping[str, Array], across: str, dark: bool) -> go.Figure:
    """How often numbers lie where, for each of the `named` samples (n,): a step line over the same 40 stretches."""
    reach = max(float(np.abs(values).max()) for values in named.values())
    edges = np.linspace(-reach, reach, 41)
    counts = {name: np.histogram(values, edges)[0] for name, values in named.items()}
    figure = curves((edges[:-1] + edges[1:]) / 2, counts, (across, "how often"), dark)
    return figure.update_traces(line_shape="hvh")


def cells(
    matrix: Array, rows: Sequence[str], columns: Sequence[str], dark: bool, names: tuple[str, str] = ("", "")
) -> go.Figure:
    """A matrix (n, m) with its numbers written in; orange below 0, blue above, nan: empty. `names`: of both axes."""
    reach = float(np.nanmax(np.abs(matrix), initial=0.0)) or 1.0
    figure = go.Figure(
        go.Heatmap(
            z=matrix,
            x=list(columns),
            y=list(rows),
            zmin=-reach,
            zmax=reach,
            colorscale=diverging_scale(dark),
            showscale=False,
            text=np.reshape(_written(np.ravel(matrix)), np.shape(matrix)).tolist(),
            texttemplate="%{text}",
            xgap=2,
            ygap=2,
            hoverinfo="skip",
        )
    )
    figure.update_layout(
        base_layout(dark, 90 + max(ROW * len(matrix), ROWS)),
        xaxis=axis(names[0], type="category", side="top"),
        yaxis=axis(names[1], type="category", autorange="reversed"),
    )
    return figure


def points_and_lines(X: Array, y: Array, lines: Mapping[str, Array], dark: bool) -> go.Figure:
    """Points at X (N,), y (N,), and straight lines by name, each a slope and a height at 0."""
    figure = go.Figure(go.Scatter(x=X, y=y, mode="markers", name="samples", marker={"size": 10, "color": CLASSES[1]}))
    ends = np.array([X.min() - 0.3, X.max() + 0.3])
    for number, (name, (slope, height)) in enumerate(lines.items()):
        style = _LINES[number % len(_LINES)]
        figure.add_scatter(
            x=ends,
            y=slope * ends + height,
            mode="lines",
            name=name,
            line={"color": style.colour(dark), "dash": style.dash, "width": 2.5},
        )
    figure.update_layout(base_layout(dark, 300), xaxis=axis("x"), yaxis=axis("y"))
    return figure.update_layout(**LEGEND_ABOVE)


def classes_map(
    X: Array, y: Array, names: Sequence[str], dark: bool, border: tuple[Array, Array, Array] | None = None
) -> go.Figure:
    """Points X (N, 2) of two classes y (N,), by their `names`; over a `border` (x, y, outputs) where answers are known."""
    figure = go.Figure()
    if border is not None:
        figure.add_heatmap(
            x=border[0],
            y=border[1],
            z=border[2],
            zmin=0,
            zmax=1,
            colorscale=diverging_scale(dark),
            showscale=False,
            opacity=0.6,
            hoverinfo="skip",
        )
    for label, name in enumerate(names):
        here = X[y == label]
        figure.add_scatter(
            x=here[:, 0],
            y=here[:, 1],
            mode="markers",
            name=name,
            marker={"size": 7, "color": CLASSES[label], "symbol": SYMBOLS[label], "line": {"width": 1, "color": zero(dark)}},
        )
    figure.update_layout(base_layout(dark, 340), xaxis=axis("x₁", constrain="domain"), yaxis=axis("x₂", scaleanchor="x"))
    return figure.update_layout(**LEGEND_ABOVE)
