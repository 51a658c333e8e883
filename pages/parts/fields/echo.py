"""Echoes: what the browser still says of a widget that a button of the view, a preset or Back has just changed.

The browser says the values of all widgets with whatever it asks for, and while the view plays it asks often. Right after a
press it may still say the value of before, which nobody picked.
"""

import time
from typing import Any

import streamlit as st

ECHO_SECONDS = 4.0
COMMANDED, SUPERSEDED, SHOWN = "view_commanded_at", "values_superseded", "values_shown"


def note_command() -> None:
    """A button of the view, a preset or a link was followed: widgets may change without their being touched."""
    st.session_state[COMMANDED] = time.monotonic()


def note_value(key: str, value: Any) -> None:
    """The widget of this key is about to show `value`; another one that it showed may come back as an echo for a while.

    A press that waited for a preset's answer says the value of before the preset: the preset's own is then on its way to the
    browser, and may come back as well.
    """
    shown = st.session_state.setdefault(SHOWN, {})
    if key in st.session_state and st.session_state[key] != value and _is_recent(st.session_state.get(COMMANDED)):
        st.session_state.setdefault(SUPERSEDED, []).extend(
            (key, old, time.monotonic()) for old in (st.session_state[key], shown.get(key, value)) if old != value
        )
    shown[key] = value


def is_echo(key: str, picked: Any) -> bool:
    """Whether `picked` is a value that the widget showed before a press of moments ago."""
    recent = [one for one in st.session_state.get(SUPERSEDED, ()) if _is_recent(one[2])]
    st.session_state[SUPERSEDED] = recent
    return any((name, value) == (key, picked) for name, value, _ in recent)


def _is_recent(moment: float | None) -> bool:
    return moment is not None and time.monotonic() - moment < ECHO_SECONDS
