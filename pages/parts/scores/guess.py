"""Guess first: a question with answers to pick from, on which the outcome waits."""

from collections.abc import Mapping

import streamlit as st

from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.session import Session

NONE = ""


def guessed(
    session: Session, name: str, about: tuple[str, tuple[str, ...]], question: str, answers: Mapping[str, str]
) -> str:
    """What was guessed of `about`: the thing in question, and all things that the question may be about; "" if nothing yet.

    It is kept in the link as `name`, with the thing, so that another one is asked about anew.
    """
    mine = guess_so_far(session, name, about, answers)
    options = [f"{about[0]}-{answer}" for answer in answers]
    # Who has guessed knows the question: on a phone it then stands below the figure.
    with st.container(key=f"after_{name}" if mine else name):
        st.pills(question, options, format_func=lambda option: answers[option.rpartition("-")[2]],
                 **bind_choice(session, name, f"{about[0]}-{mine}" if mine else None, None))  # fmt: skip
    return mine


def guess_so_far(session: Session, name: str, about: tuple[str, tuple[str, ...]], answers: Mapping[str, str]) -> str:
    """What `guessed` will return, for a page that looks different before the guess."""
    thing, things = about
    kept = choice(session, name, "str", NONE, (NONE, *(f"{other}-{answer}" for other in things for answer in answers)))
    asked, _, mine = kept.rpartition("-")
    return mine if asked == thing else NONE


def judged(guess: str, answers: Mapping[str, str], truth: str) -> str:
    """A sentence that holds the guess against what came."""
    return f"You guessed: *{answers[guess]}*. " + ("So it is." if guess == truth else f"It is: *{answers[truth]}*.")
