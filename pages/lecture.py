"""A lecture in one link: prepared here, presented step by step, and answered by the room."""

from pages.parts.lecture.answer import answer_screen
from pages.parts.lecture.ask import question_screen
from pages.parts.lecture.editor import editor
from pages.parts.lecture.lecture import is_audience, screen_of, steps_of
from pages.parts.page.frame import page
from pages.parts.page.session import Session


def study(session: Session) -> None:
    """What this viewer came for: to answer, to ask, or to prepare."""
    at = screen_of(session)
    if is_audience(session):
        answer_screen(session)
    elif at is not None and steps_of(session)[at.index].asks:
        question_screen(session, steps_of(session)[at.index], at)
    else:
        editor(session)


page("lecture", study)
