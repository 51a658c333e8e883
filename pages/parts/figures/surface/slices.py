"""The loss around a network: a slice as height lines or as a surface, the path of training on it, the snapshot marked."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import NEGATIVE, POSITIVE, mix, text, zero
from pages.parts.figures.surface.sight import EYE, best_eye, height_at
from pages.parts.figures.theme import base_layout

HEIGHT = 540
NOW = "snapshot on screen"
FLOOR = 1e-8  # the smallest loss that the logarithm shows

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class SliceView:
    """What is drawn: losses (B, A) over coordinates x (A,) and y (B,), on a path (F, 2) with its heights (F,).

    `here` is the row of the path that is on screen; `marks` (M, 2) are other places, named by `mark_names`.
    """

    x: Array
    y: Array
    losses: Array
    path: Array
    path_losses: Array
    here: int
    names: tuple[str, str]
    marks: Array
    mark_losses: Array
    mark_names: tuple[str, ...]

    @property
    def path_inside(self) -> Array:
        """Which points of the path, bool (F,), lie inside the picture."""
        return ((self.path >= (self.x[0], self.y[0])) & (self.path <= (self.x[-1], self.y[-1]))).all(axis=1)


def slice_contour(view: SliceView, log: bool, dark: bool) -> go.Figure:
    """The slice from above: height lines, the path from its start (circle) to the snapshot on screen (ball)."""
    figure = go.Figure(
        go.Contour(x=view.x, y=view.y, z=_heights(view.losses, log), customdata=view.losses, colorscale=_scale(dark),
                   ncontours=25, showscale=True, line={"width": 0.6, "color": mix(zero(dark), text(dark), 0.35)},
                   colorbar={"title": {"text": _title(log)}, "thickness": 12, "outlinewidth": 0},
                   hovertemplate="loss %{customdata:.4g}<extra></extra>"),
        base_layout(dark, HEIGHT),
    )  # fmt: skip
    figure.add_scatter(x=view.path[:, 0], y=view.path[:, 1], mode="lines", line={"color": NEGATIVE, "width": 2.5},
                       customdata=view.path_losses, hovertemplate="path, loss here %{customdata:.4g}<extra></extra>")
    outline = {"color": text(dark), "width": 2}
    for row, symbol, size, name in ((0, "circle-open", 11, "first weights"), (view.here, "circle", 15, NOW)):
        figure.add_scatter(x=view.path[[row], 0], y=view.path[[row], 1], mode="markers", name=name,
                           marker={"symbol": symbol, "size": size, "color": NEGATIVE, "line": outline})
    if len(view.marks):
        figure.add_scatter(x=view.marks[:, 0], y=view.marks[:, 1], mode="markers+text", text=list(view.mark_names),
                           textposition="top center", textfont={"size": 17, "weight": "bold"},
                           marker={"symbol": "star", "size": 13, "color": text(dark)},
                           hovertemplate="%{text}<extra></extra>")
    figure.update_xaxes(title_text=view.names[0], range=[view.x[0], view.x[-1]])
    figure.update_yaxes(title_text=view.names[1], range=[view.y[0], view.y[-1]])
    return figure


def slice_surface(view: SliceView, log: bool, dark: bool) -> go.Figure:
    """The slice as a surface in space, with the same path, lifted a little so that it is not hidden."""
    heights = _heights(view.losses, log)
    figure = go.Figure(
        go.Surface(x=view.x, y=view.y, z=heights, customdata=view.losses, colorscale=_scale(dark), showscale=False,
                   hovertemplate="loss %{customdata:.4g}<extra></extra>"),
        base_layout(dark, HEIGHT),
    )  # fmt: skip
    lift = 0.015 * float(np.ptp(heights[np.isfinite(heights)])) if np.isfinite(heights).any() else 0.0
    x, y, z = np.where(view.path_inside, np.column_stack([view.path, _above(view, heights, log) + lift]).T, np.nan)
    figure.add_scatter3d(x=x, y=y, z=z, mode="lines", line={"color": NEGATIVE, "width": 6}, hoverinfo="skip")
    here = [view.here]
    figure.add_scatter3d(x=x[here], y=y[here], z=z[here] + lift, mode="markers", name=NOW,
                         marker={"size": 7, "color": NEGATIVE, "line": {"color": text(dark), "width": 2}}, hoverinfo="name")
    if len(view.marks):
        figure.add_scatter3d(x=view.marks[:, 0], y=view.marks[:, 1], z=_heights(view.mark_losses, log) + 2 * lift,
                             mode="markers+text", text=list(view.mark_names), hoverinfo="text", textfont={"size": 17},
                             marker={"symbol": "diamond", "size": 5, "color": text(dark)})
    axis = {"gridcolor": mix(zero(dark), text(dark), 0.2), "backgroundcolor": "rgba(0,0,0,0)"}
    figure.update_layout(
        scene={"xaxis": {**axis, "title": _short_title(view.names[0])},
               "yaxis": {**axis, "title": _short_title(view.names[1])},
               "zaxis": {**axis, "title": _title(log)}, "aspectmode": "cube", "camera": {"eye": _eye(view, heights, z)}},
        dragmode="turntable",
    )  # fmt: skip
    return figure


def _above(view: SliceView, heights: Array, log: bool) -> Array:
    """Heights (F,) at which the path is drawn: nowhere below the surface, whose flat pieces can lie above the true loss."""
    own = np.clip(_heights(view.path_losses, log), np.nanmin(heights), np.nanmax(heights))
    return np.fmax(own, height_at(view.x, view.y, heights, view.path))


def _eye(view: SliceView, heights: Array, path_heights: Array) -> dict[str, float]:
    """From where to look, so that the ball and the path are in sight."""
    bottom, size = np.nanmin(heights), np.nanmax(heights) - np.nanmin(heights)
    if not (view.path_inside[view.here] and size > 0):
        return dict(zip("xyz", EYE, strict=True))
    ends = np.array([[axis[0], axis[-1]] for axis in (view.x, view.y)])
    flat = (view.path - ends[:, 0]) / np.ptp(ends, axis=1)
    points = np.column_stack([flat, (path_heights - bottom) / size]) - 0.5
    eye = best_eye((heights - bottom) / size - 0.5, points[view.path_inside], points[view.here])
    return dict(zip("xyz", eye, strict=True))


def _short_title(name: str) -> dict:
    """An axis title in lines and small letters: in space a long one is cut off at the edge of a phone."""
    return {"text": name.replace(": ", ":<br>").replace(" (", "<br>("), "font": {"size": 11}}


def _heights(losses: Array, log: bool) -> Array:
    """What is drawn upwards: the loss or its logarithm; what is not finite becomes a hole."""
    with np.errstate(invalid="ignore"):
        heights = np.log10(np.maximum(losses, FLOOR)) if log else losses
    return np.where(np.isfinite(heights), heights, np.nan)


def _title(log: bool) -> str:
    return "log₁₀ loss" if log else "loss"


def _scale(dark: bool) -> list[tuple[float, str]]:
    """Low ground blue, high ground as pale (or dark) as the page."""
    return [(0.0, POSITIVE), (1.0, zero(dark))]
