"""The list of lessons: each a question, with what is done marked by a tick."""

import streamlit as st

from pages.parts.lesson.state import done_lessons, go_to
from pages.parts.lessons.lesson import Lesson
from pages.parts.lessons.table import CHAPTERS, LESSONS
from pages.parts.page.playing.training import NO_TRAINING
from pages.parts.page.session import Session


def overview(session: Session) -> None:
    """All lessons by chapter; the first that is not done is the one to begin with."""
    done = done_lessons(session)
    st.markdown(
        "**Each lesson asks you first and shows you then.** People who predict first learn more than those who only watch, "
        "whether their prediction was right or wrong. Nothing is graded, and every answer is computed here and now, for "
        "the numbers on screen."
    )
    following = next((name for name in LESSONS if name not in done), None)
    if following:
        words = "Begin with" if not done else "Go on with"
        st.button(
            f"{words}: {LESSONS[following].title}",
            type="primary",
            icon=":material/play_arrow:",
            key="lesson_next",
            on_click=_open,
            args=(session, following),
        )
    if done:
        with st.container(key=NO_TRAINING):
            st.progress(len(done) / len(LESSONS), f"{len(done)} of {len(LESSONS)} lessons done")
    for place, (chapter, lessons) in zip(st.columns(len(CHAPTERS)), CHAPTERS.items(), strict=True):
        with place:
            st.markdown(f"**{chapter}**")
            for lesson in lessons:
                with st.container(gap="xxsmall"):  # so that a question is seen to belong to the lesson above it
                    _entry(session, lesson, lesson.name in done)


def _entry(session: Session, lesson: Lesson, is_done: bool) -> None:
    number = list(LESSONS).index(lesson.name) + 1
    st.button(
        f"{'✓ ' if is_done else ''}{number}. {lesson.title}",
        key=f"lesson_{lesson.name}",
        width="stretch",
        help="Done" if is_done else None,
        on_click=_open,
        args=(session, lesson.name),
    )
    st.caption(lesson.learned if is_done else lesson.question)


def _open(session: Session, name: str) -> None:
    go_to(session, name)
