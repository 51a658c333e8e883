"""Whether the path of training may be shown: it is the outcome of a training that nobody may have started yet."""

import streamlit as st

from pages.parts.page.session import Session
from pages.parts.page.started import STARTED, start_button

QUESTION = ("**Make your guess first.** Nobody has trained this network here yet. Will its path lead straight down, or in a "
            "curve, and how far?")  # fmt: skip


def is_path_started(session: Session) -> bool:
    """Whether this run was played, or the person has asked for its path here; if not, shows the question and a button."""
    key = f"path {session.run.key}"
    if session.playback.previewed_run != session.run.key or key in st.session_state.get(STARTED, ()):
        return True
    start_button(key, QUESTION, "Train")
    return False
