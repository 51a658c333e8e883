"""What will happen? Lessons that ask first and show then."""

from pages.parts.lesson.overview import overview
from pages.parts.lesson.state import CHOICES, place_of
from pages.parts.lesson.study import study_step
from pages.parts.lesson.watch import STYLE
from pages.parts.page.frame import page, show_notes
from pages.parts.page.session import Session


def study(session: Session) -> None:
    """The list of lessons, or the step of one that is on screen."""
    place = place_of(session)
    show_notes(session)
    if place is None:
        overview(session)
    else:
        study_step(session, place)


# The key is that of the page around the player, which reruns it by that name.
page("lessons", study, CHOICES, plays=True, style=STYLE)
