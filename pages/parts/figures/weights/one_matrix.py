"""One matrix with its biases, its rows and columns named by whatever they stand for."""

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from pages.parts.fields.numbers import plain
from pages.parts.figures.blocks import TITLE, Place, Word, block_figure
from pages.parts.figures.weights.matrices import ABOVE, BELOW, MOST_NUMBERS, layer_height, matrix_blocks

Array = np.ndarray


def one_matrix_figure(
    name: str, matrix: Array, rows: Sequence[str], columns: Sequence[str], limit: float, dark: bool
) -> go.Figure:
    """A heatmap of `matrix` (n_out, n_in + 1), its biases as a column apart; colours within ±`limit`.

    `rows` and `columns` name every row and every column; they and the number are told where the pointer is.
    """
    place = Place(0, 1, ABOVE, ABOVE + layer_height(*matrix.shape))
    weights, biases = matrix_blocks(matrix, place, limit, dark, MOST_NUMBERS)
    named = [["", *("" for _ in columns)], *(["", *(f"{row}, {column}" for column in columns)] for row in rows)]
    weights |= {"customdata": named, "hovertemplate": "%{customdata}<br>%{z:.4g}<extra></extra>"}
    biases |= {"customdata": [["", ""], *(["", row] for row in rows)],
               "hovertemplate": "bias of %{customdata}<br>%{z:.4g}<extra></extra>"}  # fmt: skip
    words = [
        Word(f"{name} and its biases", 0, ABOVE - 3, "top right", TITLE),
        Word(f"colours to ±{plain(limit, 2)}", 1, ABOVE - 4, "top left"),
        Word("b", 1 - max(1 / (len(columns) + 1.5), 0.03) / 2, place.bottom + 2, "bottom center"),
        *_row_marks(len(rows), place),
    ]
    return block_figure([weights, biases], words, place.bottom + BELOW, dark)


def _row_marks(count: int, place: Place) -> list[Word]:
    """The numbers of the first and the last row."""
    ends = {1: place.top + 8, count: place.bottom - 8}
    return [Word(f"{number} ", place.left, y, "middle left") for number, y in ends.items()]
