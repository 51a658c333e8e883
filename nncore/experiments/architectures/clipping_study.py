"""Clipping, with and without: one network trained twice by plain descent, and how long its gradient was at every update.

A plain step is the gradient times the rate, so one exploding gradient throws the weights far away. Adam divides by the
gradient's size and shows less of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from nncore.arguments import check_fields, kind_of, positive
from nncore.experiments.architectures.sequence_run import (
    SCORED,
    SEQUENCE_BATCH,
    SequenceRun,
    loss_at_answers,
    share_right,
)
from nncore.experiments.recording.recording import train_to
from nncore.statistics import wilson_interval
from nncore.training.clipping import MeasuredDescent
from nncore.training.trainer import Trainer

Array = np.ndarray

DESCENT_RATE = 0.1
PIECE, EVERY = 10, 5  # updates between two looks at whether others wait, and between two losses
LOSSES_TOO = 1.35  # times an update's time, as losses are taken on the way


class Course(NamedTuple):
    """One training: the `limit` of its gradient (0: none), the gradient's `norms` (U,) before any clipping, the training
    `losses` at the update numbers `at`, the longest step, and the share of the `n` held-out answers that it gets right in
    the end, with its 95 % interval."""

    limit: float
    norms: Array
    at: Array
    losses: Array
    longest_step: float
    n: int
    right: float
    interval: tuple[float, float]


@dataclass(frozen=True)
class ClippingStudy:
    """The network of `run` trained by plain descent, first with its gradient as it is, then clipped to `limit`.

    A recorded training of a frame for each Course, and one before. The run's own clipping does not count.
    """

    run: SequenceRun
    limit: float = 1.0

    def __post_init__(self):
        check_fields(self, run=kind_of(SequenceRun), limit=positive())

    @property
    def n_frames(self) -> int:
        """One for each of the two trainings, and one before."""
        return 3

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        return self.run.n_bytes

    @property
    def seconds(self) -> float:
        """Time that it takes, by a model of an update's cost, in seconds."""
        return 2 * self.run.n_updates * self.run.length * self.run.step_seconds * LOSSES_TOO

    def record(self) -> Iterator[tuple[Course, ...] | None]:
        """The courses so far; None after every few updates."""
        found: tuple[Course, ...] = ()
        yield found
        for limit in (0.0, self.limit):
            for course in self._trained(limit):
                if course is not None:
                    found += (course,)
                    yield found
                else:
                    yield None

    def _trained(self, limit: float) -> Iterator[Course | None]:
        run = replace(self.run, clip=0.0)
        train, held = run.split()
        trainer = Trainer(run.model(), run.inputs(train.tokens), train.y, MeasuredDescent(limit=limit),
                          DESCENT_RATE, SEQUENCE_BATCH, run.seed)  # fmt: skip
        some, at, losses = run.inputs(train.tokens[:SCORED]), [], []
        for updates in range(0, run.n_updates + 1, EVERY):
            yield from train_to(trainer, updates, PIECE)
            at.append(trainer.updates)
            losses.append(loss_at_answers(trainer.model.forward(some)[0], train.y[:SCORED]))
            yield None
            if trainer.stopped is not None:
                break
        norms, n = np.array(trainer.optimizer.norms), int((held.y >= 0).sum())
        right = share_right(trainer.model.forward(run.inputs(held.tokens))[0], held.y)
        steps = DESCENT_RATE * (np.minimum(norms, limit) if limit else norms)
        yield Course(limit, norms, np.array(at), np.array(losses), float(steps.max()), n, right,
                     wilson_interval(round(right * n), n))  # fmt: skip
