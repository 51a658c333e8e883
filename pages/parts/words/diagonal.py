"""The third part of the words page: a network learns the hidden diagonal, beside the mean and the exact formula."""

import numpy as np
import streamlit as st

from nncore.words.hidden_diagonal import (
    MAX_WORDS,
    MIN_WORDS,
    DiagonalRun,
    HiddenDiagonalSettings,
    root_mean_square,
)
from nncore.words.outer_product import needed_words
from nncore.words.skipgram import Embedding
from pages.parts.fields.numbers import short
from pages.parts.figures.words.matrices import diagonal_figure, falling_losses
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import Ask, is_asked_for
from pages.parts.page.session import Session
from pages.parts.words.controls import WordSettings, epoch_slider
from pages.parts.words.models import again_button, diagonal_run

SENTENCES = (60, 200, 1500, 4000)
QUESTION = ("**Make your guess first.** The network sees three quarters of {count:,} sentences. On the others, will "
            "it come nearer to the hidden numbers than someone who always says their mean, and how near?")  # fmt: skip
NEAR = {"yes": "nearer than the mean", "no": "no nearer than the mean"}
ROUNDING = 1e-9  # squared lengths are near 1, so smaller errors are rounding


def diagonal_controls(session: Session, settings: WordSettings) -> HiddenDiagonalSettings:
    """How many words an example has and how many sentences there are; returns the task's settings."""
    left, right = st.columns(2)
    words = choice(session, "run_words", "int", 5, Span(MIN_WORDS, MAX_WORDS))
    left.slider("Words in a run, T", MIN_WORDS, MAX_WORDS, help="The matrix of each example is T × T.",
                **bind_choice(session, "run_words", words, 5))
    sentences = choice(session, "run_sentences", "int", 1500, SENTENCES)
    right.segmented_control("Sentences", list(SENTENCES), required=True,
                            help="A quarter of them is kept for validation. Few sentences are learned by heart.",
                            **bind_choice(session, "run_sentences", sentences, 1500))
    return HiddenDiagonalSettings(settings.kind, settings.dimensions, words, sentences, settings.seed)


def diagonal_results(session: Session, task: HiddenDiagonalSettings, embedding: Embedding | None) -> None:
    """Asks for a guess, trains if it must, then shows losses and answers at the epoch on screen."""
    if not is_asked_for(session, "found", f"diagonal {task!r}", Ask(QUESTION.format(count=task.sentences), NEAR)):
        return
    run = diagonal_run(task, embedding)
    last = len(run.losses) - 1
    epoch = choice(session, "run_epoch", "int", last, Span(0, last))
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        epoch_slider(session, "run_epoch", epoch, last)
    with right:
        again_button("Watch it train", "diagonal")
    if run.empty:
        st.warning("**The task is empty**: all vectors have length 1, so every diagonal is all ones. Predicting 1 is "
                   "right without a look at the other cells; there is nothing to learn.",
                   icon=":material/do_not_disturb_on:")
    else:
        came = "yes" if run.losses[-1, 1] < run.baseline else "no"
        st.markdown(judged_guess(f"diagonal {task!r}", NEAR, (came,)))
    left, right = st.columns(2, gap="large")
    predicted = run.predictions[epoch].astype(float)
    exact = None if run.exact is None else run.exact.ravel()
    with right:
        show_figure("diagonal_answers", "Predicted against true diagonal cells of validation sentences.",
                    diagonal_figure, run.shown.ravel(), predicted.ravel(), exact, run.mean)
    with left:
        if not run.empty:  # the curves would show rounding errors only
            show_figure("diagonal_losses", "Losses over the epochs.",
                        falling_losses, run.losses, ["training", "validation"], epoch, run.baseline)
        _scores(run, task, epoch)
    right.caption(f"Validation: {len(run.shown)} runs of words that the network was not trained on. The words are "
                  "the same as in training; their sentences are not.")


def _error(value: float) -> str:
    """An error in three digits; one that is of rounding alone is called that."""
    return "0 but for rounding" if value < ROUNDING else short(value, 3)


def _scores(run: DiagonalRun, task: HiddenDiagonalSettings, epoch: int) -> None:
    """Typical errors of the three, as a table."""
    exact = "none: too few words" if run.exact is None else _error(root_mean_square(run.exact, run.shown))
    st.markdown(
        f"| typical error on validation | |\n|:--|--:|\n| predicting the mean | {_error(np.sqrt(run.baseline))} |\n"
        f"| the network, epoch {epoch} | {_error(np.sqrt(run.losses[epoch, 1]))} |\n"
        f"| the exact formula | {exact} |\n"
    )
    needed = needed_words(task.dimensions)
    st.caption(f"{run.examples[0]:,} runs of words for training, {run.examples[1]:,} for validation; a network of "
               f"{task.words * (task.words - 1) // 2} inputs, 64 and 64 ReLU neurons, {task.words} outputs, Adam. The "
               f"formula needs T ≥ 2d + 1 = {needed} words. “Predicting the mean” gives {short(run.mean, 3)}, the mean of "
               "all training cells, every time. The error is the root mean square.")
