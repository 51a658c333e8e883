"""Splits: which examples are learned from, which are checked while learning, and which are kept to the end.

The weights are fitted to the training set; the validation set shows, while training, how well they do on
examples never learned from; the test set is looked at once, at the end. The three are disjoint and complete.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from nncore.arguments import checked, flag, kind_of
from nncore.checks import require_array, require_few_classes, require_number, require_whole
from nncore.data.dataset import Dataset
from nncore.data.features import FEATURES, SCALINGS, Feature, InputTransform, fit_transform
from nncore.data.own.parsing.kinds import known_kind
from nncore.data.shares import apportion
from nncore.handed_out import handed_out

__all__ = [
    "FEATURES", "SCALINGS", "Feature", "InputTransform", "Split",
    "fit_transform", "make_split", "scarce_classes", "split_indices",
]

TRAINING, VALIDATION, TEST = 0, 1, 2
FEW = 3  # fewer training examples of a class are worth a warning


@handed_out
@dataclass(frozen=True, eq=False)
class Split:
    """A dataset cut in three, as the network sees it.

    `train`, `validation`, `test` are row indices into the dataset; `X_...` (n, F) are network inputs, through
    `transform`, and `y_...` (n,) labels or targets. Missing values of the dataset are filled with `fill` (D,), the means of
    its columns over the training set. All arrays are read-only.
    """

    dataset: Dataset
    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    transform: InputTransform
    X_train: np.ndarray
    y_train: np.ndarray
    X_validation: np.ndarray
    y_validation: np.ndarray
    X_test: np.ndarray
    y_test: np.ndarray
    fill: np.ndarray | None = None


@checked(dataset=kind_of(Dataset))
def make_split(
    dataset: Dataset, features: Sequence[str] = (), scaling: str = "none",
    validation: float = 30, test: float = 20, seed: int = 0,
) -> Split:
    """The dataset cut in three, stratified for classes, scaling fitted on the training set alone.

    `validation` and `test` are in percent of the examples. Where the dataset is not to be split (the four
    corners), all of it is training. Raises ValueError that names the argument, the rule and the value.
    """
    validation, test = _shares(validation, test)
    kind = known_kind(dataset.name)  # None for data that came as arrays
    if kind is not None and not kind.is_split:
        validation = test = 0
    parts = split_indices(dataset.y, validation, test, seed, stratify=not dataset.is_regression)
    dataset, fill = _filled(dataset, parts[0])
    transform = fit_transform(dataset.X[parts[0]], features, scaling)
    arrays = [array for part in parts for array in (transform(dataset.X[part]), dataset.y[part])]
    for array in (*parts, *arrays):
        array.flags.writeable = False
    return Split(dataset, *parts, transform, *arrays, fill)


def _filled(dataset: Dataset, train: np.ndarray) -> tuple[Dataset, np.ndarray]:
    """The dataset without gaps, and the means (D,) of its columns over the training rows that fill them.

    A column that has no value there at all is filled with 0.
    """
    rows = dataset.X[train]
    known = ~np.isnan(rows)
    means = np.where(known, rows, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    means.flags.writeable = False
    gaps = np.isnan(dataset.X)
    return (replace(dataset, X=np.where(gaps, means, dataset.X), fill="none"), means) if gaps.any() else (dataset, means)


@checked(stratify=flag)
def split_indices(
    y: np.ndarray, validation: float, test: float, seed: int, stratify: bool
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row indices (training, validation, test) into y (N,): disjoint, complete, in random order.

    `validation` and `test` are in percent of N; a share above 0 gets at least one example and training is
    never empty. With `stratify` each class is cut in proportion, and training keeps at least one example of each where the
    other parts can spare them. Raises ValueError for shares or sizes that leave a part without an example.
    """
    validation, test = _shares(validation, test)
    y, dtype = require_array("y", y, "N?", limit=None), np.asarray(y).dtype
    n_validation, n_test = _part_sizes(len(y), validation, test)
    if stratify and dtype.kind not in "iub":
        raise ValueError(f"stratify must be False for targets that are not class labels, got y of {dtype}")
    if stratify:
        require_few_classes(y)
        n_validation, n_test = _with_room(len(y), n_validation, n_test, len(np.unique(y)))
    order = np.random.default_rng(require_whole("seed", seed, 0)).permutation(len(y))
    # The classes are counted from 0, whatever the labels are.
    labels = np.unique(y[order], return_inverse=True)[1] if stratify else np.zeros(len(y), dtype=np.int64)
    part = np.full(len(y), TRAINING)
    # The test set is taken first, so that a change of the validation share leaves it as it is.
    part[_take(labels, part == TRAINING, n_test)] = TEST
    part[_take(labels, part == TRAINING, n_validation)] = VALIDATION
    _keep_every_class(labels, part)
    return order[part == TRAINING], order[part == VALIDATION], order[part == TEST]


def _with_room(n_samples: int, n_validation: int, n_test: int, n_classes: int) -> tuple[int, int]:
    """The sizes of both sets, smaller where training had no room for one example of each class; neither is emptied."""
    missing = max(0, n_classes - (n_samples - n_validation - n_test))
    spared = min(missing, max(0, n_validation - 1))  # out of the validation set first, so that the test set stays
    return n_validation - spared, n_test - min(missing - spared, max(0, n_test - 1))


def _keep_every_class(labels: np.ndarray, part: np.ndarray) -> None:
    """Swaps, in `part` (N,), an example of each class that training lacks for one of the class it has most of."""
    for label in np.unique(labels):
        counts = np.bincount(labels[part == TRAINING], minlength=labels.max() + 1)
        if counts[label] or counts.max() < 2:
            continue
        # Out of the validation set if it can be, so that the test set stays.
        wanted = np.flatnonzero(labels == label)
        mine = wanted[part[wanted].argmin()]
        given = np.flatnonzero((part == TRAINING) & (labels == counts.argmax()))[-1]
        part[mine], part[given] = TRAINING, part[mine]


@checked(split=kind_of(Split))
def scarce_classes(split: Split) -> list[tuple[str, int, int]]:
    """Classes of which training holds fewer than three examples, with the number there and in all the data.

    A class all of whose examples are in training is among them only where the split keeps a validation or test set: none of
    it is left to judge by. Without such a set, no other split would leave it more.
    """
    dataset = split.dataset
    if dataset.is_regression:
        return []
    is_judged = len(split.validation) + len(split.test) > 0
    there, all_of_it = (np.bincount(y, minlength=dataset.n_classes) for y in (split.y_train, dataset.y))
    return [
        (str(name), int(kept), int(count))
        for name, kept, count in zip(dataset.class_names, there, all_of_it, strict=True)
        if kept < (FEW if is_judged and count else min(FEW, count))
    ]


def _shares(validation: float, test: float) -> tuple[float, float]:
    validation = require_number("validation", validation, 0, 99)
    test = require_number("test", test, 0, 99)
    if validation + test > 99:
        raise ValueError(f"validation + test must be at most 99 percent, got {validation:g} + {test:g}")
    return validation, test


def _part_sizes(n_samples: int, validation: float, test: float) -> tuple[int, int]:
    """Numbers of validation and test examples: the shares rounded, none that was asked for empty."""
    parts = 1 + (validation > 0) + (test > 0)
    if n_samples < parts:
        raise ValueError(f"y must have at least {parts} examples for {parts} parts, got {n_samples}")
    sizes = [max(round(n_samples * share / 100), int(share > 0)) for share in (validation, test)]
    while sum(sizes) >= n_samples:  # rounding up left nothing to train on
        sizes[sizes.index(max(sizes))] -= 1
    return sizes[0], sizes[1]


def _take(labels: np.ndarray, available: np.ndarray, count: int) -> np.ndarray:
    """Positions (count,) of the first available examples of each class, in proportion to the classes."""
    if count == 0:
        return np.empty(0, dtype=np.int64)
    classes, sizes = np.unique(labels[available], return_counts=True)
    shares = apportion(count, sizes)
    return np.concatenate([
        np.flatnonzero(available & (labels == label))[:share]
        for label, share in zip(classes, shares, strict=True)
    ])
