"""Batches against the whole: their gradients' noise, which samples they hold, and the paths they lead along."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from nncore.many_starts.batches.gradient_noise import BatchNoise
from pages.parts.figures.comparison import SYMBOLS, curve_style
from pages.parts.figures.palette import CLASSES, NEGATIVE, POSITIVE, mix, text, zero
from pages.parts.figures.theme import base_layout
from pages.parts.figures.ticks import log_axis

HEIGHT = 380
PATH_MARKERS = 5  # on each path

Array = np.ndarray


def noise_figure(noise: BatchNoise, dark: bool) -> go.Figure:
    """Distance of batch gradients from the full one against batch size, both log: measured, expected, and 1/sqrt(B)."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    inner = noise.inner  # a batch of all samples has no distance, which has no place on a log scale
    sizes, (low, _, high) = noise.sizes[inner], noise.distances[inner].T
    figure.add_scatter(x=np.repeat(sizes, 3), y=_segments(low, high), mode="lines", name="5 to 95 % of the batches",
                       line={"color": mix(zero(dark), POSITIVE, 0.6), "width": 5}, hoverinfo="skip")
    figure.add_scatter(x=noise.sizes, y=noise.with_replacement, mode="lines", name="1/√B",
                       line={"color": text(dark), "dash": "dot"}, hoverinfo="skip")
    figure.add_scatter(x=sizes, y=noise.expected[inner], mode="lines", name="expected, without putting back",
                       line={"color": NEGATIVE, "dash": "dash"}, hoverinfo="skip")
    figure.add_scatter(x=sizes, y=noise.distance[inner], mode="markers", name="measured, root mean square",
                       marker={"color": POSITIVE, "size": 9, "line": {"color": text(dark), "width": 1}},
                       hovertemplate="batch of %{x}<br>distance %{y:.3f} of the full gradient's length<extra></extra>")
    return _over_sizes(figure, "distance from the full gradient", [low, high, noise.with_replacement])


def _segments(low: Array, high: Array) -> Array:
    """Ends of vertical lines, each followed by a gap, (3 S,)."""
    return np.column_stack([low, high, np.full_like(low, np.nan)]).ravel()


def angle_figure(noise: BatchNoise, dark: bool) -> go.Figure:
    """Angle between batch gradients and the full one against batch size: median and 5 to 95 %, in degrees."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    low, middle, high = noise.angles.T
    figure.add_scatter(x=np.repeat(noise.sizes, 3), y=_segments(low, high), mode="lines", name="5 to 95 % of the batches",
                       line={"color": mix(zero(dark), POSITIVE, 0.6), "width": 5}, hoverinfo="skip")
    figure.add_scatter(x=noise.sizes, y=middle, mode="lines+markers", name="median angle",
                       line={"color": POSITIVE}, marker={"size": 9},
                       hovertemplate="batch of %{x}<br>%{y:.1f} degrees<extra></extra>")
    figure.add_hline(90, line={"color": text(dark), "dash": "dot", "width": 1.2},
                     annotation={"text": "90°: a step across", "font": {"size": 12}})
    return _over_sizes(figure, "angle to the full gradient, degrees", None)


def _over_sizes(figure: go.Figure, title: str, logged: list[Array] | None) -> go.Figure:
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    figure.update_xaxes(title_text="batch size", type="log", dtick=1)
    figure.update_yaxes(title_text=title, **(log_axis(logged) if logged else {"rangemode": "tozero"}))
    return figure


def batches_figure(places: Array, targets: Array, batches: Sequence[Array], names: Sequence[str], dark: bool) -> go.Figure:
    """Training samples at `places` (N, 2), once for each of `batches` (rows), whose own are large; int targets are classes.

    Three pictures a row, so that they can be told apart on a phone too.
    """
    columns = min(3, len(batches))
    rows = -(-len(batches) // columns)
    figure = make_subplots(rows, columns, subplot_titles=list(names), horizontal_spacing=0.02, vertical_spacing=0.28 / rows)
    figure.update_layout(base_layout(dark, 300 * rows), margin={"t": 50})
    figure.update_annotations(font={"size": 14})
    classes = targets if targets.dtype.kind in "iu" else (targets >= 0).astype(int)
    colours, symbols = np.array(CLASSES)[classes], np.resize(SYMBOLS, len(CLASSES))[classes]
    for number, chosen in enumerate(batches):
        place = {"row": number // columns + 1, "col": number % columns + 1}
        faint = {"color": mix(zero(dark), text(dark), 0.3), "size": 3}
        large = {"color": colours[chosen], "symbol": symbols[chosen], "size": 8, "line": {"color": text(dark), "width": 1}}
        figure.add_scatter(x=places[:, 0], y=places[:, 1], mode="markers", marker=faint, hoverinfo="skip", **place)
        figure.add_scatter(x=places[chosen, 0], y=places[chosen, 1], mode="markers", marker=large, customdata=chosen,
                           hovertemplate="training sample %{customdata}<extra></extra>", **place)
    figure.update_xaxes(showticklabels=False, showgrid=False, zeroline=False)
    figure.update_yaxes(showticklabels=False, showgrid=False, zeroline=False)
    if targets.dtype.kind in "iu":  # inputs both: one scale; a number to be learned has a unit of its own
        figure.for_each_yaxis(lambda axis: axis.update(scaleanchor=axis.anchor, constrain="domain"))
        figure.update_xaxes(constrain="domain")
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
        figure.add_scatter(x=path[:, 0], y=path[:, 1], mode="lines+markers", name=name, hoverinfo="name",
                           marker_maxdisplayed=PATH_MARKERS, **curve_style(number, dark))
        end = curve_style(number, dark)["marker"] | {"size": 13, "color": curve_style(number, dark)["line"]["color"],
                                                     "line": {"color": text(dark), "width": 1.5}}
        figure.add_scatter(x=path[-1:, 0], y=path[-1:, 1], mode="markers", marker=end, showlegend=False, hoverinfo="skip")
    start = {"symbol": "circle-open", "size": 13, "color": text(dark), "line": {"width": 2.5}}
    figure.add_scatter(x=paths[0][:1, 0], y=paths[0][:1, 1], mode="markers", name="first weights", marker=start)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})
    figure.update_xaxes(title_text="principal direction 1 of all paths", range=[axes[0][0], axes[0][-1]])
    figure.update_yaxes(title_text="principal direction 2", range=[axes[1][0], axes[1][-1]])
    return figure
