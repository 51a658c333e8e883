"""Errors of reconstruction: by the size of the code, and on known samples beside those of a class never seen."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from nncore.experiments.architectures.code_studies import CodeScore
from pages.parts.fields.numbers import short
from pages.parts.figures.palette import NEGATIVE, POSITIVE, TEST, TRAINING, VALIDATION
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout

Array = np.ndarray


def bottleneck_figure(scores: Sequence[CodeScore], dark: bool) -> go.Figure:
    """The squared error against the numbers in the code: in training, held out, and of as many principal components."""
    codes = [str(score.d) for score in scores]
    lines = (
        ("training", TRAINING, "circle", [s.training for s in scores]),
        ("held out", VALIDATION, "square", [s.held_out for s in scores]),
        ("principal components", TEST, "triangle-up", [s.principal for s in scores]),
    )
    data = [{
        "type": "scatter", "mode": "lines+markers", "name": name, "x": codes, "y": values,
        "line": {"color": style.colour(dark), "dash": style.dash, "width": 2}, "marker": {"symbol": symbol, "size": 8},
        "text": [short(value) for value in values], "hovertemplate": f"{name}: %{{text}}<extra></extra>",
    } for name, style, symbol, values in lines]  # fmt: skip
    layout = base_layout(dark, 300) | LEGEND_ABOVE | {
        "xaxis": axis("numbers in the code", type="category"), "yaxis": axis("mean squared error", rangemode="tozero"),
    }  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def anomaly_figure(known: Array, unseen: Array, name: str, bins: int, dark: bool) -> go.Figure:
    """Two histograms of errors with the same bins, each as shares of its own samples; `name` is the class never seen."""
    both = np.concatenate([known, unseen])
    edges = np.linspace(both.min(), both.max(), bins + 1)
    middles, width = (edges[1:] + edges[:-1]) / 2, float(edges[1] - edges[0])
    data = []
    for label, errors, colour, pattern in (("classes it knows", known, POSITIVE, ""), (name, unseen, NEGATIVE, "/")):
        data.append({
            "type": "bar", "name": label, "x": middles, "y": np.histogram(errors, edges)[0] / len(errors), "width": width,
            "marker": {"color": colour, "pattern": {"shape": pattern}}, "opacity": 0.65,
            "hovertemplate": f"{label}: %{{y:.0%}} at %{{x:.2g}}<extra></extra>",
        })  # fmt: skip
    layout = base_layout(dark, 300) | LEGEND_ABOVE | {
        "barmode": "overlay", "xaxis": axis("error of a sample"), "yaxis": axis("share of samples", tickformat=".0%"),
    }  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
