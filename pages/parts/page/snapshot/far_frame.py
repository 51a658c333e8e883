"""A frame far into a long training, which a link may name: it is trained at once where that is quick, else when asked."""

import streamlit as st

from nncore import Run
from nncore.experiments.costs import recording_seconds
from nncore.experiments.recording.training_store import LONG_SECONDS
from pages.parts.fields.costs import duration
from pages.parts.page.playing.catch_up import go_on_training, is_stopped, train_until
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session

AGREED = "far_training_agreed"  # the keys of the runs whose long training this person has asked for
WAITING = "far_training_waits"  # the run's key, the frame that waits for a click, and the one that is shown until then


def shown_frame(session: Session, frame: int) -> int:
    """`frame` of the run on screen, trained up to there, or its last one if training stops before it.

    Where that takes more than ten seconds by the model, it is the frame that is recorded, with a button that trains on.
    What is drawn takes two places on the page, in any case.
    """
    return frame_when_asked(session, session.run, frame)


def frame_when_asked(session: Session, run: Run, frame: int) -> int:
    """As `shown_frame`, of any run: one that is not on screen is trained for the page alone."""
    place = st.empty()
    shown, waiting = None, st.session_state.pop(WAITING) if waits(run) else None
    if waiting is not None and waiting[2] == frame:  # nobody has chosen another since
        frame, shown = waiting[1:]
    at = recorded_to(run)
    seconds = recording_seconds(run, frame) - recording_seconds(run, at) if frame > at else 0.0
    agreed = seconds <= LONG_SECONDS or run.key in st.session_state.get(AGREED, ())
    if seconds == 0 or (agreed and not is_stopped(run)):
        return train_until(run, frame)
    at = train_until(run, at if shown is None else shown)
    st.session_state[WAITING] = run.key, frame, at
    with place.container(horizontal=True, vertical_alignment="center"):
        st.info(f"Training up to snapshot {frame:,} takes {duration(seconds)} on an idle machine, so it begins when you ask "
                f"for it. Until then snapshot {at:,} is shown.", icon=":material/pause:")  # fmt: skip
        key = "train_far" if run == session.run else f"train_far_{run.key}"
        st.button(f"Train to snapshot {frame:,}", type="primary", key=key, on_click=_agree, args=(session, run, frame))
    return at


def waits(run: Run | None = None) -> bool:
    """Whether a button that trains further, `run` or any other, stands on the page."""
    waiting = st.session_state.get(WAITING)
    return waiting is not None and (run is None or waiting[0] == run.key)


def recorded_to(run: Run) -> int:
    """The last frame of `run` up to which everything is recorded and held."""
    store = chunk_store()
    if run.branches:
        number, at = store.branch_under_way(run)
        if at < run.branches[number].frame:
            return at
    return store.held(run)


def _agree(session: Session, run: Run, frame: int) -> None:
    st.session_state.setdefault(AGREED, set()).add(run.key)
    go_on_training()
    if run == session.run:
        session.show(run, frame)
