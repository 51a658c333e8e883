"""What presenter view adds to a page: a line at its foot with the step's sentence, the way on and the way out."""

import streamlit as st

from pages.parts.fields.outside_text import literal
from pages.parts.lecture.address import here
from pages.parts.lecture.lecture import Screen, go_to, next_screen, screen_before, screen_of, steps_of
from pages.parts.lecture.presenter import leave, presenter_keys, view_style
from pages.parts.lecture.share import BAR_STYLE, share_bar
from pages.parts.page.session import Session
from pages.parts.page.streamlit_workarounds import ask_for_top
from pages.parts.page.style import background

PLACE = "presenter_place"
FOOT_STYLE = """
.st-key-presenter_foot { position: fixed; left: 0; right: 0; bottom: 0; z-index: 999991; padding: 0.1rem 1rem; gap: 0.5rem;
  width: auto; background: BACKGROUND; }
.st-key-presenter_foot:not(:has(.st-key-presenter_back)) { left: auto; bottom: auto; top: 0; padding: 0; }
.st-key-presenter_leave [data-testid="stMarkdownContainer"] { position: absolute; width: 1px; height: 1px; overflow: hidden;
  clip-path: inset(50%); }
div:has(> .st-key-presenter_sentence) { flex: 1; }
.st-key-presenter_foot [data-testid="stMarkdownContainer"] { margin: 0; }
.st-key-presenter_style { display: none; }
.st-key-presenter_foot p { font-size: 1.1rem; line-height: 1.25; margin: 0; }
.st-key-presenter_foot button { min-height: 1.7rem; padding: 0 0.5rem; }
"""


def frame_of_view(session: Session) -> None:
    """The style of presenter view or hidden groups, and the buttons that every page has: once in a full run."""
    with st.container(key="presenter_style"):
        rules = f"{BAR_STYLE}{FOOT_STYLE.replace('BACKGROUND', background())}{view_style(session)}"
        st.html(f"<style>{rules}</style><span></span>")  # of a style alone Streamlit chooses the place, and it may be lost
        presenter_keys(session)
    _bring_picture(session)
    if session.presents:
        _foot(session)
    else:
        share_bar()


def _bring_picture(session: Session) -> None:
    """Has a page that was just opened in presenter view scroll to its picture; some have none, or at the top."""
    place = (here(), session.carried.get("lecture_step")) if session.presents else None
    if place != st.session_state.get(PLACE) and place is not None and not session.plays and here() != "lecture":
        ask_for_top()
    st.session_state[PLACE] = place


def _foot(session: Session) -> None:
    steps, at = steps_of(session), screen_of(session)
    with st.container(key="presenter_foot", horizontal=True, vertical_alignment="center"):
        if at is not None:
            with st.container(key="presenter_sentence"):
                st.markdown(" " if at.question else literal(steps[at.index].sentence) or " ")
            _way(session, at)
        st.button("Leave", icon=":material/close:", key="presenter_leave", on_click=leave, args=(session,),
                  type="tertiary", help="Leave presenter view (Escape)")  # fmt: skip


def _way(session: Session, at: Screen) -> None:
    steps = steps_of(session)
    before, after = screen_before(steps, at), next_screen(steps, at)
    if st.button("Previous screen", icon=":material/arrow_back:", key="presenter_back", disabled=before is None,
                 type="tertiary"):  # fmt: skip
        go_to(session, before)
    st.markdown(f"{at.index + 1}&nbsp;of&nbsp;{len(steps)}", width="content")
    if at.question:
        return  # the way on is the question's own: ask, show, reveal
    if st.button("Next screen", icon=":material/arrow_forward:", key="presenter_next", disabled=after is None,
                 type="primary"):  # fmt: skip
        go_to(session, after)
