"""Jobs: the work on one training, the parts that come out of it, and who waits for them."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, eq=False)
class Part:
    """Part `number` of a training, counted from 0, as a `value`.

    It answers for the numbers after it where training ended in it (`is_last`), and for those before it where its value
    holds them too (`is_whole`).
    """

    number: int
    value: Any
    is_last: bool = False
    is_whole: bool = False

    def answers(self, number: int) -> bool:
        """Whether this is what somebody gets who asks for part `number`."""
        return self.number == number or (self.is_last if number > self.number else self.is_whole)


# Yields None between pieces of work of about 10 ms, and each finished part.
Work = Iterator[Part | None]


@dataclass(eq=False)
class Ticket:
    """Somebody waiting for part `number` of a training: holds the part, or what went wrong, once it is there.

    `told` is notified then, under its lock. Everybody has their own: were all who wait woken for each, a crowd would be busy
    with looking.
    """

    number: int
    urgent: bool
    told: threading.Condition
    is_long: bool = False
    part: Part | None = None
    error: BaseException | None = None

    @property
    def done(self) -> bool:
        """Whether there is nothing to wait for any more."""
        return self.part is not None or self.error is not None

    def settle(self, part: Part | None, error: BaseException | None = None) -> None:
        """Tells the one who waits that this is the part, or what went wrong. Under the lock."""
        self.part, self.error = part, error
        self.told.notify_all()


@dataclass
class Job:
    """The work on one training: `begin(number)` starts it from what is held up to that part.

    It goes on while somebody waits, and in any case up to part `until`: when its turn comes, where all that is wanted of it
    takes long. It `is_new` until there is a part: who asked for it has nothing to look at. Its last slice was in turn number
    `turn`. Since its last part it was asked for `asked` times, half of which each slice takes away, the last time at
    `asked_at`, in seconds of the clock.
    """

    begin: Callable[[int], Work]
    is_new: bool = False
    until: int = -1
    until_is_long: bool = False
    work: Work | None = None
    turn: int = 0
    asked: int = 0
    asked_at: float = 0.0
    tickets: list[Ticket] = field(default_factory=list)

    @property
    def is_wanted(self) -> bool:
        """Whether anybody has a use for more of it."""
        return bool(self.tickets) or self.until >= 0

    @property
    def is_long(self) -> bool:
        """Whether anything that is wanted of it takes long."""
        return any(ticket.is_long for ticket in self.tickets) or (self.until >= 0 and self.until_is_long)

    @property
    def waits_for_turn(self) -> bool:
        """Whether everything that is wanted of it takes long."""
        return all(ticket.is_long for ticket in self.tickets) and (self.until < 0 or self.until_is_long)

    def slice(self, seconds: float) -> Part | None:
        """Works for about `seconds`, or until a part is finished, which is returned."""
        if self.work is None:
            wanted = [ticket.number for ticket in self.tickets] + ([self.until] if self.until >= 0 else [])
            self.work = self.begin(min(wanted, default=0))
        end = time.perf_counter() + seconds
        for part in self.work:
            if part is not None or time.perf_counter() > end:
                return part
        self.work = None
        return None

    def deliver(self, part: Part) -> None:
        """Serves the tickets that this part answers; afterwards the job is wanted for what is still missing."""
        self.is_new, self.asked = False, 0
        for ticket in self.tickets:
            if part.answers(ticket.number):
                ticket.settle(part)
        self.tickets = [ticket for ticket in self.tickets if not ticket.done]
        if part.number >= self.until or part.is_last:
            self.until, self.until_is_long = -1, False
        if any(ticket.number <= part.number for ticket in self.tickets):
            self.work = None  # an earlier part is no longer held: begin again below it
