"""The loss can be just about anything: say what an error costs, and see what one constant and one neuron come to."""

import numpy as np
import streamlit as st

from nncore.cache import cached
from nncore.single_neuron.own_loss import OwnLoss, best_constant, train_neuron, waiting_times
from pages.parts.autoencoder.study import Look
from pages.parts.fields.number_field import decimal_field
from pages.parts.fields.numbers import fine_percent, short
from pages.parts.fields.source import show_source
from pages.parts.figures.autoencoder.own_loss import constant_figure, neuron_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session

LOSSES = {"squared": "squared error", "absolute": "absolute error", "quantile": "a quantile", "own": "your own prices"}
PRICES = (0.1, 10.0)
SAMPLES = 150
BYTES = 100


def any_loss(look: Look) -> None:
    """The loss, its constant and its neuron."""
    session = look.session
    st.markdown("**A loss need not compare with a label, nor be a squared error: it says what you mind.** How many "
                "minutes shall "
                "we say that a way takes? Change what an error costs, and the answer changes.")  # fmt: skip
    name = choice(session, "own_loss", "str", "squared", LOSSES)
    st.segmented_control("An error costs", list(LOSSES), format_func=LOSSES.get, required=True,
                         **bind_choice(session, "own_loss", name, "squared"))  # fmt: skip
    loss = pick_loss(session, name)
    x, y = waiting_times(SAMPLES)
    constant = best_constant(y, loss)
    neuron, squares = (cached(train_neuron, x, y, each, n_bytes=BYTES) for each in (loss, OwnLoss()))
    words = loss_words(name, loss, y, constant)
    st.markdown(words)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**One constant for all ways**")
        show_figure("one_constant", f"Mean cost of every constant. {words}", constant_figure, y, loss, constant)
    with right:
        below = float((y < neuron[0] * x + neuron[1]).mean())
        line = (f"One neuron, trained: {short(neuron[0])} minutes a km and {short(neuron[1])} more; {fine_percent(below)} "
                "of the targets lie below it.")  # fmt: skip
        st.markdown("**One neuron that knows how far it is**")
        show_figure("one_neuron", line, neuron_figure, x, y, neuron, squares)
        st.caption(line)
    show_source(best_constant, came=constant, y=y, loss=loss)


def pick_loss(session: Session, name: str) -> OwnLoss:
    """The loss called `name`, with the numbers that it lets one pick."""
    if name == "quantile":
        share = choice(session, "quantile", "int", 90, Span(1, 99))
        st.slider("Share of the ways that should not take longer, in percent", 1, 99,
                  **bind_choice(session, "quantile", share, 90))  # fmt: skip
        return OwnLoss(False, share / 100, 1 - share / 100)
    if name == "own":
        low, high = (choice(session, each, "float", default, Span(*PRICES))
                     for each, default in (("price_low", 4.0), ("price_high", 1.0)))  # fmt: skip
        first, second = st.columns(2)
        decimal_field(session, "A minute too few costs", PRICES, bind_choice(session, "price_low", low, 4.0), first)
        decimal_field(session, "A minute too many costs", PRICES, bind_choice(session, "price_high", high, 1.0), second)
        return OwnLoss(False, low, high)
    return OwnLoss(name == "squared")


def loss_words(name: str, loss: OwnLoss, y: np.ndarray, constant: float) -> str:
    """What the best constant is called, and how it lies."""
    below = fine_percent(float((y < constant).mean()))
    minutes = f"{constant:.1f} minutes"
    if name == "squared":
        return (f"**Squared errors lead to the mean: {minutes}.** Twice as far off costs four times as much, so the "
                f"few very long "
                f"ways pull it up: {below} of the targets lie below it.")  # fmt: skip
    if name == "absolute":
        return (f"**Absolute errors lead to the median: {minutes}.** Half of the ways take longer and half do not; "
                f"how much longer "
                "does not matter.")  # fmt: skip
    if name == "quantile":
        return (f"**Errors with two prices lead to a quantile: {minutes}.** A minute too few costs {short(loss.low)}, "
                f"one too many "
                f"{short(loss.high)}, and {below} of the targets lie below.")  # fmt: skip
    share = fine_percent(loss.share_below)
    return (f"**Your prices lead to {minutes}.** Going up by a minute helps where it was too few and hurts where it "
            f"was too many; "
            f"both are in balance where {short(loss.low)} / ({short(loss.low)} + {short(loss.high)}) = {share} of the "
            f"targets lie "
            f"below: your loss asks for that quantile. Here {below} do.")  # fmt: skip
