"""Edits: weights and biases that a person set by hand, each a place in a network's matrices and the number there.

A few of them can be part of a Run, which then trains on from the changed network; any number can be looked at as an overlay.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nncore.arguments import checked, each, network
from nncore.checks import require_number, require_whole, shown
from nncore.experiments.link_text import Span, quoted, read_number, read_whole, write_field
from nncore.experiments.link_text.asked import nearest
from nncore.experiments.link_text.sentences import shown_number
from nncore.models.dense import Network

# Six layers of 64 such weights still stay far from the largest float.
LARGEST = 1e6
MAX_EDITS = 40  # of one branch: what fits into a link
BIAS = "bias"
# Of a network's matrices: the sizes of its layers, inputs first; or for each matrix how many inputs and neurons it has.
Sizes = tuple[int, ...] | tuple[tuple[int, int], ...]
EXAMPLE = "1,2,1,0.5 or 1,2,bias,0.5"


@dataclass(frozen=True, order=True)
class Edit:
    """The weight or bias in `row` and `column` of a layer's matrix (0-based; the last column is the biases) is `value`."""

    layer: int
    row: int
    column: int
    value: float

    @checked(network=network)
    def apply(self, network: Network) -> None:
        """Writes the value. Raises ValueError for a place that does not exist or a value beyond a million."""
        matrices = network.matrices()
        require_place(self, network.sizes)
        matrices[self.layer][self.row, self.column] = require_number("value", self.value, -LARGEST, LARGEST)


def require_place(edit: Edit, sizes: Sizes) -> None:
    """Raises ValueError where a network of these `sizes` has no number at the place of `edit`."""
    matrices = _matrices(sizes)
    layer = require_whole("layer", edit.layer, 0, len(matrices) - 1)
    n_inputs, n_neurons = matrices[layer]
    require_whole("row", edit.row, 0, n_neurons - 1)
    require_whole("column", edit.column, 0, n_inputs)


def _matrices(sizes: Sizes) -> list[tuple[int, int]]:
    """How many inputs and neurons each matrix has."""
    return list(sizes if isinstance(sizes[0], tuple) else pairwise(sizes))


def edit_rule(name: str, value: object, sizes: object) -> Edit:
    """An Edit, or its four numbers, of which the third may be "bias"; for `check_fields`."""
    if isinstance(value, Edit):
        value = (value.layer, value.row, value.column, value.value)
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise ValueError(f"{name} must be an Edit or its layer, row, column and value, got {shown(value)}")
    names = ("layer", "row", "column")
    layer, row, column = (require_whole(f"{name}.{n}", v, 0) for n, v in zip(names, value[:3], strict=True))
    return Edit(layer, row, column, require_number(f"{name}.value", value[3], -LARGEST, LARGEST))


def merged(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits sorted by place, the last one of each place alone."""
    return tuple(sorted({(e.layer, e.row, e.column): e for e in edits}.values()))


@checked(edits=each(edit_rule))
def write_edits(edits: Iterable[Edit], sizes: Sizes) -> str:
    """The edits as text: for each its layer, neuron, input (or "bias") and value, counted from 1, joined by commas."""
    biases = [n_inputs for n_inputs, _ in _matrices(sizes)]
    return ",".join(
        f"{e.layer + 1},{e.row + 1},{BIAS if e.column == biases[e.layer] else e.column + 1},{write_field(float(e.value))}"
        for e in edits
    )


def read_edits(text: str, sizes: Sizes) -> tuple[tuple[Edit, ...], list[str]]:
    """The edits of such a text for a network of these sizes, and a sentence for each that is left out or another."""
    parts = [part.strip() for part in text.split(",")]
    groups = [parts[k : k + 4] for k in range(0, len(parts), 4)]
    edits, problems = [], []
    for group in groups[:MAX_EDITS]:
        try:
            edits.append(_read_edit(group, sizes, problems))
        except ValueError as error:
            problems.append(str(error))
    if len(groups) > MAX_EDITS:
        problems.append(f"At most {MAX_EDITS} weights set by hand are part of a link; it has {len(groups):,}, and those "
                        f"after the first {MAX_EDITS} are left out.")  # fmt: skip
    return merged(edits), problems


def _read_edit(group: list[str], sizes: Sizes, problems: list[str]) -> Edit:
    said = ",".join(group)
    said = f"“{said if len(said) <= 40 else said[:39] + '…'}”"
    try:
        layer, row = read_whole(group[0]) - 1, read_whole(group[1]) - 1
        is_bias = group[2].casefold() == BIAS
        column = None if is_bias else read_whole(group[2]) - 1
        value = read_number(group[3])
        if not np.isfinite(value):
            raise ValueError(group[3])
    except (ValueError, IndexError):
        raise ValueError(f"A weight set by hand is a layer, a neuron, an input or “bias”, and a number, such as {EXAMPLE}; "
                         f"the link asked for {said}, which is left out.") from None  # fmt: skip
    matrices = _matrices(sizes)
    n_inputs, n_neurons = matrices[layer] if 0 <= layer < len(matrices) else (0, 0)
    if not 0 <= row < n_neurons or not (is_bias or 0 <= column < n_inputs):
        raise ValueError(f"This network has no weight at the place {said} that the link asked for; it is left out.")
    span = Span(-LARGEST, LARGEST)
    if value not in span:
        near = nearest(value, span.low, span.high)
        problems.append(f"A weight set by hand can be {shown_number(span.low)} to {shown_number(span.high)}; the link asked "
                        f"for {quoted(group[3])}, so it is now {shown_number(near)}.")  # fmt: skip
        value = near
    return Edit(layer, row, n_inputs if is_bias else column, float(value))
