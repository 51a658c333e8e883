"""Leaks: ways in which test rows get into the making of the network that they judge.

Each is the same experiment prepared twice. `leaky`, something is learned from all rows before they are split; `honest`, from
the training rows alone. Fresh rows, which nobody saw, tell what either network is really worth.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from nncore.evaluation.folds import stratified_folds

Array = np.ndarray
Random = np.random.Generator

FRESH = 400  # rows that nobody saw, of every trial


class Trial(NamedTuple):
    """Rows to learn from, rows that give the score, and fresh rows: inputs (N, D) and labels (N,) of each."""

    X: Array
    y: Array
    X_test: Array
    y_test: Array
    X_fresh: Array
    y_fresh: Array


Trials = tuple[list[Trial], list[Trial]]


@dataclass(frozen=True)
class Leak:
    """One leak: `draw` gives the trials of one repetition, leaky and honest; the rest says how the network is trained."""

    title: str
    draw: Callable[[Random], Trials]
    hidden: tuple[int, ...] = ()
    epochs: int = 80
    learning_rate: float = 0.05


def _signal(rng: Random, rows: int, columns: int = 5) -> tuple[Array, Array]:
    """Normal inputs, and labels that follow from them but for some noise."""
    X = rng.normal(size=(rows, columns))
    return X, (X.sum(axis=1) + rng.normal(size=rows) > 0).astype(int)


def _cut(X: Array, y: Array, train: Array, test: Array) -> Trial:
    """A trial of these rows; all after the first `len(X) - FRESH` are fresh."""
    return Trial(X[train], y[train], X[test], y[test], X[-FRESH:], y[-FRESH:])


def _rows(train: int, test: int) -> tuple[Array, Array]:
    return np.arange(train), np.arange(train, train + test)


def _scaling(rng: Random) -> Trials:
    X, y = _signal(rng, 60 + FRESH)
    X = 100 + X * np.array([1.0, 3.0, 10.0, 30.0, 100.0])
    train, test = _rows(40, 20)

    def scaled_by(rows: slice) -> list[Trial]:
        return [_cut((X - X[rows].mean(axis=0)) / X[rows].std(axis=0), y, train, test)]

    return scaled_by(slice(60)), scaled_by(slice(40))


def _holes(rng: Random) -> tuple[Array, Array, Array]:
    """Inputs, labels, and the inputs with four of ten entries missing (nan)."""
    X, y = _signal(rng, 60 + FRESH)
    return X, y, np.where(rng.random(X.shape) < 0.4, np.nan, X)


def _filled(X: Array, means: Array) -> Array:
    return np.where(np.isnan(X), means, X)


def _filling(rng: Random) -> Trials:
    _, y, X = _holes(rng)
    train, test = _rows(40, 20)
    return tuple([_cut(_filled(X, np.nanmean(X[:n], axis=0)), y, train, test)] for n in (60, 40))


def _filling_by_class(rng: Random) -> Trials:
    """Holes filled with the mean of the row's own class, which for a test row is its answer."""
    _, y, X = _holes(rng)
    train, test = _rows(40, 20)
    own = np.stack([np.nanmean(X[:60][y[:60] == label], axis=0) for label in (0, 1)])[y]
    means = np.broadcast_to(np.nanmean(X[:40], axis=0), X.shape).copy()
    honest = _filled(X, means)
    means[:60] = own[:60]  # of fresh rows nobody knows the class
    return [_cut(_filled(X, means), y, train, test)], [_cut(honest, y, train, test)]


N_NOISE, N_CHOSEN, NOISE_ROWS = 1000, 20, 50


def most_correlated(X: Array, y: Array, n_chosen: int) -> Array:
    """The columns (n_chosen,) of X (N, D) whose correlation with y (N,) is largest in size, the largest first."""
    centred, target = X - X.mean(axis=0), y - y.mean()
    size = np.abs(target @ centred) / np.maximum(np.sqrt(np.square(centred).sum(axis=0)), 1e-12)
    return np.argsort(-size, kind="stable")[:n_chosen]


def _selection(rng: Random) -> Trials:
    """Noise and random labels, five folds (Hastie, Tibshirani, Friedman: The Elements of Statistical Learning, 7.10.2)."""
    X = rng.normal(size=(NOISE_ROWS + FRESH, N_NOISE))
    y = np.concatenate([rng.permutation(NOISE_ROWS) % 2, rng.integers(2, size=FRESH)])
    folds = stratified_folds(y[:NOISE_ROWS], 5, int(rng.integers(2**31)))
    everything = most_correlated(X[:NOISE_ROWS], y[:NOISE_ROWS], N_CHOSEN)
    leaky = [_cut(X[:, everything], y, *fold) for fold in folds]
    return leaky, [_cut(X[:, most_correlated(X[fold[0]], y[fold[0]], N_CHOSEN)], y, *fold) for fold in folds]


def _duplicates(rng: Random) -> Trials:
    """Every row three times, as tables have it that were joined; three labels of ten are wrong, so nothing beats 70 %."""
    X = rng.normal(size=(60 + FRESH, 2))
    y = np.where(rng.random(len(X)) < 0.3, 1, 0) ^ (X.sum(axis=1) > 0)
    copies = np.repeat(np.arange(60), 3)
    shuffled = rng.permutation(copies)
    return ([_cut(X, y, shuffled[:120], shuffled[120:])], [_cut(X, y, copies[:120], copies[120:])])


def _answer(rng: Random) -> Trials:
    """A last column that was written down after the fact; where the network is used it is not known yet, and is 0."""
    X, y = _signal(rng, 60 + FRESH, 3)
    after = (2 * y - 1) + 0.3 * rng.normal(size=len(y))
    after[-FRESH:] = 0.0
    train, test = _rows(40, 20)
    return [_cut(np.column_stack([X, after]), y, train, test)], [_cut(X, y, train, test)]


def _time(rng: Random) -> Trials:
    """Slow random walks, and a class that stays for a while whatever they do: neighbours in time look alike."""
    steps, length = 180, 20
    X = np.cumsum(rng.normal(size=(steps + FRESH, 3)), axis=0)
    y = np.repeat(rng.integers(2, size=-(-len(X) // length)), length)[: len(X)]
    X = (X - X[:steps].mean(axis=0)) / X[:steps].std(axis=0)
    order = rng.permutation(steps)
    return [_cut(X, y, order[:120], order[120:])], [_cut(X, y, *_rows(120, 60))]


LEAKS = {
    "selection": Leak("Features chosen on all rows", _selection),
    "scaling": Leak("Scaled by all rows", _scaling),
    "filling": Leak("Holes filled with the mean of all rows", _filling),
    "filling_by_class": Leak("Holes filled with the mean of the row's class", _filling_by_class),
    "duplicates": Leak("Rows that occur more than once", _duplicates, (48,), 200, 0.05),
    "answer": Leak("A column that contains the answer", _answer),
    "time": Leak("The order in time ignored", _time, (32,), 150, 0.05),
}
