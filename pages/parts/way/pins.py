"""Pins: up to six runs, each at its snapshot, put aside to compare; the link of every page carries them.

A pinned run whose own table is not on this server stays pinned, as its link: *Compare runs* asks for the file.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from nncore import Run
from nncore.experiments.link_text import in_words, read_field
from pages.parts.own.missing import missing_of
from pages.parts.page.server import await_libraries
from pages.parts.page.session import Session

MOST_PINS = 6
LONGEST = 3000  # letters of one pin
BETWEEN = "|"  # never within a pin: there it is written as %7C


@dataclass(frozen=True)
class Pin:
    """A run at a snapshot, and the texts of a link that shows it."""

    run: Run
    frame: int

    @property
    def texts(self) -> dict[str, str]:
        """The link of this run at its snapshot, by name."""
        return self.run.to_dict() | {"frame": str(self.frame)}


@dataclass(frozen=True)
class WaitingPin:
    """A pinned run that waits for its table, as the `link` by which it was pinned."""

    link: str

    @property
    def texts(self) -> dict[str, str]:
        """Its link, by name."""
        return _texts(self.link)


def pins_of(session: Session) -> tuple[list[Pin | WaitingPin], list[str]]:
    """The pinned runs in the link, the same one once, and a sentence on everything that could not be read."""
    pins: list[Pin | WaitingPin] = []
    problems: list[str] = []
    written = [text for text in session.carried.get("pins", "").split(BETWEEN) if text]
    for number, text in enumerate(written[:MOST_PINS], 1):
        pin, said = _read(session, text)
        problems += [f"Pinned run {number}: {sentence}" for sentence in said]
        if pin is not None and pin not in pins:
            pins.append(pin)
    if len(written) > MOST_PINS:
        problems.append(f"At most {MOST_PINS} runs can be pinned; the link asked for {len(written)}, so the first "
                        f"{MOST_PINS} are shown.")  # fmt: skip
    return pins, problems


def _texts(link: str) -> dict[str, str]:
    return dict(parse_qsl(link, keep_blank_values=True))


def _read(session: Session, text: str) -> tuple[Pin | WaitingPin | None, list[str]]:
    texts = _texts(text)
    if len(text) > LONGEST or not texts:
        return None, ["it cannot be read, so it is left out."]
    if missing_of(texts.get("dataset", "")) is not None:
        return WaitingPin(text), []
    problems, frame = [], 0
    try:
        frame = max(0, read_field("frame", "int", texts.pop("frame", "0")))
    except ValueError as error:
        problems.append(f"{in_words(str(error))}, so it is shown at its beginning.")
    await_libraries(texts.get("dataset"))
    opened = texts.pop("opened", "")
    run, said = Run.repair(texts)
    if opened.isdecimal() and len(opened) < 9 and run.experiment.test:
        session.tests.open(run, min(int(opened), run.segments[-1].last_frame))
    return Pin(run, min(frame, run.segments[-1].last_frame)), problems + said


def link_of(session: Session, pin: Pin) -> dict[str, str]:
    """The link of a pin, by name, which says too when the run's test set was opened, if it was."""
    opened = session.tests.at(pin.run)
    return pin.texts | ({} if opened is None else {"opened": str(opened[1])})


def keep_pins(session: Session, pins: Sequence[Pin | WaitingPin]) -> None:
    """Puts these pins into the link."""
    session.carried.pop("pins", None)
    if pins:
        links = [pin.link if isinstance(pin, WaitingPin) else urlencode(link_of(session, pin)) for pin in pins]
        session.carried["pins"] = BETWEEN.join(links)


def pin_run(session: Session) -> None:
    """Pins the run on screen at its snapshot; a seventh is refused with a sentence."""
    session.take_report()  # the player may have moved on in the same breath
    pins, _ = pins_of(session)
    pin = Pin(session.run, session.frame)
    if pin in pins:
        return
    if len(pins) >= MOST_PINS:
        session.notes = [f"{MOST_PINS} runs are pinned, and no more fit side by side: unpin one on the page Compare runs."]
    elif not session.run.fits_link:
        session.notes = ["Weights set by hand on this run are too many for a link, so it cannot be pinned."]
    elif len(urlencode(pin.texts)) > LONGEST:
        session.notes = ["The settings of this run take too many letters for a link, so it cannot be pinned."]
    else:
        keep_pins(session, [*pins, pin])


def unpin(session: Session, *unpinned: Pin | WaitingPin) -> None:
    """Takes pins off."""
    keep_pins(session, [pin for pin in pins_of(session)[0] if pin not in unpinned])
