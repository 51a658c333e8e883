"""Catching up: a Run trained further than it was recorded, which is seen as it goes on.

A page that shows a frame has it trained before, with a bar; who asked for the end sees the page move with it.
"""

import time
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nncore import Run
from nncore.experiments.recording.chunk_store import NotReady
from nncore.experiments.recording.frames import Chunk
from nncore.experiments.recording.run_training import RunTraining
from nncore.experiments.recording.training_store import Recorded
from pages.parts.fields.labels import summarise
from pages.parts.page.playing.driver import rerun_fragment, train_between_reruns, train_to
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session

TO_THE_END_SECONDS = 0.3  # between two pictures of a run that trains to its end


@dataclass(frozen=True)
class RunFrames:
    """The frames of a Run, across its branches, trained a chunk at a time; its recording is the chunk that came last."""

    run: Run

    def so_far(self) -> Recorded:
        """How far the run's last segment is recorded, without training on: where nothing is, up to its start."""
        start, found = self.run.segments[-1].start, chunk_store().so_far(RunTraining(self.run))
        if found is None:
            return self._recorded(None, start, False)
        chunk = found.recording.chunks[-1]
        return self._recorded(chunk, start + found.last, found.finished or chunk.stop is not None)

    def train_on(self, frame: int, seconds: float) -> Recorded:
        """What is recorded after training chunk by chunk for about `seconds`, but one chunk at least, up to `frame`."""
        found, end = self.so_far(), time.monotonic() + seconds
        while not found.holds(frame):
            # At the end of a branch that stopped at once the chunk is empty, and its stop still counts.
            chunk, first = chunk_store().chunk_at(self.run, found.last + 1)
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
    the rest off.
    """
    place = st.empty()

    def show(found: Recorded) -> None:
        if not found.holds(frame):
            place.progress(found.last / frame, training_words(run, found.last, frame))

    train_to(RunFrames(run), frame, show, seconds=0)
    place.empty()
    return chunk_store().reached(run, frame)


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
