"""Watching the experiment of a step: the player of the page Train, unlocked by a prediction."""

import streamlit as st

from nncore import Experiment, Run
from pages.parts.page.playing.catch_up import run_to_the_end, show_progress
from pages.parts.page.playing.playback import live
from pages.parts.page.session import Session, current_session
from pages.parts.page.streamlit_workarounds import latest


def watch(session: Session, experiment: Experiment) -> None:
    """The experiment's training in the player; a button puts it there first, in place of the run that is on screen."""
    if session.run.experiment != experiment:
        st.button(
            "Watch it train",
            icon=":material/visibility:",
            key="lesson_watch",
            help="This run takes the place of the one on your other pages; Back in the browser brings that back.",
            on_click=_show,
            args=(session, experiment),
        )
        return
    st.caption("Press Play in the picture: this is the training that the question is about.")
    show_progress(session, st.empty())
    _player()


@st.fragment(key="train")
def _player() -> None:
    live(current_session())


def finish_watching(session: Session, experiment: Experiment) -> None:
    """Trains on to the end where that was asked for; the last thing that the page does."""
    if session.run.experiment == experiment:
        run_to_the_end(session, st.empty())


@latest
def _show(session: Session, experiment: Experiment) -> None:
    session.show(Run(experiment))
