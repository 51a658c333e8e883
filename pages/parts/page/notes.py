"""Notes: what a link asked for that cannot be, in one sentence each, and the link without it."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.fields.sentence_field import literal
from pages.parts.page.link import write_link
from pages.parts.page.session import Session


def show_notes(session: Session, place: DeltaGenerator | None = None) -> None:
    """Says, in `place` or here, what could not be as the link says; to be called once all choices have been read."""
    if not session.notes:
        return
    with place or st.container():
        for note in session.notes:
            st.warning(literal(note), icon=":material/info:")
    session.notes = []
    write_link(session)
