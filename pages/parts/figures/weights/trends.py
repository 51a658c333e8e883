"""Weights over a training, and what they come to: histograms, spectra, paths, firing, and a chain of layers."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import NEGATIVE, POSITIVE, TRAINING, VALIDATION, share_scale, text
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout

Array = np.ndarray

HEIGHT = 320


def histograms_figure(epochs: Array, edges: Array, shares: Array, dark: bool) -> go.Figure:
    """A heatmap over time: the shares (F, bins) of a layer's weights between `edges` (bins + 1,) at each epoch (F,).

    Colours follow the square root of the share, so that a few weights far out are seen beside the many in the middle.
    """
    most = float(shares.max(initial=0)) or 1.0
    heatmap = {
        "type": "heatmap", "x": epochs, "y": (edges[:-1] + edges[1:]) / 2, "z": np.sqrt(shares.T).astype(np.float32),
        "customdata": 100 * shares.T.astype(np.float32), "colorscale": share_scale(dark),
        "zmin": 0, "zmax": most**0.5,
        "colorbar": {
            "thickness": 10, "outlinewidth": 0, "tickvals": [0, 0.5 * most**0.5, most**0.5],
            "ticktext": ["0 %", f"{25 * most:.3g} %", f"{100 * most:.3g} %"],
        },
        "hovertemplate": "epoch %{x}<br>weights about %{y:.3g}<br>%{customdata:.1f} % of the layer<extra></extra>",
    }  # fmt: skip
    return _figure([heatmap], dark, HEIGHT, _epochs(epochs, showgrid=False), axis("weight", showgrid=False))


def lines_figure(epochs: Array, weights: Array, n_in: int, dark: bool) -> go.Figure:
    """Each of a layer's weights (F, n_out * n_in), row by row, as a line over the epochs (F,)."""
    look = {"mode": "lines" if len(epochs) > 1 else "markers", "opacity": 0.75,
            "line": {"color": TRAINING.colour(dark), "width": 1.3}, "marker": {"color": TRAINING.colour(dark)}}  # fmt: skip
    says = "neuron {}, input {}<br>epoch %{{x}}: w = %{{y:.4g}}"
    lines = [
        _line(epochs, weights[:, k], says.format(k // n_in + 1, k % n_in + 1)) | look for k in range(weights.shape[1])
    ]
    return _figure(lines, dark, HEIGHT, _epochs(epochs), axis("weight"))


def spectrum_figure(initial: Array, now: Array, dark: bool) -> go.Figure:
    """Singular values (n,) at the first weights (dashed, hollow) and now (solid), largest first."""
    numbers = np.arange(1, len(now) + 1)
    looks = (("at first", initial, VALIDATION, "circle-open", 11), ("now", now, TRAINING, "circle", 7))
    lines = [
        _line(numbers, values, name + ": %{y:.4g}") | {
            "name": name, "mode": "lines+markers", "marker": {"symbol": symbol, "size": size},
            "line": {"color": style.colour(dark), "dash": style.dash, "width": 1.6},
        }
        for name, values, style, symbol, size in looks
    ]  # fmt: skip
    across = axis("singular value, by size", tick0=1, dtick=max(1, len(now) // 8))
    figure = _figure(lines, dark, HEIGHT, across, axis("stretch", rangemode="tozero"))
    figure.update_layout(**LEGEND_ABOVE, hovermode="x", margin={"t": 32})
    return figure


def path_figure(epochs: Array, values: Array, losses: Array, name: str, dark: bool) -> go.Figure:
    """One weight or bias (F,) above and the training loss (F,) below, over the epochs (F,)."""
    colour = TRAINING.colour(dark)
    look = {"mode": "lines" if len(epochs) > 1 else "markers", "line": {"color": colour, "width": 1.8},
            "marker": {"color": colour}}  # fmt: skip
    says = "epoch %{x}: %{y:.4g}"
    layout = base_layout(dark, HEIGHT + 40) | {
        "xaxis": _epochs(epochs, anchor="y2"),
        "yaxis": axis(name, domain=[0.54, 1]),
        "yaxis2": axis("training loss", domain=[0, 0.46]),
    }
    lines = [_line(epochs, values, says) | look, _line(epochs, losses, says) | look | {"yaxis": "y2"}]
    return go.Figure({"data": lines, "layout": layout})


def firing_figure(biases: Array, shares: Array, bias: float, share: float, dark: bool) -> go.Figure:
    """The share of samples (n,) on which a neuron fires against its bias (n,), and where it stands now."""
    curve = _line(biases, shares, "bias %{x:.3g}: z > 0 on %{y:.1%}") | {
        "line": {"color": TRAINING.colour(dark), "width": 2, "shape": "hv"}
    }
    mark = {
        "type": "scatter", "x": [bias], "y": [share], "mode": "markers", "hoverinfo": "skip",
        "marker": {"symbol": "diamond", "size": 12, "color": POSITIVE if bias >= 0 else NEGATIVE,
                   "line": {"width": 1.5, "color": text(dark)}},
    }  # fmt: skip
    share_axis = axis("samples with z > 0", tickformat=".0%", range=[-0.04, 1.04])
    return _figure([curve, mark], dark, 260, axis("bias"), share_axis)


def agreement_figure(network: Array, product: Array, dark: bool) -> go.Figure:
    """What the product of the matrices gives (N,) against what the network gives (N,), with the line of agreement."""
    values = np.concatenate([network, product])
    ends = np.array([values.min(), values.max()])
    diagonal = {
        "type": "scatter", "x": ends, "y": ends, "mode": "lines", "hoverinfo": "skip",
        "line": {"color": VALIDATION.colour(dark), "dash": "dash", "width": 1.5},
    }  # fmt: skip
    points = _line(network, product, "network %{x:.4g}<br>single layer %{y:.4g}") | {
        "mode": "markers", "marker": {"size": 6, "color": POSITIVE, "opacity": 0.75}
    }
    titles = axis("z of the output, by the whole network"), axis("by the single layer")
    return _figure([diagonal, points], dark, 360, *titles)


def _epochs(epochs: Array, **style: Any) -> dict:
    """The axis of the epochs: where there is only the first, it does not begin before it."""
    return axis("epoch", **style) | ({} if len(epochs) > 1 else {"range": [-0.02, 1]})


def _line(x: Array, y: Array, hover: str) -> dict:
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "hovertemplate": hover + "<extra></extra>"}


def _figure(data: list[dict], dark: bool, height: int, xaxis: dict, yaxis: dict) -> go.Figure:
    return go.Figure({"data": data, "layout": base_layout(dark, height) | {"xaxis": xaxis, "yaxis": yaxis}})
