"""Where the two factors at the output come from: dL/da, and the sigmoid's a(1 - a), line by line."""

import streamlit as st

from nncore import ACTIVATIONS, LOSSES
from pages.parts.backprop.study import Look
from pages.parts.fields.derivations import cross_entropy_lines, sigmoid_lines
from pages.parts.fields.source import show_source


def derivation_fold(look: Look) -> None:
    """The derivation with the followed sample's numbers, for a sigmoid output with cross-entropy."""
    network, trace, row = look.network, look.trace, look.sample
    if network.sizes[-1] > 1 or not LOSSES[network.loss].needs_probabilities:
        return
    with st.expander("Where do a(1 − a) and ∂L/∂a come from, line by line?"):
        st.markdown("**The sigmoid.** The outer derivative times the inner one, then one fraction is taken apart. The "
                    "numbers are those of the followed sample's output.")
        for line in sigmoid_lines(float(trace.z[-1][row, 0])):
            st.latex(line)
        show_source(ACTIVATIONS["sigmoid"].derivative, z=trace.z[-1][row], a=trace.a[-1][row])
        st.markdown("**The cross-entropy.** Its derivative has a(1 − a) below the line, which the sigmoid's derivative "
                    "cancels:")
        for line in cross_entropy_lines(float(trace.a[-1][row, 0]), float(trace.targets[row, 0])):
            st.latex(line)
