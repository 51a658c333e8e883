"""The question on the big screen: its choices, the code that phones scan, the count, the histogram, the right answer."""

import streamlit as st

from pages.parts.fields.outside_text import literal
from pages.parts.lecture.address import address_of
from pages.parts.lecture.bars import answers, bars
from pages.parts.lecture.lecture import Screen, go_to, keys_of
from pages.parts.lecture.room import Full, Keys, Stage, Tally
from pages.parts.lecture.rooms import open_room, rooms
from pages.parts.lecture.share import show_qr
from pages.parts.lecture.steps import LONGEST_TEXT, Step
from pages.parts.page.session import Session

# The page's one timer: the histogram asks for its counts so often while a question is open, and is behind by less.
EVERY = 0.8  # seconds
STYLE = """<style>
.st-key-head { display: none; }
.st-key-question_words p { font-size: 1.7rem; line-height: 1.25; font-weight: 600; }
</style><span></span>"""
NEXT: dict[Stage, tuple[str, Stage]] = {"open": ("Show answers", "counted"), "counted": ("Reveal", "revealed")}


def question_screen(session: Session, step: Step, at: Screen) -> None:
    """The step's question, large, and the buttons that ask it, show the answers and reveal."""
    st.html(STYLE)
    with st.container(key="question_words"):
        st.markdown(literal(step.question, LONGEST_TEXT))
    tally = tally_of(session, step)
    left, right = st.columns([3, 2] if tally and tally.is_open else [5, 1], gap="large")
    with left:
        place = st.container()
        _actions(session, step, at, tally)
    if tally and tally.is_open:
        with right:
            join = address_of("lecture", {"room": keys_of(session).room})
            show_qr(join, "QR code of the link with which the room answers")
            st.code(join, language=None, wrap_lines=True)
    with place:  # last of all: what stood behind a fragment that runs by itself was lost, about once in thirty turns
        if tally is None:
            st.html(bars(Tally(question=step.question, choices=step.choices), counted=False, revealed=False))
        else:
            st.fragment(histogram, run_every=EVERY if tally.is_open else None, key="histogram")(keys_of(session))


def tally_of(session: Session, step: Step) -> Tally | None:
    """What the room says of this step's question; None where it was not asked, or the room is gone."""
    keys = keys_of(session)
    if keys is None or not rooms().controls(keys):
        return None
    tally = rooms().tally(keys.room)
    return tally if (tally.question, tally.choices) == (step.question, step.choices) else None


def histogram(keys: Keys) -> None:
    """The choices, the count, and once they are shown the bars."""
    try:
        tally = rooms().tally(keys.room)
    except LookupError:
        st.info("This room was closed, and its answers are forgotten. Ask again to open a new one.")
        return
    st.html(bars(tally, tally.stage != "open", tally.stage == "revealed"))
    st.markdown(f"**{answers(tally.total)}**")


def _actions(session: Session, step: Step, at: Screen, tally: Tally | None) -> None:
    """The way on, which keys press by its container's name; with one key for all, a press would press the next as well."""
    with st.container(horizontal=True):
        with st.container(key="presenter_next", width="content"):
            if tally is None:
                goes_on = st.button("Ask the room", type="primary", icon=":material/groups:", key="room_ask")
            elif tally.stage in NEXT:
                label, stage = NEXT[tally.stage]
                st.button(label, type="primary", key=f"room_{stage}", on_click=_turn, args=(session, stage))
                return
            else:
                goes_on = st.button("See it", type="primary", icon=":material/arrow_forward:", key="room_see")
        if tally is None:
            asks, sees = goes_on, st.button("Skip to the picture", key="skip_question")
        else:
            asks, sees = st.button("Ask again", icon=":material/replay:", key="ask_again"), goes_on
    if asks:
        ask(session, step)
    elif sees:
        go_to(session, Screen(at.index, False))


def _turn(session: Session, stage: Stage) -> None:
    """Goes on to showing the answers, or the right one, where the room is still this lecturer's."""
    keys = keys_of(session)
    if keys is not None and rooms().controls(keys):
        rooms().turn(keys, stage)


def ask(session: Session, step: Step) -> None:
    """Opens the step's question in this lecturer's room, a new one where there is none yet."""
    keys = keys_of(session)
    try:
        if keys is None or not rooms().controls(keys):
            keys = open_room()
    except Full as error:
        st.error(literal(str(error)))
        return
    session.carried |= {"room": keys.room, "room_key": keys.key}
    rooms().ask(keys, step.question, step.choices, step.right)
    st.rerun(scope="app")


def close_room(session: Session) -> None:
    """Forgets the room and its answers, for a button."""
    keys = keys_of(session)
    if keys is not None and rooms().controls(keys):
        rooms().close(keys)
    session.carried.pop("room", None)
    session.carried.pop("room_key", None)
