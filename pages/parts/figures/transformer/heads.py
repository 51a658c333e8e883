"""The transformer block's figures: where its heads attend, when they learned to, and how it does on other lengths."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from nncore.attention.transformer_run import LengthScore
from pages.parts.fields.numbers import fine_percent, plain
from pages.parts.figures.attention import hatching, update_ticks
from pages.parts.figures.comparison import MARKERS_DRAWN, SYMBOLS
from pages.parts.figures.palette import CLASSES, TEST, TRAINING, VALIDATION, share_scale, text
from pages.parts.figures.theme import base_layout
from pages.parts.figures.ticks import share_ticks

CELL, FRAME = 27, 76  # pixels
DASHES = ("solid", "dash", "dot", "dashdot")


def head_figure(weights: np.ndarray, source: np.ndarray, labels: Sequence[str], dark: bool) -> go.Figure:
    """One head's attention (T, T) from 0 to 1, row = the query's place; squares where its answer stands (`source`).

    A weight of NaN is masked: its cell is hatched.
    """
    places = list(range(len(labels)))
    texts = [[_cell_words(f"place {i + 1} ({row})", f"place {j + 1} ({column})", weights[i, j])
              + (", where its answer stands" if source[i, j] else "") for j, column in enumerate(labels)]
             for i, row in enumerate(labels)]  # fmt: skip
    figure = go.Figure(
        go.Heatmap(z=weights, zmin=0, zmax=1, colorscale=share_scale(dark), showscale=False, xgap=1, ygap=1, text=texts,
                   hovertemplate="%{text}<extra></extra>", hoverongaps=True),
        base_layout(dark, FRAME + CELL * max(6, min(len(labels), 16))),
    )  # fmt: skip
    figure.update_layout(shapes=hatching(np.isnan(weights), dark))
    rows, columns = np.nonzero(source)
    marker = {"symbol": "square-open", "size": 12 if len(labels) <= 16 else 7, "color": text(dark), "line": {"width": 1.5}}
    figure.add_trace(go.Scatter(x=columns, y=rows, mode="markers", marker=marker, hoverinfo="skip"))
    ticks = {"tickvals": places, "ticktext": list(labels), "showgrid": False, "zeroline": False}
    figure.update_xaxes(**ticks, range=[-0.5, len(places) - 0.5], tickangle=0, title_text="key (place attended to)")
    figure.update_yaxes(**ticks, range=[len(places) - 0.5, -0.5], title_text="query (place)")
    return figure


def _cell_words(query: str, key: str, weight: float) -> str:
    if np.isnan(weight):
        return f"masked: {query} cannot<br>attend to {key}, which comes later"
    return f"{query} attends to {key}: {plain(weight)}"


def roles_figure(updates: np.ndarray, shares: np.ndarray, even: float, frame: int, dark: bool) -> go.Figure:
    """Each head's attention on the answer's place, (F, heads), over the updates (F,); `even` is that of even attention."""
    figure = go.Figure(layout=base_layout(dark, 260))
    for head, line in enumerate(shares.T):
        style = {"color": CLASSES[head + 1], "dash": DASHES[head], "width": 2}
        figure.add_trace(go.Scatter(x=updates, y=line, mode="lines+markers", line=style, name=f"head {head + 1}",
                                    marker={"symbol": SYMBOLS[head], "size": 7, "maxdisplayed": MARKERS_DRAWN},
                                    text=[fine_percent(share, 1) for share in line],
                                    hovertemplate="%{text} after %{x} updates"))  # fmt: skip
    style = {"color": text(dark), "dash": "dot", "width": 1}
    figure.add_trace(go.Scatter(x=updates[[0, -1]], y=[even, even], mode="lines", line=style, name="even attention",
                                hovertemplate=f"even attention: {fine_percent(even, 1)}<extra></extra>"))  # fmt: skip
    figure.add_vline(x=float(updates[frame]), line={"color": TEST.colour(dark), "width": 1.5, "dash": "dot"})
    figure.update_layout(showlegend=True, legend={"x": 1, "y": -0.28, "xanchor": "right", "orientation": "h"})
    figure.update_xaxes(title_text="updates", **update_ticks(int(updates[-1]), 5))
    figure.update_yaxes(range=[0, 1.03], **share_ticks())
    return figure


def lengths_figure(scores: Sequence[LengthScore], trained: int, dark: bool) -> go.Figure:
    """Share of places right by length with its 95 % interval, beside what one gets without attention."""
    labels = [f"<b>{s.length}</b>" if s.length == trained else str(s.length) for s in scores]
    places = np.array([s.places for s in scores])
    error = {
        "type": "data", "symmetric": False, "array": [s.high - s.places for s in scores],
        "arrayminus": [s.places - s.low for s in scores], "color": text(dark), "thickness": 1.5, "width": 4,
    }  # fmt: skip
    outline = {"color": text(dark), "width": [3 if s.length == trained else 0 for s in scores]}
    facts = [[s.n_sequences, *(fine_percent(share, 1) for share in (s.places, s.low, s.high, s.whole))] for s in scores]
    figure = go.Figure(
        go.Bar(x=labels, y=places, marker={"color": VALIDATION.colour(dark), "line": outline}, error_y=error,
               customdata=facts, name="the block",
               hovertemplate="length %{x}: %{customdata[1]} of places right (%{customdata[2]} to %{customdata[3]}),<br>"
                             "%{customdata[4]} of %{customdata[0]:,} sequences without a mistake<extra></extra>"),
        base_layout(dark, 260),
    )  # fmt: skip
    tick = {"symbol": "line-ew", "size": 26, "line": {"color": TRAINING.colour(dark), "width": 2}}
    figure.add_trace(go.Scatter(x=labels, y=[s.blind for s in scores], mode="markers", marker=tick, name="without attention",
                                text=[fine_percent(s.blind, 1) for s in scores],
                                hovertemplate="without attention: %{text}<extra></extra>"))  # fmt: skip
    figure.add_trace(go.Scatter(x=labels, y=[max(s.high, s.blind) for s in scores], mode="text", textposition="top center",
                                text=[fine_percent(s.places) for s in scores], showlegend=False,
                                textfont_size=10.5, hoverinfo="skip"))  # fmt: skip
    figure.update_layout(showlegend=True, legend={"x": 1, "y": -0.28, "xanchor": "right", "orientation": "h"})
    figure.update_xaxes(title_text="length of the sequence", type="category")
    figure.update_yaxes(range=[0, 1.15], **share_ticks())
    return figure
