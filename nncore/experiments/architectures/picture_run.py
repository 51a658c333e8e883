"""Trainings of a convolutional network: the pictures that a person picks, and the recording that follows from them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nncore.arguments import check_fields, flag, whole
from nncore.cache import cached
from nncore.checks import require_one_of
from nncore.data.drawn_shapes import SHAPES, SIDE, draw_shapes
from nncore.data.real import DIGITS_CLASSES, load_table
from nncore.experiments.recording.recording import Recording, record_updates
from nncore.metrics import accuracy
from nncore.models.convolution.network import ConvNet
from nncore.training.trainer import Trainer

Array = np.ndarray

BATCH, RATE = 32, 0.01
N_TRAINING, N_HELD_OUT = 1000, 300
SCORED = 150  # of the training pictures, for the loss and the share right of a frame
TRAINING_BYTES = 6_000_000  # buffers of one batch, and all scored pictures at once
NOISE = 0.15  # deviation of what is added to each pixel of a drawn shape
NEAR = 1  # how far, in pixels, shapes lie from the middle in training


class Pictures(NamedTuple):
    """Pictures X (N, 1, H, W) and their labels y (N,)."""

    X: Array
    y: Array


@dataclass(frozen=True, kw_only=True)
class PictureKind:
    """A set of pictures: its `title` for people, names of `classes`, `side` in pixels, and what is trained on it.

    `draw(n)` gives n pictures of `side` x `side` pixels, in any shape, and their labels (n,). `blocks` are those of a
    ConvNet; a training makes `n_updates` updates and records a frame after `every` of them.
    """

    title: str
    classes: tuple[str, ...]
    side: int
    draw: Callable[[int], tuple[Array, Array]]
    blocks: tuple[tuple[int, int, int], ...]
    n_updates: int
    every: int


def _digits(n: int) -> tuple[Array, Array]:
    X, y = load_table("digits", input_divisor=16)
    rows = np.random.default_rng(0).permutation(len(X))[:n]
    return X[rows], y[rows]


def _shapes(n: int) -> tuple[Array, Array]:
    return draw_shapes(n, 0, NEAR, NOISE, np.random.default_rng(0))


PICTURES = {
    "digits": PictureKind(
        title="Digits, 8×8", classes=DIGITS_CLASSES, side=8, draw=_digits, blocks=((8, 3, 2),),
        n_updates=240, every=4),
    "shapes": PictureKind(
        title="Drawn shapes, 12×12", classes=SHAPES, side=SIDE, draw=_shapes,
        blocks=((8, 3, 2), (8, 3, 3)), n_updates=240, every=6),
}  # fmt: skip


@dataclass(frozen=True)
class PictureRun:
    """One training of a convolutional network: its pictures (of PICTURES), whether their pixels are shuffled, and its start.

    Shuffled, every picture's pixels change places by one and the same permutation.
    """

    pictures: str = "digits"
    shuffled: bool = False
    seed: int = 0

    def __post_init__(self):
        require_one_of("pictures", self.pictures, PICTURES)
        check_fields(self, shuffled=flag, seed=whole(0, 9))

    @property
    def kind(self) -> PictureKind:
        """What there is to know of its pictures."""
        return PICTURES[self.pictures]

    @property
    def n_updates(self) -> int:
        """Updates of the whole training."""
        return self.kind.n_updates

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return self.kind.n_updates // self.kind.every + 1

    @property
    def n_bytes(self) -> int:
        """Memory of the recording and of its training, in bytes."""
        return self.n_frames * self.model().n_parameters * 4 + TRAINING_BYTES

    def model(self, parameters: Array | None = None) -> ConvNet:
        """The network as it starts, or with recorded `parameters` (P,)."""
        kind = self.kind
        model = ConvNet((1, kind.side, kind.side), kind.blocks, n_outputs=len(kind.classes), seed=self.seed)
        if parameters is not None:
            model.parameters = parameters
        return model

    def split(self) -> tuple[Pictures, Pictures]:
        """Training pictures and held-out ones."""
        size = 8 * self.kind.side**2 * (N_TRAINING + N_HELD_OUT)
        return cached(_split, self.pictures, self.shuffled, n_bytes=size)

    def arranged(self, X: Array) -> Array:
        """Pictures X (N, 1, H, W) as the network is given them: with their pixels shuffled, if that was picked."""
        if not self.shuffled:
            return X
        order = np.random.default_rng(0).permutation(self.kind.side**2)
        return X.reshape(len(X), -1)[:, order].reshape(X.shape)

    def examples(self, count: int) -> tuple[Array, Array]:
        """The first `count` training pictures (N, 1, H, W) and their labels (N,), as the trainer gets them."""
        train, _ = self.split()
        return train.X[:count], train.y[:count]

    def record(self) -> Iterator[Recording | None]:
        """The recording as it grows; scores are training loss, and the share right (training, held out)."""
        model, (train, held) = self.model(), self.split()
        trainer = Trainer(model, train.X, train.y, "adam", RATE, BATCH, self.seed)
        some = Pictures(train.X[:SCORED], train.y[:SCORED])

        def score() -> tuple[float, ...]:
            right = (accuracy(model.predict(each.X), each.y, model.output) for each in (some, held))
            return model.data_loss(some.X, some.y), *map(float, right)

        return record_updates(trainer, self.kind.n_updates, self.kind.every, score)


def _split(pictures: str, shuffled: bool) -> tuple[Pictures, Pictures]:
    run = PictureRun(pictures, shuffled)
    X, y = run.kind.draw(N_TRAINING + N_HELD_OUT)
    X = run.arranged(X.reshape(-1, 1, run.kind.side, run.kind.side))
    X.flags.writeable = y.flags.writeable = False  # all who ask share them
    return Pictures(X[:N_TRAINING], y[:N_TRAINING]), Pictures(X[N_TRAINING:], y[N_TRAINING:])
