"""The sealed test set: what looking does to it, where it does little, and the one look that is left for the run."""

import numpy as np
import streamlit as st

from nncore.cache import cached
from nncore.evaluation import Tuning, expected_luck, luck_bound, simulated_luck, tune
from nncore.experiments.experiment import build_split
from nncore.inspection.unit_health import join_words
from pages.parts.fields.numbers import percent
from pages.parts.fields.source import show_source
from pages.parts.figures.scores.luck import luck_figure, tuning_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session
from pages.parts.page.snapshot.far_frame import shown_frame, waits
from pages.parts.page.snapshot.scrubber import FIRST_LOOK
from pages.parts.page.snapshot.sealed import test_seal
from pages.parts.scores.guess import guessed
from pages.parts.way.fold import fold

ROWS, GUESSERS, LOOKS = (20, 50, 100, 1000, 10_000), (1, 10, 100, 1000, 10_000), 300
ANSWERS = {"half": "About 50 %", "some": "52 to 60 %", "more": "60 to 70 %", "most": "More than 70 %"}
BELOW = {"half": 0.52, "some": 0.6, "more": 0.7, "most": 1.01}
ALONE = 4  # guessers whose scores are told before the guess
LADDER = {"no": "Every score is told", "yes": "Only through the ladder"}


def peeking(session: Session) -> None:
    """The peek meter, tuning by looking, and the test set of the run on screen."""
    st.markdown("A test set is asked by **guessers who know nothing**: each throws a coin for every row, so each is "
                "worth 50 %. "
                "The one with the best test score is kept.")
    rows = choice(session, "peek_rows", "int", 100, ROWS)
    guessers = choice(session, "peek_guessers", "int", 100, GUESSERS)
    with fold("Rows and guessers"):
        left, right = st.columns(2)
        left.select_slider("Rows of the test set", ROWS, format_func="{:,}".format,
                           **bind_choice(session, "peek_rows", rows, 100))
        right.select_slider("Guessers asked", GUESSERS, format_func="{:,}".format,
                            **bind_choice(session, "peek_guessers", guessers, 100))
    if guessers > ALONE:  # of fewer they would be the answer
        st.markdown(alone_words(rows))
    things = tuple(f"{m}of{n}" for m in GUESSERS for n in ROWS)
    guess = guessed(session, "peek_guess", (f"{guessers}of{rows}", things),
                    f"Guess first. How good will the best of {guessers:,} seem on {rows:,} rows?", ANSWERS)
    if guess:
        _luck(rows, guessers, guess)
        _tuning(session, rows)
    _own(session)


def alone_words(rows: int) -> str:
    """How some guessers did that nobody has chosen."""
    first, *others = (percent(share) for share in cached(simulated_luck, 1, rows, ALONE, 1, n_bytes=64)[:, 0])
    return f"Each alone has about half of the rows right: one got **{first}**, {ALONE - 1} others {join_words(others)}."


def _luck(rows: int, guessers: int, guess: str) -> None:
    at = np.unique(np.geomspace(1, guessers, 40).round())
    expected = cached(expected_luck, at, rows, n_bytes=1000)
    bound = np.array([luck_bound(int(number), rows) for number in at])
    simulated = cached(simulated_luck, guessers, rows, 8, n_bytes=64 * guessers)
    show_figure("luck", "The best score so far over the number of guessers: simulated, on average, and by the formula.",
                luck_figure, simulated, (at, expected), bound)
    truth = next(answer for answer, below in BELOW.items() if expected[-1] < below)
    st.markdown(
        f"The best of {guessers:,} has on average **{percent(expected[-1], 1)}** of {rows:,} rows right. You guessed: "
        f"*{ANSWERS[guess]}*{', and so it is' if guess == truth else ''}. "
        f"The formula 0.5 + 0.5 √(2 ln m / n) gives {percent(bound[-1], 1)}, an estimate from above. On fresh rows the "
        f"winner "
        "is worth what all others are: **50 %**. Each look at the test set is one more guesser."
    )
    show_source(luck_bound, guessers=guessers, rows=rows)
    show_source(expected_luck, came=expected, guessers=at, rows=rows)


def _tuning(session: Session, rows: int) -> None:
    st.subheader("Tuning by looking", anchor=False)
    st.markdown(f"It gets worse with a plan: keep every guess that scored above one half, and let the majority of them "
                f"answer. "
                f"After {LOOKS} looks, nothing has been learned about anything but these {rows:,} rows.")
    ladder = choice(session, "peek_ladder", "str", "no", LADDER)
    st.segmented_control("What the looker is told", list(LADDER), format_func=LADDER.get, required=True,
                         help="The ladder (Blum and Hardt, 2015) tells a score only when it beats the best so far by a "
                              "step.",
                         **bind_choice(session, "peek_ladder", ladder, "no"))
    step = None if ladder == "no" else 1 / np.sqrt(rows)
    found = cached(tune, rows, LOOKS, 0, step, n_bytes=24 * LOOKS)
    show_figure("tuning", "Share right on the test set and on fresh rows, over the number of looks.",
                tuning_figure, found.on_test, found.on_fresh)
    st.markdown(tuning_words(found, rows, step))
    st.markdown(
        "**The other side.** With a large test set little happens: move the rows to 10,000. In 112 machine-learning "
        "competitions with thousands of test rows Roelofs et al. (2019) found little overfitting by re-use; and on newly "
        "collected test sets models lost 3 to 15 % accuracy, but kept their order (Recht et al., 2019)."
    )


def tuning_words(found: Tuning, rows: int, step: float | None) -> str:
    """How far the test score and the score on fresh rows came apart."""
    told = ("Every score was told" if step is None else
            f"The ladder told a score only when it rose by {100 * step:.0f} points or more")  # fmt: skip
    return (f"{told}: at the end the test set of {rows:,} rows says **{percent(found.on_test[-1])}**, as many fresh "
            f"rows say "
            f"**{percent(found.on_fresh[-1])}**, and the truth is 50 %.")


def _own(session: Session) -> None:
    st.subheader("The test set of your run", anchor=False)
    e = session.run.experiment
    if not len(build_split(e).test):
        st.info("This run's split holds no test set. On the Train page, *Data* sets the shares.", icon=":material/lock:")
        return
    if session.frame == 0 and session.tests.at(session.run) is None:
        session.frame = FIRST_LOOK
    session.frame = shown_frame(session, session.frame)
    if waits(session.run):
        return
    st.caption(f"The run of the Train page, at snapshot {session.frame:,}. Its validation score has been on screen all "
               f"along.")
    test_seal(session)
