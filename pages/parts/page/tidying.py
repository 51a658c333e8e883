"""Tidying up: memory that left pages have tied up is given back when nobody clicks, so that no click waits for it."""

import contextlib
import ctypes
import gc
import threading
from collections.abc import Callable

from streamlit import get_option

from pages.parts.page.server import chunk_store
from pages.parts.page.streamlit_workarounds import forget_left_files, forget_left_sessions

QUIET_SECONDS = 5.0  # without a click
BUSY_SECONDS = 60.0  # of clicks, after which memory is given back all the same


def give_back_memory() -> None:
    """Frees what left pages have tied up in circles, their open files too, and gives freed memory to the system."""
    forget_left_files()
    chunk_store().process.tidy()
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # where the C library is another
        ctypes.CDLL("libc.so.6").malloc_trim(0)


class QuietMoments:
    """Calls `tidy` when no click has come for some seconds, and now and then where they keep coming.

    Once nobody has clicked for `long` seconds, `forget` is called, and `tidy` after it. Streamlit's own collection after
    every run is off (see config.toml), and so is Python's (see `collect_in_quiet_moments`). A thread waits only as long as
    there were clicks: a server that nobody uses does nothing.
    """

    def __init__(
        self, tidy: Callable[[], None], forget: Callable[[], None] = lambda: None,
        quiet: float = QUIET_SECONDS, busy: float = BUSY_SECONDS, long: float = 0.0,
    ):  # fmt: skip
        self._tidy, self._forget, self._quiet = tidy, forget, quiet
        self._rounds, self._long_rounds = max(1, round(busy / quiet)), round(long / quiet)
        self._lock = threading.Lock()
        self._clicked = False
        self._thread: threading.Thread | None = None

    def click(self) -> None:
        """Tells of a click."""
        with self._lock:
            self._clicked = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._wait, name="quiet-moments", daemon=True)
                self._thread.start()

    def _wait(self) -> None:
        pause, rounds, quiet_rounds = threading.Event(), 0, 0
        while True:
            with self._lock:
                quiet_rounds, self._clicked = 0 if self._clicked else quiet_rounds + 1, False
            rounds += 1
            if quiet_rounds == self._long_rounds:
                self._forget()
            if quiet_rounds in (1, self._long_rounds + 1) or rounds > self._rounds:
                self._tidy()
                rounds = 0
            with self._lock:
                if quiet_rounds > self._long_rounds and not self._clicked:
                    self._thread = None
                    return
            pause.wait(self._quiet)


# A little longer than a left session is kept.
quiet_moments = QuietMoments(
    give_back_memory, forget_left_sessions, long=get_option("server.disconnectedSessionTTL") + 2 * QUIET_SECONDS
)
