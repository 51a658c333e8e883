"""Memo: what was worked out for one viewer, kept for all, within a budget of memory.

Keys are the repr of a frozen settings dataclass. The most recently used results stay; work on one key is done once, however
many viewers ask for it at the same time.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any
from weakref import WeakValueDictionary

MEMO_BYTES = 128_000_000


class _Lock:
    """A lock that a weak dictionary can hold: it is gone when nobody waits for it."""

    def __init__(self):
        self.lock = threading.Lock()


class Memo:
    """At most `max_bytes` bytes of results, by key, for any number of threads; one that is larger is kept alone."""

    def __init__(self, max_bytes: int = MEMO_BYTES):
        self.max_bytes = max_bytes
        self._held: OrderedDict[str, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._book = threading.Lock()
        self._locks: WeakValueDictionary[str, _Lock] = WeakValueDictionary()

    def get(self, key: str) -> Any | None:
        """What is held under `key`, or None."""
        with self._book:
            if key not in self._held:
                return None
            self._held.move_to_end(key)
            return self._held[key][0]

    def fetch(self, key: str, make: Callable[[], Any], n_bytes: int) -> Any:
        """What is held under `key`; if nothing is, what `make` gives, of about `n_bytes` bytes, is kept."""
        with self._book:
            lock = self._locks.setdefault(key, _Lock())
        with lock.lock:
            found = self.get(key)
            return found if found is not None else self.keep(key, make(), n_bytes)

    def keep(self, key: str, value: Any, n_bytes: int) -> Any:
        """Holds `value` under `key` and gives it back; the least recently used make room for it."""
        with self._book:
            self._bytes += n_bytes - self._held.pop(key, (None, 0))[1]
            self._held[key] = (value, n_bytes)
            while self._bytes > self.max_bytes and len(self._held) > 1:
                self._bytes -= self._held.popitem(last=False)[1][1]
        return value


_MEMO = Memo()


def memo() -> Memo:
    """What the study pages of all viewers of this server have worked out."""
    return _MEMO
