"""The matrices of a network by name, each with its biases as a last column, and what a row and a column of it stand for."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nncore.models.autoencoder import Autoencoder
from nncore.models.convolution.network import ConvNet
from nncore.models.protocol import Model
from nncore.models.recurrence import CELLS
from nncore.models.recurrence.network import Recurrent
from pages.parts.page.inside.trained import OwnRun

Array = np.ndarray

GATES = {"h": "state", "r": "reset gate", "z": "update gate", "n": "candidate", "i": "input gate", "f": "forget gate",
         "g": "candidate", "o": "output gate"}  # fmt: skip


class Part(NamedTuple):
    """One matrix and its biases: `matrix` (rows, columns + 1), the last column the biases.

    `name` and `bias_name` are what the core calls them; `shape` is that of the weights there. `rows` and `columns` name
    every row and every column, and `meaning` says in a sentence what they are.
    """

    name: str
    bias_name: str
    matrix: Array
    shape: tuple[int, ...]
    rows: Sequence[str]
    columns: Sequence[str]
    meaning: str

    def place(self, row: int, column: int) -> str:
        """A cell in words: "weight_hh, update gate 3, state 5", or the bias of a row."""
        if column == self.matrix.shape[1] - 1:
            return f"{self.bias_name}, {self.rows[row]}"
        return f"{self.name}, {self.rows[row]}, {self.columns[column]}"


def parts_of(model: Model) -> list[Part]:
    """Every matrix of a network with filters, a recurrent one, or an autoencoder, in the order of its parameters."""
    if isinstance(model, ConvNet):
        return [*_filters(model), *_behind_filters(model)]
    return _recurrent(model) if isinstance(model, Recurrent) else _autoencoder(model)


def place_of(run: OwnRun, index: int) -> str:
    """Where parameter `index`, from 0, of a run's network stands, in words."""
    numbered = run.model()
    numbered.parameters = np.arange(numbered.parameters.size, dtype=float)
    for part in parts_of(numbered):
        found = np.argwhere(part.matrix == index)
        if len(found):
            return part.place(*map(int, found[0]))
    raise ValueError(f"index must be that of a parameter, got {index}")


def _counted(word: str, count: int) -> list[str]:
    return [f"{word} {number}" for number in range(1, count + 1)]


def _filters(model: ConvNet) -> list[Part]:
    parts = []
    for k, (filters, biases) in enumerate(zip(model.filters, model.filter_biases, strict=True)):
        F, C, size, _ = filters.shape
        sides = range(1, size + 1)
        cells = [f"map {channel}, " * (C > 1) + f"row {row}, column {column}"
                 for channel, row, column in itertools.product(range(1, C + 1), sides, sides)]  # fmt: skip
        seen = "of the picture" if not k else f"of each of the {C} maps before"
        parts.append(Part(
            f"filters[{k}]", f"filter_biases[{k}]", np.column_stack([filters.reshape(F, -1), biases]), filters.shape,
            _counted("filter", F), cells,
            f"A row is one filter, laid out in a line; a column is one place in its window of {size} × {size} {seen}.",
        ))  # fmt: skip
    return parts


def _behind_filters(model: ConvNet) -> list[Part]:
    F, height, width = model.architecture.blocks[-1].pooled_shape
    columns = [f"map {f}, row {row}, column {column}" for f, row, column in
               itertools.product(*(range(1, n + 1) for n in (F, height, width)))]  # fmt: skip
    came = f"a number of the {F} pooled maps of {height} × {width}"
    return _dense(model.weights, model.biases, columns, came, "answer")


def _dense(weights: list[Array], biases: list[Array], columns: list[str], came: str, last: str) -> list[Part]:
    parts = []
    for k, (matrix, bias) in enumerate(zip(weights, biases, strict=True)):
        n_out, n_in = matrix.shape
        says = last if k == len(weights) - 1 else "neuron"
        parts.append(Part(
            f"weights[{k}]", f"biases[{k}]", np.column_stack([matrix, bias]), matrix.shape, _counted(says, n_out),
            _counted("neuron", n_in) if k else columns,
            f"A row holds the weights of one {says}; a column is {'a neuron of the layer before' if k else came}.",
        ))  # fmt: skip
    return parts


def _recurrent(model: Recurrent) -> list[Part]:
    gates = CELLS[model.cell].gates
    rows = [f"{GATES[gate]} {number}" for gate in gates for number in range(1, model.n_hidden + 1)]
    blocks = f"in {len(gates)} blocks, {', '.join(GATES[gate] for gate in gates)}, " if len(gates) > 1 else ""
    row = f"The rows stand {blocks}with one row for each of the {model.n_hidden} hidden neurons" if blocks else (
        f"A row belongs to one of the {model.n_hidden} hidden neurons")  # fmt: skip
    settings = (
        ("weight_ih", "bias_ih", rows, _counted("symbol", model.n_inputs), f"{row}; a column is one symbol that comes in."),
        ("weight_hh", "bias_hh", rows, _counted("state", model.n_hidden),
         f"{row}; a column is one number of the state that the step before left."),
        ("output_weight", "output_bias", _counted("answer", model.n_outputs), _counted("state", model.n_hidden),
         "A row belongs to one answer; a column is one number of the state that it is read from."),
    )  # fmt: skip
    views = model.views
    return [Part(name, bias, np.column_stack([views[name], views[bias]]), views[name].shape, rows, columns, meaning)
            for name, bias, rows, columns, meaning in settings]  # fmt: skip


def _autoencoder(model: Autoencoder) -> list[Part]:
    parts = _dense(model.weights, model.biases, _counted("input", model.sizes[0]), "an input", "output")
    code, into = model.code_layer, model.code_layer - 1
    more = {into: " Its neurons are the code.", code: " What comes in is the code."}
    return [part._replace(meaning=part.meaning + more.get(k, "")) for k, part in enumerate(parts)]
