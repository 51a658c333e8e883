"""Targets: what the outputs of a network should be, made from class labels or from target values."""

from contextlib import suppress

import numpy as np

from nncore.arguments import checked, one_of
from nncore.checks import require_array
from nncore.metrics import CLASS_TARGETS
from nncore.models.architecture import OUTPUTS, Architecture
from nncore.models.losses import LOSSES

Array = np.ndarray


@checked(output=one_of(OUTPUTS))
def class_targets(output: str) -> tuple[float, float]:
    """The targets of a wrong and of the right class at an output called `output`: its two ends, else 0 and 1."""
    return CLASS_TARGETS[output]


def make_targets(architecture: Architecture, y: Array) -> Array:
    """What the outputs should be, (N, K) floats, from labels (N,) or target values (N,) or (N, K).

    Integer labels become the output's `class_targets`: 0/1 (one-hot for K >= 2), or -1/+1 for tanh, which they may be
    already. Raises ValueError for labels or shapes that do not fit K.
    """
    is_whole, y, n_outputs = _holds_whole(y), require_array("y", y), architecture.sizes[-1]
    if y.ndim not in (1, 2):
        raise ValueError(f"y must have shape (N,) or (N, {n_outputs}), got {y.shape}")
    if n_outputs > 1 and y.ndim == 1:
        return _one_hot(y, n_outputs, *class_targets(architecture.output))
    targets = y if y.ndim == 2 else y[:, None]
    if targets.shape[1] != n_outputs:
        hint = ": give the labels as a flat list" if targets.shape[1] == 1 else ""
        raise ValueError(f"y must have shape (N, {n_outputs}), got {y.shape}{hint}")
    ends = class_targets(architecture.output)
    are_shares = LOSSES[architecture.loss].needs_probabilities
    if are_shares and n_outputs > 1:
        _check_shares(targets)
    elif are_shares and not ((targets == 0) | (targets == 1)).all():
        raise ValueError(f"y must hold labels 0 and 1, got {_first(targets, (targets != 0) & (targets != 1))}")
    if is_whole and n_outputs == 1 and ends != (0.0, 1.0):
        return _two_ends(targets, *ends)
    return np.array(targets)  # a copy, which nobody else writes into


def _holds_whole(y: object) -> bool:
    """Whether y comes as integers or booleans: as labels, where the output has an end for each of two classes."""
    dtype = getattr(y, "dtype", None)
    if dtype is None and isinstance(y, list | tuple):
        with suppress(Exception):  # what no array can be made of is refused later, by name
            dtype = np.asarray(y).dtype
    return getattr(dtype, "kind", "") in tuple("iub")


def _two_ends(labels: Array, low: float, high: float) -> Array:
    """Labels 0 and 1, or those that are the two ends already, as the ends `low` and `high`."""
    wrong = low if (labels == low).any() else 0.0
    known = (labels == wrong) | (labels == 1)
    if not known.all():
        raise ValueError(f"y must hold labels 0 and 1, or {low:g} and {high:g}, got {_first(labels, ~known)}")
    return np.where(labels == wrong, low, high)


def _one_hot(labels: Array, n_outputs: int, low: float, high: float) -> Array:
    known = np.equal(labels, np.floor(labels)) & (labels >= 0) & (labels < n_outputs)
    if not known.all():
        raise ValueError(f"y must hold labels 0 to {n_outputs - 1}, got {_first(labels, ~known)}")
    targets = np.full((len(labels), n_outputs), low)
    targets[np.arange(len(labels)), labels.astype(int)] = high
    return targets


def _first(values: Array, chosen: Array) -> str:
    """The first of the values that are chosen, as a message names it."""
    return f"{values[chosen][0]:g} in row {int(np.argwhere(chosen)[0][0])}"


def _check_shares(targets: Array) -> None:
    """Raises ValueError unless every row (N, K) of targets for cross-entropy shares out 1 among the classes."""
    if (targets < 0).any():
        raise ValueError(f"y must hold shares of at least 0 for cross_entropy, got {_first(targets, targets < 0)}")
    if not np.allclose(targets.sum(axis=1), 1.0):
        raise ValueError(f"y must hold rows of shares that sum to 1 for cross_entropy, got sums from "
                         f"{targets.sum(axis=1).min():g} to {targets.sum(axis=1).max():g}")  # fmt: skip
