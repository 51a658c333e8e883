"""The scrubber of the pages that study a run: which snapshot they show."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore import Run
from nncore.experiments.costs import recording_seconds
from nncore.experiments.experiment import build_network
from nncore.experiments.recording.training_store import LONG_SECONDS
from nncore.models.dense import Network
from pages.parts.fields.numbers import epoch_text
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.snapshot.far_frame import shown_frame, waits

FIRST_LOOK = 120  # how far a run that was never played is trained when one asks to see it trained


def first_look(session: Session) -> None:
    """Chooses the first frame shown where nobody chose one: the first weights, so that nothing of the outcome is given away.

    A link that picks something of the page and names no snapshot has always been shown a little way into the training, and
    still is. All pages show the same frame, so one that was shown on another page stays.
    """
    run = session.run
    # Asked of the viewer, not of the store: what others have played must not change what a link shows.
    if "frame" in session.link and session.playback.previewed_run != run.key:
        st.session_state["scrubbed"] = run.key
    asks = bool(session.followed & {*session.choice_names})
    if asks and session.frame == 0 and st.session_state.get("scrubbed") != run.key:
        session.frame, session.playback.previewed_run = FIRST_LOOK, run.key
    session.frame = shown_frame(session, session.frame)


def scrubber(session: Session, notes: DeltaGenerator | None = None, asks: bool = False) -> int:
    """A slider over the frames recorded so far; returns the frame that is shown, which the session keeps.

    That the run was never played is said in `notes`, or below the slider; not at the first weights of a page that `asks`
    itself whether to train.
    """
    store, run = chunk_store(), session.run
    unasked = FIRST_LOOK if recording_seconds(run, FIRST_LOOK) <= LONG_SECONDS and not waits() else 0
    last = store.reached(run, max(store.held(run), session.frame, unasked))
    st.session_state["scrub"] = session.frame
    epochs, _, _ = store.scores(run, last)
    so_far = " recorded so far" if last < run.segments[-1].last_frame else ""
    st.slider(
        f"Snapshot {session.frame} of {last}{so_far}: epoch {epoch_text(epochs[session.frame])}", 0, max(last, 1),
        key="scrub", on_change=lambda: _scrubbed(session),
        help="Rewind through the recorded training. Play further on the Train page.",
    )
    with notes or st.container():
        if session.frame or not asks:
            _say_trained_or_not(session, min(FIRST_LOOK, last) or FIRST_LOOK)
    return session.frame


def _say_trained_or_not(session: Session, trained: int) -> None:
    """At the first weights a button that goes on to the frame `trained`; in a run nobody played, one that goes back."""
    if session.frame and session.playback.previewed_run != session.run.key:
        return
    words, name, label, icon, to = (
        (f"**Nobody has played this run yet**, so all pages show it trained, up to snapshot {session.frame}.",
         "show_untrained", "Show its first weights", ":material/first_page:", 0) if session.frame
        else ("**These are the first weights**, before any training.",
              "show_trained", "Train it", ":material/play_arrow:", trained)
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(words, width="content")
        st.button(label, key=name, icon=icon, on_click=_show, args=(session, session.run, to),
                  type="secondary" if session.frame else "primary", help=f"Snapshot {to}, on all pages.")  # fmt: skip


def _show(session: Session, run: Run, frame: int) -> None:
    session.show(run, frame)  # first: where another click has come, the session's state ends this run
    st.session_state["scrubbed"] = run.key


def _scrubbed(session: Session) -> None:
    _show(session, session.run, st.session_state["scrub"])


def show_frame(session: Session, frame: int) -> None:
    """Puts the snapshot `frame` of the run on screen."""
    _show(session, session.run, frame)


def show_first_weights(session: Session, run: Run) -> None:
    """Puts `run` on screen at frame 0, even where the scrubber would begin further on."""
    _show(session, run, 0)


def look_into(session: Session, run: Run) -> None:
    """Puts `run` on screen a little way into its training, as a link to it that names no frame does."""
    session.show(run)
    session.frame, session.playback.previewed_run = FIRST_LOOK, run.key


def network_of(run: Run, frame: int) -> Network:
    """The network (one run) of `run` with the recorded parameters of `frame`."""
    network = build_network(run.prefix(run.segment_of(frame)).settings)
    network.parameters = np.asarray(chunk_store().frame(run, frame), dtype=float)
    return network
