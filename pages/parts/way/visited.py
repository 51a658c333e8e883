"""Where one has been: the pages that this viewer has opened, kept in the session and in the link of *Start here*."""

import streamlit as st

from pages.parts.page.session import Session
from pages.parts.way.contents import START, WAY

BEEN = "been"  # the choice of *Start here* that carries the names in its link
_VISITED = "visited_pages"


def visit(name: str) -> None:
    """Notes that the page `name` was opened."""
    st.session_state.setdefault(_VISITED, set()).add(name)


def visited(session: Session) -> list[str]:
    """The pages that were opened in this session or by whoever made its link, in the order of the way; not *Start here*.

    Names that the link invents are left out. The link then says the same.
    """
    seen = st.session_state.setdefault(_VISITED, set())
    seen.update(session.choices.get(BEEN, "").split("."))
    names = [entry.name for entry in WAY if entry.name in seen and entry.name != START]
    session.choices.pop(BEEN, None)
    if names:
        session.choices[BEEN] = ".".join(names)
    return names
