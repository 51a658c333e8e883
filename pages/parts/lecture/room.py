"""The room: answers to the question that a lecturer has open, counted once per viewer and forgotten soon.

A room knows no names. It is found by a token that nobody can guess, and only who holds its other token, the key, can ask
and reveal. Everything is bounded: the rooms, the answers of a room, and the hours for which it is there.
"""

import hmac
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

MOST_ROOMS = 200
MOST_ANSWERS = 500  # of one question; a room keeps those of its last question alone
LIFETIME = 5.5 * 3600.0  # seconds from opening a room; who tidies up may be late by half an hour
MOST_CHOICES, MOST_LETTERS = 8, 300

Stage = Literal["waiting", "open", "counted", "revealed"]  # counted: the room sees the histogram, answers still come in
ACCEPTS: tuple[Stage, ...] = ("open", "counted")


class Keys(NamedTuple):
    """The two tokens of a room: `room` joins it, `key` controls it."""

    room: str
    key: str


@dataclass(frozen=True)
class Tally:
    """What can be said of a room's question at this moment: its words, its stage, and how many chose each of `choices`.

    `number` counts the room's questions from 1, 0 where none was asked yet. `right` is the index of the right choice, if
    there is one.
    """

    number: int = 0
    stage: Stage = "waiting"
    question: str = ""
    choices: tuple[str, ...] = ()
    counts: tuple[int, ...] = ()
    right: int | None = None

    @property
    def total(self) -> int:
        """How many have answered."""
        return sum(self.counts)

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.stage in ACCEPTS


class Full(ValueError):
    """There is no place: for another room, or for another answer."""


@dataclass
class _Room:
    key: str
    ends: float
    tally: Tally = field(default_factory=Tally)
    answers: dict[str, int] = field(default_factory=dict)


class Rooms:
    """All rooms of one server. Every method can be called from any thread; `clock` gives seconds that only rise."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._rooms: dict[str, _Room] = {}

    def __len__(self) -> int:
        self.tidy()
        return len(self._rooms)

    def open(self) -> Keys:
        """The tokens of a new room. Raises Full where 200 rooms are open."""
        self.tidy()
        keys = Keys(secrets.token_urlsafe(16), secrets.token_urlsafe(16))
        with self._lock:
            if len(self._rooms) >= MOST_ROOMS:
                raise Full(f"At most {MOST_ROOMS} rooms can be open at once, and all of them are; try again in an hour.")
            self._rooms[keys.room] = _Room(keys.key, self._clock() + LIFETIME)
        return keys

    def close(self, keys: Keys) -> None:
        """Forgets the room and its answers. Raises LookupError where the room or its key is wrong."""
        with self._lock:
            self._controlled(keys)
            del self._rooms[keys.room]

    def ask(self, keys: Keys, question: str, choices: Sequence[str], right: int | None = None) -> Tally:
        """Opens a question in the room; the answers to the one before are forgotten.

        Raises LookupError where the room or its key is wrong, ValueError where there are not 2 to 8 choices, where `right`
        is the index of none, or where a text has more than 300 letters.
        """
        if not 2 <= len(choices) <= MOST_CHOICES:
            raise ValueError(f"a question must have 2 to {MOST_CHOICES} choices, got {len(choices)}")
        if right is not None and not 0 <= right < len(choices):
            raise ValueError(f"right must be the index of one of {len(choices)} choices, got {right}")
        longest = max(map(len, (question, *choices)))
        if longest > MOST_LETTERS:
            raise ValueError(f"a question and its choices must have at most {MOST_LETTERS} letters each, got {longest}")
        with self._lock:
            room = self._controlled(keys)
            room.answers = {}
            room.tally = Tally(room.tally.number + 1, "open", question, tuple(choices), right=right)
            return _counted(room)

    def turn(self, keys: Keys, stage: Stage) -> Tally:
        """Brings the room's question to `stage`. Raises LookupError where the room, its key or the question is missing."""
        with self._lock:
            room = self._controlled(keys)
            if not room.tally.number:
                raise LookupError("no question was asked in this room yet")
            room.tally = _at_stage(room.tally, stage)
            return _counted(room)

    def answer(self, room: str, number: int, viewer: str, choice: int) -> bool:
        """Counts the answer of `viewer` to question `number` in place of an earlier one of theirs; False if it is closed.

        Raises LookupError where the room is gone, ValueError for a choice that there is not, Full after 500 answers.
        """
        with self._lock:
            found = self._found(room)
            tally = found.tally
            if number != tally.number or not tally.is_open:
                return False
            if not 0 <= choice < len(tally.choices):
                raise ValueError(f"choice must be the index of one of {len(tally.choices)} choices, got {choice}")
            if viewer not in found.answers and len(found.answers) >= MOST_ANSWERS:
                raise Full(f"This question has the {MOST_ANSWERS} answers that a room can hold.")
            found.answers[viewer] = choice
            return True

    def answer_of(self, room: str, viewer: str) -> int | None:
        """What `viewer` answered to the room's question, None if nothing. Raises LookupError where the room is gone."""
        with self._lock:
            return self._found(room).answers.get(viewer)

    def tally(self, room: str) -> Tally:
        """The room's question and its counts at this moment. Raises LookupError where the room is gone."""
        with self._lock:
            return _counted(self._found(room))

    def controls(self, keys: Keys) -> bool:
        """Whether the room is there and the key is its own."""
        with self._lock:
            try:
                self._controlled(keys)
            except LookupError:
                return False
            return True

    def tidy(self) -> float | None:
        """Forgets rooms whose time is over; the seconds until the next one ends, None where no room is left."""
        with self._lock:
            now = self._clock()
            for name in [name for name, room in self._rooms.items() if room.ends <= now]:
                del self._rooms[name]
            return min((room.ends for room in self._rooms.values()), default=now) - now if self._rooms else None

    def _found(self, name: str) -> _Room:
        room = self._rooms.get(name)
        if room is None or room.ends <= self._clock():
            self._rooms.pop(name, None)
            raise LookupError("this room is not open, or not any more")
        return room

    def _controlled(self, keys: Keys) -> _Room:
        room = self._found(keys.room)
        if not hmac.compare_digest(room.key.encode(), keys.key.encode()):
            raise LookupError("this room is controlled by another key")
        return room


def _at_stage(tally: Tally, stage: Stage) -> Tally:
    return Tally(tally.number, stage, tally.question, tally.choices, right=tally.right)


def _counted(room: _Room) -> Tally:
    tally, given = room.tally, list(room.answers.values())
    counts = tuple(given.count(k) for k in range(len(tally.choices)))
    return Tally(tally.number, tally.stage, tally.question, tally.choices, counts, tally.right)
