"""Catching up: a Run trained further than it was recorded, which is seen as it goes on.

A page that shows a frame has it trained before, with a bar; who asked for the end sees the page move with it. A run that
takes long until there waits for its turn, which the bar then says, and is stopped by the page's Stop.
"""

import time
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore import Run
from nncore.experiments.costs import recording_seconds
from nncore.experiments.recording.chunk_store import NotReady
from nncore.experiments.recording.frames import Chunk
from nncore.experiments.recording.run_training import RunTraining
from nncore.experiments.recording.training_store import Recorded
from pages.parts.fields.labels import summarise
from pages.parts.page.playing.driver import (
    CURRENT,
    rerun_fragment,
    train_between_reruns,
    train_to,
)
from pages.parts.page.playing.training import STOPPED, line_words
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session

TO_THE_END_SECONDS = 0.3  # between two pictures of a run that trains to its end
SLOW_SECONDS = 0.5  # by the model: first snapshots that take longer are awaited with a bar
FIRST_SECONDS = 3.0  # that these are awaited until the page is drawn anew
TURN_SECONDS = 2.0  # that a page awaits one chunk where training may have to wait for its turn


@dataclass(frozen=True)
class RunFrames:
    """The frames of a Run, across its branches, trained a chunk at a time; its recording is the chunk that came last."""

    run: Run

    def turns(self) -> int:
        """How many turns it is away from going on, from 1; 0 where it does, or nobody asked for it."""
        trainings = (RunTraining(self.run.prefix(place)) for place in range(len(self.run.segments)))
        return max(map(chunk_store().place_in_line, trainings))

    def so_far(self) -> Recorded:
        """How far the run's last segment is recorded, without training on: where nothing is, up to its start."""
        start, found = self.run.segments[-1].start, chunk_store().so_far(RunTraining(self.run))
        if found is None:
            return self._recorded(None, start, False)
        chunk = found.recording.chunks[-1]
        return self._recorded(chunk, start + found.last, found.finished or chunk.stop is not None)

    def train_on(self, frame: int, seconds: float) -> Recorded:
        """What is recorded after training chunk by chunk for about `seconds`, up to `frame`.

        That is one chunk at least, unless `frame` is so far that it may have to wait for its turn.
        """
        found, end = self.so_far(), time.monotonic() + seconds
        # Any other chunk is soon there, and a page that drew itself anew all the time would answer clicks late.
        wait = TURN_SECONDS if chunk_store().takes_long(self.run, frame) else None
        while not found.holds(frame):
            try:
                # At the end of a branch that stopped at once the chunk is empty, and its stop still counts.
                chunk, first = chunk_store().chunk_at(self.run, found.last + 1, wait, frame)
            except NotReady:
                break
            found = self._recorded(chunk, first + len(chunk.epochs) - 1, chunk.stop is not None)
            if time.monotonic() >= end:
                break
        return found

    def _recorded(self, chunk: Chunk | None, last: int, finished: bool) -> Recorded:
        return Recorded(chunk, last, min(1.0, last / max(1, self.run.segments[-1].last_frame)), finished)


@dataclass(frozen=True)
class BranchFrames:
    """A Run trained to its last branch: its recording is the Run without those branches that its training never reaches.

    Its frames are its branches, counted from 1. Before all are known its recording is the Run as it is.
    """

    run: Run

    def so_far(self) -> Recorded | None:
        """None: it is known at once, or training tells it."""
        return None

    def train_on(self, frame: int, seconds: float) -> Recorded:
        """What is known after training on for at most `seconds`."""
        try:
            return Recorded(chunk_store().trained(self.run, wait=seconds), frame, 1.0, True)
        except NotReady:
            return Recorded(self.run, 0, 0.0, False)


def training_words(run: Run, at: int, frame: int) -> str:
    """What is said while `run`, recorded up to frame `at`, is trained to `frame`."""
    return f"Training {summarise(run.experiment)}: snapshot {at:,} of {frame:,}. Any change calls it off."


def train_until(run: Run, frame: int) -> int:
    """`frame`, or the last one of `run` if training stops before it, once all frames up to it are recorded.

    Until then a bar says what is trained and how far it is; it takes one place on the page, in either case. A click calls
    the rest off. Where it takes long and was stopped it is the last frame that is recorded; where there is none, the
    page ends with a button that trains it.
    """
    place, frames, goal = st.empty(), RunFrames(run), frame
    if is_slow_to_begin(run) or chunk_store().takes_long(run, frame):
        goal = max(1, frame)  # its first frame is there when its first chunk is
        if is_stopped(run):
            if has_nothing(run):
                offer_training(place, run)
                st.stop()
            return chunk_store().reached(run, min(frame, frames.so_far().last))
        st.session_state[CURRENT] = run.key

    def show(found: Recorded) -> None:
        if not found.holds(goal):
            turns = frames.turns()
            place.progress(found.last / goal, line_words(turns) if turns else training_words(run, found.last, goal))

    train_to(frames, goal, show, seconds=0)
    place.empty()
    return chunk_store().reached(run, frame)


def is_slow_to_begin(run: Run) -> bool:
    """Whether the first snapshots of `run` take so long that one would wait for them."""
    return recording_seconds(run.prefix(0), RunTraining(run.prefix(0)).chunk_frames) > SLOW_SECONDS


def await_first(run: Run, place: DeltaGenerator) -> None:
    """Has the first snapshots of a `run` that is slow to begin recorded, said in `place`; the page is drawn anew until then.

    So every control answers meanwhile. Other runs are trained as they are drawn.
    """
    frames = RunFrames(run)
    if not is_slow_to_begin(run) or frames.so_far().holds(1):
        return
    st.session_state[CURRENT] = run.key

    def show(_: Recorded) -> None:
        turns = frames.turns()
        begins = f"Training {summarise(run.experiment)}: the first snapshots. Any change calls it off."
        place.progress(0.0, line_words(turns) if turns else begins)

    if not train_to(frames, 1, show, at_most=FIRST_SECONDS).holds(1):
        rerun_fragment()
    place.empty()


def is_stopped(run: Run) -> bool:
    """Whether this person has stopped the training of `run`."""
    return st.session_state.get(STOPPED) == run.key


def has_nothing(run: Run) -> bool:
    """Whether the training of `run` was stopped before there was anything to show."""
    return is_stopped(run) and not RunFrames(run).so_far().holds(1)


def offer_training(place: DeltaGenerator, run: Run) -> None:
    """Says in `place` that nothing is recorded of a `run` that was stopped, with a button that trains it."""
    with place.container(horizontal=True, vertical_alignment="center"):
        st.info("Stopped before there was anything to show. Other settings begin another training.", icon=":material/pause:")
        st.button("Train", type="primary", key="train_stopped", on_click=go_on_training)


def go_on_training() -> None:
    """What was stopped may be trained again."""
    st.session_state[STOPPED] = None


def show_progress(session: Session, place: DeltaGenerator) -> None:
    """How far training to the end is, in `place`, while it is under way: Stop ends it where it is."""
    playback, run = session.playback, session.run
    if playback.to_the_end and is_stopped(run):
        playback.to_the_end = False
        session.frame = playback.wanted_frame = RunFrames(run).so_far().last
        playback.seek_token += 1
        go_on_training()
    if playback.to_the_end:
        st.session_state[CURRENT] = run.key
        at, last, turns = playback.wanted_frame, max(1, run.segments[-1].last_frame), RunFrames(run).turns()
        words = line_words(turns) if turns else f"Training to the end: snapshot {at} of {last}. Any change stops it."
        place.progress(min(1.0, at / last), words)


def run_to_the_end(session: Session, place: DeltaGenerator) -> None:
    """Trains on for a moment if the end was asked for, with progress in `place`, and reruns the page for the next.

    The last thing that a page does: a click is answered only between two reruns, and every rerun must have drawn the
    whole page. A change of settings calls the rest off.
    """
    if not session.playback.to_the_end:
        return

    def show(found: Recorded) -> None:
        session.playback.wanted_frame = found.last + 1
        show_progress(session, place)

    last = session.run.segments[-1].last_frame
    found = train_between_reruns(RunFrames(session.run), last + 1, show, TO_THE_END_SECONDS)
    session.playback.to_the_end = False
    session.frame = session.playback.wanted_frame = found.last
    session.playback.seek_token += 1
    rerun_fragment()
