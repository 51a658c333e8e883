"""Settings that a phone folds away, so that its first screen shows what they are about."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def fold(says: str) -> DeltaGenerator:
    """A container for settings; on a narrow screen it is closed at first, under a button that `says` what is in it.

    On wide screens it is a container like any other. The button opens and closes all that a page has.
    """
    st.html(f'<button type="button" class="glassbox-unfold" aria-expanded="false">{escape(says)} ▾</button>')
    return st.container(key="fold_" + "".join(filter(str.isalnum, says)))
