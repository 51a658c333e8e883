"""Weight statistics: what can be read off weight matrices, at one moment or over a whole training.

Singular values say how strongly a matrix stretches, and along how many directions; a histogram over the frames shows
how the weights spread; dead, saturated and duplicate neurons say how much of a layer is in use. Layers without
an activation between them are a single matrix: the product of theirs.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, kind_of, network, number, whole, wholes
from nncore.checks import require_whole, require_wholes
from nncore.experiments.recording.chunk_store import ChunkStore
from nncore.experiments.run import Run
from nncore.handed_out import handed_out
from nncore.inspection.unit_health import dead_neurons, distinct_neurons, saturated_neurons
from nncore.models.dense import Network

Array = np.ndarray


@checked(weights=array("K", "D"))
def singular_values(weights: Array) -> Array:
    """The singular values (min(n_out, n_in),) of a matrix, largest first."""
    return np.linalg.svd(weights, compute_uv=False)


@checked(singular=array("S?"))
def effective_rank(singular: Array) -> float:
    """In how many directions a matrix with these singular values stretches, 0 to their number.

    exp of the entropy of the values' shares of their sum (Roy and Vetterli 2007): 3 for three equal values, just above
    1 where one outweighs all others, 0 for a matrix of zeros.
    """
    if (singular < 0).any():
        raise ValueError(f"singular must hold numbers of at least 0, got {singular.min():g}")
    return _rank_of(singular)


def _rank_of(singular: Array) -> float:
    """`effective_rank` of values that are in order, which may be larger than a number from outside."""
    total = singular.sum()
    if total == 0:
        return 0.0
    shares = singular[singular > 0] / total
    return float(np.exp(-(shares * np.log(shares)).sum()))


class MatrixSummary(NamedTuple):
    """The Frobenius norm, the largest size of a number, the largest singular value, and the effective rank."""

    norm: float
    largest: float
    stretch: float
    effective_rank: float


@checked(matrix=array("K", "D"))
def summarise_matrix(matrix: Array) -> MatrixSummary:
    """The numbers of a matrix (n_out, n_in)."""
    singular = singular_values(matrix)
    return MatrixSummary(
        float(np.linalg.norm(matrix)), float(np.abs(matrix).max()), float(singular[0]), _rank_of(singular)
    )


@handed_out
@dataclass(frozen=True)
class LayerSummary:
    """One layer in numbers; counts are of neurons, and None where they do not apply to the layer."""

    n_neurons: int
    norm: float
    largest: float
    effective_rank: float
    distinct: int | None
    dead: int | None
    saturated: int | None


@checked(network=network, X=array("N", "D"))
def summarise_layers(network: Network, X: Array) -> list[LayerSummary]:
    """One summary per layer: of its weights (biases left out) and of its neurons on the rows of X (N, D)."""
    counts = zip(distinct_neurons(network), dead_neurons(network, X), saturated_neurons(network, X), strict=True)
    neurons = [(distinct, len(dead), len(saturated)) for distinct, dead, saturated in counts]
    return [
        LayerSummary(
            len(weights), float(np.linalg.norm(weights)), float(np.abs(weights).max()),
            _rank_of(singular_values(weights)), *counts,
        )
        for weights, counts in zip(network.weights, [*neurons, (None, None, None)], strict=True)
    ]  # fmt: skip


@checked(store=kind_of(ChunkStore), run=kind_of(Run), frame=whole(0))
def parameters_until(store: ChunkStore, run: Run, frame: int, columns: slice | Array) -> tuple[Array, Array]:
    """Epochs (F,) and recorded parameters (F, n) float32 of the run up to `frame`, for some `columns` of the vector."""
    if not isinstance(columns, slice):
        columns = require_wholes("columns", columns, 0, run.experiment.n_parameters - 1, "n")
    epochs, values, at = [], [], 0
    while at <= frame:
        chunk, first = store.chunk_at(run, at)
        if len(chunk.epochs) == 0:
            break
        epochs.append(chunk.epochs[: frame - first + 1])
        values.append(chunk.parameters[: frame - first + 1, columns])
        at = first + len(chunk.epochs)
        if chunk.stop is not None:
            break
    return np.concatenate(epochs), np.concatenate(values)


@checked(network=network)
def weight_positions(network: Network, layer: int) -> Array:
    """Where the weights of `layer` (0-based), row by row, lie in the flat vector, (n_out * n_in,); biases left out."""
    positions = network.matrices(np.arange(network.n_parameters))
    return positions[require_whole("layer", layer, 0, len(positions) - 1)][:, :-1].ravel()


@checked(network=network)
def parameter_position(network: Network, layer: int, row: int, column: int) -> int:
    """Where in the flat vector the number in `row` and `column` of a layer's matrix lies; all counted from 0."""
    matrices = network.matrices(np.arange(network.n_parameters))
    matrix = matrices[require_whole("layer", layer, 0, len(matrices) - 1)]
    row, column = (require_whole(name, place, 0, size - 1)
                   for name, place, size in zip(("row", "column"), (row, column), matrix.shape, strict=True))
    return int(matrix[row, column])


@checked(weights=array("F", "P", keep=True), bins=whole(1, 10_000))
def weight_histograms(weights: Array, bins: int = 40) -> tuple[Array, Array]:
    """Edges (bins + 1,) symmetric about 0, and the shares (F, bins) of weights (F, n) between them at each frame."""
    reach = float(np.abs(weights).max(initial=0.0)) or 1.0
    edges = np.linspace(-reach, reach, bins + 1)
    places = np.clip(((weights + reach) / (2 * reach) * bins).astype(int), 0, bins - 1)
    places += bins * np.arange(len(weights))[:, None]
    counts = np.bincount(places.ravel(), minlength=bins * len(weights)).reshape(len(weights), bins)
    return edges, counts / weights.shape[1]


@checked(weights=array("F", "P", keep=True), n_in=whole(1))
def most_moved(weights: Array, n_in: int) -> tuple[int, int]:
    """Neuron and input, counted from 1, of the weight that changed most from first to last frame of (F, n_out * n_in)."""
    n_in = require_whole("n_in", n_in, 1, weights.shape[1])
    row, column = divmod(int(np.abs(weights[-1] - weights[0]).argmax()), n_in)
    return row + 1, column + 1


@checked(network=network)
def linear_equivalent(network: Network) -> tuple[Array, Array]:
    """The single layer (weights (K, D), biases (K,)) that the layers make when no activation stands between them.

    W2 (W1 x + b1) + b2 = (W2 W1) x + (W2 b1 + b2), and so on for more.
    """
    weights, biases = np.eye(network.sizes[0]), np.zeros(network.sizes[0])
    for W, b in zip(network.weights, network.biases, strict=True):
        weights, biases = W @ weights, W @ biases + b
    return weights, biases


@checked(network=network, X=array("N", "D"))
def linear_gap(network: Network, X: Array) -> tuple[Array, Array]:
    """The output layer's pre-activations (N, K) for X (N, D): the network's, and those of `linear_equivalent`."""
    weights, biases = linear_equivalent(network)
    return network.forward(X).z[-1], X @ weights.T + biases


@checked(z=array("N", limit=None), bias=number(), biases=array("B?"))
def firing_shares(z: Array, bias: float, biases: Array) -> Array:
    """The share of samples, 0 to 1, on which a neuron fires (z > 0) when its bias is each of `biases` (n,) instead.

    `z` (N,) are its pre-activations with its own `bias`.
    """
    weighted = np.sort(z - bias)
    # z > 0 is weighted > -b: all samples but those that lie at or below -b.
    return 1.0 - np.searchsorted(weighted, -np.asarray(biases), side="right") / len(weighted)


@checked(z=array("N?", limit=None), a=array("N?", limit=None))
def activations_while_silent(z: Array, a: Array) -> tuple[float, float] | None:
    """The least and the greatest activation a (N,) of a neuron on the samples where it does not fire (z <= 0), or None."""
    resting = a[z <= 0]
    return (float(resting.min()), float(resting.max())) if len(resting) else None


@checked(weights=array("n?", limit=None), inputs=array("n?", limit=None), most=whole(0))
def biggest_terms(weights: Array, inputs: Array, most: int) -> Array:
    """The indices, in order, of the at most `most` products w_j x_j that are largest in size."""
    with np.errstate(over="ignore", invalid="ignore"):
        largest = np.argsort(-np.abs(weights * inputs), kind="stable")[:most]
    return np.sort(largest)


@checked(weights=array("n?", limit=None), inputs=array("n?", limit=None), shown=wholes(0, None, "m?"))
def sum_of_other_terms(weights: Array, inputs: Array, shown: Array) -> float:
    """The sum of all products w_j x_j but those at the indices `shown`."""
    require_wholes("shown", shown, 0, len(weights) - 1)
    with np.errstate(over="ignore", invalid="ignore"):
        return float(np.delete(weights * inputs, shown).sum())
