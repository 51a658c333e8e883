"""Leakage: the same experiment with and without test rows in its making, many times over."""

import streamlit as st

from nncore.evaluation import LEAKS, LeakOutcome, LeakStudy
from pages.parts.fields.numbers import percent, two_percents
from pages.parts.figures.scores.reported import reported_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.training import Watching, watch_or_wait
from pages.parts.page.session import Session
from pages.parts.scores.guess import guess_so_far, guessed, judged
from pages.parts.scores.ways import ways_picture

ANSWERS = {"far": "More than 10 points too high", "little": "2 to 10 points too high", "fair": "About right"}
AWAITED = ("| accuracy | reported | on fresh rows |\n|---|:-:|:-:|\n| the leaky way | **?** | **?** |\n"
           "| the honest way | **?** | **?** |")  # fmt: skip

# What is done, in the leaky and in the honest way; and why it comes out as it does.
WORDS = {
    "selection": (
        "50 rows with 1,000 columns of pure noise, and labels thrown like coins: **there is nothing to learn**. The 20 "
        "columns "
        "that go best with the labels are kept for a network, which five-fold cross-validation judges. *Leaky*: the 20 are "
        "chosen on all 50 rows. *Honest*: inside each fold, on its training rows alone.",
        "Among 1,000 columns of noise some go with any labels, also with those of the rows held back: that was the choice. "
        "Whatever looks at the labels belongs inside the fold.",
    ),
    "scaling": (
        "40 rows to learn from and 20 to judge by, of five columns with very different sizes, scaled to mean 0 and "
        "deviation "
        "1. *Leaky*: by mean and deviation of all 60 rows. *Honest*: of the 40.",
        "Mean and deviation hold next to nothing of a test row, and nothing of its label. It is still right to fit "
        "them on the "
        "training set: then nobody has to ask whether it matters.",
    ),
    "filling": (
        "Four of ten numbers in the table are missing, and are filled with their column's mean. *Leaky*: the mean of all 60 "
        "rows. *Honest*: of the 40 training rows.",
        "As with scaling: a mean knows next to nothing of a single row.",
    ),
    "filling_by_class": (
        "The same holes, filled with the mean *of the row's own class*, as if for a better guess. *Leaky*: in the test rows "
        "too. *Honest*: with the mean of the training rows, whatever the class.",
        "Whoever knows which mean was filled in knows the class: the answer was written into the inputs. Of fresh rows "
        "nobody "
        "knows the class beforehand.",
    ),
    "duplicates": (
        "60 different rows, each of them three times in the table, as happens when tables are joined; three labels of "
        "ten are "
        "wrong, so no honest network gets more than 70 % of such labels right. *Leaky*: all 180 rows are shuffled and "
        "split. "
        "*Honest*: copies stay on the same side.",
        "A network with 48 neurons remembers rows, wrong labels and all, and meets them again in the test.",
    ),
    "answer": (
        "One column was written down *after* the fact, such as the date of a repayment where the question is who will "
        "repay. "
        "*Leaky*: it is among the inputs. *Honest*: it is left out.",
        "On the table at hand the column is splendid. Where the network is used it is not known yet, and a network "
        "that relied "
        "on it does worse than one that never had it.",
    ),
    "time": (
        "180 moments in a row: three slow random walks as inputs, and a class that stays for 20 moments whatever they do. "
        "*Leaky*: the moments are shuffled, then split. *Honest*: learned from the first 120, judged on the 60 after them.",
        "A shuffled moment stands between two neighbours that look alike and have its class: it is remembered, not "
        "foreseen. "
        "What is to be foreseen must lie after what was learned from.",
    ),
}  # fmt: skip


def leakage(session: Session) -> None:
    """The leak that was picked: what is done, the guess, and what came of twenty repetitions."""
    name = choice(session, "leak", "str", "selection", LEAKS)
    st.selectbox("What is done", list(LEAKS), format_func=lambda key: LEAKS[key].title,
                 **bind_choice(session, "leak", name, "selection"))
    words = st.container(key="after_leak" if session.choices.get("leak_guess", "").startswith(f"{name}-") else "leak_words")
    words.markdown(WORDS[name][0])
    if not guess_so_far(session, "leak_guess", (name, tuple(LEAKS)), ANSWERS):
        st.html(ways_picture(name))
    guess = guessed(session, "leak_guess", (name, tuple(LEAKS)),
                    "Guess first. How far is the leaky score from what its network is worth on fresh rows?", ANSWERS)
    if not guess:
        st.markdown(AWAITED)
        st.caption("The networks are trained when you have guessed: twenty times in the leaky way and twenty times in the "
                   "honest one. Fresh rows have no part in anything, so they tell what a score was worth.")
        return
    found = watch_or_wait(LeakStudy(name), Watching())
    if found is None:
        return
    rows = (found.leaky_says, found.leaky_worth, found.honest_says, found.honest_worth)
    show_figure("reported", "Accuracies reported and on fresh rows, leaky and honest, with their intervals.",
                reported_figure, found.scores, rows)
    st.markdown(f"{leak_words(found)} {judged(guess, ANSWERS, truth(found))}")
    st.markdown(f"**Why.** {WORDS[name][1]}")
    st.caption(f"{len(found.scores)} repetitions with other random numbers, one dot each; the bars are the means with their "
               "95 % intervals. Fresh rows had no part in anything.")


def truth(found: LeakOutcome) -> str:
    """Which of the answers is right, by the mean."""
    gained = found.gained.mean
    return "far" if gained > 0.1 else "little" if gained > 0.02 else "fair"


def leak_words(found: LeakOutcome) -> str:
    """What came out, with the interval of the difference."""
    gained = found.gained
    between = f"95 % interval {100 * gained.low:z.0f} to {100 * gained.high:z.0f}".replace("-", "−")
    points, way = f"{100 * abs(gained.mean):.0f}", "high" if gained.mean > 0 else "low"
    points += " point" if points == "1" else " points"
    if gained.low <= 0 <= gained.high:
        between += ": it holds 0, so that this may be chance"
    says, worth = two_percents(found.leaky_says.mean, found.leaky_worth.mean, 0)
    return (
        f"The leaky way reports an accuracy of **{says}** where its networks get **{worth}** of fresh rows right: "
        f"{points} too {way} ({between}). The honest way reports {percent(found.honest_says.mean)}, "
        f"worth {percent(found.honest_worth.mean)}."
    )
