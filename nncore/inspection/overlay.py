"""Overlay: changes made by hand on one recorded frame, to see what a weight or a neuron contributes.

Each step is a value that changes a network's parameters; a tuple of them, applied in order to a copy, is the overlay.
The result is shown; to undo the last step is to drop it.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nncore.arguments import bools, checked, each, kind_of, network
from nncore.checks import require_array, require_number, require_whole
from nncore.experiments.edits import LARGEST, Edit
from nncore.models.dense import Network

Array = np.ndarray

@dataclass(frozen=True)
class Hold:
    """A hidden neuron sends `value` whatever its inputs: 0 silences it, its mean activation freezes it."""

    layer: int
    neuron: int
    value: float = 0.0

    @checked(network=network)
    def apply(self, network: Network) -> None:
        """Cuts the neuron's outgoing weights; what they carried moves into the next layer's biases."""
        layer = require_whole("layer", self.layer, 0, len(network.sizes) - 3)
        neuron = require_whole("neuron", self.neuron, 0, network.sizes[layer + 1] - 1)
        after = network.matrices()[layer + 1]
        after[:, -1] += after[:, neuron] * require_number("value", self.value, -LARGEST, LARGEST)
        after[:, neuron] = 0.0


@dataclass(frozen=True)
class Replace:
    """All parameters are `values`, as loaded from a file."""

    values: tuple[float, ...]

    @checked(network=network)
    def apply(self, network: Network) -> None:
        """Writes all values. Raises ValueError where their number is not that of the parameters."""
        if len(require_array("values", self.values, "P")) != network.n_parameters:
            raise ValueError(f"values must be {network.n_parameters} numbers, got {len(self.values)}")
        network.parameters = self.values


Step = Edit | Hold | Replace


@checked(network=network, steps=each(kind_of(Edit, Hold, Replace)))
def with_overlay(network: Network, steps: Sequence[Step]) -> Network:
    """A copy of `network` with the steps applied in order. Raises ValueError for a step that does not fit it."""
    changed = copy.deepcopy(network)
    for step in steps:
        step.apply(changed)
    return changed


@checked(network=network, steps=each(kind_of(Edit, Hold, Replace)), step=kind_of(Edit, Hold, Replace))
def with_step(network: Network, steps: Sequence[Step], step: Step) -> tuple[Step, ...]:
    """The steps with one more, which replaces those before it that it overrules and is left out if it changes nothing.

    An edit overrules edits of the same number, a hold those of the same neuron, a file everything. Raises ValueError for
    a step that does not fit the network.
    """
    kept = tuple(before for before in steps if not _overrules(step, before))
    longer = (*kept, step)
    same = np.array_equal(with_overlay(network, kept).parameters, with_overlay(network, longer).parameters)
    return kept if same else longer


def _overrules(step: Step, before: Step) -> bool:
    match step, before:
        case Replace(), _:
            return True
        case Edit(), Edit():
            return (step.layer, step.row, step.column) == (before.layer, before.row, before.column)
        case Hold(), Hold():
            return (step.layer, step.neuron) == (before.layer, before.neuron)
    return False


@checked(network=network, region=bools("D"))
def masked(network: Network, neuron: int, region: Array) -> Network:
    """A copy in which the weights of first-layer neuron `neuron` are 0 outside `region`, bool (D,); its bias stays."""
    if region.shape != (network.sizes[0],) or not region.any():
        raise ValueError(
            f"region must hold 1 to {network.sizes[0]} of the {network.sizes[0]} inputs, "
            f"got {int(region.sum())} of {region.size}"
        )
    changed = with_overlay(network, ())
    changed.weights[0][require_whole("neuron", neuron, 0, network.sizes[1] - 1), ~region] = 0.0
    return changed
