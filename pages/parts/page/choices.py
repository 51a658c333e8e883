"""Choices: what a page lets one pick besides the run, kept in the link as text.

A choice is read with its default and its check; what a link says wrongly becomes the default, with one sentence.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from nncore.experiments.link_text import read_field, write_field
from pages.parts.page.session import Session


def choice(session: Session, name: str, kind: str, default: Any, allowed: Callable[[Any], bool] | None = None) -> Any:
    """The value picked for `name`, of `kind` ("int", "float", "str", "tuple[int, ...]"), or `default`.

    `allowed` says whether a value can be; a value that cannot is replaced by the default, and the session notes it.
    """
    text = session.choices.get(name)
    if text is None:
        return default
    try:
        value = read_field(name, kind, text)
        if allowed is not None and not allowed(value):
            raise ValueError(f"{name} cannot be {text[:40]!r} here")
    except ValueError as error:
        session.notes.append(f"{error}; {write_field(default)} is used instead.")
        del session.choices[name]
        return default
    return value


def bind_choice(session: Session, name: str, value: Any, default: Any) -> dict[str, Any]:
    """Keyword arguments that make a widget show `value` and keep what a person picks as the choice `name`."""
    key = f"choose_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": partial(_keep, session, name, key, default)}


def _keep(session: Session, name: str, key: str, default: Any) -> None:
    picked = st.session_state.get(key)
    if picked is None or picked == default:
        session.choices.pop(name, None)
    else:
        session.choices[name] = write_field(tuple(picked) if isinstance(picked, list) else picked)
