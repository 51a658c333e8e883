"""Sections: one of several findings at a time, so that nothing of the last one stands under the next one's heading."""

from collections.abc import Iterable

import streamlit as st

TO_TOP = "scroll_to_top"

_SCROLL = """<script>
/* {count} */ document.querySelector("[data-testid=stMain]").scrollTo(0, 0);
</script>"""


def section(names: Iterable[str], shown: str) -> "st.delta_generator.DeltaGenerator":
    """The container of the finding `shown`, one of `names`; those of the others are emptied at once.

    Streamlit would leave what an earlier run drew on screen, greyed, until this run ends.
    """
    return {name: st.container() if name == shown else st.empty() for name in names}[shown]


def ask_for_top() -> None:
    """Has the page scroll to its top on its next run: for a button below what it shows."""
    st.session_state[TO_TOP] = st.session_state.get(TO_TOP, 0) + 1


def top_of_page() -> None:
    """Scrolls to the top if that was asked for; always takes the same place among the page's elements."""
    place, count = st.empty(), st.session_state.get(TO_TOP, 0)
    if count != st.session_state.get(f"{TO_TOP}_done", 0):
        st.session_state[f"{TO_TOP}_done"] = count
        place.html(_SCROLL.format(count=count), unsafe_allow_javascript=True)
