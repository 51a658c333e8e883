"""The two passes on the network diagram: values in the neurons, deltas under them, weights between."""

from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.parts.figures.theme import TRANSPARENT, base_layout
from pages.parts.numbers import short
from pages.parts.palette import NEGATIVE, POSITIVE, mix, text, zero

ROW_HEIGHT, MARGIN = 62, 86  # pixels
HANDLE_AT = 0.382  # of the way along a line: at the golden section the handles of a full layer lie apart
WIDTHS = (0.75, 1.5, 2.5, 4.0)  # pixels, of lines from weak to strong
VEILS = ("rgba(255, 255, 255, 0.75)", "rgba(18, 22, 28, 0.75)")  # the page's own colours, light and dark
NARROW_FROM = 6  # columns: from here on there is room for the bare numbers


@dataclass(frozen=True)
class Column:
    """One layer: its shown `neurons` (n,), counted from 0, out of `size`, and what is known of each so far.

    `values` and `deltas` are (n,), or None while they are not worked out. `is_now` marks the layer being worked on.
    """

    title: str
    neurons: np.ndarray
    size: int
    names: list[str]
    values: np.ndarray | None
    deltas: np.ndarray | None
    is_now: bool = False


@dataclass(frozen=True)
class Bundle:
    """The lines into a column: `strengths` (n_out, n_in) decide width and colour, `weights` and `gradients` are told.

    `gradients` is None while they are not worked out; `is_now` marks the lines that numbers flow along.
    """

    weights: np.ndarray
    strengths: np.ndarray
    gradients: np.ndarray | None
    is_now: bool = False


def passes_figure(
    columns: list[Column], bundles: list[Bundle], chosen: tuple[int, int, int], dark: bool
) -> go.Figure:
    """The diagram; `chosen` is (layer, neuron, source) from 0, ringed where it is shown; a source of n_in is the bias.

    A click falls on a handle of a line or on a neuron: `customdata` is (layer, neuron, source).
    """
    heights = [_heights(len(column.neurons)) for column in columns]
    rows = max(len(column.neurons) for column in columns)
    figure = go.Figure(layout=base_layout(dark, MARGIN + ROW_HEIGHT * rows))
    for k, bundle in enumerate(bundles):
        figure.add_traces(_lines(k, bundle, heights[k], heights[k + 1], dark))
    figure.add_traces(_chosen_line(columns, heights, chosen, dark))
    figure.add_trace(_handles(columns, bundles, heights))
    for k, column in enumerate(columns):
        figure.add_traces(_neurons(k, column, heights[k], len(columns), dark))
    top = (rows - 1) / 2
    words = [_title(k, column, top, len(columns)) for k, column in enumerate(columns)]
    for k, column in enumerate(columns):
        words.extend(_captions(k, column, heights[k], len(columns), dark))
    figure.update_layout(annotations=words, clickmode="event+select")
    figure.update_xaxes(visible=False, range=[-0.5, len(columns) - 0.5], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-top - 0.65, top + 1.3], fixedrange=True)
    return figure


def _heights(count: int) -> np.ndarray:
    """Heights of neurons from the top down, around 0."""
    return (count - 1) / 2 - np.arange(count)


def _lines(k: int, bundle: Bundle, begin: np.ndarray, end: np.ndarray, dark: bool) -> list[go.Scatter]:
    """Lines by sign and strength, a handful of traces instead of one for each; negative ones are dashed."""
    sizes = np.abs(np.where(np.isfinite(bundle.strengths), bundle.strengths, 0.0))
    grades = np.minimum((sizes / (sizes.max() or 1.0) * len(WIDTHS)).astype(int), len(WIDTHS) - 1)
    opacity = 0.95 if bundle.is_now else 0.3
    traces = []
    for is_negative in (False, True):
        for grade, width in enumerate(WIDTHS):
            ends, begins = np.nonzero((grades == grade) & ((bundle.strengths < 0) == is_negative))
            if not len(ends):
                continue
            colour = mix(zero(dark), NEGATIVE if is_negative else POSITIVE, 0.35 + 0.65 * grade / (len(WIDTHS) - 1))
            x = np.tile([k, k + 1, np.nan], len(ends))
            y = np.column_stack([begin[begins], end[ends], np.full(len(ends), np.nan)]).ravel()
            line = {"width": width, "color": colour, "dash": "dash" if is_negative else "solid"}
            traces.append(go.Scatter(x=x, y=y, mode="lines", line=line, opacity=opacity, hoverinfo="skip"))
    return traces


def _chosen_line(columns: list[Column], heights: list[np.ndarray], chosen: tuple, dark: bool) -> list[go.Scatter]:
    layer, neuron, source = chosen
    ends, begins = (np.flatnonzero(columns[layer + d].neurons == n) for d, n in ((1, neuron), (0, source)))
    traces = []
    if len(ends) and len(begins) and source < columns[layer].size:
        x, y = [layer, layer + 1], [heights[layer][begins[0]], heights[layer + 1][ends[0]]]
        line = {"width": 6, "color": text(dark)}
        traces.append(go.Scatter(x=x, y=y, mode="lines", line=line, hoverinfo="skip", name="chosen weight"))
    elif len(ends):
        ring = {"size": 50, "color": TRANSPARENT, "line": {"width": 3, "color": text(dark)}}
        traces.append(go.Scatter(x=[layer + 1], y=[heights[layer + 1][ends[0]]], mode="markers", marker=ring,
                                 hoverinfo="skip", name="chosen bias"))
    return traces


def _handles(columns: list[Column], bundles: list[Bundle], heights: list[np.ndarray]) -> go.Scatter:
    """A dot on every line, to point at and to click."""
    x, y, colours, places, texts = [], [], [], [], []
    for k, bundle in enumerate(bundles):
        for (i, j), weight in np.ndenumerate(bundle.weights):
            neuron, source = int(columns[k + 1].neurons[i]), int(columns[k].neurons[j])
            x.append(k + HANDLE_AT)
            y.append(heights[k][j] + HANDLE_AT * (heights[k + 1][i] - heights[k][j]))
            colours.append(NEGATIVE if bundle.strengths[i, j] < 0 else POSITIVE)
            places.append((k, neuron, source))
            slope = "" if bundle.gradients is None else f"<br>gradient {bundle.gradients[i, j]:.4g}"
            texts.append(f"layer {k + 1}, neuron {neuron + 1}<br>weight on {columns[k].names[j]}: {weight:.4g}{slope}")
    return go.Scatter(
        x=x, y=y, mode="markers", marker={"size": 7, "color": colours, "opacity": 0.55}, customdata=places, text=texts,
        hovertemplate="%{text}<extra></extra>", name="weights",
        selected={"marker": {"opacity": 0.55}}, unselected={"marker": {"opacity": 0.55}},
    )  # fmt: skip


def _neurons(k: int, column: Column, heights: np.ndarray, n_columns: int, dark: bool) -> list[go.Scatter]:
    narrow = n_columns > NARROW_FROM
    known = column.values is not None
    values = column.values if known else np.zeros(len(heights))
    fill = [_colour(float(value), dark) if known else zero(dark) for value in values]
    marker = {
        "size": 32 if narrow else 42, "color": fill, "opacity": 1.0,
        "line": {"width": 3.5 if column.is_now else 1, "color": text(dark)},
    }  # fmt: skip
    x = np.full(len(heights), float(k))
    # A click on a neuron chooses its bias; the inputs have none.
    places = [(k - 1, int(neuron), -1) for neuron in column.neurons] if k else None
    inside = {"size": 10 if narrow else 13, "color": [_ink(colour, dark) for colour in fill]}
    circles = go.Scatter(
        x=x, y=heights, mode="markers+text", marker=marker, textfont=inside, customdata=places,
        text=[short(float(value)) if known else "" for value in values], textposition="middle center",
        hovertext=_hover(column), hoverinfo="text", name=column.title,
        selected={"marker": {"opacity": 1}}, unselected={"marker": {"opacity": 1}, "textfont": {"color": text(dark)}},
    )  # fmt: skip
    return [circles]


def _captions(k: int, column: Column, heights: np.ndarray, n_columns: int, dark: bool) -> list[dict]:
    """What stands under each neuron, on a ground of its own so that no line runs through it."""
    narrow = n_columns > NARROW_FROM
    words = column.names
    if column.deltas is not None:
        words = [f"<b>δ {short(float(delta), 3)}</b>" for delta in column.deltas]
    elif narrow and k:
        return []
    return [
        {"x": k, "y": height - 0.48, "text": word, "showarrow": False, "borderpad": 0, "bgcolor": VEILS[dark],
         "font": {"size": 9 if narrow else 12}}
        for height, word in zip(heights, words, strict=True)
    ]  # fmt: skip


def _hover(column: Column) -> list[str]:
    lines = [[name] for name in column.names]
    for title, numbers in (("a", column.values), ("δ", column.deltas)):
        if numbers is not None:
            for line, number in zip(lines, numbers, strict=True):
                line.append(f"{title} = {number:.6g}")
    return ["<br>".join(line) for line in lines]


def _title(k: int, column: Column, top: float, n_columns: int) -> dict:
    more = column.size - len(column.neurons)
    words = column.title + (f"<br>{len(column.neurons)} of {column.size}" if more else "")
    size = 10 if n_columns > NARROW_FROM else 13
    return {"x": k, "y": top + 0.42, "yanchor": "bottom", "text": words, "showarrow": False, "font": {"size": size}}


def _colour(value: float, dark: bool) -> str:
    if not np.isfinite(value):
        return zero(dark)
    return mix(zero(dark), POSITIVE if value > 0 else NEGATIVE, min(abs(value), 1.0))


def _ink(fill: str, dark: bool) -> str:
    """Black or white, whichever is read better on `fill`."""
    red, green, blue = (int(fill[i : i + 2], 16) for i in (1, 3, 5))
    return "#000000" if 0.299 * red + 0.587 * green + 0.114 * blue > 128 else "#ffffff"
