"""The box that says what was changed by hand on the snapshot on screen, and takes it back."""

from functools import partial

import numpy as np
import streamlit as st

from nncore.experiments.edits import Edit
from nncore.models.dense import Network
from pages.parts.fields.outside_text import literal
from pages.parts.page.session import Session, current_session
from pages.parts.page.snapshot.scrubber import network_of
from pages.parts.weights.changes import MOST_FRAMES, Changes, changes_of, describe, take_back

KEY = "weights_overlay"
ABOUT = ("Weights changed by hand here are looked at, and are not in the link until you train on. They belong to this "
         f"snapshot alone: come back to this one, and they are here again (the last {MOST_FRAMES} changed snapshots keep "
         "theirs).")  # fmt: skip


def changes_on(session: Session) -> Changes:
    """This viewer's changes of the frame that is shown."""
    changes = changes_of(st.session_state.setdefault(KEY, {}), session.run.key, session.frame)
    session.edited = bool(changes.steps)
    return changes


def overlay_notice(changes: Changes, network: Network) -> None:
    """Says that what is shown was changed by hand, and lets one take it back; `network` is the one with the changes."""
    if changes.problem:
        st.error(literal(changes.problem))
        changes.problem = ""  # it is about the last press alone
    if not changes.steps and not changes.before:
        return
    words = "; ".join(describe(step, network) for step in changes.steps) or "nothing now, the weights are as recorded"
    st.info(f"**Changed by hand on this snapshot:** {words}.", icon=":material/edit:")
    with st.container(horizontal=True):
        st.button("Take back the last change", on_click=take_back, args=(changes,), key="undo_last", help=ABOUT)
        st.button("Take back all", on_click=partial(take_back, changes, everything=True), key="undo_all")
        if changes.steps and st.button("Train on from these", icon=":material/play_arrow:", key="train_by_hand"):
            train_on(current_session(), changes, network)
            st.switch_page("pages/train.py")


def train_on(session: Session, changes: Changes, network: Network) -> None:
    """Makes a branch of the changed `network` at the frame on screen, from which training can go on.

    Up to 40 numbers become part of the link; with more the run is this session's alone, which is said.
    """
    recorded = network_of(session.run, session.frame)
    layers = [np.argwhere(old != new) for old, new in zip(recorded.matrices(), network.matrices(), strict=True)]
    edits = [Edit(k, int(row), int(column), float(network.matrices()[k][row, column]))
             for k, places in enumerate(layers) for row, column in places]  # fmt: skip
    session.edit(edits)
    take_back(changes, everything=True)
