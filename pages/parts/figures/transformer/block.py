"""One token's way through the transformer block: every vector that it is as a strip of cells, and what adds to what.

The strips stand below each other, so that the picture is the same on a phone. Lines at the right carry the token past a part
to the sum behind it (the residual); a frame groups what belongs to one part.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from nncore.attention.block_trace import BlockTrace
from pages.parts.fields.numbers import fine_percent, short
from pages.parts.figures.blocks import Place, Word, block, block_figure
from pages.parts.figures.palette import TEST, mix, share_scale, text, zero

LEFT, RIGHT, LANE = 0.02, 0.9, 0.96  # of the width: the strips, and the line that goes past a part
LABEL, STRIP, GAP = 15, 16, 7  # pixels of each row
ROW = LABEL + STRIP + GAP
NAMED = 0.05  # shares of answers from here on get their number


class Strip(NamedTuple):
    """A row of the picture: what it is, and its numbers (d,)."""

    name: str
    values: np.ndarray


def strips_of(trace: BlockTrace, token: str, place: int) -> list[Strip]:
    """The rows between the token and its answers, in their order; the place counts from 1."""
    return [
        Strip(f"embedding of {token}", trace.embedding),
        Strip(f"+ place {place}, sines and cosines", trace.position),
        Strip("= input of the block", trace.stream),
        Strip("layer normalisation", trace.norm1),
        Strip("attention, from all places", trace.attention),
        Strip("⊕ attention + input", trace.after_attention),
        Strip("layer normalisation", trace.norm2),
        Strip(f"feed-forward: {len(trace.hidden)} neurons, ReLU", trace.hidden),
        Strip("feed-forward, its result", trace.feed_forward),
        Strip("⊕ feed-forward + input", trace.after_feed_forward),
        Strip("layer normalisation", trace.norm3),
    ]  # fmt: skip


# The rows that belong to one part, from 0: attention with its normalisation, and the feed-forward part with its own.
PARTS = ((3, 4), (6, 8))
# From which row the residual goes to which, past a part.
RESIDUALS = ((2, 5), (5, 9))


def block_diagram(trace: BlockTrace, token: str, place: int, answers: Sequence[str], dark: bool) -> go.Figure:
    """The way of the `token` at `place` (from 1) through the block, from its embedding to the shares of `answers`."""
    strips = strips_of(trace, token, place)
    limit = max(float(np.abs(strip.values).max()) for strip in strips)
    drawn, words = [], []
    for row, strip in enumerate(strips):
        drawn.append(block(strip.values[None], _place(row), limit, dark, hovertemplate=_hover(strip)))
        words.append(Word(strip.name, LEFT, _top(row) - LABEL / 2, "middle right"))
        words.append(Word(_numbers(strip.values), RIGHT, _top(row) - LABEL / 2, "middle left"))
    drawn.append(_answers(trace.answers, answers, len(strips), dark))
    words += _answer_words(trace.answers, answers, len(strips))
    figure = block_figure([*(_lane(*rows, dark) for rows in RESIDUALS), *drawn], words, ROW * (len(strips) + 1) + 22, dark)
    figure.update_layout(shapes=[_frame(*rows, dark) for rows in PARTS], margin={"l": 0, "r": 0})
    return figure


def _top(row: int) -> float:
    return ROW * row + LABEL


def _place(row: int) -> Place:
    return Place(LEFT, RIGHT, _top(row), _top(row) + STRIP)


def _numbers(values: np.ndarray) -> str:
    """Mean and deviation of a strip."""
    return f"mean {short(float(values.mean()), 2)}, deviation {short(float(values.std()), 2)}"


def _hover(strip: Strip) -> str:
    return f"{strip.name}<br>number %{{pointNumber[1]}}: %{{z:.3f}}<extra></extra>"


def _answers(shares: np.ndarray, names: Sequence[str], row: int, dark: bool) -> dict:
    """The shares of all answers as the last strip, from 0 to 1."""
    said = (f"{name}: {fine_percent(share, 1)}" for name, share in zip(names, shares, strict=True))
    texts = [["", *("" for _ in names)], ["", *said]]
    return block(shares[None], _place(row), 1.0, dark, zmin=0, colorscale=share_scale(dark), text=texts,
                 hovertemplate="answer %{text}<extra></extra>")  # fmt: skip


def _answer_words(shares: np.ndarray, names: Sequence[str], row: int) -> list[Word]:
    """The heading of the answers, each answer's name below its cell, and the share of those that have one worth a number."""
    edges = np.linspace(LEFT, RIGHT, len(names) + 1)
    named = [Word(f"<b>{name}</b> {fine_percent(share)}" if share >= NAMED else name, x, _top(row) + STRIP + 10,
                  "middle center")
             for name, share, x in zip(names, shares, (edges[1:] + edges[:-1]) / 2, strict=True)]  # fmt: skip
    return [Word("answers: shares by softmax, together 100 %", LEFT, _top(row) - LABEL / 2, "middle right"), *named]


def _lane(start: int, end: int, dark: bool) -> dict:
    """The line past a part: from the strip `start` to the sum `end`, with an arrow head."""
    above, below = _top(start) + STRIP / 2, _top(end) + STRIP / 2
    colour = TEST.colour(dark)
    return {
        "type": "scatter", "mode": "lines+markers", "x": [RIGHT, LANE, LANE, RIGHT + 0.012],
        "y": [above, above, below, below],
        "line": {"color": colour, "width": 2}, "hovertemplate": "residual: the same numbers, added again<extra></extra>",
        "marker": {"symbol": "triangle-left", "size": [0, 0, 0, 10], "color": colour}, "showlegend": False,
    }  # fmt: skip


def _frame(first: int, last: int, dark: bool) -> dict:
    """A frame around the rows of one part."""
    return {
        "type": "rect", "x0": 0.003, "x1": RIGHT + 0.02, "y0": _top(first) - LABEL - 2, "y1": _top(last) + STRIP + 3,
        "layer": "below", "line": {"width": 1, "color": mix(zero(dark), text(dark), 0.35)},
    }  # fmt: skip
