"""What a phone folds away or shows in another order, so that its first screen shows what a page is about."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator


def fold(says: str) -> DeltaGenerator:
    """A container for settings; on a narrow screen it is closed at first, under a button that `says` what is in it.

    On wide screens it is a container like any other. The button opens and closes all that a page has.
    """
    st.html(f'<button type="button" class="glassbox-unfold" aria-expanded="false">{escape(says)} ▾</button>')
    return st.container(key="fold_" + "".join(filter(str.isalnum, says)))


def part() -> DeltaGenerator:
    """A container for the open part of a page; within it, what is put into `first_on_phone` stands first on a phone."""
    return st.container(key="part")


def first_on_phone(name: str) -> DeltaGenerator:
    """A container for a figure or a finding that a narrow screen shows above all else of the page's `part`.

    What is said of it and what changes it then stand below; on wide screens it stands where it is written. The rows and
    columns around it are moved along. `name` must be the only one on the page.
    """
    return st.container(key=f"first_{name}")
