"""Trainings of the transformer block: settings that a person picks, and the recording that follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, check_fields, checked, each, kind_of, one_of, whole, wholes
from nncore.attention.sequence_tasks import TASKS, make_sequences
from nncore.attention.transformer import Transformer
from nncore.attention.translation import Pairs, cross_entropy
from nncore.cache import cached
from nncore.checks import shown
from nncore.experiments.recording.recording import Recording, record_updates
from nncore.handed_out import handed_out
from nncore.statistics import wilson_interval
from nncore.training.trainer import Trainer

Array = np.ndarray

LENGTH, N_TRAINING, N_HELD_OUT, BATCH = 8, 8000, 500, 64
D_MODEL, HEADS = 36, (1, 2, 3, 4)  # each of which divides it
N_BY_LENGTH = 1000  # fresh sequences of each other length
AT_ONCE = 100  # of them are answered at a time: their attention is a matrix for each sequence and head
TRAINING_BYTES = 22_000_000  # while all held-out sequences are answered at once
RESTING_BYTES = 1_000_000  # of these, what the trainer keeps
SCORED = 200  # of the training sequences, for the loss and the share right of a frame; all held-out ones count

# Updates in total and between frames: copying is learned quickly, matching slowly.
UPDATES = {"copy": (120, 4), "reverse": (300, 6), "sort": (500, 10), "match": (1000, 20)}
RATE = 0.006  # Adam's first learning rate; it falls along a cosine


@dataclass(frozen=True)
class TransformerRun:
    """One training of the transformer block: task, heads and first weights."""

    task: str = "reverse"
    heads: int = 2
    seed: int = 0

    def __post_init__(self):
        check_fields(self, task=one_of(TASKS), heads=whole(min(HEADS), max(HEADS)), seed=whole(0, 9))

    @property
    def n_updates(self) -> int:
        """Updates of the whole training."""
        return UPDATES[self.task][0]

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        n_updates, every = UPDATES[self.task]
        return n_updates // every + 1

    @property
    def n_bytes(self) -> int:
        """Memory of the recording and of its training, in bytes."""
        return self.n_frames * self.model().parameters.size * 4 + TRAINING_BYTES

    @property
    def passing_bytes(self) -> int:
        """Memory that a slice takes and gives back, in bytes."""
        return TRAINING_BYTES - RESTING_BYTES

    def model(self, parameters: Array | None = None) -> Transformer:
        """The block as it starts, or with recorded `parameters` (P,)."""
        task = TASKS[self.task]
        model = Transformer(len(task.tokens), len(task.answers), D_MODEL, self.heads, task.causal, self.seed)
        if parameters is not None:
            model.parameters = parameters
        return model

    def sequences(self) -> tuple[Pairs, Pairs]:
        """Training sequences and held-out ones, none of which is among them."""
        return cached(_split, self.task, n_bytes=4 * 8 * LENGTH * (N_TRAINING + N_HELD_OUT))

    def record(self) -> Iterator[Recording | None]:
        """The recording as it grows; scores are training loss, and the share of places right (training, held out)."""
        model, (train, held) = self.model(), self.sequences()
        epochs = 1 + self.n_updates * BATCH // N_TRAINING  # the limit lies after the last update
        trainer = Trainer(model, train.X, train.y, "adam", RATE, BATCH, self.seed, "cosine", epoch_limit=epochs)
        some = Pairs(train.X[:SCORED], train.y[:SCORED])

        def score() -> tuple[float, ...]:
            log_probabilities = model.run(some.X).log_probabilities
            right = float((log_probabilities.argmax(axis=-1) == some.y).mean())
            return cross_entropy(log_probabilities, some.y)[0], right, model.accuracy(held.X, held.y)

        return record_updates(trainer, *UPDATES[self.task], score)


def _split(task: str) -> tuple[Pairs, Pairs]:
    X, y = make_sequences(task, N_TRAINING + N_HELD_OUT, LENGTH)
    X.flags.writeable = y.flags.writeable = False  # all who ask share them
    return Pairs(X[:N_TRAINING], y[:N_TRAINING]), Pairs(X[N_TRAINING:], y[N_TRAINING:])


@handed_out
class LengthScore(NamedTuple):
    """How well sequences of one length are answered; `low` to `high` is the 95 % interval of the share of places."""

    length: int
    n_sequences: int
    places: float  # share of places right
    low: float
    high: float
    whole: float  # share of sequences right at every place
    blind: float  # share of places right without looking: the answer that each place has most often in other sequences


@checked(run=kind_of(TransformerRun), lengths=each(whole(1, 1000)))
def scores_by_length(run: TransformerRun, parameters: Array, lengths: tuple[int, ...]) -> list[LengthScore]:
    """Scores on sequences of each length that were not trained on: held-out ones at the training length, else fresh ones."""
    model, scores = run.model(parameters), []
    for length in lengths:
        others, (X, y) = run.sequences() if length == LENGTH else _fresh(run.task, length)
        parts = (slice(begin, begin + AT_ONCE) for begin in range(0, len(X), AT_ONCE))
        right = np.concatenate([model.predict(X[part]) == y[part] for part in parts])
        shares = right.mean(axis=1)
        low, high = mean_interval(shares)
        whole = float(right.all(axis=1).mean())
        scores.append(LengthScore(length, len(X), float(shares.mean()), low, high, whole, blind_share(others.y, y)))
    return scores


def _fresh(task: str, length: int) -> tuple[Pairs, Pairs]:
    """Two lots of sequences of this length: those that show each place's most frequent answer, and those to be scored."""
    n_tokens = len(TASKS[task].tokens)
    if n_tokens**length < 4 * N_BY_LENGTH:
        raise ValueError(f"lengths must have at least {4 * N_BY_LENGTH} different sequences each, got {length}, with "
                         f"{n_tokens**length}")  # fmt: skip
    X, y = make_sequences(task, 2 * N_BY_LENGTH, length, seed=length)
    return Pairs(X[N_BY_LENGTH:], y[N_BY_LENGTH:]), Pairs(X[:N_BY_LENGTH], y[:N_BY_LENGTH])


@checked(shares=array("N"))
def mean_interval(shares: Array) -> tuple[float, float]:
    """The 95 % interval (low, high) of the mean of `shares` (N,), each from 0 to 1; it holds their mean.

    Places of one sequence succeed and fail together, so it is the spread between sequences that counts: the mean ± 1.96
    standard errors, cut to 0 to 1. Where all shares are equal they have no spread, and Wilson's interval is taken.
    """
    if len(shares) < 2 or not (0 <= shares.min() <= shares.max() <= 1):
        raise ValueError(f"shares must be at least 2 numbers from 0 to 1, got {shown(shares)}")
    mean, error = float(shares.mean()), float(shares.std(ddof=1)) / len(shares) ** 0.5
    if error > 0:
        return max(0.0, mean - 1.96 * error), min(1.0, mean + 1.96 * error)
    low, high = wilson_interval(round(mean * len(shares)), len(shares))
    return min(low, mean), max(high, mean)  # at none or all, rounding may leave the end of 0 to 1 out


@checked(others=wholes(0, 1_000_000, "M", "T"), y=wholes(0, None, "N", "T"))
def blind_share(others: Array, y: Array) -> float:
    """The share of answers y (N, T) that are right when each place always says the most frequent one of `others` (M, T)."""
    return float((y == [np.bincount(column).argmax() for column in others.T]).mean())
