"""What all viewers of one server share: the recorded training, its process, and libraries that are slow to import."""

import gc
import threading
import time

from streamlit import runtime
from threadpoolctl import threadpool_limits

from nncore import DATASETS, ChunkStore
from nncore.data.table import REAL

# At these sizes a pool of BLAS threads costs more than it brings, and a server of many viewers has no spare cores.
threadpool_limits(1)

_STORE = ChunkStore()

LULL_SECONDS, MOST_LULL_SECONDS = 1.0, 10.0
NEVER = 1_000_000  # collections of younger objects, after which all would be looked through

# Held while pandas, which scikit-learn brings along, is half imported: Plotly looks at it as soon as it is there.
drawing = threading.Lock()


def chunk_store() -> ChunkStore:
    """The recorded training of all viewers of this server."""
    return _STORE


def collect_in_quiet_moments() -> None:
    """Leaves it to quiet moments (see `tidying.py`) to look through everything for circles, which keeps who clicks waiting.

    Python does so by itself every few seconds where many click, for 0.2 seconds at a time with a hall on the server. What is
    there by now, the libraries above all, stays, and is not looked through any more.
    """
    gc.collect()
    gc.freeze()
    youngest, younger, _ = gc.get_threshold()
    gc.set_threshold(youngest, younger, NEVER)


class Lull:
    """A moment without arrivals: nobody has come for a second, somebody cannot wait any longer, or ten seconds are over."""

    def __init__(self, quiet: float = LULL_SECONDS, most: float = MOST_LULL_SECONDS):
        self._quiet, self._most = quiet, most
        self._hurry, self._came = threading.Event(), time.monotonic()

    def arrival(self) -> None:
        """Somebody has come."""
        self._came = time.monotonic()

    def hurry(self) -> None:
        """Somebody needs what is put off."""
        self._hurry.set()

    def wait(self) -> None:
        """Returns in the next such moment."""
        end = time.monotonic() + self._most
        while not self._hurry.is_set():
            left = min(self._came + self._quiet, end) - time.monotonic()
            if left <= 0:
                return
            self._hurry.wait(left)


class _Libraries:
    """scikit-learn, imported once in a thread of its own, while the process that trains is started in another.

    That takes two seconds of the pages' own interpreter: it waits until those who come all at once have their first picture.
    """

    def __init__(self):
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._lull = Lull()

    def start(self) -> threading.Thread:
        # In a test of one page something else stands in for the server.
        is_server = runtime.exists() and type(runtime.get_instance()) is runtime.Runtime
        self._lull.arrival()
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._load, args=(is_server,), name="warm-up", daemon=True)
                self._thread.start()
            return self._thread

    def wait(self) -> None:
        """Returns once they are there."""
        self._lull.hurry()
        self.start().join()

    def _load(self, is_server: bool) -> None:
        if is_server:
            threading.Thread(target=_STORE.process.start, name="training-process", daemon=True).start()
            self._lull.wait()
        with drawing:
            import pandas  # noqa: F401
        import sklearn.datasets  # noqa: F401

        # SciPy, which comes with it, brings a BLAS pool of its own.
        threadpool_limits(1)
        if is_server:
            collect_in_quiet_moments()


_LIBRARIES = _Libraries()


def warm_up() -> None:
    """Begins behind the page's back what no click is to wait for: the process that trains, and scikit-learn."""
    _LIBRARIES.start()


def await_pandas() -> None:
    """Waits until pandas is there, which reads the dates of a person's table."""
    _LIBRARIES.wait()


def await_libraries(dataset: str | None) -> None:
    """Waits until scikit-learn is there, if `dataset` is one of its real ones."""
    kind = DATASETS.get(dataset or "")
    if kind is not None and kind.group == REAL:
        _LIBRARIES.wait()
