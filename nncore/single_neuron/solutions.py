"""Where one neuron's descent should end: by a formula, or by a library that solves the same problem another way."""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, checked, kind_of, one_of, whole
from nncore.checks import require_array, require_whole
from nncore.handed_out import handed_out
from nncore.models.passes import with_bias_input
from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.neuron import Neuron

Array = np.ndarray

ROUNDING = 1e-24  # a loss below this is 0 but for rounding
LARGEST = 1e6  # of what is solved: with larger numbers the libraries lose their way
NEWTON_STEPS, HALVINGS, NEWTON_TOLERANCE = 60, 40, 1e-8


@handed_out
@dataclass(frozen=True)
class Solution:
    """Parameters (P,), weights then bias, their loss, and the `method` that found them; None where there is none.

    `remark` is one sentence on what it means, or on why there is nothing to compare with.
    """

    parameters: Array | None
    loss: float | None
    method: str
    remark: str


@checked(kind=one_of(NEURONS), X=array("N", "D", limit=LARGEST), y=array("N", limit=LARGEST))
def solve(kind: str, X: Array, y: Array) -> Solution:
    """The solution that descent on X (N, n), y (N,) should reach, for a kind in `NEURONS`."""
    if NEURONS[kind].task == "classes":
        _check_classes(y)
    solver = {"linear": _least_squares, "absolute": _least_absolute, "logistic": _logistic}.get(kind)
    if solver is not None:
        return solver(X, y)
    if kind == "perceptron":
        return Solution(
            None, None, "none",
            "There is no single best: the rule stops at the first border that makes no mistake, and if there is no such "
            "border it never rests.",
        )  # fmt: skip
    return Solution(
        None, None, "none",
        "There is no formula and no library for it: with a squared error behind a non-linear activation the loss is "
        "not convex, and has flat places.",
    )  # fmt: skip


@checked(neuron=kind_of(Neuron), X=array("N", "D", limit=LARGEST), y=array("N", limit=LARGEST), index=whole(0))
def lowest_over(neuron: Neuron, X: Array, y: Array, index: int) -> Array | None:
    """The weight `index` and the bias (2,) with the lowest loss while the other weights stay; None if there is no one.

    What the other weights contribute, a share of the sum for each sample, is then a constant.
    """
    index = require_whole("index", index, 0, X.shape[1] - 1)
    require_array("X", X, len(y), neuron.parameters.shape[-1] - 1)
    if neuron.kind.task == "classes":
        _check_classes(y)
    if neuron.kind.name not in ("linear", "absolute", "logistic"):
        return None
    column, held = X[:, [index]], np.delete(X, index, axis=1) @ np.delete(neuron.weights, index)
    if neuron.kind.name == "logistic":
        return None if _one_input_parts(column[:, 0], y) else _newton(neuron, X, y, index)
    return solve(neuron.kind.name, column, y - held).parameters


def _check_classes(y: Array) -> None:
    if not ((y == 0) | (y == 1)).all():
        raise ValueError(f"y must hold the classes 0 and 1, got values from {y.min():g} to {y.max():g}")


def _one_input_parts(x: Array, y: Array) -> bool:
    """Whether a threshold on x (N,) has the classes on its two sides: then a larger weight is always better."""
    if len(np.unique(y)) < 2:
        return True
    return bool(x[y == 0].max() <= x[y == 1].min() or x[y == 1].max() <= x[y == 0].min())


def _newton(neuron: Neuron, X: Array, y: Array, index: int) -> Array | None:
    """Newton's method on the cross-entropy over two parameters, each step halved until the loss falls."""
    moved, places = Neuron("logistic", neuron.parameters), [index, -1]
    columns = np.column_stack([X[:, index], np.ones(len(X))])
    for _ in range(NEWTON_STEPS):
        gradient = moved.gradient(X, y)[places]
        if np.abs(gradient).max() < NEWTON_TOLERANCE:
            return moved.parameters[places]
        a = moved.forward(X)[1]
        # A little on the diagonal, for where the sigmoid is saturated and the Hessian is rounded to 0.
        hessian = columns.T @ (columns * (a * (1 - a))[:, None]) / len(X) + 1e-9 * np.eye(2)
        step, before = np.linalg.solve(hessian, gradient), moved.loss(X, y)
        for halving in range(HALVINGS):
            tried = moved.parameters.copy()
            tried[places] -= step * 0.5**halving
            if Neuron("logistic", tried).loss(X, y) < before:
                break
        moved.parameters = tried
    return None


def _least_squares(X: Array, y: Array) -> Solution:
    columns = with_bias_input(X)
    # lstsq solves the normal equations without forming them, and gives the shortest answer where there are many.
    parameters, _, rank, _ = np.linalg.lstsq(columns, np.asarray(y, dtype=float))
    remark = "Gradient descent must get there: the loss is a bowl with one lowest point."
    if rank < columns.shape[1]:
        remark = "Fewer samples than weights: many lines fit them all, and this is the one with the smallest weights."
    return _checked("linear", parameters, X, y, "least squares, in closed form", remark)


def _least_absolute(X: Array, y: Array) -> Solution:
    from sklearn.linear_model import QuantileRegressor

    model = QuantileRegressor(quantile=0.5, alpha=0.0, solver="highs").fit(X, y)
    remark = (
        "The median line, or plane: at most half of the samples lie above it, and at most half below. Its loss is not "
        "differentiable there, so with a fixed learning rate descent keeps hopping across it."
    )
    return _checked("absolute", _joined(model), X, y, "scikit-learn's QuantileRegressor", remark)


def _logistic(X: Array, y: Array) -> Solution:
    method = "scikit-learn's LogisticRegression, no penalty"
    if len(np.unique(y)) < 2:
        remark = "All samples are of one class: the farther z goes to its side, the smaller the loss, without end."
        return Solution(None, None, method, remark)
    from sklearn.linear_model import LogisticRegression

    # C is the inverse of the penalty's strength.
    model = LogisticRegression(C=np.inf, tol=1e-8, max_iter=1000).fit(X, y)
    if (model.predict(X) == y).all():
        return Solution(
            None, None, method,
            "A border parts these classes without a mistake, so there is no best: the loss goes to 0 as the weights grow "
            "without end.",
        )  # fmt: skip
    remark = "Cross-entropy is convex for a single neuron: there is one lowest point, and descent must reach it."
    return _checked("logistic", _joined(model), X, y, method, remark)


def _joined(model: object) -> Array:
    return np.append(np.ravel(model.coef_), model.intercept_)


def _checked(kind: str, parameters: Array, X: Array, y: Array, method: str, remark: str) -> Solution:
    loss = float(Neuron(kind, parameters).loss(X, y))
    return Solution(parameters, 0.0 if loss < ROUNDING else loss, method, remark)
