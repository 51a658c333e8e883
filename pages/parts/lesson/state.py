"""Where a viewer stands in the lessons: which one, which step, with which numbers, what they predicted, what is done.

All of it is in the link, but for the predictions of other lessons, which the session keeps, as it keeps what is done.
"""

from dataclasses import dataclass, replace

import streamlit as st

from nncore.experiments.link_text import quoted
from pages.parts.lessons.judge import is_done
from pages.parts.lessons.lesson import Lesson, Step, Told
from pages.parts.lessons.predictions import read_predictions, write_predictions
from pages.parts.lessons.table import LESSONS
from pages.parts.page.choices import Span, choice
from pages.parts.page.session import Session

CHOICES = ("lesson", "lesson_step", "lesson_seed", "lesson_told", "lessons_done")
MAX_SEED = 999
_DONE = "lessons_done_here"  # the names of the lessons that are done, whatever link came since
_KEPT = "lesson_predictions"  # of the lessons that are not on screen, by lesson and seed


@dataclass(frozen=True)
class Place:
    """A step of a lesson with the numbers of a seed, and the predictions `told` so far, one per step or None."""

    lesson: Lesson
    number: int
    seed: int
    told: tuple[Told | None, ...]

    @property
    def step(self) -> Step:
        """The step on screen."""
        return self.lesson.steps[self.number]

    @property
    def prediction(self) -> Told | None:
        """What was predicted for the step on screen, None before that."""
        return self.told[self.number]

    @property
    def key(self) -> str:
        """What tells widgets of this step, with these numbers, from those of others."""
        return f"{self.lesson.name}_{self.number}_{self.seed}"

    def done(self, number: int) -> bool:
        """Whether a step is done."""
        return is_done(self.lesson.steps[number], self.seed, self.told[number])


def place_of(session: Session) -> Place | None:
    """Where the link and the session say that the viewer stands; None in the list of lessons."""
    name, done = _name(session), done_lessons(session)
    if not name:
        return None
    lesson = LESSONS[name]
    number = choice(session, "lesson_step", "int", 1, Span(1, len(lesson.steps))) - 1
    seed = choice(session, "lesson_seed", "int", 0, Span(0, MAX_SEED))
    place = Place(lesson, number, seed, _told(session, lesson))
    if all(map(place.done, range(len(lesson.steps)))):
        _write_done(session, {*done, name})
    return place


def _name(session: Session) -> str:
    """The lesson that the link names, by its name or its title in any case; empty for the list and for none of these."""
    asked = session.choices.get("lesson", "")
    spelt = asked.lower().replace("-", "_").replace(" ", "_")
    titles = {lesson.title.lower().replace(" ", "_"): name for name, lesson in LESSONS.items()}
    name = spelt if spelt in LESSONS else titles.get(spelt, "")
    if name:
        session.choices["lesson"] = name
    elif asked:
        del session.choices["lesson"]
        session.notes.append(f"There is no lesson called {quoted(asked)}. These are all {len(LESSONS)}: pick one.")
    return name


def _told(session: Session, lesson: Lesson) -> tuple[Told | None, ...]:
    try:
        return tuple(read_predictions(lesson, session.choices.get("lesson_told", "")))
    except (ValueError, OverflowError):
        session.choices.pop("lesson_told", None)
        session.notes.append("The link's predictions fit no answer of this lesson, so it begins without any.")
        return (None,) * len(lesson.steps)


def done_lessons(session: Session) -> list[str]:
    """The names of the lessons of which every step is done, in the order of the lessons; unknown ones are left out.

    Done in this session, or by whoever made its link, which may be an older one.
    """
    done = st.session_state.setdefault(_DONE, set())
    done.update(session.choices.get("lessons_done", "").split("."))
    names = [name for name in LESSONS if name in done]
    _write_done(session, set(names))
    return names


def _write_done(session: Session, names: set[str]) -> None:
    text = ".".join(name for name in LESSONS if name in names)
    if text:
        session.choices["lessons_done"] = text
    else:
        session.choices.pop("lessons_done", None)


def tell(session: Session, place: Place, told: Told) -> Place:
    """The place after the prediction `told`, which the link then holds."""
    predictions = [*place.told[: place.number], told, *place.told[place.number + 1 :]]
    session.choices["lesson_told"] = write_predictions(predictions)
    return replace(place, told=tuple(predictions))


def go_to(session: Session, name: str, number: int = 0, seed: int = 0) -> None:
    """Opens a lesson at a step, with the predictions that this session knows of it; no name is the list of lessons."""
    kept = st.session_state.setdefault(_KEPT, {})
    before, told = session.choices.get("lesson"), session.choices.pop("lesson_told", None)
    if before and told:
        kept[before, session.choices.get("lesson_seed", "0")] = told
    told = kept.get((name, str(seed)))
    values = {
        "lesson": name,
        "lesson_step": str(number + 1) if number else "",
        "lesson_seed": str(seed) if seed else "",
        "lesson_told": told or "",
    }
    for key, value in values.items():
        session.choices.pop(key, None)
        if value:
            session.choices[key] = value
