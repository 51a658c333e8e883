"""Playback: a Run in the live view, which pulls frames, reports where it stands and passes on commands.

The view sits in a fragment of its own, so that the frames it asks for while playing cost a few milliseconds and touch
nothing else on the page. Around it lie two more: "train", with the controls, and "page", with what is studied when
playing pauses.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st

from nncore import Run
from nncore.experiments.experiment import build_split
from nncore.experiments.recording.chunk_store import NotReady
from nncore.inspection.map_plane import make_plane
from nncore.training.stopping import Stop
from pages.parts.fields.echo import note_command
from pages.parts.fields.labels import describe_branch
from pages.parts.live.message import Frames, encode_frames, encode_later
from pages.parts.live.view import mount_view
from pages.parts.own.drawing import drawn_on_map
from pages.parts.page.playing import building
from pages.parts.page.playing.catch_up import RunFrames, go_on_training
from pages.parts.page.playing.driver import hear_commands, hear_need, let_clicks_through
from pages.parts.page.playing.player import Told
from pages.parts.page.playing.scene import scene
from pages.parts.page.playing.training import line_words
from pages.parts.page.server import chunk_store
from pages.parts.page.session import PLAYER, Session, current_session, parse_axes
from pages.parts.page.shown import VIEW_DEFAULTS
from pages.parts.page.streamlit_workarounds import rerun_outdated_page

PATIENCE_SECONDS = 0.1
# Of frames in one answer, where they are recorded already: what costs a server most is that it is asked at all.
PULLED_BYTES = 60_000
# When the view may ask again for what is not there: soon at first, as a chunk takes a fraction of a second to compute.
FIRST_RETRY_SECONDS, RETRY_SECONDS = 0.25, 1.0
# Where many train it takes longer, and asking in vain would take the time from those who click.
BUSY_PATIENCE_SECONDS, FIRST_BUSY_RETRY_SECONDS, BUSY_RETRY_SECONDS = 0.01, 1.0, 2.0


def _to_the_end(session: Session, command: Told) -> None:
    if command.get("run") == session.run.key:
        session.frame = max(0, int(command["frame"]))
    session.playback.to_the_end = True
    go_on_training()


# What the view's buttons ask for.
COMMANDS: dict[str, Callable[[Session, Told], None]] = {
    "reset": lambda session, command: session.reset(),
    "redraw": lambda session, command: session.redraw(),
    "end": _to_the_end,
    "build": building.build,
    "edit": building.edit,
    "on": building.go_on,
    "points": building.draw_points,
}


@st.fragment
def live(session: Session) -> None:
    """The live view of the session's run at its frame."""
    # A pull reruns this alone, without the message having to repeat what the browser already has.
    pulled = session.playback.frames_only
    session.playback.frames_only = False
    message = pulled_message(session) if pulled else whole_message(session)
    mount_view(PLAYER, message, {"need": on_need, "command": on_command, "at": on_at, "view": on_view})


def whole_message(session: Session) -> bytes:
    """All that the view needs, once its frames are there; a click calls off the waiting for them."""
    while True:
        try:
            return build_message(session, whole=True, wait=PATIENCE_SECONDS)
        except NotReady:
            let_clicks_through()


def pulled_message(session: Session) -> bytes:
    """The frames that the view asked for, or when it may ask again if the server has too much to do.

    A session's clicks wait for its own reruns, so this one must not wait for training.
    """
    patience, soon, late = PATIENCE_SECONDS, FIRST_RETRY_SECONDS, RETRY_SECONDS
    if chunk_store().thread.is_busy:
        patience, soon, late = BUSY_PATIENCE_SECONDS, FIRST_BUSY_RETRY_SECONDS, BUSY_RETRY_SECONDS
    try:
        message = build_message(session, whole=False, wait=patience)
    except NotReady:
        turns = RunFrames(session.run).turns()
        says = line_words(turns) if turns else ""
        seconds = min(late, soon * 2**session.playback.refused)
        session.playback.refused += 1
        return encode_later("network", session.run.key, seconds, time.monotonic_ns(), says)
    session.playback.refused = 0
    chunk_store().prepare(session.run, session.playback.sent_frame)
    return message


def build_message(session: Session, whole: bool, wait: float | None = None) -> bytes:
    """What the view is sent: the chunk of frames that it wants and, when `whole`, the scene too.

    The losses and scores that it lacks come with it, so that its curves have no gap: when `whole`, all up to the chunk's
    last. Raises NotReady when the chunk is not there after `wait` seconds.
    """
    run, playback = session.run, session.playback
    if whole:
        frames, stop = recorded_frames(run, session.frame, -1, wait)
    else:
        frames, stop = recorded_frames(run, playback.wanted_frame, playback.sent_frame, wait, PULLED_BYTES)
    last = frames.first + len(frames.values) - 1
    playback.sent_frame, arrays, header = last, {}, _header(session)
    header["stop"] = {"frame": last, "text": stop.whole} if stop else None
    if whole:
        plane = make_plane(build_split(run.experiment), parse_axes(session.axes))
        header["scene"], arrays["points"] = scene(run.experiment, plane, session.tests.at(session.run) is not None)
    return encode_frames("network", frames, header, **arrays)


def recorded_frames(
    run: Run, frame: int, sent: int, wait: float | None = None, most_bytes: int = 0
) -> tuple[Frames, Stop | None]:
    """The chunk of frames around `frame`, with all scores after frame `sent`, and why training ended where it did.

    While that is less than `most_bytes`, the chunks after it come along that are recorded already. Raises NotReady when the
    chunk is not there after `wait` seconds.
    """
    store = chunk_store()
    chunk, first = store.chunk_at(run, frame, wait)
    values, after = [chunk.parameters], first + len(chunk.epochs)
    while (chunk.stop is None and sum(part.nbytes for part in values) < most_bytes
           and store.held(run.prefix(run.segment_of(after))) >= after):  # fmt: skip
        chunk, _ = store.chunk_at(run, after, wait)
        values.append(chunk.parameters)
        after += len(chunk.epochs)
    last, scores_first = after - 1, min(sent + 1, first)
    epochs, scores, stop = store.scores(run, last, scores_first)
    rows, limit = np.column_stack([epochs, scores]), run.segments[-1].last_frame
    return Frames(run.key, first, np.concatenate(values), rows, scores_first, last if stop else None, limit), stop


def _header(session: Session) -> dict[str, Any]:
    """What every message says besides its frames: which runs they belong beside, and where the player is to stand."""
    run, playback = session.run, session.playback
    key, shared = shared_frames(run, playback.previous_run)
    return {
        "of": key,
        "shared": shared,
        "before": compared_run(run, playback.previous_run),
        "branches": [branch_header(run, k) for k in range(len(run.branches))],
        "drawn": drawn_on_map(session),
        "heard": playback.heard_command,
        "seek": {"frame": session.frame, "token": playback.seek_token, "plays": playback.plays},
        "view": {**session.view, "token": playback.view_token},
    }


def branch_header(run: Run, number: int) -> dict[str, Any]:
    """A branch as the scrubber and the status line show it: its frame, and what was changed."""
    branch = run.branches[number]
    return {"frame": branch.start, "text": describe_branch(run.prefix(number).settings, branch)}


def compared_run(run: Run, previous: Run | None) -> str | None:
    """The key of `previous` where its losses can stand beside those of `run`: the same loss on the same dataset."""
    if previous is None or previous == run:
        return None
    ours, theirs = run.experiment, previous.experiment
    return previous.key if (ours.dataset, ours.loss) == (theirs.dataset, theirs.loss) else None


def shared_frames(run: Run, previous: Run | None) -> tuple[str | None, int]:
    """The key of `previous` and the last frame up to which `run` is identical to it; (None, 0) if they differ at once."""
    if previous is None or previous.experiment != run.experiment or previous == run:
        return None, 0
    same = 0
    while same < min(len(run.branches), len(previous.branches)) and run.branches[same] == previous.branches[same]:
        same += 1
    ends = [r.branches[same].frame if same < len(r.branches) else r.segments[-1].last_frame for r in (run, previous)]
    return previous.key, min(ends)


def on_need() -> None:
    """The view wants frames: they are sent by the rerun of the view alone that follows."""
    session = current_session()
    need = hear_need(PLAYER, session.run.key, session.playback, session.run.segments[-1].last_frame)
    if need:
        session.playback.frames_only = not need.get("scene")
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
    if hear_commands(session, PLAYER, COMMANDS):
        note_command()
        st.rerun("page")
    else:
        rerun_outdated_page(session)


def on_view() -> None:
    """A switch of the view was turned; it goes into the link."""
    session = current_session()
    value = session.told("view")
    if value:
        session.view = {name: type(default)(value.get(name, default)) for name, default in VIEW_DEFAULTS.items()}
        session.playback.frames_only = True
        st.rerun("train")
