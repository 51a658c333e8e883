"""The buttons that take steps and take them back, and the steps as the link has them."""

from collections.abc import Callable

import streamlit as st

from nncore.experiments.link_text import write_field
from nncore.single_neuron.data import make_points
from nncore.single_neuron.descent import NeuronSetup
from nncore.single_neuron.steps import Stride, add_stride, read_strides, require_few, take_back, write_strides
from pages.parts.fields.number_field import number_field
from pages.parts.page.choices import Rule, Span, bind_choice, choice
from pages.parts.page.session import Session

STEPS_WORDS = "steps such as 10b, ten on the batch, or 3x2s7, three times two on sample 7, with commas between them"


def read_steps(session: Session, n_samples: int, learning_rate: float, schedule: str) -> tuple[Stride, ...]:
    """The steps that the link asks for; one from before steps had a rate of their own gets the link's rate for good."""

    def strides(texts: tuple[str, ...]) -> tuple[Stride, ...]:
        return read_strides(texts, n_samples, learning_rate, schedule)

    def can_be(texts: tuple[str, ...]) -> bool:
        try:
            strides(texts)
        except ValueError:
            return False
        return True

    found = strides(choice(session, "n_steps", "tuple[str, ...]", (), Rule(can_be, STEPS_WORDS)))
    _keep(session, found)
    return found


def _keep(session: Session, strides: tuple[Stride, ...]) -> None:
    if strides:
        session.choices["n_steps"] = write_field(write_strides(strides))
    else:
        session.choices.pop("n_steps", None)


def pick_sample(session: Session, n_samples: int) -> int:
    """A number field for the sample that is looked at; returns its index, from 0."""
    sample = choice(session, "n_sample", "int", 1, Span(1, n_samples))
    number_field(session, f"Sample, 1 to {n_samples}, or click on one", 1, n_samples,
                 bind_choice(session, "n_sample", sample, 1), help="The ringed one in the picture.")
    return sample - 1


def step_buttons(session: Session, setup: NeuronSetup, read: Callable[[Session], NeuronSetup]) -> None:
    """One step on this sample; one, 10 or 100 on the batch; the last press undone; back to the first weights.

    What is pressed asks `read` for the setup: a field may have changed since the button was drawn.
    """
    moves = [("One step on this sample", 1, True), ("One step on the batch", 1, False), ("10 steps", 10, False),
             ("100 steps", 100, False)]  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for label, count, is_alone in moves:
            helps = "" if count == 1 else f"{count} steps, each on the batch of all samples"
            st.button(label, key=f"step_{label}", help=helps or None, type="primary" if is_alone else "secondary",
                      on_click=_take, args=(session, read, count, is_alone))
        st.button("Undo", key="step_undo", icon=":material/undo:", disabled=not setup.steps, help=_undo_help(setup.steps),
                  on_click=_undo, args=(session, read))
        st.button("From the first weights", key="step_back", icon=":material/replay:", disabled=not setup.steps,
                  help="Takes all steps back. The browser's Back brings them again.", on_click=_keep, args=(session, ()))


def _undo_help(strides: tuple[Stride, ...]) -> str:
    if not strides:
        return "Takes the last press back."
    last = strides[-1]
    steps = "one step" if last.count == 1 else f"{last.count} steps"
    where = "the batch" if last.sample is None else f"sample {last.sample + 1}"
    return f"Takes the last press back: {steps} on {where} at η = {last.learning_rate:g}."


def _take(session: Session, read: Callable[[Session], NeuronSetup], count: int, is_alone: bool) -> None:
    """Takes so many steps on the batch, or on the one sample that is looked at now."""
    setup, sample = read(session), None
    if is_alone:
        n_samples = len(make_points(setup.points, setup.n_inputs, setup.draw)[1])
        sample = choice(session, "n_sample", "int", 1, Span(1, n_samples)) - 1
    steps = add_stride(setup.steps, Stride(count, sample, setup.learning_rate, setup.schedule))
    try:
        require_few(steps)
    except ValueError as error:
        session.notes.append(f"{error}. Nothing was changed.")
        return
    _keep(session, steps)


def _undo(session: Session, read: Callable[[Session], NeuronSetup]) -> None:
    if steps := read(session).steps:
        _keep(session, take_back(steps))
