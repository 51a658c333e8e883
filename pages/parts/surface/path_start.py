"""Whether the path of training or the three solutions may be shown: outcomes of trainings that one starts oneself."""

import streamlit as st

from nncore.cache import key_of
from pages.parts.page.playing.started import STARTED, is_asked_for, start_button
from pages.parts.page.playing.training import ASKED
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import FIRST_LOOK, show_frame
from pages.parts.surface.presets import SOLVED
from pages.parts.surface.view import settings_at, solution_epochs, three_starts

QUESTION = ("**Make your guess first.** Nobody has trained this network here yet. Will its path lead straight down, or in a "
            "curve, and how far?")  # fmt: skip
SOLUTIONS = ("**Make your guess first.** The same network is trained three times for {epochs:,} epochs, each from other "
             "first weights. Will all three end in one valley, or each in one of its own, and equally deep?")  # fmt: skip


def is_started(session: Session, kind: str) -> bool:
    """Whether what the slice of this `kind` shows may be seen; if not, its question and a button stand on the page."""
    if kind == "solutions":
        return _are_solutions_started(session)
    return kind != "path" or _is_path_started(session)


def has_started(session: Session, kind: str) -> bool:
    """Whether no question of its own stands before the slice of this `kind`."""
    if kind == "solutions":
        return _solutions_key(session) in st.session_state.get(STARTED, ())
    return kind != "path" or _has_path_started(session)


def walk_path(session: Session) -> None:
    """Goes to the path's end where the person has just asked for it at the first weights."""
    if st.session_state.get(ASKED) == f"path {session.run.key}" and session.frame == 0:
        del st.session_state[ASKED]
        show_frame(session, FIRST_LOOK)


def _is_path_started(session: Session) -> bool:
    """Whether this run was played, or the person has asked for its path here; if not, shows the question and a button."""
    if _has_path_started(session):
        return True
    start_button(f"path {session.run.key}", QUESTION, "Train")
    return False


def _has_path_started(session: Session) -> bool:
    played = session.frame and session.playback.previewed_run != session.run.key
    return bool(played) or f"path {session.run.key}" in st.session_state.get(STARTED, ())


def _solutions_key(session: Session) -> str:
    return f"solutions {settings_at(session, session.frame)!r}"


def _are_solutions_started(session: Session) -> bool:
    """Whether the person asked for the solutions of this network: those of other epochs belong to the same question."""
    e, epochs = settings_at(session, session.frame), solution_epochs(session)
    key = _solutions_key(session)
    if not is_asked_for(session, SOLVED, key, SOLUTIONS.format(epochs=epochs)):
        return False
    if st.session_state.get(ASKED) == key:  # just now: a long training waits for no second click
        st.session_state[ASKED] = key_of(three_starts(e, epochs))
    return True
