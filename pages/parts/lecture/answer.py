"""What a phone in the room shows: the question, its choices as buttons, and after the reveal what the room thought."""

import streamlit as st

from pages.parts.fields.outside_text import literal
from pages.parts.lecture.bars import LETTERS, answers, bars
from pages.parts.lecture.presenter import WITHOUT_GAPS
from pages.parts.lecture.room import Tally
from pages.parts.lecture.rooms import remember_phone, rooms, viewer
from pages.parts.lecture.steps import LONGEST_CHOICE, LONGEST_TEXT
from pages.parts.page.session import Session

STYLE = """<style>
.st-key-head, [data-testid="stHeader"], [data-testid="stSidebar"], .st-key-lecture_bar {
  display: none !important;
}
[data-testid="stMainBlockContainer"] { max-width: 40rem; padding-top: 1rem; }
.st-key-room_choices button { justify-content: flex-start; min-height: 3.2rem; text-align: left; }
.st-key-room_choices button p { font-size: 1.15rem; }
</style>"""
# Besides the histogram's, the one timer there is: a phone in a room asks so often what is on now. A phone that sleeps asks
# nothing, and looks at once when it is taken up again.
EVERY = 2.0  # seconds
WAKES = """<script>
if (!window.glassboxRoomWakes) {
  window.glassboxRoomWakes = true;
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.querySelector(".st-key-room_refresh button")?.click();
  });
}
</script>"""


def answer_screen(session: Session) -> None:
    """The room's question for one who answers; it follows the lecturer by itself."""
    style = f"{STYLE}<style>{WITHOUT_GAPS}</style>"
    st.html(f"{style}{WAKES}{remember_phone()}", unsafe_allow_javascript=True)
    st.fragment(_now, run_every=EVERY, key="room_now")(session.carried["room"])


def _now(room: str) -> None:
    """What the room is asked at this moment, or what it thought."""
    try:
        tally = rooms().tally(room)
        own = rooms().answer_of(room, viewer())
    except LookupError:
        st.info("This room is not open, or not any more. Ask the lecturer for the new link.", icon=":material/meeting_room:")
        return
    if not tally.number:
        st.info("You are in the room. The question appears here as soon as it is asked.", icon=":material/hourglass_empty:")
    else:
        st.subheader(literal(tally.question, LONGEST_TEXT), anchor=False)
        if tally.is_open:
            _choices(room, tally, own)
        else:
            st.html(bars(tally, counted=True, revealed=True, own=own))
            st.caption(f"{answers(tally.total)}. The next question appears here by itself.")
    st.button("Look again", icon=":material/refresh:", key="room_refresh", type="tertiary")


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
