"""Overfitting in numbers: the gap between training and validation loss along epochs, width and samples."""

import numpy as np
import streamlit as st

from nncore import Experiment
from nncore.evaluation import AXES, CurveOutcome, LearningCurve
from nncore.experiments.experiment import build_network, build_split
from pages.parts.fields.numbers import counted, plain
from pages.parts.figures.scores.learning import learning_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.training import Watching, watch_or_wait
from pages.parts.page.session import Session
from pages.parts.page.snapshot.counts import note_penalty
from pages.parts.scores.guess import guess_so_far, guessed, judged
from pages.parts.way.contents import BY_NAME
from pages.parts.way.foot import page_link
from pages.parts.way.strip import answers_picture

FEW = Experiment(
    "moons", noise=30, samples=60, validation=40, hidden=(16,), optimizer="adam", learning_rate=0.02, batch_size=None,
)  # fmt: skip
MANY = FEW.with_changes(samples=400)
NAMES = {"epochs": "Epochs", "width": "Hidden neurons", "samples": "Training samples"}
PENALTIES = {"0": "No penalty", "0.03": "L2 of 0.03"}
MAP = 330  # pixels
ANSWERS = {"grows": "It grows", "stays": "It stays about the same", "shrinks": "It shrinks"}


def curve_along(along: str, penalty: str) -> LearningCurve:
    """What is measured along this axis."""
    e = (MANY if along == "samples" else FEW).with_changes(l2=float(penalty))
    return LearningCurve(e, along, AXES[along], 300, 5)


def curves(session: Session) -> None:
    """The axis that was picked, the guess, and the curves."""
    along = choice(session, "curve_along", "str", "epochs", NAMES)
    penalty = choice(session, "curve_l2", "str", "0", PENALTIES)
    left, right = st.columns(2)
    left.segmented_control("What grows", list(NAMES), format_func=NAMES.get, required=True,
                           **bind_choice(session, "curve_along", along, "epochs"))
    right.segmented_control("Penalty", list(PENALTIES), format_func=PENALTIES.get, required=True,
                            help="L2 adds the squares of the weights to what is minimised.",
                            **bind_choice(session, "curve_l2", penalty, "0"))
    curve, about = curve_along(along, penalty), (along, tuple(NAMES))
    st.container(key="after_moons").markdown(
        "Two noisy moons and one hidden layer. The *gap* is the validation loss minus the training loss: how much of what "
        "was learned is of no use for other points."
    )
    words, picture = st, None
    if not guess_so_far(session, "curve_guess", about, ANSWERS):  # the points stand beside the question
        words, picture = st.columns([3, 2], gap="large")
    with words.container():
        guess = guessed(session, "curve_guess", about,
                        f"Guess first. What does the gap do from {curve.places[0]:,} to {curve.places[-1]:,} "
                        f"{NAMES[along].lower()}?", ANSWERS)
    if picture is not None:
        words.caption("The networks are trained when you have guessed.")
        with picture:
            _show_points(curve.experiment)
    elif (found := watch_or_wait(curve, Watching())) is not None:
        show_figure("learning", "Training and validation loss, mean of five starts.", learning_figure,
                    curve.places[: len(found.losses)], found.losses, NAMES[along].lower())
        st.markdown(f"{gap_words(found)} {judged(guess, ANSWERS, truth(found))}")
        st.markdown(stop_words(found))
        st.caption("Lines are the means of five starts, bars go from the lowest to the highest of them.")
        note_penalty(curve.experiment)
    page_link(BY_NAME["overfitting"], "See it happen on the page Overfitting", icon=":material/content_copy:")


def _show_points(e: Experiment) -> None:
    """The training points on the map of one of the networks before its first update."""
    st.html(f'<div class="glassbox-fits">{answers_picture(e, build_network(e), "pca", MAP)}</div>')
    st.caption(f"The {len(build_split(e).train):,} training points, on the answers of the first, random weights.")


def truth(found: CurveOutcome) -> str:
    """Which of the answers is right: whether the gap changed by more than 0.05."""
    change = found.gap[-1, 0] - found.gap[0, 0]
    return "grows" if change > 0.05 else "shrinks" if change < -0.05 else "stays"


def gap_words(found: CurveOutcome) -> str:
    """The gap at both ends, with their intervals, and whether these allow to say that it changed."""
    places = found.curve.places
    first, last = found.gap[0], found.gap[-1]
    overlap = "" if first[1] > last[2] or last[1] > first[2] else " The intervals overlap: a change may be chance."
    return (f"At {_place(found, 0)} the gap is **{plain(first[0], 2)}**, at {places[len(found.losses) - 1]:,} it is "
            f"**{plain(last[0], 2)}** (95 % intervals over the starts {plain(first[1], 2)} to {plain(first[2], 2)} and "
            f"{plain(last[1], 2)} to {plain(last[2], 2)}).{overlap}")


def stop_words(found: CurveOutcome) -> str:
    """Where the validation loss is lowest, and what follows; it follows only where the loss really turns or falls."""
    means = found.means[:, 1]
    if not np.isfinite(means).any():
        return "Some of the starts diverged everywhere, so that no mean can be taken."
    best = int(np.nanargmin(means))
    where = f"The validation loss is lowest at {_place(found, best)}, {plain(found.means[best, 1], 2)}."
    # As low as the lowest but for the starts: its spread over them reaches there.
    spread = float(np.ptp(found.losses[best, 1]))
    turns = means[-1] > means[best] + spread
    if found.curve.along == "samples":
        falls = best == len(means) - 1 and means[0] > means[best] + spread
        return where + (" More data need no tuning: the noise in one sample is contradicted by its neighbours." if falls else
                        " More samples were of no clear help here.")
    if best == len(means) - 1:
        return where + " That is the last place measured: up to there it has not risen again."
    if not turns:
        return where + f" The five starts differ by as much as it rises up to {found.curve.places[len(means) - 1]:,}."
    drops = means[0] > means[best] + spread
    return where + {
        "epochs": " *Early stopping* ends training there, and the gap is never opened further.",
        "width": " Far more neurons than that learn the noise" + ("; far fewer cannot draw the border." if drops else "."),
    }[found.curve.along]


def _place(found: CurveOutcome, number: int) -> str:
    """A place of the axis with its noun: "1 hidden neuron", "20 epochs"."""
    return counted(found.curve.places[number], NAMES[found.curve.along].lower().removesuffix("s"))
