"""A lecture: an ordered list of steps, each a page with its settings, a sentence and a question, all in one link's text."""

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from pages.parts.fields.outside_text import cut
from pages.parts.lecture.room import MOST_CHOICES

MOST_STEPS = 60
LONGEST_LINK = 8000  # letters, the address of the server included
LONGEST_TEXT, LONGEST_CHOICE, LONGEST_SETTINGS = 300, 80, 4000
_MOST_BYTES = 400_000  # of a lecture that is unpacked: a link may pack more than it has letters


@dataclass(frozen=True)
class Step:
    """One step: the page's name, its `settings` as a link has them, what is said, and what the room is asked.

    `choices` are the answers to choose from, `right` is the index of the right one, if one is.
    """

    page: str
    settings: str = ""
    sentence: str = ""
    question: str = ""
    choices: tuple[str, ...] = ()
    right: int | None = None

    @property
    def asks(self) -> bool:
        """Whether the step has a question for the room."""
        return bool(self.question) and len(self.choices) > 1

    @property
    def link(self) -> dict[str, str]:
        """The settings as texts by name."""
        return dict(parse_qsl(self.settings, keep_blank_values=True))


def step_of(page: str, link: dict[str, str], sentence: str = "", question: str = "", choices: Sequence[str] = (),
            right: int | None = None) -> Step:  # fmt: skip
    """A step with its texts cut to what a step can hold. Raises ValueError for a page that there is not."""
    return _checked([page, urlencode(link), sentence, question, list(choices), right])


@cache
def page_names() -> frozenset[str]:
    """The names of all pages but the lecture's own."""
    names = {path.stem for path in Path(__file__).parents[2].glob("*.py")}
    return frozenset(names - {"__init__", "lecture"})


def pack(steps: Sequence[Step]) -> str:
    """The steps as text for a link: letters, digits, - and _."""
    rows = [[s.page, s.settings, s.sentence, s.question, list(s.choices), s.right] for s in steps]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


def unpack(text: str) -> tuple[Step, ...]:
    """The steps that `pack` wrote. Raises ValueError, in words for the person, for anything else."""
    if len(text) > LONGEST_LINK:
        raise ValueError(f"A lecture's link can have {LONGEST_LINK:,} letters; this one has {len(text):,}. It is not read.")
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        reader = zlib.decompressobj()
        raw = reader.decompress(packed, _MOST_BYTES)
        if not reader.eof:
            raise ValueError("cut off, or too large")
        rows = json.loads(raw)
        if not isinstance(rows, list) or len(rows) > MOST_STEPS:
            raise ValueError(f"must be a list of at most {MOST_STEPS} steps")
        return tuple(map(_checked, rows))
    except (ValueError, zlib.error, RecursionError):  # of base64, JSON and our own
        raise ValueError("The lecture in this link cannot be read: a part of the link is missing, or it was changed. "
                         "Copy the whole link once more.") from None  # fmt: skip


def _checked(row: Any) -> Step:
    """A step from its row; what is too long is cut. Raises ValueError where it is no step."""
    if not isinstance(row, list) or len(row) != 6:
        raise ValueError("a step must be a list of six")
    page, settings, sentence, question, choices, right = row
    if not all(isinstance(text, str) for text in (page, settings, sentence, question)) or page not in page_names():
        raise ValueError("a step must name a page and have texts")
    if len(settings) > LONGEST_SETTINGS:
        raise ValueError(f"a step's settings must have at most {LONGEST_SETTINGS} letters, got {len(settings)}")
    if not isinstance(choices, list) or not all(isinstance(choice, str) for choice in choices):
        raise ValueError("a step's choices must be texts")
    kept = tuple(cut(choice, LONGEST_CHOICE) for choice in choices[:MOST_CHOICES] if choice.strip())
    is_right = isinstance(right, int) and not isinstance(right, bool) and 0 <= right < len(kept)
    return Step(page, settings, cut(sentence, LONGEST_TEXT), cut(question, LONGEST_TEXT), kept, right if is_right else None)


def moved(steps: Sequence[Step], index: int, by: int) -> tuple[Step, ...]:
    """The steps with that of `index` moved by so many places, as far as there are places."""
    order = list(steps)
    order.insert(max(0, min(index + by, len(order) - 1)), order.pop(index))
    return tuple(order)


def without(steps: Sequence[Step], index: int) -> tuple[Step, ...]:
    """The steps but that of `index`."""
    return (*steps[:index], *steps[index + 1 :])


def edited(steps: Sequence[Step], index: int, **texts: Any) -> tuple[Step, ...]:
    """The steps with other texts in that of `index`, cut to what a step can hold."""
    s = replace(steps[index], **texts)
    step = _checked([s.page, s.settings, s.sentence, s.question, list(s.choices), s.right])
    return (*steps[:index], step, *steps[index + 1 :])
