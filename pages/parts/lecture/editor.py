"""The lecture being prepared: its link, and its steps to move, change and remove."""

from functools import partial

import streamlit as st

from pages.parts.fields.outside_text import literal
from pages.parts.lecture.address import address_of, title_of
from pages.parts.lecture.ask import close_room
from pages.parts.lecture.example import show_example
from pages.parts.lecture.lecture import first_screen, go_to, keep_steps, keys_of, steps_of
from pages.parts.lecture.share import CHOICES_HELP, read_choices, show_qr, write_choices
from pages.parts.lecture.steps import LONGEST_LINK, LONGEST_TEXT, Step, edited, moved, without
from pages.parts.page.link import go_by_link
from pages.parts.page.session import Session

HOW = """
**A lecture is one link**: a list of steps, each a page as you set it up, with a sentence to say and a question to ask.

1. Open any page and choose what it shall show.
2. Press *Share* at the top, write a sentence or a question if you like, and press *Add what is on screen*.
3. Come back here, put the steps in order, and press *Present*. Space and the arrows lead on; Escape leaves.

When a step asks a question, the class scans a code and predicts on their phones. You see how many have answered, show the
histogram, and reveal.
"""


def editor(session: Session) -> None:
    """The lecture's steps and its link, or how to make one."""
    steps = steps_of(session)
    if keys_of(session) is not None:
        st.button("Close the room and forget its answers", icon=":material/delete:", on_click=close_room, args=(session,))
    if not steps:
        st.markdown(HOW)
        show_example(session, _keep)
        return
    left, right = st.columns([3, 1], gap="large")
    with left:
        if st.button("Present", type="primary", icon=":material/slideshow:", key="present_lecture"):
            go_to(session, first_screen(steps, 0))
        problem = st.session_state.pop("lecture_problem", None)
        if problem:
            st.warning(literal(problem))
        for index, step in enumerate(steps):
            _step(session, index, step, len(steps))
    with right:
        _link(session)


def _link(session: Session) -> None:
    link = address_of("lecture", {"lecture": session.carried["lecture"]})
    st.markdown("**The whole lecture is in this link**")
    st.code(link, language=None, wrap_lines=True, height=160)
    st.caption(f"{len(link):,} of {LONGEST_LINK:,} letters. Keep it where you keep your notes: nothing is stored here.")
    show_qr(link, "QR code of the lecture's link")


def _step(session: Session, index: int, step: Step, count: int) -> None:
    with st.container(border=True, key=f"lecture_step_{index}"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{index + 1} · {title_of(step.page)}** · {literal(_in_words(step), 110)}")
            button = partial(_button, session, index)
            button("Up", ":material/arrow_upward:", partial(moved, index=index, by=-1), index == 0)
            button("Down", ":material/arrow_downward:", partial(moved, index=index, by=1), index == count - 1)
            button("Remove", ":material/delete:", partial(without, index=index))
            if st.button("Show", key=f"step_show_{index}", type="tertiary", icon=":material/visibility:"):
                go_by_link(session, step.page, step.link | session.carried)
        st.text_input("Sentence", max_chars=LONGEST_TEXT, **_bound(session, index, "sentence", step.sentence))
        words, choices = st.columns(2)
        words.text_area("Question", max_chars=LONGEST_TEXT, height=100, **_bound(session, index, "question", step.question))
        choices.text_area("Answers", max_chars=700, height=100, placeholder=CHOICES_HELP,
                          **_bound(session, index, "choices", write_choices(step.choices, step.right)))  # fmt: skip
        if bool(step.question) != bool(step.choices) or len(step.choices) == 1:
            st.caption("The room is asked once there are a question and two to eight answers.")


def _in_words(step: Step) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in step.link.items())


def _button(session: Session, index: int, label: str, icon: str, change: partial, disabled: bool = False) -> None:
    st.button(label, key=f"step_{label}_{index}", type="tertiary", icon=icon, disabled=disabled, on_click=_keep,
              args=(session, change))  # fmt: skip


def _bound(session: Session, index: int, name: str, value: str) -> dict:
    key = f"step_{name}_{index}"
    st.session_state[key] = value
    return {"key": key, "on_change": _edit, "args": (session, index, name, key)}


def _edit(session: Session, index: int, name: str, key: str) -> None:
    text = st.session_state.get(key) or ""
    texts = {name: text}
    if name == "choices":
        names, right = read_choices(text)
        texts = {"choices": tuple(names), "right": right}
    _keep(session, partial(edited, index=index, **texts))


def _keep(session: Session, change: partial) -> None:
    steps = steps_of(session)
    st.session_state["lecture_problem"] = keep_steps(session, change(steps))
