"""The scrubber of the pages that study a run: which snapshot they show."""

import numpy as np
import streamlit as st

from nncore import Run
from nncore.experiments.experiment import build_network
from nncore.models.dense import Network
from pages.parts.fields.numbers import epoch_text
from pages.parts.page.catch_up import train_until
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session

# A run that was never played is shown a little way into its training: at its first weights there is little to see.
FIRST_LOOK = 120


def first_look(session: Session) -> None:
    """Chooses the first frame shown where the viewer chose none: a little way into the training, if it goes so far."""
    run = session.run
    # Asked of the viewer, not of the store: what others have played must not change what a link shows.
    if "frame" in session.link and session.playback.previewed_run != run.key:
        st.session_state["scrubbed"] = run.key
    if session.frame == 0 and st.session_state.get("scrubbed") != run.key:
        session.frame, session.playback.previewed_run = FIRST_LOOK, run.key
    session.frame = train_until(run, session.frame)


def scrubber(session: Session) -> int:
    """A slider over the frames recorded so far; returns the frame that is shown, which the session keeps."""
    store, run = chunk_store(), session.run
    last = store.reached(run, max(store.held(run), session.frame, FIRST_LOOK))
    st.session_state["scrub"] = session.frame
    epochs, _, _ = store.scores(run, last)
    so_far = " recorded so far" if last < run.segments[-1].last_frame else ""
    st.slider(
        f"Snapshot {session.frame} of {last}{so_far}: epoch {epoch_text(epochs[session.frame])}", 0, max(last, 1),
        key="scrub", on_change=lambda: _scrubbed(session),
        help="Rewind through the recorded training. Play further on the Train page.",
    )
    if session.playback.previewed_run == run.key and session.frame:
        st.caption(
            f"**Nobody has played this run here yet**, so it is shown trained up to snapshot {session.frame}. The Train "
            "page still shows its beginning."
        )
        st.button("Show this snapshot there too", key="keep_frame", on_click=_keep_frame, args=(session,),
                  help="From then on all pages show this snapshot.")  # fmt: skip
    return session.frame


def _keep_frame(session: Session) -> None:
    st.session_state["scrubbed"] = session.run.key
    session.show(session.run, session.frame)


def _scrubbed(session: Session) -> None:
    st.session_state["scrubbed"] = session.run.key
    session.show(session.run, st.session_state["scrub"])


def show_first_weights(session: Session, run: Run) -> None:
    """Puts `run` on screen at frame 0, even where the scrubber would begin further on."""
    st.session_state["scrubbed"] = run.key
    session.show(run)


def look_into(session: Session, run: Run) -> None:
    """Puts `run` on screen a little way into its training, as a link to it that names no frame does."""
    session.show(run)
    session.frame, session.playback.previewed_run = FIRST_LOOK, run.key


def network_of(run: Run, frame: int) -> Network:
    """The network (one run) of `run` with the recorded parameters of `frame`."""
    network = build_network(run.prefix(run.segment_of(frame)).settings)
    network.parameters = np.asarray(chunk_store().frame(run, frame), dtype=float)
    return network
