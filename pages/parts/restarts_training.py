"""Training many starts while one watches: shared by all viewers, and stopped by a button."""

import threading

import streamlit as st

from nncore.restarts import Outcome, Restarts, RestartTraining
from pages.parts.figures.fan_picture import fan_picture
from pages.parts.memo import memo
from pages.parts.style import is_dark

SLICE_SECONDS = 0.15
ASK_FROM_SECONDS = 15.0  # work that takes longer waits for a click
STOPPED = "restarts_stopped"


class Shared:
    """One training for all who look at it: whoever holds the lock moves it on."""

    def __init__(self, plan: Restarts):
        self.lock = threading.Lock()
        self.training = RestartTraining(plan)

    def work(self, seconds: float) -> Outcome:
        """Trains on for about `seconds`; what has come of it so far."""
        with self.lock:
            self.training.advance(seconds)
            if self.training.finished and not self.training.seconds_alone > 0:
                self.training.measure_alone()
            return self.training.outcome()


def stop_button() -> None:
    """Stops the training on screen. Only from the page's full run: a click inside a fragment would wait for its end."""
    st.button(
        "Stop training", icon=":material/stop:", key="stop_restarts",
        on_click=lambda: st.session_state.update({STOPPED: st.session_state.get("restarts_key")}),
        help="Stops the training of all starts and shows how far they got.",
    )  # fmt: skip


def train_all(plan: Restarts) -> Outcome:
    """What has come of all starts: trained to the end with a picture of it, unless it was stopped.

    Raises ValueError when the training does not fit into memory.
    """
    plan.check_memory()
    key = repr(plan)
    shared: Shared = memo().fetch(key, lambda: Shared(plan), plan.n_bytes)
    st.session_state["restarts_key"] = key
    outcome = shared.work(0.0)
    if shared.training.finished:
        return outcome
    if st.session_state.get(STOPPED) == key or (outcome.seconds < 0.1 and plan.seconds > ASK_FROM_SECONDS):
        return _waiting(shared, outcome, key)
    return _watch(shared, plan)


def _waiting(shared: Shared, outcome: Outcome, key: str) -> Outcome:
    """Says how far the training is, and offers to go on."""
    plan = outcome.plan
    words, button = st.columns([4, 1], vertical_alignment="center")
    words.info(
        f"{shared.training.share:.0%} of the {plan.epochs:,} epochs are trained. All of them take about "
        f"{plan.seconds:.0f} s and {plan.n_bytes / 1e6:.0f} MB.", icon=":material/pause:",
    )  # fmt: skip
    if button.button("Train on", type="primary", key="train_on"):
        st.session_state[STOPPED] = None
        return _watch(shared, plan)
    return outcome


def _watch(shared: Shared, plan: Restarts) -> Outcome:
    """Trains to the end, drawing the losses of all starts as they fall."""
    bar, picture = st.empty(), st.empty()
    while True:
        outcome = shared.work(SLICE_SECONDS)
        if shared.training.finished:
            break
        bar.progress(
            shared.training.share, f"{plan.starts} starts, epoch {int(outcome.epochs[-1]):,} of {plan.epochs:,}"
        )
        picture.html(fan_picture(outcome.epochs, outcome.losses, plan.epochs, is_dark()))
    bar.empty()
    picture.empty()
    return outcome
