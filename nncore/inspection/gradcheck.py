"""Gradient check: backpropagation against finite differences.

The slope of the loss along one parameter is (L(w + h) - L(w - h)) / 2h up to an error of order h^2. It needs two
evaluations of the loss per parameter, so nobody trains with it, but it shares no line with backpropagation.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, function, kind_of, number, one_model, optional, positive, whole
from nncore.checks import require_whole
from nncore.handed_out import handed_out
from nncore.models.protocol import Model

Array = np.ndarray

SUSPECTS = 10  # parameters examined for the cause of a disagreement
CLEARLY = 0.5  # a step is better when its error is below this share of the disagreement


@handed_out
class GradientCheck(NamedTuple):
    """Checked parameters `indices` (C,), both gradients (C,), and the worst difference / the largest gradient."""

    indices: Array
    by_backpropagation: Array
    by_differences: Array
    worst_error: float

    @property
    def disagreements(self) -> Array:
        """|by_backpropagation - by_differences|, (C,)."""
        return np.abs(self.by_backpropagation - self.by_differences)


class Cause(NamedTuple):
    """Why differences of one step disagree: `name` is "rounding", "curvature" or "unknown".

    The worst disagreements, absolute, at that step (`here`) and for the same parameters at a step ten times as large and
    at one ten times smaller; `rounding` is about what the loss's rounding alone makes at that step.
    """

    name: str
    here: float
    larger: float
    smaller: float
    rounding: float


@checked(model=one_model, index=whole(0), step=positive())
def central_difference(model: Model, X: Array, y: Array, index: int, step: float = 1e-6) -> float:
    """dL/dw of parameter `index` by central differences of `step`; the model is left as it was."""
    index = require_whole("index", index, 0, model.parameters.size - 1)
    value = float(model.parameters[index])
    try:
        model.parameters[index] = value + step
        above = model.loss_and_gradient(X, y)[0]
        model.parameters[index] = value - step
        below = model.loss_and_gradient(X, y)[0]
    finally:
        model.parameters[index] = value
    return float((above - below) / (2.0 * step))


@checked(model=one_model, limit=whole(1), seed=whole(0), step=positive(), progress=optional(function))
def check_gradient(
    model: Model, X: Array, y: Array, limit: int = 2000, seed: int = 0, step: float = 1e-6,
    progress: Callable[[float], None] | None = None,
) -> GradientCheck:
    """Both gradients of at most `limit` parameters (all, or a random sample), and the worst disagreement.

    The error is relative to the largest gradient among those checked (1 if all are 0): relative to its own size, a
    gradient of nearly 0 would fail by rounding alone. `progress` is told the share done, 50 times. Raises ValueError for a
    stack of runs, and for a `limit` or a `step` that checks nothing.
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


@checked(model=one_model, found=kind_of(GradientCheck), step=positive())
def find_cause(model: Model, X: Array, y: Array, found: GradientCheck, step: float) -> Cause:
    """Why the gradients in `found`, taken with `step`, disagree, by how the SUSPECTS that disagree most do at other steps.

    The loss's rounding is divided by the step: ten times the step leaves a tenth of that error. The loss's curvature
    (its third derivative) counts with the step's square: a tenth of the step leaves a hundredth. Several parameters are
    asked because a single rounding error may be small by chance.
    """
    sizes = np.nan_to_num(found.disagreements, nan=np.inf)
    worst = np.argsort(-sizes, kind="stable")[:SUSPECTS]
    here, larger, smaller = float(sizes[worst[0]]), *(
        _worst_difference(model, X, y, found.indices[worst], found.by_backpropagation[worst], step * times)
        for times in (10.0, 0.1)
    )
    rounding, name = rounding_error(model.loss_and_gradient(X, y)[0], step), "unknown"
    if larger < CLEARLY * here and larger <= smaller:
        name = "rounding"
    elif smaller < CLEARLY * here and here > rounding:  # within rounding error, a smaller difference is chance
        name = "curvature"
    return Cause(name, here, larger, smaller, rounding)


def _worst_difference(model: Model, X: Array, y: Array, indices: Array, gradient: Array, step: float) -> float:
    differences = np.array([central_difference(model, X, y, int(index), step) for index in indices])
    return float(np.nan_to_num(np.abs(differences - gradient), nan=np.inf).max())


@checked(gradient=number(), difference=number())
def relative_error(gradient: float, difference: float) -> float:
    """|gradient - difference| as a share of the larger of the two; 0 where both are 0."""
    largest = max(abs(gradient), abs(difference))
    return abs(gradient - difference) / largest if largest else 0.0


@checked(loss=number(), step=positive())
def rounding_error(loss: float, step: float = 1e-6) -> float:
    """How far a central difference may be off because losses are rounded to 16 digits: grows as the step shrinks.

    A loss below 1 is computed from sums that are not small, and carries their rounding.
    """
    return float(np.finfo(float).eps * max(1.0, abs(loss)) / step)


@checked(model=one_model, index=whole(0), steps=array("S"))
def errors_by_step(model: Model, X: Array, y: Array, index: int, steps: Array) -> Array:
    """Relative errors (S,) of the central differences of `steps` (S,) for parameter `index`.

    They fall as the step's square until rounding takes over and they rise again.
    """
    index = require_whole("index", index, 0, model.parameters.size - 1)
    if not (steps > 0).all():
        raise ValueError(f"steps must be above 0, got {steps.min():g}")
    gradient = float(model.loss_and_gradient(X, y)[1][index])
    return np.array([relative_error(gradient, central_difference(model, X, y, index, float(h))) for h in steps])
