"""Neurons that contribute little: dead ones, saturated ones, and copies of each other.

All three are seen from the activations on a set of samples or from the weights alone. Neurons are counted
from 0 here and from 1 in text.
"""

import numpy as np

from nncore.arguments import array, checked, each, network, number, text, wholes
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network

Array = np.ndarray

# How close to an end of its range an activation counts as saturated: the derivative there is below 4 % of a tanh's
# largest, below 8 % of a sigmoid's.
SATURATED_WITHIN = 0.02
SATURATED_SHARE = 0.95
NAMED = 6


@checked(network=network, X=array("N", "D"))
def dead_neurons(network: Network, X: Array) -> list[Array]:
    """For each hidden layer, the indices of the neurons, such as ReLUs, whose derivative is 0 for every row of X (N, D).

    Most activations have none: their derivative is nowhere exactly 0.
    """
    ends = [ACTIVATIONS[name].dead_below for name in network.activations]
    return [
        np.array([], dtype=int) if end is None else np.flatnonzero((z <= end).all(axis=0))
        for z, end in zip(network.forward(X).z[:-1], ends, strict=True)
    ]


@checked(network=network, X=array("N", "D"))
def saturated_neurons(network: Network, X: Array) -> list[Array]:
    """For each hidden layer, the indices of neurons, such as tanhs, near an end on over 95 % of the rows of X (N, D)."""
    found = []
    for a, name in zip(network.forward(X).a[:-1], network.activations, strict=True):
        share = ACTIVATIONS[name].near_an_end(a, SATURATED_WITHIN).mean(axis=0)
        found.append(np.flatnonzero(share > SATURATED_SHARE))
    return found


@checked(network=network, tolerance=number(0))
def distinct_neurons(network: Network, tolerance: float = 1e-4) -> list[int]:
    """For each hidden layer, the number of neurons left when copies are counted once.

    Two neurons are copies when all their incoming weights and their biases agree to within `tolerance` times
    the largest of the two neurons' own: rounding alone separates them a little.
    """
    counts = []
    for matrix in network.matrices()[:-1]:
        kept: list[Array] = []
        for row in matrix:
            if not any(_are_copies(row, other, tolerance) for other in kept):
                kept.append(row)
        counts.append(len(kept))
    return counts


def _are_copies(row: Array, other: Array, tolerance: float) -> bool:
    reach = tolerance * max(np.abs(row).max(), np.abs(other).max())
    return bool((np.abs(row - other) <= reach).all())


@checked(neurons=each(wholes(0, None, "n?")), network=network)
def name_neurons(neurons: list[Array], network: Network) -> str:
    """The neurons (indices per hidden layer) in words: "neurons 2 and 5 of hidden layer 1 and 3 more".

    A whole layer counts as one name; at most six names are given.
    """
    if len(neurons) >= len(network.sizes):
        raise ValueError(f"neurons must be of at most {len(network.sizes) - 2} hidden layers, got {len(neurons)}")
    parts, room, left = [], NAMED, 0
    for k, indices in enumerate(neurons, start=1):
        whole = len(indices) == network.sizes[k] > 1
        shown = len(indices) if whole and room else min(room, len(indices))
        room -= 1 if whole and room else shown
        left += len(indices) - shown
        if shown:
            names = [str(index + 1) for index in indices[:shown]]
            parts.append(f"{_which(names, whole)} of hidden layer {k}")
    return join_words([*parts, f"{left} more"] if left else parts)


def _which(names: list[str], whole: bool) -> str:
    if whole:
        return "both neurons" if len(names) == 2 else f"all {len(names)} neurons"
    return f"neuron {names[0]}" if len(names) == 1 else f"neurons {join_words(names)}"


@checked(parts=each(text))
def join_words(parts: list[str]) -> str:
    """The parts as one phrase: "a, b and c"."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
