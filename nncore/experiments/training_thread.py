"""Workshop: one background thread that trains many runs in turns.

Whoever needs a chunk leaves a ticket and waits, for as long as they like. The thread works in slices of a few
milliseconds, each time on another run, so that nobody's long training keeps the others waiting; while somebody's click
is being answered it works for clicks alone. It ends when there is nothing left to do.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from nncore.experiments.frames import Chunk

SLICE_SECONDS = 0.02
YIELD_SECONDS = 0.2  # how long, at most, clicks keep the other work waiting at a time

# Yields None between pieces of work, and each finished chunk with its number.
Work = Iterator[tuple[int, Chunk] | None]


@dataclass(eq=False)
class Ticket:
    """Somebody waiting for chunk `number` of a run: holds the chunk, or what went wrong, once it is there."""

    number: int
    urgent: bool
    chunk: Chunk | None = None
    error: BaseException | None = None

    @property
    def done(self) -> bool:
        """Whether there is nothing to wait for any more."""
        return self.chunk is not None or self.error is not None


@dataclass
class _Job:
    """The work on one run: `begin(number)` starts it from what is held below that chunk; it goes on to `until`."""

    begin: Callable[[int], Work]
    until: int = 0
    work: Work | None = None
    tickets: list[Ticket] = field(default_factory=list)

    def slice(self, seconds: float) -> tuple[int, Chunk] | None:
        """Works for about `seconds`, or until a chunk is finished, which is returned with its number."""
        if self.work is None:
            self.work = self.begin(min([self.until, *(ticket.number for ticket in self.tickets)]))
        end = time.perf_counter() + seconds
        for made in self.work:
            if made is not None or time.perf_counter() > end:
                return made
        return None

    def deliver(self, number: int, chunk: Chunk) -> None:
        """Serves the tickets that this chunk answers: its own, and later ones if training stopped in it."""
        for ticket in self.tickets:
            if ticket.number == number or (chunk.stop is not None and number < ticket.number):
                ticket.chunk = chunk
        self.tickets = [ticket for ticket in self.tickets if not ticket.done]
        if any(ticket.number <= number for ticket in self.tickets):
            self.work = None  # an earlier chunk is no longer held: begin again below it

    def finished(self, number: int, chunk: Chunk) -> bool:
        """Whether nobody needs more after this chunk."""
        return not self.tickets and (number >= self.until or chunk.stop is not None)


class Workshop:
    """Does the work of any number of runs; `keep(name, number, chunk)` is called, under the lock, for each chunk.

    `changed` is the lock that guards whatever `keep` touches, and the condition that tells of finished chunks.
    """

    def __init__(self, keep: Callable[[str, int, Chunk], None]):
        self.changed = threading.Condition(threading.RLock())
        self._keep = keep
        self._jobs: OrderedDict[str, _Job] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._clicks = 0
        self._caller = threading.local()

    def is_worker(self) -> bool:
        """Whether the calling thread is the one that does the work, and so must not wait for it."""
        return threading.current_thread() is self._thread

    @contextmanager
    def clicks_first(self) -> Iterator[None]:
        """While this is open, what other threads asked for waits, and what this one asks for does not."""
        with self.changed:
            self._clicks += 1
        self._caller.urgent = True
        try:
            yield
        finally:
            self._caller.urgent = False
            with self.changed:
                self._clicks -= 1
                self.changed.notify_all()

    def ask(self, name: str, number: int, begin: Callable[[int], Work]) -> None:
        """Has chunk `number` of the run `name` made some time. Under the lock."""
        job = self._jobs.setdefault(name, _Job(begin, number))
        job.until = max(job.until, number)
        if self._thread is None:
            self._thread = threading.Thread(target=self._labour, name="training", daemon=True)
            self._thread.start()

    def wait(self, name: str, number: int, begin: Callable[[int], Work], seconds: float | None) -> Chunk | None:
        """Chunk `number` of the run `name`, or None if it is not there after `seconds`. Under the lock."""
        self.ask(name, number, begin)
        ticket = Ticket(number, getattr(self._caller, "urgent", False))
        tickets = self._jobs[name].tickets
        tickets.append(ticket)
        self.changed.notify_all()
        self.changed.wait_for(lambda: ticket.done, seconds)
        if ticket.error is not None:
            raise ticket.error
        if ticket.chunk is None and name in self._jobs and ticket in self._jobs[name].tickets:
            self._jobs[name].tickets.remove(ticket)  # the job goes on without us
        return ticket.chunk

    def _labour(self) -> None:
        while True:
            with self.changed:
                name = self._next()
                if name is None:
                    self._thread = None
                    return
                job = self._jobs[name]
            try:
                made = job.slice(SLICE_SECONDS)
            except Exception as error:
                self._fail(name, error)
                continue
            if made is not None:
                self._finish(name, *made)

    def _next(self) -> str | None:
        """The run whose turn it is: those of clicks first, then the one that has waited longest."""
        if self._clicks and not self._urgent():
            self.changed.wait(YIELD_SECONDS)
        name = self._urgent() or next(iter(self._jobs), None)
        if name is not None:
            self._jobs.move_to_end(name)
        return name

    def _urgent(self) -> str | None:
        return next((name for name, job in self._jobs.items() if any(t.urgent for t in job.tickets)), None)

    def _finish(self, name: str, number: int, chunk: Chunk) -> None:
        with self.changed:
            job = self._jobs[name]
            self._keep(name, number, chunk)
            job.deliver(number, chunk)
            if job.finished(number, chunk):
                del self._jobs[name]
            self.changed.notify_all()

    def _fail(self, name: str, error: Exception) -> None:
        """Those who wait get the error; the next who asks begins anew."""
        with self.changed:
            for ticket in self._jobs.pop(name).tickets:
                ticket.error = error
            self.changed.notify_all()
