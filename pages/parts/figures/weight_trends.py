"""Weights over a training, and what they come to: histograms, spectra, paths, firing, and a chain of layers."""

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from pages.parts.figures.theme import base_layout
from pages.parts.palette import NEGATIVE, POSITIVE, TRAINING, VALIDATION, share_scale, text

Array = np.ndarray

HEIGHT = 320


def histograms_figure(epochs: Array, edges: Array, shares: Array, dark: bool) -> go.Figure:
    """A heatmap over time: the shares (F, bins) of a layer's weights between `edges` (bins + 1,) at each epoch (F,).

    Colours follow the square root of the share, so that a few weights far out are seen beside the many in the middle.
    """
    middles = (edges[:-1] + edges[1:]) / 2
    heatmap = go.Heatmap(
        x=epochs, y=middles, z=np.sqrt(shares.T).astype(np.float32), customdata=100 * shares.T.astype(np.float32),
        colorscale=share_scale(dark), showscale=False,
        hovertemplate="epoch %{x}<br>weights about %{y:.3g}<br>%{customdata:.1f} % of the layer<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(heatmap, base_layout(dark, HEIGHT))
    figure.update_xaxes(title_text="epoch", showgrid=False)
    figure.update_yaxes(title_text="weight", showgrid=False)
    return figure


def spectrum_figure(initial: Array, now: Array, dark: bool) -> go.Figure:
    """Singular values (n,) at the first weights (dashed, hollow) and now (solid), largest first."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    numbers = np.arange(1, len(now) + 1)
    for name, values, style, symbol in (("at first", initial, VALIDATION, "circle-open"), ("now", now, TRAINING, "circle")):
        figure.add_trace(go.Scatter(
            x=numbers, y=values, name=name, mode="lines+markers", marker={"symbol": symbol, "size": 7},
            line={"color": style.colour(dark), "dash": style.dash, "width": 1.6},
            hovertemplate=name + ": %{y:.4g}<extra></extra>",
        ))  # fmt: skip
    figure.update_layout(showlegend=True, legend={"x": 1, "xanchor": "right", "y": 1}, hovermode="x")
    figure.update_xaxes(title_text="singular value, by size", tick0=1, dtick=max(1, len(now) // 8))
    figure.update_yaxes(title_text="stretch", rangemode="tozero")
    return figure


def path_figure(epochs: Array, values: Array, losses: Array, name: str, dark: bool) -> go.Figure:
    """One weight (F,) above and the training loss (F,) below, over the epochs (F,)."""
    figure = make_subplots(rows=2, cols=1, shared_xaxes=True, vertical_spacing=0.08)
    line = {"color": TRAINING.colour(dark), "width": 1.8}
    mode = "lines" if len(epochs) > 1 else "markers"
    for row, series in enumerate((values, losses), 1):
        figure.add_trace(go.Scatter(
            x=epochs, y=series, mode=mode, line=line, marker={"color": line["color"]},
            hovertemplate="epoch %{x}: %{y:.4g}<extra></extra>",
        ), row=row, col=1)  # fmt: skip
    figure.update_layout(**base_layout(dark, HEIGHT + 40))
    figure.update_xaxes(title_text="epoch", row=2)
    figure.update_yaxes(title_text=name, row=1)
    figure.update_yaxes(title_text="training loss", row=2)
    return figure


def firing_figure(biases: Array, shares: Array, bias: float, share: float, dark: bool) -> go.Figure:
    """The share of samples (n,) on which a neuron fires against its bias (n,), and where it stands now."""
    figure = go.Figure(layout=base_layout(dark, 260))
    figure.add_trace(go.Scatter(
        x=biases, y=shares, mode="lines", line={"color": TRAINING.colour(dark), "width": 2, "shape": "hv"},
        hovertemplate="bias %{x:.3g}: fires on %{y:.1%}<extra></extra>",
    ))  # fmt: skip
    figure.add_trace(go.Scatter(
        x=[bias], y=[share], mode="markers", hoverinfo="skip",
        marker={"symbol": "diamond", "size": 12, "color": POSITIVE if bias >= 0 else NEGATIVE,
                "line": {"width": 1.5, "color": text(dark)}},
    ))  # fmt: skip
    figure.update_xaxes(title_text="bias")
    figure.update_yaxes(title_text="fires on", tickformat=".0%", range=[-0.04, 1.04])
    return figure


def agreement_figure(network: Array, product: Array, dark: bool) -> go.Figure:
    """What the product of the matrices gives (N,) against what the network gives (N,), with the line of agreement."""
    values = np.concatenate([network, product])
    ends = [float(values.min()), float(values.max())]
    figure = go.Figure(layout=base_layout(dark, 360))
    figure.add_trace(go.Scatter(
        x=ends, y=ends, mode="lines", hoverinfo="skip",
        line={"color": VALIDATION.colour(dark), "dash": "dash", "width": 1.5},
    ))  # fmt: skip
    figure.add_trace(go.Scatter(
        x=network, y=product, mode="markers", marker={"size": 6, "color": POSITIVE, "opacity": 0.75},
        hovertemplate="network %{x:.4g}<br>single layer %{y:.4g}<extra></extra>",
    ))  # fmt: skip
    figure.update_xaxes(title_text="z of the output, by the whole network")
    figure.update_yaxes(title_text="by the single layer")
    return figure
