"""What stands behind one neuron's loss: how likely it calls the labels, and how it curves.

The cross-entropy of a logistic neuron is minus the mean log-likelihood of the labels, so that the lowest loss is the
greatest likelihood. Its matrix of second derivatives never has a negative eigenvalue: the loss is convex, with one
lowest value. Newton's method, called Newton-Raphson in statistics, divides the gradient by that matrix.
"""

import numpy as np

from nncore.arguments import array, checked, kind_of
from nncore.models.passes import with_bias_input
from nncore.single_neuron.neuron import Neuron

Array = np.ndarray

LARGEST = 1e6
RIDGE = 1e-9  # added to the diagonal, for where the sigmoid is saturated and the matrix is rounded to 0


@checked(neuron=kind_of(Neuron), X=array("N", "D", limit=LARGEST), y=array("N", limit=LARGEST))
def log_likelihood(neuron: Neuron, X: Array, y: Array) -> float:
    """The logarithm of the probability that a logistic `neuron` gives to all labels y (N,), 0 or 1, together."""
    _require_logistic(neuron)
    return -len(y) * float(neuron.loss(X, y))


@checked(neuron=kind_of(Neuron), X=array("N", "D", limit=LARGEST))
def second_derivatives(neuron: Neuron, X: Array) -> Array:
    """The matrix (P, P) of second derivatives of a logistic neuron's mean loss on X (N, D): X'ᵀ diag(a(1 - a)) X' / N."""
    _require_logistic(neuron)
    columns = with_bias_input(X)
    a = neuron.forward(X)[1]
    return columns.T @ (columns * (a * (1 - a))[:, None]) / len(X)


@checked(neuron=kind_of(Neuron), X=array("N", "D", limit=LARGEST), y=array("N", limit=LARGEST))
def newton_step(neuron: Neuron, X: Array, y: Array) -> Array:
    """The parameters (P,) of a logistic neuron after one step of Newton's method on X (N, D), y (N,)."""
    curvature = second_derivatives(neuron, X) + RIDGE * np.eye(len(neuron.parameters))
    return neuron.parameters - np.linalg.solve(curvature, neuron.gradient(X, y))


def _require_logistic(neuron: Neuron) -> None:
    if neuron.kind.name != "logistic" or neuron.parameters.ndim != 1:
        raise ValueError(f"neuron must be one logistic neuron, got {neuron.kind.name}, {neuron.parameters.shape}")
