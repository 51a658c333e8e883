"""Pace: what it gains to train many starts at the same time, measured.

A clock on the wall also counts the time in which the machine did something else. Measured here is the time for which this
thread had the processor, both sides in turns, and of each the shortest of several rounds: a busy machine only adds.
"""

import time
from dataclasses import dataclass

from nncore.many_starts.restarts import MAX_EPOCHS, Restarts, build_trainer
from nncore.training.trainer import Trainer

ROUNDS = 5
TOGETHER_SECONDS, ALONE_SECONDS = 0.03, 0.015  # of each round, at least one epoch


@dataclass(frozen=True)
class Pace:
    """Processor time of one epoch in seconds: of all `starts` `together`, and of one start `alone`."""

    starts: int
    together: float
    alone: float

    @property
    def gain(self) -> float:
        """How many times as long the starts would take one after the other; nan when nothing could be measured."""
        return self.alone * self.starts / self.together if self.together > 0 else float("nan")


def measure_pace(plan: Restarts, rounds: int = ROUNDS) -> Pace:
    """The pace of a plan's training, without the recording of losses."""
    together, alone = (build_trainer(plan.experiment, MAX_EPOCHS, runs) for runs in (plan.starts, None))
    times = [(epoch_seconds(together, TOGETHER_SECONDS), epoch_seconds(alone, ALONE_SECONDS)) for _ in range(rounds)]
    return Pace(plan.starts, *(min(column, default=float("nan")) for column in zip(*times, strict=True)))


def epoch_seconds(trainer: Trainer, seconds: float) -> float:
    """Processor time of one epoch, in seconds, from training on for about `seconds`; infinite if it can train no more."""
    begin, first = time.thread_time(), trainer.epoch
    while trainer.stopped is None:
        trainer.run_epoch()
        if time.thread_time() - begin > seconds:
            break
    trained = trainer.epoch - first
    return (time.thread_time() - begin) / trained if trained else float("inf")
