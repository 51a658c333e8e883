"""Run blocks: the runs of a stack, trained a block at a time, so that no piece of the work takes long.

One update of many networks on many samples is one long call. Its runs do not depend on each other, so blocks of them can
make the same updates one after the other; the same comes out.
"""

from collections.abc import Callable, Iterator

import numpy as np

from nncore.experiments.costs import TrainingCost
from nncore.experiments.recording.recording import SLICE_SECONDS, train_to, updates_per_slice
from nncore.models.dense import Network
from nncore.training.trainer import Trainer

Array = np.ndarray


def runs_per_block(cost: TrainingCost) -> int:
    """How many runs of a stack make one update in about 10 ms, by the model of costs; at least one."""
    return max(1, min(cost.runs, int(cost.runs * SLICE_SECONDS / cost.update_seconds)))


def block_bytes(cost: TrainingCost) -> int:
    """Memory that the blocks of a stack take beyond that of the stack as one: for their copies of the data, in bytes."""
    return (-(-cost.runs // runs_per_block(cost)) - 1) * cost.data_bytes


class RunBlocks:
    """The trainers of a stack `network`, one for each block of its runs; `make` gives that of a block's network.

    The network's parameters are those of all trainers.
    """

    def __init__(self, network: Network, cost: TrainingCost, make: Callable[[Network], Trainer]):
        size = runs_per_block(cost)
        self.network = network
        self._seconds = cost.of_runs(size).update_seconds
        blocks = [slice(begin, begin + size) for begin in range(0, network.runs, size)]
        self._trainers = [make(network.of_runs(block)) for block in blocks]

    def train_to(self, updates: int) -> Iterator[None]:
        """Trains all runs on until `updates` updates are done, yielding about every 10 ms."""
        for trainer in self._trainers:
            yield from train_to(trainer, updates, updates_per_slice(self._seconds))

    @property
    def diverged(self) -> Array:
        """Which runs diverged, bool (R,)."""
        return np.concatenate([trainer.diverged for trainer in self._trainers])

    @property
    def updates(self) -> int:
        """How many updates were made of the runs that did not all diverge before."""
        return max(trainer.updates for trainer in self._trainers)

    @property
    def stopped(self) -> bool:
        """Whether no run is trained on."""
        return all(trainer.stopped is not None for trainer in self._trainers)
