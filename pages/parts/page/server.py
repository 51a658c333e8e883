"""What all viewers of one server share: the recorded training, libraries that are slow to import, and tidying up."""

import contextlib
import ctypes
import gc
import threading
from collections.abc import Callable

from streamlit import get_option
from streamlit.runtime import get_instance
from threadpoolctl import threadpool_limits

from nncore import DATASETS, ChunkStore
from nncore.data.table import REAL

# At these sizes a pool of BLAS threads costs more than it brings, and a server of many viewers has no spare cores.
threadpool_limits(1)

_STORE = ChunkStore()

# Held while pandas, which scikit-learn brings along, is half imported: Plotly looks at it as soon as it is there.
drawing = threading.Lock()


def chunk_store() -> ChunkStore:
    """The recorded training of all viewers of this server."""
    return _STORE


class _Libraries:
    """scikit-learn, imported once in a thread of its own."""

    def __init__(self):
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def start(self) -> threading.Thread:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._load, name="warm-up", daemon=True)
                self._thread.start()
            return self._thread

    @staticmethod
    def _load() -> None:
        with drawing:
            import pandas  # noqa: F401
        import sklearn.datasets  # noqa: F401

        # SciPy, which comes with it, brings a BLAS pool of its own.
        threadpool_limits(1)


_LIBRARIES = _Libraries()


def warm_up() -> None:
    """Begins to import scikit-learn behind the page's back, so that no click on a real dataset waits for it."""
    _LIBRARIES.start()


def await_pandas() -> None:
    """Waits until pandas is there, which reads the dates of a person's table."""
    _LIBRARIES.start().join()


def await_libraries(dataset: str | None) -> None:
    """Waits until scikit-learn is there, if `dataset` is one of its real ones."""
    kind = DATASETS.get(dataset or "")
    if kind is not None and kind.group == REAL:
        _LIBRARIES.start().join()


QUIET_SECONDS = 5.0  # without a click
BUSY_SECONDS = 60.0  # of clicks, after which memory is given back all the same


def give_back_memory() -> None:
    """Frees what left pages have tied up in circles, their open files too, and gives freed memory to the system."""
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):  # where the C library is another
        ctypes.CDLL("libc.so.6").malloc_trim(0)


def forget_left_sessions() -> None:
    """Gives up sessions whose browser left long ago.

    Streamlit (1.67) looks at their time only when the next browser comes or leaves: without this, the last ones to leave
    hold their pages, messages and files for as long as nobody comes.
    """
    with contextlib.suppress(RuntimeError, AttributeError):  # no server, or another Streamlit
        runtime = get_instance()
        # On the server's own thread, which alone touches them.
        runtime._get_async_objs().eventloop.call_soon_threadsafe(runtime._session_mgr._session_storage._cache.expire)


class QuietMoments:
    """Calls `tidy` when no click has come for some seconds, and now and then where they keep coming.

    Once nobody has clicked for `long` seconds, `forget` is called, and `tidy` after it. Streamlit's own collection after
    every run is off (see config.toml). A thread waits only as long as there were clicks: a server that nobody uses does
    nothing.
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
