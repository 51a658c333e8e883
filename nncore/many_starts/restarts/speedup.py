"""Speed-up from training many starts at once, measured.

Wall-clock time includes what else the machine did meanwhile. So processor time of this thread is measured instead, together
and alone in turns, and the shortest of several rounds counts: a busy machine can only make it longer.
"""

import time
from dataclasses import dataclass

from nncore.arguments import checked, kind_of, number, whole
from nncore.handed_out import handed_out
from nncore.many_starts.restarts.restarts import MAX_EPOCHS, Restarts, build_trainer
from nncore.training.trainer import Trainer

ROUNDS = 5
TOGETHER_SECONDS, ALONE_SECONDS = 0.03, 0.015  # of each round, at least one epoch


@handed_out
@dataclass(frozen=True)
class Speedup:
    """Processor time of one epoch in seconds: of all `starts` `together`, and of one start `alone`."""

    starts: int
    together: float
    alone: float

    @property
    def factor(self) -> float:
        """How many times longer the starts would take one after the other; nan where the time was too short to measure."""
        return self.alone * self.starts / self.together if self.together > 0 else float("nan")


@checked(plan=kind_of(Restarts), rounds=whole(1, 1000))
def measure_speedup(plan: Restarts, rounds: int = ROUNDS) -> Speedup:
    """The speed-up of a plan's training, without the recording of losses."""
    together, alone = (build_trainer(plan.experiment, MAX_EPOCHS, runs) for runs in (plan.starts, None))
    times = [(epoch_seconds(together, TOGETHER_SECONDS), epoch_seconds(alone, ALONE_SECONDS)) for _ in range(rounds)]
    return Speedup(plan.starts, *(min(column, default=float("nan")) for column in zip(*times, strict=True)))


@checked(trainer=kind_of(Trainer), seconds=number(0))
def epoch_seconds(trainer: Trainer, seconds: float) -> float:
    """Processor time of one epoch, in seconds, from training on for about `seconds`; infinite if training has stopped."""
    begin, first = time.thread_time(), trainer.epoch
    while trainer.stopped is None:
        trainer.run_epoch()
        if time.thread_time() - begin > seconds:
            break
    trained = trainer.epoch - first
    return (time.thread_time() - begin) / trained if trained else float("inf")
