"""Trace: one forward and one backward pass with every number kept.

Training discards the numbers in between as soon as they are used. Here they are kept: each neuron's weighted sum and
activation for every sample, and delta, the derivative of that sample's loss with respect to the weighted sum. A weight's
gradient is the mean over the batch of delta times the weight's input, plus the gradient of the penalties.
"""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, checked, kind_of, network, number, rows, whole
from nncore.checks import require_whole
from nncore.handed_out import handed_out
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network
from nncore.models.losses import LOSSES, softmax_backward

Array = np.ndarray


@handed_out
@dataclass(frozen=True)
class Trace:
    """All numbers of one forward and one backward pass over B samples; lists go from the first layer to the last.

    `inputs[k]` (B, n_in) are the inputs of layer k, `z[k]` and `a[k]` (B, n_out) its weighted sums and activations.
    `slopes[k]` is f'(z), and `arriving[k]` is dL/da, both None at an output where they cancel into one number.
    `deltas[k]` (B, n_out) is dL/dz. Each L is the loss of one sample alone, `losses` (B,); `gradient` (P,) is that of
    the objective, the mean of the losses plus the penalties.
    """

    inputs: list[Array]
    z: list[Array]
    a: list[Array]
    slopes: list[Array | None]
    arriving: list[Array | None]
    deltas: list[Array]
    losses: Array
    targets: Array
    gradient: Array


@handed_out
@dataclass(frozen=True)
class WeightChain:
    """How one weight's gradient is computed: each sample's factors (B,), the sum and mean of their products, the penalty.

    The weight of `neuron` on `source` in `layer`, all counted from 0; a source of n_in is the bias, whose input is
    always 1. `routes` (B, n_next) are the parts of dL/da that arrive through each neuron of the next layer, empty at
    the output. `slopes` and `arriving` are None where they cancel. `index` is the place in `parameters`.
    """

    layer: int
    neuron: int
    source: int
    index: int
    value: float
    inputs: Array
    routes: Array
    arriving: Array | None
    slopes: Array | None
    deltas: Array
    contributions: Array
    total: float
    mean: float
    penalty: float
    gradient: float

    @checked(learning_rate=number())
    def step(self, learning_rate: float) -> float:
        """By how much plain gradient descent changes the weight: -learning_rate times the gradient."""
        return -learning_rate * self.gradient


@checked(network=network, X=array("N", "D"), y=rows)
def trace_passes(network: Network, X: Array, y: Array) -> Trace:
    """Every number of the passes over X (B, D), y; `network` has one run."""
    with np.errstate(over="ignore", invalid="ignore"):
        z, a = network.forward(X)
        targets = network.targets(y)
        inputs = [np.asarray(X, dtype=float), *a[:-1]]
        slopes, arriving, deltas = _backward(network, z, a, targets)
        losses = _losses(network, z[-1], a[-1], targets)
        gradient = network.penalty_gradient()
        for matrix, source, delta in zip(network.matrices(gradient), inputs, deltas, strict=True):
            matrix[:, :-1] += delta.T @ source / len(X)
            matrix[:, -1] += delta.mean(axis=0)
    return Trace(inputs, z, a, slopes, arriving, deltas, losses, targets, gradient)


def _backward(network: Network, z: list[Array], a: list[Array], targets: Array) -> tuple[list, list, list]:
    """f'(z), dL/da and dL/dz of each layer, of each sample's own loss."""
    slope, arrives, delta = _at_output(network, z[-1], a[-1], targets)
    slopes, arriving, deltas = [slope], [arrives], [delta]
    for k in range(len(z) - 2, -1, -1):
        arrives = delta @ network.weights[k + 1]  # (B, n_next) to (B, n): each neuron adds up over all it feeds
        slope = ACTIVATIONS[network.activations[k]].derivative(z[k], a[k], None)
        delta = arrives * slope
        for numbers, value in ((slopes, slope), (arriving, arrives), (deltas, delta)):
            numbers.insert(0, value)
    return slopes, arriving, deltas


def _at_output(network: Network, z: Array, a: Array, targets: Array) -> tuple[Array | None, Array | None, Array]:
    """The output's f'(z), dL/da and dL/dz (B, K); the first two None where they cancel, f'(z) where it is a matrix."""
    loss = LOSSES[network.loss]
    # The table's gradients are feature-major and of the mean over the batch: times B they are each sample's own.
    gradient = loss.gradient(z.T, a.T, targets.T, np.empty_like(a.T)).T * len(a)
    if loss.at_pre_activation:
        return None, None, gradient
    if network.output == "softmax":
        return None, gradient, softmax_backward(a.T, gradient.T).T
    slope = ACTIVATIONS[network.output].derivative(z, a, None)
    return slope, gradient, gradient * slope


def _losses(network: Network, z: Array, a: Array, targets: Array) -> Array:
    # Batches of one sample: the mean that the table takes is then over that sample's outputs alone.
    return LOSSES[network.loss].value(z[..., None], a[..., None], targets[..., None])


@checked(trace=kind_of(Trace), row=whole(0))
def softmax_shift(trace: Trace, row: int) -> float:
    """What a softmax subtracts from every dL/da of sample `row` on the way to dL/dz: their mean, weighted by the outputs."""
    row = require_whole("row", row, 0, len(trace.a[-1]) - 1)
    return float(trace.arriving[-1][row] @ trace.a[-1][row])


@checked(network=network, trace=kind_of(Trace))
def weight_chain(network: Network, trace: Trace, layer: int, neuron: int, source: int) -> WeightChain:
    """The chain of the weight of `neuron` on `source` in `layer`, all from 0; a source of n_in is the bias.

    Raises ValueError for a weight that the network does not have.
    """
    index = parameter_index(network, layer, neuron, source)
    inputs, deltas = trace.inputs[layer], trace.deltas[layer][:, neuron]
    is_bias = source == inputs.shape[1]
    source_values = np.ones(len(inputs)) if is_bias else inputs[:, source]
    is_last = layer == len(trace.z) - 1
    routes = np.empty((len(inputs), 0)) if is_last else network.weights[layer + 1][:, neuron] * trace.deltas[layer + 1]
    contributions = deltas * source_values
    return WeightChain(
        layer, neuron, source, index, float(network.parameters[index]), source_values, routes,
        *(None if factor[layer] is None else factor[layer][:, neuron] for factor in (trace.arriving, trace.slopes)),
        deltas, contributions, float(contributions.sum()), float(contributions.mean()),
        float(network.penalty_gradient()[index]), float(trace.gradient[index]),
    )


@checked(network=network)
def parameter_index(network: Network, layer: int, neuron: int, source: int) -> int:
    """Where in `parameters` a weight lies; a source of n_in is the bias. Raises ValueError for one that is not there."""
    shapes = network.shapes
    layer = require_whole("layer", layer, 0, len(shapes) - 1)
    neuron = require_whole("neuron", neuron, 0, shapes[layer][0] - 1)
    source = require_whole("source", source, 0, shapes[layer][1] - 1)
    before = sum(rows * columns for rows, columns in shapes[:layer])
    return before + neuron * shapes[layer][1] + source


@checked(network=network)
def parameter_place(network: Network, index: int) -> tuple[int, int, int]:
    """Layer, neuron and source of parameter `index`, all from 0: the reverse of `parameter_index`."""
    index = require_whole("index", index, 0, network.n_parameters - 1)
    layer = 0
    while index >= network.shapes[layer][0] * network.shapes[layer][1]:
        index -= network.shapes[layer][0] * network.shapes[layer][1]
        layer += 1
    return layer, *divmod(index, network.shapes[layer][1])
