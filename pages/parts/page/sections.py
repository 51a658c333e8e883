"""Sections: one of several findings at a time, and nothing of the last one under the next one's heading.

Streamlit leaves what stood at a place on the screen, greyed, until something new comes for it. Where that is a section on
something else, it reads as if it belonged to the new one.
"""

from collections.abc import Iterable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

TO_TOP = "scroll_to_top"

_SCROLL = """<script>
/* {count} */ document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
</script>"""


def section(names: Iterable[str], shown: str) -> DeltaGenerator:
    """The container of the finding `shown`, one of `names`; those of the others are emptied at once."""
    return {name: st.container() if name == shown else st.empty() for name in names}[shown]


def place_for(name: str, content: str) -> DeltaGenerator:
    """A container at the place called `name`; emptied at once when it showed other `content` before.

    While the content is the same, what stands there stays until the new replaces it, so that nothing blinks.
    """
    key = f"place_{name}"
    shown, slot = st.session_state.get(key, (None, 1))
    if shown != content:
        # The other of two slots: a container would take over the children of one that stood in its own slot before,
        # and an "empty" sent just ahead of it is dropped from Streamlit's queue.
        shown, slot = st.session_state[key] = content, 1 - slot
    slots = [st.container() if number == slot else st.empty() for number in (0, 1)]
    return slots[slot]


def ask_for_top() -> None:
    """Has the page scroll to its top on its next run: for a button below what it shows."""
    st.session_state[TO_TOP] = st.session_state.get(TO_TOP, 0) + 1


def top_of_page() -> None:
    """Scrolls to the top if that was asked for; always takes the same place among the page's elements."""
    place, count = st.empty(), st.session_state.get(TO_TOP, 0)
    if count != st.session_state.get(f"{TO_TOP}_done", 0):
        st.session_state[f"{TO_TOP}_done"] = count
        place.html(_SCROLL.format(count=count), unsafe_allow_javascript=True)
