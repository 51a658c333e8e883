"""One sum at one step: a row of W_ih times what comes in, a row of W_hh times the state, both biases, number by number."""

import numpy as np
import streamlit as st

from nncore.inspection.memory import StepSum, step_sum
from nncore.models.recurrence import CELLS
from pages.parts.fields.arithmetic import bracketed, enough_digits, significant
from pages.parts.fields.numbers import plain
from pages.parts.fields.source import show_source
from pages.parts.page.choices import Span, bind_choice, choice_up_to
from pages.parts.recurrence.study import CANDIDATES, GATE_NAMES, LENGTHS, SIZES, Look

LEAST = 3  # significant digits
TANH = ("h", *CANDIDATES)  # the others have a sigmoid


def one_sum(look: Look) -> None:
    """Which step, which neuron and which gate, and the sum there written out."""
    run, session, gates = look.run, look.session, CELLS[look.run.cell].gates
    step = choice_up_to(session, "sum_step", 2, run.length, Span(1, max(LENGTHS)))
    neuron = choice_up_to(session, "sum_neuron", 1, run.n_hidden, Span(1, max(SIZES)))
    first, second = st.columns(2, gap="medium")
    first.slider("Step", 1, run.length, **bind_choice(session, "sum_step", step, 2))
    second.slider("Neuron", 1, run.n_hidden, **bind_choice(session, "sum_neuron", neuron, 1))
    gate = gates[0]
    if len(gates) > 1:
        number = choice_up_to(session, "sum_gate", 1, len(gates), Span(1, 4))
        gate = gates[number - 1]
        st.segmented_control("Gate", range(1, len(gates) + 1), format_func=lambda k: GATE_NAMES[gates[k - 1]], required=True,
                             **bind_choice(session, "sum_gate", number, 1))  # fmt: skip
    found = step_sum(look.model, look.X, step - 1, neuron - 1, gate)
    name = GATE_NAMES.get(gate, "its state")
    symbol = "the space" if look.symbols[step - 1] == " " else look.symbols[step - 1]
    st.markdown(f"At step {step} comes in: *{symbol}*, a 1 in its own place and 0 in all others. "
                f"Neuron {neuron}, {name}: {result_words(found, gate)}")  # fmt: skip
    st.markdown(sum_words(found, gate))
    st.caption("The same weights stand in this sum at every step; only what comes in and the state change. At step 1 the "
               "state is 0.")  # fmt: skip
    show_source(step_sum, came=found, model=look.model, X=look.X, step=step - 1, neuron=neuron - 1, gate=gate)


def result_words(found: StepSum, gate: str) -> str:
    """The sum and what the activation makes of it."""
    bend = "tanh" if gate in TANH else "sigmoid"
    return f"the sum is **z = {plain(found.z, _digits_of_z(found, gate))}**, and {bend}(z) = **{plain(found.a, LEAST)}**."


def sum_words(found: StepSum, gate: str) -> str:
    """Every product and both biases, with as many digits as a calculator needs for the sum that is printed."""
    inked = found.inputs != 0
    x, w = found.inputs[inked], found.weights_ih[inked]
    values = np.concatenate([x, w, found.state, found.weights_hh, [found.bias_ih, found.bias_hh, found.reset]])
    places = _digits_of_z(found, gate)

    def total(digits: int) -> float:
        x_w, hh = significant(values, digits)[: 2 * len(x)], significant(values, digits)[2 * len(x) :]
        size, (b, c, r) = len(found.state), hh[-3:]
        return float(x_w[: len(x)] @ x_w[len(x) :] + b + r * (hh[:size] @ hh[size : 2 * size] + c))

    wanted = plain(found.z, places)
    digits = enough_digits(lambda n: plain(total(n), places) == wanted, LEAST)
    came, state = (
        [f"{_shown(a, digits)}·{_shown(b, digits)}" for a, b in zip(*pair, strict=True) if a]
        for pair in ((x, w), (found.state, found.weights_hh))
    )
    of_state = " + ".join([*state, _shown(found.bias_hh, digits)])
    if found.reset != 1.0:
        of_state = f"{_shown(found.reset, digits)}·({of_state})"
    terms = " + ".join([*came, _shown(found.bias_ih, digits), of_state])
    parts = "input times weight, b_ih, then each neuron's state times weight, and b_hh"
    inner = "; what comes of the state is multiplied by the reset gate" if found.reset != 1.0 else ""
    return f"Written out ({parts}{inner}): {terms} = {wanted}"


def _shown(value: float, digits: int) -> str:
    return bracketed(plain(float(value), digits))


def _digits_of_z(found: StepSum, gate: str) -> int:
    """The significant digits of z with which the activation gives what is printed of it."""
    by = np.tanh if gate in TANH else lambda z: 0.5 + 0.5 * np.tanh(0.5 * z)
    return enough_digits(lambda n: plain(float(by(significant([found.z], n)[0])), LEAST) == plain(found.a, LEAST), LEAST + 1)
