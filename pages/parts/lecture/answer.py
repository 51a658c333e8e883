"""What a phone in the room shows: the question, its choices as buttons, and after the reveal what the room thought."""

import streamlit as st

from pages.parts.fields.outside_text import literal
from pages.parts.lecture.bars import LETTERS, answers, bars
from pages.parts.lecture.presenter import WITHOUT_GAPS
from pages.parts.lecture.room import Tally
from pages.parts.lecture.rooms import rooms, viewer
from pages.parts.lecture.steps import LONGEST_CHOICE, LONGEST_TEXT
from pages.parts.page.session import Session

STYLE = """<style>
[data-testid="stMain"] h1, [data-testid="stHeader"], [data-testid="stSidebar"], .st-key-lecture_bar {
  display: none !important;
}
[data-testid="stMainBlockContainer"] { max-width: 40rem; padding-top: 1rem; }
.st-key-room_choices button { justify-content: flex-start; min-height: 3.2rem; text-align: left; }
.st-key-room_choices button p { font-size: 1.15rem; }
</style>"""
# A phone that is taken up again looks again by itself; nothing here runs on a timer.
WAKES = """<script>
if (!window.glassboxRoomWakes) {
  window.glassboxRoomWakes = true;
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.querySelector(".st-key-room_refresh button")?.click();
  });
}
</script>"""


def answer_screen(session: Session) -> None:
    """The room's question for one who answers."""
    st.html(f"{STYLE}<style>{WITHOUT_GAPS}</style>{WAKES}", unsafe_allow_javascript=True)
    room = session.carried["room"]
    try:
        tally = rooms().tally(room)
        own = rooms().answer_of(room, viewer())
    except LookupError:
        st.info("This room is not open, or not any more. Ask the lecturer for the new link.", icon=":material/meeting_room:")
        return
    if not tally.number:
        st.info("You are in the room. The lecturer has not asked anything yet.", icon=":material/hourglass_empty:")
    else:
        st.subheader(literal(tally.question, LONGEST_TEXT), anchor=False)
        if tally.is_open:
            _choices(room, tally, own)
        else:
            st.html(bars(tally, counted=True, revealed=True, own=own))
            st.caption(answers(tally.total))
    st.button("Look again" if tally.is_open else "Next question", icon=":material/refresh:", key="room_refresh")


def _choices(room: str, tally: Tally, own: int | None) -> None:
    with st.container(key="room_choices"):
        for k, text in enumerate(tally.choices):
            st.button(f"{LETTERS[k]} · {literal(text, LONGEST_CHOICE)}", width="stretch", on_click=give_answer,
                      args=(room, tally.number, k), type="primary" if k == own else "secondary",
                      key=f"room_choice_{tally.number}_{k}")  # fmt: skip
    problem = st.session_state.pop("room_problem", None)
    if problem:
        st.warning(literal(problem))
    elif own is None:
        st.caption("Nobody sees who answered what, and all answers are forgotten after the lecture.")
    else:
        st.caption(f"Your answer is {LETTERS[own]}. Until the reveal you can change it.")


def give_answer(room: str, number: int, choice: int) -> None:
    """Counts this viewer's answer, for a button; where that cannot be, the page says why."""
    try:
        if not rooms().answer(room, number, viewer(), choice):
            st.session_state["room_problem"] = "This question is closed, so your answer was not counted."
    except (ValueError, LookupError) as error:
        st.session_state["room_problem"] = str(error)
