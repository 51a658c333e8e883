"""Weight matrices: all layers at one moment, one layer at work on one sample, and weights as pictures."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import plain
from pages.parts.figures.blocks import TITLE, Place, Word, block, block_figure, column_numbers, row_numbers
from pages.parts.figures.palette import diverging_scale, text
from pages.parts.figures.theme import base_layout

Array = np.ndarray

MOST_NUMBERS = 11  # columns: with more of them, a cell in half a page has no room for its number
LEAST_NUMBERED = 14  # pixels: the height of a row with numbers
ROW, LEAST_ROW, TALLEST = 24, 4, 340  # pixels: a neuron's row, where there is room, and a whole layer
WIDE, WIDE_ROW = 64, 14  # columns: with more of them, cells are no squares anyway, and lower rows draw faster
ABOVE, BELOW = 24, 20  # pixels: a layer's title, and its columns' numbers
NUMBER = {"size": 11}
TARGET, REACH = 36, 60  # pixels: a mark as small as the smallest picture, as marks must not overlap, and how far it reaches
EXACT = 0.1, 1000  # within this reach of the colours two decimals say enough, and fit


def matrices_figure(
    matrices: Sequence[Array], names: Sequence[str], limits: Sequence[float], numbers: int, dark: bool,
    heard: str | Sequence[str] = "x",
) -> go.Figure:
    """One heatmap a layer, its biases as a column apart, of matrices (n_out, n_in + 1); colours within ± its limit.

    `names` are those of the layers' weights. Numbers stand in the cells of layers of at most `numbers` columns, where the
    rows are high enough; they are half of the cost of drawing. Rows are named by the sums z that they give, columns by
    what they are multiplied with: inputs, `heard` (a letter to be numbered, or their names), or activations a of the layer
    before.
    """
    blocks, words, top = [], [], 0.0
    for k, (matrix, name, limit) in enumerate(zip(matrices, names, limits, strict=True)):
        if k == 0 or len(set(limits)) > 1:
            words.append(Word(f"colours to ±{plain(limit, 2)}", 1, top + ABOVE - 4, "top left"))
        words.append(Word(f"{name} and its biases b", 0, top + ABOVE - 3, "top right", TITLE))
        place = Place(0, 1, top + ABOVE, top + ABOVE + layer_height(*matrix.shape))
        blocks += matrix_blocks(matrix, place, limit, dark, numbers)
        words += matrix_words(matrix, place, "a" if k else heard)
        top = place.bottom + BELOW
    return block_figure(blocks, words, top, dark)


def layer_height(n_neurons: int, n_columns: int = 1) -> int:
    """Pixels for the rows of a layer."""
    row = WIDE_ROW if n_columns > WIDE + 1 else ROW
    return max(34, int(n_neurons * max(LEAST_ROW, min(row, TALLEST / n_neurons))))


def has_room(n_neurons: int, n_inputs: int, numbers: int) -> bool:
    """Whether the cells of a layer hold their numbers, where at most `numbers` columns do."""
    return n_inputs <= numbers and layer_height(n_neurons, n_inputs + 1) / n_neurons >= LEAST_NUMBERED


def _halves(matrix: Array, place: Place) -> tuple[Place, Place]:
    """The places of a matrix's weights and of its biases: never so thin that they could not be seen."""
    n_in = matrix.shape[1] - 1
    width = place.right - place.left
    bias = width * max(1 / (n_in + 1.5), 0.03)
    gap = width * max(0.008, min(0.02, 0.3 / (n_in + 1.5)))
    return place._replace(right=place.right - bias - gap), place._replace(left=place.right - bias)


def matrix_blocks(matrix: Array, place: Place, limit: float, dark: bool, numbers: int = MOST_NUMBERS) -> list[dict]:
    """The heatmaps of a layer's weights and of its biases, from its matrix (n_out, n_in + 1).

    Numbers stand in the cells of at most `numbers` columns.
    """
    n_out, n_in = matrix.shape[0], matrix.shape[1] - 1
    style = {"xgap": 1, "ygap": 1} if n_in <= WIDE else {}
    is_numbered = n_in <= numbers and (place.bottom - place.top) / n_out >= LEAST_NUMBERED
    says = ("neuron %{pointNumber[0]}, input %{pointNumber[1]}<br>w", "neuron %{pointNumber[0]}<br>b")
    halves = zip((matrix[:, :-1], matrix[:, -1:]), _halves(matrix, place), says, strict=True)
    return [
        block(values, half, limit, dark, hovertemplate=say + " = %{z:.4g}<extra></extra>", **style,
              **(numbers_in_cells(values, limit) if is_numbered else {}))
        for values, half, say in halves
    ]  # fmt: skip


def numbers_in_cells(values: Array, limit: float) -> dict:
    """A block's values (rows, columns) of up to `limit` in size written in its cells: with two decimals or three digits."""
    low, high = EXACT
    if low <= limit < high:
        return {"texttemplate": "%{z:.2f}", "textfont": NUMBER}
    rows = [["", *(_narrow(float(value)) for value in row)] for row in values]
    font = NUMBER if values.shape[1] <= 6 else {"size": 9}  # as wide as a cell of eight is on a phone
    # A block's first row is empty.
    return {"texttemplate": "%{text}", "textfont": font, "text": [[""] * (values.shape[1] + 1), *rows]}


def _narrow(value: float) -> str:
    """A number with three digits where six letters hold them, else with two and a power of ten: "0.0498", "1.5e-4"."""
    text = plain(value, 3)
    if len(text.lstrip("−")) <= 6:
        return text
    mantissa, _, exponent = f"{value:.1e}".partition("e")
    return f"{mantissa.replace('-', '−')}e{int(exponent)}"


def matrix_words(matrix: Array, place: Place, heard: str | Sequence[str]) -> list[Word]:
    """The names of a layer's sums and of what they are made of (a letter or names, `heard`), and the b under the biases."""
    weights, biases = _halves(matrix, place)
    below = Word("b", (biases.left + biases.right) / 2, place.bottom + 2, "bottom center")
    return [*row_numbers(len(matrix), place, "z"), *column_numbers(matrix.shape[1] - 1, weights, heard), below]


def product_figure(
    matrix: Array, inputs: Array, z: Array, a: Array, dark: bool, heard: str | Sequence[str] = "x"
) -> go.Figure:
    """One layer at work: its matrix (n_out, n_in + 1), and as columns its inputs (n_in,), sums z and activations a (n_out,).

    Weights share a colour scale; each column has one of its own.
    """
    limit = float(np.abs(matrix).max()) or 1.0
    share = max(0.4, min(0.62, 0.07 * (matrix.shape[1] - 1)))
    place = Place(0, share, ABOVE, ABOVE + layer_height(*matrix.shape))
    blocks, words = matrix_blocks(matrix, place, limit, dark), matrix_words(matrix, place, heard)
    words.append(Word("W and b", share / 2, ABOVE - 3, "top center", TITLE))
    step, bottom = (1 - share) / 3, place.bottom
    for k, (name, values) in enumerate((("x", inputs), ("z", z), ("a", a))):
        left = share + k * step + 0.4 * step
        # z and a stand beside their rows of the matrix; x has as many numbers as the matrix has columns.
        end = place.bottom if k else ABOVE + min(TALLEST, layer_height(len(values)))
        column = Place(left, share + (k + 1) * step, ABOVE, end)
        blocks.append(_column(name, values, column, dark))
        bottom = max(bottom, column.bottom)
        words.append(Word(name, (column.left + column.right) / 2, ABOVE - 3, "top center", TITLE))
        words += row_numbers(len(values), column, name, 16) if len(values) <= 16 else []
    return block_figure(blocks, words, bottom + BELOW, dark)


def _column(name: str, values: Array, place: Place, dark: bool) -> dict:
    limit = float(np.abs(values).max(initial=0)) or 1.0
    style = numbers_in_cells(values[:, None], limit) if len(values) <= 24 else {}
    return block(
        values[:, None], place, limit, dark, ygap=1 if len(values) <= 64 else 0,
        hovertemplate=name + " %{pointNumber[0]} = %{z:.4g}<extra></extra>", **style,
    )  # fmt: skip


def pictures_figure(weights: Array, chosen: int, columns: int, dark: bool) -> go.Figure:
    """Every row of `weights` (n, side * side) as a picture, `columns` beside each other, numbered from 1.

    All share one scale, symmetric about 0; the picture of neuron `chosen` (0-based) has a frame. An invisible marker on
    each can be clicked: its `customdata` is the number.
    """
    n, side = len(weights), round(weights.shape[1] ** 0.5)
    rows, step = -(-n // columns), side + max(1, side // 8)
    sheet = np.full((rows * step, columns * step), np.nan, dtype=np.float32)
    for k, picture in enumerate(weights.reshape(n, side, side)):
        top, left = (k // columns) * step, (k % columns) * step
        sheet[top : top + side, left : left + side] = picture
    limit = float(np.abs(weights).max()) or 1.0
    heatmap = {
        "type": "heatmap", "z": sheet, "zmin": -limit, "zmax": limit, "colorscale": diverging_scale(dark),
        "hoverinfo": "skip",
        "colorbar": {"orientation": "h", "thickness": 8, "len": 0.5, "outlinewidth": 0, "y": 1, "yanchor": "bottom"},
    }  # fmt: skip
    top, left = (chosen // columns) * step, (chosen % columns) * step
    frame = {
        "type": "rect", "x0": left - 0.5, "x1": left + side - 0.5, "y0": top - 0.5, "y1": top + side - 0.5,
        "line": {"color": text(dark), "width": 2.5},
    }  # fmt: skip
    layout = base_layout(dark, 60 + rows * max(70, min(150, 900 // columns))) | {
        # Ranges of its own: Plotly would leave room for the whole of the invisible markers at the edges.
        "xaxis": {"visible": False, "constrain": "domain", "range": [-0.5, sheet.shape[1] - 0.5]},
        "yaxis": {"visible": False, "scaleanchor": "x", "constrain": "domain", "constraintoward": "top",
                  "range": [sheet.shape[0] - 0.5, -0.5]},
        "shapes": [frame], "hoverdistance": REACH,
    }
    data = [heatmap, _numbers(n, columns, step, dark), _targets(n, columns, step, side)]
    return go.Figure({"data": data, "layout": layout})


def _numbers(n: int, columns: int, step: int, dark: bool) -> dict:
    """The pictures' numbers, in their corners: one trace of text, quicker than so many annotations."""
    rows, places = np.divmod(np.arange(n), columns)
    return {
        "type": "scatter", "mode": "text", "hoverinfo": "skip", "x": places * step, "y": rows * step,
        "text": [f"<b>{k + 1}</b>" for k in range(n)], "textposition": "bottom right", "textfont": {"size": 11},
        "unselected": {"textfont": {"color": text(dark)}},
    }  # fmt: skip


def _targets(n: int, columns: int, step: int, side: int) -> dict:
    """What a click on a picture meets."""
    rows, places = np.divmod(np.arange(n), columns)
    middle, unseen = (side - 1) / 2, {"marker": {"opacity": 0}}
    return {
        "type": "scatter", "mode": "markers", "x": places * step + middle, "y": rows * step + middle,
        "customdata": np.arange(1, n + 1), "hovertemplate": "neuron %{customdata}<extra></extra>",
        "marker": {"symbol": "square", "size": TARGET, "opacity": 0}, "selected": unseen, "unselected": unseen,
    }  # fmt: skip
