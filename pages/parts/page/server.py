"""What all viewers of one server share: the recorded training, and libraries that are slow to import."""

import threading

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
