"""Exploding gradients, and clipping: the same training by plain descent without a limit and with one."""

import streamlit as st

from nncore.experiments.architectures import ClippingStudy, Course, SequenceRun
from nncore.experiments.architectures.clipping_study import DESCENT_RATE
from nncore.training.clipping import clip_by_norm
from pages.parts.fields.numbers import fine_percent, plain
from pages.parts.fields.source import show_source
from pages.parts.figures.recurrence.clipping import losses_figure, norms_figure
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import Ask, is_asked_for, is_started
from pages.parts.page.playing.training import Watching, watch_or_wait
from pages.parts.page.presets import open_choices
from pages.parts.page.session import Session
from pages.parts.recurrence.study import Look

ASKED = "clip_asked"  # the choice under which it is kept that both trainings were asked for
LIMIT = 1.0  # where the person picked none
WHO = {"clipped": "the clipped one", "plain": "the one that is left as it is", "alike": "neither clearly"}
QUESTION = ("**Make your guess first.** The network is trained twice by plain descent from the same first weights: once "
            "with its gradient as it is, once clipped at {limit:g}. Which of them will get more of the held-out answers "
            "right?")
EXPLODING = {"cell": "rnn", "memory_task": "order", "sequence_steps": "20", "start_radius": "2.0"}


def study_of(run: SequenceRun) -> ClippingStudy:
    """Both trainings of what was picked, with the picked limit."""
    return ClippingStudy(run, run.clip or LIMIT)


def is_clipping_started(session: Session, run: SequenceRun) -> bool:
    """Whether the person, or who sent the link, asked for both trainings; says nothing on the page."""
    return is_started(session, ASKED, repr(study_of(run)))


def clipping(look: Look) -> None:
    """Both trainings after a guess: the lengths of the gradients, the losses, and what came of them."""
    study = study_of(look.run)
    if look.run.radius <= 1:
        st.markdown("A gradient explodes where W_hh stretches it at every step back: with a spectral radius well above 1.")
        st.button("Let the plain cell begin with a radius of 2", key="explode", icon=":material/bolt:",
                  on_click=open_choices, args=(look.session, EXPLODING))  # fmt: skip
    if not is_asked_for(look.session, ASKED, repr(study), Ask(QUESTION.format(limit=study.limit), WHO, "Train both")):
        return
    courses = watch_or_wait(study, Watching(first_shown=study.n_frames - 1))
    if not courses or len(courses) < 2:
        return
    st.markdown(judged_guess(repr(study), WHO, (better(*courses),)))
    st.markdown(clip_words(*courses))
    left, right = st.columns(2, gap="large")
    with left:
        show_figure("clip_norms", "The length of the gradient at every update, without a limit and with one.",
                    norms_figure, courses)  # fmt: skip
    with right:
        show_figure("clip_losses", f"The loss, without a limit and with one. {clip_words(*courses)}", losses_figure, courses)
    st.caption(f"Plain descent, learning rate {DESCENT_RATE:g}: a step is the rate times the gradient. The lengths are "
               "those before clipping; the dotted line is the limit. Adam, by which the network above was trained, "
               "divides by the gradient's size, so it suffers less; *Clip the gradient* clips there, too. One training "
               "each, from one start.")  # fmt: skip
    show_source(clip_by_norm, gradient=look.run.model().parameters.copy(), limit=study.limit)


def better(plain_one: Course, clipped: Course) -> str:
    """Which of `WHO` got more right: by intervals that do not overlap."""
    if clipped.interval[0] > plain_one.interval[1]:
        return "clipped"
    return "plain" if plain_one.interval[0] > clipped.interval[1] else "alike"


def clip_words(plain_one: Course, clipped: Course) -> str:
    """How long both gradients grew, how far a step went, and what came of it."""
    if not (plain_one.norms > clipped.limit).any():
        return (f"**No gradient was longer than the limit, {clipped.limit:g}: clipping changed nothing.** The longest was "
                f"{plain(float(plain_one.norms.max()), 2)}. Both get {fine_percent(plain_one.right)} right.")  # fmt: skip
    verdict = {
        "clipped": "The difference is more than chance in these sequences explains: clipping tamed it.",
        "plain": "The one without a limit is ahead, by more than chance in these sequences explains.",
        "alike": "The 95 % intervals overlap: here clipping is of no clear help.",
    }[better(plain_one, clipped)]
    return (f"**Left as it is, the gradient grows to a length of {plain(float(plain_one.norms.max()), 2)}, and one update "
            f"moves the weights by {plain(plain_one.longest_step, 2)}:** in the end {fine_percent(plain_one.right)} of "
            f"{plain_one.n} held-out answers are right. **Clipped at {clipped.limit:g}, no update moves them by more than "
            f"{plain(clipped.longest_step, 2)}:** {fine_percent(clipped.right)} are right. {verdict}")  # fmt: skip
