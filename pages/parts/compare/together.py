"""Two pinned runs as live views that play together, epoch by epoch: the same network under two settings, say.

The players in the browser go together by themselves (`pages/parts/live/player/together.js`). Here each is sent its frames
and the epochs of all that there can be, so that it knows which of them belongs beside the other's.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations

import numpy as np
import streamlit as st

from nncore import Run
from nncore.experiments.experiment import build_split
from nncore.experiments.link_text import Span
from nncore.experiments.recording.chunk_store import NotReady
from nncore.inspection.map_plane import make_plane
from pages.parts.compare.differences import difference_words
from pages.parts.fields.outside_text import literal
from pages.parts.live.message import encode_frames, encode_later
from pages.parts.live.view import mount_view
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.link import write_link
from pages.parts.page.playing.driver import hear_need
from pages.parts.page.playing.playback import (
    PATIENCE_SECONDS,
    PULLED_BYTES,
    RETRY_SECONDS,
    branch_header,
    recorded_frames,
)
from pages.parts.page.playing.player import Told, told
from pages.parts.page.playing.scene import scene
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.shown import VIEW_DEFAULTS, first_token
from pages.parts.way.pins import Pin

CHOICES = ("together", "together_at")  # in the link: which two, and the left one's snapshot
STATE = "together"
FARTHEST = 100_000  # snapshots: more than any run has
SIDES = ("left", "right")


@dataclass
class Side:
    """One of the two players: its run, the next frame that it needs, and the last whose scores it has."""

    run: Run
    wanted_frame: int = 0
    sent_frame: int = -1


@dataclass
class Together:
    """Two players and the snapshot at which the left one stands, with what it last said of that.

    `token` rises when the page puts them elsewhere, and `frames_only` says that nothing but frames was asked for. `shown`
    are the names of the two.
    """

    sides: tuple[Side, ...] = ()
    at: int = -1
    report: Told | None = None
    token: int = field(default_factory=first_token)
    frames_only: bool = False
    shown: str = ""


@st.fragment
def play_together(session: Session, pins: Sequence[Pin], names: Sequence[str]) -> None:
    """Two of the pinned runs side by side, with one clock; which two can be picked where there are more.

    It is a fragment of its own: a pick sends two views, and not the maps of all pins (8 kB each) once more.
    """
    pairs = ["".join(pair) for pair in combinations(names, 2)]
    if session.choices.get("together") not in pairs and "together" not in session.followed:
        session.choices.pop("together", None)  # one of the two was unpinned
    shown = choice(session, "together", "str", pairs[0], pairs)
    title, pick = st.columns([3, 1], vertical_alignment="bottom")
    title.markdown("**Watch two of them learn side by side.** Press *Play* on either: both move together, epoch by epoch.")
    if len(pairs) > 1:
        pick.selectbox("Which two", pairs, format_func=" and ".join,
                       **bind_choice(session, "together", shown, pairs[0]))  # fmt: skip
    chosen = [names.index(name) for name in shown]
    state = _state(session, [pins[number].run for number in chosen])
    if state.shown not in ("", shown):
        write_link(session)
    state.shown = shown
    _views(session, state, [names[number] for number in chosen])


def _state(session: Session, runs: list[Run]) -> Together:
    """The two players of these runs; where the runs or the link's snapshot are new, they are put there."""
    state = st.session_state.setdefault(STATE, Together())
    at = choice(session, "together_at", "int", 0, Span(0, FARTHEST))
    if [side.run for side in state.sides] != runs or state.at != at:
        state.at, state.token = min(at, runs[0].segments[-1].last_frame), state.token + 1
        state.sides = (Side(runs[0], state.at), Side(runs[1], frame_beside(runs[0], state.at, runs[1])))
    state.frames_only = False
    return state


@st.fragment
def _views(session: Session, state: Together, names: list[str]) -> None:
    # One fragment for both: what both tell in one breath is answered by one run of it.
    whole, state.frames_only = not state.frames_only, False
    words = difference_words([side.run for side in state.sides])
    for number, column in enumerate(st.columns(2, gap="medium")):
        with column:
            st.markdown(f"**{names[number]}**{': ' if words[number] else ''}{literal(words[number])}")
            handlers = {"need": partial(hear, state, number), "at": partial(hear, state, number),
                        "view": partial(_hear_view, session, state, number)}  # fmt: skip
            mount_view(f"{STATE}_{SIDES[number]}", message(session, state, number, whole), handlers)
    if state.at != int(session.choices.get("together_at", 0)):
        session.choices["together_at"] = str(state.at)
        write_link(session)


def message(session: Session, state: Together, number: int, whole: bool) -> bytes:
    """What one of the two is sent: the frames that it wants and, when `whole`, its scene, or when it may ask again."""
    side, other = state.sides[number], state.sides[0]
    run = side.run
    try:
        told = (-1, None, 0) if whole else (side.sent_frame, PATIENCE_SECONDS, PULLED_BYTES)
        frames, stop = recorded_frames(run, side.wanted_frame, *told)
    except NotReady:
        return encode_later("network", run.key, RETRY_SECONDS, time.monotonic_ns())
    side.sent_frame = frames.first + len(frames.values) - 1
    chunk_store().prepare(run, side.sent_frame)
    header = {
        "side": number,
        "stop": {"frame": side.sent_frame, "text": stop.whole} if stop else None,
        "branches": [branch_header(run, k) for k in range(len(run.branches))],
        "seek": {"frame": frame_beside(other.run, state.at, run) if number else state.at, "token": state.token},
        "view": {**session.view, "token": session.playback.view_token},
    }
    if not whole:
        return encode_frames("network", frames, header)
    plane = make_plane(build_split(run.experiment), "pca")
    header["scene"], points = scene(run.experiment, plane, shows_test=False)
    return encode_frames("network", frames, header, points=points, epochs=planned_epochs(run))


def planned_epochs(run: Run) -> np.ndarray:
    """The epochs (F,) of all frames that `run` can have, as its schedule says before anything is trained."""
    epochs = []
    for frame in range(run.segments[-1].last_frame + 1):
        segment = run.segments[run.segment_of(frame)]
        epochs.append(segment.epochs_before + min(segment.schedule.epoch_of(frame - segment.start), segment.epoch_limit))
    return np.array(epochs, float)


def frame_beside(run: Run, frame: int, other: Run) -> int:
    """The last frame of `other` that is not after the epoch of this run's `frame`."""
    epochs = planned_epochs(run)
    return int(np.searchsorted(planned_epochs(other), epochs[min(frame, len(epochs) - 1)], side="right")) - 1


def hear(state: Together, number: int) -> None:
    """One of the two wants frames, or the left one said where it stands; the run of both that follows answers it."""
    side, key = state.sides[number], f"{STATE}_{SIDES[number]}"
    need = hear_need(key, side.run.key, side, side.run.segments[-1].last_frame)
    state.frames_only = not (need and need.get("scene"))
    at = told(key, "at")
    if number == 0 and at and at != state.report and at.get("run") == side.run.key:
        state.report = dict(at)
        state.at = max(0, min(int(at["frame"]), side.run.segments[-1].last_frame))


def _hear_view(session: Session, state: Together, number: int) -> None:
    """A switch was turned in one of the two: it holds for both, and goes into the link."""
    value = told(f"{STATE}_{SIDES[number]}", "view")
    if value:
        session.view = {name: type(default)(value.get(name, default)) for name, default in VIEW_DEFAULTS.items()}
        session.playback.view_token += 1
        state.frames_only = True
        write_link(session)
