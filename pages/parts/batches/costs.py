"""Loss against cost: what each batch size has reached for the same samples, updates and seconds, with a verdict."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.cache import key_of
from nncore.inspection.unit_health import join_words
from nncore.many_starts.batches.comparison import COSTS, LOSS_SAMPLES, BatchRace, Lane
from nncore.many_starts.batches.verdicts import Verdict, verdict
from pages.parts.batches.controls import lane_name
from pages.parts.fields.numbers import plain
from pages.parts.figures.comparison import Curve, curves_figure, leaving
from pages.parts.figures.fan_picture import fan_picture
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import is_training_started
from pages.parts.page.playing.training import Watching, watch_or_wait
from pages.parts.page.session import Session
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.page.style import is_dark
from pages.parts.way.strip import show_subject

QUESTION = ("**Make your guess first.** The same first weights, the same data: {sizes}. Which will have the lowest loss "
            "after the same number of samples, and which after the same number of seconds?")  # fmt: skip
COST_TITLES = {"epochs": "epochs", "updates": "updates", "samples": "samples seen", "seconds": "seconds"}


def trained_lanes(session: Session, race: BatchRace) -> list[Lane] | None:
    """The lanes of the race, trained in front of the viewer unless they are kept; None before it was started."""
    sizes = join_words([lane_name(size) for size in race.sizes])
    if not is_training_started(session, race, QUESTION.format(sizes=sizes), _answers(race),
                               lambda: show_subject(race.experiment)):  # fmt: skip
        return None
    return watch_or_wait(race, Watching(picture=lambda found: _picture(race, found)))


def _answers(race: BatchRace) -> dict[str, str]:
    return {str(size): lane_name(size) for size in race.sizes}


def guess_words(race: BatchRace, lanes: Sequence[Lane]) -> str:
    """The guess held against the batch sizes with the lowest loss, to within 5 %, after the same number of samples."""
    sound = [lane for lane in lanes if not lane.diverged]
    level = verdict(sound, "samples").level if sound else ()
    best = [str(lane.size) for lane, good in zip(sound, level, strict=True) if good]
    return judged_guess(key_of(race), _answers(race), best)


def _picture(race: BatchRace, lanes: Sequence[Lane]) -> str:
    """HTML of the losses so far, over the epochs that all lanes have reached."""
    epochs = np.linspace(0, max(min(race.epochs, *(lane.epochs[-1] for lane in lanes)), 1e-3), 40)
    losses = np.stack([np.interp(epochs, lane.epochs, lane.losses) for lane in lanes], axis=1)
    return fan_picture(epochs, losses, race.epochs, is_dark()).replace(" starts", " batch sizes")


def read_cost(session: Session) -> str:
    """Against which of the costs the loss is drawn."""
    return choice(session, "cost", "str", "epochs", COSTS)


def cost_finding(session: Session, race: BatchRace, lanes: Sequence[Lane]) -> None:
    """The loss against what it has cost, and who is best at equal cost."""
    cost = read_cost(session)
    st.segmented_control("Loss against", list(COSTS), format_func=COST_TITLES.get, required=True,
                         **bind_choice(session, "cost", cost, "epochs"))
    for lane in lanes:
        if lane.diverged:
            st.warning(f"{lane_name(lane.size).capitalize()} diverged at learning rate {lane.learning_rate:.3g} (✕) and is "
                       "left out of the verdict.", icon=":material/stethoscope:")
    curves = [Curve(lane_name(lane.size), getattr(lane, cost), lane.losses, lane.diverged) for lane in lanes]
    show_figure("batch_costs", f"Training loss against {COST_TITLES[cost]}, a line for each batch size.",
                curves_figure, curves, (COST_TITLES[cost], "training loss"), (True, True))
    if leaving(curves):
        st.caption(f"Above the picture: {join_words(leaving(curves))}.")
    sound = [lane for lane in lanes if not lane.diverged]
    if len(sound) > 1:
        st.markdown(verdict_words(sound))
    st.markdown(_table(lanes))
    note_penalty(race.experiment)
    st.caption(f"Training loss on the first {LOSS_SAMPLES:,} training samples, or on all where there are fewer. Seconds of "
               "this server's processor spent on updates, measured while they were made: another machine takes another "
               "number.")


def verdict_words(lanes: Sequence[Lane]) -> str:
    """Who is best for the same samples seen, updates and seconds, and whether it matters what is counted."""
    found = [verdict(lanes, cost) for cost in ("samples", "updates", "seconds")]
    words = [f"- After the same **{_budget(one)}**: {_ranking(one, lanes)}." for one in found]
    common = np.logical_and.reduce([one.level for one in found])
    if common.any():
        names = join_words([lane_name(lane.size) for lane, good in zip(lanes, common, strict=True) if good])
        end = f"**Whichever of the three is counted, {names} {'is' if common.sum() == 1 else 'are'} among the best.**"
    else:
        end = "**Which batch size is best here depends on which of the three is counted.**"
    return "\n".join([*words, "", end])


def _budget(one: Verdict) -> str:
    return f"{one.budget:.2g} seconds" if one.cost == "seconds" else f"{one.budget:,.0f} {COST_TITLES[one.cost]}"


def _ranking(one: Verdict, lanes: Sequence[Lane]) -> str:
    level = [lane_name(lane.size) for lane, good in zip(lanes, one.level, strict=True) if good]
    worst = int(np.argmax(one.losses))
    if len(level) == len(lanes):
        return f"all have the same loss to within 5 %, about {plain(one.losses[one.best], 3)}"
    have = "has the lowest loss" if len(level) == 1 else "have the lowest losses, within 5 %"
    return (f"{join_words(level)} {have}, {plain(one.losses[one.best], 3)}; {lane_name(lanes[worst].size)} has the highest, "
            f"{plain(one.losses[worst], 3)}")


def _table(lanes: Sequence[Lane]) -> str:
    rows = ["| | learning rate | epochs | updates | seconds | µs per update | training loss | validation loss |",
            "|---|--:|--:|--:|--:|--:|--:|--:|"]  # fmt: skip
    for lane in lanes:
        seconds, updates = float(lane.seconds[-1]), int(lane.updates[-1])
        rows.append(f"| {lane_name(lane.size)} | {lane.learning_rate:.3g} | {lane.epochs[-1]:,.0f} | {updates:,} | "
                    f"{plain(seconds, 2)} | {1e6 * seconds / max(updates, 1):.0f} | {' | '.join(end_losses(lane))} |")
    return "\n".join(rows)


def end_losses(lane: Lane) -> tuple[str, str]:
    """The last training and validation loss for the table: "diverged" where that happened, "–" without validation set."""
    if lane.diverged:
        return "diverged", "diverged"
    return plain(float(lane.losses[-1]), 3), plain(lane.validation, 3) if np.isfinite(lane.validation) else "–"
