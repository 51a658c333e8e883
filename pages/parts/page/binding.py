"""Binding: how a widget shows a setting and hands back what a person picks.

A widget holds nothing of its own. Before each is drawn it is set to the value in force, and what a person does to it
goes through `Session.change`, which decides whether the run branches, starts anew, or says why it cannot.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from pages.parts.page.session import Session

Read = Callable[[Any], dict[str, Any]]


def bind(session: Session, name: str, value: Any, read: Read | None = None) -> dict[str, Any]:
    """Keyword arguments that make a widget show `value` and hand what a person picks to the session.

    `read` turns the widget's value into changes of settings; by default it is the setting called `name`.
    """
    key = f"pick_{name}"
    st.session_state[key] = value
    return {"key": key, "on_change": partial(_apply, session, key, read or (lambda picked: {name: picked}))}


def _apply(session: Session, key: str, read: Read) -> None:
    # A widget that allows "nothing picked" says None: then nothing changes.
    picked = st.session_state.get(key)
    if picked is not None:
        # The player may have reported in the same breath: the change belongs to the frame that it shows now.
        session.take_report()
        session.change(**read(picked))
        if not session.playback.playing:
            st.rerun("page")


def ladder(values: tuple[float, ...], value: float) -> list[float]:
    """`values`, and `value` in its place among them if a link brought one that is not there."""
    return sorted({*values, value})
