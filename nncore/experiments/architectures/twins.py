"""The dense twin: a network without filters, with about as many parameters, trained on the same pictures.

What it lacks is the same few weights at every place. So it must learn each place by itself, and knows nothing of those at
which it saw no picture; on the other hand it does not care in which order the pixels come.
"""

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, check_fields, checked, kind_of
from nncore.data.drawn_shapes import REACH, draw_shapes
from nncore.experiments.architectures.picture_run import BATCH, NEAR, NOISE, RATE, PictureRun, Pictures
from nncore.experiments.recording.recording import record_all, train_to
from nncore.models.dense import Network
from nncore.statistics import wilson_interval
from nncore.training.trainer import Trainer

Array = np.ndarray

N_BY_SHIFT = 400  # fresh pictures for each distance
AT_ONCE, PICTURES = 50, 50  # updates of the twin, and pictures through the filters, of one piece of work
TWIN_BYTES = 6_000_000  # the twin, its trainer's pictures, and those of one distance


class TwinScore(NamedTuple):
    """The shares of n pictures that both networks get right, with their 95 % intervals."""

    n: int
    convolution: float
    dense: float
    convolution_interval: tuple[float, float] = (0.0, 1.0)
    dense_interval: tuple[float, float] = (0.0, 1.0)


class ShiftScore(NamedTuple):
    """Both networks on pictures shifted by `shift` pixels, with the 95 % intervals of their shares right."""

    shift: int
    seen: bool  # whether shapes were shifted so far in training
    n: int
    convolution: float
    convolution_interval: tuple[float, float]
    dense: float
    dense_interval: tuple[float, float]


@dataclass(frozen=True, eq=False)
class TwinStudy:
    """The network of `run` with `parameters` (P,) beside its dense twin, both on the held-out pictures.

    A recorded training of one frame, the TwinScore, and one before it: the twin is trained in slices.
    """

    run: PictureRun
    parameters: Array

    def __post_init__(self):
        check_fields(self, run=kind_of(PictureRun), parameters=array("P"))

    @property
    def n_frames(self) -> int:
        """One for each score, and one before."""
        return 2

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes."""
        return TWIN_BYTES

    def record(self) -> Iterator[tuple[TwinScore, ...] | None]:
        """The score, once the twin is trained; None about every 10 ms before."""
        yield ()
        yield ((yield from _twin_score(self.run, self.parameters)),)


@dataclass(frozen=True, eq=False)
class BothOrders(TwinStudy):
    """The same comparison with the pixels in order and shuffled: all four networks, on the same held-out pictures.

    First comes the TwinScore of the run's own order, with its `parameters`; then that of the other, for which a network with
    filters is trained from the same start, none of them set by hand.
    """

    @property
    def n_frames(self) -> int:
        """One for each order, and one before."""
        return 3

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes: the training with the other order, and its pictures."""
        return replace(self.run, branches=()).n_bytes + 1_000_000

    def record(self) -> Iterator[tuple[TwinScore, ...] | None]:
        """The scores as they come; None about every 10 ms between."""
        yield ()
        own = yield from _twin_score(self.run, self.parameters)
        yield (own,)
        other, made = replace(self.run, shuffled=not self.run.shuffled, branches=()), None
        for recording in other.record():
            made = recording or made
            yield None
        yield own, (yield from _twin_score(other, made.parameters[-1]))


def _twin_score(run: PictureRun, parameters: Array) -> Generator[None, None, TwinScore]:
    """Yields as it trains the twin and asks both; the generator's return value is the score."""
    twin = yield from _twin_in_pieces(run)
    _, held = run.split()
    right = yield from _right(run, parameters, twin, held)
    intervals = (wilson_interval(int(each.sum()), len(each)) for each in right)
    return TwinScore(len(held.y), *(float(each.mean()) for each in right), *intervals)


@dataclass(frozen=True, eq=False)
class UnseenPlaces(TwinStudy):
    """Both networks on fresh drawn shapes that lie 0, 1, 2, ... pixels from the middle; trained were those up to NEAR.

    Raises ValueError for a run on other pictures.
    """

    def __post_init__(self):
        super().__post_init__()
        if self.run.pictures != "shapes":
            raise ValueError(f"run must be one on shapes, got {self.run.pictures!r}")

    @property
    def n_frames(self) -> int:
        """One for each distance, and one before."""
        return REACH + 2

    def record(self) -> Iterator[tuple[ShiftScore, ...] | None]:
        """The scores as they come; None about every 10 ms between."""
        scores: tuple[ShiftScore, ...] = ()
        yield scores
        twin = yield from _twin_in_pieces(self.run)
        for shift in range(REACH + 1):
            X, y = draw_shapes(N_BY_SHIFT, shift, shift, NOISE, np.random.default_rng([1, shift]))
            yield None
            shares = []
            for right in (yield from _right(self.run, self.parameters, twin, Pictures(self.run.arranged(X), y))):
                shares += [float(right.mean()), wilson_interval(int(right.sum()), len(right))]
            scores += (ShiftScore(shift, shift <= NEAR, len(y), *shares),)
            yield scores


@checked(run=kind_of(PictureRun))
def dense_twin(run: PictureRun) -> Network:
    """The trained dense network: one hidden layer, so wide that its parameters are nearest in number to the run's.

    It has the run's activation, initializer, optimizer, batches and number of updates.
    """
    pieces = _twin_in_pieces(run)
    while True:
        try:
            next(pieces)
        except StopIteration as ended:
            return ended.value


def _twin_in_pieces(run: PictureRun) -> Generator[None, None, Network]:
    """Yields after every few updates; the generator's return value is the trained twin."""
    model, n_inputs, n_outputs = run.model(), run.kind.side**2, len(run.kind.classes)
    width = max(1, round((model.n_parameters - n_outputs) / (n_inputs + 1 + n_outputs)))
    twin = Network((n_inputs, width, n_outputs), model.activation, initializer=model.initializer, seed=run.seed)
    train, _ = run.split()
    yield
    trainer = Trainer(twin, _flat(train.X), train.y, "adam", RATE, BATCH, run.seed)
    yield from train_to(trainer, run.n_updates, AT_ONCE)
    return twin


@checked(run=kind_of(PictureRun))
def twin_score(run: PictureRun, parameters: Array) -> TwinScore:
    """The run's network with `parameters` (P,) and its dense twin, both on the held-out pictures."""
    return record_all(TwinStudy(run, parameters))[0]


@checked(run=kind_of(PictureRun))
def scores_by_shift(run: PictureRun, parameters: Array) -> list[ShiftScore]:
    """Both networks on fresh drawn shapes that lie 0, 1, 2, ... pixels from the middle; trained were those up to NEAR.

    Raises ValueError for a run on other pictures.
    """
    return list(record_all(UnseenPlaces(run, parameters)))


def _right(
    run: PictureRun, parameters: Array, twin: Network, pictures: Pictures
) -> Generator[None, None, tuple[Array, Array]]:
    """Which pictures the filters, and the twin, get right: bool (N,) each, worked out in pieces."""
    model, labels = run.model(parameters), []
    for begin in range(0, len(pictures.X), PICTURES):
        labels.append(model.predict(pictures.X[begin : begin + PICTURES]).argmax(axis=1))
        yield
    return np.concatenate(labels) == pictures.y, twin.predict(_flat(pictures.X)).argmax(axis=1) == pictures.y


def _flat(X: Array) -> Array:
    return X.reshape(len(X), -1)
