"""The dense twin: a network without filters, with about as many parameters, trained on the same pictures.

What it lacks is the same few weights at every place. So it must learn each place by itself, and knows nothing of those at
which it saw no picture; on the other hand it does not care in which order the pixels come.
"""

from typing import NamedTuple

import numpy as np

from nncore.arguments import checked, kind_of
from nncore.data.drawn_shapes import REACH, draw_shapes
from nncore.experiments.architectures.picture_run import BATCH, NEAR, NOISE, RATE, PictureRun, Pictures
from nncore.models.dense import Network
from nncore.statistics import wilson_interval
from nncore.training.trainer import Trainer

Array = np.ndarray

N_BY_SHIFT = 400  # fresh pictures for each distance


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


@checked(run=kind_of(PictureRun))
def dense_twin(run: PictureRun) -> Network:
    """The trained dense network: one hidden layer, so wide that its parameters are nearest in number to the run's.

    It has the run's activation, initializer, optimizer, batches and number of updates.
    """
    model, n_inputs, n_outputs = run.model(), run.kind.side**2, len(run.kind.classes)
    width = max(1, round((model.n_parameters - n_outputs) / (n_inputs + 1 + n_outputs)))
    twin = Network((n_inputs, width, n_outputs), model.activation, initializer=model.initializer, seed=run.seed)
    train, _ = run.split()
    trainer = Trainer(twin, _flat(train.X), train.y, "adam", RATE, BATCH, run.seed)
    while trainer.updates < run.n_updates:
        trainer.run_updates(run.n_updates - trainer.updates)
    return twin


@checked(run=kind_of(PictureRun))
def twin_score(run: PictureRun, parameters: Array) -> TwinScore:
    """The run's network with `parameters` (P,) and its dense twin, both on the held-out pictures."""
    _, held = run.split()
    right = _right(run, parameters, dense_twin(run), held)
    intervals = (wilson_interval(int(each.sum()), len(each)) for each in right)
    return TwinScore(len(held.y), *(float(each.mean()) for each in right), *intervals)


@checked(run=kind_of(PictureRun))
def scores_by_shift(run: PictureRun, parameters: Array) -> list[ShiftScore]:
    """Both networks on fresh drawn shapes that lie 0, 1, 2, ... pixels from the middle; trained were those up to NEAR.

    Raises ValueError for a run on other pictures.
    """
    if run.pictures != "shapes":
        raise ValueError(f"run must be one on shapes, got {run.pictures!r}")
    twin, scores = dense_twin(run), []
    for shift in range(REACH + 1):
        X, y = draw_shapes(N_BY_SHIFT, shift, shift, NOISE, np.random.default_rng([1, shift]))
        shares = []
        for right in _right(run, parameters, twin, Pictures(run.arranged(X), y)):
            shares += [float(right.mean()), wilson_interval(int(right.sum()), len(right))]
        scores.append(ShiftScore(shift, shift <= NEAR, len(y), *shares))
    return scores


def _right(run: PictureRun, parameters: Array, twin: Network, pictures: Pictures) -> tuple[Array, Array]:
    """Which pictures the filters, and the twin, get right: bool (N,) each."""
    answers = run.model(parameters).predict(pictures.X), twin.predict(_flat(pictures.X))
    return tuple(each.argmax(axis=1) == pictures.y for each in answers)


def _flat(X: Array) -> Array:
    return X.reshape(len(X), -1)
