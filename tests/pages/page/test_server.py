"""What all viewers share: bounded caches, and tidying up when no click comes."""

import threading

from nncore.cache import MEMO_BYTES
from nncore.experiments.recording.chunk_store import ENDS_BYTES
from nncore.experiments.recording.training_store import STORE_BYTES
from pages.parts.page.streamlit_workarounds import forget_left_sessions
from pages.parts.page.tidying import QuietMoments, give_back_memory


def test_all_caches_together_stay_below_200_mb():
    assert MEMO_BYTES + STORE_BYTES + ENDS_BYTES <= 200_000_000


def test_memory_is_given_back_when_no_click_comes_and_the_thread_ends():
    tidied = threading.Event()
    moments = QuietMoments(tidied.set, quiet=0.01, busy=1000.0)
    moments.click()
    assert tidied.wait(10.0)
    tidied.clear()
    moments.click()  # another one begins to wait
    assert tidied.wait(10.0)


def test_what_left_pages_tied_up_in_circles_is_freed():
    class Circle:
        def __init__(self, freed):
            self.me, self.freed = self, freed

        def __del__(self):
            self.freed.append(True)

    freed = []
    Circle(freed)
    give_back_memory()
    assert freed == [True]


def test_left_sessions_are_given_up_after_a_long_quiet_and_memory_once_more():
    told = []
    moments = QuietMoments(lambda: told.append("tidy"), lambda: told.append("forget"), quiet=0.01, busy=1000.0, long=0.05)
    moments.click()
    deadline = threading.Event()
    while told[-2:] != ["forget", "tidy"] and not deadline.wait(0.02):
        assert told.count("forget") < 2
    assert told == ["tidy", "forget", "tidy"]


def test_without_a_server_there_are_no_sessions_to_give_up():
    forget_left_sessions()
