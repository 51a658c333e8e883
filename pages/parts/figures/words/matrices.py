"""Figures of words: matrices with words at their sides, words as points, and a diagonal learned back.

Words may have been typed by anyone: what Plotly would read as its own markup is written as entities.
"""

from collections.abc import Sequence
from html import escape

import numpy as np
import plotly.graph_objects as go

from nncore.words.corpus import CATEGORIES
from pages.parts.fields.arithmetic import dot_text
from pages.parts.fields.outside_text import chart_text
from pages.parts.figures.palette import CLASSES, MARKERS, TRAINING, VALIDATION, diverging_scale, text
from pages.parts.figures.theme import base_layout
from pages.parts.figures.ticks import cell, log_ticks
from pages.parts.figures.words.label_layout import spread_labels

ONE_VALUE = 1e-6  # cells that differ by less are all the same
LONGEST_TICK = 14  # characters
NUMBERS_UP_TO = 10  # rows: in a larger matrix numbers in the cells would not be read
LEGEND = {"orientation": "h", "y": 1.03, "yanchor": "bottom", "font": {"size": 13}}  # above the plot, growing upwards
# Plotly's names of the markers whose names differ from the palette's.
_SYMBOLS = {"triangle": "triangle-up", "plus": "cross", "cross": "x", "triangle_down": "triangle-down"}


def plain(word: str) -> str:
    """A word as Plotly shows it letter for letter, cut to a tick's length."""
    return chart_text(word, LONGEST_TICK)


def matrix_figure(
    values: np.ndarray, rows: Sequence[str], columns: Sequence[str], hover: Sequence[Sequence[str]], dark: bool
) -> go.Figure:
    """A heatmap of `values` (R, C), orange below zero and blue above, with words at its sides; hover text per cell (R, C).

    Raises ValueError where names and values do not fit together.
    """
    values = np.asarray(values, dtype=float)
    if values.shape != (len(rows), len(columns)):
        raise ValueError(f"values must have the shape ({len(rows)}, {len(columns)}), got {values.shape}")
    limit = float(np.abs(values).max(initial=0.0)) or 1.0
    # Positions rather than names: a word that stands twice in a sentence has two rows.
    heatmap = go.Heatmap(
        z=values, zmin=-limit, zmax=limit, colorscale=diverging_scale(dark), xgap=1, ygap=1, hovertext=hover,
        hovertemplate="%{hovertext}<extra></extra>", colorbar={"thickness": 10, "outlinewidth": 0},
    )  # fmt: skip
    if max(values.shape) <= NUMBERS_UP_TO:
        # Without a size the numbers shrink with the cells, and are left out where they cannot be read.
        heatmap.update(text=[[cell(value) for value in line] for line in values], texttemplate="%{text}")
    figure = go.Figure(heatmap, base_layout(dark, int(np.clip(90 + 34 * len(rows), 240, 620))))
    size = 13 if len(rows) <= 20 else 10
    for update, names in ((figure.update_xaxes, columns), (figure.update_yaxes, rows)):
        update(tickvals=list(range(len(names))), ticktext=[plain(name) for name in names], showgrid=False,
               zeroline=False, tickfont={"size": size})  # fmt: skip
    figure.update_yaxes(autorange="reversed")
    return figure


def dot_products(E: np.ndarray, words: Sequence[str]) -> list[list[str]]:
    """Hover text (T, T): every dot product of two rows of E (T, d), written out with its numbers."""
    names = [plain(word) for word in words]
    return [
        [f"<b>{names[i]} · {names[j]}</b><br>{dot_text(E[i], E[j])}" for j in range(len(E))] for i in range(len(E))
    ]  # fmt: skip


def word_map(
    points: np.ndarray, reach: np.ndarray, words: Sequence[str], kinds: Sequence[str], dark: bool
) -> go.Figure:
    """Words as points (V, 2): colour and marker by kind. The axes hold the points `reach` (W, 2), with room around them."""
    figure = go.Figure(layout=base_layout(dark, 560))
    for number, kind in enumerate(dict.fromkeys(kinds)):
        at = [i for i in range(len(words)) if kinds[i] == kind]
        symbol = MARKERS[number % len(MARKERS)]
        figure.add_scatter(
            x=points[at, 0], y=points[at, 1], name=kind, mode="markers", hovertext=[plain(words[i]) for i in at],
            hovertemplate=f"%{{hovertext}}<extra>{escape(kind)}</extra>",
            marker={"size": 9 if kind in CATEGORIES else 6, "color": CLASSES[number % len(CLASSES)],
                    "symbol": _SYMBOLS.get(symbol, symbol), "line": {"width": 0.5, "color": text(dark)}},
        )  # fmt: skip
    figure.update_layout(showlegend=True, legend={"orientation": "h", "y": -0.08, "font": {"size": 13}})
    figure.update_xaxes(showticklabels=False, zeroline=False, range=_range(reach[:, 0]))
    figure.update_yaxes(showticklabels=False, zeroline=False, range=_range(reach[:, 1]))
    return figure


def _range(values: np.ndarray) -> list[float]:
    """An axis that holds all `values`, with room for their names."""
    margin = 0.12 * float(np.ptp(values)) or 1.0
    return [float(values.min()) - margin, float(values.max()) + margin]


def name_words(figure: go.Figure, points: np.ndarray, words: Sequence[str], dark: bool) -> None:
    """Writes the `words` near their points (n, 2) on a word map, apart from each other, with a line to each point."""
    low, high = np.array([figure.layout.xaxis.range, figure.layout.yaxis.range], dtype=float).T
    names = [plain(word) for word in words]
    offsets = spread_labels((points - low) / (high - low), [len(name) for name in names])
    for name, (x, y), offset in zip(names, points, offsets, strict=True):
        figure.add_annotation(
            x=x, y=y, ax=0, ay=-float(offset), text=f"<b>{name}</b>", showarrow=True, arrowhead=0, arrowwidth=1,
            arrowcolor=text(dark), standoff=4, borderpad=0,  # and no ground of its own, which would hide other points
            font={"size": 13, "color": text(dark)},
        )  # fmt: skip


def falling_losses(losses: np.ndarray, names: Sequence[str], epoch: int, baseline: float | None, dark: bool) -> go.Figure:
    """Loss curves (F, L) over the epochs on a log axis, the epoch on screen marked; `baseline` is a level to beat."""
    losses = np.asarray(losses, dtype=float).reshape(len(losses), -1)
    figure = go.Figure(layout=base_layout(dark, 260))
    for column, name in enumerate(names):
        style = (TRAINING, VALIDATION)[column]
        figure.add_scatter(
            y=losses[:, column], name=name, mode="lines", line={"color": style.colour(dark), "dash": style.dash},
            hovertemplate="epoch %{x}: %{y:.4g}",
        )  # fmt: skip
    figure.add_vline(x=epoch, line={"width": 1, "color": text(dark)})
    if baseline is not None and baseline > 0:
        figure.add_scatter(
            x=[0, len(losses) - 1], y=[baseline, baseline], name="predicting the mean", mode="lines",
            line={"color": CLASSES[6], "dash": "dot"}, hovertemplate="%{y:.4g}",
        )  # fmt: skip
    figure.update_layout(showlegend=len(names) > 1, legend=LEGEND)
    figure.update_xaxes(title_text="epoch")
    levels = np.append(losses, baseline or 0.0)
    levels = levels[np.isfinite(levels) & (levels > 0)]
    ticks = log_ticks(levels.min(), levels.max()) if len(levels) else {}
    figure.update_yaxes(title_text="loss, log scale", type="log", **ticks)
    return figure


def diagonal_figure(true: np.ndarray, predicted: np.ndarray, exact: np.ndarray | None, mean: float, dark: bool) -> go.Figure:
    """Predicted against true diagonal cells (N,): the network's, the exact ones where there are any, and the mean's."""
    ends = [float(true.min()), float(true.max())]
    line = {"color": TRAINING.colour(dark), "dash": "dash", "width": 1.5}
    figure = go.Figure(layout=base_layout(dark, 360))
    figure.add_scatter(x=ends, y=ends, mode="lines", line=line, hoverinfo="skip", name="predicted = true")
    figure.add_scatter(x=ends, y=[mean, mean], mode="lines", name="predicting the mean", hoverinfo="skip",
                       line={"color": CLASSES[6], "dash": "dot"})  # fmt: skip
    for name, values, marker in (
        ("network", predicted, {"color": CLASSES[4 if dark else 1], "symbol": "circle", "opacity": 0.6}),
        ("exact formula", exact, {"color": CLASSES[0], "symbol": "cross-thin", "line": {"width": 1.5, "color": CLASSES[0]}}),
    ):
        if values is not None:
            figure.add_scatter(x=true, y=values, mode="markers", name=name, marker={"size": 6} | marker,
                               hovertemplate="true %{x:.3f}<br>predicted %{y:.3f}")  # fmt: skip
    figure.update_layout(showlegend=True, legend=LEGEND)
    figure.update_xaxes(title_text="true cell of the diagonal")
    figure.update_yaxes(title_text="predicted")
    if np.ptp(true) < ONE_VALUE:  # else the axes would magnify rounding
        figure.update_xaxes(range=[ends[0] - 0.5, ends[0] + 0.5])
        figure.update_yaxes(range=[ends[0] - 0.5, ends[0] + 0.5])
    return figure
