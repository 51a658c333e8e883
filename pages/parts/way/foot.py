"""The foot of a page: the question before it on the way, and the one that comes next."""

import streamlit as st

from pages.parts.page.session import current_session
from pages.parts.way.contents import Entry, neighbours


def page_link(entry: Entry, label: str, **options: object) -> None:
    """A link to a page, which keeps the run; plain text where app.py has not named the pages (a script of its own)."""
    if st.session_state.get("pages_linked"):
        st.page_link(entry.file, label=label, **options)
    else:
        st.markdown(label)


def foot(name: str) -> None:
    """Links to the pages before and after `name`; none in presenter view."""
    before, after = neighbours(name)
    if (before is None and after is None) or current_session().presents:
        return
    with st.container(key="way_foot"):
        back, onward = st.columns([1, 2], vertical_alignment="center")
        if before is not None:
            with back:
                page_link(before, before.title, icon=":material/arrow_back:", help=before.question)
        if after is not None:
            with onward:
                page_link(after, f"**Next page: {after.question}**", icon=":material/arrow_forward:", help=after.title)
