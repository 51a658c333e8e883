"""Where the two factors at the output come from: dL/da, and the output's derivative such as a(1 - a), line by line."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore import ACTIVATIONS, LOSSES
from pages.parts.backprop.study import Look
from pages.parts.fields.derivations import cross_entropy_lines, sigmoid_lines, softmax_lines, squared_lines
from pages.parts.fields.source import show_source

SIGMOID = ("**The sigmoid.** The outer derivative times the inner one, then one fraction is taken apart. The numbers are "
           "those of the followed sample's output.")  # fmt: skip
CROSS_ENTROPY = ("**The cross-entropy.** Its derivative has a(1 − a) below the line, which the sigmoid's derivative "
                 "cancels:")  # fmt: skip
SOFTMAX = ("**The softmax with the cross-entropy.** c is the right class. The logarithm turns the quotient into a "
           "difference, and the derivative of the logarithm of the sum is the softmax again. The numbers are those of "
           "output {output} for the followed sample.")  # fmt: skip
SQUARE = ("**The squared error.** The outer derivative 2 (a − y) stays, and f′(z) of the output stays beside it: where the "
          "output is saturated, little is learned.")  # fmt: skip


def derivation_fold(look: Look) -> None:
    """The derivation with the followed sample's numbers, for cross-entropy, and for the squared error of one output."""
    network, trace, row = look.network, look.trace, look.sample
    is_sigmoid, is_one = network.output == "sigmoid", network.sizes[-1] == 1
    entropy = LOSSES[network.loss].needs_probabilities
    if not entropy and not (is_one and network.loss == "mse"):
        return
    names = "a(1 − a) and ∂L/∂a" if is_sigmoid else "∂L/∂a" if is_one else "a − y"
    with st.expander(f"Where {'do' if is_sigmoid else 'does'} {names} come from, line by line?"):
        if is_one:
            _one_output(look, entropy)
        else:
            output = int(trace.targets[row].argmax())
            _lines(SOFTMAX.format(output=output + 1), softmax_lines(float(trace.a[-1][row, output]), 1.0))
        _code(look)


def _one_output(look: Look, entropy: bool) -> None:
    network, trace, row = look.network, look.trace, look.sample
    z, a, y = (float(part[row, 0]) for part in (trace.z[-1], trace.a[-1], trace.targets))
    derivative = ACTIVATIONS[network.output].derivative
    if network.output == "sigmoid":
        _lines(SIGMOID, sigmoid_lines(z))
        show_source(derivative, z=trace.z[-1][row], a=trace.a[-1][row])
    if entropy:
        _lines(CROSS_ENTROPY, cross_entropy_lines(a, y))
    else:
        _lines(SQUARE, squared_lines(a, y, float(derivative(trace.z[-1][row], trace.a[-1][row])[0])))


def _code(look: Look) -> None:
    """The function that gives the loss's derivative, with the followed sample's numbers."""
    trace, row = look.trace, look.sample
    z, a, target = (part[row][:, None] for part in (trace.z[-1], trace.a[-1], trace.targets))  # (K, 1): samples come last
    show_source(LOSSES[look.network.loss].gradient, z=z, a=a, target=target, out=np.zeros_like(a))


def _lines(words: str, lines: Sequence[str]) -> None:
    st.markdown(words)
    for line in lines:
        st.latex(line)
