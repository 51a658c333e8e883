"""The chapter about one sample: the chain rule, factor by factor, in formulas with numbers."""

import streamlit as st

from nncore.single_neuron.neuron import Chain, Neuron, after_step, chain_of
from pages.parts.fields.numbers import plain, short
from pages.parts.fields.source import show_source
from pages.parts.neuron.study import Look
from pages.parts.neuron.words import backward_block, forward_block, rule_of_signs, step_block

# What the error signal is: of a kind that has a gradient, and of one that learns by a rule.
SIGNAL = {
    False: "The error signal δ says how the loss changes with the sum z; the derivative by every weight is δ times the "
           "input that this weight multiplies.",
    True: "A step function has the derivative 0, so the chain rule gives 0 and the perceptron's rule takes over: its error "
          "signal δ is a − y, which is 1, 0 or −1, and every weight moves against δ times its input.",
}  # fmt: skip


def chain(look: Look) -> None:
    """Forward, backward and step for one sample, and the rule of signs in words."""
    x, y = look.X[look.sample], look.y[look.sample]
    links = chain_of(look.neuron, x, y, look.rate)
    kind = look.neuron.kind
    st.markdown(
        f"For sample {look.sample + 1} alone: the answer is computed forwards, and then each factor of the chain rule "
        f"backwards. {SIGNAL[kind.by_rule]}"
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("##### Forward: the answer and its loss")
        st.latex(forward_block(kind, links))
        st.markdown("##### The rule of signs\n" + rule_of_signs(kind, links))
        _without_slope(look)
    with right:
        st.markdown("##### Backward: the chain of derivatives")
        st.latex(backward_block(kind, links))
        show_source(chain_of, neuron=look.neuron, x=x, y=float(y), learning_rate=look.rate)
    # With many inputs the chain is long, and there is room on the left.
    with left if len(x) > 2 else right:
        st.markdown("##### The step")
        st.latex(step_block(links))
    st.caption("Numbers are shown rounded and computed with all their digits. Try: “One step on this sample”. "
               + _promise(look, links))


def _promise(look: Look, links: Chain) -> str:
    """What that step will do to the answer and to the error signal."""
    if links.delta == 0:
        return "Expect no change: this sample is answered as it should be, so δ is 0."
    after = chain_of(after_step(look.neuron, links), look.X[look.sample], look.y[look.sample], look.rate)
    # A step hides what has changed: the sum shows it.
    total = _moves("the sum z", links.z, after.z) + ", " if look.neuron.kind.by_rule else ""
    return (
        f"Expect {total}{_moves('the answer a', links.a, after.a)} (the target is {plain(links.target)}), and "
        f"{_moves('δ', links.delta, after.delta)}."
    )


def _moves(name: str, before: float, after: float) -> str:
    if before == after:
        return f"{name} to stay at {plain(after)}"
    if plain(before) == plain(after):
        return f"{name} to stay at {plain(after)} to four digits"
    return f"{name} to go from {plain(before)} to {plain(after)}"


def _without_slope(look: Look) -> None:
    """A step: why it needs a rule. A squared error behind a sigmoid: what cross-entropy would have said instead."""
    if look.neuron.kind.by_rule:
        st.info("The step function is flat: ∂a/∂z = 0, and with it every product of the chain rule. That is why the rule "
                "is needed.")
    if look.setup.kind != "sigmoid_squared":
        return
    x, y = look.X[look.sample], look.y[look.sample]
    ours = chain_of(look.neuron, x, y, look.rate)
    other = chain_of(Neuron("logistic", look.neuron.parameters), x, y, look.rate)
    st.info(
        f"The derivative of the sigmoid here is ∂a/∂z = {short(ours.activation_slope, 3)}, and it is a factor of δ = "
        f"{short(ours.delta, 3)}. Cross-entropy would have cancelled it: δ = {short(other.delta, 3)} for the very same "
        "answer."
    )
