"""What one neuron answers: its curve with the samples, or its map of two inputs."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import NEGATIVE, POSITIVE, diverging_scale, mix, text, zero
from pages.parts.figures.theme import axis, base_layout

HEIGHT = 330


@dataclass(frozen=True)
class CurveView:
    """The neuron's answers along `grid` (V,), and samples (N,): where they stand, their target and their answer."""

    grid: np.ndarray
    curve: np.ndarray
    position: np.ndarray
    target: np.ndarray
    answer: np.ndarray
    chosen: int
    position_title: str


@dataclass(frozen=True)
class PlaneView:
    """Sums and answers (V, V) over `grid` (V,) of both inputs, and samples X (N, 2) with their targets (N,)."""

    grid: np.ndarray
    sums: np.ndarray
    answers: np.ndarray
    X: np.ndarray
    target: np.ndarray
    chosen: int
    low: float
    high: float


def curve_figure(view: CurveView, dark: bool) -> go.Figure:
    """The answer as a line, each sample at its target, and its error as a thin line between; the chosen is ringed."""
    error_x, error_y = (
        np.column_stack([a, b, np.full(len(view.target), np.nan)]).ravel()
        for a, b in ((view.position, view.position), (view.answer, view.target))
    )
    errors = go.Scatter(x=error_x, y=error_y, mode="lines", hoverinfo="skip",
                        line={"color": mix(zero(dark), text(dark), 0.4), "width": 1, "dash": "dot"})  # fmt: skip
    line = go.Scatter(x=view.grid, y=view.curve, mode="lines", hoverinfo="skip",
                      line={"color": text(dark), "width": 2.5})  # fmt: skip
    samples = _samples(view.position, view.target, view.target, dark, view.answer)
    axes = {"xaxis": axis(view.position_title), "yaxis": axis("answer a (line), target y (marks)")}
    return _clickable([errors, line, samples, _ring(view.position, view.target, view.chosen, dark)], axes, dark)


def plane_figure(view: PlaneView, dark: bool) -> go.Figure:
    """The answer as colour over both inputs, the border where z = 0 as a line, and the samples."""
    answers = go.Heatmap(
        x=view.grid, y=view.grid, z=view.answers, zmin=view.low, zmax=view.high, colorscale=diverging_scale(dark),
        opacity=0.75, colorbar={"thickness": 10, "title": {"text": "a"}},
        hovertemplate="x₁ %{x:.2f}<br>x₂ %{y:.2f}<br>a = %{z:.3g}<extra></extra>",
    )  # fmt: skip
    border = go.Contour(
        x=view.grid, y=view.grid, z=view.sums, showscale=False, hoverinfo="skip",
        contours={"start": 0, "end": 0, "size": 1, "coloring": "none"}, line={"color": text(dark), "width": 2},
    )  # fmt: skip
    samples = _samples(view.X[:, 0], view.X[:, 1], view.target, dark, None)
    ends = [float(view.grid[0]), float(view.grid[-1])]
    axes = {"xaxis": axis("x₁", range=ends), "yaxis": axis("x₂", range=ends)}
    return _clickable([answers, border, samples, _ring(view.X[:, 0], view.X[:, 1], view.chosen, dark)], axes, dark)


def _clickable(traces: list, axes: dict, dark: bool) -> go.Figure:
    return go.Figure(traces, base_layout(dark, HEIGHT) | axes | {"clickmode": "event+select"})


def _samples(x: np.ndarray, y: np.ndarray, target: np.ndarray, dark: bool, answer: np.ndarray | None) -> go.Scatter:
    """Classes as orange circles (below) and blue squares (above), values as circles in the colour of their size."""
    marker = {"size": 10, "line": {"width": 1, "color": text(dark)}}
    if np.isin(target, (-1.0, 0.0, 1.0)).all():
        marker |= {"color": np.where(target > 0, POSITIVE, NEGATIVE), "symbol": np.where(target > 0, "square", "circle")}
    else:
        reach = float(np.abs(target).max())
        marker |= {"color": target, "colorscale": diverging_scale(dark), "cmin": -reach, "cmax": reach}
    numbers = np.arange(1, len(target) + 1)
    given = np.column_stack([numbers, target, target if answer is None else answer])
    # The ring says which one is chosen: a click must not make the others pale.
    seen = {"marker": {"opacity": 1}}
    return go.Scatter(
        x=x, y=y, mode="markers", customdata=given, marker=marker, selected=seen, unselected=seen,
        hovertemplate="sample %{customdata[0]}<br>target %{customdata[1]:.3g}"
        + ("" if answer is None else "<br>answer %{customdata[2]:.3g}") + "<extra></extra>",
    )  # fmt: skip


def _ring(x: np.ndarray, y: np.ndarray, chosen: int, dark: bool) -> go.Scatter:
    return go.Scatter(
        x=[x[chosen]], y=[y[chosen]], mode="markers+text", text=[str(chosen + 1)], textposition="top center",
        marker={"size": 20, "symbol": "circle-open", "color": text(dark), "line": {"width": 2.5}}, hoverinfo="skip",
        unselected={"marker": {"opacity": 1}, "textfont": {"color": text(dark)}},
    )  # fmt: skip
