"""Lesson: backpropagation's sum over all ways to the loss."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nncore import Network
from nncore.inspection.gradcheck import central_difference
from nncore.inspection.trace import Trace, trace_passes, weight_chain
from pages.parts.fields.numbers import plain
from pages.parts.figures.lessons.parts import layers
from pages.parts.figures.lessons.pictures import bars
from pages.parts.lessons.draw import numbers_for, tenths, wholes
from pages.parts.lessons.lesson import Facts, Lesson, Number, Pick, Step, Task


def passes(seed: int, outgoing: float | None = None) -> tuple[Network, np.ndarray, np.ndarray, Trace]:
    """A network of two inputs, two hidden and two output neurons on two samples, with all of its numbers.

    With `outgoing`, the first hidden neuron's weights to the outputs have this value.
    """
    rng = numbers_for(seed, 1)
    network = Network((2, 2, 2), "tanh", "identity", "mse", initializer="zeros")
    network.weights[0][...], network.weights[1][...] = tenths(rng, -0.8, 0.9, 2, 2), tenths(rng, -1.5, 1.5, 2, 2)
    if outgoing is not None:
        network.weights[1][:, 0] = outgoing
    X, y = wholes(rng, -2, 2, 2, 2) / 2, tenths(rng, -2, 2, 2, 2)
    return network, X, y, trace_passes(network, X, y)


def arriving(seed: int) -> Facts:
    """What arrives at the first hidden neuron from both outputs."""
    network, _, _, trace = passes(seed)
    (d1, d2), (v1, v2) = trace.deltas[1][0].round(6), network.weights[1][:, 0]
    found = weight_chain(network, trace, 0, 0, 0)
    return {
        "d1": d1, "d2": d2, "v1": v1, "v2": v2, "p1": found.routes[0, 0], "p2": found.routes[0, 1], "network": network,
        "trace": trace, "answer": float(found.arriving[0]),
    }  # fmt: skip


def through(seed: int) -> Facts:
    """The same number after the activation's derivative."""
    network, _, _, trace = passes(seed)
    found = weight_chain(network, trace, 0, 0, 0)
    return {"arrives": float(found.arriving[0]), "a": float(trace.a[0][0, 0]), "slope": float(found.slopes[0]),
            "network": network, "trace": trace, "answer": float(found.deltas[0])}  # fmt: skip


def mean(seed: int) -> Facts:
    """The gradient of one weight over both samples."""
    network, X, y, trace = passes(seed)
    found = weight_chain(network, trace, 0, 0, 0)
    return {
        "x1": X[0, 0], "x2": X[1, 0], "d1": found.deltas[0], "d2": found.deltas[1], "c1": found.contributions[0],
        "c2": found.contributions[1], "total": found.total, "network": network, "trace": trace,
        "nudged": central_difference(network_copy(network), X, y, 0), "answer": found.gradient,
    }  # fmt: skip


def network_copy(network: Network) -> Network:
    """A network of the same shape with the same numbers, to be changed."""
    copy = Network(network.sizes, network.activations, network.output, network.loss, "zeros")
    copy.parameters = network.parameters
    return copy


def _first_chain(f: Facts) -> tuple[Callable[..., Any], dict[str, Any]]:
    """The function that multiplies out the chain of the first weight, and what it is given."""
    return weight_chain, {"network": f["network"], "trace": f["trace"], "layer": 0, "neuron": 0, "source": 0}


class _Counting:
    """A model that counts how often its loss is asked for."""

    def __init__(self, network: Network):
        self.network, self.parameters, self.asked = network, network.parameters, 0

    def loss_and_gradient(self, X: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
        self.asked += 1
        return self.network.loss_and_gradient(X, y)


def cost(seed: int) -> Facts:
    """How many losses the way by nudging needs, counted."""
    h = int(numbers_for(seed, 2).integers(3, 12))
    network = Network((2, h, 1), seed=seed)
    model, X, y = _Counting(network), np.ones((4, 2)), np.array([0, 1, 0, 1])
    for index in range(network.n_parameters):
        central_difference(model, X, y, index)
    return {"seed": seed, "h": h, "P": network.n_parameters, "big": 2 * 12_730, "answer": model.asked}


def cut_off(seed: int) -> Facts:
    """The first hidden neuron with outgoing weights of 0, and the gradient of its incoming weights."""
    (network, _, _, whole), (shut, _, _, cut) = passes(seed), passes(seed, 0.0)
    before, after = (np.abs(network.matrices(trace.gradient)[0][0]).max() for trace in (whole, cut))
    outgoing = np.abs(network.matrices(cut.gradient)[1][:, 0]).max()
    return {
        "before": float(before), "after": float(after), "outgoing": float(outgoing), "network": shut, "trace": cut,
        "answer": 0 if after == 0 else 1 if after < before else 2,
    }  # fmt: skip


def checked_by(seed: int) -> Facts:
    """The gradient that the task checks."""
    network, X, y, trace = passes(seed)
    return {"gradient": float(trace.gradient[0]), "network": network_copy(network), "X": X, "y": y}


def disagreement(seed: int, step: float) -> float:
    """By how much nudging with this step and backpropagation disagree about the first weight."""
    network, X, y, trace = passes(seed)
    return abs(central_difference(network, X, y, 0, step) - float(trace.gradient[0]))


LESSON = Lesson(
    "backpropagation",
    "Backpropagation's sum",
    "How do hidden neurons learn of an error that they did not make?",
    "A hidden neuron adds up what comes back from all neurons that it feeds, weight times delta, times its own derivative.",
    (
        Step(
            "A hidden neuron feeds both outputs, so it has a part in both errors. Each output has its *delta*, dL/dz: how "
            "fast the loss changes with that output's weighted sum.",
            "The deltas of the outputs are {d1:.4f} and {d2:.4f}; the hidden neuron's weights to them are {v1} and {v2}. "
            "How fast does the loss change with the hidden neuron's answer a: what is dL/da?",
            Number("dL/da", share=0.01),
            "A change of a reaches the loss along two paths, and both count: {v1:()} · {d1:.4f} + {v2:()} · {d2:.4f} = {p1} "
            "+ {p2:()} = **{answer:.4f}**. The same weights that carried the answer forward carry the error back.",
            arriving,
            before=lambda f, dark: layers(
                [["a"], [f"δ<br>{plain(f['d1'])}", f"δ<br>{plain(f['d2'])}"]], [[plain(f["v1"]), plain(f["v2"])]], dark
            ),
            after=lambda f, dark: bars(["output 1", "output 2", "dL/da"], [f["p1"], f["p2"], f["answer"]], "", dark, 2),
            source=_first_chain,
            page="backprop",
        ),
        Step(
            "That number, dL/da, belongs to what comes out of the neuron's tanh. On the way back to the weighted sum z, "
            "which goes in, it is multiplied by the derivative of tanh: 1 − a².",
            "dL/da is {arrives:.4f}, and the neuron's answer is a = {a:.4f}. What is the neuron's delta, dL/dz?",
            Number("delta", share=0.01),
            "1 − a² = {slope:.4f}, so delta = {arrives:.4f} · {slope:.4f} = **{answer:.4f}**. With this delta the layer "
            "before goes on in the same way: one sum and one derivative per layer, from the end to the beginning.",
            through,
            before=lambda f, dark: layers([["z"], ["a"]], [["tanh"]], dark),
            after=lambda f, dark: layers([[f"dL/dz<br>{plain(round(f['answer'], 2))}"],
                [f"dL/da<br>{plain(round(f['arrives'], 2))}"]], [[f"times {f['slope']:.4f}"]], dark),
            source=_first_chain,
            page="backprop",
            recall="A tanh neuron answers a = {a:.4f} and gets dL/da = {arrives:.4f}; its delta, dL/dz, is",
        ),
        Step(
            "A weight's gradient is its neuron's delta times the weight's input. The batch has two samples, and the loss is "
            "the mean over them.",
            "Delta times input is {d1:.4f} · {x1:()} on the first sample and {d2:.4f} · {x2:()} on the second. What is the "
            "gradient of this weight for the batch?",
            Number("gradient", share=0.01),
            "{c1:.4f} and {c2:.4f} add up to {total:.4f}, and their **mean** is **{answer:.4f}**, since the loss is a mean. "
            "Nudging the weight and measuring the loss says {nudged:.4f}.",
            mean,
            before=lambda f, dark: layers([["x₁", "x₂"], ["δ"]], [["gradient?", ""]], dark),
            after=lambda f, dark: bars(
                ["first sample", "second sample", "their mean"], [f["c1"], f["c2"], f["answer"]], "gradient", dark, 2
            ),
            source=_first_chain,
            page="backprop",
        ),
        Step(
            "One could do without backpropagation: nudge each weight and bias up and down, and compute the loss anew each "
            "time. A network of 2 inputs, {h} hidden neurons and 1 output has {P} weights and biases.",
            "How many times must the loss be computed for one gradient?",
            Number("How often", share=0, near=0.4, whole=True),
            "Twice per number: 2 · {P} = **{answer}**, counted just now. Backpropagation needs one pass forward and one "
            "pass back, whatever the size; nudging would take {big:,} losses with 784 inputs, 16 hidden neurons and 10 "
            "outputs. This saving made deep networks possible.",
            cost,
            before=lambda f, dark: layers([["x₁", "x₂"], [""] * f["h"], ["ŷ"]], [], dark),
            after=lambda f, dark: bars(["losses by nudging", "passes of backpropagation"], [f["answer"], 2], "", dark, 0),
            source=lambda f: (
                central_difference,
                {"model": Network((2, f["h"], 1), seed=f["seed"]), "X": np.ones((4, 2)), "y": np.array([0, 1, 0, 1]),
                 "index": 0},
            ),
            page="backprop",
            recall="To get one gradient by nudging each of {P} weights and biases, the number of losses to compute is",
        ),
        Step(
            "We set the first hidden neuron's outgoing weights to 0, both of them. Its incoming weights stay as they are.",
            "What is the gradient of that neuron's incoming weights now?",
            Pick(
                (
                    "Exactly 0.",
                    "Smaller, but not 0: the errors are still there.",
                    "Larger: it has to make up for what it lost.",
                ),
                order=(0, 1, 2),
            ),
            "It was up to {before:.4f} in size and is {after}: what arrives is 0 · delta + 0 · delta. The errors are there, "
            "but no path leads them back. Its *outgoing* weights still have a gradient of up to {outgoing:.4f}, so here one "
            "step opens the path again. With all weights at 0 it would stay shut.",
            cut_off,
            kind="break",
            before=lambda f, dark: layers(
                [["x₁", "x₂"], ["a₁", "a₂"], ["ŷ₁", "ŷ₂"]], [["?", "", "?", ""], ["0", "0", "", ""]], dark
            ),
            after=lambda f, dark: bars(
                ["incoming, before", "incoming, now", "outgoing, now"], [f["before"], f["after"], f["outgoing"]],
                "largest gradient", dark, 1,
            ),
            source=_first_chain,
            page="backprop",
            recall="A hidden neuron's outgoing weights are all 0. The gradient of its incoming weights is:",
        ),
        Step(
            "Nudging is how one *checks* backpropagation: take (L(w + h) − L(w − h)) / (2h) and compare it with the "
            "gradient, here {gradient:.6f}. A large step is crude, a tiny one drowns in rounding.",
            "What is the largest step h with which the two differ by less than 10⁻⁶ = 0.000001?",
            Task("Step h", (1, 0.1, 0.01, 0.001, 0.0001, 1e-5, 1e-6), disagreement, "difference", below=1e-6),
            "The error of nudging both ways falls with h²: a tenth of the step, a hundredth of the error. So a step that "
            "is not very small gives the gradient to many decimals already.",
            checked_by,
            kind="task",
            source=lambda f: (
                central_difference,
                {"model": network_copy(f["network"]), "X": f["X"], "y": f["y"], "index": 0, "step": 0.0001},
            ),
            page="backprop",
        ),
    ),
)
