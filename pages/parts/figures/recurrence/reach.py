"""How far back a recurrent network reaches: gradients at earlier states, and how many starts learn over which distance."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from nncore.experiments.architectures import DistanceScore
from pages.parts.fields.numbers import fine_percent
from pages.parts.figures.palette import CLASSES, TEST, TRAINING
from pages.parts.figures.theme import LEGEND_ABOVE, axis, base_layout
from pages.parts.figures.ticks import share_ticks

Array = np.ndarray

SMALLEST = 1e-30  # of what a logarithmic axis shows
SYMBOLS, DASHES = ("circle", "square", "diamond", "triangle-up"), ("solid", "dash", "dot", "dashdot")
APART = 0.12  # of the way from one length to the next: marks of different contenders stand beside each other


def gradients_figure(sizes: Array, first: Array, radius: float, dark: bool) -> go.Figure:
    """|dL/dh_t| (T,) now and at the `first` weights over the steps back from the answer, beside powers of the radius."""
    back = np.arange(len(sizes))[::-1]
    powers = sizes[-1] * radius ** back.astype(float)
    lines = (
        ("at this snapshot", sizes, TRAINING.colour(dark), "solid", 6), ("before training", first, CLASSES[7], "dash", 0),
        (f"{radius:.2f} per step, the spectral radius", powers, TEST.colour(dark), "dot", 0),
    )  # fmt: skip
    data = [{
        "type": "scatter", "mode": "lines+markers" if size else "lines", "name": name, "x": back,
        "y": [value if value > SMALLEST else None for value in values], "marker": {"size": size},
        "line": {"color": colour, "dash": dash, "width": 2}, "hovertemplate": f"{name}, %{{x}} steps back: %{{y:.2g}}"
        "<extra></extra>",
    } for name, values, colour, dash, size in lines]  # fmt: skip
    seen = np.concatenate([values[values > SMALLEST] for _, values, *_ in lines])
    ends = np.floor(np.log10(seen.min())), np.ceil(np.log10(seen.max()))
    exponents = np.arange(ends[0], ends[1] + 1, max(1, (ends[1] - ends[0]) // 6))
    layout = base_layout(dark, 320) | LEGEND_ABOVE | {
        "xaxis": axis("steps back from the answer", autorange="reversed"),
        "yaxis": axis("|dL/dh|", type="log", tickvals=10.0**exponents,
                      ticktext=[f"10<sup>{exponent:.0f}</sup>" for exponent in exponents]),
    }  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def distances_figure(scores: Sequence[DistanceScore], names: dict[str, str], dark: bool) -> go.Figure:
    """The share of starts that learned, by the length of the sequence, a line for each of `names` with its 95 % whiskers."""
    lengths, data = sorted({score.length for score in scores}), []
    for k, (cell, name) in enumerate(names.items()):
        own = [score for score in scores if score.cell == cell]
        shares = [score.learned / score.starts for score in own]
        data.append({
            "type": "scatter", "mode": "lines+markers", "name": name,
            "x": [lengths.index(score.length) + APART * (k - (len(names) - 1) / 2) for score in own], "y": shares,
            "line": {"color": CLASSES[k], "dash": DASHES[k], "width": 2}, "marker": {"symbol": SYMBOLS[k], "size": 9},
            "error_y": {"type": "data", "array": [s.high - share for s, share in zip(own, shares, strict=True)],
                        "arrayminus": [share - s.low for s, share in zip(own, shares, strict=True)], "thickness": 1},
            "text": [f"{name}, {s.length} steps: {fine_percent(share)}" for s, share in zip(own, shares, strict=True)],
            "hovertemplate": "%{text}<extra></extra>",
        })  # fmt: skip
    layout = base_layout(dark, 300) | LEGEND_ABOVE | {
        "xaxis": axis("steps of a sequence", tickvals=list(range(len(lengths))), ticktext=[str(n) for n in lengths]),
        "yaxis": axis("starts that learned", range=[-0.03, 1.05], **share_ticks()),
    }  # fmt: skip
    return go.Figure({"data": data, "layout": layout})
