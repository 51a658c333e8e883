"""The cache: worked out once, shared, bounded, and never for other arguments."""

import operator
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import ChunkStore, Experiment, Run
from nncore.cache import Memo, RecentlyUsed, cached, key_of
from nncore.experiments.recording import RunTraining


def test_work_is_done_once_for_all_who_ask_at_the_same_time():
    held, calls, ready = Memo(1000), [], threading.Barrier(8)

    def make():
        calls.append(1)
        return "result"

    def ask():
        ready.wait()
        assert held.fetch("key", make, 10) == "result"

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) == 1


def test_the_least_recently_used_makes_room():
    held = Memo(100)
    for name in "abc":
        held.keep(name, name, 40)
    assert held.get("a") is None and held.get("b") == "b"
    held.keep("d", "d", 40)  # b was looked at last, so c goes
    assert held.get("c") is None and held.get("b") == "b" and held.get("d") == "d"


def test_one_that_is_too_large_is_kept_alone():
    held = Memo(100)
    held.keep("small", 1, 10)
    held.keep("large", 2, 500)
    assert held.get("large") == 2 and held.get("small") is None


def test_a_key_kept_again_counts_once():
    held = Memo(100)
    for _ in range(5):
        held.keep("a", 1, 60)
    held.keep("b", 2, 40)
    assert held.get("a") == 1 and held.get("b") == 2


def test_what_is_none_is_kept_too():
    held, calls = Memo(100), []
    for _ in range(2):
        assert held.fetch("a", lambda: calls.append(1), 10) is None
    assert len(calls) == 1


def test_a_failure_is_not_kept():
    held = Memo(100)
    with pytest.raises(ZeroDivisionError):
        held.fetch("a", lambda: 1 / 0, 10)
    assert held.fetch("a", lambda: 7, 10) == 7


def test_a_result_may_tell_its_own_size():
    held = Memo(100)
    held.fetch("a", lambda: "x" * 60, len)
    held.fetch("b", lambda: "x" * 60, len)
    assert held.get("a") is None and held.get("b") == "x" * 60


class Watched(OrderedDict):
    """A dictionary that has another thread look for a key while it is changed, and drop one while it is read."""

    def __init__(self, look, drops):
        super().__init__()
        self.look, self.drops = look, drops

    def __setitem__(self, key, value):
        self.look()
        super().__setitem__(key, value)
        self.look()

    def move_to_end(self, key, last=True):
        super().move_to_end(key, last)
        if key in self.drops:
            self.pop(key)


def test_a_reader_without_a_lock_finds_the_old_or_the_new_value_and_no_error_where_another_thread_drops_it():
    seen, held = [], RecentlyUsed(100)
    held._held = Watched(lambda: seen.append(held._held.get("a", (None,))[0]), drops={"b"})
    for value in ("old", "new"):
        held.keep("a", value, 10)
    assert seen == [None, "old", "old", "new"] and held.n_bytes == 10
    held._held.update(b=("gone", 0))
    assert held.get("b", "nothing") == "nothing" and held.get("a") == "new"


@pytest.mark.parametrize("read", ["get", "recorded", "so_far", "ask"])
def test_what_is_there_is_read_while_another_thread_holds_the_lock(read):
    store, run = ChunkStore(), Run(Experiment("corners", hidden=(2,)))
    store.chunk_at(run, 40)
    training, memo = RunTraining(run), Memo()
    memo.keep("key", 7, 1)
    reads = {
        "get": lambda: memo.get("key") == 7,
        "recorded": lambda: store.recorded(training, 40).last >= 40,
        "so_far": lambda: store.so_far(training).last >= 40,
        "ask": lambda: store.ask(training, 40) is None,
    }
    found = []
    with store.thread.changed, memo._book:
        reader = threading.Thread(target=lambda: found.append(reads[read]()), daemon=True)
        reader.start()
        reader.join(5)
        assert found == [True]


def test_bytes_are_counted_as_values_come_and_go():
    held = RecentlyUsed(100)
    held.keep("a", 1, 30)
    held.keep("a", 2, 50)
    held.keep("b", 3, 20)
    assert held.n_bytes == 70 and len(held) == 2 and "a" in held
    held.drop("a")
    held.drop("never held")
    assert held.n_bytes == 20 and held.get("a", "gone") == "gone"


@dataclass(frozen=True)
class Plan:
    size: int
    name: str = ""


class Pair(NamedTuple):
    first: int
    second: int


ALIKE = [
    1, 1.0, True, "1", b"1", None, "None", (1,), [1], (1, 1), ((1,), 1), (1, (1,)), 0.0, -0.0, float("nan"), 1j, "a, b",
    ("a", "b"),
    np.float32(1), np.float64(1), np.int64(1), np.array(1), np.array([1]), np.array([[1]]), np.array([1.0]), np.array([2]),
    Plan(1), Plan(2), Plan(1, "a"), Pair(1, 2), (1, 2), Experiment(), Experiment(learning_rate=0.030000000000000006),
]  # fmt: skip


def test_values_that_differ_never_share_a_key():
    keys = [key_of(value) for value in ALIKE]
    assert len(set(keys)) == len(keys)
    assert len({key_of(a, b) for a in ALIKE for b in ALIKE}) == len(ALIKE) ** 2


simple = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary()
values = st.recursive(simple, lambda inner: st.lists(inner) | st.lists(inner).map(tuple), max_leaves=8)


@settings(deadline=None)
@given(st.lists(values, max_size=3), st.lists(values, max_size=3))
def test_two_lists_of_arguments_share_a_key_only_if_they_are_the_same(first, second):
    assert (key_of(*first) == key_of(*second)) == (repr(first) == repr(second))


@pytest.mark.parametrize("name, value", [
    ("samples", 300), ("noise", 5), ("learning_rate", 0.1), ("batch_size", None), ("hidden", (8, 9)), ("data_seed", 1),
    ("features", ("x1",)),
])  # fmt: skip
def test_every_field_of_a_description_counts(name, value):
    assert key_of(Experiment()) != key_of(replace(Experiment(), **{name: value}))


def test_arrays_count_by_their_numbers():
    a = np.arange(6.0).reshape(2, 3)
    assert key_of(a) == key_of(a.copy()) == key_of(np.asfortranarray(a))
    assert key_of(a) != key_of(a.T) and key_of(a) != key_of(a.astype(np.float32))


@pytest.mark.parametrize("value", [
    object(), {"a": 1}, {1}, lambda: 1, Plan([1, object()]), np.array([object()]), Experiment,
])  # fmt: skip
def test_what_does_not_tell_its_value_is_refused(value):
    with pytest.raises(TypeError, match="a cache key takes"):
        key_of(value)


def area(width, height):
    return [width * height]


def perimeter(width, height):
    return [2 * (width + height)]


def test_a_function_is_called_once_for_the_same_arguments():
    assert cached(area, 2, 3, n_bytes=10) is cached(area, 2, 3, n_bytes=10)
    assert cached(area, 3, 2, n_bytes=10) == [6] and cached(area, 3, 2, n_bytes=10) is not cached(area, 2, 3, n_bytes=10)
    assert cached(perimeter, 2, 3, n_bytes=10) == [10]
    before = cached(area, 2, 3, n_bytes=10)
    assert cached(area, 2, 3, n_bytes=10, again=True) is not before
    assert cached(area, 2, 3, n_bytes=10) is not before


def test_a_function_that_depends_on_more_than_its_arguments_is_refused():
    width = 2
    for function in (lambda: width, [width].count, operator.methodcaller("count", 1)):
        with pytest.raises(TypeError, match="must be a function of its arguments alone"):
            cached(function, 1, n_bytes=10)
