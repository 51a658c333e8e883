"""Places: where a section stands on a page, without the words of another section while it is worked out.

Streamlit leaves what stood at a place on the screen, greyed, until something new comes for it. Where that is a section on
something else, it reads as if it belonged to the new one.
"""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


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
