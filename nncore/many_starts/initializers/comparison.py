"""Initializer comparison: one network from the first weights of every initializer, trained together on the same batches."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nncore.arguments import check_fields, checked, kind_of, set_fields, stack_of_networks, whole
from nncore.checks import require_kind, require_one_of
from nncore.experiments.costs import TrainingCost
from nncore.experiments.experiment import Experiment, build_split
from nncore.experiments.recording.recording import record_all
from nncore.experiments.stacks import WORK_BYTES, mean_losses_in_pieces
from nncore.handed_out import handed_out
from nncore.inspection.unit_health import distinct_neurons
from nncore.many_starts.even_frames import EvenFrames
from nncore.many_starts.initializers.signal_propagation import Spread, first_weights, spread_in_pieces
from nncore.many_starts.restarts.restarts import trainer_of
from nncore.many_starts.run_blocks import RunBlocks, block_bytes
from nncore.models.activations import ACTIVATIONS
from nncore.models.architecture import count_parameters
from nncore.models.dense import Network
from nncore.models.initializers import INITIALIZERS

Array = np.ndarray

DEPTHS, WIDTHS, MAX_EPOCHS = (2, 20), (2, 32), 1000
MAX_BYTES = 64_000_000
MAX_SAMPLES = 100  # on which the spread is measured


@dataclass(frozen=True)
class InitializerRace(EvenFrames):
    """What is trained: `depth` hidden layers of `width` neurons from every initializer, on the experiment's data, by its
    optimizer, for `epochs` epochs. A recorded training, with the initializers as its run axis. Raises ValueError out of
    range.
    """

    experiment: Experiment
    depth: int = 5
    width: int = 16
    activation: str = "tanh"
    epochs: int = 100

    def __post_init__(self):
        require_kind("experiment", self.experiment, Experiment)
        check_fields(self, depth=whole(*DEPTHS))
        check_fields(self, width=whole(*WIDTHS))
        check_fields(self, epochs=whole(1, MAX_EPOCHS))
        require_one_of("activation", self.activation, ACTIVATIONS)
        # Settings that these networks do not use are set to one value, so that they make no other key.
        plain = self.experiment.with_changes(hidden=(), activation=("tanh",), initializer="zeros")
        set_fields(self, experiment=plain.without_stop_rule())

    @property
    def sizes(self) -> tuple[int, ...]:
        """Layer sizes (D, *hidden, K)."""
        return (self.experiment.sizes[0], *[self.width] * self.depth, self.experiment.sizes[-1])

    @property
    def n_bytes(self) -> int:
        """Memory that the race takes at its height, in bytes."""
        arrays = 13 if ACTIVATIONS[self.activation].needs_z else 7  # of a layer's size, while the spread is measured
        spread = 8 * arrays * MAX_SAMPLES * sum(size + 1 for size in self.sizes[1:])
        return max(self.cost.n_bytes + block_bytes(self.cost) + WORK_BYTES, spread)

    @cached_property
    def cost(self) -> TrainingCost:
        """What training all networks at once costs."""
        e, n_train = self.experiment, len(build_split(self.experiment).train)
        activations, penalty = (self.activation,) * self.depth, bool(e.l1 or e.l2)
        return TrainingCost(self.sizes, activations, e.optimizer, e.batch_size, n_train, len(INITIALIZERS), penalty)

    @property
    def n_parameters(self) -> int:
        """Weights and biases of one of the networks."""
        return count_parameters(self.sizes)

    @property
    def seconds(self) -> float:
        """Time that the training takes on an idle machine, by the model of costs, in seconds."""
        cost = self.cost
        return cost.seconds(self.epochs * cost.updates_per_epoch, (self.n_frames, cost.n_train))

    def check_memory(self) -> None:
        """Raises ValueError when the race does not fit into 64 MB."""
        if self.n_bytes > MAX_BYTES:
            raise ValueError(
                f"depth and width must fit into {MAX_BYTES / 1e6:.0f} MB: {self.depth} layers of {self.width} take "
                f"{self.n_bytes / 1e6:.0f} MB; fewer or narrower layers, or smaller batches, take less"
            )

    def network(self) -> Network:
        """All networks of the race as one stack, at their first weights."""
        e = self.experiment
        stack = Network(self.sizes, self.activation, e.output, e.loss, "zeros", e.l1, e.l2, runs=len(INITIALIZERS))
        return first_weights(stack, e.weight_seed, e.start)

    @checked(network=stack_of_networks)
    def spread(self, network: Network) -> Spread:
        """The Spread of these networks on the first training samples."""
        *_, spread = self._spread_in_pieces(network)
        return spread

    def _spread_in_pieces(self, network: Network) -> Iterator[Spread | None]:
        split = build_split(self.experiment)
        return spread_in_pieces(network, split.X_train[:MAX_SAMPLES], split.y_train[:MAX_SAMPLES])

    def record(self) -> Iterator["InitializerOutcome | None"]:
        """What has come of the race after every frame: losses at all frames so far, and the newest parameters.

        Raises ValueError when the race does not fit into memory.
        """
        self.check_memory()
        e, split, network = self.experiment, build_split(self.experiment), self.network()
        for before in self._spread_in_pieces(network):
            if before is None:
                yield None
        blocks = RunBlocks(network, self.cost, lambda block: trainer_of(block, e, self.epochs))
        losses = []
        for frame, epoch in enumerate(self.frame_epochs):
            yield from blocks.train_to(int(epoch) * e.updates_per_epoch)
            if blocks.updates < epoch * e.updates_per_epoch:
                return  # every network has diverged
            for found in mean_losses_in_pieces(network, split.X_train, split.y_train):
                if found is None:
                    yield None
            # What is kept of a network that diverged stands still: that is no course of its loss.
            losses.append(np.where(blocks.diverged, np.nan, found))
            yield InitializerOutcome(
                self, self.frame_epochs[: frame + 1], np.array(losses), network.parameters.copy(), blocks.diverged, before,
            )  # fmt: skip


@handed_out
@dataclass(frozen=True, eq=False)
class InitializerOutcome:
    """Training losses (F, I) after `epochs` (F,) for the I initializers in the order of their table, and what they came to.

    `parameters` (I, P) are the last ones, `diverged` (I,) marks networks that grew beyond all bounds; from there on their
    losses are nan.
    """

    race: InitializerRace
    epochs: Array
    losses: Array
    parameters: Array
    diverged: Array
    before: Spread

    @cached_property
    def after(self) -> Spread:
        """The Spread at the last parameters."""
        network = self.race.network()
        network.parameters = self.parameters
        return self.race.spread(network)

    @property
    def last_losses(self) -> Array:
        """The last loss of every network (I,); inf where it diverged."""
        return np.where(self.diverged | ~np.isfinite(self.losses[-1]), np.inf, self.losses[-1])

    @cached_property
    def distinct(self) -> Array:
        """The most neurons of a hidden layer that differ, int (I,): 1 where all neurons of every layer are copies."""
        e = self.race.experiment
        one = Network(self.race.sizes, self.race.activation, e.output, e.loss, "zeros")
        counts = []
        for vector in self.parameters:
            one.parameters = vector
            counts.append(max(distinct_neurons(one)))
        return np.array(counts)


@checked(race=kind_of(InitializerRace), starts=whole(1, 100))
def losses_over_starts(race: InitializerRace, starts: int) -> Array:
    """The last losses (S, I) of the race from `starts` starts, the race's own first; inf where a network diverged."""
    return np.array([record_all(one).last_losses for one in races_over_starts(race, starts)])


@checked(race=kind_of(InitializerRace), starts=whole(1, 100))
def races_over_starts(race: InitializerRace, starts: int) -> list[InitializerRace]:
    """The same race from `starts` starts, the race's own first."""
    begin = race.experiment.start
    return [replace(race, experiment=race.experiment.with_changes(start=(begin + offset) % 10_000))
            for offset in range(starts)]  # fmt: skip
