"""The architecture of a dense network: how many neurons each layer has, and which functions follow their weighted sums.

It says where each matrix lies in the flat parameter vector. The network and its passes both read it, so neither needs to
know the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from nncore.arguments import checked, whole
from nncore.checks import items_of, require_data, require_one_of, require_whole, require_wholes, shown
from nncore.metrics import OUTPUT_NAMES
from nncore.models.activations import ACTIVATIONS
from nncore.models.losses import LOSSES

Array = np.ndarray

MOST_PARAMETERS = 100_000_000  # of all runs together: 0.8 GB
OUTPUTS = OUTPUT_NAMES


@dataclass(frozen=True)
class Architecture:
    """Layer sizes (D, *hidden, K), one activation name per hidden layer, output, loss, and the number of runs R or None."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    output: str
    loss: str
    runs: int | None = None

    @cached_property
    def shapes(self) -> list[tuple[int, int]]:
        """The shape (n_out, n_in + 1) of each layer's matrix; its last column holds the biases."""
        return [(n_out, n_in + 1) for n_in, n_out in pairwise(self.sizes)]

    @property
    def n_parameters(self) -> int:
        """Number of weights and biases of one network, P."""
        return count_parameters(self.sizes)

    @property
    def bytes_per_sample(self) -> int:
        """Memory that one network takes for one sample: pre-activations, activations and what is made on the way."""
        return 8 * 4 * sum(size + 1 for size in self.sizes[1:])

    def matrices(self, flat: Array) -> list[Array]:
        """Views (..., n_out, n_in + 1) of a flat vector (..., P), one per layer; the last column holds the biases."""
        views, begin = [], 0
        for rows, columns in self.shapes:
            view = flat[..., begin : begin + rows * columns]
            views.append(view.reshape(*flat.shape[:-1], rows, columns, copy=False))
            begin += rows * columns
        return views

    @property
    def weight_mask(self) -> Array:
        """1.0 where a parameter is a weight and 0.0 where it is a bias, (P,)."""
        mask = np.ones(self.n_parameters)
        for matrix in self.matrices(mask):
            matrix[:, -1] = 0.0
        return mask


def count_parameters(sizes: Sequence[int]) -> int:
    """Number of weights and biases of a dense network of these layer sizes (D, *hidden, K)."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def require_runs(runs: object, n_runs: int | None) -> Array | slice:
    """`runs`, when they are some of a stack of `n_runs`: a slice, numbers (S,) or bool (R,), of one run at least."""
    if n_runs is None:
        raise ValueError(f"runs must be those of a stack of runs, got {shown(runs)} of a single network")
    if isinstance(runs, slice):
        try:
            count = len(range(*runs.indices(n_runs)))
        except (TypeError, ValueError):  # of ends that are no whole numbers, and of a step of 0
            raise ValueError(f"runs must be a slice of whole numbers, got {runs}") from None
        if not count:
            raise ValueError(f"runs must hold at least one of the {n_runs} runs, got {runs}")
        return runs
    kept = require_data("runs", runs)
    if kept.dtype != bool:
        return require_wholes("runs", kept, 0, n_runs - 1, "S")
    if kept.shape != (n_runs,) or not kept.any():
        raise ValueError(f"runs must say True of at least one of the {n_runs} runs, got {shown(runs)}")
    return kept


def make_architecture(
    sizes: Sequence[int], activation: str | Sequence[str], output: str | None, loss: str | None, runs: int | None
) -> Architecture:
    """The Architecture of these settings, with defaults filled in. Raises ValueError for what is not a network.

    `output` None is sigmoid for one output and softmax for more; `loss` None is cross-entropy.
    """
    sizes = _checked_sizes(sizes)
    runs = None if runs is None else require_whole("runs", runs, 1)
    activations = _checked_activations(activation, len(sizes) - 2)
    output = probability_output(sizes[-1]) if output is None else output
    loss = "cross_entropy" if loss is None else loss
    check_output(output, loss, sizes[-1])
    architecture = Architecture(sizes, activations, output, loss, runs)
    if architecture.n_parameters * (runs or 1) > MOST_PARAMETERS:
        total = _in_digits(architecture.n_parameters) + ("" if runs is None else f" each of {_in_digits(runs)} runs")
        raise ValueError(f"sizes must make at most {MOST_PARAMETERS:,} parameters, got {shown(sizes)} with {total}")
    return architecture


def _in_digits(count: int) -> str:
    return f"{count:,}" if count < 10**15 else "far more"


def _checked_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    items = items_of(sizes)
    if items is None or len(items) < 2:
        raise ValueError(f"sizes must name at least the inputs and the outputs, got {shown(sizes)}")
    return tuple(require_whole(f"sizes[{k}]", size, 1) for k, size in enumerate(items))


def _checked_activations(activation: str | Sequence[str], n_hidden: int) -> tuple[str, ...]:
    names = (activation,) * n_hidden if isinstance(activation, str) else items_of(activation)
    if names is None:
        raise ValueError(f"activation must be one name or {n_hidden} names, got {shown(activation)}")
    if len(names) != n_hidden:
        raise ValueError(f"activation must be one name or {n_hidden} names, got {len(names)}")
    for name in (activation,) if isinstance(activation, str) else names:
        require_one_of("activation", name, ACTIVATIONS)
    return names


@checked(n_outputs=whole(1))
def probability_output(n_outputs: int) -> str:
    """The name of the output that gives probabilities of classes: one number for two classes, or a share for each."""
    return "sigmoid" if n_outputs == 1 else "softmax"


def check_output(output: str, loss: str, n_outputs: int) -> None:
    """Raises ValueError unless output and loss go together for this many outputs."""
    require_one_of("output", output, OUTPUTS)
    require_one_of("loss", loss, LOSSES)
    partner = probability_output(require_whole("n_outputs", n_outputs, 1))
    if LOSSES[loss].needs_probabilities and output != partner:
        raise ValueError(f"output must be {partner} with {loss} and {n_outputs} outputs, got {output!r}")
    if output == "softmax" and n_outputs == 1:
        raise ValueError("output softmax needs at least 2 outputs, got 1")
