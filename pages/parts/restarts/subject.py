"""Which network is started many times: exclusive-or, where starts matter most, or the run of the Train page."""

import streamlit as st

from nncore import Experiment
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.session import OPENING, Session
from pages.parts.restarts.presets import CORNERS_WITH_RELU

NAMES = ("starts", "restart_epochs", "restart_success", "restart_view", "restart_tolerance", "restart_from", "restart_to",
         "restart_open", "restart_maps", "restart_of", "trained")  # fmt: skip
SUBJECTS = {"corners": "Exclusive-or, two ReLUs", "run": "The run of the Train page"}
DECIDED = "restarts_decided_for"  # the run on screen when the network was decided


def decide_subject(session: Session) -> None:
    """Begins with exclusive-or where the person has chosen nothing yet; a link that does not say means the run."""
    key, choices = session.run.key, session.choices
    decided = st.session_state.get(DECIDED, key)
    if "restart_of" not in session.followed and ("restart_of" not in choices or decided != key):
        untouched = session.run.settings in (Experiment(), OPENING) and not session.followed
        picked = any(name in choices for name in NAMES if name != "restart_of")
        choices["restart_of"] = "corners" if untouched and not picked else "run"
    st.session_state[DECIDED] = key


def pick_subject(session: Session) -> Experiment:
    """Lets one pick the network to start many times; returns its experiment."""
    subject = choice(session, "restart_of", "str", "run", SUBJECTS)
    st.segmented_control("Which network?", list(SUBJECTS), format_func=SUBJECTS.get, required=True,
                         help="The other one is set on the Train page, or by a button at the foot of this page.",
                         **bind_choice(session, "restart_of", subject, None))
    return subject_of(session)


def subject_of(session: Session) -> Experiment:
    """The experiment that is started many times."""
    return CORNERS_WITH_RELU if session.choices.get("restart_of") == "corners" else session.run.settings
