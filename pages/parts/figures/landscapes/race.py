"""Balls on a landscape: where they start, and then each optimizer's balls rolling in its colour, with their trails."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from nncore.many_starts.landscapes.rolling import Landscape, count_held, finds_best
from nncore.training.optimizers import OPTIMIZERS
from pages.parts.figures.landscapes.landscape import HEIGHT, ground, minima_style, on_ground, under_balls
from pages.parts.figures.palette import mix, text, zero

FRAMES = 50  # steps between which the slider moves, at most, and the last
FRAME_SECONDS = 0.05
TRAILS_UP_TO = 30  # balls: the trails of more would hide each other
FAR = 1e6
TAIL = 10  # frames of a trail that are seen while a ball rolls; in the end, all
TARGETS = {1: 89, 2: 37}  # places along an axis that can be clicked

# Colour, marker and dash of the first optimizer that rolls, of the second, and so on; where there are more, the looks begin
# again. Colours after Okabe and Ito (2008); None is the colour of text.
LOOKS = (
    ("#d55e00", "circle", "solid"), ("#009e73", "square", "dash"), ("#cc79a7", "diamond", "dot"),
    ("#e0cc1f", "triangle-up", "dashdot"), (None, "triangle-down", "longdash"), ("#56b4e9", "pentagon", "longdashdot"),
)  # fmt: skip

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class Track:
    """One optimizer's balls: its name and its label, and where they are after each step, (S + 1, R, D)."""

    optimizer: str
    label: str
    path: Array


def colour_of(optimizer: str, dark: bool) -> str:
    """The colour of this optimizer's balls."""
    return _look(optimizer)[0] or text(dark)


def _look(optimizer: str) -> tuple[str | None, str, str]:
    """The colour, marker and dash of an optimizer, by its place among those that roll."""
    rolling = [name for name, kind in OPTIMIZERS.items() if kind.rolls]
    return LOOKS[rolling.index(optimizer) % len(LOOKS)]


def start_figure(landscape: Landscape, starts: Array, dark: bool) -> go.Figure:
    """The landscape with balls at `starts` (R, D), and places that can be clicked; nothing of where they will roll."""
    trace, layout = ground(landscape, dark)
    figure = go.Figure(trace, layout | {"clickmode": "event+select"})
    _, points = landscape.grid(TARGETS[landscape.n_dimensions])
    x, y = on_ground(landscape, points.reshape(-1, landscape.n_dimensions))
    unseen = {"marker": {"opacity": 0}}
    figure.add_scatter(x=x, y=y, mode="markers", marker={"size": 14, "opacity": 0}, customdata=np.arange(len(x)),
                       hovertemplate="click to put a ball here<extra></extra>", selected=unseen, unselected=unseen)
    x, y = on_ground(landscape, starts)
    seen = {"marker": {"opacity": 1}}
    figure.add_scatter(x=x, y=y, mode="markers", hoverinfo="skip", selected=seen, unselected=seen,
                       marker={"size": 11, "color": zero(dark), "line": {"width": 2, "color": text(dark)}})
    return figure


def target_place(landscape: Landscape, number: int) -> Array:
    """The place (D,) of the clicked target `number`. Raises IndexError where there is none."""
    _, points = landscape.grid(TARGETS[landscape.n_dimensions])
    return points.reshape(-1, landscape.n_dimensions)[number]


def race_figure(landscape: Landscape, tracks: Sequence[Track], dark: bool) -> go.Figure:
    """The landscape and each track's balls on it, with Play and a slider that moves them from their start to their end.

    Traces: the ground, the minima, a trail for each track, how many balls each minimum holds at the end, and the balls of
    each track. At the end, the balls that no best minimum holds are hollow.
    """
    trace, layout = ground(landscape, dark)
    if landscape.n_dimensions == 2:
        figure = go.Figure(go.Scatter(x=[], y=[], showlegend=False), layout | {"images": [under_balls(landscape, dark)]})
        figure.update_xaxes(showgrid=False), figure.update_yaxes(showgrid=False)
    else:
        figure = go.Figure(trace.update(showlegend=False), layout)
    x, y = on_ground(landscape, landscape.minima)
    figure.add_scatter(x=x, y=y, showlegend=False, **minima_style(landscape, dark))
    for track in tracks:
        colour, _, dash = _look(track.optimizer)
        figure.add_scatter(mode="lines", hoverinfo="skip", showlegend=False, opacity=0.8,
                           line={"color": colour or text(dark), "width": 1.8, "dash": dash})
    figure.add_scatter(x=x, y=y, mode="text", text=[""] * len(x), textposition="top center", hoverinfo="skip",
                       showlegend=False, textfont={"size": 15, "weight": "bold", "color": text(dark)})
    for track in tracks:
        colour, symbol, _ = _look(track.optimizer)
        figure.add_scatter(mode="markers", name=track.label,
                           hovertemplate=f"{track.label}, ball %{{pointNumber}}<extra></extra>",
                           marker={"size": 10, "symbol": symbol, "color": colour or text(dark),
                                   "line": {"width": 1, "color": text(dark)}})
    steps = _shown_steps(len(tracks[0].path))
    moving = list(range(2, len(figure.data)))
    figure.frames = [go.Frame(data=_at(landscape, tracks, steps[: k + 1]), traces=moving, name=str(step))
                     for k, step in enumerate(steps)]
    for trace, first in zip(figure.data[2:], figure.frames[0].data, strict=True):
        trace.update(first)
    key = {"orientation": "h", "y": 1.01, "yanchor": "bottom", "x": 1, "xanchor": "right"}
    figure.update_layout(showlegend=True, legend=key)
    return _with_player(figure, dark)


def _shown_steps(n_places: int) -> Array:
    """The steps at which frames stand: whole strides, so that the slider's numbers are round ones, and the last."""
    stride = max(1, -(-(n_places - 1) // FRAMES))
    return np.unique(np.append(np.arange(0, n_places, stride), n_places - 1))


def _at(landscape: Landscape, tracks: Sequence[Track], steps: Array) -> list[go.Scatter]:
    """What moves, at the last of `steps`: trails, numbers at the minima, balls."""
    is_end = steps[-1] == len(tracks[0].path) - 1
    n_balls = sum(track.path.shape[1] for track in tracks)
    trails = [_trail(landscape, track.path[steps if is_end else steps[-TAIL:]]) if n_balls <= TRAILS_UP_TO else {}
              for track in tracks]  # fmt: skip
    counts = sum(count_held(landscape, track.path)[:-1] for track in tracks) if is_end else np.zeros(len(landscape.minima))
    words = [f"{count:.0f}" if count else "" for count in counts]
    balls = []
    for track in tracks:
        x, y = _drawn(landscape, track.path[steps[-1]])
        symbol = _look(track.optimizer)[1]
        if is_end:
            symbol = np.where(finds_best(landscape, track.path), symbol, f"{symbol}-open").tolist()
        balls.append(go.Scatter(x=x, y=y, marker={"symbol": symbol}))
    return [*(go.Scatter(**trail) for trail in trails), go.Scatter(text=words), *balls]


def _trail(landscape: Landscape, path: Array) -> dict:
    """The paths (S, R, D) as one line with gaps."""
    joined = np.concatenate([path, np.full((1, *path.shape[1:]), np.nan)]).swapaxes(0, 1).reshape(-1, landscape.n_dimensions)
    x, y = _drawn(landscape, joined)
    return {"x": x, "y": y}


def _drawn(landscape: Landscape, places: Array) -> list[Array]:
    """Where the picture shows the places, in few digits; what flies off at a large learning rate is far outside it."""
    return [np.round(np.clip(values, -FAR, FAR), 4) for values in on_ground(landscape, places)]


def _with_player(figure: go.Figure, dark: bool) -> go.Figure:
    """The figure with Play and a slider for its frames."""
    ink = text(dark)
    quick = {"frame": {"duration": 1000 * FRAME_SECONDS, "redraw": False}, "transition": {"duration": 0},
             "fromcurrent": True}
    still = {"frame": {"duration": 0, "redraw": False}, "mode": "immediate", "transition": {"duration": 0}}
    figure.update_layout(
        height=HEIGHT + 120, margin_t=50,
        # Above the picture, where a small laptop shows them without scrolling.
        updatemenus=[{
            "type": "buttons", "direction": "left", "x": 0, "y": 1.02, "xanchor": "left", "yanchor": "bottom",
            "bgcolor": zero(dark), "font": {"color": ink}, "bordercolor": mix(zero(dark), ink, 0.3),
            "active": -1, "showactive": False,
            "buttons": [{"label": "▶ Roll again", "method": "animate", "args": [None, quick]},
                        {"label": "❚❚", "method": "animate", "args": [[None], still]}],
        }],
        sliders=[{
            "x": 0, "len": 1, "y": -0.14, "yanchor": "top", "pad": {"l": 0, "r": 0}, "bgcolor": mix(zero(dark), ink, 0.3),
            "currentvalue": {"prefix": "step ", "font": {"size": 12}},
            "steps": [{"label": frame.name, "method": "animate", "args": [[frame.name], still]} for frame in figure.frames],
        }],
    )  # fmt: skip
    return figure
