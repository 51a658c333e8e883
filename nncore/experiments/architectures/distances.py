"""Distances: how far back each cell learns to remember, from several starts at every length of the sequence.

The gradient goes back over the whole sequence, or over a stretch of it (truncated backpropagation through time).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from nncore.arguments import check_fields, each, number, one_of, whole
from nncore.data.sequences import LONGEST, MEMORY_TASKS
from nncore.experiments.architectures.sequence_run import LARGEST_RADIUS, SequenceRun, share_right
from nncore.experiments.recording import train_to
from nncore.models.recurrence.cells import CELLS
from nncore.statistics import wilson_interval

ENOUGH = 0.95  # of the held-out answers right: the start has learned the task
PIECE = 20  # updates between two looks at whether others wait


class DistanceScore(NamedTuple):
    """How many of `starts` learned the task with this cell at this length, and the 95 % interval of their share.

    `cell` is the contender's name: one of CELLS, or of another architecture in a study that has one.
    """

    cell: str
    length: int
    starts: int
    learned: int
    low: float
    high: float


@dataclass(frozen=True)
class DistanceStudy:
    """Trainings of every cell at each of `lengths`, from `starts` starts each: a frame for each length of a cell.

    `clip`, `stretch` and `radius` are those of `SequenceRun`.
    """

    task: str = "order"
    n_hidden: int = 16
    clip: float = 0.0
    lengths: tuple[int, ...] = (12, 20, 40)
    starts: int = 4
    stretch: int = 0
    radius: float = 0.0

    def __post_init__(self):
        check_fields(self, task=one_of(MEMORY_TASKS), n_hidden=whole(1, 64), clip=number(0, 100),
                     lengths=each(whole(12, 200), 1), starts=whole(1, 20), stretch=whole(0, LONGEST),
                     radius=number(0, LARGEST_RADIUS))  # fmt: skip

    @property
    def contenders(self) -> tuple[str, ...]:
        """Who is trained: the names of the cells, the plain one first."""
        return tuple(CELLS)

    @property
    def n_frames(self) -> int:
        """One before any training, and one for each contender and length."""
        return 1 + len(self.contenders) * len(self.lengths)

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        return SequenceRun(self.task, "lstm", self.n_hidden, max(self.lengths)).n_bytes

    @property
    def seconds(self) -> float:
        """Time that it takes, by a model of an update's cost, in seconds."""
        updates = SequenceRun(self.task).n_updates * self.starts
        steps = sum(SequenceRun(self.task, cell, self.n_hidden).step_seconds for cell in CELLS)
        return updates * sum(self.lengths) * steps

    def record(self) -> Iterator[tuple[DistanceScore, ...] | None]:
        """The scores so far, after every contender at every length, the plain cell first; None while it trains."""
        found: tuple[DistanceScore, ...] = ()
        yield found
        for length in self.lengths:
            for contender in self.contenders:
                learned = 0
                for seed in range(self.starts):
                    for share in self.trained(contender, length, seed):
                        if share is None:
                            yield None
                        else:
                            learned += share >= ENOUGH
                found += (DistanceScore(contender, length, self.starts, learned, *wilson_interval(learned, self.starts)),)
                yield found

    def trained(self, contender: str, length: int, seed: int) -> Iterator[float | None]:
        """Trains one start, None after each piece; last the share of held-out answers that it gets right."""
        run = SequenceRun(self.task, contender, self.n_hidden, length, seed, self.clip, self.stretch,
                          self.radius)  # fmt: skip
        trainer, held = run.trainer(), run.split()[1]
        yield from train_to(trainer, run.n_updates, PIECE)
        yield share_right(trainer.model.forward(run.inputs(held.tokens))[0], held.y)
