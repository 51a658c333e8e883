"""Training in front of the viewer: any recorded training, shared by all who look at it, watched, stopped and gone on with.

The store's one thread trains it. The page waits for short whiles and shows between them how far it is, so that every click
gets through. Nobody's training goes on when nobody watches; what was trained is kept, and the next viewer goes on from it.
"""

import math
import time
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from nncore.cache import key_of
from nncore.experiments.recording.recording import RecordedTraining
from nncore.experiments.recording.training_store import Recorded, is_long
from pages.parts.fields.costs import duration
from pages.parts.fields.numbers import percent
from pages.parts.page.playing.driver import CURRENT, TrainingFrames, train_to

# Keys of what the viewer stopped, and of the long training that they asked for.
STOPPED, ASKED = "training_stopped", "training_asked_for"
NO_TRAINING = "progress_of_a_person"  # the key of a container whose bar is of no training


@dataclass(frozen=True)
class Watching:
    """How a training is shown while it goes on, and what is said where it waits.

    `picture` gives HTML for what is recorded so far; `bar` the text of the progress bar, and `waiting` what stands beside
    the button with which it begins or goes on. A long training begins with a click, and so does one that `asks_first`; of
    one that is stopped nothing is shown before frame `first_shown`.
    """

    picture: Callable[[Any], str] | None = None
    bar: Callable[[Recorded, str], str] = lambda found, left: f"Training, {percent(found.share)} done{left}"
    waiting: Callable[[float], str] | None = None
    asks_first: bool = False
    first_shown: int = 0


def stop_button(help_text: str = "Stops the training and shows how far it got.", keeps_room: bool = True) -> None:
    """Stops the training on screen. Only from the page's full run: a click inside a fragment would wait for its end.

    It hides while there is no progress bar on the page, by a style sheet, as what trains is a fragment: in a place of its
    own, unless it `keeps_room`. The bar in a container `NO_TRAINING` does not count: it tells how far a person is.
    """
    bar = f"[data-testid=stProgress]:not(.st-key-{NO_TRAINING} *)"
    hidden = "visibility: hidden" if keeps_room else "display: none"
    st.html(f"<style>.stApp:not(:has({bar})) .st-key-stop_training {{{hidden}}}</style>")
    st.button(
        "Stop training", icon=":material/stop:", key="stop_training", help=help_text,
        on_click=lambda: st.session_state.update({STOPPED: st.session_state.get(CURRENT)}),
    )  # fmt: skip


def watch_or_wait(training: RecordedTraining, watching: Watching) -> Any | None:
    """The recording of `training`: trained to its end in front of the viewer, unless they stopped it.

    Where it was stopped, what there is, with a button to go on; None where nothing is recorded and it waits for a click.
    """
    key, frames = key_of(training), TrainingFrames(training)
    found = frames.so_far()
    st.session_state[CURRENT] = key
    if found is None or not found.finished:
        asks_first = watching.asks_first or is_long(training)
        begun = found is not None and found.last >= max(watching.first_shown, int(asks_first))
        is_asked = begun or not asks_first or st.session_state.get(ASKED) == key
        if st.session_state.get(STOPPED) == key or not is_asked:
            frames.leave_line()
            words, button = st.columns([4, 1], vertical_alignment="center")
            share, say = found.share if begun else 0.0, watching.waiting or partial(waiting_words, training)
            words.info(say(share), icon=":material/pause:")
            if not button.button("Train on" if begun else "Train", type="primary", key="train_on"):
                return found.recording if begun else None
            st.session_state[STOPPED], st.session_state[ASKED] = None, key
    return watch(training, watching)


def watch(training: RecordedTraining, watching: Watching) -> Any:
    """The whole recording of `training`, trained in front of the viewer as far as it is not there yet."""
    frames = TrainingFrames(training)
    found = frames.so_far()
    if found is None or not found.finished:
        sight = _Sight(frames, watching)
        found = train_to(frames, training.n_frames - 1, sight.show)
        sight.close()
    return found.recording


def watch_each(trainings: Sequence[RecordedTraining], asked: str) -> list[Any]:
    """The whole recordings of `trainings`, which the click kept as `asked` began: one after the other.

    Any other click calls them off: what `asked` holds is there again once all are trained.
    """
    click = st.session_state.pop(asked, None)
    found = [watch(one, Watching(bar=lambda _, left, number=number: f"Training {number} of {len(trainings)}{left}"))
             for number, one in enumerate(trainings, 1)]  # fmt: skip
    st.session_state[asked] = click
    return found


class _Sight:
    """The bar and the picture of a training, and how long it has been at work."""

    def __init__(self, frames: TrainingFrames, watching: Watching):
        self.frames, self.watching = frames, watching
        self.bar, self.place = st.empty(), st.empty()
        self.begin, self.first = time.monotonic(), None

    def show(self, found: Recorded | None) -> None:
        """Shows what there is of the training, or that others are before it."""
        share, turns = found.share if found else 0.0, self.frames.turns()
        if turns or self.first is None:
            self.begin, self.first = time.monotonic(), share
        if turns:
            self.bar.progress(share, line_words(turns))
        elif found is not None:
            left = time_left(time.monotonic() - self.begin, self.first, share)
            self.bar.progress(share, self.watching.bar(found, left))
            if self.watching.picture is not None:
                self.place.html(self.watching.picture(found.recording))

    def close(self) -> None:
        """Leaves nothing of them on the page."""
        self.bar.empty()
        self.place.empty()


def waiting_words(training: RecordedTraining, share: float) -> str:
    """What a training that waits for a click will take, and which `share` of it is done."""
    seconds = getattr(training, "seconds", 0.0)
    if share:
        return f"Stopped after {percent(share)} of the work."
    if not is_long(training):
        return "Stopped before there was anything to show."
    return f"This takes {duration(seconds)} on an idle machine, and {max(1, round(training.n_bytes / 1e6))} MB. Train it?"


def line_words(turns: int) -> str:
    """What is said of a training that is `turns` turns away from going on."""
    place = "next in line" if turns == 1 else f"number {turns} in line"
    return f"Two long trainings are going on for other visitors. This one is {place} and begins by itself."


def as_picture(svg: str, alt: str) -> str:
    """An <img> of `svg`: as a picture's address, for Streamlit lets no SVG elements through."""
    address = b64encode(svg.encode()).decode()
    return f'<img alt="{alt}" style="max-width: 100%" src="data:image/svg+xml;base64,{address}">'


def time_left(seconds: float, first: float, share: float) -> str:
    """", about 12 s left", for work that took `seconds` from the share `first` to `share`; "" in the first second."""
    if seconds < 1.0 or share <= first:
        return ""
    return f", {duration(math.ceil(seconds * (1.0 - share) / (share - first)))} left"
