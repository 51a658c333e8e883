"""Trainings of the transformer block: settings that a person picks, and the recording that follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from nncore.chances import wilson_interval
from nncore.checks import require_one_of, require_whole
from nncore.recordings import Recording, record_updates
from nncore.sequence_tasks import TASKS, make_sequences
from nncore.training import Trainer
from nncore.transformer import Transformer
from nncore.translation import Pairs, cross_entropy

Array = np.ndarray

LENGTH, N_TRAINING, N_HELD_OUT, BATCH = 8, 8000, 500, 64
D_MODEL, HEADS = 36, (1, 2, 3, 4)  # each of which divides it
N_BY_LENGTH = 1000  # fresh sequences of each other length
SCORED = 200  # of the training sequences, for the loss and the share right of a frame; all held-out ones count

# Updates in all and between frames: copying is learned at once, the match slowly.
UPDATES = {"copy": (120, 4), "reverse": (300, 6), "sort": (500, 10), "match": (1000, 20)}
RATE = 0.006  # of Adam at first; it falls along a cosine


@dataclass(frozen=True)
class TransformerRun:
    """One training of the transformer block: task, heads and first weights."""

    task: str = "reverse"
    heads: int = 2
    seed: int = 0

    def __post_init__(self):
        require_one_of("task", self.task, TASKS)
        if self.heads not in HEADS:
            raise ValueError(f"heads must be 1, 2, 3 or 4, got {self.heads}")
        require_whole("seed", self.seed, 0, 9)

    @property
    def n_updates(self) -> int:
        """Updates of the whole training."""
        return UPDATES[self.task][0]

    @property
    def n_bytes(self) -> int:
        """Memory of the recording."""
        n_updates, every = UPDATES[self.task]
        return (n_updates // every + 1) * self.model().parameters.size * 4

    def model(self, parameters: Array | None = None) -> Transformer:
        """The block as it starts, or with recorded `parameters`."""
        task = TASKS[self.task]
        model = Transformer(len(task.tokens), len(task.answers), D_MODEL, self.heads, task.causal, self.seed)
        if parameters is not None:
            model.parameters = parameters
        return model

    def sequences(self) -> tuple[Pairs, Pairs]:
        """Training sequences and held-out ones, none of which is among them."""
        return _split(self.task)

    def record(self) -> Iterator[Recording]:
        """The recording as it grows; scores are training loss, and the share of places right (training, held out)."""
        model, (train, held) = self.model(), self.sequences()
        epochs = 1 + self.n_updates * BATCH // N_TRAINING  # the limit lies after the last update
        trainer = Trainer(model, train.X, train.y, "adam", RATE, BATCH, self.seed, "cosine", epoch_limit=epochs)
        some = Pairs(train.X[:SCORED], train.y[:SCORED])

        def score() -> tuple[float, ...]:
            log_shares = model.run(some.X).log_shares
            right = float((log_shares.argmax(axis=-1) == some.y).mean())
            return cross_entropy(log_shares, some.y)[0], right, model.accuracy(held.X, held.y)

        return record_updates(trainer, *UPDATES[self.task], score)


@lru_cache(maxsize=len(TASKS))
def _split(task: str) -> tuple[Pairs, Pairs]:
    X, y = make_sequences(task, N_TRAINING + N_HELD_OUT, LENGTH)
    X.flags.writeable = y.flags.writeable = False  # all who ask share them
    return Pairs(X[:N_TRAINING], y[:N_TRAINING]), Pairs(X[N_TRAINING:], y[N_TRAINING:])


class LengthScore(NamedTuple):
    """How well sequences of one length are answered; `low` and `high` hold the true share of places with 95 %."""

    length: int
    n_sequences: int
    places: float  # share of places right
    low: float
    high: float
    whole: float  # share of sequences right at every place
    blind: float  # share of places right without looking: at each place its most frequent answer


def scores_by_length(run: TransformerRun, parameters: Array, lengths: tuple[int, ...]) -> list[LengthScore]:
    """Scores on sequences of each length that were not trained on: held-out ones at the training length, else fresh ones.

    The interval counts sequences, not places, because places of one sequence succeed and fail together: Wilson's for a
    share of whole successes, which is at least as wide as that of any score from 0 to 1 with the same mean.
    """
    model, scores = run.model(parameters), []
    for length in lengths:
        X, y = run.sequences()[1] if length == LENGTH else make_sequences(run.task, N_BY_LENGTH, length, seed=length)
        right = model.predict(X) == y
        places, whole = float(right.mean()), float(right.all(axis=1).mean())
        low, high = wilson_interval(round(places * len(X)), len(X))
        scores.append(LengthScore(length, len(X), places, low, high, whole, blind_share(y)))
    return scores


def blind_share(y: Array) -> float:
    """The share of answers y (N, T) that are right when each place always says its most frequent one."""
    return float(np.mean([np.bincount(column).max() for column in y.T]) / len(y))
