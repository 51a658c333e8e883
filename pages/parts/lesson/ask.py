"""Asking: the field for a prediction, and the button that stays locked until one was made."""

from collections.abc import Callable

import streamlit as st

from pages.parts.lesson.sketch import sketch_field
from pages.parts.lesson.state import Place, tell
from pages.parts.lesson.watch import begin_watching
from pages.parts.lessons.judge import shown
from pages.parts.lessons.lesson import Facts, Number, Pick, Sketch, Task, Told, fill
from pages.parts.page.session import Session

# Where Streamlit keeps what is predicted, by the kind of answer and the place's key.
_KEYS = {Pick: "pick_{}", Number: "number_{}", Task: "task_{}", Sketch: "sketch_{}_drawn"}
LOCKED = "Predict first, then it runs."


def ask(session: Session, place: Place, facts: Facts) -> None:
    """The field for a prediction of the step on screen, and the button that plays it."""
    step = place.step
    told = _FIELDS[type(step.answer)](place, facts)
    is_task = isinstance(step.answer, Task)
    label = "Try it" if is_task else "Play"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            label,
            type="primary",
            icon=":material/lock:" if told is None else ":material/play_arrow:",
            disabled=told is None,
            key=f"play_{place.key}",
            on_click=_play,
            args=(session, place),
        )
        if told is None:
            st.caption("Pick what to try first." if is_task else LOCKED)


def _play(session: Session, place: Place) -> None:
    """Plays with what is predicted now: another number may have been typed since the button was drawn."""
    kind, place_key = type(place.step.answer), place.key
    told: Told | int | None = st.session_state.get(_KEYS[kind].format(place_key))
    if told is None:
        return
    if isinstance(place.step.answer, Task):
        tried = place.prediction or ()
        told = (*(option for option in tried if option != told), int(told))
    tell(session, place, told)
    if place.step.run is not None and not isinstance(place.step.answer, Task):
        begin_watching(session, place)


def _pick(place: Place, facts: Facts) -> int | None:
    answer: Pick = place.step.answer
    return st.radio(
        "Your prediction",
        answer.offered(place.key),
        index=None,
        key=_KEYS[Pick].format(place.key),
        format_func=lambda option: fill(answer.options[option], facts),
        label_visibility="collapsed",
    )


def _number(place: Place, facts: Facts) -> float | None:
    answer: Number = place.step.answer
    return st.number_input(
        answer.label,
        value=None,
        step=1.0 if answer.whole else 0.1,
        key=_KEYS[Number].format(place.key),
        width=240,
        format="%.0f" if answer.whole else "%.6g",
        placeholder="type a number",
    )


def _sketch(place: Place, facts: Facts) -> tuple[float, ...] | None:
    return sketch_field(place.step.answer, f"sketch_{place.key}")


def _task(place: Place, facts: Facts) -> int | None:
    answer: Task = place.step.answer
    return st.segmented_control(
        answer.label,
        answer.offered(),
        key=_KEYS[Task].format(place.key),
        format_func=lambda option: shown(answer.options[option]),
    )


_FIELDS: dict[type, Callable[[Place, Facts], Told | None]] = {Pick: _pick, Number: _number, Sketch: _sketch, Task: _task}
