"""The waiting line: a few long trainings go on at a time, and the rest wait in the order in which they came."""

import time
from collections.abc import Callable

PLACES = 2  # so many long trainings go on at a time
PATIENCE_SECONDS = 4.0  # a viewer who has not asked for this long has left and loses their turn


class WaitingLine:
    """Who may go on now, by name: the first `places` of those who keep asking. Not for several threads at once.

    `clock` gives the time in seconds.
    """

    def __init__(
        self, places: int = PLACES, patience: float = PATIENCE_SECONDS, clock: Callable[[], float] = time.monotonic
    ):
        self.places, self.patience, self.clock = places, patience, clock
        self._asked: dict[str, float] = {}  # when each asked last, in the order in which they came

    def ask(self, name: str) -> int:
        """`number(name)`, where `name` joins the line if it is not in it."""
        self._asked[name] = self.clock()
        return self.number(name)

    def number(self, name: str) -> int:
        """0 where `name` may go on, or is not in the line; else how many turns away it is, from 1."""
        now = self.clock()
        self._asked = {other: asked for other, asked in self._asked.items() if now - asked <= self.patience}
        return max(0, list(self._asked).index(name) + 1 - self.places) if name in self._asked else 0

    def __contains__(self, name: str) -> bool:
        """Whether `name` stands in the line or goes on: it asked, and has not left."""
        self.number(name)  # who has left is forgotten
        return name in self._asked

    def leave(self, name: str) -> None:
        """`name` is done: the next one may go."""
        self._asked.pop(name, None)
