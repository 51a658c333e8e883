"""The memo: worked out once, shared, bounded."""

import threading

from pages.parts.page.cache import Memo


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
