"""Landscapes: the ground on which balls roll, as a curve or as height lines; a surface; and a map of basins."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from nncore.many_starts.landscapes.rolling import NOWHERE, Landscape
from pages.parts.figures.landscapes.height_picture import SIDE, height_picture
from pages.parts.figures.palette import CLASSES, NEGATIVE, POSITIVE, TRAINING, mix, text, zero
from pages.parts.figures.theme import base_layout

HEIGHT = 520
KEYED = 10  # minima that have a colour and a letter each; of more the heights are told apart
GRID = 81

NONE, GREY = "caught by none in these steps", "#878f96"

Array = np.ndarray


def ground(landscape: Landscape, dark: bool) -> tuple[go.Scatter | go.Contour, dict]:
    """The landscape as one trace, a curve or height lines, and the layout of its axes."""
    if landscape.n_dimensions == 2:
        axes = {name: {"title": {"text": name[0]}, "range": list(bounds)}
                for name, bounds in zip(("xaxis", "yaxis"), landscape.extent, strict=True)}  # fmt: skip
        return _contour(landscape, dark), base_layout(dark, HEIGHT) | axes
    (x,), points = landscape.grid(601)
    heights, line = landscape.value(points), {"color": TRAINING.colour(dark), "width": 2}
    low, high = heights.min(), heights.max()
    axes = {"xaxis": {"title": {"text": "x"}, "range": list(landscape.extent[0])},
            "yaxis": {"title": {"text": "loss"}, "range": [low - 0.08 * (high - low), high + 0.05 * (high - low)]}}
    return go.Scatter(x=x, y=heights, mode="lines", line=line, hoverinfo="skip"), base_layout(dark, HEIGHT) | axes


def under_balls(landscape: Landscape, dark: bool) -> dict:
    """The height lines of a function of two numbers as a picture for the layout of a figure in which balls move."""
    _, points = landscape.grid(SIDE)
    (_, low), (_, high) = _height_scale(dark)
    (left, right), (bottom, top) = landscape.extent
    source = height_picture(_compressed(landscape.value(points)), low, high, mix(zero(dark), text(dark), 0.35))
    return {"source": source, "xref": "x", "yref": "y", "x": left, "y": top, "sizex": right - left, "sizey": top - bottom,
            "sizing": "stretch", "layer": "below"}  # fmt: skip


def on_ground(landscape: Landscape, places: Array) -> tuple[Array, Array]:
    """Where the picture shows `places` (..., D): across and upwards, (...,) each; of one number, upwards is the loss."""
    with np.errstate(over="ignore", invalid="ignore"):
        return places[..., 0], landscape.value(places) if landscape.n_dimensions == 1 else places[..., 1]


def surface_figure(landscape: Landscape, places: Sequence[Array], colours: Sequence[str], dark: bool) -> go.Figure:
    """The function of two numbers as a surface, with balls at each of the `places` (R, 2), in its colour."""
    (x, y), points = landscape.grid(GRID)
    heights = landscape.value(points)
    shown = _compressed(heights)
    low, high = np.array(landscape.extent).T
    figure = go.Figure(
        go.Surface(x=x, y=y, z=shown, colorscale=_height_scale(dark), showscale=False, customdata=heights,
                   hovertemplate="x %{x:.2f}, y %{y:.2f}<br>loss %{customdata:.3g}<extra></extra>"),
        base_layout(dark, HEIGHT),
    )  # fmt: skip
    for balls, colour in zip(places, colours, strict=True):
        seen = balls[((balls >= low) & (balls <= high)).all(axis=1)]
        above = _compressed(landscape.value(seen), heights.min()) + 0.01 * np.ptp(shown)
        figure.add_scatter3d(x=seen[:, 0], y=seen[:, 1], z=above, mode="markers", hoverinfo="skip",
                             marker={"size": 4, "color": colour, "line": {"color": text(dark), "width": 1}})
    grid = mix(zero(dark), text(dark), 0.2)
    axis = {"gridcolor": grid, "backgroundcolor": "rgba(0,0,0,0)"}
    figure.update_layout(scene={"xaxis": axis, "yaxis": axis, "zaxis": {**axis, "title": "loss (root scale)"},
                                "camera": {"eye": {"x": 1.4, "y": -1.6, "z": 1.1}}}, dragmode="turntable")
    return figure


def basins_figure(landscape: Landscape, caught: Array, dark: bool) -> go.Figure:
    """Which minimum catches a ball from each point: `caught` (side,) or (side, side), y first, as areas of colour.

    The minima bear the letters of the key; of many only the best does. Of one number, the curve stands above the areas.
    """
    axes, points = landscape.grid(len(caught))
    two, colours, names = landscape.n_dimensions == 2, _basin_colours(landscape), basin_names(landscape)
    # Short, as there is one for every point: the letter, or of many minima the place.
    short = [name.partition(" ")[0] if len(names) <= KEYED + 1 else name.rpartition(" at ")[2] for name in names]
    words, n = np.array([*short, "none"], dtype=object)[caught], len(colours)
    scale = [(edge / n, colour) for k, colour in enumerate(colours) for edge in (k, k + 1)]
    areas = go.Heatmap(
        x=axes[0], y=axes[1] if two else [0.0], z=caught if two else caught[None], zmin=NOWHERE - 0.5, zmax=n - 1.5,
        colorscale=scale, showscale=False, text=words if two else words[None],
        hovertemplate="caught by %{text}<extra></extra>",
        yaxis="y" if two else "y2",
    )  # fmt: skip
    figure = go.Figure(areas, base_layout(dark, HEIGHT))
    _basin_key(figure, landscape, colours, dark)
    y = landscape.minima[:, 1] if two else landscape.value(landscape.minima)
    marks = minima_style(landscape, dark)
    if len(names) <= KEYED + 1:
        marks |= {"mode": "markers+text", "text": short, "textposition": "top center",
                  "textfont": {"color": text(dark), "size": 15, "weight": "bold"}}  # fmt: skip
    if two:
        _square_axes(figure, landscape)
    else:
        line = {"color": TRAINING.colour(dark), "width": 2}
        figure.add_scatter(x=axes[0], y=landscape.value(points), mode="lines", line=line, hoverinfo="skip", showlegend=False)
        figure.update_layout(yaxis={"domain": [0.2, 1.0], "title": "loss"},
                             yaxis2={"domain": [0.0, 0.14], "visible": False, "anchor": "x"})
        figure.update_xaxes(title_text="where the ball starts", anchor="y2", range=list(landscape.extent[0]))
    figure.add_scatter(x=landscape.minima[:, 0], y=y, showlegend=False, **marks)
    return figure


def basin_names(landscape: Landscape) -> list[str]:
    """What each minimum is called, (M,), lowest first: "A, best minimum at (−1.47)"."""
    places = ["(" + ", ".join(f"{value:.2f}".replace("-", "−") for value in place) + ")" for place in landscape.minima]
    letters = [f"{chr(65 + k)} " if len(places) <= KEYED + 1 else "" for k in range(len(places))]
    return [f"{letter}{'best ' if best else ''}minimum at {place}"
            for letter, best, place in zip(letters, landscape.is_global, places, strict=True)]  # fmt: skip


def _basin_key(figure: go.Figure, landscape: Landscape, colours: list[str], dark: bool) -> None:
    """A legend of the areas: every minimum, or the best and the poorest of many."""
    names = basin_names(landscape)
    shown = [*range(len(names))] if len(names) <= KEYED + 1 else [0, len(names) - 1]
    entries = [(names[k], colours[k + 1]) for k in shown]
    if len(shown) < len(names):
        entries[1] = (f"the highest of {len(names)} minima; between the two by height", entries[1][1])
    for name, colour in (*entries, (NONE, colours[0])):
        square = {"symbol": "square", "size": 12, "color": colour, "line": {"color": text(dark), "width": 1}}
        figure.add_scatter(x=[None], y=[None], mode="markers", name=name, marker=square)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0})


def _basin_colours(landscape: Landscape) -> list[str]:
    """First the colour of "none", then one per minimum: classes' colours for a few, by height for many."""
    if len(landscape.minima) < len(CLASSES):
        # Blue for the best, as everywhere on these pages; grey is for none.
        order = [CLASSES[1], CLASSES[0], *(colour for colour in CLASSES[2:] if colour != GREY)]
        return [GREY, *order[: len(landscape.minima)]]
    heights = landscape.value(landscape.minima)
    shares = np.sqrt((heights - heights.min()) / np.ptp(heights))
    return [GREY, *(mix(POSITIVE, NEGATIVE, float(share)) for share in shares)]


def _contour(landscape: Landscape, dark: bool) -> go.Contour:
    (x, y), points = landscape.grid(GRID)
    heights = landscape.value(points)
    return go.Contour(
        x=x, y=y, z=_compressed(heights), customdata=heights, colorscale=_height_scale(dark), showscale=False, ncontours=22,
        line={"width": 0.6, "color": mix(zero(dark), text(dark), 0.35)},
        hovertemplate="x %{x:.2f}, y %{y:.2f}<br>loss %{customdata:.3g}<extra></extra>",
    )  # fmt: skip


def _compressed(heights: Array, low: float | None = None) -> Array:
    """The square root of the height above the lowest point, so that valleys show beside steep walls."""
    return np.sqrt(np.maximum(heights - (heights.min() if low is None else low), 0.0))


def _height_scale(dark: bool) -> list[tuple[float, str]]:
    """Low ground blue, high ground as pale (or dark) as the page."""
    return [(0.0, mix(POSITIVE, zero(dark), 0.15)), (1.0, zero(dark))]


def minima_style(landscape: Landscape, dark: bool) -> dict:
    """A star for the best minima, a cross for the others."""
    symbols = ["star" if best else "x-thin" for best in landscape.is_global]
    return {
        "mode": "markers", "hovertemplate": "minimum at %{x:.3f}, %{y:.3f}<extra></extra>",
        "marker": {"symbol": symbols, "size": 11 if len(symbols) < 20 else 6, "color": text(dark),
                   "line": {"width": 1.2, "color": text(dark)}},
    }  # fmt: skip


def _square_axes(figure: go.Figure, landscape: Landscape) -> None:
    figure.update_xaxes(title_text="x", range=list(landscape.extent[0]))
    figure.update_yaxes(title_text="y", range=list(landscape.extent[1]))
