"""Comparing: several trainings of one comparison, in slices, watched by all who look at it and stopped by a button."""

import math
import threading
import time
from collections.abc import Callable
from typing import Any, Protocol

import streamlit as st

from pages.parts.fields.numbers import percent
from pages.parts.page.cache import memo

SLICE_SECONDS = 0.15
STOPPED, CURRENT = "comparison_stopped", "comparison_on_screen"


class Comparison(Protocol):
    """Work that knows how far it is."""

    finished: bool
    share: float

    def advance(self, seconds: float) -> None:
        """Goes on for about `seconds`."""
        ...

    def outcome(self) -> Any:
        """What has come of it so far."""
        ...


class _Shared:
    """One comparison for all who look at it: whoever holds the lock moves it on."""

    def __init__(self, work: Comparison):
        self.lock, self.work, self._final = threading.Lock(), work, None

    def go_on(self, seconds: float) -> Any:
        """Works for about `seconds`; what has come of it so far, the same object once it is finished."""
        with self.lock:
            if self._final is None:
                if seconds:
                    self.work.advance(seconds)
                found = self.work.outcome()
                self._final = found if self.work.finished else None
                return found
            return self._final


def shown_while_training(key: str) -> None:
    """Hides the button with this key while there is no progress bar on the page.

    By a style sheet, as the button belongs to the page's full run and what trains is a fragment.
    """
    st.html(f"<style>.stApp:not(:has([data-testid=stProgress])) .st-key-{key} {{visibility: hidden}}</style>")


def stop_button() -> None:
    """Stops the comparison on screen. Only from the page's full run: a click inside a fragment would wait for its end."""
    shown_while_training("stop_comparison")
    st.button(
        "Stop training", icon=":material/stop:", key="stop_comparison",
        on_click=lambda: st.session_state.update({STOPPED: st.session_state.get(CURRENT)}),
        help="Stops the training and shows how far it got.",
    )  # fmt: skip


def compare(key: str, start: Callable[[], Comparison], n_bytes: int, picture: Callable[[Any], str]) -> Any:
    """What comes of the comparison called `key`, trained to its end unless it was stopped; kept for all viewers.

    `start` gives the work, `picture` an <img> of what has come of it so far.
    """
    shared: _Shared = memo().fetch(key, lambda: _Shared(start()), n_bytes)
    st.session_state[CURRENT] = key
    if st.session_state.get(STOPPED) == key and not shared.work.finished:
        words, button = st.columns([4, 1], vertical_alignment="center")
        words.info(f"Stopped after {percent(shared.work.share)} of the work.", icon=":material/pause:")
        if not button.button("Train on", type="primary", key="compare_on"):
            return shared.go_on(0.0)
        st.session_state[STOPPED] = None
    bar, place = st.empty(), st.empty()
    begin, first = time.monotonic(), shared.work.share
    while not shared.work.finished:
        outcome = shared.go_on(SLICE_SECONDS)
        share = min(1.0, shared.work.share)
        left = time_left(time.monotonic() - begin, first, share)
        bar.progress(share, f"Training, {percent(share)} done{left}")
        place.html(picture(outcome))
    bar.empty()
    place.empty()
    return shared.go_on(0.0)


def time_left(seconds: float, first: float, share: float) -> str:
    """", about 12 s left", for work that took `seconds` from the share `first` to `share`; "" in the first second."""
    if seconds < 1.0 or share <= first:
        return ""
    return f", {duration(math.ceil(seconds * (1.0 - share) / (share - first)))} left"


def duration(seconds: float) -> str:
    """A time that is not known exactly: "less than a second", "about 12 s", "about 18 minutes", "about 3 hours"."""
    if seconds < 0.8:
        return "less than a second"
    if seconds < 100:
        return f"about {math.ceil(seconds)} s"
    return f"about {seconds / 60:.0f} minutes" if seconds < 100 * 60 else f"about {seconds / 3600:.0f} hours"


def cost_words(seconds: float, n_bytes: int) -> str:
    """What a comparison will cost, in a sentence; another machine, or one that is busy, takes another time."""
    return f"The training takes {duration(seconds)} on an idle machine, and {max(1, round(n_bytes / 1e6))} MB of memory."
