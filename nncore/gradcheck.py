"""Gradient check: backpropagation against finite differences.

The slope of the loss along one parameter is (L(w + h) - L(w - h)) / 2h up to an error of order h^2. It needs two
evaluations of the loss per parameter, so nobody trains with it, but it shares no line with backpropagation.
"""

from collections.abc import Callable
from typing import NamedTuple, Protocol

import numpy as np

Array = np.ndarray


class Model(Protocol):
    """What every trainable model has."""

    parameters: Array

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float | Array, Array]:
        """The objective and its gradient, shaped like `parameters`."""
        ...


class GradientCheck(NamedTuple):
    """Checked parameters `indices` (C,), both gradients (C,), and the worst difference / the largest gradient."""

    indices: Array
    by_backpropagation: Array
    by_differences: Array
    worst_error: float


def central_difference(model: Model, X: Array, y: Array, index: int, step: float = 1e-6) -> float:
    """dL/dw of parameter `index` by central differences of `step`; the model is left as it was."""
    value = float(model.parameters[index])
    try:
        model.parameters[index] = value + step
        above = model.loss_and_gradient(X, y)[0]
        model.parameters[index] = value - step
        below = model.loss_and_gradient(X, y)[0]
    finally:
        model.parameters[index] = value
    return float((above - below) / (2.0 * step))


def check_gradient(
    model: Model, X: Array, y: Array, limit: int = 2000, seed: int = 0, step: float = 1e-6,
    progress: Callable[[float], None] | None = None,
) -> GradientCheck:
    """Both gradients of at most `limit` parameters (all, or a random sample), and the worst disagreement.

    The error is relative to the largest gradient among those checked (1 if all are 0): relative to its own size, a
    gradient of nearly 0 would fail by rounding alone. `model` has one run; `progress` is told the share done, 50 times.
    """
    n_parameters = model.parameters.size
    indices = np.arange(n_parameters)
    if n_parameters > limit:
        indices = np.sort(np.random.default_rng(seed).choice(n_parameters, limit, replace=False))
    gradient = model.loss_and_gradient(X, y)[1][indices]
    differences = np.empty(len(indices))
    for done, index in enumerate(indices):
        if progress and done % max(1, len(indices) // 50) == 0:
            progress(done / len(indices))
        differences[done] = central_difference(model, X, y, int(index), step)
    largest = np.abs(gradient).max() or 1.0
    return GradientCheck(indices, gradient, differences, float(np.abs(gradient - differences).max() / largest))


def relative_error(gradient: float, difference: float) -> float:
    """|gradient - difference| as a share of the larger of the two; 0 where both are 0."""
    largest = max(abs(gradient), abs(difference))
    return abs(gradient - difference) / largest if largest else 0.0


def rounding_error(loss: float, step: float = 1e-6) -> float:
    """How far a central difference may be off because losses are rounded to 16 digits: grows as the step shrinks."""
    return float(np.finfo(float).eps * abs(loss) / step)


def errors_by_step(model: Model, X: Array, y: Array, index: int, steps: Array) -> Array:
    """Relative errors (S,) of the central differences of `steps` (S,) for parameter `index`.

    They fall as the step's square until rounding takes over and they rise again.
    """
    gradient = float(model.loss_and_gradient(X, y)[1][index])
    return np.array([relative_error(gradient, central_difference(model, X, y, index, float(h))) for h in steps])
