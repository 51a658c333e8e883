"""Lesson: the chain rule for one weight, factor by factor."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nncore.models.activations import ACTIVATIONS
from nncore.single_neuron.neuron import Chain, Neuron, chain_of
from pages.parts.figures.lessons.parts import layers
from pages.parts.figures.lessons.pictures import bars, curves
from pages.parts.lessons.draw import numbers_for, tenths
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task


def chain(seed: int, kind: str = "sigmoid_squared", factor: float = 1.0) -> tuple[Neuron, Chain]:
    """A sigmoid neuron on one sample of class 0, and every factor; its weight is `factor` times as large."""
    rng = numbers_for(seed, 1)
    x, w, b = (
        float(values[0]) for values in (tenths(rng, 1.2, 2.5, 1), tenths(rng, 0.3, 0.9, 1), tenths(rng, -0.5, 0.5, 1))
    )
    neuron = Neuron(kind, [factor * w, b])
    return neuron, chain_of(neuron, np.array([x]), 0.0, 1.0)


def _facts(seed: int) -> dict[str, float]:
    _, found = chain(seed)
    return {
        "x": found.inputs[0],
        "w": found.weights[0],
        "b": found.bias,
        "z": round(found.z, 4),
        "a": found.a,
        "y": found.target,
        "dLda": found.loss_slope,
        "dadz": found.activation_slope,
        "dLdw": found.weight_gradients[0],
        "dLdz": found.delta,
    }


def loss_factor(seed: int) -> Facts:
    """dL/da."""
    known = _facts(seed)
    return {**known, "answer": known["dLda"]}


def sigmoid_factor(seed: int) -> Facts:
    """da/dz."""
    known, z = _facts(seed), np.linspace(-6, 6, 121)
    sigmoid = ACTIVATIONS["sigmoid"]
    a = sigmoid(z)
    return {**known, "zs": z, "as": a, "slopes": sigmoid.derivative(z, a, None), "answer": known["dadz"]}


def product(seed: int) -> Facts:
    """All factors together."""
    known, (neuron, _) = _facts(seed), chain(seed)
    h, X, y = 1e-5, np.array([[known["x"]]]), np.array([0.0])
    up, down = (Neuron(neuron.kind.name, [known["w"] + step, known["b"]]).loss(X, y) for step in (h, -h))
    return {**known, "nudged": (up - down) / (2 * h), "answer": known["dLdw"]}


def other_loss(seed: int) -> Facts:
    """dL/dz with the cross-entropy."""
    known, (_, found) = _facts(seed), chain(seed, "logistic")
    return {**known, "big": found.loss_slope, "was": known["dLdz"], "answer": found.delta}


def saturated(seed: int) -> Facts:
    """The same neuron with a weight twenty times as large: more wrong, and what becomes of its gradient."""
    (_, before), (_, after) = chain(seed), chain(seed, factor=20.0)
    ratio = abs(after.weight_gradients[0] / before.weight_gradients[0])
    return {
        "x": after.inputs[0],
        "w": after.weights[0],
        "b": after.bias,
        "a0": before.a,
        "a": after.a,
        "loss0": before.loss,
        "loss": after.loss,
        "slope": after.activation_slope,
        "g0": before.weight_gradients[0],
        "g": after.weight_gradients[0],
        "gradients": np.array([before.weight_gradients[0], after.weight_gradients[0]]),
        "answer": 0 if ratio > 1.2 else 1 if ratio < 0.5 else 2,
    }


def stuck(seed: int) -> Facts:
    """The sample of the task."""
    x = _facts(seed)["x"]
    return {"x": x, "times": np.exp(x)}


def gradient_at(seed: int, weight: float) -> float:
    """The size of dL/dw for this weight without a bias."""
    x = _facts(seed)["x"]
    return abs(chain_of(Neuron("sigmoid_squared", [weight, 0.0]), np.array([x]), 0.0, 1.0).weight_gradients[0])


def _factors(f: Facts, kind: str = "sigmoid_squared") -> tuple[Callable[..., Any], dict[str, Any]]:
    """The function that finds all factors of the chain, and what it is given."""
    neuron = Neuron(kind, [f["w"], f["b"]])
    return chain_of, {"neuron": neuron, "x": np.array([f["x"]]), "y": 0.0, "learning_rate": 1.0}


LESSON = Lesson(
    "chain",
    "The chain rule for one weight",
    "How does the loss reach back to a single weight?",
    "By a product: how the loss follows the answer, the answer the sum, and the sum the weight.",
    (
        Step(
            "A neuron computes z = w x + b, then a = σ(z), then L = (a − y)². A change of w travels along this chain to L, "
            "link by link.",
            "x = {x}, w = {w}, b = {b}, so z = {z} and a = {a:.4f}. The target is y = {y}. What is the first factor, dL/da?",
            Number("dL/da", share=0.005),
            "L = (a − y)² has the derivative 2 (a − y) = 2 · ({a:.4f} − {y}) = **{answer:.4f}**. It is positive: a larger "
            "answer would be more wrong.",
            loss_factor,
            before=lambda f, dark: layers([["x"], ["z"], ["a"], ["L"]], [["· w + b"], ["σ(z)"], ["(a − y)²"]], dark),
            source=_factors,
            page="neuron",
            settings=lambda seed: {"n_kind": "sigmoid_squared"},
            recall="A sigmoid neuron answers a = {a:.4f}, and the target is {y}. The squared error's derivative dL/da is",
        ),
        Step(
            "The second link is the sigmoid: how much does a = σ(z) change when z does? Its derivative can be told from its "
            "value alone: da/dz = a (1 − a).",
            "With a = {a:.4f}, what is da/dz?",
            Number("da/dz", share=0.01),
            "a (1 − a) = {a:.4f} · (1 − {a:.4f}) = **{answer:.4f}**. It is never more than 0.25, where a = 0.5, and it is "
            "nearly 0 where the neuron is sure: at each sigmoid a gradient loses at least three quarters.",
            sigmoid_factor,
            after=lambda f, dark: curves(f["zs"], {"a = σ(z)": f["as"], "da/dz": f["slopes"]}, ("z", ""), dark),
            source=lambda f: (ACTIVATIONS["sigmoid"].derivative, {"z": np.array([f["z"]]), "a": np.array([f["a"]])}),
            page="neuron",
            recall="Where a sigmoid answers a = {a:.4f}, its derivative da/dz is",
        ),
        Step(
            "The last link is dz/dw: z = w x + b grows by x when w grows by 1. The chain rule says that factors along a "
            "chain multiply.",
            "dL/da = {dLda:.4f}, da/dz = {dadz:.4f}, x = {x}. What is dL/dw?",
            Number("dL/dw", share=0.01),
            "dL/dw = {dLda:.4f} · {dadz:.4f} · {x} = **{answer:.4f}**. To be sure, nudge w by 0.00001 both ways and measure "
            "the loss: it changes by {nudged:.4f} per unit. Two ways, one number.",
            product,
            after=lambda f, dark: bars(
                ["dL/da", "da/dz", "dz/dw", "dL/dw"], [f["dLda"], f["dadz"], f["x"], f["dLdw"]], "", dark, 3
            ),
            source=_factors,
            page="neuron",
        ),
        Step(
            "With the cross-entropy in place of the squared error, dL/da = (a − y) / (a (1 − a)), here {big:.3f}. The "
            "sigmoid behind it is the same: da/dz = {dadz:.4f}.",
            "What is dL/dz now?",
            Number("dL/dz", share=0.01),
            "The sigmoid's a (1 − a) cancels the loss's: what is left is a − y = **{answer:.4f}**, in place of {was:.4f} "
            "with the squared error. The flat ends of the sigmoid no longer swallow the error. That is why the two go "
            "together.",
            other_loss,
            after=lambda f, dark: bars(["squared error", "cross-entropy"], [f["was"], f["answer"]], "dL/dz", dark, 1),
            source=lambda f: _factors(f, "logistic"),
            page="neuron",
            recall="With the cross-entropy dL/da = {big:.3f}, and behind it da/dz = {dadz:.4f}. Their product dL/dz is",
        ),
        Step(
            "We make the weight twenty times as large, w = {w}. The target is still 0, and the answer is now {a:.4f}: as "
            "wrong as it can be.",
            "With the squared error, what becomes of dL/dw?",
            Pick(
                ("It is larger: a larger error gives a stronger pull.", "It is much smaller.", "It stays about as it was."),
                order=(1, 2, 0),
            ),
            "The loss rose from {loss0:.3f} to {loss:.3f}, but dL/dw went from {g0:.4f} to {g:.2e}, since the factor a (1 − "
            "a) is {slope:.2e} here. This is *saturation*: wrong, sure of it, and hardly able to learn.",
            saturated,
            kind="break",
            after=lambda f, dark: bars(["w", "20 w"], f["gradients"], "dL/dw", dark, 1),
            source=_factors,
            page="neuron",
            settings=lambda seed: {"n_kind": "sigmoid_squared"},
            recall="A sigmoid neuron's weight is made twenty times as large, and the neuron is as wrong as it can be. With "
                   "the squared error, dL/dw becomes:",
        ),
        Step(
            "The input is x = {x}, the bias 0, the target 0, the loss squared. A weight below 0 would be right; yours is "
            "above.",
            "What is the smallest weight in the list with a gradient below 0.001?",
            Task("Weight w", (0.5, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20), gradient_at, "size of dL/dw", below=0.001),
            "Far out, a (1 − a) is nearly e to the power −w x, so the gradient is nearly 2 x e^(−w x) with x = {x}: each "
            "further unit of w makes it {times:.0f} times smaller. At a learning rate of 0.1 a step with such a gradient "
            "changes the weight by less than 0.0001.",
            stuck,
            kind="task",
            page="neuron",
        ),
    ),
)
