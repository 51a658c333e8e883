"""Batch comparison: the same network from the same first weights, trained with several batch sizes, at equal cost.

Cost can mean samples seen, updates made or seconds waited. Each size is trained for the
same number of epochs, and those whose epochs are cheap for longer, until all have cost about the same time.
"""

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from nncore.arguments import check_fields, checked, each, kind_of, number, optional, set_fields, whole
from nncore.checks import require_whole
from nncore.data.batching import updates_per_epoch
from nncore.experiments.costs import cost_of
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.recording.frames import OUTPUTS_AT_ONCE, update_seconds
from nncore.experiments.recording.recording import train_to, updates_per_slice
from nncore.handed_out import handed_out
from nncore.training.trainer import Trainer

Array = np.ndarray

MAX_EPOCHS, MAX_CHEAP_EPOCHS = 500, 20_000
SIZES, FEWEST_SIZES, MOST_SIZES = (1, 4, 16, 64, None), 2, 6
MAX_BYTES = 64_000_000
FRAMES = 60
LOSS_SAMPLES = 1000  # of the training set, on which the loss is measured
MOST_AT_ONCE = 200  # updates of one lane in a row, before the next lane goes on
COSTS = ("epochs", "updates", "samples", "seconds")


def _any_size(name: str, value: object, sizes: object) -> int | None:
    return None if value is None else require_whole("sizes", value, 1)


@dataclass(frozen=True)
class BatchRace:
    """What is trained: one lane for each of `sizes` (None: all samples), for at least `epochs` epochs. A recorded training.

    The learning rate of a lane is the experiment's times (B / reference) ** `power`. A size that is no smaller than the
    training set is the full batch. Raises ValueError out of range.
    """

    experiment: Experiment
    epochs: int = 30
    power: float = 0.0
    sizes: tuple[int | None, ...] = SIZES

    def __post_init__(self):
        check_fields(self, epochs=whole(1, MAX_EPOCHS))
        check_fields(self, experiment=kind_of(Experiment), power=number(), sizes=each(_any_size))
        if not 0.0 <= self.power <= 1.0:
            raise ValueError(f"power must be from 0 to 1, got {self.power}")
        if not FEWEST_SIZES <= len(set(self.sizes)) == len(self.sizes) <= MOST_SIZES:
            raise ValueError(f"sizes must be {FEWEST_SIZES} to {MOST_SIZES} different batch sizes, got {self.sizes}")
        # Stop rules of the Train page and the order of the sizes make no difference here, so they make no other key.
        plain = self.experiment.without_stop_rule()
        known = batch_sizes(len(build_split(plain).train), self.sizes)
        set_fields(self, experiment=plain, sizes=known)

    @property
    def n_train(self) -> int:
        """Number of training samples."""
        return len(build_split(self.experiment).train)

    @property
    def reference(self) -> int:
        """The batch size at which the learning rate is the experiment's own."""
        return min(self.experiment.batch_size or self.n_train, self.n_train)

    @checked(size=optional(whole(1, 10**9)))
    def learning_rate(self, size: int | None) -> float:
        """The learning rate of the lane of this batch size."""
        return self.experiment.learning_rate * ((size or self.n_train) / self.reference) ** self.power

    @checked(size=optional(whole(1, 10**9)))
    def epoch_seconds(self, size: int | None) -> float:
        """Time of one epoch by the model of an update's cost, in seconds."""
        e = self.experiment
        batch = size or self.n_train
        return updates_per_epoch(self.n_train, size) * update_seconds(batch, sum(e.sizes[1:]), e.n_parameters)

    @checked(size=optional(whole(1, 10**9)))
    def lane_epochs(self, size: int | None) -> int:
        """How many epochs the lane is trained: as long as the dearest lane's, by the model."""
        dearest = max(self.epoch_seconds(other) for other in self.sizes)
        return min(MAX_CHEAP_EPOCHS, int(self.epochs * dearest / self.epoch_seconds(size) + 1e-9))

    @property
    def seconds(self) -> float:
        """Time of the whole race on an idle machine, by the model of costs, in seconds."""
        total, measured = 0.0, min(self.n_train, LOSS_SAMPLES) + len(build_split(self.experiment).validation)
        for size in self.sizes:
            cost = cost_of(self.experiment, size)
            updates = self.lane_epochs(size) * updates_per_epoch(self.n_train, size)
            total += cost.seconds(updates, (self.n_frames, measured))
        return total

    @property
    def n_bytes(self) -> int:
        """Memory that the race takes at its height, in bytes: frames, their copy to be shown, and a trainer per lane."""
        e = self.experiment
        frames = 2 * 4 * self.n_frames * e.n_parameters * len(self.sizes)
        loss = 4 * 8 * min(self.n_train, LOSS_SAMPLES) * sum(e.sizes[1:])
        return frames + loss + sum(cost_of(e, size).n_bytes for size in self.sizes)

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording, one whenever another sixtieth of the work is done."""
        return FRAMES + 1

    def check_memory(self) -> None:
        """Raises ValueError when the race does not fit into 64 MB."""
        if self.n_bytes > MAX_BYTES:
            raise ValueError(
                f"the race must fit into {MAX_BYTES / 1e6:.0f} MB: this network's takes {self.n_bytes / 1e6:.0f} MB; fewer "
                "neurons or fewer samples take less"
            )

    def record(self) -> Iterator["list[Lane] | None"]:
        """The lanes so far, after every frame.

        They are trained in turns, so that what else the machine does slows all alike. Raises ValueError when the race does
        not fit into memory.
        """
        self.check_memory()
        courses = []
        for size in self.sizes:
            courses.append(_Course(self, size))
            yield None
            yield from courses[-1].begin()
        for frame in range(self.n_frames):
            while np.mean([course.share for course in courses]) < frame / FRAMES:
                yield from min(courses, key=lambda course: course.share).step()  # the one that is furthest behind
            yield [course.lane() for course in courses]
            if all(course.finished for course in courses):
                return


@checked(n_train=whole(1), sizes=optional(each(optional(whole(1)))))
def batch_sizes(n_train: int, sizes: Sequence[int | None] | None = None) -> tuple[int | None, ...]:
    """Different batch `sizes` (default: all powers of two, and None: all samples), smallest first.

    A size that is no smaller than `n_train`, the number of training samples, is the full batch.
    """
    wanted = [*(2**power for power in range(n_train.bit_length())), None] if sizes is None else sizes
    smaller = sorted({size for size in wanted if size is not None and size < n_train})
    return (*smaller, *([None] if any(size is None or size >= n_train for size in wanted) else []))


@handed_out
@dataclass(frozen=True, eq=False)
class Lane:
    """One batch size's course: what each frame had cost, (F,) each, its training loss (F,) and its parameters (F, P).

    `seconds` of processor time were measured while it trained; `validation` is the last validation loss, nan without such
    a set. Of a lane that `diverged` both end in nan.
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
        self.rate = race.learning_rate(size)
        self.at_once = min(MOST_AT_ONCE, updates_per_slice(cost_of(e, size).update_seconds))
        self.network = build_network(e)
        self.updates, self.seconds, self.losses, self.parameters = [], [], [], []

    def begin(self) -> Iterator[None]:
        """The trainer at its first parameters, and their frame; yields after every piece of work."""
        e, epochs = self.race.experiment, self.race.lane_epochs(self.size)
        self.trainer = Trainer(
            self.network, self.split.X_train, self.split.y_train, e.optimizer, self.rate, self.size, e.batch_seed,
            e.schedule, epochs,
        )  # fmt: skip
        total = epochs * self.trainer.updates_per_epoch
        self.at = np.unique(np.append(0, np.geomspace(1, total, FRAMES).round().astype(int)))
        yield
        yield from self._record()

    @property
    def finished(self) -> bool:
        return self.trainer.stopped is not None or len(self.updates) == len(self.at)

    @property
    def share(self) -> float:
        return 1.0 if self.finished else self.trainer.updates / self.at[-1]

    def step(self) -> Iterator[None]:
        """Some updates, at most up to the next frame, which is then recorded; yields after every piece of work."""
        # Of this thread alone: by the clock, what else the machine does would count as a cost of the batch size.
        begin, due = time.thread_time(), int(self.at[len(self.updates)])
        for _ in train_to(self.trainer, min(self.trainer.updates + self.at_once, due), self.at_once):
            self.spent += time.thread_time() - begin
            yield
            begin = time.thread_time()
        if self.trainer.updates >= due:
            yield from self._record()

    def _record(self) -> Iterator[None]:
        X, y = self.split.X_train[:LOSS_SAMPLES], self.split.y_train[:LOSS_SAMPLES]
        self.updates.append(self.trainer.updates)
        self.seconds.append(self.spent)
        # On the way to divergence numbers grow larger than the short ones of a frame can hold.
        self.parameters.append(np.clip(self.network.parameters, -1e30, 1e30).astype(np.float32))
        loss = yield from self._loss(X, y)
        self.losses.append(loss if np.isfinite(loss) else float("nan"))
        self.validation = yield from self._loss(self.split.X_validation, self.split.y_validation)

    def _loss(self, X: Array, y: Array) -> Generator[None, None, float]:
        """The loss on X (N, D), y (N,), a part of the samples at a time.

        It is nan of no samples, and of a network that diverged: what is kept of that is an older state.
        """
        at_once = max(1, OUTPUTS_AT_ONCE // sum(self.network.sizes[1:]))
        loss = 0.0 if len(y) and not self.trainer.diverged else float("nan")
        for begin in range(0, len(y), at_once):
            part = slice(begin, begin + at_once)
            with np.errstate(over="ignore", invalid="ignore"):
                loss += self.network.data_loss(X[part], y[part]) * (len(y[part]) / len(y))
            yield
        return loss

    def lane(self) -> Lane:
        per_epoch, n_train = self.trainer.updates_per_epoch, len(self.split.X_train)
        updates = np.array(self.updates)
        size = self.size or n_train
        samples = updates // per_epoch * n_train + np.minimum(updates % per_epoch * size, n_train)
        return Lane(
            self.size, self.rate, updates, samples / n_train, samples, np.array(self.seconds), np.array(self.losses),
            np.array(self.parameters), self.validation, bool(self.trainer.diverged),
        )  # fmt: skip
