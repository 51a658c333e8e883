"""The first visit of a page: what answers its question comes first, and all that is laid out around it once that is drawn.

A browser lays out a page's widgets in one go, most of them below the fold or in tabs that are closed, and so long the live
view, or the first figure, would have to wait.
"""

from pathlib import Path

import streamlit as st

DRAWN = "first_drawn"  # in the state: the view has been drawn, or there is no browser that could draw it
REST = "draw_rest"
_SCRIPT = Path(__file__).with_name("first_draw.js").read_text(encoding="utf-8")


class HeldBackError(Exception):
    """Ends a page's first run behind its first figure; the page's frame catches it, and asks for the rest."""


def is_held_back() -> bool:
    """Whether all but the live view waits until this viewer's browser has drawn it; `ask_for_rest` then has it asked for.

    Who has no browser gets everything at once.
    """
    if DRAWN not in st.session_state:
        st.session_state[DRAWN] = "Mozilla" not in (st.context.headers.get("User-Agent") or "")
    if st.session_state.get(REST):
        st.session_state[DRAWN] = True
    return not st.session_state[DRAWN]


def end_at_first_figure() -> None:
    """Raises HeldBackError behind the first figure of a viewer's first page; any run after that draws everything."""
    if is_held_back():
        hold_back_no_more()
        raise HeldBackError


def hold_back_no_more() -> None:
    """Has every run from now on draw everything: the first has ended."""
    st.session_state[DRAWN] = True


def ask_for_rest() -> None:
    """Has the browser run the page's fragment again as soon as the live view, or the first figure, is drawn.

    The button has no callback: together with that of a click in the view, Streamlit would run the whole page, by a link that
    the click has just changed.
    """
    st.button("Draw the rest of the page", key=REST)
    st.html(f"<script>\n{_SCRIPT}</script>", unsafe_allow_javascript=True)
