"""The strip of the pages that study no run of Train: in words, what they study now; it stays in sight while one reads on."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.fields.outside_text import literal


def strip_place() -> DeltaGenerator:
    """The place of the strip, to be filled by `words_strip` when the controls below it have been read."""
    return st.container(key="words_strip", horizontal=True, vertical_alignment="center", gap="small")


def words_strip(place: DeltaGenerator, subject: str, *details: str) -> None:
    """Says in `place` what is studied: the `subject`, and its `details`, of which a narrow screen shows the first line."""
    with place:
        st.caption(f"**{literal(subject)}**", width="content")
        st.caption(literal(", ".join(filter(None, details))), width="stretch")
