"""Why this loss, what Newton-Raphson has to do with it, and where a neuron comes from: folds with this neuron's numbers."""

from math import exp

import numpy as np
import streamlit as st

from nncore.single_neuron.curvature import log_likelihood, newton_step, second_derivatives
from nncore.single_neuron.neuron import Neuron
from pages.parts.fields.derivations import cross_entropy_lines, sigmoid_lines, squared_lines
from pages.parts.fields.numbers import plain
from pages.parts.fields.source import show_source
from pages.parts.neuron.study import Look

HISTORY = """
- **1943** McCulloch and Pitts describe a neuron as a weighted sum and a threshold; nothing in it learns.
- **1958** Rosenblatt's perceptron learns its weights from its mistakes.
- **1960** Widrow and Hoff follow the gradient of the squared error instead: the delta rule.
- **1969** Minsky and Papert prove what no single one can do: exclusive-or is among it.
- **1970** Linnainmaa writes down the chain rule for any program, backwards: automatic differentiation.
- **1986** Rumelhart, Hinton and Williams train hidden layers with it: backpropagation.
"""


def theory(look: Look) -> None:
    """The folds that suit this neuron."""
    if look.setup.kind == "logistic":
        with st.expander("Why cross-entropy?"):
            st.markdown(likelihood_words(look.neuron, look.X, look.y))
            st.latex(r"\prod_i a_i^{y_i} (1 - a_i)^{1 - y_i} \quad\Longrightarrow\quad "
                     r"L = -\tfrac{1}{N} \textstyle\sum_i \left[ y_i \ln a_i + (1 - y_i) \ln(1 - a_i) \right]")
            show_source(log_likelihood, neuron=look.neuron, X=look.X, y=look.y)
        with st.expander("What has Newton-Raphson to do with it?"):
            st.latex(r"\mathbf{w} \leftarrow \mathbf{w} - H^{-1} \nabla L, \qquad "
                     r"H = \tfrac{1}{N} \textstyle\sum_i a_i (1 - a_i)\, \mathbf{x}_i \mathbf{x}_i^\top")
            st.markdown(newton_words(look.neuron, look.X, look.y))
            show_source(newton_step, neuron=look.neuron, X=look.X, y=look.y)
            show_source(second_derivatives, neuron=look.neuron, X=look.X)
    _derivation(look)
    show_source(Neuron, kind=look.setup.kind, parameters=look.neuron.parameters)
    show_source(look.neuron.forward, X=look.X)
    with st.expander("From the perceptron to backpropagation, a line each"):
        st.markdown(HISTORY)


def _derivation(look: Look) -> None:
    """Where the factors at the answer come from, line by line, with the numbers of the sample that is followed."""
    kind, x, y = look.neuron.kind, look.X[look.sample : look.sample + 1], look.y[look.sample : look.sample + 1]
    z, a = (float(part[0]) for part in look.neuron.forward(x))
    target, is_sigmoid = float(look.neuron.targets(y)[0]), kind.activation.name == "sigmoid"
    if kind.loss.needs_probabilities:
        lines = cross_entropy_lines(a, target)
    elif kind.loss.name == "mse":
        lines = squared_lines(a, target, float(kind.activation.derivative(np.array([z]), np.array([a]))[0]))
    else:
        return
    names = "do a(1 − a) and ∂L/∂a" if is_sigmoid else "does ∂L/∂a"
    with st.expander(f"Where {names} come from, line by line?"):
        for line in [*(sigmoid_lines(z) if is_sigmoid else ()), *lines]:
            st.latex(line)
        st.caption(f"The numbers are those of sample {look.sample + 1}.")
        show_source(look.neuron.error_signals, X=x, y=y)


def likelihood_words(neuron: Neuron, X: np.ndarray, y: np.ndarray) -> str:
    """How probable this neuron calls all labels together, and what its loss says of that."""
    total, n_samples = log_likelihood(neuron, X, y), len(y)
    mean = exp(total / n_samples)
    words = (f"The neuron's answer a is the probability that it gives to class 1. The best weights are those under which "
             f"the labels that were seen are most probable: *maximum likelihood*. Here all {n_samples} labels together "
             f"have the probability e^({plain(total)}), {plain(mean)} for each label in the geometric mean. A product of "
             f"many numbers is awkward, so one takes its logarithm, divides by −N, and has the cross-entropy: "
             f"{plain(-total / n_samples)}.")
    return words.replace("(-", "(−")


def newton_words(neuron: Neuron, X: np.ndarray, y: np.ndarray) -> str:
    """What one step of Newton's method from here does to the loss, beside how the loss curves."""
    before = float(neuron.loss(X, y))
    after = float(Neuron("logistic", newton_step(neuron, X, y)).loss(X, y))
    least = float(np.linalg.eigvalsh(second_derivatives(neuron, X)).min())
    moved = "lower" if after < before else "higher: so far from the minimum the step has to be shortened"
    return (f"Gradient descent knows the slope alone and needs a learning rate. Newton's method (Newton-Raphson, as "
            f"statistics calls it when it fits a logistic regression) knows the curvature H too, and needs none. From "
            f"these weights one such step changes the loss from {plain(before)} to {plain(after)}, which is {moved}. The "
            f"smallest eigenvalue of H here is {plain(max(least, 0.0))}, and it is negative nowhere: the loss is *convex*, "
            "every minimum of it is the lowest. For a network with 10,000 weights H has 100 million entries, which is why "
            "networks are trained with the slope alone.")
