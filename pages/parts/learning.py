"""Training in front of the viewer: in slices, with the numbers as they come, kept for everybody afterwards."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol

import streamlit as st

from nncore.recordings import Recording
from pages.parts.choices import bind_choice, choice
from pages.parts.memo import memo
from pages.parts.session import Session

SHOW_SECONDS = 0.4  # between two looks at the training: a figure needs as long to appear
GATE = threading.Semaphore(1)  # viewers who train at the same time take turns, a frame at a time

Show = Callable[[Recording], None]


class RecordedRun(Protocol):
    """Settings that lead to a recording."""

    n_bytes: int

    def record(self) -> Iterator[Recording]:
        """The recording as it grows."""
        ...


def recording_of(session: Session, name: str, run: RecordedRun, show: Show) -> Recording | None:
    """The whole recording of `run`, trained now if the choice `name` says so; `show` is called while it trains.

    None before Train is pressed. Stop, or any other click, ends the training: nothing runs behind the page.
    """
    held = memo().get(repr(run))
    if held is not None:
        return held
    if not choice(session, name, "int", 0, lambda value: value in (0, 1)):
        st.button("Train", type="primary", icon=":material/play_arrow:", key=f"{name}_start",
                  on_click=_set, args=(session, name, "1"))  # fmt: skip
        return None
    stop, picture = st.empty(), st.empty()
    with stop.container(horizontal=True, vertical_alignment="center"):
        st.button("Stop", icon=":material/stop:", key=f"{name}_stop", on_click=_set, args=(session, name, None))
        words = st.empty()

    def train() -> Recording:
        return _train(run, words, picture, show)

    recording = memo().fetch(repr(run), train, run.n_bytes)
    stop.empty()
    picture.empty()
    return recording


def _train(run: RecordedRun, words, picture, show: Show) -> Recording:
    """Runs the work frame by frame; Streamlit ends it at a call of its own when the viewer clicks."""
    work, recording, shown = run.record(), None, 0.0
    while True:
        with GATE:
            following = next(work, None)
        if following is None:
            return recording
        recording = following
        if time.perf_counter() - shown > SHOW_SECONDS:
            loss, training, held_out = recording.scores[-1]
            words.markdown(f"**{recording.updates[-1]:,} updates** · loss {loss:.3f} · right: {training:.0%} of the "
                           f"training set, {held_out:.0%} held out")  # fmt: skip
            with picture.container():
                show(recording)
            shown = time.perf_counter()


def _set(session: Session, name: str, value: str | None) -> None:
    if value is None:
        session.choices.pop(name, None)
    else:
        session.choices[name] = value


def frame_slider(session: Session, name: str, recording: Recording) -> int:
    """A slider over the recorded frames, kept in the link as `name`; returns the frame on screen."""
    last = len(recording.updates) - 1
    frame = choice(session, name, "int", last, lambda value: 0 <= value <= last)
    st.slider(f"Frame {frame} of {last}: after {recording.updates[frame]:,} updates", 0, last,
              help="Rewind through the recorded training.", **bind_choice(session, name, frame, last))  # fmt: skip
    return frame
