"""Training in front of the viewer: in slices, with the losses as they fall, shared by all who look at the same run.

Between two slices the fragment runs again, so that Stop and every other control answer at once. Stop keeps what was
learned until then; how far a training is to go is in the link, so a link shows it to others just as far.
"""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol

import streamlit as st
from streamlit.errors import StreamlitAPIException

from nncore.recordings import Recording
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.live_learning import learning_picture
from pages.parts.memo import memo
from pages.parts.numbers import exact_percent as percent
from pages.parts.session import Session
from pages.parts.style import is_dark

SLICE_SECONDS = 0.2  # of training between two pictures
GATE = threading.Semaphore(1)  # viewers who train at the same time take turns, a frame at a time
TO_THE_END = 1  # the choice that stands for all updates; a larger one stops there

Show = Callable[[Recording], None]


class RecordedRun(Protocol):
    """Settings that lead to a recording of `n_updates` updates and about `n_bytes` bytes."""

    n_bytes: int
    n_updates: int

    def record(self) -> Iterator[Recording]:
        """The recording as it grows."""
        ...


class Training:
    """One training for all who look at it: whoever holds the lock moves it on."""

    def __init__(self, run: RecordedRun):
        self._lock, self._work = threading.Lock(), run.record()
        self.recording: Recording | None = None
        self.finished = False

    def advance(self, seconds: float, updates: int) -> Recording:
        """Trains on for about `seconds`, until `updates` are done or the end; the recording so far, at least frame 0."""
        end = time.perf_counter() + seconds
        with self._lock:
            while self.recording is None or (not self.reached(updates) and time.perf_counter() < end):
                with GATE:
                    following = next(self._work, None)
                self.finished = following is None
                self.recording = self.recording if self.finished else following
            return self.recording

    def reached(self, updates: int) -> bool:
        """Whether so many updates are done, or all there are."""
        return self.finished or (self.recording is not None and self.recording.updates[-1] >= updates)


def recording_of(session: Session, name: str, run: RecordedRun, show: Show) -> Recording | None:
    """The recording of `run` as far as the choice `name` says: None before Train is pressed.

    While it trains, this draws the losses so far and calls `show` for what else there is to see, and nothing that the
    page would draw after it appears. What it draws are two elements of the page, in either case.
    """
    wanted = choice(session, name, "int", 0, lambda value: value >= 0)
    if not wanted:
        st.button("Train", type="primary", icon=":material/play_arrow:", key=f"{name}_start",
                  on_click=_train_to, args=(session, name, TO_THE_END))  # fmt: skip
        return None
    updates = run.n_updates if wanted == TO_THE_END else min(wanted, run.n_updates)
    training = _training(name, run)
    recording = training.advance(SLICE_SECONDS, updates)
    if not training.reached(updates):
        place = st.container()
        st.empty(), st.empty()  # what an earlier training left here and in the page's next element makes room
        with place:
            _watch(session, name, run, recording)
            show(recording)
        _go_on()
    st.empty()
    with st.container(horizontal=True, vertical_alignment="center"):
        _afterwards(session, name, run, updates)
    return _first_frames(recording, updates)


def _training(name: str, run: RecordedRun) -> Training:
    """The training shared by all viewers, or this viewer's own where it is to be watched once more."""
    own = st.session_state.get(f"{name}_again")
    if own is not None and own[0] == run and not own[1].finished:
        return own[1]
    st.session_state.pop(f"{name}_again", None)
    return memo().fetch(repr(run), lambda: Training(run), run.n_bytes)


def _watch(session: Session, name: str, run: RecordedRun, recording: Recording) -> None:
    """The Stop button, and the losses so far in words and as curves."""
    done, (loss, training, held_out) = int(recording.updates[-1]), recording.scores[-1]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Stop", icon=":material/stop:", key=f"{name}_stop", on_click=_train_to, args=(session, name, done))
        st.markdown(f"**{done:,} of {run.n_updates:,} updates** · loss {loss:.3f} · right: {percent(training)} of the "
                    f"training set, {percent(held_out)} held out")  # fmt: skip
    st.html(learning_picture(recording.updates, recording.scores, run.n_updates, is_dark()))


def _afterwards(session: Session, name: str, run: RecordedRun, updates: int) -> None:
    """Says where the training was stopped and offers to go on; or offers to watch it once more."""
    if updates < run.n_updates:
        st.markdown(f"**Stopped after {updates:,} of {run.n_updates:,} updates.** What was learned until then is kept.")
        st.button("Train on", type="primary", icon=":material/play_arrow:", key=f"{name}_on",
                  on_click=_train_to, args=(session, name, TO_THE_END))  # fmt: skip
    st.button("Watch it train again", icon=":material/replay:", key=f"{name}_rerun", on_click=_again,
              args=(session, name, run), help="The same first weights, so the same numbers come out.")  # fmt: skip


def _train_to(session: Session, name: str, updates: int) -> None:
    """Keeps in the link how far to train; 0 is the state before Train was pressed."""
    if updates:
        session.choices[name] = str(updates)
    else:
        session.choices.pop(name, None)


def _again(session: Session, name: str, run: RecordedRun) -> None:
    st.session_state[f"{name}_again"] = (run, Training(run))
    _train_to(session, name, TO_THE_END)


def _go_on() -> None:
    """Runs the fragment again, and the whole page where that is what runs; a click that came meanwhile is heeded first."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()


def _first_frames(recording: Recording, updates: int) -> Recording:
    """The frames up to so many updates: another viewer may have trained further."""
    end = recording.frame_of(updates) + 1
    return Recording(recording.updates[:end], recording.parameters[:end], recording.scores[:end])


def frame_slider(session: Session, name: str, recording: Recording) -> int:
    """A slider over the recorded frames, kept in the link as `name`; returns the frame on screen."""
    last = len(recording.updates) - 1
    frame = choice(session, name, "int", last, lambda value: 0 <= value <= last)
    if last == 0:
        return 0
    st.slider(f"Frame {frame} of {last}: after {recording.updates[frame]:,} updates", 0, last,
              help="Rewind through the recorded training.", **bind_choice(session, name, frame, last))  # fmt: skip
    return frame
