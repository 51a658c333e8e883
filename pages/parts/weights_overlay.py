"""What was changed by hand on the frame on screen: kept for this viewer alone, looked at, never trained."""

from dataclasses import dataclass

import streamlit as st

from nncore.network import Network
from nncore.overlay import Edit, Hold, Replace, Step, with_step
from nncore.weight_files import read_npz
from pages.parts.numbers import plain
from pages.parts.session import Session

KEY = "weights_overlay"
DIGITS = 7  # significant, of a weight that is read and set: as many as its recorded number has
NO_CHANGE = "That is what it is already."


@dataclass
class Changes:
    """The steps taken on one frame of one run, and the sentence about the last one that could not be."""

    run: str
    frame: int
    steps: tuple[Step, ...] = ()
    problem: str = ""


def changes_on(session: Session) -> Changes:
    """The changes of the frame on screen; those of any other frame or run are forgotten."""
    changes = st.session_state.get(KEY)
    if changes is None or (changes.run, changes.frame) != (session.run.key, session.frame):
        changes = st.session_state[KEY] = Changes(session.run.key, session.frame)
    return changes


def add_step(changes: Changes, network: Network, step: Step) -> None:
    """Takes one more step, or says why it cannot be, or that it changes nothing."""
    try:
        steps = with_step(network, changes.steps, step)
    except ValueError as error:
        changes.problem = f"{error}. Nothing was changed."
    else:
        changes.problem = "" if steps != changes.steps else f"{NO_CHANGE} Nothing was changed."
        changes.steps = steps


def take_back(changes: Changes, number: int | None) -> None:
    """Drops the last `number` steps, None for all."""
    changes.steps = changes.steps[:-number] if number else ()
    changes.problem = ""


def load_file(changes: Changes, network: Network, data: bytes) -> None:
    """Takes the weights of an uploaded file as a step, or says why that cannot be."""
    try:
        step = Replace(tuple(read_npz(data, network).tolist()))
    except ValueError as error:
        changes.problem = f"{error}. Nothing was changed."
    else:
        add_step(changes, network, step)


def describe(step: Step) -> str:
    """One step in words, neurons and layers counted from 1."""
    if isinstance(step, Edit):
        return f"row {step.row + 1}, column {step.column + 1} of layer {step.layer + 1} is {plain(step.value, DIGITS)}"
    if isinstance(step, Hold):
        verb = f"frozen at {plain(step.value)}" if step.value else "silenced"
        return f"neuron {step.neuron + 1} of layer {step.layer + 1} {verb}"
    return "all weights and biases from a file"


def held(changes: Changes, network: Network, layer: int, neuron: int) -> str:
    """A sentence on a hidden neuron that is silenced or frozen by hand in the changed network; of another, no text."""
    for step in changes.steps:
        if isinstance(step, Hold) and (step.layer, step.neuron) == (layer, neuron):
            # A later edit may have given it a voice again.
            return "" if network.weights[layer + 1][:, neuron].any() else (
                f"By hand: {describe(step)}. The next layer does not hear the activation shown here."
            )
    return ""


def overlay_notice(changes: Changes) -> None:
    """Says that what is shown was changed by hand, and lets one take it back."""
    if changes.problem:
        st.error(changes.problem)
        changes.problem = ""  # it is about the last press alone
    if not changes.steps:
        return
    st.info(
        "**Changed by hand on this frame:** " + "; ".join(map(describe, changes.steps)) + ". These weights are looked at, "
        "never trained, and are not in the link; another frame shows the recorded ones again.", icon=":material/edit:",
    )  # fmt: skip
    with st.container(horizontal=True):
        st.button("Take back the last change", on_click=take_back, args=(changes, 1), key="undo_last")
        st.button("Take back all", on_click=take_back, args=(changes, None), key="undo_all")
