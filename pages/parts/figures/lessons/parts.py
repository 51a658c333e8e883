"""Diagrams of a lesson's few neurons: circles with what stands in them, and lines with what stands on them."""

import re
from collections.abc import Sequence
from itertools import pairwise

import plotly.graph_objects as go

from pages.parts.figures.palette import POSITIVE, mix, text, zero
from pages.parts.figures.theme import base_layout

ABOVE_LINE = 0.2  # of the height between two circles: a line's words stand so far above its middle
CIRCLE, GAP = 46, 14  # pixels: of a circle at least, and between one and the next below it
LETTER, AROUND = 8, 22  # pixels: of a letter in a circle, and left free to both sides of its words together
TALLEST = 360  # pixels of a column of circles: where more of them stand, they are smaller
LEAST, FREE = 230, 110  # pixels: of a diagram's height, and of what is free above and below its circles


def layers(names: Sequence[Sequence[str]], on_lines: Sequence[Sequence[str]], dark: bool) -> go.Figure:
    """Layers of circles from the left to the right, `names` in each, every one joined with all of the next layer.

    `on_lines` has for each gap what stands on its lines, in the order of the left circles and then of the right ones; a
    gap without words has an empty list.
    """
    places = [[(column, (len(layer) - 1) / 2 - row) for row in range(len(layer))] for column, layer in enumerate(names)]
    figure = go.Figure()
    for column, (left, right) in enumerate(pairwise(places)):
        lines = [(start, end) for start in left for end in right]
        words = on_lines[column] if column < len(on_lines) and on_lines[column] else [""] * len(lines)
        _join(figure, lines, words, dark)
    dots = [place for layer in places for place in layer]
    most = max(len(layer) for layer in names)
    said = [line for layer in names for name in layer for line in re.sub("</?sub>", "", name).split("<br>")]
    circle = max(CIRCLE, AROUND + LETTER * max(map(len, said)))
    row = min(circle + GAP, TALLEST / most)
    figure.add_scatter(
        x=[x for x, _ in dots],
        y=[y for _, y in dots],
        mode="markers+text",
        text=[name for layer in names for name in layer],
        marker={
            "size": circle * row / (circle + GAP),
            "color": mix(zero(dark), POSITIVE, 0.25),
            "line": {"width": 2, "color": POSITIVE},
        },
        cliponaxis=False,
        hoverinfo="skip",
    )
    hidden = {"visible": False, "fixedrange": True}
    figure.update_layout(base_layout(dark, max(LEAST, FREE + round(row * most))), showlegend=False)
    figure.update_xaxes(hidden | {"range": [-0.3, len(names) - 0.7]})
    return figure.update_yaxes(hidden | {"range": [-most / 2 - 0.1, most / 2 + 0.1]})


def _join(figure: go.Figure, lines: list, words: Sequence[str], dark: bool) -> None:
    """The lines of one gap, and the words on them a little left of their middle, where they are apart."""
    colour = mix(zero(dark), text(dark), 0.5)
    for (start, end), said in zip(lines, words, strict=True):
        x, y = zip(start, end, strict=True)
        figure.add_scatter(x=x, y=y, mode="lines", line={"color": colour, "width": 2}, hoverinfo="skip")
        if said:
            middle = (0.5 * (x[0] + x[1]), 0.5 * (y[0] + y[1]) + ABOVE_LINE)
            figure.add_annotation(x=middle[0], y=middle[1], text=said, showarrow=False)
