"""The controls of the page about one neuron, and its setup as the link has it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from nncore import SCHEDULES
from nncore.fields import write_field
from nncore.neuron import NEURONS
from nncore.neuron_data import MAX_DRAW, MAX_INPUTS, POINTS, make_points, points_for
from nncore.neuron_descent import DEFAULT_START, MAX_WEIGHT, NeuronSetup, add_steps, read_steps
from pages.parts.binding import ladder
from pages.parts.choices import bind_choice, choice
from pages.parts.labels import name_of
from pages.parts.neuron_words import WEIGHT_NAMES
from pages.parts.session import Session
from pages.parts.training_controls import LEARNING_RATES

# The link's names for what is picked here; no other page and no setting of a run goes by them.
NAMES = ("n_kind", "n_points", "n_draw", "n_inputs", "n_rate", "n_schedule", "n_start", "n_steps", "n_sample", "n_part",
         "n_along", "n_of", "n_race", "n_tolerance", "n_curves")  # fmt: skip
DEFAULT = NeuronSetup()


def read_setup(session: Session) -> NeuronSetup:
    """The setup that the link asks for; what it says wrongly is replaced by the default, with a sentence."""
    kind = choice(session, "n_kind", "str", DEFAULT.kind, NEURONS.__contains__)
    suited = points_for(NEURONS[kind].task)
    points = choice(session, "n_points", "str", first_points(kind), suited.__contains__)
    draw = choice(session, "n_draw", "int", 0, lambda value: 0 <= value <= MAX_DRAW)
    n_inputs = choice(session, "n_inputs", "int", 1, lambda value: 1 <= value <= MAX_INPUTS)
    n_samples = len(make_points(points, n_inputs, draw)[1])
    return NeuronSetup(
        kind, points, draw, n_inputs,
        choice(session, "n_rate", "float", DEFAULT.learning_rate, lambda value: 1e-6 <= value <= 100),
        choice(session, "n_schedule", "str", DEFAULT.schedule, SCHEDULES.__contains__),
        choice(session, "n_start", "tuple[float, ...]", default_start(n_inputs), partial(_can_start, n_inputs)),
        choice(session, "n_steps", "tuple[str, ...]", (), partial(_can_step, n_samples)),
    )  # fmt: skip


def first_points(kind: str) -> str:
    """The points that a kind of neuron is first shown with."""
    return "line" if NEURONS[kind].task == "values" else DEFAULT.points


def default_start(n_inputs: int) -> tuple[float, ...]:
    """First weights, all alike, and the bias."""
    return (DEFAULT_START[0],) * n_inputs + DEFAULT_START[1:]


def _can_start(n_inputs: int, start: Sequence[float]) -> bool:
    return len(start) == n_inputs + 1 and all(abs(value) <= MAX_WEIGHT for value in start)


def _can_step(n_samples: int, steps: Sequence[str]) -> bool:
    try:
        read_steps(steps, n_samples)
    except ValueError:
        return False
    return True


def neuron_controls(session: Session, setup: NeuronSetup) -> None:
    """The neuron, its samples, the learning rate and the first weights."""
    st.selectbox("Neuron", list(NEURONS), format_func=lambda name: NEURONS[name].title,
                 help="An activation and a loss. They decide what the neuron can say and how it learns.",
                 **_bind_kind(session, setup))
    st.caption(NEURONS[setup.kind].about)
    st.selectbox("Samples", points_for(NEURONS[setup.kind].task), format_func=lambda name: POINTS[name].title,
                 help="A small set, so that each sample can be followed.",
                 **_anew(session, "n_points", setup.points, first_points(setup.kind), "n_steps", "n_sample"))
    st.caption(POINTS[setup.points].about)
    left, right = st.columns(2)
    left.slider("Inputs", 1, MAX_INPUTS, help="How many numbers the neuron is given of each sample.",
                **_anew(session, "n_inputs", setup.n_inputs, 1, "n_steps", "n_sample", "n_start", "n_along"))
    right.number_input("Draw", 0, MAX_DRAW, help="Another number draws other samples of the same sort.",
                       **_anew(session, "n_draw", setup.draw, 0, "n_steps", "n_sample"))
    left, right = st.columns(2)
    left.selectbox("Learning rate η", ladder(LEARNING_RATES, setup.learning_rate), format_func=lambda rate: f"{rate:g}",
                   help="How long a step is. Another rate takes the same steps again from the start, at that rate.",
                   **bind_choice(session, "n_rate", setup.learning_rate, DEFAULT.learning_rate))
    right.selectbox("Schedule", list(SCHEDULES), format_func=name_of,
                    help="Fixed, or smaller with every step e of this page, which counts as an epoch here.",
                    **bind_choice(session, "n_schedule", setup.schedule, DEFAULT.schedule))
    _start_controls(session, setup)


def _start_controls(session: Session, setup: NeuronSetup) -> None:
    names = (*WEIGHT_NAMES[: setup.n_inputs], "b")
    for place, (name, value) in enumerate(zip(names, setup.start, strict=True)):
        if place % 2 == 0:
            columns = st.columns(2)
        key = f"choose_n_start_{place}"
        st.session_state[key] = float(value)
        columns[place % 2].number_input(
            f"First {name}", -MAX_WEIGHT, MAX_WEIGHT, step=0.5, key=key, on_change=_keep_start,
            args=(session, setup, place, key), help="Where the descent starts: the same steps are taken from there.",
        )  # fmt: skip


def _keep_start(session: Session, setup: NeuronSetup, place: int, key: str) -> None:
    picked = st.session_state.get(key)
    if picked is None:
        return
    start = (*setup.start[:place], float(picked), *setup.start[place + 1 :])
    if start == default_start(setup.n_inputs):
        session.choices.pop("n_start", None)
    else:
        session.choices["n_start"] = write_field(start)


def _bind_kind(session: Session, setup: NeuronSetup) -> dict[str, Any]:
    bound = bind_choice(session, "n_kind", setup.kind, DEFAULT.kind)
    return bound | {"on_change": partial(_keep_kind, session, setup, bound["on_change"])}


def _keep_kind(session: Session, setup: NeuronSetup, keep: Callable[[], None]) -> None:
    """Another neuron takes the same steps on the same samples, where they suit it, so that two can be compared."""
    keep()
    kind = session.choices.get("n_kind", DEFAULT.kind)
    if setup.points not in points_for(NEURONS[kind].task):
        for name in ("n_points", "n_steps", "n_sample"):
            session.choices.pop(name, None)


def _anew(session: Session, name: str, value: Any, default: Any, *dropped: str) -> dict[str, Any]:
    """Like `bind_choice`, for what makes another experiment: the choices `dropped` no longer fit and go."""
    bound = bind_choice(session, name, value, default)
    return bound | {"on_change": partial(_keep_and_drop, session, bound["on_change"], dropped)}


def _keep_and_drop(session: Session, keep: Callable[[], None], dropped: Sequence[str]) -> None:
    keep()
    for name in dropped:
        session.choices.pop(name, None)


def pick_sample(session: Session, n_samples: int) -> int:
    """A number field for the sample that is looked at; returns its index, from 0."""
    sample = choice(session, "n_sample", "int", 1, lambda value: 1 <= value <= n_samples)
    st.number_input(f"Sample, 1 to {n_samples}", 1, n_samples, help="The ringed one in the picture.",
                    **bind_choice(session, "n_sample", sample, 1))
    return sample - 1


def step_buttons(session: Session, setup: NeuronSetup, sample: int) -> None:
    """One step on this sample; one, 10 or 100 on the batch; back to the first weights."""
    moves = [("One step on this sample", 1, sample), ("One step on the batch", 1, None), ("10 steps", 10, None),
             ("100 steps", 100, None)]  # fmt: skip
    with st.container(horizontal=True, gap="small"):
        for label, count, which in moves:
            helps = "" if count == 1 else f"{count} steps, each on the batch of all samples"
            st.button(label, key=f"step_{label}", help=helps or None, type="primary" if which is not None else "secondary",
                      on_click=_take, args=(session, setup, count, which))
        st.button("Back to the start", key="step_back", icon=":material/replay:", disabled=not setup.steps,
                  on_click=lambda: session.choices.pop("n_steps", None))


def _take(session: Session, setup: NeuronSetup, count: int, sample: int | None) -> None:
    steps = add_steps(setup.steps, count, sample)
    try:
        read_steps(steps, len(make_points(setup.points, setup.n_inputs, setup.draw)[1]))
    except ValueError as error:
        session.notes.append(f"{error}. Nothing was changed.")
        return
    session.choices["n_steps"] = write_field(steps)
