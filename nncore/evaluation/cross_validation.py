"""Cross-validation: an experiment judged on every row that is not of the test set, each time by a network that never saw it.

The folds of a plain cross-validation choose a setting well, but the best of many mean scores is again a lucky one. Nested,
the choice is made anew inside each training part, by folds of its own, and the rows held back judge the choice, not the
winner.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncore.arguments import check_fields, checked, each, kind_of, whole
from nncore.checks import require_whole
from nncore.data.datasets import load_dataset
from nncore.data.features import fit_transform
from nncore.data.own.parsing.kinds import dataset_kind
from nncore.evaluation.folds import MOST_FOLDS, Fold, folds_for
from nncore.evaluation.intervals import Interval, interval_of
from nncore.evaluation.together import Recipe, Together, answers, together_bytes
from nncore.experiments.costs import cost_of
from nncore.experiments.experiment import Experiment, build_network, build_split
from nncore.experiments.stacks import runs_that_fit, stack
from nncore.handed_out import handed_out
from nncore.metrics import accuracy, r_squared

Array = np.ndarray

MAX_EPOCHS, MOST_CANDIDATES = 1000, 64


@dataclass(frozen=True)
class CrossValidation:
    """What is measured: each of the `candidates` on the same `k` folds; with `inner` folds, nested.

    The candidates share data and split. A recorded training: a frame before, and one for every candidate. The test set is
    left out. Raises ValueError out of range.
    """

    candidates: tuple[Experiment, ...]
    k: int = 5
    inner: int = 0
    epochs: int = 100
    seed: int = 0

    def __post_init__(self):
        check_fields(self, candidates=each(kind_of(Experiment), 1, MOST_CANDIDATES), k=whole(2, MOST_FOLDS),
                     inner=whole(0, MOST_FOLDS), epochs=whole(1, MAX_EPOCHS), seed=whole(0, 2**31))  # fmt: skip
        if self.inner == 1:
            raise ValueError("inner must be 0 for no inner folds, or at least 2, got 1")
        data = {(e.dataset, e.samples, e.noise, e.columns, e.data_seed, e.split_seed, e.test) for e in self.candidates}
        if len(data) > 1:
            raise ValueError(f"candidates must share data and split, got {len(data)} different ones")
        _ = self.folds  # which raises where there are too few rows

    @cached_property
    def rows(self) -> Array:
        """The rows (N,) of the dataset that are used: training and validation set."""
        split = build_split(self.candidates[0])
        return np.sort(np.concatenate([split.train, split.validation]))

    @cached_property
    def folds(self) -> list[Fold]:
        """The outer folds, as indices into `rows`."""
        e = self.candidates[0]
        return folds_for(build_split(e).dataset.y[self.rows], self.k, self.seed, not e.is_regression)

    @property
    def n_frames(self) -> int:
        """Frames of the whole recording."""
        return len(self.candidates) + 1

    @property
    def n_bytes(self) -> int:
        """Memory that it takes at its height, in bytes: the folds' own rows twice, and some folds that train at once."""
        folds, n_rows = self.k * max(self.inner, 1), len(self.rows)
        at_once = max(together_bytes(e, runs_that_fit(e, n_rows, folds), n_rows) for e in self.candidates)
        held = n_rows * (self.k - 1) // self.k if self.inner else n_rows  # inner folds are of a training part alone
        return 2 * 8 * folds * held * max(e.sizes[0] + 2 for e in self.candidates) + at_once

    @property
    def seconds(self) -> float:
        """Time that it will take, by a model, in seconds."""
        costs = [cost_of(e, e.batch_size, self.k * (1 + self.inner)) for e in self.candidates]
        return sum(cost.seconds(self.epochs * cost.updates_per_epoch) for cost in costs)

    def record(self) -> Iterator["FoldScores | None"]:
        """The scores of all candidates so far, after every candidate."""
        scores, inner = (np.full((self.k, len(self.candidates)), np.nan) for _ in range(2))
        outer = [(self.rows[training], self.rows[held]) for training, held in self.folds]
        yield FoldScores(self, scores.copy(), inner.copy())
        for number, e in enumerate(self.candidates):
            scores[:, number] = yield from _judged(e, self.epochs, outer)
            if self.inner:
                found = yield from _judged(e, self.epochs, self._inner_folds)
                inner[:, number] = found.reshape(self.k, self.inner).mean(axis=1)
            yield FoldScores(self, scores.copy(), inner.copy())

    @cached_property
    def _inner_folds(self) -> list[Fold]:
        """The inner folds of the training part of every outer fold, one after the other, as rows of the dataset."""
        e, found = self.candidates[0], []
        for training, _ in self.folds:
            rows = self.rows[training]
            y = build_split(e).dataset.y[rows]
            found += [(rows[part], rows[held]) for part, held in folds_for(y, self.inner, self.seed, not e.is_regression)]
        return found


@handed_out
@dataclass(frozen=True, eq=False)
class FoldScores:
    """Accuracy or R² (k, C) of each of the C candidates on the held-back part of each fold; nan for candidates to come.

    `inner` (k, C) are their mean scores on the inner folds of each fold's training part; nan without such.
    """

    plan: CrossValidation
    scores: Array
    inner: Array

    @property
    def n_bytes(self) -> int:
        """Memory that is held, in bytes."""
        return self.scores.nbytes + self.inner.nbytes

    @property
    def means(self) -> Array:
        """The mean score (C,) of each candidate over the folds; nan for candidates to come."""
        return self.scores.mean(axis=0)

    @property
    def best(self) -> int:
        """The candidate with the highest mean score so far."""
        return int(np.argmax(np.nan_to_num(self.means, nan=-np.inf)))

    @property
    def picks(self) -> Array:
        """The candidate (k,) that the inner folds of each fold choose so far."""
        return np.nan_to_num(self.inner, nan=-np.inf).argmax(axis=1)

    @property
    def nested(self) -> Array:
        """The score (k,) of that candidate on the rows held back, which had no part in the choice."""
        return self.scores[np.arange(self.plan.k), self.picks]

    @checked(candidate=whole(0, MOST_CANDIDATES))
    def interval(self, candidate: int) -> Interval:
        """The mean score of one candidate with its interval over the folds, which is narrow: folds share rows.

        Raises ValueError for a candidate that has no scores.
        """
        require_whole("candidate", candidate, 0, self.scores.shape[1] - 1)
        return interval_of(self.scores[:, candidate])


def _judged(e: Experiment, epochs: int, folds: Sequence[Fold]) -> Iterator[None]:
    """Accuracy or R² (F,) on the held-back rows of each fold; yields None meanwhile.

    Features, scaling and what fills gaps are fitted on the fold's training rows alone. Folds of equal size are trained at
    once.
    """
    X, y, scores = _with_gaps(e), build_split(e).dataset.y, np.empty(len(folds))
    prepared = []
    for training, held in folds:
        means = _means(X[training])
        X_training, X_held = (np.where(np.isnan(X[rows]), means, X[rows]) for rows in (training, held))
        transform = fit_transform(X_training, e.features, e.scaling)
        yield
        prepared.append((transform(X_training), y[training], transform(X_held), y[held]))
    shapes = [(len(fold[1]), len(fold[3])) for fold in prepared]
    for mine in _blocks(e, shapes):
        X_all, y_all, X_held, y_held = (np.stack([prepared[number][part] for number in mine]) for part in range(4))
        network = stack(e, np.repeat(build_network(e).parameters[None], len(mine), axis=0))
        recipe = Recipe(epochs, e.optimizer, e.batch_size, e.batch_seed, e.schedule)
        yield from Together(network, X_all, y_all, recipe, e.learning_rate, (e.l1, e.l2)).train()
        yield
        for number, outputs, truth in zip(mine, answers(network, X_held), y_held, strict=True):
            scores[number] = r_squared(outputs, truth) if e.is_regression else accuracy(outputs, truth, e.output)
    return scores


def _with_gaps(e: Experiment) -> Array:
    """All rows (N, D) as they are, nan where a value is missing that the split has filled in by its own training set."""
    if dataset_kind(e.dataset).fill == "none":
        return build_split(e).dataset.X
    return load_dataset(e.dataset, e.samples, e.noise, e.data_seed, e.columns).X


def _means(rows: Array) -> Array:
    """The mean (D,) of each column over its values; 0 where it has none."""
    known = ~np.isnan(rows)
    return np.where(known, rows, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)


def _blocks(e: Experiment, shapes: list[tuple[int, int]]) -> Iterator[list[int]]:
    """The numbers of folds of equal `shapes` (training rows, rows held back), as many at a time as fit into memory."""
    for shape in dict.fromkeys(shapes):
        mine = [number for number, other in enumerate(shapes) if other == shape]
        at_once = runs_that_fit(e, max(shape[1], min(e.batch_size or shape[0], shape[0])), len(mine))
        yield from (mine[begin : begin + at_once] for begin in range(0, len(mine), at_once))


@checked(experiment=kind_of(Experiment), k=whole(2, MOST_FOLDS), epochs=whole(1, MAX_EPOCHS), seed=whole(0, 2**31))
def cross_validate(experiment: Experiment, k: int = 5, epochs: int = 100, seed: int = 0) -> Array:
    """Accuracy or R² (k,) of the experiment's network on the held-back part of each of `k` folds, all trained at once."""
    plan = CrossValidation((experiment.without_stop_rule(),), k, 0, epochs, seed)
    work = _judged(plan.candidates[0], epochs, [(plan.rows[training], plan.rows[held]) for training, held in plan.folds])
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value
