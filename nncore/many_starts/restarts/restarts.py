"""Restarts: one experiment from many first weights, all trained at the same time.

Where gradient descent ends depends on where it starts. One start shows one outcome; R starts, trained as one stack of
networks, show how the outcomes are distributed, in a small part of the time of R trainings one after the other.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nncore.arguments import array, check_fields, checked, flag, kind_of, number, optional, set_fields, whole, wholes
from nncore.checks import require_array, require_kind, require_wholes
from nncore.experiments.costs import TrainingCost, cost_of
from nncore.experiments.experiment import MAX_SEED, Experiment, build_network, build_split
from nncore.experiments.stacks import WORK_BYTES, drawn_in_pieces, mean_losses_in_pieces, outputs_of, stack
from nncore.handed_out import handed_out
from nncore.many_starts.even_frames import EvenFrames
from nncore.many_starts.restarts.matching import solutions_in_pieces
from nncore.many_starts.run_blocks import RunBlocks, block_bytes
from nncore.metrics import accuracy, r_squared
from nncore.models.dense import Network
from nncore.training.trainer import Trainer

Array = np.ndarray

MAX_STARTS, MAX_EPOCHS = 256, 5000
MAX_BYTES = 64_000_000
LARGEST_WEIGHT = 1e9  # a start with larger ones is diverging and is no solution
MATCH_SAMPLES = 200  # this many activations are enough to tell neurons apart


@dataclass(frozen=True)
class Restarts(EvenFrames):
    """What is trained: `starts` starts of `experiment`, from number `first` on, for `epochs` epochs.

    Raises ValueError out of range. A recorded training with a leading run axis. Stop rules are ignored, so that all starts
    are compared after the same work.
    """

    experiment: Experiment
    starts: int = 64
    epochs: int = 200
    first: int = 0

    def __post_init__(self):
        require_kind("experiment", self.experiment, Experiment)
        check_fields(self, starts=whole(1, MAX_STARTS))
        check_fields(self, epochs=whole(1, MAX_EPOCHS))
        check_fields(self, first=whole(0, MAX_SEED))
        set_fields(self, experiment=replace(self.experiment.without_stop_rule(), start=self.first))

    @cached_property
    def n_bytes(self) -> int:
        """Memory that the training takes at its height, in bytes, near enough to decide whether it fits."""
        return self.cost.n_bytes + block_bytes(self.cost) + 8 * self.starts * 2 * self.n_frames + WORK_BYTES

    @property
    def passing_bytes(self) -> int:
        """Memory that a slice takes and gives back, in bytes."""
        return WORK_BYTES

    @cached_property
    def cost(self) -> TrainingCost:
        """What training all starts at once costs."""
        return cost_of(self.experiment, self.experiment.batch_size, self.starts)

    @property
    def updates(self) -> int:
        """How many updates each start makes."""
        return self.epochs * self.experiment.updates_per_epoch

    @property
    def seconds(self) -> float:
        """Time that the training will take, by a model, in seconds."""
        split = build_split(self.experiment)
        judged = len(split.validation if len(split.validation) else split.train)
        return self.cost.seconds(self.updates, (self.n_frames, judged))

    def check_memory(self) -> None:
        """Raises ValueError when the training does not fit into 64 MB, and says what would."""
        if self.n_bytes > MAX_BYTES:
            room = (MAX_BYTES - WORK_BYTES) * self.starts // (self.n_bytes - WORK_BYTES)
            raise ValueError(
                f"starts must fit into {MAX_BYTES / 1e6:.0f} MB: {self.starts} starts of this network take "
                f"{self.n_bytes / 1e6:.0f} MB; at most {max(room, 0)} fit, and smaller batches take less"
            )

    def record(self) -> Iterator["Outcome | None"]:
        """What has come of all starts after every frame: their losses at all frames so far, and their newest parameters.

        Raises ValueError when the training does not fit into memory.
        """
        self.check_memory()
        e, split = self.experiment, build_split(self.experiment)
        for network in drawn_in_pieces(e, self.starts):
            if network is None:
                yield None
        blocks = RunBlocks(network, self.cost, lambda block: trainer_of(block, e, self.epochs))
        judged_on = "validation" if len(split.validation) else "training"
        X, y = (split.X_validation, split.y_validation) if len(split.validation) else (split.X_train, split.y_train)
        losses, seconds = [], 0.0
        for frame, epoch in enumerate(self.frame_epochs):
            begin = time.perf_counter()
            for _ in blocks.train_to(int(epoch) * e.updates_per_epoch):
                seconds += time.perf_counter() - begin
                yield None
                begin = time.perf_counter()
            for found in mean_losses_in_pieces(network, X, y):
                seconds += time.perf_counter() - begin
                if found is None:
                    yield None
                begin = time.perf_counter()
            losses.append(found)
            yield Outcome(
                self, self.frame_epochs[: frame + 1], np.array(losses), network.parameters.copy(), blocks.diverged,
                judged_on, seconds,
            )  # fmt: skip
            if blocks.stopped:
                return


@handed_out
@dataclass(frozen=True, eq=False)
class Outcome:
    """What came of R starts: `losses` (F, R) after `epochs` (F,) epochs on the set `judged_on`, and `parameters` (R, P).

    `diverged` (R,) marks starts whose numbers overflowed. `seconds` is the time that all took together.
    """

    plan: Restarts
    epochs: Array
    losses: Array
    parameters: Array
    diverged: Array
    judged_on: str
    seconds: float

    @cached_property
    def lost(self) -> Array:
        """Which starts diverged, bool (R,): their numbers overflowed, or a weight is at 1e9 or beyond on the way to that."""
        return self.diverged | ~np.isfinite(self.losses[-1]) | (np.abs(self.parameters).max(axis=1) >= LARGEST_WEIGHT)

    @cached_property
    def final_losses(self) -> Array:
        """The last losses (R,); infinite for starts that diverged."""
        return np.where(self.lost, np.inf, self.losses[-1])

    @cached_property
    def ranking(self) -> Array:
        """The starts, int (R,), from the lowest final loss to the highest; those that diverged come last."""
        return np.argsort(self.final_losses, kind="stable")

    @property
    def n_bytes(self) -> int:
        """Memory that is held once the training itself is over, in bytes."""
        return self.losses.nbytes + self.parameters.nbytes

    @checked(starts=wholes(0, None, "S"), inputs=array("N", "D"))
    def outputs(self, starts: Array, inputs: Array) -> Array:
        """The answers (S, N, K) of these `starts` on network inputs (N, D)."""
        starts = require_wholes("starts", starts, 0, len(self.parameters) - 1)
        inputs = require_array("inputs", inputs, "N", self.plan.experiment.sizes[0])
        return outputs_of(stack(self.plan.experiment, self.parameters[starts]), inputs)

    def scores(self) -> Array:
        """Accuracy or R² (R,) of every start on the set that ranks them."""
        e, split = self.plan.experiment, build_split(self.plan.experiment)
        part = "validation" if self.judged_on == "validation" else "train"
        X, y = getattr(split, f"X_{part}"), getattr(split, f"y_{part}")
        outputs = self.outputs(np.arange(self.plan.starts), X)
        return r_squared(outputs, y) if e.is_regression else accuracy(outputs, y, e.output)

    @cached_property
    def bounded(self) -> Array:
        """The starts whose weights stayed bounded, int (S,), best first."""
        return self.ranking[~self.lost[self.ranking]]

    @checked(tolerance=number(0), matched=flag)
    def solutions(self, tolerance: float, matched: bool = True) -> tuple[Array, Array]:
        """The starts whose weights stayed bounded, best first, int (S,), and the number of each one's solution, int (S,)."""
        *_, found = self.solutions_in_pieces(tolerance, matched)
        return found

    @checked(tolerance=number(0), matched=flag)
    def solutions_in_pieces(self, tolerance: float, matched: bool) -> Iterator[int | tuple[Array, Array]]:
        """How many starts are done, now and then, and at last what `solutions` gives: for work that is done in slices."""
        e, starts = self.plan.experiment, self.bounded
        if not len(starts):
            yield starts, starts
            return
        X = build_split(e).X_train[:MATCH_SAMPLES]
        outputs = self.outputs(starts, X).reshape(len(starts), -1)
        for found in solutions_in_pieces(build_network(e), self.parameters[starts], outputs, X, tolerance, matched):
            yield found if isinstance(found, int) else (starts, found)


@checked(experiment=kind_of(Experiment), epochs=whole(0), runs=optional(whole(1)))
def build_trainer(experiment: Experiment, epochs: int, runs: int | None) -> Trainer:
    """A Trainer of `runs` starts (None: start 0 alone) at their first weights, for `epochs` epochs, without stop rule."""
    return trainer_of(build_network(experiment, runs), experiment, epochs)


@checked(experiment=kind_of(Experiment), epochs=whole(0))
def trainer_of(network: Network, experiment: Experiment, epochs: int) -> Trainer:
    """A Trainer of `network` on the experiment's data by its settings, for `epochs` epochs, without stop rule."""
    e, split = experiment, build_split(experiment)
    return Trainer(
        network, split.X_train, split.y_train, e.optimizer, e.learning_rate, e.batch_size, e.batch_seed, e.schedule,
        epoch_limit=epochs,
    )  # fmt: skip
