"""Landscapes with balls on them: as a curve, a contour map, a surface, and a map of basins."""

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go

from nncore.many_starts.landscapes import NOWHERE, Landscape, finds_best
from pages.parts.figures.palette import CLASSES, NEGATIVE, POSITIVE, TRAINING, mix, text, zero
from pages.parts.figures.theme import base_layout

HEIGHT = 520
FRAMES = 50  # steps between which the slider moves, at most, and the last
KEYED = 10  # minima that have a colour and a letter each; of more the heights are told apart
TRAILS_UP_TO = 10  # balls: the paths of more would hide each other
GRID = 81

NONE, GREY = "caught by none in these steps", "#878f96"

Array = np.ndarray


def curve_figure(landscape: Landscape, path: Array, dark: bool) -> go.Figure:
    """The function of one number and the balls (S + 1, R, 1) on it, with Play and a slider over the steps."""
    (x,), points = landscape.grid(601)
    heights, line = landscape.value(points), {"color": TRAINING.colour(dark), "width": 2}
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    figure.add_scatter(x=x, y=heights, mode="lines", line=line, hoverinfo="skip")
    low, high = heights.min(), heights.max()
    figure.add_scatter(x=landscape.minima[:, 0], y=landscape.value(landscape.minima), **_minima_style(landscape, dark))
    figure.add_scatter(**_places_1d(landscape, path[0]), **_balls_style(landscape, path, dark))
    figure.update_xaxes(title_text="x", range=list(landscape.extent[0]))
    figure.update_yaxes(title_text="loss", range=[low - 0.08 * (high - low), high + 0.05 * (high - low)])
    return _animated(figure, path, lambda places: _places_1d(landscape, places), dark)


def contour_figure(landscape: Landscape, path: Array, dark: bool) -> go.Figure:
    """The height lines of a function of two numbers and the balls (S + 1, R, 2), with Play and a slider."""
    figure = go.Figure(_contour(landscape, dark), base_layout(dark, HEIGHT))
    figure.add_scatter(x=landscape.minima[:, 0], y=landscape.minima[:, 1], **_minima_style(landscape, dark))
    if path.shape[1] <= TRAILS_UP_TO:
        figure.add_scatter(**_trails(path), mode="lines", line={"color": NEGATIVE, "width": 1.6}, hoverinfo="skip")
    figure.add_scatter(**_places_2d(path[0]), **_balls_style(landscape, path, dark))
    _square_axes(figure, landscape)
    return _animated(figure, path, _places_2d, dark)


def surface_figure(landscape: Landscape, places: Array, dark: bool) -> go.Figure:
    """The function of two numbers as a surface, with balls at `places` (R, 2)."""
    (x, y), points = landscape.grid(GRID)
    heights = landscape.value(points)
    shown = _compressed(heights)
    low, high = np.array(landscape.extent).T
    inside = ((places >= low) & (places <= high)).all(axis=1)
    figure = go.Figure(
        go.Surface(x=x, y=y, z=shown, colorscale=_height_scale(dark), showscale=False, customdata=heights,
                   hovertemplate="x %{x:.2f}, y %{y:.2f}<br>loss %{customdata:.3g}<extra></extra>"),
        base_layout(dark, HEIGHT),
    )  # fmt: skip
    above = _compressed(landscape.value(places[inside]), heights.min()) + 0.01 * np.ptp(shown)
    figure.add_scatter3d(x=places[inside, 0], y=places[inside, 1], z=above, mode="markers",
                         marker={"size": 4, "color": NEGATIVE, "line": {"color": text(dark), "width": 1}}, hoverinfo="skip")
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
    marks = _minima_style(landscape, dark)
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


def _minima_style(landscape: Landscape, dark: bool) -> dict:
    """A star for the best minima, a cross for the others."""
    symbols = ["star" if best else "x-thin" for best in landscape.is_global]
    return {
        "mode": "markers", "hovertemplate": "minimum at %{x:.3f}, %{y:.3f}<extra></extra>",
        "marker": {"symbol": symbols, "size": 11 if len(symbols) < 20 else 6, "color": text(dark),
                   "line": {"width": 1.2, "color": text(dark)}},
    }  # fmt: skip


def _balls_style(landscape: Landscape, path: Array, dark: bool) -> dict:
    """Blue circles for balls that a best minimum holds at the end, orange squares for the others."""
    found = finds_best(landscape, path)
    return {
        "mode": "markers", "hovertemplate": "ball %{pointNumber}<extra></extra>",
        "marker": {"size": 10, "color": np.where(found, POSITIVE, NEGATIVE).tolist(),
                   "symbol": np.where(found, "circle", "square").tolist(), "line": {"width": 1, "color": text(dark)}},
    }  # fmt: skip


def _places_1d(landscape: Landscape, places: Array) -> dict:
    with np.errstate(over="ignore", invalid="ignore"):
        return {"x": places[:, 0], "y": landscape.value(places)}


def _places_2d(places: Array) -> dict:
    return {"x": places[:, 0], "y": places[:, 1]}


def _trails(path: Array) -> dict:
    """The paths (S + 1, R, 2) as one line with gaps."""
    joined = np.concatenate([path, np.full((1, *path.shape[1:]), np.nan)]).swapaxes(0, 1).reshape(-1, 2)
    return {"x": joined[:, 0], "y": joined[:, 1]}


def _square_axes(figure: go.Figure, landscape: Landscape) -> None:
    figure.update_xaxes(title_text="x", range=list(landscape.extent[0]))
    figure.update_yaxes(title_text="y", range=list(landscape.extent[1]))


def _animated(figure: go.Figure, path: Array, places: Callable[[Array], dict], dark: bool) -> go.Figure:
    """Adds Play and a slider that move the last trace along the path, in about 50 frames."""
    last, ink = len(figure.data) - 1, text(dark)
    # Whole strides, so that the slider's numbers are round ones; the last step is always there.
    stride = max(1, -(-(len(path) - 1) // FRAMES))
    steps = np.unique(np.append(np.arange(0, len(path), stride), len(path) - 1))
    figure.frames = [go.Frame(data=[go.Scatter(**places(path[step]))], traces=[last], name=str(step)) for step in steps]
    quick = {"frame": {"duration": 50, "redraw": False}, "transition": {"duration": 0}, "fromcurrent": True}
    still = {"frame": {"duration": 0, "redraw": False}, "mode": "immediate", "transition": {"duration": 0}}
    figure.update_layout(
        height=HEIGHT + 120, margin_t=50,
        # Above the picture, where a small laptop shows them without scrolling.
        updatemenus=[{
            "type": "buttons", "direction": "left", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom",
            "bgcolor": zero(dark), "font": {"color": ink}, "bordercolor": mix(zero(dark), ink, 0.3), "active": -1,
            "buttons": [{"label": "▶ Roll", "method": "animate", "args": [None, quick]},
                        {"label": "❚❚", "method": "animate", "args": [[None], still]}],
        }],
        sliders=[{
            "x": 0, "len": 1, "y": -0.14, "yanchor": "top", "pad": {"l": 0, "r": 0}, "bgcolor": mix(zero(dark), ink, 0.3),
            "currentvalue": {"prefix": "step ", "font": {"size": 12}},
            "steps": [{"label": str(step), "method": "animate", "args": [[str(step)], still]} for step in steps],
        }],
    )  # fmt: skip
    return figure
