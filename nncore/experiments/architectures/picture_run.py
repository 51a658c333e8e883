"""Trainings of a convolutional network: the pictures that a person picks, and the recording that follows from them."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from nncore.arguments import check_fields, checked, each, flag, kind_of, whole
from nncore.cache import cached
from nncore.checks import require_one_of, require_whole
from nncore.data.drawn_shapes import SHAPES, SIDE, draw_shapes
from nncore.data.real import DIGITS_CLASSES, load_table
from nncore.experiments.architectures.filter_edits import FilterSizes, edit_filters, require_filter_branches
from nncore.experiments.branches import Branch
from nncore.experiments.edits import Edit, merged
from nncore.experiments.recording.recording import Recording, record_updates
from nncore.metrics import accuracy
from nncore.models.convolution.network import ConvNet
from nncore.training.trainer import Trainer

Array = np.ndarray

BATCH, RATE = 32, 0.01
N_TRAINING, N_HELD_OUT = 1000, 300
SCORED = 150  # of the training pictures, for the loss and the share right of a frame
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

    Shuffled, every picture's pixels change places by one and the same permutation. At a branch some filters were set by
    hand: the network with them is the frame after the branch's own, and from there a whole training goes on, its optimizer
    at rest and its order of batches new.
    """

    pictures: str = "digits"
    shuffled: bool = False
    seed: int = 0
    branches: tuple[Branch, ...] = ()

    def __post_init__(self):
        require_one_of("pictures", self.pictures, PICTURES)
        check_fields(self, shuffled=flag, seed=whole(0, 9), branches=each(kind_of(Branch)))
        require_filter_branches(self.branches, self.filter_sizes)
        for number, branch in enumerate(self.branches):
            last = self.with_branches(self.branches[:number]).n_frames - 1
            require_whole(f"branches[{number}].frame", branch.frame, 0, last)

    @property
    def kind(self) -> PictureKind:
        """What there is to know of its pictures."""
        return PICTURES[self.pictures]

    @property
    def filter_sizes(self) -> FilterSizes:
        """The sizes of the filters, block by block: how many numbers a window holds, and how many filters there are."""
        maps = (1, *(filters for filters, _, _ in self.kind.blocks))  # that come into each block, and out of the last
        return tuple((before * kernel**2, filters)
                     for before, (filters, kernel, _) in zip(maps, self.kind.blocks, strict=False))  # fmt: skip

    @property
    def frame_updates(self) -> Array:
        """How many updates are done at each frame of the whole recording, (F,)."""
        planned = stretch = np.arange(self.kind.n_updates // self.kind.every + 1) * self.kind.every
        for branch in self.branches:
            kept = planned[: branch.frame + 1]
            planned = np.concatenate([kept, kept[-1] + stretch])
        return planned

    @property
    def n_updates(self) -> int:
        """Updates of the whole training."""
        return int(self.frame_updates[-1])

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return len(self.frame_updates)

    @checked(branches=each(kind_of(Branch)))
    def with_branches(self, branches: Iterable[Branch]) -> Self:
        """The same training with these branches instead."""
        return replace(self, branches=branches)

    def until(self, frame: int) -> Self:
        """The same training without what was set by hand after `frame`: up to there both are alike."""
        return self.with_branches(branch for branch in self.branches if branch.start <= frame)

    @checked(edits=each(kind_of(Edit)))
    def set_by_hand(self, frame: int, edits: Iterable[Edit]) -> Self:
        """The training that goes on from `frame` with these edits of filters; ValueError for what is none."""
        frame = require_whole("frame", frame, 0, self.n_frames - 1)
        before = self.until(frame)
        return before.with_branches((*before.branches, Branch(frame, (), merged(edits))))

    @property
    def n_bytes(self) -> int:
        """Memory of the recording and of its training, in bytes."""
        model = self.model()
        return self.n_frames * model.n_parameters * 4 + model.architecture.bytes_per_sample * (2 * BATCH + N_HELD_OUT)

    @property
    def passing_bytes(self) -> int:
        """Memory that a slice takes and gives back, in bytes: that of all scored pictures at once."""
        return self.model().architecture.bytes_per_sample * N_HELD_OUT

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

    @property
    def pixel_order(self) -> Array:
        """Which pixel of a picture, row by row from 0, stands at each place of what the network is given, (H * W,)."""
        n_pixels = self.kind.side**2
        return np.random.default_rng(0).permutation(n_pixels) if self.shuffled else np.arange(n_pixels)

    def arranged(self, X: Array) -> Array:
        """Pictures X (N, 1, H, W) as the network is given them: with their pixels shuffled, if that was picked."""
        if not self.shuffled:
            return X
        return X.reshape(len(X), -1)[:, self.pixel_order].reshape(X.shape)

    @checked(count=whole(1))
    def examples(self, count: int) -> tuple[Array, Array]:
        """The first `count` training pictures (N, 1, H, W) and their labels (N,), as the trainer gets them."""
        train, _ = self.split()
        return train.X[:count], train.y[:count]

    def record(self) -> Iterator[Recording | None]:
        """The recording as it grows; scores are training loss, and the share right (training, held out)."""
        if not self.branches:
            yield from self._record_from(self.model())
            return
        *before, branch = self.branches
        made = None
        for made in self.with_branches(before).record():
            yield made
            if made is not None and len(made.updates) > branch.frame:
                break
        if made is None or len(made.updates) <= branch.frame:
            return  # training ended before
        model = self.model(made.parameters[branch.frame])
        edit_filters(model, branch.edits)
        model.parameters = model.parameters.astype(np.float32)  # what is recorded, exactly
        for more in self._record_from(model):
            yield more and _joined(made, more)

    def _record_from(self, model: ConvNet) -> Iterator[Recording | None]:
        """One whole training from the parameters that `model` has."""
        train, held = self.split()
        trainer = Trainer(model, train.X, train.y, "adam", RATE, BATCH, self.seed)
        some = Pictures(train.X[:SCORED], train.y[:SCORED])

        def score() -> tuple[float, ...]:
            right = (accuracy(model.predict(each.X), each.y, model.output) for each in (some, held))
            return model.data_loss(some.X, some.y), *map(float, right)

        return record_updates(trainer, self.kind.n_updates, self.kind.every, score)


def _joined(before: Recording, more: Recording) -> Recording:
    updates = np.concatenate([before.updates, before.updates[-1] + more.updates])
    return Recording(updates, np.concatenate([before.parameters, more.parameters]),
                     np.concatenate([before.scores, more.scores]))  # fmt: skip


def _split(pictures: str, shuffled: bool) -> tuple[Pictures, Pictures]:
    run = PictureRun(pictures, shuffled)
    X, y = run.kind.draw(N_TRAINING + N_HELD_OUT)
    X = run.arranged(X.reshape(-1, 1, run.kind.side, run.kind.side))
    X.flags.writeable = y.flags.writeable = False  # all who ask share them
    return Pictures(X[:N_TRAINING], y[:N_TRAINING]), Pictures(X[N_TRAINING:], y[N_TRAINING:])
