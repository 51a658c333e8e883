"""Distances: how far back each cell learns to remember, from several starts at every length of the sequence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from nncore.arguments import check_fields, each, number, one_of, whole
from nncore.data.sequences import MEMORY_TASKS
from nncore.experiments.architectures.sequence_run import SequenceRun, share_right
from nncore.experiments.recording import train_to
from nncore.models.recurrence.cells import CELLS
from nncore.statistics import wilson_interval

ENOUGH = 0.95  # of the held-out answers right: the start has learned the task
SECONDS_PER_STEP = 3e-4  # of one update, for one step of its sequences, the three cells on average
PIECE = 20  # updates between two looks at whether others wait


class DistanceScore(NamedTuple):
    """How many of `starts` learned the task with this cell at this length, and the 95 % interval of their share."""

    cell: str
    length: int
    starts: int
    learned: int
    low: float
    high: float


@dataclass(frozen=True)
class DistanceStudy:
    """Trainings of every cell at each of `lengths`, from `starts` starts each: a frame for each length of a cell."""

    task: str = "order"
    n_hidden: int = 16
    clip: float = 0.0
    lengths: tuple[int, ...] = (12, 20, 40)
    starts: int = 4

    def __post_init__(self):
        check_fields(self, task=one_of(MEMORY_TASKS), n_hidden=whole(1, 64), clip=number(0, 100),
                     lengths=each(whole(12, 200), 1), starts=whole(1, 20))  # fmt: skip

    @property
    def n_frames(self) -> int:
        """One before any training, and one for each cell and length."""
        return 1 + len(CELLS) * len(self.lengths)

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        return SequenceRun(self.task, "lstm", self.n_hidden, max(self.lengths)).n_bytes

    @property
    def seconds(self) -> float:
        """Time that it takes, by a model of an update's cost, in seconds."""
        updates = SequenceRun(self.task).n_updates * self.starts
        return updates * sum(self.lengths) * SECONDS_PER_STEP * len(CELLS)

    def record(self) -> Iterator[tuple[DistanceScore, ...] | None]:
        """The scores so far, after every cell at every length, the plain one first; None while it trains."""
        found: tuple[DistanceScore, ...] = ()
        yield found
        for length in self.lengths:
            for cell in CELLS:
                learned = 0
                for seed in range(self.starts):
                    run = SequenceRun(self.task, cell, self.n_hidden, length, seed, self.clip)
                    trainer, held = run.trainer(), run.split()[1]
                    while trainer.stopped is None and trainer.updates < run.n_updates:
                        yield from train_to(trainer, min(trainer.updates + PIECE, run.n_updates), PIECE)
                    learned += share_right(trainer.model.forward(run.inputs(held.tokens))[0], held.y) >= ENOUGH
                found += (DistanceScore(cell, length, self.starts, learned, *wilson_interval(learned, self.starts)),)
                yield found
