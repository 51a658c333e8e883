"""The foot of a page: the question before it on the way, and the one that comes next."""

import streamlit as st

from pages.parts.page.session import current_session
from pages.parts.way.contents import BY_NAME, HOME, START, Entry, neighbours
from pages.parts.way.visited import visited


def page_link(entry: Entry, label: str, **options: object) -> None:
    """A link to a page, which keeps the run; plain text where app.py has not named the pages (a script of its own)."""
    if st.session_state.get("pages_linked"):
        st.page_link(entry.file, label=label, **options)
    else:
        st.markdown(label)


def foot(name: str) -> None:
    """Links to the pages before and after `name`; none in presenter view, and none where *Start here* names the next itself.

    The last page leads to the list of all questions, and so does a tool, which leads back to the first network, too.
    """
    session = current_session()
    if session.presents or (name == START and visited(session)):
        return
    before, after = neighbours(name)
    leads = "Next page"
    if after is None:
        leads, after, before = "All questions", BY_NAME[START], before or BY_NAME[HOME]
    with st.container(key="way_foot"):
        back, onward = st.columns([1, 2], vertical_alignment="center")
        if before is not None:
            with back:
                page_link(before, before.title, icon=":material/arrow_back:", help=before.question)
        with onward:
            page_link(after, f"**{leads}: {after.question}**", icon=":material/arrow_forward:", help=after.title)
