"""Cache: what was worked out once, kept for everybody who asks again, within a budget of bytes.

A result belongs to the function and the arguments that led to it, and its key is made from these alone, here and nowhere
else: an argument left out of a key written by hand would show somebody the result of another question.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar
from weakref import WeakValueDictionary

import numpy as np

from nncore.checks import require_whole

T = TypeVar("T")

MEMO_BYTES = 96_000_000  # with the store of trainings, of as many, and its record of branches all stay below 200 MB
PLAIN = frozenset((type(None), bool, int, float, complex, str, bytes))  # types of which `repr` tells the value


class RecentlyUsed:
    """Values by key, of at most `max_bytes` bytes together; the least recently used make room.

    One that is larger than all of `max_bytes` is held alone. Whoever changes it holds the owner's lock; `get` needs none, so
    that of many readers none waits.
    """

    def __init__(self, max_bytes: int):
        self.max_bytes = require_whole("max_bytes", max_bytes, 0)
        self.n_bytes = 0
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, key: Hashable) -> bool:
        """Whether `key` is held; asking so does not count as use."""
        return key in self._held

    def get(self, key: Hashable, default: Any = None) -> Any:
        """What is held under `key`, which was used by this, or `default`."""
        try:
            self._held.move_to_end(key)
            return self._held[key][0]
        except KeyError:  # not held, or dropped by another thread meanwhile
            return default

    def keep(self, key: Hashable, value: Any, n_bytes: int) -> None:
        """Holds `value`, of `n_bytes` bytes, under `key`, in place of what was there: no reader finds nothing meanwhile."""
        self.n_bytes += n_bytes - self._held.get(key, (None, 0))[1]
        self._held[key] = (value, n_bytes)
        self._held.move_to_end(key)
        while self.n_bytes > self.max_bytes and len(self._held) > 1:
            self.n_bytes -= self._held.popitem(last=False)[1][1]

    def drop(self, key: Hashable) -> None:
        """Holds nothing under `key` any more."""
        self.n_bytes -= self._held.pop(key, (None, 0))[1]


class _Lock:
    """A lock that a weak dictionary can hold: it is gone when nobody waits for it."""

    def __init__(self):
        self.lock = threading.Lock()


_NOTHING = object()


class Memo:
    """At most `max_bytes` bytes of results, by key, for any number of threads.

    Work on one key is done once, however many threads ask for it at the same time. If it fails, the next one tries again.
    """

    def __init__(self, max_bytes: int = MEMO_BYTES):
        self._held = RecentlyUsed(max_bytes)
        self._book = threading.Lock()
        self._locks: WeakValueDictionary[str, _Lock] = WeakValueDictionary()

    def get(self, key: str, default: Any = None) -> Any:
        """What is held under `key`, or `default`."""
        return self._held.get(key, default)

    def fetch(self, key: str, make: Callable[[], T], n_bytes: int | Callable[[T], int]) -> T:
        """What is held under `key`; if nothing is, what `make` gives is kept. `n_bytes` is its size, or tells it."""
        found = self.get(key, _NOTHING)
        if found is not _NOTHING:
            return found
        with self._book:
            lock = self._locks.setdefault(key, _Lock())
        with lock.lock:
            found = self.get(key, _NOTHING)
            return self.keep(key, make(), n_bytes) if found is _NOTHING else found

    def limit(self, max_bytes: int) -> None:
        """From the next result on at most `max_bytes` bytes are held."""
        self._held.max_bytes = require_whole("max_bytes", max_bytes, 0)

    def keep(self, key: str, value: T, n_bytes: int | Callable[[T], int]) -> T:
        """Holds `value` under `key` and gives it back."""
        size = n_bytes(value) if callable(n_bytes) else n_bytes
        with self._book:
            self._held.keep(key, value, size)
        return value


_MEMO = Memo()


def limit_cache(max_bytes: int) -> None:
    """From now on `cached` keeps at most `max_bytes` bytes: for a process that has little use of it."""
    _MEMO.limit(max_bytes)


def cached(function: Callable[..., T], *args: Any, n_bytes: int | Callable[[T], int], again: bool = False) -> T:
    """`function(*args)`, worked out once for everybody who calls it with these arguments, and not to be changed.

    `n_bytes` is about the size of the result, or a function of the result that tells it. With `again` it is worked out
    anew and replaces what was kept. Raises TypeError for a function that depends on more than its arguments (a lambda, a
    method, one defined inside another), and for arguments of which `key_of` cannot tell the value.
    """
    key = f"{_name_of(function)}{key_of(*args)}"
    if again:
        return _MEMO.keep(key, function(*args), n_bytes)
    return _MEMO.fetch(key, lambda: function(*args), n_bytes)


def key_of(*values: Any) -> str:
    """A text that differs whenever any of the `values` differs, in type or in value.

    Values are numbers, texts, None, tuples, lists, arrays (by their bytes), and frozen dataclasses of such: of these the
    fields that count in a comparison. Raises TypeError for anything else, as its text does not tell its value.
    """
    return f"({', '.join(map(_text, values))})"


def _text(value: Any) -> str:
    kind = type(value)
    if kind in PLAIN or isinstance(value, np.generic):
        return repr(value)
    if kind in (tuple, list):
        return f"{kind.__name__}{key_of(*value)}"
    if isinstance(value, tuple) and hasattr(kind, "_fields"):  # a named tuple
        return f"{_name_of(kind)}{key_of(*value)}"
    if kind is np.ndarray and not value.dtype.hasobject:
        digest = hashlib.blake2b(np.ascontiguousarray(value), digest_size=16).hexdigest()
        return f"array({value.dtype.str}, {value.shape}, {digest})"
    if is_dataclass(kind) and kind.__dataclass_params__.frozen:
        pairs = (f"{field.name}={_text(getattr(value, field.name))}" for field in fields(value) if field.compare)
        return f"{_name_of(kind)}({', '.join(pairs)})"
    raise TypeError(f"a cache key takes numbers, texts, arrays and frozen dataclasses of them, got {kind.__name__}")


def _name_of(thing: Callable[..., Any]) -> str:
    """Where a function or a class is defined, which tells it from all others."""
    name = getattr(thing, "__qualname__", None)
    if name is None or "<" in name or hasattr(thing, "__self__"):
        raise TypeError(f"what is cached must be a function of its arguments alone, got {name or thing!r}")
    return f"{thing.__module__}.{name}"
