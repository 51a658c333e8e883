"""The loss around one neuron's weights, and how descents go on it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import plain
from pages.parts.figures.palette import NEGATIVE, POSITIVE, VALIDATION, mix, text, zero
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout
from pages.parts.figures.ticks import log_ticks

HEIGHT = 360
LEAST_LOSS = 1e-4  # what is smaller is drawn as this
DASHES = ("dot", "dash", "solid", "dashdot", "longdash")
SYMBOLS = ("circle", "square", "diamond", "x", "triangle-up")
MARKERS_DRAWN = 9  # on each line
COLOURS = ("#009e73", "#56b4e9", POSITIVE, "#cc79a7", NEGATIVE)


@dataclass(frozen=True)
class SliceView:
    """The loss along one weight: the curve (V,), the trail (T,) so far, the slope here, and where the step lands.

    `here` and `landing` are (weight, loss); the last of the trail is `here`. `jumps` if the loss has jumps and no slope.
    """

    name: str
    values: np.ndarray
    losses: np.ndarray
    trail: np.ndarray
    trail_losses: np.ndarray
    slope: float
    landing: tuple[float, float]
    jumps: bool = False


@dataclass(frozen=True)
class BowlView:
    """The loss (B, V) over a weight (V,) and the bias (B,), the trail (T, 2), and the landing.

    `goal` is the solution's weight and bias; `held` is the lowest point of this very map, where that is another.
    """

    name: str
    values: np.ndarray
    biases: np.ndarray
    losses: np.ndarray
    trail: np.ndarray
    landing: tuple[float, float]
    goal: tuple[float, float] | None
    held: tuple[float, float] | None = None


@dataclass(frozen=True)
class StopView:
    """The loss (S + 1,) by step or epoch (`unit`), when the rule fired, and the lowest loss that is known."""

    losses: np.ndarray
    stopped: int | None
    unit: str
    best: float | None = None


def slice_figure(view: SliceView, dark: bool) -> go.Figure:
    """The loss as a curve of one weight with the tangent at the present weight, the step along it, and the trail."""
    here, loss = float(view.trail[-1]), float(view.trail_losses[-1])
    reach = 0.22 * float(view.values[-1] - view.values[0])
    ends = np.array([here - reach, here + reach])
    return go.Figure(
        [
            go.Scatter(x=view.values, y=view.losses, mode="lines", showlegend=False,
                       line={"color": text(dark), "width": 2.5, "shape": "hvh" if view.jumps else "linear"},
                       hovertemplate=f"{view.name} = %{{x:.3g}}<br>L = %{{y:.4g}}<extra></extra>"),
            go.Scatter(x=view.trail, y=view.trail_losses, mode="lines+markers", name="trail", hoverinfo="skip",
                       showlegend=len(view.trail) > 1, line=_trail_line(dark), marker={"size": 4}),
            go.Scatter(x=ends, y=loss + view.slope * (ends - here), mode="lines", hoverinfo="skip",
                       name=f"tangent, slope {plain(view.slope, 3)}", line={"color": NEGATIVE, "width": 2, "dash": "dash"}),
            _here(here, loss, dark),
            _step((here, loss), view.landing, dark, f"next step, Δ{view.name} = {plain(view.landing[0] - here, 3)}"),
        ],
        _layout(dark, HEIGHT, axis(view.name, range=[view.values[0], view.values[-1]]),
                axis("loss L", range=_loss_range(view))),
    )  # fmt: skip


def _loss_range(view: SliceView) -> list[float]:
    """Ends of the loss axis: the curve decides, not a tangent that leaves it."""
    low, high = float(view.losses.min()), float(max(view.losses.max(), view.trail_losses[-1], 1e-6))
    low = min(low, view.landing[1])
    spare = 0.08 * (high - low or high)
    return [low - spare, high + spare]


def bowl_figure(view: BowlView, dark: bool) -> go.Figure:
    """The loss as a contour map of a weight and the bias, with the trail, the next step and the lowest points."""
    here = tuple(float(value) for value in view.trail[-1])
    # Named in the legend of the curve beside it; here there is room for three names.
    trail = go.Scatter(x=view.trail[:, 0], y=view.trail[:, 1], mode="lines+markers", hoverinfo="skip", name="trail",
                       line=_trail_line(dark), marker={"size": 4}, showlegend=False)  # fmt: skip
    traces = [_contour(view, dark), trail, _here(*here, dark), _step(here, view.landing, dark, "next step")]
    for place, name, symbol in ((view.goal, "solution", "star"), (view.held, "lowest here", "star-open")):
        if place is not None:
            look = {"symbol": symbol, "size": 14, "color": text(dark), "line": {"width": 2}}
            traces.append(go.Scatter(x=[place[0]], y=[place[1]], mode="markers", name=name, hoverinfo="skip", marker=look))
    across = axis(view.name, range=[view.values[0], view.values[-1]])
    return go.Figure(traces, _layout(dark, HEIGHT, across, axis("bias b", range=[view.biases[0], view.biases[-1]])))


def _contour(view: BowlView, dark: bool) -> go.Contour:
    """Lines at equal ratios of the loss, so that the floor of the bowl has as many as its rim."""
    losses = np.maximum(view.losses, LEAST_LOSS)
    ticks = np.linspace(np.log10(losses).min(), np.log10(losses).max(), 5)
    return go.Contour(
        x=view.values, y=view.biases, z=np.log10(losses), customdata=view.losses, ncontours=20, name="loss",
        colorscale=[(0.0, mix(zero(dark), POSITIVE, 0.85)), (1.0, zero(dark))],
        line={"width": 0.6, "color": mix(zero(dark), text(dark), 0.4)},
        colorbar={"thickness": 10, "title": {"text": "L"}, "tickvals": ticks,
                  "ticktext": [plain(float(10**tick), 3) for tick in ticks]},
        hovertemplate=f"{view.name} = %{{x:.3g}}<br>b = %{{y:.3g}}<br>L = %{{customdata:.4g}}<extra></extra>",
    )  # fmt: skip


def race_figure(names: Sequence[str], losses: np.ndarray, best: float | None, dark: bool) -> go.Figure:
    """The losses (R, S + 1) of R descents by step, one line style each; what has diverged (infinite) breaks off."""
    traces = _racers(names, losses)
    if best is not None:
        traces.append(_level(best, losses.shape[1] - 1, "solution", dark))
    start = float(losses[0, 0])
    up = axis("loss L", range=[-0.05 * start, max(2.0 * start, 1e-6)])
    return go.Figure(traces, _layout(dark, HEIGHT, axis("steps on the batch"), up))


def above_best_figure(names: Sequence[str], above: np.ndarray, dark: bool) -> go.Figure:
    """How far above the best loss (R, S + 1) R descents are by step, on a logarithmic axis, one line style each."""
    finite = above[np.isfinite(above)]
    up = axis("loss above the solution's", type="log", **log_ticks(float(finite.min()), float(finite.max())))
    return go.Figure(_racers(names, above), _layout(dark, HEIGHT, axis("steps on the batch"), up))


def _racers(names: Sequence[str], losses: np.ndarray) -> list[go.Scatter]:
    shown = np.where(np.isfinite(losses), losses, np.nan)
    return [
        go.Scatter(
            y=curve, mode="lines+markers", name=name,
            line={"dash": DASHES[number % 5], "color": COLOURS[number % 5], "width": 2.5},
            marker={"symbol": SYMBOLS[number % 5], "size": 7, "maxdisplayed": MARKERS_DRAWN},
            hovertemplate=f"{name}<br>step %{{x}}<br>%{{y:.4g}}<extra></extra>",
        )
        for number, (name, curve) in enumerate(zip(names, shown, strict=True))
    ]  # fmt: skip


def stop_figure(view: StopView, dark: bool) -> go.Figure:
    """The loss over time: solid up to where the rule fired, dashed for what came or would have come after."""
    end = len(view.losses) - 1 if view.stopped is None else view.stopped
    times = np.arange(len(view.losses))
    says = {"hovertemplate": f"{view.unit} %{{x}}<br>L = %{{y:.4g}}<extra></extra>"}
    traces = [
        go.Scatter(x=times[end:], y=view.losses[end:], mode="lines", name="afterwards", showlegend=end < len(times) - 1,
                   line={"color": VALIDATION.colour(dark), "width": 2, "dash": "dash"}, **says),
        go.Scatter(x=times[: end + 1], y=view.losses[: end + 1], mode="lines", name="trained",
                   line={"color": text(dark), "width": 3}, **says),
    ]  # fmt: skip
    if view.best is not None:
        traces.append(_level(view.best, times[-1], "lowest known", dark))
    if view.stopped is not None:
        cross = {"symbol": "x", "size": 13, "color": NEGATIVE}
        traces.append(go.Scatter(x=[view.stopped], y=[view.losses[view.stopped]], mode="markers", name="the rule fires",
                                 cliponaxis=False, marker=cross, **says))  # fmt: skip
    return go.Figure(traces, _layout(dark, 260, axis(view.unit), axis("loss L", rangemode="tozero")))


def _level(loss: float, last: int, name: str, dark: bool) -> go.Scatter:
    return go.Scatter(x=[0, last], y=[loss, loss], mode="lines", name=name, hoverinfo="skip",
                      line={"color": text(dark), "width": 1, "dash": "dot"})  # fmt: skip


def _trail_line(dark: bool) -> dict:
    return {"color": VALIDATION.colour(dark), "width": 1.5, "dash": "dot"}


def _step(here: tuple[float, float], landing: tuple[float, float], dark: bool, name: str) -> go.Scatter:
    return go.Scatter(
        x=[here[0], landing[0]], y=[here[1], landing[1]], mode="lines+markers", name=name,
        line={"color": VALIDATION.colour(dark), "width": 3},
        marker={"symbol": ["circle", "arrow"], "angleref": "previous", "size": [1, 12]},
        hovertemplate="the next step leads to %{x:.4g}, %{y:.4g}<extra></extra>",
    )  # fmt: skip


def _here(x: float, y: float, dark: bool) -> go.Scatter:
    # A ring, and below the step: a short one would be hidden by a dot.
    return go.Scatter(x=[x], y=[y], mode="markers", hoverinfo="skip", showlegend=False,
                      marker={"size": 18, "symbol": "circle-open", "color": text(dark), "line": {"width": 2}})  # fmt: skip


def _layout(dark: bool, height: int, xaxis: dict, yaxis: dict) -> dict:
    return base_layout(dark, height) | LEGEND_ABOVE | {"xaxis": xaxis, "yaxis": yaxis}
