"""Leak studies: a leak measured, by the same experiment many times over with other random numbers.

One repetition may come out high or low by chance. The mean of many has an interval, and two that are far apart beside theirs
differ because of what was done, not because of luck.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncore.arguments import check_fields, one_of, whole
from nncore.evaluation.intervals import Interval, interval_of
from nncore.evaluation.leaks import LEAKS, Leak, Trial
from nncore.evaluation.together import Recipe, Together, answers
from nncore.handed_out import handed_out
from nncore.metrics import predicted_labels
from nncore.models.dense import Network

Array = np.ndarray

MAX_REPEATS = 100


@dataclass(frozen=True)
class LeakStudy:
    """What is measured: the `leak` of the table, `repeats` times. A recorded training, a frame for each repetition.

    Raises ValueError out of range.
    """

    leak: str = "selection"
    repeats: int = 20
    seed: int = 0

    def __post_init__(self):
        check_fields(self, leak=one_of(LEAKS), repeats=whole(2, MAX_REPEATS), seed=whole(0, 2**31))

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return self.repeats

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        return 8_000_000  # of the dearest, whose noise has the most columns

    def record(self) -> Iterator["LeakOutcome | None"]:
        """The scores so far, after every repetition."""
        leak, rows = LEAKS[self.leak], []
        for repeat in range(self.repeats):
            rng = np.random.default_rng([self.seed, repeat])
            leaky, honest = leak.draw(rng)
            found = None
            yield None
            for found in _scores(leak, [*leaky, *honest], int(rng.integers(2**31))):
                if found is None:
                    yield None
            rows.append([*found[: len(leaky)].mean(axis=0), *found[len(leaky) :].mean(axis=0)])
            yield LeakOutcome(self, np.array(rows))


@handed_out
@dataclass(frozen=True, eq=False)
class LeakOutcome:
    """Accuracies (S, 4) of S repetitions: what the leaky score says, what it is worth on fresh rows, and
    both of the honest one.
    """

    study: LeakStudy
    scores: Array

    @property
    def n_bytes(self) -> int:
        """Memory that is held, in bytes."""
        return self.scores.nbytes

    @cached_property
    def leaky_says(self) -> Interval:
        """The accuracy that is reported where all rows were used."""
        return interval_of(self.scores[:, 0])

    @cached_property
    def leaky_worth(self) -> Interval:
        """The accuracy of those networks on fresh rows."""
        return interval_of(self.scores[:, 1])

    @cached_property
    def honest_says(self) -> Interval:
        """The accuracy that is reported where only training rows were used."""
        return interval_of(self.scores[:, 2])

    @cached_property
    def honest_worth(self) -> Interval:
        """The accuracy of those networks on fresh rows."""
        return interval_of(self.scores[:, 3])

    @cached_property
    def gained(self) -> Interval:
        """By how much the leaky score is above what it is worth."""
        return interval_of(self.scores[:, 0] - self.scores[:, 1])


def _scores(leak: Leak, trials: list[Trial], seed: int) -> Iterator[Array | None]:
    """None while the networks train, and then the accuracies (T, 2) on the test and on the fresh rows of each trial.

    Trials of the same shape are trained as one stack.
    """
    shapes = [trial.X.shape for trial in trials]
    scores = np.empty((len(trials), 2))
    for shape in dict.fromkeys(shapes):
        mine = [number for number, other in enumerate(shapes) if other == shape]
        network = Network((shape[1], *leak.hidden, 1), "relu", initializer="he_normal", seed=seed, runs=len(mine))
        X, y = (np.stack([trials[number][part] for number in mine]) for part in (0, 1))
        yield from Together(network, X, y, Recipe(leak.epochs), leak.learning_rate).train()
        for column, part in ((0, 2), (1, 4)):
            outputs = [
                answers(network.of_runs(slice(run, run + 1)), trials[number][part][None])[0]
                for run, number in enumerate(mine)
            ]
            scores[mine, column] = [
                (predicted_labels(output, "sigmoid") == trials[number][part + 1]).mean()
                for output, number in zip(outputs, mine, strict=True)
            ]
    yield scores
