"""Batch race: the same network from the same first weights, by several batch sizes, at equal cost.

What is equal depends on what one pays for: samples looked at, updates made, or seconds waited. Each size is trained for the
same number of epochs, and those whose epochs are cheap for longer, until all have cost about the same time.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from nncore.batching import updates_per_epoch
from nncore.checks import require_whole
from nncore.experiment import Experiment, build_network, build_split
from nncore.history import update_seconds
from nncore.training import Trainer

Array = np.ndarray

MAX_EPOCHS, MAX_CHEAP_EPOCHS = 500, 20_000
MAX_BYTES = 64_000_000
FRAMES = 60
LOSS_SAMPLES = 1000  # of the training set, on which the loss is measured
SLICE_UPDATES = 200
COSTS = ("epochs", "updates", "samples", "seconds")


@dataclass(frozen=True)
class BatchRace:
    """What is trained: one lane for each of `sizes` (None: all samples), for at least `epochs` epochs.

    The learning rate of a lane is the experiment's times (B / reference) ** `power`. Sizes that are no smaller than the
    training set are left out. Raises ValueError out of range.
    """

    experiment: Experiment
    epochs: int = 30
    power: float = 0.0
    sizes: tuple[int | None, ...] = (1, 4, 16, 64, None)

    def __post_init__(self):
        require_whole("epochs", self.epochs, 1, MAX_EPOCHS)
        if not 0.0 <= self.power <= 1.0:
            raise ValueError(f"power must be from 0 to 1, got {self.power}")
        plain = replace(self.experiment, stop_rule="none", epoch_limit=None)
        n_train = len(build_split(plain).train)
        object.__setattr__(self, "experiment", plain)
        object.__setattr__(self, "sizes", tuple(size for size in self.sizes if size is None or size < n_train))

    @property
    def n_train(self) -> int:
        """Number of training samples."""
        return len(build_split(self.experiment).train)

    @property
    def reference(self) -> int:
        """The batch size at which the learning rate is the experiment's own."""
        return min(self.experiment.batch_size or self.n_train, self.n_train)

    def learning_rate(self, size: int | None) -> float:
        """The learning rate of the lane of this batch size."""
        return self.experiment.learning_rate * ((size or self.n_train) / self.reference) ** self.power

    def epoch_seconds(self, size: int | None) -> float:
        """Time of one epoch by the model of an update's cost, in seconds."""
        e = self.experiment
        batch = size or self.n_train
        return updates_per_epoch(self.n_train, size) * update_seconds(batch, sum(e.sizes[1:]), e.n_parameters)

    def lane_epochs(self, size: int | None) -> int:
        """How many epochs the lane is trained: as long as the dearest lane's, by the model."""
        dearest = max(self.epoch_seconds(other) for other in self.sizes)
        return min(MAX_CHEAP_EPOCHS, int(self.epochs * dearest / self.epoch_seconds(size) + 1e-9))

    @property
    def seconds(self) -> float:
        """Time that all lanes will take together, by the model, in seconds."""
        return sum(self.lane_epochs(size) * self.epoch_seconds(size) for size in self.sizes)

    @property
    def n_bytes(self) -> int:
        """Memory that the race takes, in bytes."""
        n_samples = min(self.n_train, LOSS_SAMPLES)
        lanes = 4 * (FRAMES + 1) * self.experiment.n_parameters + 8 * 10 * self.experiment.n_parameters
        return len(self.sizes) * (lanes + 8 * 4 * self.n_train * sum(self.experiment.sizes)) + 32 * n_samples

    def check_memory(self) -> None:
        """Raises ValueError when the race does not fit into 64 MB."""
        if self.n_bytes > MAX_BYTES:
            raise ValueError(
                f"the race must fit into {MAX_BYTES / 1e6:.0f} MB: this network's takes {self.n_bytes / 1e6:.0f} MB; fewer "
                "neurons or fewer samples take less"
            )


@dataclass(frozen=True, eq=False)
class Lane:
    """One batch size's course: what each frame had cost, (F,) each, its training loss (F,) and its parameters (F, P).

    `seconds` were measured while it trained; `validation` is the last validation loss, nan without such a set.
    """

    size: int | None
    learning_rate: float
    updates: Array
    epochs: Array
    samples: Array
    seconds: Array
    losses: Array
    parameters: Array
    validation: float
    diverged: bool


class _Course:
    """A lane while it is trained."""

    def __init__(self, race: BatchRace, size: int | None):
        e, split = race.experiment, build_split(race.experiment)
        self.race, self.size, self.split, self.spent = race, size, split, 0.0
        self.rate, epochs = race.learning_rate(size), race.lane_epochs(size)
        self.network = build_network(e)
        self.trainer = Trainer(
            self.network, split.X_train, split.y_train, e.optimizer, self.rate, size, e.batch_seed, e.schedule, epochs
        )
        total = epochs * self.trainer.updates_per_epoch
        self.at = np.unique(np.append(0, np.geomspace(1, total, FRAMES).round().astype(int)))
        self.updates, self.seconds, self.losses, self.parameters = [], [], [], []
        self._record()

    @property
    def finished(self) -> bool:
        return self.trainer.stopped is not None or len(self.updates) == len(self.at)

    @property
    def share(self) -> float:
        return 1.0 if self.finished else self.trainer.updates / self.at[-1]

    def step(self) -> None:
        """Some updates, at most up to the next frame, which is then recorded."""
        begin = time.perf_counter()
        self.trainer.run_updates(min(SLICE_UPDATES, int(self.at[len(self.updates)]) - self.trainer.updates))
        self.spent += time.perf_counter() - begin
        if self.trainer.updates >= self.at[len(self.updates)]:
            self._record()

    def _record(self) -> None:
        X, y = self.split.X_train[:LOSS_SAMPLES], self.split.y_train[:LOSS_SAMPLES]
        self.updates.append(self.trainer.updates)
        self.seconds.append(self.spent)
        with np.errstate(over="ignore", invalid="ignore"):
            self.losses.append(self.network.data_loss(X, y))
            # On the way to divergence numbers grow larger than the short ones of a frame can hold.
            self.parameters.append(np.clip(self.network.parameters, -1e30, 1e30).astype(np.float32))

    def lane(self) -> Lane:
        per_epoch, n_train = self.trainer.updates_per_epoch, len(self.split.X_train)
        updates = np.array(self.updates)
        size = self.size or n_train
        samples = updates // per_epoch * n_train + np.minimum(updates % per_epoch * size, n_train)
        validation = float("nan")
        if len(self.split.X_validation):
            with np.errstate(over="ignore", invalid="ignore"):
                validation = float(self.network.data_loss(self.split.X_validation, self.split.y_validation))
        return Lane(
            self.size, self.rate, updates, samples / n_train, samples, np.array(self.seconds), np.array(self.losses),
            np.array(self.parameters), validation, bool(self.trainer.diverged),
        )  # fmt: skip


class BatchTraining:
    """The training of all lanes of a `race`, in turns, so that what else the machine does slows all alike."""

    def __init__(self, race: BatchRace):
        race.check_memory()
        self.race, self._courses = race, [_Course(race, size) for size in race.sizes]

    @property
    def finished(self) -> bool:
        """Whether all lanes are at their end."""
        return all(course.finished for course in self._courses)

    @property
    def share(self) -> float:
        """How much of the work is done, 0 to 1."""
        return float(np.mean([course.share for course in self._courses]))

    def advance(self, seconds: float) -> None:
        """Trains on for about `seconds`, the lane that is furthest behind first."""
        begin = time.perf_counter()
        while not self.finished and time.perf_counter() - begin < seconds:
            min(self._courses, key=lambda course: course.share).step()

    def outcome(self) -> list[Lane]:
        """The lanes so far, as copies that stay as they are."""
        return [course.lane() for course in self._courses]


@dataclass(frozen=True, eq=False)
class Verdict:
    """The losses (S,) of S lanes when each had cost `budget`, the most that all of them reached."""

    cost: str
    budget: float
    losses: Array

    @property
    def best(self) -> int:
        """The lane with the lowest loss."""
        return int(np.argmin(self.losses))

    @cached_property
    def level(self) -> Array:
        """Which lanes are as good as the best, to within 5 % of its loss, bool (S,)."""
        return self.losses <= 1.05 * self.losses[self.best]


def verdict(lanes: Sequence[Lane], cost: str) -> Verdict:
    """The lanes at equal `cost`, one of `COSTS`, on straight lines between their frames."""
    if cost not in COSTS:
        raise ValueError(f"cost must be one of {', '.join(COSTS)}, got {cost!r}")
    budget = min(float(getattr(lane, cost)[-1]) for lane in lanes)
    return Verdict(cost, budget, np.array([np.interp(budget, getattr(lane, cost), lane.losses) for lane in lanes]))
