"""The lecture that the link carries: its steps, where the presentation stands, and the way from one screen to the next."""

from collections.abc import Sequence
from typing import NamedTuple

from nncore.experiments.link_text import quoted
from pages.parts.lecture.address import address_of, here
from pages.parts.lecture.presenter import read_view
from pages.parts.lecture.room import Keys
from pages.parts.lecture.steps import LONGEST_LINK, MOST_STEPS, Step, pack, unpack
from pages.parts.page.link import go_by_link
from pages.parts.page.session import Session


class Screen(NamedTuple):
    """What is shown of a lecture: the step's index, and whether its question or its page."""

    index: int
    question: bool


def read_carried(session: Session) -> None:
    """Corrects what the link says of presenter view and lecture; invalid settings are reported and left out."""
    read_view(session)
    carried = session.carried
    try:
        n_steps = len(unpack(carried["lecture"])) if "lecture" in carried else 0
    except ValueError as error:
        session.notes.append(str(error))
        del carried["lecture"]
        n_steps = 0
    step = carried.get("lecture_step")
    if step is not None and not (step.isascii() and step.isdigit() and len(step) < 4 and 1 <= int(step) <= n_steps):
        if n_steps:
            session.notes.append(f"This lecture has the steps 1 to {n_steps}; the link asked for {quoted(step)}.")
        step = None
    if step is None or not session.presents:
        carried.pop("lecture_step", None)


def steps_of(session: Session) -> tuple[Step, ...]:
    """The steps of the lecture in the link."""
    return unpack(session.carried["lecture"]) if "lecture" in session.carried else ()


def keep_steps(session: Session, steps: Sequence[Step]) -> str | None:
    """Puts the steps into the link; a sentence instead, and nothing changes, where they do not fit."""
    if not steps:
        session.carried.pop("lecture", None)
        return None
    text = pack(steps)
    letters = len(address_of("lecture", {"lecture": text}))
    if len(steps) > MOST_STEPS:
        return f"A lecture can have {MOST_STEPS} steps. Remove one first."
    if letters > LONGEST_LINK:
        return (f"With this, the lecture's link would have {letters:,} letters, and it can have {LONGEST_LINK:,}. Shorten a "
                "sentence, or make two lectures of it. Nothing was changed.")  # fmt: skip
    session.carried["lecture"] = text
    return None


def screen_of(session: Session) -> Screen | None:
    """What is shown of the lecture now, None where none is presented."""
    if "lecture_step" not in session.carried:
        return None
    return Screen(int(session.carried["lecture_step"]) - 1, here() == "lecture")


def next_screen(steps: Sequence[Step], at: Screen) -> Screen | None:
    """What comes after a screen: after a step's question its page, then the next step; None at the end."""
    if at.question:
        return Screen(at.index, False)
    if at.index + 1 >= len(steps):
        return None
    return first_screen(steps, at.index + 1)


def screen_before(steps: Sequence[Step], at: Screen) -> Screen | None:
    """What comes before a screen; None at the beginning."""
    if not at.question and steps[at.index].asks:
        return Screen(at.index, True)
    return Screen(at.index - 1, False) if at.index else None


def first_screen(steps: Sequence[Step], index: int) -> Screen:
    """A step's first screen: its question, where it has one."""
    return Screen(index, steps[index].asks)


def go_to(session: Session, screen: Screen) -> None:
    """Shows a screen of the lecture in presenter view. Never returns: another page runs."""
    step = steps_of(session)[screen.index]
    carried = session.carried | {"present": "1", "lecture_step": str(screen.index + 1)}
    if screen.question:
        go_by_link(session, "lecture", carried)
    go_by_link(session, step.page, step.link | carried)


def keys_of(session: Session) -> Keys | None:
    """The tokens of the room that this viewer controls, as the link has them."""
    carried = session.carried
    return Keys(carried["room"], carried["room_key"]) if "room" in carried and "room_key" in carried else None


def is_audience(session: Session) -> bool:
    """Whether this viewer followed a room's link, to answer."""
    return "room" in session.carried and "room_key" not in session.carried
