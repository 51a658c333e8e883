"""Shares right by how far a shape lies from the middle: two networks, with their intervals."""

from collections.abc import Sequence

import plotly.graph_objects as go

from nncore.experiments.architectures import ShiftScore
from pages.parts.fields.numbers import fine_percent
from pages.parts.figures.palette import TEST, TRAINING, VALIDATION, LineStyle
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout
from pages.parts.figures.ticks import share_ticks

NAMES = ("filters", "dense")


def shifts_figure(scores: Sequence[ShiftScore], guess: float, dark: bool) -> go.Figure:
    """Shares right of both networks against the distance, whiskers as 95 % intervals, and the share that a `guess` gets."""
    shifts = [score.shift for score in scores]
    lines = (
        (NAMES[0], TRAINING, "circle", [score.convolution for score in scores], [s.convolution_interval for s in scores]),
        (NAMES[1], VALIDATION, "square", [score.dense for score in scores], [s.dense_interval for s in scores]),
    )
    data = [_line(name, style, symbol, shifts, (shares, ends), dark) for name, style, symbol, shares, ends in lines]
    ticks = {"tickvals": shifts, "ticktext": [f"{s.shift}{'' if s.seen else ', never seen'}" for s in scores]}
    layout = base_layout(dark, 300) | LEGEND_ABOVE | {
        "xaxis": axis("pixels from the middle", **ticks), "yaxis": axis("share right", range=[0, 1.05], **share_ticks()),
        "shapes": [{"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": guess, "y1": guess,
                    "line": {"color": TEST.colour(dark), "dash": TEST.dash, "width": 1.5}}],
    }  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def _line(name: str, style: LineStyle, symbol: str, shifts: list[int], found: tuple[list, list], dark: bool) -> dict:
    shares, ends = found
    return {
        "type": "scatter", "mode": "lines+markers", "name": name, "x": shifts, "y": shares,
        "line": {"color": style.colour(dark), "dash": style.dash, "width": 2}, "marker": {"symbol": symbol, "size": 9},
        "error_y": {"type": "data", "array": [end[1] - share for share, end in zip(shares, ends, strict=True)],
                    "arrayminus": [share - end[0] for share, end in zip(shares, ends, strict=True)]},
        "text": [fine_percent(share) for share in shares], "hovertemplate": f"{name}: %{{text}}<extra></extra>",
    }  # fmt: skip
