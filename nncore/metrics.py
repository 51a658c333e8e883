"""Metrics: how good a network is, in numbers that people ask for.

The loss is what training lowers; accuracy (classes) and R² (regression) are what people ask for. `nan` stands for a
metric of no samples.
"""

import numpy as np

Array = np.ndarray


def decision_threshold(output: str) -> float:
    """The value of a single output above which class 1 is meant: the middle of the two targets."""
    return 0.0 if output == "tanh" else 0.5


def predicted_labels(outputs: Array, output: str) -> Array:
    """Class labels int (..., N) from outputs (..., N, K): above the threshold (K == 1), or the largest."""
    if outputs.shape[-1] == 1:
        return (outputs[..., 0] > decision_threshold(output)).astype(int)
    return outputs.argmax(axis=-1)


def accuracy(outputs: Array, labels: Array, output: str) -> float | Array:
    """Share of right answers, 0 to 1, as a float or (R,); outputs are (..., N, K), labels (N,)."""
    if not len(labels):
        return float("nan")
    share = (predicted_labels(outputs, output) == labels).mean(axis=-1)
    return share if np.ndim(share) else float(share)


def r_squared(outputs: Array, targets: Array) -> float | Array:
    """Coefficient of determination: 1 is perfect, 0 is no better than the mean; outputs (..., N, K), targets (N, K)."""
    if not len(targets):
        return float("nan")
    targets = targets.reshape(len(targets), -1)
    spread = np.square(targets - targets.mean(axis=0)).sum()
    residual = np.square(outputs - targets).sum(axis=(-2, -1))
    share = 1.0 - residual / (spread or 1.0)
    return share if np.ndim(share) else float(share)


def confusion_matrix(true_labels: Array, labels: Array, n_classes: int) -> Array:
    """Counts int (n_classes, n_classes): row = the true class, column = the predicted one."""
    counts = np.zeros((n_classes, n_classes), dtype=int)
    np.add.at(counts, (true_labels, labels), 1)
    return counts
