"""A loss of one's own: what each constant costs, and the line to which one neuron comes."""

import numpy as np
import plotly.graph_objects as go

from nncore.single_neuron.own_loss import OwnLoss
from pages.parts.figures.palette import NEGATIVE, POSITIVE, TEST, TRAINING
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout

Array = np.ndarray


def constant_figure(y: Array, loss: OwnLoss, best: float, dark: bool) -> go.Figure:
    """The mean cost of every constant on y (N,), the least at `best`, and the targets as ticks below."""
    grid = np.linspace(y.min(), y.max(), 200)
    costs = np.array([loss.cost(np.full(len(y), c), y).mean() for c in grid])
    data = [
        {"type": "scatter", "mode": "lines", "name": "mean cost", "x": grid, "y": costs,
         "line": {"color": TRAINING.colour(dark), "width": 2}, "hovertemplate": "%{x:.1f}: %{y:.3g}<extra></extra>"},
        {"type": "scatter", "mode": "markers", "name": "targets", "x": y, "y": np.zeros(len(y)), "hoverinfo": "skip",
         "marker": {"symbol": "line-ns-open", "size": 10, "color": POSITIVE}},
        {"type": "scatter", "mode": "markers", "name": "the best constant", "x": [best],
         "y": [float(loss.cost(np.full(len(y), best), y).mean())], "hovertemplate": "%{x:.2f}<extra></extra>",
         "marker": {"symbol": "diamond", "size": 12, "color": NEGATIVE}},
    ]  # fmt: skip
    layout = base_layout(dark, 300) | LEGEND_ABOVE | {
        "xaxis": axis("the constant, in minutes"), "yaxis": axis("mean cost", rangemode="tozero"),
    }  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def neuron_figure(x: Array, y: Array, neuron: tuple[float, float], squares: tuple[float, float], dark: bool) -> go.Figure:
    """Targets y (N,) over x (N,), the line of the `neuron` (weight, bias), and that of squared errors."""
    ends = np.array([x.min(), x.max()])
    data = [{"type": "scatter", "mode": "markers", "name": "targets", "x": x, "y": y, "hoverinfo": "skip",
             "marker": {"color": POSITIVE, "size": 5, "opacity": 0.6}}]  # fmt: skip
    for name, (weight, bias), colour, dash in (
        ("squared errors", squares, TEST.colour(dark), "dot"), ("your loss", neuron, NEGATIVE, "solid"),
    ):  # fmt: skip
        data.append({"type": "scatter", "mode": "lines", "name": name, "x": ends, "y": weight * ends + bias,
                     "hoverinfo": "skip", "line": {"color": colour, "dash": dash, "width": 3}})  # fmt: skip
    layout = base_layout(dark, 300) | LEGEND_ABOVE | {"xaxis": axis("km"), "yaxis": axis("minutes")}
    return go.Figure({"data": data, "layout": layout})
