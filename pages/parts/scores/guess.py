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
    thing, things = about
    options = [f"{thing}-{answer}" for answer in answers]
    kept = choice(session, name, "str", NONE, (NONE, *(f"{other}-{answer}" for other in things for answer in answers)))
    mine = kept if kept in options else NONE
    # Who has guessed knows the question: on a phone it then stands below the figure.
    with st.container(key=f"after_{name}" if mine else name):
        st.pills(question, options, format_func=lambda option: answers[option.rpartition("-")[2]],
                 **bind_choice(session, name, mine or None, None))  # fmt: skip
    return mine.rpartition("-")[2]


def judged(guess: str, answers: Mapping[str, str], truth: str) -> str:
    """A sentence that holds the guess against what came."""
    return f"You guessed: *{answers[guess]}*. " + ("So it is." if guess == truth else f"It is: *{answers[truth]}*.")
