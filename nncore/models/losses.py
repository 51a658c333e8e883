"""Losses: one number for how wrong the network is.

Training lowers the loss, so all that backpropagation needs from it is its gradient at the output. Every loss here is a
mean over the examples: `mse`, `mae` and `huber` over all N*K output elements, `cross_entropy` over the N examples.
Arrays are feature-major, (..., K, N), as in `dense.py`. Everything that is true of a loss stands in its entry of `LOSSES`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.handed_out import handed_out
from nncore.models.activations import softplus

Array = np.ndarray


@handed_out
@dataclass(frozen=True, kw_only=True)
class Loss:
    """One loss: `value(z, a, target)` gives (...,) and `gradient(z, a, target, out)` writes into `out` (..., K, N).

    `gradient` is dL/da at the output activations `a`, except where `at_pre_activation` is True: then it is dL/dz.
    `needs_probabilities`: it compares probabilities of classes, so it goes with a sigmoid or, for two outputs and more, a
    softmax, and not with regression. `not_differentiable_at` lists the errors ŷ - y at which it has no derivative.

    `label` is its name for people. In LaTeX: `formula` for one example; of a loss of the error alone also `error_formula`
    and `derivative_formula` (dL/dŷ), in which $e stands for the error and $n for the number of outputs, and `note`, what
    a symbol in them means.

    In other languages the forms are expressions. `numpy_code` gives the loss from arrays (N, K): pre-activations `z`,
    outputs `a` and targets `t`; `numpy_code_of_one` does where there is one output alone, if that is another.
    `numpy_gradient_code` is what `gradient` gives; `pytorch_code` the loss from the same tensors, and `pytorch_code_of_one`
    for one output.
    `javascript` is what one output adds to the loss of one example: an expression in its
    pre-activation z, the output a, its target t and the number k of outputs; "" for one that no browser is told of.
    """

    name: str
    label: str
    formula: str
    value: Callable[[Array, Array, Array], Array]
    gradient: Callable[[Array, Array, Array, Array], Array]
    at_pre_activation: bool = False
    needs_probabilities: bool = False
    is_quadratic: bool = False
    not_differentiable_at: tuple[float, ...] = ()
    error_formula: str = ""
    derivative_formula: str = ""
    note: str = ""
    javascript: str = ""
    numpy_code: str = ""
    numpy_code_of_one: str = ""
    numpy_gradient_code: str = ""
    pytorch_code: str = ""
    pytorch_code_of_one: str = ""


def _mse(z: Array, a: Array, target: Array) -> Array:
    return np.mean(np.square(a - target), axis=(-2, -1))


def _mse_gradient(z: Array, a: Array, target: Array, out: Array) -> Array:
    np.subtract(a, target, out)
    return np.multiply(out, 2.0 / (a.shape[-1] * a.shape[-2]), out)


def _mae(z: Array, a: Array, target: Array) -> Array:
    return np.mean(np.abs(a - target), axis=(-2, -1))


def _mae_gradient(z: Array, a: Array, target: Array, out: Array) -> Array:
    np.subtract(a, target, out)
    np.sign(out, out)
    return np.multiply(out, 1.0 / (a.shape[-1] * a.shape[-2]), out)


def _huber(z: Array, a: Array, target: Array) -> Array:
    # With e clipped to [-1, 1], c(e - c/2) is e^2/2 inside and |e| - 1/2 outside (delta = 1).
    error = a - target
    clipped = np.clip(error, -1.0, 1.0)
    return np.mean(clipped * (error - 0.5 * clipped), axis=(-2, -1))


def _huber_gradient(z: Array, a: Array, target: Array, out: Array) -> Array:
    np.subtract(a, target, out)
    np.clip(out, -1.0, 1.0, out=out)
    return np.multiply(out, 1.0 / (a.shape[-1] * a.shape[-2]), out)


def _cross_entropy(z: Array, a: Array, target: Array) -> Array:
    """Mean of -log p(y), from the pre-activations: log p itself would be -inf where p rounds to 0."""
    if z.shape[-2] == 1:
        # -log sigmoid(z) = softplus(-z) for class 1 and softplus(z) for class 0.
        return np.mean(softplus((1.0 - 2.0 * target) * z), axis=(-2, -1))
    peak = z.max(axis=-2, keepdims=True)
    log_sum = np.log(np.exp(z - peak).sum(axis=-2, keepdims=True)) + peak
    return np.mean(((log_sum - z) * target).sum(axis=-2), axis=-1)


def _cross_entropy_gradient(z: Array, a: Array, target: Array, out: Array) -> Array:
    # The derivative of a sigmoid or a softmax cancels against the 1/p of -log p: what is left is a - target.
    np.subtract(a, target, out)
    return np.multiply(out, 1.0 / a.shape[-1], out)


def softmax(z: Array, out: Array | None = None) -> Array:
    """Class probabilities (..., K, N) that sum to 1 over the axis -2, from pre-activations of the same shape."""
    out = np.subtract(z, z.max(axis=-2, keepdims=True), out)
    np.exp(out, out)
    return np.divide(out, out.sum(axis=-2, keepdims=True), out)


def softmax_backward(a: Array, gradient: Array) -> Array:
    """dL/dz (..., K, N) from dL/da through a softmax, whose derivative is the matrix diag(a) - a a^T."""
    return a * (gradient - (gradient * a).sum(axis=-2, keepdims=True))


_entries = (
    Loss(
        name="mse", label="squared error", formula=r"(\hat y - y)^2", value=_mse, gradient=_mse_gradient,
        javascript="(a - t) ** 2 / k",
        numpy_code="np.mean((a - t) ** 2)", numpy_gradient_code="2.0 * (a - t) / a.size",
        pytorch_code="torch.nn.functional.mse_loss(a, t)",
        is_quadratic=True, error_formula="($e)^2", derivative_formula=r"\tfrac{2}{$n} \left($e\right)",
    ),
    Loss(
        name="mae", label="absolute error", formula=r"|\hat y - y|", value=_mae, gradient=_mae_gradient,
        javascript="Math.abs(a - t) / k",
        numpy_code="np.mean(np.abs(a - t))", numpy_gradient_code="np.sign(a - t) / a.size",
        pytorch_code="torch.nn.functional.l1_loss(a, t)",
        not_differentiable_at=(0.0,), error_formula="|$e|",
        derivative_formula=r"\tfrac{1}{$n} \operatorname{sign}\left($e\right)",
    ),
    Loss(
        name="huber", label="Huber", formula=r"\tfrac12 e^2 \text{ if } |e| \le 1 \text{ else } |e| - \tfrac12",
        value=_huber, gradient=_huber_gradient,
        javascript="(Math.abs(a - t) <= 1 ? (a - t) ** 2 / 2 : Math.abs(a - t) - 0.5) / k", error_formula="h($e)",
        numpy_code="np.mean(np.where(np.abs(a - t) <= 1.0, 0.5 * (a - t) ** 2, np.abs(a - t) - 0.5))",
        numpy_gradient_code="np.clip(a - t, -1.0, 1.0) / a.size",
        pytorch_code="torch.nn.functional.huber_loss(a, t)",
        derivative_formula=r"\tfrac{1}{$n} \min\left(1, \max\left(-1, $e\right)\right)",
        note=r"h(e) = \tfrac12 e^2 \text{ if } |e| \le 1,\ |e| - \tfrac12 \text{ else}",
    ),
    Loss(
        name="cross_entropy", label="cross-entropy", formula=r"-\ln p(y)", value=_cross_entropy,
        gradient=_cross_entropy_gradient,
        numpy_code="np.mean(np.logaddexp.reduce(z, axis=1) - (t * z).sum(axis=1))",
        numpy_code_of_one="np.mean(np.logaddexp(0.0, (1.0 - 2.0 * t) * z))", numpy_gradient_code="(a - t) / len(a)",
        pytorch_code="torch.nn.functional.cross_entropy(z, t)",
        pytorch_code_of_one="torch.nn.functional.binary_cross_entropy_with_logits(z, t)",
        # For one output softplus(-z) or softplus(z), as in `_cross_entropy`.
        javascript="k > 1 ? (t ? -Math.log(Math.max(a, 1e-300)) : 0) : Math.log1p(Math.exp(-Math.abs(z))) + "
        "Math.max(t ? -z : z, 0)", at_pre_activation=True, needs_probabilities=True,
    ),
)  # fmt: skip

LOSSES: dict[str, Loss] = {entry.name: entry for entry in _entries}
