"""Watching the experiment of a step: the player of the page Train, which a prediction sets going."""

from pathlib import Path

import streamlit as st

from nncore import Run
from pages.parts.lesson.state import Place
from pages.parts.page.playing.catch_up import run_to_the_end, show_progress
from pages.parts.page.playing.playback import live
from pages.parts.page.session import Session, current_session

_WATCHED = "lesson_watched"  # the key of the step whose training was set going and has not come to rest yet
WAITS = "lesson_waits"  # the container of what is hidden until the training rests
STYLE = Path(__file__).with_name("lesson.css").read_text(encoding="utf-8")


def begin_watching(session: Session, place: Place) -> None:
    """Sets the training of a step going, in place of the run that is on screen."""
    session.show(Run(place.step.watched(place.seed)), plays=True)
    st.session_state[_WATCHED] = place.key


def is_watching(session: Session, place: Place) -> bool:
    """Whether the training of the step was set going and neither ended nor was paused since."""
    report = session.playback.last_report or {}
    rests = report.get("run") == session.run.key and session.frame > 0 and not session.playback.playing
    if rests or not is_on_screen(session, place):
        st.session_state.pop(_WATCHED, None)
    return st.session_state.get(_WATCHED) == place.key


def is_on_screen(session: Session, place: Place) -> bool:
    """Whether the run on screen is that of the step."""
    return session.run.experiment == place.step.watched(place.seed)


def watching() -> None:
    """What stands in place of the outcome while its training plays, and the button that does not wait for the end."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(":material/visibility: **Watch.** What came of your prediction appears when this ends or pauses.")
        st.button("Show it now", key="lesson_now", type="tertiary", on_click=_rest)


def watch(session: Session, place: Place) -> None:
    """The training of the step in the player, or the button that sets it going."""
    if not is_on_screen(session, place):
        st.button(
            "Watch it train",
            icon=":material/visibility:",
            key="lesson_watch",
            help="This run takes the place of the one on your other pages; Back in the browser brings that back.",
            on_click=_watch_again,
            args=(session, place),
        )
        return
    show_progress(session, st.empty())
    _player()


@st.fragment(key="train")
def _player() -> None:
    session = current_session()
    session.playback.page_outdated = False  # or the view would be sent its first frames again and again
    live(session)


def finish_watching(session: Session, place: Place) -> None:
    """Trains on to the end where that was asked for; the last thing that the page does."""
    if is_on_screen(session, place):
        run_to_the_end(session, st.empty())


def _watch_again(session: Session, place: Place) -> None:
    begin_watching(session, place)
    _rest()


def _rest() -> None:
    st.session_state.pop(_WATCHED, None)
