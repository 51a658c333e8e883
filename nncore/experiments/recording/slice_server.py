"""The other process: it trains a slice of whatever it is asked for, until nobody asks any more.

Started by `training_process.py`, which writes to its standard input and reads its standard output.
"""

import contextlib
import ctypes
import gc
import os
import pickle
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any, BinaryIO

from nncore.cache import limit_cache
from nncore.data.borrowed import borrow_from
from nncore.experiments.recording.training_process import (
    END,
    ERROR,
    LEND,
    MADE,
    PAUSE,
    READY,
    REFUSED,
    SLICE,
    packed_error,
)
from nncore.experiments.recording.wire import Wire

SLICE_SECONDS = 0.015
CACHE_BYTES = 24_000_000
NICE = 10


class SliceServer:
    """Answers on the stream `tells` what it reads from `hears`."""

    def __init__(self, hears: BinaryIO, tells: BinaryIO):
        self._hears, self._tells = hears, tells
        self._courses: dict[int, tuple[Wire, Iterator[Any | None]]] = {}

    def serve(self) -> None:
        """Says that it is ready, and answers until the other end is closed."""
        with contextlib.suppress(EOFError, BrokenPipeError):
            self._tells.write(READY)
            self._tells.flush()
            while True:
                kind, *question, given_up = pickle.load(self._hears)
                for number in given_up:
                    self._courses.pop(number, None)
                self._tell(self._slice(*question) if kind == SLICE else self._tidy())

    def lend(self, what: str, which: tuple[Any, ...]) -> Any:
        """The table from the process that asks."""
        self._tell((LEND, what, which))
        kind, lent = pickle.load(self._hears)
        if kind == ERROR:
            raise pickle.loads(lent)
        return lent

    def _slice(self, number: int, begin: bytes | None) -> tuple[str, Any]:
        end = time.perf_counter() + SLICE_SECONDS
        if begin is not None:
            wire = Wire()
            try:
                training, recording = wire.unpack(begin)
            except Exception:  # a description that is known to the other process alone
                return REFUSED, None
            self._courses[number] = wire, training.record() if recording is None else training.go_on(recording)
        if number not in self._courses:  # it began in a process that was here before this one
            return REFUSED, None
        wire, course = self._courses[number]
        try:
            for made in course:
                if made is not None:
                    return MADE, wire.pack(made)
                if time.perf_counter() > end:
                    return PAUSE, None
        except Exception as error:
            self._courses.pop(number, None)
            return ERROR, packed_error(error)
        self._courses.pop(number, None)
        return END, None

    def _tidy(self) -> tuple[str, None]:
        gc.collect()
        with contextlib.suppress(OSError, AttributeError):  # where the C library is another
            ctypes.CDLL("libc.so.6").malloc_trim(0)
        return PAUSE, None

    def _tell(self, what: Any) -> None:
        pickle.dump(what, self._tells, protocol=5)
        self._tells.flush()


def main() -> None:
    """Answers the process that started this one; what it prints goes where errors go."""
    hears, tells = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the other process hears it too, and ends
    with contextlib.suppress(OSError, AttributeError):
        os.nice(NICE)
    limit_cache(CACHE_BYTES)
    server = SliceServer(hears, tells)
    borrow_from(server.lend)
    server.serve()
    with contextlib.suppress(BrokenPipeError):  # what nobody read
        tells.close()


if __name__ == "__main__":
    sys.exit(main())
