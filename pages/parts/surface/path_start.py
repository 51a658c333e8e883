"""Whether the path of training or the three solutions may be shown: outcomes of trainings that one starts oneself."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np
import streamlit as st

from nncore.cache import cached, key_of
from nncore.many_starts.batches.verdicts import path_shape
from nncore.many_starts.restarts.levels import loss_levels
from pages.parts.fields.numbers import plain
from pages.parts.figures.surface.imagined import imagined_ends, imagined_path
from pages.parts.page.figure import in_theme
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import STARTED, Ask, is_asked_for, start_button
from pages.parts.page.playing.training import ASKED, as_picture
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import FIRST_LOOK, show_frame
from pages.parts.surface.presets import SOLVED
from pages.parts.surface.view import settings_at, solution_epochs, solutions, three_starts, walls_between
from pages.parts.way.strip import show_subject

QUESTION = ("**Make your guess first.** Nobody has trained this network here yet. Will its path lead straight down, or in a "
            "curve?")  # fmt: skip
ANSWERS = {"straight": "nearly straight down", "curve": "in a curve"}
STRAIGHT = 1.1  # a path at most so many times as long as the way from its start to its end counts as nearly straight
SOLUTIONS = ("**Make your guess first.** The same network is trained three times for {epochs:,} epochs, each from other "
             "first weights. Will all three end in one valley, or each in one of its own, and equally deep?")  # fmt: skip

ENDS = {
    "one": "all three in one valley", "equal": "not all in one valley, but equally deep",
    "unequal": "not all in one valley, and not equally deep",
}  # fmt: skip
WALL = 0.02  # of the loss: a rise between two solutions that is smaller than this does not part their valleys


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
    start_button(f"path {session.run.key}", QUESTION, "Train", ANSWERS, shows=lambda: show_subject(session.run.settings))
    _sketches(ANSWERS, imagined_path, "Seen from above: rings of equal loss, and the path of training.")
    return False


def told(session: Session, kind: str, path: np.ndarray) -> str:
    """What came of the question about a slice of this `kind`, the guess held against it; "" where it has none."""
    if kind == "solutions":
        e = settings_at(session, session.frame)
        losses, walls = cached(walls_between, e, solutions(e, solution_epochs(session)), n_bytes=100)
        words = judged_guess(_solutions_key(session), ENDS, where_ended(losses, walls))
        return f"{words} {ends_words(losses, walls)}".strip()
    return _path_words(session, path) if kind == "path" else ""


def where_ended(losses: np.ndarray, walls: np.ndarray) -> tuple[str, ...]:
    """Which of the answers come true for three solutions with these losses (3,) and rises between each two of them (3,)."""
    if not (np.isfinite(losses).all() and np.isfinite(walls).all()):
        return ()
    if walls.max() < WALL:
        return ("one",)
    return ("unequal",) if loss_levels(losses).any() else ("equal",)


def ends_words(losses: np.ndarray, walls: np.ndarray) -> str:
    """How deep the three solutions lie, and how high the loss rises on the straight lines between them."""
    if not (np.isfinite(losses).all() and np.isfinite(walls).all()):
        return "A loss on the way between the three is too large to be computed."
    depths = ", ".join(f"{name} at {plain(float(loss), 3)}" for name, loss in zip("ABC", losses, strict=True))
    pairs = ("A and B", "A and C", "B and C")
    rises = ", ".join(f"{plain(float(wall), 2)} between {pair}" for pair, wall in zip(pairs, walls, strict=True))
    return (f"The losses: {depths}. On the straight line the loss rises over that of its ends by {rises}: "
            + ("no wall stands between them." if walls.max() < WALL else "a wall stands where that is much."))


def _sketches(answers: Mapping[str, str], draw: Callable[[str, bool], str], says: str) -> None:
    """What one may guess, each drawn by hand with its words below it."""
    drawn = "".join(
        f'<figure style="margin: 0">{_sketch(partial(draw, name), words)}'
        f"<figcaption>{words}</figcaption></figure>"
        for name, words in answers.items()
    )
    st.html(f'<div style="display: flex; flex-wrap: wrap; gap: 1rem 2rem; font-size: 0.9rem">{drawn}</div>')
    st.caption(f"Sketches of the {len(answers)} answers, not measurements. {says}")


def _path_words(session: Session, path: np.ndarray) -> str:
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
    if not is_asked_for(session, SOLVED, key, Ask(SOLUTIONS.format(epochs=epochs), ENDS)):
        _sketches(ENDS, imagined_ends, "The loss on a line through all three, and a dot where each training ended.")
        return False
    if st.session_state.get(ASKED) == key:  # just now: a long training waits for no second click
        st.session_state[ASKED] = key_of(three_starts(e, epochs))
    return True


def _sketch(draw: Callable[[bool], str], words: str) -> str:
    return in_theme(lambda dark: as_picture(draw(dark), f"A sketch: {words}."))
