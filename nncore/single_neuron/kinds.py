"""Kinds of neuron: which activation and which loss go together, and what that is called.

Beside the activations and losses of the networks stand the perceptron's own two: a step, and the count of mistakes.
"""

from dataclasses import dataclass
from math import inf

import numpy as np

from nncore.handed_out import handed_out
from nncore.models.activations import ACTIVATIONS, Activation
from nncore.models.losses import LOSSES, Loss

Array = np.ndarray


def _step(z: Array, out: Array | None = None) -> Array:
    return np.greater_equal(z, 0.0, out=np.empty_like(z) if out is None else out)


def _step_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
    out = np.empty_like(a) if out is None else out
    out.fill(0.0)
    return out


STEP = Activation(
    name="step", label="step", formula=r"1 \text{ if } z \ge 0 \text{ else } 0", derivative_formula="0", value=_step,
    derivative=_step_derivative, javascript="z >= 0 ? 1 : 0", range="0 or 1", bounds=(0.0, 1.0),
    not_differentiable_at=(0.0,), dead_below=inf, needs_z=True,
    numpy_code="(z >= 0.0).astype(float)", numpy_derivative_code="np.zeros_like(z)",
)  # fmt: skip


def _mistakes(z: Array, a: Array, target: Array) -> Array:
    return np.mean(a != target, axis=(-2, -1))


def _perceptron_signal(z: Array, a: Array, target: Array, out: Array) -> Array:
    np.subtract(a, target, out)
    return np.multiply(out, 1.0 / a.shape[-1], out)


# A count of mistakes has no gradient to follow, so the perceptron's rule (Rosenblatt, 1958) puts the error a - y where
# every other loss has its gradient dL/dz.
MISTAKES = Loss(
    name="mistakes", label="mistakes", formula=r"1 \text{ if } a \ne y \text{ else } 0", value=_mistakes,
    gradient=_perceptron_signal, at_pre_activation=True,
)  # fmt: skip


@handed_out
@dataclass(frozen=True)
class NeuronKind:
    """An activation and a loss that go together; `task` is "values" or "classes", `low` the target of class 0.

    `loss_slope` is dL/da for one sample in LaTeX.
    """

    name: str
    title: str
    activation: Activation
    loss: Loss
    loss_slope: str
    task: str
    about: str
    low: float = 0.0

    @property
    def by_rule(self) -> bool:
        """Whether it learns by a rule of its own, because its loss has no gradient."""
        return self.loss is MISTAKES


_SQUARED, _SIGN = "2(a - y)", r"\operatorname{sign}(a - y)"

NEURONS: dict[str, NeuronKind] = {
    kind.name: kind
    for kind in (
        NeuronKind(
            "linear", "Linear regression", ACTIVATIONS["identity"], LOSSES["mse"], _SQUARED, "values",
            "No activation function and the squared error: the straight line of least squares.",
        ),
        NeuronKind(
            "absolute", "Line by absolute error", ACTIVATIONS["identity"], LOSSES["mae"], _SIGN, "values",
            "No activation function and the absolute error: every sample counts the same, however far away it lies.",
        ),
        NeuronKind(
            "logistic", "Logistic regression", ACTIVATIONS["sigmoid"], LOSSES["cross_entropy"],
            r"\frac{a - y}{a(1 - a)}", "classes",
            "A sigmoid and the cross-entropy: the output is the probability of class 1.",
        ),
        NeuronKind(
            "sigmoid_squared", "Sigmoid with squared error", ACTIVATIONS["sigmoid"], LOSSES["mse"], _SQUARED, "classes",
            "The same neuron with the squared error: far out on the sigmoid it hardly learns, however wrong it is.",
        ),
        NeuronKind(
            "tanh_squared", "Tanh with squared error", ACTIVATIONS["tanh"], LOSSES["mse"], _SQUARED, "classes",
            "A tanh answers from −1 to 1, so the classes are −1 and 1.", low=-1.0,
        ),
        NeuronKind(
            "perceptron", "Perceptron", STEP, MISTAKES, "", "classes",
            "A step answers yes or no. It has no slope, so the perceptron learns by a rule of its own, from 1958.",
        ),
    )
}  # fmt: skip
