"""Metrics: how good a network is, in numbers that people ask for.

The loss is what training lowers; accuracy (classes) and R² (regression) are what people ask for. `nan` stands for a
metric that is not defined: of no samples, and R² of one sample or of targets that are all the same.
"""

import numpy as np

from nncore.arguments import array, checked, one_of, whole, wholes
from nncore.checks import MOST_CLASSES, require_array, require_wholes

Array = np.ndarray

# The targets of a wrong and of the right class at each output that a network can have.
CLASS_TARGETS = {"identity": (0.0, 1.0), "sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0)}
OUTPUT_NAMES = tuple(CLASS_TARGETS)
_OUTPUTS = one_of(OUTPUT_NAMES)
# Answers of a network that diverged may be nan or infinite: they count as wrong and raise no error.
_ANSWERS = array(..., "N?", "K", limit=None)


@checked(output=_OUTPUTS)
def decision_threshold(output: str) -> float:
    """The value of a single output above which class 1 is meant: the middle of the two targets."""
    return sum(CLASS_TARGETS[output]) / 2


@checked(outputs=_ANSWERS, output=_OUTPUTS)
def predicted_labels(outputs: Array, output: str) -> Array:
    """Class labels int (..., N) from outputs (..., N, K): above the threshold (K == 1), or the largest.

    nan has no class and falls to one: 0 with a single output, else the first that is nan. `accuracy` counts it as wrong.
    """
    if outputs.shape[-1] == 1:
        return (outputs[..., 0] > decision_threshold(output)).astype(int)
    return outputs.argmax(axis=-1)


@checked(outputs=_ANSWERS, labels=wholes(0, None, "N?"), output=_OUTPUTS)
def accuracy(outputs: Array, labels: Array, output: str) -> float | Array:
    """Share of right answers, 0 to 1, as a float or (R,); outputs are (..., N, K), labels (N,)."""
    if not len(labels):
        return float("nan")
    n_classes = max(2, outputs.shape[-1])
    if labels.max() >= n_classes:
        raise ValueError(f"labels must hold the classes 0 to {n_classes - 1} of the outputs, got {labels.max()}")
    # An answer that is no number is wrong, whichever class its comparison falls to.
    share = ((predicted_labels(outputs, output) == labels) & ~np.isnan(outputs).any(axis=-1)).mean(axis=-1)
    return share if np.ndim(share) else float(share)


@checked(outputs=_ANSWERS)
def r_squared(outputs: Array, targets: Array) -> float | Array:
    """Coefficient of determination: 1 is perfect, 0 is no better than the mean; outputs (..., N, K), targets (N, K) or (N,).

    nan where it is not defined: for fewer than two samples, as scikit-learn has it, and for targets without any spread.
    """
    n_samples, n_outputs = outputs.shape[-2:]
    targets = require_array("targets", targets)
    if targets.shape != (n_samples, n_outputs) and (*targets.shape, 1) != (n_samples, n_outputs):
        raise ValueError(f"targets must have the shape {outputs.shape[-2:]} to go with outputs, got {targets.shape}")
    targets = targets.reshape(n_samples, n_outputs)
    if n_samples < 2 or (targets == targets[0]).all():
        share = np.full(outputs.shape[:-2], np.nan)
    else:
        with np.errstate(over="ignore", invalid="ignore"):
            spread = np.square(targets - targets.mean(axis=0)).sum()
            share = 1.0 - np.square(outputs - targets).sum(axis=(-2, -1)) / spread
    return share if np.ndim(share) else float(share)


@checked(
    true_labels=wholes(0, None, "N?"), labels=wholes(0, None, "N?"), n_classes=whole(1, MOST_CLASSES)
)
def confusion_matrix(true_labels: Array, labels: Array, n_classes: int) -> Array:
    """Counts int (n_classes, n_classes): row = the true class, column = the predicted one."""
    for name, values in (("true_labels", true_labels), ("labels", labels)):
        require_wholes(name, values, 0, n_classes - 1)
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (true_labels, labels), 1)
    return counts


@checked(epochs=array("F"), scores=array("F"))
def fastest_gain(epochs: Array, scores: Array) -> tuple[float, float] | None:
    """The two epochs of the shortest stretch in which half of what `scores` gained was gained; None without a gain.

    The gain is from the first of the F scores to the last, and a stretch runs from one recorded epoch to another.
    """
    gain = scores[-1] - scores[0]
    if not gain > 0:
        return None
    best: tuple[float, float] | None = None
    for end in range(1, len(scores)):
        enough = np.flatnonzero(scores[end] - scores[:end] >= gain / 2)
        if len(enough) and (best is None or epochs[end] - epochs[enough[-1]] < best[1] - best[0]):
            best = float(epochs[enough[-1]]), float(epochs[end])
    return best
