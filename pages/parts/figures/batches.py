"""Batches against the whole: their gradients' noise, which samples they hold, and the paths they lead along."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from nncore.batch_noise import BatchNoise
from pages.parts.figures.comparison import SYMBOLS, curve_style, log_axis
from pages.parts.figures.theme import base_layout
from pages.parts.palette import CLASSES, NEGATIVE, POSITIVE, mix, text, zero

HEIGHT = 380

Array = np.ndarray


def noise_figure(noise: BatchNoise, dark: bool) -> go.Figure:
    """Distance of batch gradients from the full one against batch size, both log: measured, expected, and 1/sqrt(B)."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    inner = noise.sizes < noise.n_samples  # a batch of all samples has no distance, which has no place on a log scale
    low, high = (np.quantile(noise.noise, share, axis=1)[inner] for share in (0.05, 0.95))
    sizes, measured = noise.sizes[inner], noise.measured[inner]
    bars = {"type": "data", "symmetric": False, "array": high - measured, "arrayminus": measured - low, "thickness": 1}
    figure.add_scatter(x=noise.sizes, y=noise.line, mode="lines", name="1/√B", line={"color": text(dark), "dash": "dot"})
    figure.add_scatter(x=sizes, y=noise.expected[inner], mode="lines", name="without putting back",
                       line={"color": NEGATIVE, "dash": "dash"})
    figure.add_scatter(x=sizes, y=measured, mode="markers", name="measured, with 5 to 95 %", error_y=bars,
                       marker={"color": POSITIVE, "size": 9},
                       hovertemplate="batch of %{x}<br>distance %{y:.3f} of the full gradient's length<extra></extra>")
    return _over_sizes(figure, "distance from the full gradient", [low, high, noise.line])


def angle_figure(noise: BatchNoise, dark: bool) -> go.Figure:
    """Angle between batch gradients and the full one against batch size: median and 5 to 95 %, in degrees."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    low, middle, high = np.quantile(noise.angles, (0.05, 0.5, 0.95), axis=1)
    bars = {"type": "data", "symmetric": False, "array": high - middle, "arrayminus": middle - low, "thickness": 1}
    figure.add_scatter(x=noise.sizes, y=middle, mode="lines+markers", error_y=bars, name="angle, with 5 to 95 %",
                       line={"color": POSITIVE}, marker={"size": 9},
                       hovertemplate="batch of %{x}<br>%{y:.1f} degrees<extra></extra>")
    figure.add_hline(90, line={"color": text(dark), "dash": "dot", "width": 1.2},
                     annotation={"text": "across: no help", "font": {"size": 12}})
    return _over_sizes(figure, "angle to the full gradient, degrees", None)


def _over_sizes(figure: go.Figure, title: str, logged: list[Array] | None) -> go.Figure:
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    figure.update_xaxes(title_text="batch size", type="log", dtick=1)
    figure.update_yaxes(title_text=title, **(log_axis(logged) if logged else {"rangemode": "tozero"}))
    return figure


def batches_figure(places: Array, targets: Array, batches: Sequence[Array], names: Sequence[str], dark: bool) -> go.Figure:
    """Training samples at `places` (N, 2), once for each of `batches` (rows), which are lit; int targets are classes."""
    figure = make_subplots(1, len(batches), subplot_titles=list(names), shared_yaxes=True, horizontal_spacing=0.01)
    figure.update_layout(base_layout(dark, 260), margin={"t": 28})
    classes = targets if targets.dtype.kind in "iu" else (targets >= 0).astype(int)
    colours, symbols = np.array(CLASSES)[classes], np.resize(SYMBOLS, len(CLASSES))[classes]
    for column, rows in enumerate(batches, 1):
        faint = {"color": mix(zero(dark), text(dark), 0.3), "size": 3}
        lit = {"color": colours[rows], "symbol": symbols[rows], "size": 8, "line": {"color": text(dark), "width": 1}}
        figure.add_scatter(x=places[:, 0], y=places[:, 1], mode="markers", marker=faint, hoverinfo="skip", row=1, col=column)
        figure.add_scatter(x=places[rows, 0], y=places[rows, 1], mode="markers", marker=lit, customdata=rows,
                           row=1, col=column, hovertemplate="training sample %{customdata}<extra></extra>")
    figure.update_xaxes(showticklabels=False, showgrid=False, zeroline=False)
    figure.update_yaxes(showticklabels=False, showgrid=False, zeroline=False)
    return figure


def paths_figure(axes: tuple[Array, Array], heights: Array, paths: Sequence[Array], names: Sequence[str],
                 dark: bool) -> go.Figure:  # fmt: skip
    """Log losses `heights` (B, A) over `axes` (A,) and (B,), and a path (F, 2) on them for each name."""
    ground = go.Contour(
        x=axes[0], y=axes[1], z=heights, colorscale=[(0, mix(zero(dark), text(dark), 0.35)), (1, zero(dark))],
        showscale=False, ncontours=20, line={"width": 0.5}, customdata=10.0**heights,
        hovertemplate="loss %{customdata:.4g}<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(ground, base_layout(dark, 480))
    for number, (path, name) in enumerate(zip(paths, names, strict=True)):
        figure.add_scatter(x=path[:, 0], y=path[:, 1], mode="lines", name=name, hoverinfo="name",
                           **curve_style(number, dark))
        end = curve_style(number, dark)["marker"] | {"size": 13, "color": curve_style(number, dark)["line"]["color"],
                                                     "line": {"color": text(dark), "width": 1.5}}
        figure.add_scatter(x=path[-1:, 0], y=path[-1:, 1], mode="markers", marker=end, showlegend=False, hoverinfo="skip")
    start = {"symbol": "circle-open", "size": 13, "color": text(dark), "line": {"width": 2.5}}
    figure.add_scatter(x=paths[0][:1, 0], y=paths[0][:1, 1], mode="markers", name="first weights", marker=start)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    figure.update_xaxes(title_text="principal direction 1 of all paths", range=[axes[0][0], axes[0][-1]])
    figure.update_yaxes(title_text="principal direction 2", range=[axes[1][0], axes[1][-1]])
    return figure
