"""The chapter about when to stop: the rule "the weight hardly changed" on three descents, and on the person's own."""

from dataclasses import replace

import streamlit as st

from nncore.cache import cached
from nncore.single_neuron.descent import NeuronSetup, Path, follow
from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.steps import Stride
from nncore.single_neuron.stopping import (
    FURTHER_RATES,
    FURTHER_STEPS,
    STOP_SCENES,
    StopTrial,
    lowest_found,
    share_left,
    stop_on,
    try_stop,
)
from pages.parts.fields.ladders import TOLERANCES
from pages.parts.fields.numbers import plain
from pages.parts.figures.neuron.descent import StopView, stop_figure
from pages.parts.neuron.goal import solution_of
from pages.parts.neuron.stop_words import Reference, own_words, trial_verdict, trial_words, verdict
from pages.parts.neuron.study import Look
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure

TITLES = ("At a minimum", "On a plateau", "With a tiny η")
BATCH_STEPS = 1000
OWN = {"path": "the steps you took", "batch": f"{BATCH_STEPS:,} steps on the batch"}


def stops(look: Look) -> None:
    """Where the rule fires at the tolerance that is picked: on the person's descent, and on three that are given."""
    st.markdown(
        "Gradient descent has no signal for being done. “The weight hardly changed” is a good guess at a minimum, "
        "where the gradient is nearly 0; but so it is on a plateau, and a tiny η makes every change small."
    )
    tolerance = choice(look.session, "n_tolerance", "float", 1e-3, TOLERANCES)
    st.select_slider("Stop when no weight moved by more than", TOLERANCES, format_func=lambda value: f"{value:g}",
                     **bind_choice(look.session, "n_tolerance", tolerance, 1e-3))
    st.markdown("##### Your own descent")
    _own(look, tolerance)
    for column, title, name in zip(st.columns(3, gap="medium"), TITLES, STOP_SCENES, strict=True):
        with column:
            _scene(name, title, tolerance)
    st.caption("Try: the smallest tolerance. Expect both wrong stops of these three to go away, and the right one to come "
               "later. They have samples of their own, and an epoch is a step on all of them.")


def _trial(name: str, tolerance: float) -> StopTrial:
    return try_stop(STOP_SCENES[name], tolerance)


def _scene(name: str, title: str, tolerance: float) -> None:
    trial, scene = cached(_trial, name, tolerance, n_bytes=40_000), STOP_SCENES[name]
    words = trial_words(trial)
    st.markdown(f"##### {title}: {trial_verdict(trial)}")
    show_figure(f"n_stop_{name}", words.replace("*", ""), stop_figure, StopView(trial.losses, trial.stopped_epoch, "epoch"))
    st.markdown(words)
    st.caption(f"{NEURONS[scene.kind].title}, first w = {plain(scene.start[0])}, η = {plain(scene.learning_rate)}, "
               f"{scene.epochs:,} epochs of all samples.")


def _own(look: Look, tolerance: float) -> None:
    taken = len(look.path.rates)
    default = "path" if taken else "batch"
    own = choice(look.session, "n_own", "str", default, OWN)
    st.segmented_control("Descent", list(OWN), format_func=OWN.get, required=True, label_visibility="collapsed",
                         **bind_choice(look.session, "n_own", own, default))
    path = look.path if own == "path" else follow(_straight(look.setup))
    if len(path.rates) == 0:
        st.markdown("No step has been taken yet: press one of the buttons above." if own == "path" else
                    "The very first step at this η leaves all bounds.")  # fmt: skip
        return
    stopped, reference = stop_on(path, look.setup, tolerance), _reference(look, path)
    share = share_left(float(path.losses[0]), stopped.loss, reference.loss)
    words = own_words(stopped, tolerance, len(path.rates), look.neuron.kind.by_rule)
    picture, text = st.columns(2, gap="medium")
    with picture:
        show_figure("n_stop_own", words.replace("*", ""), stop_figure,
                    StopView(path.losses, stopped.fired, "step", reference.loss))  # fmt: skip
    text.markdown(f"{words}\n\n{reference.about}\n\n{verdict(stopped, tolerance, share)}")
    text.caption(_about(look, own))


def _straight(setup: NeuronSetup) -> NeuronSetup:
    """The setup with nothing but steps on the batch at the present pace."""
    return replace(setup, steps=(Stride(BATCH_STEPS, None, setup.learning_rate, setup.schedule),))


def _about(look: Look, own: str) -> str:
    if own == "path":
        begin = "Your steps since the first weights, each at the η at which it was taken."
    else:
        begin = f"From the first weights, at η = {look.setup.learning_rate:g} and the schedule in the side bar."
    return f"{begin} Up to 1\u00a0% to come counts as right."


def _reference(look: Look, path: Path) -> Reference:
    """The solution's loss; where no other method gives one, 0 if that is where it leads, or what more steps find."""
    solution = solution_of(look)
    if solution.loss is not None:
        return Reference(solution.loss, f"The solution has a loss of **{plain(solution.loss)}** ({solution.method}).")
    if look.setup.kind == "logistic":
        return Reference(0.0, "There is no lowest point: the loss goes to **0** as the weights grow without end.")
    found = min(cached(lowest_found, look.setup, path.parameters[-1], n_bytes=100), float(path.losses.min()))
    rates = ", ".join(f"{rate:g}" for rate in FURTHER_RATES)
    return Reference(found, f"No formula gives the lowest loss. {FURTHER_STEPS:,} more steps from the end of the path, and "
                            f"as many from weights of 0, at η = {rates}, get down to **{plain(found)}**.")  # fmt: skip


