"""The training thread: one background thread that trains for everybody, in turns.

Whoever needs a part of a training leaves a ticket and waits, for as long as they like. The thread works in slices of a few
milliseconds, each time on another training, so that nobody's long training keeps the others waiting; most slices go to what
nobody has seen any of yet, then to what many ask for, the last ones to what those who asked have left, and while somebody's
click is being answered it works for clicks alone. It ends when there is nothing left to do.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from nncore.experiments.recording.jobs import Job, Part, Ticket, Work
from nncore.experiments.recording.waiting_line import WaitingLine

SLICE_SECONDS = 0.02
YIELD_SECONDS = 0.2  # how long, at most, clicks keep the other work waiting at a time
MOST_NEW = 4  # slices in a row for new trainings, while others are to go on
MANY = 5  # trainings at a time
LEFT_SECONDS = 6.0  # a viewer who has not asked for this long has left: others go first
LINE_SECONDS = 0.1  # between two looks at the line, while all that is to be done waits in it


class TrainingThread:
    """Does the work of any number of trainings, each under a name of its own.

    `changed` is a lock for what the work and those who ask both touch, and the condition on which the thread waits for
    them. Work runs without it. Long trainings wait in the `line`, which is read and changed under the lock. Where another
    process does the work it keeps no click waiting: then nothing `gives_way`.
    """

    def __init__(self, gives_way: Callable[[], bool] = lambda: True):
        self._gives_way = gives_way
        self._lock = threading.RLock()
        self.changed = threading.Condition(self._lock)
        self.line = WaitingLine()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._thread: threading.Thread | None = None
        self._clicks = 0
        self._new_in_a_row = 0
        self._turn = 0
        self._caller = threading.local()

    def is_caller(self) -> bool:
        """Whether the calling thread is the one that does the work, and so must not wait for it."""
        return threading.current_thread() is self._thread

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing to do; the thread has then ended."""
        return self._thread is None

    @property
    def is_busy(self) -> bool:
        """Whether several trainings are to go on, so that what is made ahead of time takes the time from others."""
        return len(self._jobs) >= MANY

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

    def ask(
        self, name: str, number: int, begin: Callable[[int], Work], is_long: bool = False, is_new: bool = False
    ) -> None:
        """Has part `number` of the training `name` made some time, whether or not anybody waits. Under the lock.

        What `is_long` is forgotten where its turn has not come before the line loses patience. Of what `is_new` there is no
        part yet.
        """
        job = self._job(name, begin, is_long, is_new)
        job.until, job.until_is_long = max(job.until, number), job.until_is_long or is_long

    def wait(
        self, name: str, number: int, begin: Callable[[int], Work], seconds: float | None = None, is_long: bool = False,
        is_new: bool = False,
    ) -> Part | None:
        """The part that answers for `number` of the training `name`, or None if it is not there after `seconds`.

        The work goes on only while somebody waits, unless it was asked for, and where that `is_long` when its turn comes.
        Under the lock, which is free meanwhile. An error in the work is raised here.
        """
        ticket = Ticket(number, getattr(self._caller, "urgent", False), threading.Condition(self._lock), is_long)
        job = self._job(name, begin, is_long, is_new)
        job.tickets.append(ticket)
        self.changed.notify_all()
        ticket.told.wait_for(lambda: ticket.done, seconds)
        if ticket.error is not None:
            raise ticket.error
        if not ticket.done:
            job.tickets.remove(ticket)
        elif is_long and ticket.part.is_last:
            self.line.leave(name)
        return ticket.part

    def leave_line(self, name: str) -> None:
        """The training `name` gives up its turn, unless somebody waits for it. Under the lock."""
        if name not in self._jobs or not self._jobs[name].is_wanted:
            self.line.leave(name)

    def _job(self, name: str, begin: Callable[[int], Work], is_long: bool, is_new: bool) -> Job:
        job = self._jobs.setdefault(name, Job(begin, is_new, turn=self._turn))
        job.asked, job.asked_at = job.asked + 1, time.monotonic()
        if is_long:
            self.line.ask(name)
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="training", daemon=True)
            self._thread.start()
        return job

    def _work(self) -> None:
        while True:
            with self.changed:
                name = self._next()
                if name is None:
                    self._thread = None
                    return
                job = self._jobs[name]
            try:
                part = job.slice(SLICE_SECONDS)
            except Exception as error:
                self._fail(name, error)
                continue
            if part is not None:
                with self.changed:
                    job.deliver(part)

    def _next(self) -> str | None:
        """The training whose turn it is: those of clicks first, then mostly new ones, then what most wait for longest."""
        if self._clicks and self._gives_way() and not self._urgent():
            self.changed.wait(YIELD_SECONDS)
        while True:
            self._keep_turns()
            for name in [name for name, job in self._jobs.items() if not job.is_wanted]:
                del self._jobs[name]
            ready = [name for name, job in self._jobs.items() if not (job.waits_for_turn and self.line.number(name))]
            if ready or not self._jobs:
                break
            self.changed.wait(LINE_SECONDS)
        self._turn += 1
        ready = [name for name in ready if self._is_watched(name)] or ready
        name = self._urgent(ready) or self._new(ready) or max(ready, key=self._waited, default=None)
        if name is not None:
            self._jobs.move_to_end(name)
            self._jobs[name].turn, self._jobs[name].asked = self._turn, self._jobs[name].asked // 2
        return name

    def _is_watched(self, name: str) -> bool:
        """Whether somebody still waits for `name`: who does asks again every second or so, and who has left does not."""
        job = self._jobs[name]
        return bool(job.tickets) or time.monotonic() - job.asked_at < LEFT_SECONDS

    def _waited(self, name: str) -> int:
        """How many turns `name` has waited for, for each time that it was asked for lately.

        Who asked waits for a whole part, which takes several slices: each slice counts for half of those who did.
        """
        return (self._turn - self._jobs[name].turn) * max(1, self._jobs[name].asked)

    def _keep_turns(self) -> None:
        """Long trainings that somebody waits for, or that are at work, keep their turn; who lost it is forgotten."""
        for name, job in self._jobs.items():
            if not job.is_long or not job.is_wanted:
                continue
            if any(ticket.is_long for ticket in job.tickets) or (name in self.line and not self.line.number(name)):
                self.line.ask(name)
            elif name not in self.line:
                job.until, job.until_is_long = -1, False

    def _urgent(self, names: Iterable[str] | None = None) -> str | None:
        names = self._jobs if names is None else names
        return next((name for name in names if any(t.urgent for t in self._jobs[name].tickets)), None)

    def _new(self, names: Iterable[str]) -> str | None:
        name = next((name for name in names if self._jobs[name].is_new), None)
        self._new_in_a_row = 0 if name is None or self._new_in_a_row >= MOST_NEW else self._new_in_a_row + 1
        return name if self._new_in_a_row else None

    def _fail(self, name: str, error: Exception) -> None:
        """Those who wait get the error; the next who asks begins anew."""
        with self.changed:
            self.line.leave(name)
            for ticket in self._jobs.pop(name).tickets:
                ticket.settle(None, error)
