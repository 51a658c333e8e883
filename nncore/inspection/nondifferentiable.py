"""Kinks: where a loss has no slope.

A ReLU bends at 0. If a finite difference steps across the bend, it averages the slopes on both sides, while
backpropagation takes one of them: the two disagree and neither is wrong.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, network, positive, rows, whole
from nncore.checks import require_whole
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network
from nncore.models.losses import LOSSES

Array = np.ndarray


class Kink(NamedTuple):
    """A bend in words, and whether it lies exactly at the parameter's value, so that every step meets it."""

    name: str
    is_at_value: bool


@checked(network=network, X=array("N", "D"), y=rows, index=whole(0), step=positive())
def kinks_crossed(network: Network, X: Array, y: Array, index: int, step: float) -> list[Kink]:
    """Each bend that lies between parameter `index` minus and plus `step`; the network is left as it was.

    Pre-activations and errors that cross a bend or touch it, and the L1 penalty on the weight itself.
    """
    require_whole("index", index, 0, network.n_parameters - 1)
    value = float(network.parameters[index])
    here = list(_bends(network, X, y))
    try:
        network.parameters[index] = value - step
        below = list(_bends(network, X, y))
        network.parameters[index] = value + step
        above = list(_bends(network, X, y))
    finally:
        network.parameters[index] = value
    found = [
        Kink(f"{name} {neuron + 1} on sample {sample + 1}", bool(now[sample, neuron] == 0))
        for (name, before), (_, now), (_, after) in zip(below, here, above, strict=True)
        # A product below 0 is a change of side; one that moved from or to exactly 0 touches the bend.
        for sample, neuron in np.argwhere((before * after <= 0) & (before != after))
    ]
    if network.l1 and abs(value) < step and network.weight_mask[index]:
        found.append(Kink("the L1 penalty at weight 0", value == 0))
    return found


def _bends(network: Network, X: Array, y: Array) -> Iterator[tuple[str, Array]]:
    """How far each pre-activation (B, n) and each error (B, K) is from where its activation or the loss bends."""
    z, a = network.forward(X)
    for layer, activation in enumerate(ACTIVATIONS[name] for name in network.activations):
        for bend in activation.bends_at:
            yield f"hidden layer {layer + 1}, {activation.label}", z[layer] - bend
    loss = LOSSES[network.loss]
    for bend in loss.bends_at:
        yield f"the {loss.label} of output", a[-1] - network.targets(y) - bend
