"""The scrubber of the pages that study a run: which recorded frame they show."""

import numpy as np
import streamlit as st

from nncore import Run
from nncore.experiment import build_network
from nncore.network import Network
from pages.parts.server import chunk_store
from pages.parts.session import Session

# A run that was never played is shown a little way into its training: at its first weights there is little to see.
FIRST_LOOK = 120


def scrubber(session: Session) -> int:
    """A slider over the frames recorded so far; returns the frame on screen, which is the session's."""
    store, run = chunk_store(), session.run
    # Asked of the viewer, not of the store: what others have played must not change what a link shows.
    unseen = st.session_state.get("scrubbed") != run.key and "frame" not in session.link
    st.session_state["scrubbed"] = run.key
    session.frame = store.reached(run, FIRST_LOOK if unseen and session.frame == 0 else session.frame)
    last = store.reached(run, max(store.held(run), session.frame, FIRST_LOOK))
    st.session_state["scrub"] = session.frame
    epochs, _, _ = store.scores(run, last)
    st.slider(
        f"Frame {session.frame} of {last}: epoch {int(epochs[session.frame]):,}", 0, max(last, 1), key="scrub",
        on_change=lambda: session.show(session.run, st.session_state["scrub"]),
        help="Rewind through the recorded training. Play further on the Train page.",
    )
    return session.frame


def show_first_weights(session: Session, run: Run) -> None:
    """Puts `run` on screen at frame 0, even where the scrubber would begin further on."""
    st.session_state["scrubbed"] = run.key
    session.show(run)


def network_at(session: Session, frame: int) -> Network:
    """The run's network (one run) with the recorded parameters of `frame`."""
    settings = session.run.prefix(session.run.segment_of(frame)).settings
    network = build_network(settings)
    network.parameters = np.asarray(chunk_store().frame(session.run, frame), dtype=float)
    return network
