"""What differs between the pinned runs, their courses over each other, two of them playing, and their maps side by side."""

import numpy as np
import streamlit as st

from nncore import Experiment, Run
from nncore.data.splits import Split
from nncore.experiments.costs import recording_seconds
from nncore.experiments.experiment import build_split
from nncore.experiments.recording.training_store import LONG_SECONDS
from pages.parts.compare.differences import changes_words, differing
from pages.parts.compare.maps import maps
from pages.parts.compare.together import play_together
from pages.parts.compare.waiting import ask_for_tables
from pages.parts.fields.costs import duration
from pages.parts.fields.labels import describe_setting, setting_name
from pages.parts.fields.numbers import epoch_text, percent, plain
from pages.parts.fields.outside_text import literal
from pages.parts.figures.comparison import Curve, curves_figure
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.catch_up import train_until
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.snapshot.counts import penalty_words
from pages.parts.page.snapshot.far_frame import recorded_to
from pages.parts.way.pins import MOST_PINS, Pin, WaitingPin, keep_pins, pins_of

# What a comparison looks like, for who has pinned nothing yet: one setting differs.
EXAMPLE = tuple(Pin(Run(Experiment(learning_rate=rate)), 60) for rate in (0.003, 0.03, 0.3))
# What decides which samples a run is measured on.
DATA = frozenset({"dataset", "samples", "noise", "columns", "validation", "test", "data_seed", "split_seed"})
AGREED = "compared_pins_agreed"  # the pins whose long training this person has asked for


def compare(session: Session) -> None:
    """A table of what differs, the losses of all pinned runs in one picture, and their maps side by side."""
    everything, problems = pins_of(session)
    for problem in problems:
        st.warning(literal(problem), icon=":material/info:")
    waiting = [pin for pin in everything if isinstance(pin, WaitingPin)]
    ask_for_tables(session, waiting)
    pins = [pin for pin in everything if isinstance(pin, Pin)]
    if len(everything) < 2:
        there = "One run is pinned." if everything else "No run is pinned yet."
        st.info(f"{there} Press *Pin this run* on Train, change something, and pin that run too: two to {MOST_PINS} runs "
                "stand here side by side.", icon=":material/keep:")  # fmt: skip
    if waiting and not pins:
        return
    if not pins:
        st.markdown("**For example: one network, three learning rates.** Pin these, and try what else you would change.")
    if pins and not _agreed(pins):
        return
    shown = [Pin(pin.run, train_until(pin.run, pin.frame)) for pin in pins or EXAMPLE]
    table, curves = st.columns(2, gap="large")
    with table:
        st.markdown(_table(shown, [session.tests.at(pin.run) for pin in shown]))
        st.caption(measured_words([pin.run.prefix(pin.run.segment_of(pin.frame)).settings for pin in shown]))
    with curves:
        _curves(shown)
    if not pins:
        st.button("Pin these three", icon=":material/keep:", key="pin_example", on_click=keep_pins, args=(session, shown))
        return
    names = [name_of_pin(number) for number in range(len(shown))]
    if len(shown) > 1:
        with st.container(key="compared_playing"):  # which paper leaves out
            play_together(session, shown, names)
    maps(session, shown, names)
    with st.container(key="compared_links"):  # on paper there are none
        st.caption("Each map shows what a network answers at every place, with some of its training samples. A run's link "
                   "opens it on Train at the snapshot at which it was pinned.")  # fmt: skip


def _agreed(pins: list[Pin]) -> bool:
    """Whether training what is missing is quick, or was asked for; else a button that asks."""
    seconds = sum(max(0.0, recording_seconds(pin.run, pin.frame) - recording_seconds(pin.run, recorded_to(pin.run)))
                  for pin in pins)  # fmt: skip
    if seconds <= LONG_SECONDS or st.session_state.get(AGREED) == pins:
        return True
    st.info(f"Training the pinned runs takes {duration(seconds)} on an idle machine, so it begins when you ask for it.",
            icon=":material/pause:")  # fmt: skip
    st.button("Train the pinned runs", type="primary", key="train_pins", on_click=st.session_state.update,
              args=({AGREED: pins},))  # fmt: skip
    return False


def name_of_pin(number: int) -> str:
    """What the pin of this number, from 0, is called: "A"."""
    return "ABCDEF"[number]


def _table(pins: list[Pin], opened: list[tuple[Run, int] | None]) -> str:
    """What differs as a Markdown table: a row for each setting, a column for each run; then what came of it.

    Last stands whose test set is used, where one is: `opened` are the run and its snapshot at which it was, for each.
    """
    settings = [pin.run.experiment for pin in pins]
    rows = [(setting_name(name), [literal(describe_setting(name, getattr(one, name))) for one in settings])
            for name in differing(settings)]  # fmt: skip
    if any(pin.run.branches for pin in pins):
        rows.append(("changed on the way", [literal(changes_words(pin.run)) for pin in pins]))
    ends = [chunk_store().scores(pin.run, pin.frame) for pin in pins]
    rows.append(("epoch", [epoch_text(epochs[-1]) for epochs, _, _ in ends]))
    scored = {"R²" if one.is_regression else "accuracy" for one in settings}
    score = scored.pop() if len(scored) == 1 else "accuracy or R²"
    for column, name in enumerate(("training loss", "validation loss", f"training {score}", f"validation {score}")):
        rows.append((name, [
            _number(scores[-1, column], build_split(one), column % 2 == 1, is_share=column > 1 and not one.is_regression)
            for one, (_, scores, _) in zip(settings, ends, strict=True)]))  # fmt: skip
    if any(opened):
        rows.append(("test set", [f"used, at snapshot {each[1]:,}" if each else "sealed" if one.test else "none"
                                  for each, one in zip(opened, settings, strict=True)]))  # fmt: skip
    head = "| | " + " | ".join(f"**{name_of_pin(k)}**" for k in range(len(pins))) + " |"
    lines = [f"| {name} | {' | '.join(values)} |" for name, values in rows]
    return "\n".join([head, "|---" * (len(pins) + 1) + "|", *lines])


def _number(value: float, split: Split, is_validation: bool, is_share: bool) -> str:
    """A loss or a score, an accuracy in percent; in words why there is none."""
    if np.isnan(value):
        return "no validation set" if is_validation and not len(split.validation) else "not defined"
    return percent(value, 1) if is_share else plain(value)


def measured_words(settings: list[Experiment]) -> str:
    """On what the losses and scores were measured, what the losses leave out, and how far one run of each reaches."""
    counts = [len(build_split(one).validation) for one in settings]
    few, many = min(counts), max(counts)
    words = f"Validation: {few if few == many else f'{few} to {many}'} samples. " if many else ""
    if penalty := penalty_words(*settings):
        words += f"{penalty} "
    if differing(settings) and DATA & set(differing(settings)):
        words += "These runs were not measured on the same samples. "
    return words + ("Each is one run: with other first weights, batches or samples the order may change, the more easily "
                    "the closer two numbers lie.")  # fmt: skip


def _curves(pins: list[Pin]) -> None:
    curves = []
    for number, pin in enumerate(pins):
        epochs, scores, _ = chunk_store().scores(pin.run, pin.frame)
        column = 1 if (scores[:, 1] == scores[:, 1]).any() else 0
        curves.append(Curve(f"{name_of_pin(number)} ({'validation' if column else 'training'})", epochs, scores[:, column]))
    if len({pin.run.experiment.loss for pin in pins}) > 1:
        st.caption("These runs are trained on different losses, so the heights of their curves cannot be compared.")
    show_figure("compared_losses", f"Loss over the epochs of {len(pins)} pinned runs.", curves_figure, curves,
                ("epoch", "loss"), (False, True))  # fmt: skip
