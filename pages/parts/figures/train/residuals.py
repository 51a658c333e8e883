"""Residuals: how far each prediction lies from its target, and to which side."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.parts.figures.palette import NEGATIVE, POSITIVE, TRAINING, diverging_scale
from pages.parts.figures.theme import base_layout

HEIGHT = 360
BINS = 24


def residuals_figure(predicted: np.ndarray, target: np.ndarray, target_name: str, dark: bool) -> go.Figure:
    """Predicted against true values (N,) with the line on which they agree, and a histogram of residuals.

    Blue samples are predicted too high, orange ones too low. Raises ValueError for lengths that differ.
    """
    predicted, target = np.ravel(predicted), np.ravel(target)
    if predicted.shape != target.shape:
        raise ValueError(f"predicted must have as many values as target, {len(target)}, got {len(predicted)}")
    residuals = predicted - target
    figure = make_subplots(rows=2, cols=1, row_heights=[0.7, 0.3], vertical_spacing=0.2)
    figure.add_traces(
        [_samples(target, predicted, dark), _agreement(target, predicted, dark)], rows=[1, 1], cols=[1, 1]
    )
    figure.add_trace(_histogram(residuals), row=2, col=1)
    figure.update_layout(**base_layout(dark, HEIGHT), bargap=0.06)
    figure.update_xaxes(title_text=f"true {target_name}", row=1)
    figure.update_yaxes(title_text="predicted", row=1)
    figure.update_xaxes(title_text="residual (predicted − true)", row=2)
    figure.update_yaxes(title_text="samples", row=2)
    return figure


def _samples(target: np.ndarray, predicted: np.ndarray, dark: bool) -> go.Scatter:
    residuals = predicted - target
    limit = float(np.abs(residuals).max(initial=0.0)) or 1.0
    marker = {
        "color": residuals, "colorscale": diverging_scale(dark), "cmin": -limit, "cmax": limit, "size": 6,
        "line": {"width": 0.5, "color": TRAINING.colour(dark)},
    }  # fmt: skip
    return go.Scatter(
        x=target, y=predicted, mode="markers", marker=marker, customdata=residuals,
        hovertemplate="true %{x:.4g}<br>predicted %{y:.4g}<br>residual %{customdata:.4g}<extra></extra>",
    )  # fmt: skip


def _agreement(target: np.ndarray, predicted: np.ndarray, dark: bool) -> go.Scatter:
    values = np.concatenate([target, predicted])
    ends = [float(values.min()), float(values.max())] if len(values) else [0.0, 1.0]
    line = {"color": TRAINING.colour(dark), "dash": "dash", "width": 1.5}
    return go.Scatter(x=ends, y=ends, mode="lines", line=line, hoverinfo="skip")


def _histogram(residuals: np.ndarray) -> go.Bar:
    """Counts in bins that meet at zero, so that too low and too high never share a bar."""
    limit = float(np.abs(residuals).max(initial=0.0)) or 1.0
    counts, edges = np.histogram(residuals, bins=BINS, range=(-limit, limit))
    middles = (edges[:-1] + edges[1:]) / 2
    colours = [NEGATIVE if middle < 0 else POSITIVE for middle in middles]
    return go.Bar(
        x=middles, y=counts, width=np.diff(edges), marker={"color": colours, "line": {"width": 0}},
        hovertemplate="residual about %{x:.3g}<br>%{y} samples<extra></extra>",
    )  # fmt: skip
