"""Playback: answers the live view, which pulls frames, reports where it stands and passes on commands.

The view sits in a fragment of its own, so that the frames it asks for while playing cost a few milliseconds and touch
nothing else on the page. Around it lie two more: "train", with the controls, and "page", with what is studied when
playing pauses.
"""

import time
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore import ChunkStore, Run
from nncore.experiments.chunk_store import NotReady
from nncore.experiments.experiment import build_split
from nncore.experiments.frames import Chunk
from nncore.inspection.map_plane import make_plane
from pages.parts.fields import building
from pages.parts.fields.echo import note_command
from pages.parts.live.message import encode_later
from pages.parts.live.view import live_view
from pages.parts.page.playing.player import unheard_commands, wanted_frame
from pages.parts.page.playing.scene import compared_run, frames_message, scene, shared_frames
from pages.parts.page.server import chunk_store
from pages.parts.page.session import PLAYER, VIEW_DEFAULTS, Session, current_session, parse_axes
from pages.parts.page.streamlit_workarounds import rerun_outdated_page

PATIENCE_SECONDS = 0.1
BUILDING = {"build": building.build, "edit": building.edit, "on": building.go_on}  # what the view's other buttons ask for
RETRY_SECONDS = 1.0


@st.fragment
def live(session: Session) -> None:
    """The live view of the session's run at its frame."""
    # A pull reruns this alone, without the message having to repeat what the browser already has.
    pulled = session.playback.frames_only
    session.playback.frames_only = False
    message = pulled_message(session) if pulled else build_message(session, whole=True)
    live_view(message, PLAYER, on_need, on_command, on_at, on_view)


def pulled_message(session: Session) -> bytes:
    """The chunk that the view asked for, or when it may ask again if the server has too much to do.

    A session's clicks wait for its own reruns, so this one must not wait for training.
    """
    try:
        message = build_message(session, whole=False, wait=PATIENCE_SECONDS)
    except NotReady:
        return encode_later("network", session.run.key, RETRY_SECONDS, time.monotonic_ns())
    chunk_store().prepare(session.run, session.playback.wanted_frame)
    return message


def build_message(session: Session, whole: bool, wait: float | None = None) -> bytes:
    """What the view is sent: the chunk it wants and, when `whole`, the scene and all scores so far too.

    Raises NotReady when the chunk is not there after `wait` seconds.
    """
    run = session.run
    frame = session.frame if whole else session.playback.wanted_frame
    key, shared = shared_frames(run, session.playback.previous_run)
    header: dict[str, Any] = {
        "of": key,
        "shared": shared,
        "before": compared_run(run, session.playback.previous_run),
        "heard": session.playback.heard_command,
        "seek": {"frame": session.frame, "token": session.playback.seek_token},
        "view": {**session.view, "token": session.playback.view_token},
    }
    if whole:
        axes = parse_axes(session.axes)
        header["scene"] = scene(run.experiment, make_plane(build_split(run.experiment), axes))
    chunk, first = chunk_store().chunk_at(run, frame, wait)
    scores_from = 0 if whole else session.playback.sent_frame + 1
    session.playback.sent_frame = first + len(chunk.epochs) - 1
    return frames_message(run, chunk, first, chunk_store().scores(run, session.playback.sent_frame), scores_from, **header)


def on_need() -> None:
    """The view wants frames: they are sent by the rerun of the view alone that follows."""
    session = current_session()
    value = session.told("need")
    if value:
        session.playback.wanted_frame = wanted_frame(value, session.run.segments[-1].last_frame)
        session.playback.frames_only = not value.get("scene")
    rerun_outdated_page(session)


def on_at() -> None:
    """Playing paused, a scrub ended or a control was touched: the page now shows that frame."""
    session = current_session()
    heard = session.take_report()
    session.playback.frames_only = True
    # While it plays, the page around the view stays as it is: it shows the frame at which playing paused.
    if heard and not session.playback.playing:
        st.rerun("page")
    rerun_outdated_page(session)


def on_command() -> None:
    """Reset, first weights, training to the end, building by hand: what was pressed and is not done yet, in that order.

    One that was pressed right after a change of settings still names the run before: it is about the run on screen now.
    """
    session = current_session()
    commands = unheard_commands(PLAYER, session.playback.heard_command)
    for command in commands:
        session.playback.heard_command = command["n"]
        _follow(session, command)
    if commands:
        note_command()
        st.rerun("page")
    else:
        rerun_outdated_page(session)


def _follow(session: Session, command: dict[str, Any]) -> None:
    name = command.get("name")
    if name == "reset":
        session.reset()
    elif name == "redraw":
        session.redraw()
    elif name == "end":
        if command.get("run") == session.run.key:
            session.frame = max(0, int(command["frame"]))
        session.playback.to_the_end = True
    elif name in BUILDING:
        BUILDING[name](session, command)


def on_view() -> None:
    """A switch of the view was turned; it goes into the link."""
    session = current_session()
    value = session.told("view")
    if value:
        session.view = {name: type(default)(value.get(name, default)) for name, default in VIEW_DEFAULTS.items()}
        session.playback.frames_only = True
        st.rerun("train")


def show_progress(session: Session, place: DeltaGenerator) -> None:
    """How far training to the end is, in `place`, while it is under way."""
    if session.playback.to_the_end:
        at, last = session.playback.wanted_frame, max(1, session.run.segments[-1].last_frame)
        place.progress(min(1.0, at / last), f"Training to the end: snapshot {at} of {last}. Any change stops it.")


def run_to_the_end(session: Session, place: DeltaGenerator) -> None:
    """Trains on for a moment if the end was asked for, with progress in `place`, and reruns the page for the next.

    The last thing that a page does: a click is answered only between two reruns, and every rerun must have drawn the
    whole page. A change of settings calls the rest off.
    """
    store, run = chunk_store(), session.run
    if not session.playback.to_the_end:
        return
    last, chunk = _train_on(store, run, max(session.frame, session.playback.wanted_frame))
    if chunk.stop is None:
        session.playback.wanted_frame = last + 1
        show_progress(session, place)
    else:
        session.playback.to_the_end = False
        session.frame = session.playback.wanted_frame = last
        session.playback.seek_token += 1
    st.rerun(scope="fragment")


def _train_on(store: ChunkStore, run: Run, frame: int) -> tuple[int, Chunk]:
    """Trains from `frame` on for about a third of a second; the last frame recorded and its chunk."""
    end = time.monotonic() + 0.3
    while True:
        # At the end of a branch that stopped at once the chunk is empty, and its stop still counts.
        chunk, first = store.chunk_at(run, frame)
        last = first + len(chunk.epochs) - 1
        if chunk.stop is not None or time.monotonic() > end:
            return last, chunk
        frame = last + 1
