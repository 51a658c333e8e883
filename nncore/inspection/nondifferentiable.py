"""Where a loss is not differentiable.

A ReLU has no derivative at 0. If a finite difference steps across that point, it averages the derivatives on both sides,
while backpropagation takes one of them: the two disagree and neither is wrong.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, network, positive, rows, whole
from nncore.checks import require_whole
from nncore.handed_out import handed_out
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network
from nncore.models.losses import LOSSES

Array = np.ndarray


@handed_out
class NonDifferentiable(NamedTuple):
    """A point without a derivative: its `name` in words, and whether it lies exactly at the parameter's value.

    There, a difference of any step size crosses it.
    """

    name: str
    is_at_value: bool


@checked(network=network, X=array("N", "D"), y=rows, index=whole(0), step=positive())
def nondifferentiable_between(network: Network, X: Array, y: Array, index: int, step: float) -> list[NonDifferentiable]:
    """Points without a derivative between parameter `index` minus and plus `step`; the network is left as it was.

    Pre-activations and errors that cross such a point or touch it, and the L1 penalty on the weight itself.
    """
    index = require_whole("index", index, 0, network.n_parameters - 1)
    value = float(network.parameters[index])
    here = list(_distances(network, X, y))
    try:
        network.parameters[index] = value - step
        below = list(_distances(network, X, y))
        network.parameters[index] = value + step
        above = list(_distances(network, X, y))
    finally:
        network.parameters[index] = value
    found = [
        NonDifferentiable(f"{name} {neuron + 1} on sample {sample + 1}", bool(now[sample, neuron] == 0))
        for (name, before), (_, now), (_, after) in zip(below, here, above, strict=True)
        # A product below 0 is a change of side; one that moved from or to exactly 0 touches the point.
        for sample, neuron in np.argwhere((before * after <= 0) & (before != after))
    ]
    if network.l1 and abs(value) < step and network.weight_mask[index]:
        found.append(NonDifferentiable("the L1 penalty at weight 0", value == 0))
    return found


def _distances(network: Network, X: Array, y: Array) -> Iterator[tuple[str, Array]]:
    """How far each pre-activation (B, n) and each error (B, K) is from a point without a derivative."""
    z, a = network.forward(X)
    for layer, activation in enumerate(ACTIVATIONS[name] for name in network.activations):
        for point in activation.not_differentiable_at:
            yield f"hidden layer {layer + 1}, {activation.label}", z[layer] - point
    loss = LOSSES[network.loss]
    for point in loss.not_differentiable_at:
        yield f"the {loss.label} of output", a[-1] - network.targets(y) - point
