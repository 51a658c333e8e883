"""The driver: the one way in which anything is trained in front of a person.

What trains is handed over as a `FrameSource`: a recorded training of any model, or a Run with all its branches. It is
trained in short slices, and between two of them the page shows how far it is and every click is answered: in one go until a
frame is there (`train_to`), or with the page drawn anew after each slice (`train_between_reruns`). The player in the browser
says which frames it needs and what was pressed; `hear_need` and `hear_commands` answer it, whatever it plays.
"""

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import streamlit as st
from streamlit.errors import StreamlitAPIException

from nncore.experiments.recording.recording import RecordedTraining
from nncore.experiments.recording.training_store import Recorded
from pages.parts.page.playing.player import Told, told, unheard_commands, wanted_frame
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session

SLICE_SECONDS = 0.15  # between two pictures
# How long at most, and by the square of how long the page took to be drawn: 0.2 seconds after 0.1, but 5 after 0.5.
MOST_SECONDS, BACK_OFF = 5.0, 20.0
DRAWN_FROM = "drawn_from"  # in the state: when the page was last run again to show what is trained
CURRENT = "training_on_screen"  # the key of what the viewer sees being trained


class FrameSource(Protocol):
    """Frames that are recorded as training goes on, shared by all who look at them."""

    def so_far(self) -> Recorded | None:
        """What is recorded, without training on; None if there is no frame yet."""
        ...

    def train_on(self, frame: int, seconds: float) -> Recorded | None:
        """What is recorded after training on for about `seconds`, up to `frame`; None if there is no frame yet."""
        ...


@dataclass(frozen=True)
class TrainingFrames:
    """The frames of a recorded training, which the store's one thread trains while somebody waits for them."""

    training: RecordedTraining

    def so_far(self) -> Recorded | None:
        """What is recorded, without training on; None if there is no frame yet."""
        return chunk_store().so_far(self.training)

    def train_on(self, frame: int, seconds: float) -> Recorded | None:
        """What is recorded after training on for at most `seconds`, up to `frame`; None if there is no frame yet."""
        return chunk_store().recorded(self.training, frame, seconds)

    def turns(self) -> int:
        """How many turns it is away from going on, from 1; 0 where it does, or nobody asked for it."""
        return chunk_store().place_in_line(self.training)

    def leave_line(self) -> None:
        """Gives up its turn, unless somebody waits for it."""
        chunk_store().leave_line(self.training)


class Position(Protocol):
    """Where the player of one view stands, as far as the page must know it."""

    wanted_frame: int  # the next frame that it needs


def let_clicks_through() -> None:
    """Lets Streamlit cut the script off here if its viewer has clicked: it does so whenever the state is touched."""
    _ = CURRENT in st.session_state


def train_slice(source: FrameSource, frame: int, seconds: float = SLICE_SECONDS) -> Recorded:
    """What is recorded after training on for about `seconds`, up to `frame`; at least frame 0.

    Where even that takes longer, clicks get through meanwhile.
    """
    found = source.train_on(frame, seconds)
    while found is None:
        let_clicks_through()
        found = source.train_on(0, seconds)
    return found


def train_to(
    source: FrameSource, frame: int, show: Callable[[Recorded | None], None], seconds: float = SLICE_SECONDS,
    at_most: float = math.inf,
) -> Recorded:  # fmt: skip
    """What is recorded once `frame` is there, or the training's end, or `at_most` so many seconds are over.

    `show` is given what there is: at once, and after each slice of about `seconds`, or longer where drawing takes long.
    """
    found, end = source.so_far(), time.monotonic() + at_most
    drawn = _seconds_of(show, found)
    while found is None or not (found.holds(frame) or time.monotonic() > end):
        next_picture = min(end, time.monotonic() + _between_pictures(seconds, drawn))
        let_clicks_through()
        found = source.train_on(frame, seconds)
        while not (found is not None and found.holds(frame)) and time.monotonic() < next_picture:
            let_clicks_through()
            found = source.train_on(frame, min(seconds, max(0.0, next_picture - time.monotonic())))
        drawn = _seconds_of(show, found)
    return found


def _seconds_of(show: Callable[[Recorded | None], None], found: Recorded | None) -> float:
    begin = time.monotonic()
    show(found)
    return time.monotonic() - begin


def _between_pictures(seconds: float, drawn: float) -> float:
    """For how long to train between two pictures, of which the last took `drawn` seconds; at least so many `seconds`.

    Where many train, or the server is busy, to draw takes longer: then all who watch do not take the time from each other.
    """
    return max(seconds, min(MOST_SECONDS, BACK_OFF * drawn**2))


def train_between_reruns(
    source: FrameSource, frame: int, show: Callable[[Recorded], None], seconds: float = SLICE_SECONDS
) -> Recorded:
    """What is recorded once `frame` is there, or the training's end.

    Until then it trains for about `seconds`, or longer where drawing takes long, has `show` draw what there is, and runs the
    fragment again. Clicks are let through meanwhile.
    """
    begun = time.monotonic()
    end = begun + _between_pictures(seconds, begun - st.session_state.pop(DRAWN_FROM, begun))
    found = train_slice(source, frame, seconds)
    while not found.holds(frame) and time.monotonic() < end:
        let_clicks_through()
        found = train_slice(source, frame, min(seconds, max(0.0, end - time.monotonic())))
    if not found.holds(frame):
        show(found)
        st.session_state[DRAWN_FROM] = time.monotonic()
        rerun_fragment()
    return found


def rerun_fragment() -> None:
    """Runs the fragment again, and the whole page where that is what runs; a click that came meanwhile is answered first."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()


def hear_need(key: str, run: str, position: Position, last: int) -> Told | None:
    """What the player of the view `key` needs, if it is of the `run` that it plays: `position` then has the frame.

    The frame is brought into 0 to `last`.
    """
    need = told(key, "need")
    if not need or need.get("run", run) != run:
        return None
    position.wanted_frame = wanted_frame(need, last)
    return need


def hear_commands(session: Session, key: str, commands: Mapping[str, Callable[[Session, Told], None]]) -> bool:
    """Whether anything was pressed in the view `key` that was not heard before: it is done, in the order of the clicks."""
    unheard = unheard_commands(key, session.playback.heard_command)
    for command in unheard:
        session.playback.heard_command = command["n"]
        if command.get("name") in commands:
            commands[command["name"]](session, command)
    return bool(unheard)
