"""The training thread: turns, clicks, errors and an end."""

import itertools
import threading
import time

import pytest

from nncore.experiments.recording.jobs import Part
from nncore.experiments.recording.training_thread import TrainingThread


class Counting:
    """A training whose part n is the number n; a part takes `steps` pieces of work, and `log` tells whose turn it was."""

    def __init__(self, name="", steps=1, log=None, n_parts=10**9):
        self.name, self.steps, self.log, self.n_parts = name, steps, [] if log is None else log, n_parts

    def __call__(self, number):
        for n in range(self.n_parts):
            for _ in range(self.steps):
                self.log.append(self.name)
                time.sleep(2e-4)
                yield None
            yield Part(n, n, is_last=n == self.n_parts - 1)


def wait(thread, name, number, begin, seconds=None):
    with thread.changed:
        return thread.wait(name, number, begin, seconds)


def is_idle_after(thread, seconds=10.0):
    end = time.monotonic() + seconds
    while not thread.is_idle and time.monotonic() < end:
        time.sleep(0.005)
    return thread.is_idle


def test_who_waits_gets_the_part_and_the_thread_ends():
    thread = TrainingThread()
    assert wait(thread, "a", 3, Counting()).value == 3
    assert is_idle_after(thread)


def test_the_last_part_answers_for_all_that_would_follow():
    assert wait(TrainingThread(), "a", 2, Counting(n_parts=3)).value == 2
    part = Part(4, "end", is_last=True)
    assert part.answers(9) and not part.answers(3) and not Part(4, "").answers(5)
    assert Part(4, "all", is_whole=True).answers(3) and not Part(4, "all", is_whole=True).answers(5)


def test_trainings_take_turns(monkeypatch):
    # In slices far shorter than a part, neither of two trainings is finished before the other has begun.
    monkeypatch.setattr("nncore.experiments.recording.training_thread.SLICE_SECONDS", 1e-4)
    thread, log = TrainingThread(), []
    with thread.changed:
        for name in "abc":
            thread.ask(name, 0, Counting(name, 30, log))
    assert is_idle_after(thread)
    assert {log.count(name) for name in "abc"} == {30}
    assert set(log[:9]) == set(log[-9:]) == set("abc")


def test_what_many_ask_for_gets_more_turns_and_nobody_is_left_out(monkeypatch):
    monkeypatch.setattr("nncore.experiments.recording.training_thread.SLICE_SECONDS", 1e-6)

    class Asking(Counting):
        """It is asked for nine times in each of its slices, as by nine who look at it."""

        def __call__(self, number):
            for part in super().__call__(number):
                with thread.changed:
                    for _ in range(9):
                        thread.ask("many", 0, self)
                yield part

    thread, log = TrainingThread(), []
    with thread.changed:
        for name in "abc":
            thread.ask(name, 0, Counting(name, 60, log))
        thread.ask("many", 0, Asking("many", 60, log))
    assert is_idle_after(thread)
    meanwhile = log[: max(at for at, name in enumerate(log) if name == "many") + 1]
    # It waits a turn for eighteen, with those of the slices before, the others as many turns for one: six of seven turns
    # are its, where it had each fourth.
    assert 66 <= len(meanwhile) <= 76 and {meanwhile.count(name) for name in "abc"} <= {3, 4, 5}


def test_what_many_ask_for_once_gets_more_turns_until_its_part_is_there(monkeypatch):
    monkeypatch.setattr("nncore.experiments.recording.training_thread.SLICE_SECONDS", 1e-6)
    thread, log = TrainingThread(), []
    with thread.changed:
        for name in ("a", "b", *60 * ["many"], "c"):
            thread.ask(name, 0, Counting(name, 5, log))
    assert is_idle_after(thread)
    assert {log.count(name) for name in "abc"} == {log.count("many")} == {5}
    assert len(log) - log[::-1].index("many") <= 9  # in equal turns it would be there with the last ones, after 18


def test_what_those_who_asked_have_left_is_made_when_nobody_waits_for_anything_else(monkeypatch):
    monkeypatch.setattr("nncore.experiments.recording.training_thread.SLICE_SECONDS", 1e-6)
    monkeypatch.setattr("nncore.experiments.recording.training_thread.LEFT_SECONDS", 0.05)
    thread, log = TrainingThread(), []
    with thread.changed:
        for name in ("left", "left too"):
            thread.ask(name, 0, Counting(name, 800, log))
    time.sleep(0.1)
    assert wait(thread, "here", 0, Counting("here", 50, log)).value == 0
    begun = log.index("here")
    assert set(log[begun : begun + 50]) == {"here"} and set(log[:begun]) == {"left", "left too"}
    assert is_idle_after(thread) and log.count("left") == log.count("left too") == 800


def test_a_click_is_answered_first():
    thread, log = TrainingThread(), []
    with thread.clicks_first():
        with thread.changed:
            thread.ask("patient", 0, Counting("patient", 20, log))
        wait(thread, "click", 0, Counting("click", 20, log))
        assert log == ["click"] * 20
    assert is_idle_after(thread) and log[20:] == ["patient"] * 20


def test_what_nobody_has_seen_any_of_gets_most_turns_and_the_others_go_on(monkeypatch):
    monkeypatch.setattr("nncore.experiments.recording.training_thread.SLICE_SECONDS", 1e-6)
    thread, log = TrainingThread(), []
    with thread.changed:
        for name in "abcdef":
            thread.ask(name, 0, Counting(name, 100, log), is_new=name == "f")
    assert is_idle_after(thread)
    before = log[: max(at for at, name in enumerate(log) if name == "f") + 1]
    # Four turns of five, where it would have had one of six.
    assert before.count("f") == 100 and 20 <= len(before) - 100 <= 30 and len(set(before)) == 6


def test_an_error_reaches_all_who_wait_and_the_next_begins_anew():
    def broken(number):
        yield None
        raise ZeroDivisionError("no")

    thread, errors, ready = TrainingThread(), [], threading.Barrier(3)

    def ask():
        ready.wait()
        with pytest.raises(ZeroDivisionError) as raised:
            wait(thread, "a", 0, broken)
        errors.append(raised.value)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(errors) == 3
    assert wait(thread, "a", 0, Counting()).value == 0


def test_nothing_is_trained_for_who_has_gone():
    thread, log = TrainingThread(), []
    assert wait(thread, "a", 10_000, Counting("a", 5, log), 0.02) is None
    assert is_idle_after(thread)
    done = len(log)
    time.sleep(0.05)
    assert len(log) == done < 50_000


def test_what_was_asked_for_is_made_though_nobody_waits():
    thread, training = TrainingThread(), Counting(steps=5)
    with thread.changed:
        thread.ask("a", 2, training)
    assert wait(thread, "a", 0, training, 0.0) is None
    assert is_idle_after(thread)
    assert len(training.log) == 15


class Line:
    """Three long trainings that somebody waits for; they end when `go` is set, and `log` names those that began."""

    def __init__(self, thread: TrainingThread):
        self.thread, self.log, self.go = thread, [], threading.Event()
        self.asking = [threading.Thread(target=self._ask, args=(name,)) for name in "abc"]
        for number, one in enumerate(self.asking, 1):
            one.start()
            end = time.monotonic() + 10.0
            while len(self.log) < min(number, 2) and time.monotonic() < end:
                time.sleep(0.001)

    def held(self, name):
        def work(number):
            self.log.append(name)
            while not self.go.is_set():
                time.sleep(1e-3)
                yield None
            yield Part(0, name, is_last=True)

        return work

    def _ask(self, name):
        with self.thread.changed:
            assert self.thread.wait(name, 0, self.held(name), 10.0, is_long=True).value == name

    def all_go(self):
        self.go.set()
        for one in self.asking:
            one.join()


def test_two_long_trainings_go_on_and_the_third_when_one_is_done():
    thread = TrainingThread()
    line = Line(thread)
    assert wait(thread, "short", 3, Counting()).value == 3  # a short training passes the line
    assert line.log == ["a", "b"]
    with thread.changed:
        assert thread.line.number("c") == 1
    line.all_go()
    assert line.log == ["a", "b", "c"] and is_idle_after(thread)


def test_who_still_waits_keeps_the_place_however_long_it_takes_and_who_has_left_is_forgotten():
    thread, now = TrainingThread(), [0.0]
    thread.line.clock = lambda: now[0]
    line = Line(thread)
    with thread.changed:
        thread.ask("left", 0, line.held("left"), is_long=True)
        assert "c" in thread.line and "left" in thread.line
    for _ in range(4):  # longer than anybody has patience, who is not asked for
        now[0] += 0.6 * thread.line.patience
        end = time.monotonic() + 10.0
        while {thread.line._asked[name] for name in "abc"} != {now[0]} and time.monotonic() < end:
            time.sleep(1e-3)
    with thread.changed:
        assert thread.line.number("c") == 1 and "left" not in thread.line
    assert line.log == ["a", "b"]  # nobody passed the line by waiting in it
    line.all_go()
    assert line.log == ["a", "b", "c"] and is_idle_after(thread)


def test_a_long_training_that_was_asked_for_and_is_at_work_keeps_its_turn_till_its_part_is_there(monkeypatch):
    monkeypatch.setattr("nncore.experiments.recording.training_thread.SLICE_SECONDS", 1e-6)
    thread, log, ticks = TrainingThread(), [], itertools.count()
    thread.line.clock, thread.line.patience = lambda: next(ticks), 20  # a clock that goes on when it is looked at
    with thread.changed:
        thread.ask("a", 0, Counting("a", 1000, log), is_long=True)
    assert is_idle_after(thread) and len(log) == 1000


def test_what_is_short_of_a_training_that_waits_in_the_line_is_made_at_once():
    thread = TrainingThread()
    line = Line(thread)
    with thread.changed:
        thread.ask("d", 5, Counting(), is_long=True)
        assert thread.line.number("d") == 2
    assert wait(thread, "d", 3, Counting()).value == 3
    with thread.changed:
        assert thread.line.number("d") == 2
    line.all_go()
    assert is_idle_after(thread)
