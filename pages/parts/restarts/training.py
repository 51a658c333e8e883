"""Training many starts while one watches: shared by all viewers, and stopped by a button."""

import threading

import streamlit as st

from nncore.many_starts.restarts import Outcome, Restarts, RestartTraining
from nncore.many_starts.speedup import Pace, measure_pace
from pages.parts.fields.numbers import percent
from pages.parts.figures.fan_picture import fan_picture
from pages.parts.page.cache import memo
from pages.parts.page.comparing import duration, shown_while_training
from pages.parts.page.style import is_dark

SLICE_SECONDS = 0.15
ASK_FROM_SECONDS = 15.0  # work that takes longer waits for a click
STOPPED = "restarts_stopped"


class Shared:
    """One training for all who look at it: whoever holds the lock moves it on.

    Once it is finished only its outcome is kept, which is a small part of what the training takes.
    """

    def __init__(self, plan: Restarts):
        self.lock = threading.Lock()
        self.training: RestartTraining | None = RestartTraining(plan)
        self.outcome = self.training.outcome()
        self.share = 0.0

    @property
    def finished(self) -> bool:
        """Whether there is nothing left to train."""
        return self.training is None

    def work(self, seconds: float) -> Outcome:
        """Trains on for about `seconds`; what has come of it so far."""
        with self.lock:
            if self.training is not None:
                self.training.advance(seconds)
                self.outcome, self.share = self.training.outcome(), self.training.share
                if self.training.finished:
                    self.training = None
            return self.outcome


def stop_button() -> None:
    """Stops the training on screen. Only from the page's full run: a click inside a fragment would wait for its end."""
    shown_while_training("stop_restarts")
    st.button(
        "Stop training", icon=":material/stop:", key="stop_restarts",
        on_click=lambda: st.session_state.update({STOPPED: st.session_state.get("restarts_key")}),
        help="Stops the training of all starts and shows how far they got.",
    )  # fmt: skip


def train_all(plan: Restarts) -> Outcome | None:
    """What has come of all starts: trained to the end with a picture of it, unless it was stopped; None before it began.

    Raises ValueError when the training does not fit into memory.
    """
    plan.check_memory()
    key = repr(plan)
    shared: Shared = memo().fetch(key, lambda: Shared(plan), plan.n_bytes)
    st.session_state["restarts_key"] = key
    if shared.finished:
        return shared.outcome
    waits = shared.share == 0 and plan.seconds > ASK_FROM_SECONDS
    if st.session_state.get(STOPPED) == key or waits:
        return _waiting(shared, key)
    return _watch(shared, key)


def is_complete(outcome: Outcome) -> bool:
    """Whether the training came to its end: the last epoch, or no start left that has not diverged."""
    return bool(outcome.epochs[-1] >= outcome.plan.epochs or outcome.diverged.all())


def pace_of(plan: Restarts, again: bool = False) -> Pace:
    """How much faster the starts train together than alone: measured once for all viewers, or `again`."""
    key = f"pace {plan!r}"
    if again:
        return memo().keep(key, measure_pace(plan), 100)
    return memo().fetch(key, lambda: measure_pace(plan), 100)


def _waiting(shared: Shared, key: str) -> Outcome | None:
    """Says what is to be trained, or how far that is, and offers to begin or to go on."""
    begun = int(shared.outcome.epochs[-1]) > 0
    words, button = st.columns([4, 1], vertical_alignment="center")
    words.info(waiting_words(shared.outcome.plan, shared.share if begun else 0.0), icon=":material/pause:")
    if button.button("Train on" if begun else "Train", type="primary", key="train_on"):
        st.session_state[STOPPED] = None
        return _watch(shared, key)
    return shared.outcome if begun else None


def waiting_words(plan: Restarts, share: float) -> str:
    """What a training that waits will take, and which `share` of it is done."""
    cost = f"{duration(plan.seconds)} and {plan.n_bytes / 1e6:.0f} MB"
    if not share:
        return f"{plan.starts} starts for {plan.epochs:,} epochs take {cost}. Train them?"
    return f"{percent(share)} of the {plan.epochs:,} epochs are trained. All of them take {cost}."


def _watch(shared: Shared, key: str) -> Outcome:
    """Trains to the end, drawing the losses of all starts as they fall."""
    bar, picture, plan = st.empty(), st.empty(), shared.outcome.plan
    while True:
        outcome = shared.work(SLICE_SECONDS)
        if shared.finished:
            break
        bar.progress(shared.share, f"{plan.starts} starts, epoch {int(outcome.epochs[-1]):,} of {plan.epochs:,}")
        picture.html(fan_picture(outcome.epochs, outcome.losses, plan.epochs, is_dark()))
    memo().keep(key, shared, outcome.n_bytes)
    bar.empty()
    picture.empty()
    return outcome
