"""Learning played in the browser as it goes on: losses and attention move there, and the page drives the training.

A page opens on the trained model and says so: its subject is what was learned. Where nobody has asked for that training yet,
it is trained then, in slices between which every control answers. Who watches it train again, or picks another one, sees it:
their browser asks for a few frames at a time, and so many are trained. Stop keeps what was learned until then; how
far a training is to go is in the link, so a link shows it to others just as far.
"""

import secrets
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

import numpy as np
import streamlit as st

from nncore.experiments.recording.recording import RecordedTraining, Recording, Repeated
from nncore.experiments.recording.training_store import Recorded
from pages.parts.live.message import Frames, encode_frames
from pages.parts.live.view import mount_view
from pages.parts.page.choices import Span, bind_choice, choice, choice_up_to
from pages.parts.page.playing.driver import TrainingFrames, hear_commands, hear_need, train_between_reruns, train_slice
from pages.parts.page.playing.learning_view import Attention, Looks, frame_words, learning_scene
from pages.parts.page.playing.player import Told
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.style import is_dark

SLICE_SECONDS = 0.2  # of training between two messages
TO_THE_END = 1  # the choice that stands for all updates; a larger one stops there
MESSAGES = 8  # in which a whole training is sent at least


class RecordedRun(RecordedTraining, Protocol):
    """A recorded training of `n_updates` updates whose recording is a `Recording`.

    Its frames are evenly apart, unless it tells in `frame_updates` how many updates are done at each.
    """

    @property
    def n_updates(self) -> int:
        """Updates of the whole training."""
        ...


@dataclass
class Watch:
    """One viewer's look at a training: the next frame that their browser needs, and the one with which it begins.

    One that `pulls` asks for its frames; another is sent them as they come.
    """

    run: RecordedRun
    begin: int = 0
    wanted_frame: int = 0
    pulls: bool = True
    token: str = field(default_factory=lambda: secrets.token_hex(4))


def recording_of(session: Session, name: str, run: RecordedRun, looks: Looks) -> Recording | None:
    """The recording of `run` as far as the choice `name` says, by default to its end; None where it is to wait for Train.

    While it trains or is watched, this shows it, with what `looks` says of a frame's parameters, and nothing that the page
    would draw after it appears. What it draws are two elements of the page, in either case.
    """
    wanted = choice_up_to(session, name, TO_THE_END, run.n_updates, Span(0, None))
    if not wanted:
        st.button("Train", type="primary", icon=":material/play_arrow:", key=f"{name}_start",
                  on_click=watch_to_the_end, args=(session, name, run))  # fmt: skip
        return None
    updates = run.n_updates if wanted == TO_THE_END else wanted
    training = _training(name, run)
    frames, watch = TrainingFrames(training), watch_of(name, run, reached(chunk_store().so_far(training), updates))
    if watch is not None:
        st.session_state[f"{name}_seen"] = run
        found = train_slice(frames, frame_at(run, min(updates, updates_wanted(watch))), SLICE_SECONDS)
        _show(session, name, run, view_message(found, watch, updates, looks, session.playback.heard_command))
        st.stop()

    def show(found: Recorded) -> None:
        st.session_state[f"{name}_first"] = run
        place, watch = st.container(), Watch(run, token=repr(run), pulls=False)
        st.empty(), st.empty()  # what an earlier training left here and in the page's next element makes room
        with place:
            _show(session, name, run, view_message(found, watch, updates, looking_once(session, name, run, looks)))

    found = train_between_reruns(frames, frame_at(run, updates), show, SLICE_SECONDS)
    st.session_state.pop(f"{name}_looks", None)
    st.empty()
    with st.container(horizontal=True, vertical_alignment="center"):
        _afterwards(session, name, run, updates)
    return _first_frames(found.recording, updates)


def looking_once(session: Session, name: str, run: RecordedRun, looks: Looks) -> Looks:
    """`looks`, but once at each frame of `run`: what is sent after every slice are the same frames and a few more."""
    shown = run, tuple(sorted(session.choices.items()))  # another phrase or picture is another look
    if st.session_state.get(f"{name}_looks", (None,))[0] != shown:
        st.session_state[f"{name}_looks"] = shown, {}
    seen = st.session_state[f"{name}_looks"][1]

    def look(parameters: np.ndarray) -> Attention:
        frame = hash(parameters.tobytes())
        return seen.get(frame) or seen.setdefault(frame, looks(parameters))

    return look


def reached(found: Recorded | None, updates: int) -> bool:
    """Whether so many updates are recorded, or all there will be."""
    return found is not None and (found.finished or bool(found.recording.updates[-1] >= updates))


def updates_by_frame(run: RecordedRun) -> np.ndarray:
    """How many updates are done at each frame of the whole recording, (F,)."""
    planned = getattr(run, "frame_updates", None)
    return np.arange(run.n_frames) * run.n_updates // (run.n_frames - 1) if planned is None else planned


def frame_at(run: RecordedRun, updates: int) -> int:
    """The first frame at which so many updates are done."""
    return int(np.searchsorted(updates_by_frame(run), updates))


def watch_of(name: str, run: RecordedRun, done: bool) -> Watch | None:
    """This viewer's look at the run, a new one where they just picked another that is not `done`; None to see its end."""
    before, st.session_state[f"{name}_run"] = st.session_state.get(f"{name}_run", run), run
    watch: Watch | None = st.session_state.get(f"{name}_watch")
    if watch is not None and watch.run == run:
        return watch
    st.session_state[f"{name}_watch"] = Watch(run) if before != run and not done else None
    return st.session_state[f"{name}_watch"]


def updates_wanted(watch: Watch) -> int:
    """How many updates are to be done for the view's next frames."""
    run = watch.run
    frame = min(watch.wanted_frame + max(1, run.n_frames // MESSAGES), run.n_frames - 1)
    return int(updates_by_frame(run)[frame])


def view_message(found: Recorded, watch: Watch, updates: int, looks: Looks, heard: int = 0) -> bytes:
    """What the view gets: the frames from the one it needs on, and which is the last, once that is known.

    `heard` is the number of the last command that was followed.
    """
    recording, run, first = _first_frames(found.recording, updates), watch.run, watch.wanted_frame
    last, seen = len(recording.updates) - 1, [looks(parameters) for parameters in recording.parameters[first:]]
    one = seen[0] if seen else looks(recording.parameters[0])
    weights = np.array([attention.flat for attention in seen]).reshape(len(seen), one.flat.size)
    scores = np.column_stack([recording.updates, recording.scores])[first:]
    end = last if reached(found, updates) else None
    header = {
        "number": secrets.token_hex(4), "pull": watch.pulls, "heard": heard,
        "seek": {"frame": min(watch.begin, last), "token": watch.token},
        "scene": learning_scene(run.n_updates, run.n_frames, one, is_dark()),
        "words": [frame_words(recording, first + k, run.n_updates, attention) for k, attention in enumerate(seen)],
    }  # fmt: skip
    return encode_frames("learning", Frames(watch.token, first, weights, scores, first, end, run.n_frames - 1), header)


def _show(session: Session, name: str, run: RecordedRun, message: bytes) -> None:
    """The view in its place, and what it may tell."""
    handlers = {"need": partial(on_need, name), "command": partial(on_command, session, name, run)}
    with st.container(key=f"{name}_learning"):
        mount_view(f"{name}_view", message, handlers)


def on_need(name: str) -> None:
    """The view needs frames: they are trained and sent by the rerun that follows."""
    watch: Watch | None = st.session_state.get(f"{name}_watch")
    if watch is not None:
        hear_need(f"{name}_view", watch.token, watch, watch.run.n_frames)


def on_command(session: Session, name: str, run: RecordedRun) -> None:
    """Stop was pressed, and training ends with the frame that was on screen; or the view has played to the end."""

    def end(session: Session, command: Told) -> None:
        watch: Watch | None = st.session_state.get(f"{name}_watch")
        if watch is None or command["run"] == watch.token:
            st.session_state[f"{name}_watch"] = None  # the page shows what was learned
            if command["name"] == "stop":
                frame = min(max(0, int(command["frame"])), run.n_frames - 1)
                _train_to(session, name, int(updates_by_frame(run)[frame]))

    hear_commands(session, f"{name}_view", {"stop": end, "played": end})


def _training(name: str, run: RecordedRun) -> RecordedTraining:
    """The training shared by all viewers, or this viewer's own until it is over, where it is to be watched once more."""
    own: Repeated | None = st.session_state.get(f"{name}_again")
    if own is not None and own.training == run:
        found = chunk_store().so_far(own)
        if found is None or not found.finished:
            return own
    st.session_state.pop(f"{name}_again", None)
    return run


def _afterwards(session: Session, name: str, run: RecordedRun, updates: int) -> None:
    """Says that it was trained before, or where it was stopped, with an offer to go on; and one to watch it once more."""
    if updates < run.n_updates:
        st.markdown(f"**Stopped after {updates:,} of {run.n_updates:,} updates.** What was learned until then is kept.")
        st.button("Train on", type="primary", icon=":material/play_arrow:", key=f"{name}_on",
                  on_click=watch_to_the_end, args=(session, name, run, updates))  # fmt: skip
    elif st.session_state.get(f"{name}_seen") != run:
        st.markdown(trained_before(run.n_updates, st.session_state.get(f"{name}_first") == run))
    st.button("Watch it train again", icon=":material/replay:", key=f"{name}_rerun", on_click=_again,
              args=(session, name, run))  # no help: it would open over the picker, for the pointer still is where Stop was


def trained_before(updates: int, is_first: bool = False) -> str:
    """What is said of a model that the viewer did not start; who `is_first` saw it being trained as they came."""
    return f"**Trained {'just now, as you came' if is_first else 'before you came'}:** {updates:,} updates."


def _train_to(session: Session, name: str, updates: int) -> None:
    """Keeps in the link how far to train; 0 is the state before Train was pressed."""
    session.choices[name] = str(updates)


def watch_to_the_end(session: Session, name: str, run: RecordedRun, done: int = 0) -> None:
    """Trains `run` in front of the viewer, who has seen it up to `done` updates."""
    begin = int(np.searchsorted(updates_by_frame(run), done, side="right")) - 1
    st.session_state[f"{name}_watch"] = Watch(run, begin)
    _train_to(session, name, TO_THE_END)


def _again(session: Session, name: str, run: RecordedRun) -> None:
    st.session_state[f"{name}_again"] = Repeated(run, secrets.token_hex(4))
    watch_to_the_end(session, name, run)


def _first_frames(recording: Recording, updates: int) -> Recording:
    """The frames up to so many updates: another viewer may have trained further."""
    end = recording.frame_of(updates) + 1
    return Recording(recording.updates[:end], recording.parameters[:end], recording.scores[:end])


def frame_slider(session: Session, name: str, recording: Recording) -> int:
    """A slider over the recorded frames, kept in the link as `name`; returns the frame on screen."""
    last = len(recording.updates) - 1
    frame = choice(session, name, "int", last, Span(0, last))
    if last == 0:
        return 0
    st.slider(f"Snapshot {frame} of {last}: after {recording.updates[frame]:,} updates", 0, last,
              help="Rewind through the recorded training.", **bind_choice(session, name, frame, last))  # fmt: skip
    return frame
