"""Choices: how a widget shows what is in force, and hands back what a person picks.

A widget holds nothing of its own. Before each is drawn it is set to the value in force. What a page lets one pick besides
the settings of the run (for those there is `session.bind`) is kept in the link as text; an invalid value in a link becomes
the nearest valid one, or the default, with one sentence.
"""

from functools import partial
from typing import Any

import streamlit as st

from nncore.experiments.link_text import (
    Allowed,
    Each,
    Rule,
    Span,
    ask_choice,
    quoted,
    sentence,
    some_of,
    span_ends,
    write_field,
)
from pages.parts.fields.labels import choice_words, value_words
from pages.parts.page.session import Session

__all__ = ["Each", "Rule", "Span", "bind_choice", "choice", "choice_up_to", "ladder", "some_of"]


def choice(session: Session, name: str, kind: str, default: Any, allowed: Allowed | None = None) -> Any:
    """The value picked for `name`, of `kind` ("int", "float", "str", "tuple[int, ...]"), or `default`.

    `allowed` says what a value can be: names, numbers, a Span of numbers, or a rule. An invalid number becomes the
    nearest valid one, anything else the default, and the session notes it.
    """
    text = session.choices.get(name)
    if text is None:
        return default
    asked = ask_choice(choice_words(name), kind, text, allowed)
    value = default if asked.is_lost else asked.value
    session.choices[name] = write_field(value)  # in the one way in which the rest of the page knows it
    if asked.complaint:
        session.notes.append(sentence(asked.complaint, value_words(name, value), asked.hint))
        if value == default:
            del session.choices[name]
    return value


def choice_up_to(session: Session, name: str, default: int, most_here: int, span: Span) -> int:
    """The whole number of `span` picked for `name`, or the nearest that there is here: at most `most_here`.

    What is there follows from other picks, a shorter sentence say; only of a link that asks for more the session notes it.
    """
    text, told = session.choices.get(name, ""), len(session.notes)
    value = choice(session, name, "int", default, span)
    if value > most_here and name in session.unread:
        del session.notes[told:]  # one sentence says it all
        session.unread -= {name}
        session.choices[name] = write_field(most_here)
        asked, ends = quoted(text), span_ends(span.low, most_here)
        complaint = f"The {choice_words(name)} can be {ends} here; the link asked for {asked}"
        session.notes.append(sentence(complaint, most_here))
    return min(value, most_here)


def bind_choice(session: Session, name: str, value: Any, default: Any) -> dict[str, Any]:
    """Keyword arguments that make a widget show `value` and keep what a person picks as the choice `name`."""
    key = f"choose_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": partial(_keep, session, name, key, default)}


def _keep(session: Session, name: str, key: str, default: Any) -> None:
    session.followed = session.unread = frozenset()  # what a person opens by a pick was not asked for by the link
    picked = st.session_state.get(key)
    if picked is None or picked == default:
        session.choices.pop(name, None)
    else:
        session.choices[name] = write_field(tuple(picked) if isinstance(picked, list) else picked)


def ladder(values: tuple[float, ...], value: float) -> list[float]:
    """`values`, and `value` in its place among them if a link brought one that is not there."""
    return sorted({*values, value})
