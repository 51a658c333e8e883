"""Whether the path of training or the three solutions may be shown: outcomes of trainings that one starts oneself."""

import numpy as np
import streamlit as st

from nncore.cache import key_of
from nncore.many_starts.batches.verdict import path_shape
from pages.parts.fields.numbers import plain
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import STARTED, Ask, is_asked_for, start_button
from pages.parts.page.playing.training import ASKED
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import FIRST_LOOK, show_frame
from pages.parts.surface.presets import SOLVED
from pages.parts.surface.view import settings_at, solution_epochs, three_starts

QUESTION = ("**Make your guess first.** Nobody has trained this network here yet. Will its path lead straight down, or in a "
            "curve?")  # fmt: skip
ANSWERS = {"straight": "nearly straight down", "curve": "in a curve"}
STRAIGHT = 1.1  # a path at most so many times as long as the way from its start to its end counts as nearly straight
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
    start_button(f"path {session.run.key}", QUESTION, "Train", ANSWERS)
    return False


def guess_words(session: Session, path: np.ndarray) -> str:
    """The guess held against the recorded path (F, P), with how long it is and how far it leads; "" without a guess."""
    shape = path_shape(path)
    came = ("straight" if shape.detour <= STRAIGHT else "curve",) if shape.distance > 0 else ()
    words = judged_guess(f"path {session.run.key}", ANSWERS, came)
    return words and (f"{words} Over all weights and biases the path is {plain(shape.length, 3)} long and ends "
                      f"{plain(shape.distance, 3)} from where it began.")  # fmt: skip


def _has_path_started(session: Session) -> bool:
    played = session.frame and session.playback.previewed_run != session.run.key
    return bool(played) or f"path {session.run.key}" in st.session_state.get(STARTED, ())


def _solutions_key(session: Session) -> str:
    return f"solutions {settings_at(session, session.frame)!r}"


def _are_solutions_started(session: Session) -> bool:
    """Whether the person asked for the solutions of this network: those of other epochs belong to the same question."""
    e, epochs = settings_at(session, session.frame), solution_epochs(session)
    key = _solutions_key(session)
    if not is_asked_for(session, SOLVED, key, Ask(SOLUTIONS.format(epochs=epochs))):
        return False
    if st.session_state.get(ASKED) == key:  # just now: a long training waits for no second click
        st.session_state[ASKED] = key_of(three_starts(e, epochs))
    return True
