"""Many starts at once: their losses as a fan, where they end, and what the best of k of them is."""

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.palette import NEGATIVE, POSITIVE, TRAINING, mix, text
from pages.parts.figures.theme import base_layout

HEIGHT = 340
BINS = 40
FEW = 6  # starts: an axis of fewer counts them one by one
WIDE = 0.01  # a level that spans more has no single loss
NAMED_LEVELS = 6  # more would stand one over another

Array = np.ndarray


def fan_figure(epochs: Array, losses: Array, threshold: float, loss_name: str, dark: bool) -> go.Figure:
    """One line per start, losses (F, R) over epochs (F,): blue if it ends below the threshold, else orange and dashed."""
    below = losses[-1] <= threshold
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    looks = ((~below, NEGATIVE, "dash", "ends above"), (below, line_colour(dark), "solid", "ends below"))
    for chosen, colour, dash, name in looks:
        if chosen.any():
            x, y, starts = _joined(epochs, losses[:, chosen], np.flatnonzero(chosen))
            figure.add_scatter(
                x=x, y=y, mode="lines", line={"color": colour, "width": 1.2, "dash": dash}, opacity=0.55, customdata=starts,
                name=f"{name} ({chosen.sum()})",
                hovertemplate="start %{customdata}<br>epoch %{x}: %{y:.4f}<extra></extra>",
            )  # fmt: skip
    _threshold_line(figure, threshold, dark)
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"})
    figure.update_xaxes(title_text="epochs")
    figure.update_yaxes(title_text=loss_name, range=[0, loss_ceiling(losses)])
    return figure


def line_colour(dark: bool) -> str:
    """Blue for thin lines: on a dark page a lighter one, or they would sink into it."""
    return mix(POSITIVE, "#ffffff", 0.45) if dark else POSITIVE


def loss_ceiling(losses: Array) -> float:
    """A height that shows nearly all of the losses (F, R): one start that explodes must not flatten the others."""
    finite, ends = losses[np.isfinite(losses)], losses[-1][np.isfinite(losses[-1])]
    if not len(finite):
        return 1.0
    top = max(np.quantile(finite, 0.98), np.quantile(ends, 0.95) if len(ends) else 0.0, 1e-6)
    near = ends[ends <= 2 * top]  # a rare end that is not far above must be seen too
    return 1.08 * float(max(top, near.max(initial=0.0)))


def _joined(epochs: Array, losses: Array, starts: Array) -> tuple[Array, Array, Array]:
    """All lines (F, R) as one, with gaps between: a trace each for 256 lines would take a second to draw."""
    n_starts = losses.shape[1]
    gaps = np.full((1, n_starts), np.nan)
    x = np.concatenate([np.repeat(epochs[:, None], n_starts, axis=1).astype(float), gaps]).T.ravel()
    return x, np.concatenate([losses, gaps]).T.ravel(), np.repeat(starts, len(epochs) + 1)


def _threshold_line(figure: go.Figure, threshold: float, dark: bool) -> None:
    figure.add_hline(
        threshold, line={"color": text(dark), "dash": "dot", "width": 1.2},
        annotation={"text": "threshold", "xanchor": "right", "font": {"size": 12}},
    )  # fmt: skip


def histogram_figure(losses: Array, threshold: float, loss_name: str, dark: bool) -> go.Figure:
    """How many of the R final losses (R,) fall into each of 40 bins; the threshold cuts blue from orange."""
    losses = losses[np.isfinite(losses)]
    top = loss_ceiling(losses[None]) if len(losses) else 1.0
    counts, edges = np.histogram(np.minimum(losses, top), bins=BINS, range=(0.0, top))
    middles = (edges[:-1] + edges[1:]) / 2
    bars = go.Bar(
        x=middles, y=counts, width=np.diff(edges),
        marker={"color": np.where(middles <= threshold, line_colour(dark), NEGATIVE).tolist(), "line": {"width": 0}},
        hovertemplate="loss about %{x:.3f}<br>%{y} starts<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(bars, base_layout(dark, HEIGHT))
    figure.add_vline(
        threshold, line={"color": text(dark), "dash": "dot", "width": 1.2},
        annotation={"text": "threshold", "font": {"size": 12}},
    )  # fmt: skip
    figure.update_layout(bargap=0.05)
    above = ", the last bar with all above" if len(losses) and losses.max() > top else ""
    figure.update_xaxes(title_text=f"final {loss_name}{above}", range=[-top / BINS, top * (1 + 1 / BINS)])
    whole = {"dtick": 1} if counts.max() < FEW else {}  # there is no half of a start
    figure.update_yaxes(title_text="starts", **whole)
    return figure


def best_figure(measured: Array, expected: Array, loss_name: str, dark: bool) -> go.Figure:
    """The best loss among the first k starts (R,), as steps, and its expectation (R,) over all orders, dashed."""
    numbers = np.arange(1, len(measured) + 1)
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    figure.add_scatter(
        x=numbers, y=measured, mode="lines", line={"color": line_colour(dark), "width": 2.5, "shape": "hv"},
        name="these starts, in their order", hovertemplate="best of the first %{x}: %{y:.4f}<extra></extra>",
    )  # fmt: skip
    figure.add_scatter(
        x=numbers, y=expected, mode="lines", line={"color": TRAINING.colour(dark), "dash": "dash", "width": 1.8},
        name="expected for any k of them", hovertemplate="best of %{x}, on average: %{y:.4f}<extra></extra>",
    )  # fmt: skip
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"})
    figure.update_xaxes(title_text="restarts")
    if len(numbers) > 16:
        figure.update_xaxes(type="log", tickvals=[1, 2, 5, 10, 20, 50, 100, 200])
    figure.update_yaxes(title_text=f"best {loss_name}", rangemode="tozero")
    return figure


def sizes_figure(sizes: Array, losses: Array, levels: Array, dark: bool) -> go.Figure:
    """How many starts found each solution: bars (S,), ordered by loss (S,), with a line and the loss at every level (S,)."""
    bars = go.Bar(
        x=np.arange(1, len(sizes) + 1), y=sizes, customdata=losses,
        marker={"color": line_colour(dark), "line": {"width": 0}},
        hovertemplate="solution %{x}<br>%{y} starts<br>loss %{customdata:.4f}<extra></extra>",
    )  # fmt: skip
    figure = go.Figure(bars, base_layout(dark, HEIGHT))
    n_levels = int(levels.max()) + 1
    if 1 < n_levels <= NAMED_LEVELS:
        for level in range(n_levels):
            chosen = np.flatnonzero(levels == level)
            if level:
                figure.add_vline(chosen[0] + 0.5, line={"color": text(dark), "width": 1, "dash": "dot"})
            figure.add_annotation(x=chosen.mean() + 1, y=1.0, yref="paper", yanchor="bottom", showarrow=False,
                                  text=_range_text(losses[chosen]), font={"size": 12})
        figure.update_layout(margin={"t": 44},
                             title={"text": "Loss:", "font": {"size": 12}, "x": 0, "y": 0.99, "yanchor": "top"})
    figure.update_xaxes(title_text="solution, lowest loss first", range=[0.4, len(sizes) + 0.6], showgrid=False,
                        tickformat="d", **({"dtick": 1} if len(sizes) <= 12 else {}))
    figure.update_yaxes(title_text="starts that found it", tickformat="d", **({"dtick": 1} if sizes.max() < FEW else {}))
    return figure


def _range_text(losses: Array) -> str:
    """The losses of a level in two digits: their median, or from where to where they lie if it is that wide."""
    return f"{losses.min():.2f}–{losses.max():.2f}" if np.ptp(losses) > WIDE else f"{np.median(losses):.2f}"


def barrier_figure(shares: Array, before: Array, after: Array, loss_name: str, dark: bool) -> go.Figure:
    """The loss (S,) on the straight line from one solution to another, before and after matching the neurons."""
    figure = go.Figure(layout=base_layout(dark, HEIGHT))
    for losses, colour, dash, name in (
        (before, NEGATIVE, "dash", "as they are"), (after, line_colour(dark), "solid", "neurons matched"),
    ):  # fmt: skip
        figure.add_scatter(
            x=100 * shares, y=losses, mode="lines", line={"color": colour, "dash": dash, "width": 2.5}, name=name,
            hovertemplate="%{x:.0f} % of the way: %{y:.4f}<extra></extra>",
        )  # fmt: skip
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"})
    figure.update_xaxes(title_text="way from one to the other", ticksuffix=" %")
    figure.update_yaxes(title_text=loss_name, rangemode="tozero")
    return figure
