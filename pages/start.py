"""What do you want to understand? The questions of all pages, in an order that makes sense."""

import streamlit as st

from pages.parts.page.frame import page
from pages.parts.page.session import Session
from pages.parts.way.contents import START, WAY, Entry, groups
from pages.parts.way.foot import page_link
from pages.parts.way.questions import questions
from pages.parts.way.visited import BEEN, visited

ON_THE_LEFT = 3  # groups of the menu; the others stand at their right


def study(session: Session) -> None:
    """Every question with its answer, and a sign where one has been."""
    been = visited(session)
    ways = [entry for entry in WAY if entry.name != START]
    following = next((entry for entry in ways if entry.name not in been), None)
    if been and following:
        st.markdown(f"You have been to {len(been)} of {len(ways)} pages. Next on the way:")
        page_link(following, f"**{following.question}**", icon=":material/arrow_forward:")
    elif been:
        st.markdown("**You have been to all pages.** Links keep what you found: share one.")
    blocks = list(groups().items())
    for place, part in zip(st.columns(2, gap="large"), (blocks[:ON_THE_LEFT], blocks[ON_THE_LEFT:]), strict=True):
        with place:
            for group, entries in part:
                _group(group, [entry for entry in entries if entry in WAY and entry.name != START], been)
    questions(session)


def _group(group: str, entries: list[Entry], been: list[str]) -> None:
    if group and entries:
        st.markdown(f"##### {group}")
    for entry in entries:
        with st.container(key=f"way_{entry.name}", gap=None):
            page_link(entry, f"**{entry.question}**", icon=f":material/{entry.icon}:")
            seen = ":primary[✓ **You have been here.**] " if entry.name in been else ""
            st.caption(f"{seen}**{entry.title}** · {entry.answer}")


page("start", study, (BEEN,))
