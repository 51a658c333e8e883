"""What all viewers share: bounded caches, and tidying up when no click comes."""

import gc
import subprocess
import sys
import threading
import time

from nncore.cache import MEMO_BYTES
from nncore.experiments.recording.chunk_store import ENDS_BYTES
from nncore.experiments.recording.training_store import STORE_BYTES
from pages.parts.page.server import Lull, chunk_store
from pages.parts.page.streamlit_workarounds import forget_left_sessions
from pages.parts.page.tidying import QuietMoments, give_back_memory
from tests.pages.conftest import open_app


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


def test_everything_is_looked_through_for_circles_in_quiet_moments_alone():
    """In a process of its own: what is frozen stays so."""
    text = (
        "import gc\nfrom pages.parts.page.server import collect_in_quiet_moments\n"
        "young = gc.get_threshold()[:2]\ncollect_in_quiet_moments()\n"
        "assert gc.isenabled() and gc.get_threshold()[:2] == young and gc.get_freeze_count() > 10_000\n"
        "before = gc.get_stats()[2]['collections']\n"
        "circles = [[] for _ in range(2_000_000)]\n"
        "assert gc.get_stats()[2]['collections'] == before and gc.get_stats()[1]['collections'] > 10\n"
    )
    subprocess.run([sys.executable, "-c", text], check=True, timeout=120)


def test_the_test_of_one_page_starts_no_process():
    open_app("neuron")
    for thread in [thread for thread in threading.enumerate() if thread.name in ("warm-up", "training-process")]:
        thread.join(60)
    assert chunk_store().process.number is None and gc.get_freeze_count() == 0


def test_what_is_put_off_begins_when_nobody_has_come_for_a_while():
    lull, arrivals = Lull(quiet=0.2, most=1000.0), []

    def come() -> None:
        for _ in range(10):
            lull.arrival()
            arrivals.append(time.monotonic())
            time.sleep(0.02)

    crowd = threading.Thread(target=come)
    crowd.start()
    lull.wait()
    assert time.monotonic() - arrivals[-1] >= 0.2
    crowd.join()


def test_nobody_who_cannot_wait_waits_for_the_others():
    lull = Lull(quiet=1000.0, most=1000.0)
    waiting = threading.Thread(target=lull.wait, daemon=True)
    waiting.start()
    lull.hurry()
    waiting.join(60)
    assert not waiting.is_alive()
    patient = Lull(quiet=1000.0, most=0.05)
    patient.wait()  # and it is not put off for ever
