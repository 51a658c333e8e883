"""Wire: what two processes tell each other about one training, in which no array travels twice.

A recording that grows repeats, frame after frame, what it held before: arrays as they were, and arrays with a few rows more.
Who sends remembers what the last message held, and so does who reads; of what both know only the number is sent, and of what
has grown only the new rows.
"""

import io
import pickle
from typing import Any

import numpy as np

Array = np.ndarray

KNOWN, GROWN, WHOLE = "known", "grown", "whole"
SMALL_BYTES = 256  # what is smaller travels again: that is less work than to remember it


class Wire:
    """One end of the wire: `pack` at the one, `unpack` at the other, message after message, in the same order.

    Both take the word of who made a value that its arrays stay as they are, and remember those of the last message only.
    """

    def __init__(self):
        self._known: dict[int, Array] = {}  # by number, as the other end counts them
        self._numbers: dict[int, int] = {}  # by the identity of an array that is known here
        self._rows: dict[int, int] = {}  # of an array that grows: how many are there at the other end
        self._next = 0

    def pack(self, value: Any) -> bytes:
        """`value` as bytes for the other end."""
        file, used = io.BytesIO(), set()
        packer = pickle.Pickler(file, protocol=5)
        packer.persistent_id = lambda one: self._told(one, used)
        packer.dump(value)
        self._forget_others(used)
        return file.getvalue()

    def unpack(self, message: bytes) -> Any:
        """The value of which the other end made this `message`."""
        used = set()
        unpacker = pickle.Unpickler(io.BytesIO(message))
        unpacker.persistent_load = lambda told: self._array(told, used)
        value = unpacker.load()
        self._forget_others(used)
        return value

    def _told(self, value: Any, used: set[int]) -> tuple | None:
        """What is sent in place of an array; None for what travels as it is."""
        if type(value) is not np.ndarray or value.dtype.hasobject or value.nbytes < SMALL_BYTES:
            return None
        whole = value.base if is_beginning(value) else value
        number = self._numbers.get(id(whole))
        if number is None:
            number = self._learn(whole)
            if whole is value:
                told = WHOLE, number, value.dtype.str, value.shape, value.flags.writeable, _bytes_of(value)
            else:
                self._rows[number] = 0
        elif number not in self._rows:
            told = KNOWN, number, len(value) if value.ndim else None
        if number in self._rows:
            sent, self._rows[number] = self._rows[number], max(self._rows[number], len(value))
            told = (GROWN, number, value.dtype.str, whole.shape, value.flags.writeable, len(value), sent,
                    _bytes_of(value[sent:]))  # fmt: skip
        used.add(number)
        return told

    def _array(self, told: tuple, used: set[int]) -> Array:
        """The array in place of which this was sent."""
        kind, number, *rest = told
        if kind == KNOWN:
            whole, (n_rows,) = self._known[number], rest
            array = whole if n_rows in (None, len(whole)) else whole[:n_rows]
        elif kind == WHOLE:
            dtype, shape, is_writeable, content = rest
            array = np.frombuffer(bytearray(content), dtype).reshape(shape)
            array.flags.writeable = is_writeable
            self._learn(array, number)
        else:
            dtype, shape, is_writeable, n_rows, sent, content = rest
            if number not in self._known:
                self._learn(np.empty(shape, dtype), number)
            whole = self._known[number]
            whole[sent:n_rows] = np.frombuffer(content, dtype).reshape(-1, *shape[1:])
            array = whole[:n_rows]
            array.flags.writeable = is_writeable
        used.add(number)
        return array

    def _learn(self, array: Array, number: int | None = None) -> int:
        """Remembers an array under its `number`, or the next one."""
        number = self._next if number is None else number
        self._next = max(self._next, number + 1)
        self._known[number], self._numbers[id(array)] = array, number
        return number

    def _forget_others(self, used: set[int]) -> None:
        for number in self._known.keys() - used:
            self._numbers.pop(id(self._known.pop(number)), None)
            self._rows.pop(number, None)


def is_beginning(value: Array) -> bool:
    """Whether `value` is the first rows of a larger array that is filled row by row."""
    whole = value.base
    return (
        type(whole) is np.ndarray and whole.base is None and whole.ndim == value.ndim > 0 and whole.dtype == value.dtype
        and whole.shape[1:] == value.shape[1:] and whole.flags.c_contiguous and value.flags.c_contiguous
        and whole.ctypes.data == value.ctypes.data
    )  # fmt: skip


def _bytes_of(value: Array) -> bytes:
    return np.ascontiguousarray(value).tobytes()
