"""Clicks on buttons and on charts. Of several buttons pressed before the page could answer, the last one counts.

What is clicked while a page is busy comes to its next run together. Streamlit 1.67 then calls the callback of the newest
click first and that of the oldest last, so that each would undo what a later click asked for.
"""

from collections.abc import Callable
from functools import wraps

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

ANSWERED = "click_answered_in"


def latest(change: Callable[..., None]) -> Callable[..., None]:
    """`change` as a button's callback that does nothing where a newer click was answered in the same run."""

    @wraps(change)
    def answer(*args: object) -> None:
        run = getattr(get_script_run_ctx(), "cursors", None)  # a new object for every run
        if run is not None and st.session_state.get(ANSWERED) is run:
            return
        st.session_state[ANSWERED] = run
        change(*args)

    return answer


def clicked_number(chart: str) -> int | None:
    """The number that a point of the chart with this key carries as `customdata`, where one was clicked."""
    for point in st.session_state[chart]["selection"]["points"]:
        number = point.get("customdata")  # comes as a number, a list or a dict of them
        if isinstance(number, dict):
            number = list(number.values())
        if isinstance(number, list):
            number = number[0] if number else None
        if number is not None:
            return int(number)
    return None
