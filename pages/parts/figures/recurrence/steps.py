"""One sequence step by step: strips of colours for states and gates, with what came in below and what came out above."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import short
from pages.parts.figures.palette import diverging_scale, share_scale
from pages.parts.figures.theme import axis, base_layout

Array = np.ndarray

ROW, FRAME = 9, 96  # pixels of a neuron's row, and around all strips
GAP = 2.2  # rows between two strips, in which the name of the lower one stands
MOST_WIDE = 40  # steps that have their symbols below


class Strip(NamedTuple):
    """Numbers (rows, T) with a name: from -1 to 1, or shares from 0 to 1."""

    name: str
    values: Array
    is_share: bool = False


def steps_figure(strips: Sequence[Strip], inputs: Sequence[str], outputs: Sequence[str], dark: bool) -> go.Figure:
    """All strips below each other over the steps, the symbols that came `inputs` below and the `outputs` above them."""
    data, words, top, steps = [], [], GAP, list(range(len(inputs)))
    for strip in strips:
        rows = len(strip.values)
        words.append({"x": 0, "xref": "paper", "xanchor": "left", "y": top - 0.5, "yanchor": "bottom", "showarrow": False,
                      "text": strip.name, "font": {"size": 12}})  # fmt: skip
        data.append({
            "type": "heatmap", "z": strip.values, "x": steps, "y": top + np.arange(rows), "showscale": False,
            "zmin": 0 if strip.is_share else -1, "zmax": 1,
            "colorscale": share_scale(dark) if strip.is_share else diverging_scale(dark),
            "text": [[f"{strip.name}, neuron {row + 1}, step {t + 1}: {short(float(value))}" for t, value in enumerate(line)]
                     for row, line in enumerate(strip.values)],
            "hovertemplate": "%{text}<extra></extra>",
        })  # fmt: skip
        top += rows + GAP
    every = 1 if len(inputs) <= MOST_WIDE else 2
    ticks = {"tickvals": steps[::every], "tickangle": 0, "showgrid": False, "zeroline": False,
             "range": [-0.5, len(inputs) - 0.5], "fixedrange": True}  # fmt: skip
    # The upper axis belongs to a trace that is not seen: an axis without one is not drawn.
    data.append({"type": "scatter", "x": steps, "y": [0] * len(steps), "xaxis": "x2", "mode": "markers",
                 "marker": {"opacity": 0}, "hoverinfo": "skip"})  # fmt: skip
    layout = base_layout(dark, FRAME + round(ROW * top)) | {
        "annotations": words,
        "xaxis": axis("what came in", ticktext=[_seen(symbol) for symbol in inputs[::every]], **ticks),
        "xaxis2": axis("what it answered", ticktext=[_seen(symbol) for symbol in outputs[::every]], overlaying="x",
                       side="top", **ticks),
        "yaxis": {"visible": False, "range": [top - GAP, -0.3], "fixedrange": True},
    }  # fmt: skip
    return go.Figure({"data": data, "layout": layout})


def shares_figure(shares: Array, inputs: Sequence[str], step: int, dark: bool) -> go.Figure:
    """Every symbol that came in, shaded by its share (T,) of what the answer after `step` depends on."""
    ticks = {"visible": False, "fixedrange": True}
    strip = {
        "type": "heatmap", "z": [shares], "x": list(range(len(inputs))), "y": [0], "zmin": 0,
        "zmax": float(shares.max()) or 1.0, "colorscale": share_scale(dark), "showscale": False, "xgap": 1,
        "text": [[_seen(symbol) for symbol in inputs]], "texttemplate": "%{text}", "textfont": {"size": 14},
        "hovertemplate": "%{text}: %{z:.1%}<extra></extra>",
    }  # fmt: skip
    frame = {"type": "rect", "x0": step - 0.5, "x1": step + 0.5, "y0": -0.5, "y1": 0.5, "line": {"width": 2, "dash": "dot"}}
    layout = base_layout(dark, 64) | {"xaxis": ticks, "yaxis": ticks, "shapes": [frame]}
    return go.Figure({"data": [strip], "layout": layout})


def _seen(symbol: str) -> str:
    return "␣" if symbol == " " else symbol
