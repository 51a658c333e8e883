"""Patience: how long another process may take over an answer before it is ended.

A process that was stopped, or hangs, keeps its pipes open: who reads from one would wait for ever. Once it is ended, the
pipes are at their end, and who waits finds that out.
"""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ANSWER_SECONDS = 15  # an answer takes some hundredths of a second, on a machine at its limits perhaps one second


class Patience:
    """Ends `process` once somebody has waited for its answer for so many `seconds`, in ticks of `tick` seconds.

    It counts ticks and asks no clock: where both processes were stopped together (Ctrl-Z, a lid that was closed), the other
    one is not late. A thread waits only as long as there are questions.
    """

    def __init__(self, process: subprocess.Popen, seconds: float = ANSWER_SECONDS, tick: float = 1.0):
        self._process, self._tick, self._most = process, tick, max(1, round(seconds / tick))
        self._lock = threading.Lock()
        self._ticks: int | None = None  # of the question that is open
        self._thread: threading.Thread | None = None

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While this is open, somebody waits for an answer."""
        with self._lock:
            self._ticks = 0
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="patience", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._ticks = None

    def _watch(self) -> None:
        pause = threading.Event()
        while True:
            pause.wait(self._tick)
            with self._lock:
                self._ticks = None if self._ticks is None else self._ticks + 1
                if self._ticks is not None and self._ticks > self._most:
                    self._process.kill()
                    self._ticks = None
                if self._ticks is None:
                    self._thread = None
                    return
