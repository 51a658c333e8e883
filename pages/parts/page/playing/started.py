"""Started: whether a person has started what a page shows the outcome of. Until then they can make their guess.

What was started stays open to this person when they come back to it. A link says whether its sender had started what it
shows; one from before links said so counts as started where it names a choice of its page.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import streamlit as st

from nncore.cache import key_of
from nncore.experiments.recording.recording import RecordedTraining
from nncore.experiments.recording.training_store import is_long
from pages.parts.page.choices import choice
from pages.parts.page.playing.guess import pick_guess
from pages.parts.page.playing.training import ASKED, waiting_words
from pages.parts.page.session import Session

STARTED = "started"  # the key of all that this person has started
PRESSED = "start_pressed"  # the name of the choice whose button was pressed, until what it starts is known
AT_ONCE = "now"  # the choice of a button that sets what is on screen and starts it
SAYS = ("yes", "no", AT_ONCE)


@dataclass(frozen=True)
class Ask:
    """What stands before an outcome: the question that it answers, guesses to pick from, and what the button says."""

    question: str
    answers: Mapping[str, str] | None = None
    label: str = "Train"


def is_started(session: Session, name: str, key: str) -> bool:
    """Whether this person, or who sent the link that they followed, has started `key`; kept in the link as `name`."""
    started: set[str] = st.session_state.setdefault(STARTED, set())
    if st.session_state.get(PRESSED) == name:
        del st.session_state[PRESSED]
        start(key)
    link, session.followed = session.followed, frozenset()
    says = choice(session, name, "str", "no", SAYS)
    if link and name not in link and link & {*session.choice_names}:
        says = AT_ONCE
    if says == AT_ONCE or (link and says == "yes"):
        started.add(key)
    others = [other for other in session.choice_names if other != name and other in session.choices]
    session.choices[name] = "yes" if key in started else "no"
    if key not in started and not others:
        del session.choices[name]
    return key in started


def start(key: str) -> None:
    """Notes that this person has started `key`."""
    st.session_state.setdefault(STARTED, set()).add(key)
    st.session_state[ASKED] = key


def press(name: str) -> None:
    """Notes that the button was pressed which starts what `is_started` asks for as `name`.

    What that is follows from the fields of the page as they are now: one may have changed since the button was drawn.
    """
    st.session_state[PRESSED] = name


def start_button(
    key: str, question: str, label: str, answers: Mapping[str, str] | None = None, name: str | None = None,
    shows: Callable[[], None] | None = None,
) -> None:  # fmt: skip
    """The question that the outcome will answer, with `answers` to pick a guess from, and the button that starts it.

    It starts what `is_started` asks for as `name` when it was pressed, or without a name `key`. `shows` draws what the
    question is about, without its outcome, beside it; on a phone above it.
    """
    place = st.container()
    if shows:
        picture, place = st.columns([2, 3], gap="medium", vertical_alignment="center")
        with picture:
            shows()
    # Beside what was picked last.
    words, button = place.columns([4, 1], vertical_alignment="bottom" if answers else "center")
    with words:  # on a phone the guesses then stand above the button
        st.info(question, icon=":material/psychology_alt:")
        if answers:
            pick_guess(key, answers)
    button.button(label, type="primary", key="train_on", on_click=press if name else start, args=(name or key,))


def is_asked_for(session: Session, name: str, key: str, ask: Ask) -> bool:
    """Whether this person has started `key`; if not, the page asks, and a button starts it."""
    if is_started(session, name, key):
        return True
    start_button(key, ask.question, ask.label, ask.answers, name)
    return False


def is_training_started(
    session: Session, training: RecordedTraining, question: str, answers: Mapping[str, str] | None = None,
    shows: Callable[[], None] | None = None,
) -> bool:  # fmt: skip
    """Whether this person has started `training`; if not, the page asks (`answers` to pick from), and a button starts it.

    `shows` draws what the question is about.
    """
    key = key_of(training)
    if is_started(session, "trained", key):
        return True
    words = f"{question} {waiting_words(training, 0.0)}" if is_long(training) else question
    start_button(key, words, "Train", answers, "trained", shows)
    return False
