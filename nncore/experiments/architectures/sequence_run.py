"""Trainings of a recurrent network: the task and the cell that a person picks, and the recording that follows from them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nncore.arguments import check_fields, checked, number, one_of, whole
from nncore.cache import cached
from nncore.checks import shown
from nncore.data.sequences import LONGEST, MEMORY_TASKS, MemoryTask, Sequences, draw_sequences, letter_windows, one_hot
from nncore.experiments.recording import Recording, record_updates
from nncore.models.losses import softmax
from nncore.models.recurrence.cells import CELLS
from nncore.models.recurrence.network import Recurrent, spectral_radius_of
from nncore.models.recurrence.truncated import TruncatedRecurrent
from nncore.training.clipping import ClippedAdam
from nncore.training.trainer import Trainer

Array = np.ndarray

SEQUENCE_BATCH, SEQUENCE_RATE = 50, 0.01
N_TRAINING, N_HELD_OUT = 1000, 300
SCORED = 100  # of the training sequences, for the loss and the share right of a frame
HELD_FROM = 0.8  # the share of the corpus from which its letters are held out
PASSED = {"rnn": 6, "gru": 16, "lstm": 24}  # numbers that a pass makes for each number of a state
LIMIT_LARGEST = 100.0  # of the gradient's norm
LARGEST_RADIUS = 10

# Updates in total and between frames.
SEQUENCE_UPDATES = {"echo": (400, 10), "parity": (400, 10), "order": (240, 6), "brackets": (600, 15), "letters": (300, 6)}

# A step of each cell takes this share of an average one.
STEP_SHARE = {"rnn": 0.5, "gru": 1.15, "lstm": 1.35}


@dataclass(frozen=True)
class SequenceRun:
    """One training of a recurrent network: its task (of MEMORY_TASKS), cell, hidden neurons, steps of a sequence and start.

    `clip` is the largest norm that the gradient of an update keeps; 0 leaves it as it is. `stretch` is how many steps the
    gradient goes back at most (truncated backpropagation through time); 0 means all of them. `radius` is the spectral radius
    with which the block of W_hh that makes the new state begins; 0 leaves it as it was drawn.
    """

    task: str = "order"
    cell: str = "rnn"
    n_hidden: int = 16
    length: int = 20
    seed: int = 0
    clip: float = 0.0
    stretch: int = 0
    radius: float = 0.0

    def __post_init__(self):
        check_fields(self, task=one_of(MEMORY_TASKS), cell=one_of(CELLS), n_hidden=whole(1, 64), length=whole(12, LONGEST),
                     seed=whole(0, 99), clip=number(0, LIMIT_LARGEST), stretch=whole(0, LONGEST),
                     radius=number(0, LARGEST_RADIUS))  # fmt: skip

    @property
    def kind(self) -> MemoryTask:
        """What there is to know of its task."""
        return MEMORY_TASKS[self.task]

    @property
    def n_updates(self) -> int:
        """Updates of the whole training."""
        return SEQUENCE_UPDATES[self.task][0]

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        n_updates, every = SEQUENCE_UPDATES[self.task]
        return n_updates // every + 1

    @property
    def n_bytes(self) -> int:
        """Memory of the recording and of its training, in bytes."""
        frames = self.n_frames * self.model().parameters.size * 4
        return frames + self._passes_bytes * N_HELD_OUT + 3 * self._inputs_bytes

    @property
    def step_seconds(self) -> float:
        """Time of one update for one step of its sequences, by a model, in seconds."""
        return STEP_SHARE[self.cell] * (1.2e-5 + 1.8e-6 * self.n_hidden + 1.2e-8 * self.n_hidden**2)

    @property
    def passing_bytes(self) -> int:
        """Memory that a slice takes and gives back, in bytes: all but the passes of a batch, and the trainer's inputs."""
        return self._passes_bytes * (N_HELD_OUT - SEQUENCE_BATCH) + self._inputs_bytes

    @property
    def _passes_bytes(self) -> int:
        """Bytes of one sequence's pass: the states, the gates, and what is made on the way to them."""
        return 8 * self.length * PASSED[self.cell] * self.n_hidden

    @property
    def _inputs_bytes(self) -> int:
        """Bytes of the training sequences as the network is given them."""
        return 8 * self.length * N_TRAINING * len(self.kind.symbols)

    def model(self, parameters: Array | None = None) -> Recurrent:
        """The network as it starts, or with recorded `parameters` (P,)."""
        settings = len(self.kind.symbols), self.n_hidden, len(self.kind.answers), self.cell, self.seed
        model = TruncatedRecurrent(*settings, self.stretch) if self.stretch else Recurrent(*settings)
        if parameters is not None:
            model.parameters = parameters
        elif self.radius:
            model.new_state_weights[...] *= self.radius / spectral_radius_of(model.new_state_weights)
        return model

    def inputs(self, tokens: Array) -> Array:
        """Tokens (N, T) as the network is given them, (N, T, D)."""
        return one_hot(tokens, len(self.kind.symbols))

    def split(self) -> tuple[Sequences, Sequences]:
        """Training sequences and held-out ones, none of which is among them."""
        return cached(_split, self.task, self.length, n_bytes=16 * self.length * (N_TRAINING + N_HELD_OUT))

    @checked(count=whole(1))
    def examples(self, count: int) -> tuple[Array, Array]:
        """The first `count` training sequences (N, T, D) and their answers (N, T), as the trainer gets them."""
        train, _ = self.split()
        return self.inputs(train.tokens[:count]), train.y[:count]

    def trainer(self) -> Trainer:
        """What trains it, at its first weights."""
        train, _ = self.split()
        optimizer = ClippedAdam(limit=self.clip) if self.clip else "adam"
        return Trainer(self.model(), self.inputs(train.tokens), train.y, optimizer, SEQUENCE_RATE, SEQUENCE_BATCH, self.seed)

    def record(self) -> Iterator[Recording | None]:
        """The recording as it grows; scores are training loss, and the share of answers right (training, held out)."""
        trainer, (train, held) = self.trainer(), self.split()
        some, model = Sequences(train.tokens[:SCORED], train.y[:SCORED]), trainer.model
        X, X_held = self.inputs(some.tokens), self.inputs(held.tokens)

        def score() -> tuple[float, ...]:
            logits = model.forward(X)[0]
            right = share_right(logits, some.y), share_right(model.forward(X_held)[0], held.y)
            return loss_at_answers(logits, some.y), *right

        return record_updates(trainer, *SEQUENCE_UPDATES[self.task], score)


def share_right(logits: Array, y: Array) -> float:
    """The share of the answers y (N, T), where there are any, that have the largest of the logits (N, T, K)."""
    there = _answered(y)
    return float((logits.argmax(axis=-1) == y)[there].mean())


def loss_at_answers(logits: Array, y: Array) -> float:
    """The mean cross-entropy of the logits (N, T, K) at the answers y (N, T) that there are."""
    there = _answered(y)
    shares = np.take_along_axis(softmax(logits[there].T), y[there][None], axis=0)
    return float(-np.log(np.maximum(shares, 1e-300)).mean())


def blind_share(y: Array) -> float:
    """The share of the answers y (N, T) that are right for somebody who always says the most frequent one."""
    given = y[_answered(y)]
    return float(np.bincount(given).max() / len(given))


def _answered(y: Array) -> Array:
    there = y >= 0
    if not there.any():
        raise ValueError(f"y must hold at least one answer, got {shown(y)}")
    return there


def _split(task: str, length: int) -> tuple[Sequences, Sequences]:
    rng = np.random.default_rng([0, length])
    if task == "letters":
        lots = letter_windows(N_TRAINING, length, rng, 0.0, HELD_FROM), letter_windows(N_HELD_OUT, length, rng, HELD_FROM)
    else:
        tokens, y = draw_sequences(task, N_TRAINING + N_HELD_OUT, length, rng)
        mixed = rng.permutation(len(tokens))  # every other brackets are broken
        train, held = mixed[:N_TRAINING], mixed[N_TRAINING:]
        lots = Sequences(tokens[train], y[train]), Sequences(tokens[held], y[held])
    for lot in lots:
        lot.tokens.flags.writeable = lot.y.flags.writeable = False  # all who ask share them
    return lots
