"""The two passes on the network diagram: values in the neurons, deltas under them, weights between."""

from dataclasses import dataclass
from itertools import product
from operator import itemgetter

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import short
from pages.parts.figures.palette import NEGATIVE, POSITIVE, mix, text, zero
from pages.parts.figures.theme import TRANSPARENT, base_layout

ROW_HEIGHT, MARGIN = 61, 86  # pixels
ALONG = (0.2, 0.29, 0.48, 0.58, 0.68, 0.78)  # further places along a line where it can be clicked, as fractions of it
HANDLE_AT = 0.382  # of the way along a line: at the golden section the handles of a full layer lie apart
WIDTHS = (0.75, 1.5, 2.5, 4.0)  # pixels, of lines from weak to strong
VEILS = ("rgba(255, 255, 255, 0.75)", "rgba(18, 22, 28, 0.75)")  # the page's own colours, light and dark
NAMED_UP_TO, BRIEF = 4, 7  # columns that leave room for a name beside a delta, and its letters
NARROW_FROM = 6  # columns: above that many there is less room
NEURON, NARROW_NEURON = 40, 32  # pixels across
RING = 3  # pixels around the neuron of the chosen bias


@dataclass(frozen=True)
class Column:
    """One layer: its shown `neurons` (n,), counted from 0, out of `size`, and what is known of each so far.

    `values` and `deltas` are (n,), or None while they are not worked out. `is_now` marks the layer being worked on;
    `keeps_names` says that a name tells more than the number does, so that it stays beside the delta where there is room.
    `labels` stand under the neurons in place of names that are too long.
    """

    title: str
    neurons: np.ndarray
    size: int
    names: list[str]
    values: np.ndarray | None
    deltas: np.ndarray | None
    is_now: bool = False
    keeps_names: bool = False
    labels: list[str] | None = None


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
    traces = _lines(bundles, heights, dark)
    traces.extend(_chosen_line(columns, heights, chosen, dark))
    traces += _handles(columns, bundles, heights)
    traces.extend(_neurons(k, column, heights[k], len(columns), dark) for k, column in enumerate(columns))
    top = (rows - 1) / 2
    words = [_title(k, column, top, len(columns)) for k, column in enumerate(columns)]
    for k, column in enumerate(columns):
        words.extend(_captions(k, column, heights[k], len(columns), dark))
    layout = base_layout(dark, MARGIN + ROW_HEIGHT * rows) | {
        "annotations": words, "clickmode": "event+select",
        "xaxis": {"visible": False, "range": [-0.5, len(columns) - 0.5], "fixedrange": True},
        "yaxis": {"visible": False, "range": [-top - 0.65, top + 1.3], "fixedrange": True},
    }  # fmt: skip
    # As dicts and at once: Plotly checks every part each time that it is handed on.
    return go.Figure(traces, layout)


def _heights(count: int) -> np.ndarray:
    """Heights of neurons from the top down, around 0."""
    return (count - 1) / 2 - np.arange(count)


def _lines(bundles: list[Bundle], heights: list[np.ndarray], dark: bool) -> list[dict]:
    """All lines by sign, strength and whether numbers flow along them: a handful of traces; negative ones are dashed."""
    groups: dict[tuple[bool, bool, int], list[np.ndarray]] = {}
    for k, bundle in enumerate(bundles):
        sizes = np.abs(np.where(np.isfinite(bundle.strengths), bundle.strengths, 0.0))
        grades = np.minimum((sizes / (sizes.max() or 1.0) * len(WIDTHS)).astype(int), len(WIDTHS) - 1)
        for is_negative, grade in product((False, True), range(len(WIDTHS))):
            ends, begins = np.nonzero((grades == grade) & ((bundle.strengths < 0) == is_negative))
            if len(ends):
                x = np.tile([k, k + 1, np.nan], len(ends))
                y = np.column_stack([heights[k][begins], heights[k + 1][ends], np.full(len(ends), np.nan)]).ravel()
                groups.setdefault((bundle.is_now, is_negative, grade), []).append(np.array([x, y]))
    return [_line(*group, np.concatenate(parts, axis=1), dark) for group, parts in sorted(groups.items(), key=itemgetter(0))]


def _line(is_now: bool, is_negative: bool, grade: int, places: np.ndarray, dark: bool) -> dict:
    """One trace of lines of the same look through `places` (2, 3 * lines), with gaps between."""
    colour = mix(zero(dark), NEGATIVE if is_negative else POSITIVE, 0.35 + 0.65 * grade / (len(WIDTHS) - 1))
    line = {"width": WIDTHS[grade], "color": colour, "dash": "dash" if is_negative else "solid"}
    return {"type": "scatter", "x": places[0], "y": places[1], "mode": "lines", "line": line,
            "opacity": 0.95 if is_now else 0.3, "hoverinfo": "skip"}


def _chosen_line(columns: list[Column], heights: list[np.ndarray], chosen: tuple, dark: bool) -> list[dict]:
    layer, neuron, source = chosen
    ends, begins = (np.flatnonzero(columns[layer + d].neurons == n) for d, n in ((1, neuron), (0, source)))
    traces = []
    if len(ends) and len(begins) and source < columns[layer].size:
        x, y = [layer, layer + 1], [heights[layer][begins[0]], heights[layer + 1][ends[0]]]
        line = {"width": 6, "color": text(dark)}
        traces.append({"type": "scatter", "x": x, "y": y, "mode": "lines", "line": line, "hoverinfo": "skip",
                       "name": "chosen weight"})
    elif len(ends):
        size = NARROW_NEURON if len(columns) > NARROW_FROM else NEURON
        ring = {"size": size, "color": TRANSPARENT, "line": {"width": 2 * RING, "color": text(dark)}}
        traces.append({"type": "scatter", "x": [layer + 1], "y": [heights[layer + 1][ends[0]]], "mode": "markers",
                       "marker": ring, "hoverinfo": "skip", "name": "chosen bias"})
    return traces


def _handles(columns: list[Column], bundles: list[Bundle], heights: list[np.ndarray]) -> list[dict]:
    """A dot on every line, to point at and to click, and more of them, unseen, along the line."""
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
    seen, unseen = {"marker": {"opacity": 0.55}}, {"marker": {"opacity": 0}}
    common = {"type": "scatter", "mode": "markers", "hovertemplate": "%{text}<extra></extra>"}
    along = [(k + share, heights[k][j] + share * (heights[k + 1][i] - heights[k][j]))
             for k, bundle in enumerate(bundles) for i, j in np.ndindex(*bundle.weights.shape)
             for share in ALONG]  # fmt: skip
    more_x, more_y = np.array(along).T
    return [
        common | {"x": more_x, "y": more_y, "customdata": np.repeat(places, len(ALONG), axis=0).tolist(),
                  "text": np.repeat(texts, len(ALONG)).tolist(), "name": "along the lines",
                  "marker": {"size": 7, "opacity": 0}, "selected": unseen, "unselected": unseen},
        common | {"x": x, "y": y, "customdata": places, "text": texts, "name": "weights",
                  "marker": {"size": 7, "color": colours, "opacity": 0.55}, "selected": seen, "unselected": seen},
    ]  # fmt: skip


def _neurons(k: int, column: Column, heights: np.ndarray, n_columns: int, dark: bool) -> dict:
    narrow = n_columns > NARROW_FROM
    known = column.values is not None
    values = column.values if known else np.zeros(len(heights))
    fill = [_colour(float(value), dark) if known else zero(dark) for value in values]
    marker = {
        "size": NARROW_NEURON if narrow else NEURON, "color": fill, "opacity": 1.0,
        "line": {"width": 3.5 if column.is_now else 1, "color": text(dark)},
    }  # fmt: skip
    x = np.full(len(heights), float(k))
    # A click on a neuron chooses its bias; the inputs have none.
    places = [(k - 1, int(neuron), -1) for neuron in column.neurons] if k else None
    inside = {"size": 10 if narrow else 13, "color": [_ink(colour, dark) for colour in fill]}
    return {
        "type": "scatter", "x": x, "y": heights, "mode": "markers+text", "marker": marker, "textfont": inside,
        "text": [short(float(value)) if known else "" for value in values], "textposition": "middle center",
        "customdata": places, "hovertext": _hover(column), "hoverinfo": "text", "name": column.title,
        "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}, "textfont": {"color": text(dark)}},
    }  # fmt: skip


def _captions(k: int, column: Column, heights: np.ndarray, n_columns: int, dark: bool) -> list[dict]:
    """What stands under each neuron, on a ground of its own so that no line runs through it."""
    narrow = n_columns > NARROW_FROM
    size, below = (9, NARROW_NEURON / 2 + RING) if narrow else (12, NEURON / 2 + RING)
    return [
        {"x": k, "y": height, "yanchor": "top", "yshift": -below, "text": word, "showarrow": False, "borderpad": 0,
         "borderwidth": 0, "height": size + 3, "bgcolor": VEILS[dark], "font": {"size": size}}
        for height, word in zip(heights, _words(k, column, n_columns), strict=True)
    ]  # fmt: skip


def _words(k: int, column: Column, n_columns: int) -> list[str]:
    """Each neuron's name, or once it is known its delta after the neuron's number or, where there is room, name."""
    narrow = n_columns > NARROW_FROM
    if column.deltas is None:
        return [str(neuron + 1) for neuron in column.neurons] if narrow and k else column.labels or column.names
    deltas = [short(float(delta), 2 if narrow else 3) for delta in column.deltas]
    has_room = n_columns <= NAMED_UP_TO
    names = [_brief(name) for name in column.names] if column.keeps_names and has_room else column.neurons + 1
    return [f"{name}: <b>{'δ ' if has_room else ''}{delta}</b>" for name, delta in zip(names, deltas, strict=True)]


def _brief(name: str) -> str:
    return name if len(name) <= BRIEF else f"{name[: BRIEF - 1]}…"


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
