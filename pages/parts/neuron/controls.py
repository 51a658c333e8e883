"""The controls of the page about one neuron, and its setup as the link has it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from nncore import SCHEDULES
from nncore.checks import require_number
from nncore.experiments.link_text import read_field, write_field
from nncore.single_neuron.data import MAX_DRAW, MAX_INPUTS, POINTS, make_points, points_for
from nncore.single_neuron.descent import DEFAULT_START, MAX_WEIGHT, NeuronSetup
from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.steps import HIGHEST_RATE, LOWEST_RATE, SCHEDULE_STEPS
from pages.parts.fields.labels import name_of
from pages.parts.fields.ladders import LEARNING_RATES
from pages.parts.fields.number_field import number_field
from pages.parts.fields.numbers import plain
from pages.parts.neuron.buttons import read_steps
from pages.parts.neuron.words import WEIGHT_NAMES
from pages.parts.page.choices import Rule, Span, bind_choice, choice, ladder
from pages.parts.page.session import Session

# The link's names for what is picked here; no other page and no setting of a run goes by them.
NAMES = ("n_kind", "n_points", "n_draw", "n_inputs", "n_rate", "n_schedule", "n_start", "n_steps", "n_sample", "n_part",
         "n_along", "n_of", "n_race", "n_tolerance", "n_own", "n_curves")  # fmt: skip
DEFAULT = NeuronSetup()

STEPS_GONE = "The steps belonged to other samples, so they start again from zero. The browser's Back brings them again."


def read_setup(session: Session) -> NeuronSetup:
    """The setup that the link asks for; an invalid value is replaced by the default, with a sentence."""
    kind = choice(session, "n_kind", "str", DEFAULT.kind, NEURONS)
    suited = points_for(NEURONS[kind].task)
    points = choice(session, "n_points", "str", first_points(kind), suited)
    draw = choice(session, "n_draw", "int", 0, Span(0, MAX_DRAW))
    n_inputs = choice(session, "n_inputs", "int", 1, Span(1, MAX_INPUTS))
    n_samples = len(make_points(points, n_inputs, draw)[1])
    rate = choice(session, "n_rate", "float", DEFAULT.learning_rate, Span(LOWEST_RATE, HIGHEST_RATE))
    schedule = choice(session, "n_schedule", "str", DEFAULT.schedule, SCHEDULES)
    start = choice(session, "n_start", "tuple[float, ...]", default_start(n_inputs), _start_rule(n_inputs))
    steps = read_steps(session, n_samples, rate, schedule)
    return NeuronSetup(kind, points, draw, n_inputs, rate, schedule, start, steps)


def first_points(kind: str) -> str:
    """The points that a kind of neuron is first shown with."""
    return "line" if NEURONS[kind].task == "values" else DEFAULT.points


def default_start(n_inputs: int) -> tuple[float, ...]:
    """First weights, all alike, and the bias."""
    return (DEFAULT_START[0],) * n_inputs + DEFAULT_START[1:]


def _start_rule(n_inputs: int) -> Rule:
    weights = "a weight" if n_inputs == 1 else f"{n_inputs} weights"
    return Rule(partial(_can_start, n_inputs), f"{weights} and a bias, each {-MAX_WEIGHT:g} to {MAX_WEIGHT:g}")


def _can_start(n_inputs: int, start: Sequence[float]) -> bool:
    return len(start) == n_inputs + 1 and all(abs(value) <= MAX_WEIGHT for value in start)


def neuron_controls(session: Session, setup: NeuronSetup) -> None:
    """The neuron, its samples, the learning rate and the first weights."""
    st.selectbox("Neuron", list(NEURONS), format_func=lambda name: NEURONS[name].title,
                 help="An activation and a loss. They decide which outputs the neuron can give and how it learns.",
                 **_bind_kind(session, setup))
    st.caption(NEURONS[setup.kind].about)
    st.selectbox("Samples", points_for(NEURONS[setup.kind].task), format_func=lambda name: POINTS[name].title,
                 help="A small set, so that each sample can be followed.",
                 **_anew(session, "n_points", setup.points, first_points(setup.kind), "n_steps", "n_sample"))
    st.caption(POINTS[setup.points].about)
    left, right = st.columns(2)
    left.slider("Inputs", 1, MAX_INPUTS, help="How many numbers the neuron is given of each sample.",
                **_anew(session, "n_inputs", setup.n_inputs, 1, "n_steps", "n_sample", "n_start", "n_along"))
    number_field(session, "Draw", 0, MAX_DRAW, _anew(session, "n_draw", setup.draw, 0, "n_steps", "n_sample"), right,
                 help="Another number draws other samples of the same sort.")
    left, right = st.columns(2)
    left.selectbox("Learning rate η", ladder(LEARNING_RATES, setup.learning_rate), format_func=lambda rate: f"{rate:g}",
                   help="How long the next steps are. Those taken already keep the rate at which they were taken.",
                   **bind_choice(session, "n_rate", setup.learning_rate, DEFAULT.learning_rate))
    right.selectbox("Schedule", list(SCHEDULES), format_func=name_of,
                    help="Fixed, or smaller in the course of the steps taken since η or the schedule was last changed. A "
                         f"step counts as an epoch here; cosine gets to 0 after {SCHEDULE_STEPS:,}.",
                    **bind_choice(session, "n_schedule", setup.schedule, DEFAULT.schedule))
    _start_controls(session, setup)


def _start_controls(session: Session, setup: NeuronSetup) -> None:
    names = (*WEIGHT_NAMES[: setup.n_inputs], "b")
    for place, (name, value) in enumerate(zip(names, setup.start, strict=True)):
        if place % 2 == 0:
            columns = st.columns(2)
        key = f"choose_n_start_{place}"
        st.session_state[key] = plain(value, 12)
        # A field for text: a browser drops what is no number from a number field without a word.
        columns[place % 2].text_input(
            f"First {name}", key=key, on_change=_keep_start, args=(session, setup, place, f"First {name}"),
            help="Where the descent starts: the same steps are taken from there.",
        )  # fmt: skip


def _keep_start(session: Session, setup: NeuronSetup, place: int, label: str) -> None:
    """Keeps the first weight that was typed, or says in one sentence why it cannot be."""
    text = st.session_state[f"choose_n_start_{place}"].strip()
    try:
        value = require_number(label, read_field(label, "float", text), -MAX_WEIGHT, MAX_WEIGHT)
    except ValueError as error:
        session.notes.append(f"{error}. It stays {plain(setup.start[place], 12)}.")
        return
    now = read_setup(session).start  # another of its fields, or their number, may have changed in the same breath
    if place >= len(now):
        return
    start = (*now[:place], value, *now[place + 1 :])
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
        if "n_steps" in session.choices:
            session.notes.append(STEPS_GONE)
        for name in ("n_points", "n_steps", "n_sample"):
            session.choices.pop(name, None)


def _anew(session: Session, name: str, value: Any, default: Any, *dropped: str) -> dict[str, Any]:
    """Like `bind_choice`, for what makes another experiment: the choices `dropped` no longer fit and go."""
    bound = bind_choice(session, name, value, default)
    return bound | {"on_change": partial(_keep_and_drop, session, bound["on_change"], dropped)}


def _keep_and_drop(session: Session, keep: Callable[[], None], dropped: Sequence[str]) -> None:
    keep()
    if "n_steps" in dropped and "n_steps" in session.choices:
        session.notes.append(STEPS_GONE)
    for name in dropped:
        session.choices.pop(name, None)
