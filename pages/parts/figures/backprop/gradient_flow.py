"""The gradient's length in every layer over training, on a log scale."""

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import CLASSES, MARKERS, text
from pages.parts.figures.theme import base_layout
from pages.parts.figures.ticks import log_axis

HEIGHT = 380
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "8px,3px,2px,3px,2px,3px")
LAYER_COLOURS = (CLASSES[1], CLASSES[6], CLASSES[2], CLASSES[3], CLASSES[8], CLASSES[9], CLASSES[7])
TINY = 1e-20  # a length of 0 has no place on a log scale


def gradient_flow_figure(epochs: np.ndarray, norms: np.ndarray, epoch: int, dark: bool) -> go.Figure:
    """One line for each layer of `norms` (F, layers) over `epochs` (F,), and a line at the `epoch` on screen."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    lengths = np.where(norms > TINY, norms, np.nan)
    # A point between two gaps has no line to be seen by.
    sizes = np.where(_are_alone(lengths), 7, 0)
    for layer in range(norms.shape[1]):
        name = f"layer {layer + 1}" + (" (output)" if layer == norms.shape[1] - 1 else "")
        line = {"color": LAYER_COLOURS[layer], "dash": DASHES[layer]}
        mode = "lines+markers" if sizes[:, layer].any() else "lines"
        figure.add_trace(go.Scatter(
            x=epochs, y=lengths[:, layer], mode=mode, name=name, line=line, marker={"size": sizes[:, layer]},
            hovertemplate=f"{name}<br>epoch %{{x:,}}<br>length %{{y:.3g}}<extra></extra>", legendgroup=name,
        ))  # fmt: skip
    figure.add_vline(x=epoch, line={"color": text(dark), "width": 1, "dash": "dot"})
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    figure.update_xaxes(title_text="epoch")
    return figure.update_yaxes(title_text="length of the gradient", **log_axis([lengths]))


def _are_alone(lengths: np.ndarray) -> np.ndarray:
    """Which of `lengths` (F, layers) are known while those of the frames before and after are not."""
    known = np.pad(np.isfinite(lengths), ((1, 1), (0, 0)))
    return known[1:-1] & ~known[:-2] & ~known[2:]


def difference_steps_figure(steps: np.ndarray, errors: np.ndarray, step: float, dark: bool) -> go.Figure:
    """Relative errors (S,) of central differences against their `steps` (S,), both on log scales; `step` is ringed."""
    shown = np.where(errors > TINY, errors, np.nan)
    figure = go.Figure(
        go.Scatter(
            x=steps, y=shown, mode="lines+markers", line={"color": CLASSES[1]}, marker={"size": 7},
            hovertemplate="h = %{x:.0e}<br>relative error %{y:.2e}<extra></extra>",
        ),
        base_layout(dark, 260),
    )  # fmt: skip
    ring = {"symbol": f"{MARKERS[0]}-open", "size": 18, "color": text(dark), "line": {"width": 2}}
    here = np.isclose(steps, step, rtol=1e-6)
    figure.add_trace(go.Scatter(x=steps[here], y=shown[here], mode="markers", marker=ring, hoverinfo="skip"))
    figure.update_xaxes(title_text="step h", type="log", exponentformat="power", dtick=2)
    figure.update_yaxes(title_text="relative error", **log_axis([shown]))
    return figure
