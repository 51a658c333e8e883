"""The one driver: it trains a Run and every other training alike, and answers whatever player asks it."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st

from nncore import ChunkStore, Experiment, Run
from nncore.experiments.recording.training_store import Recorded
from pages.parts.page.playing import catch_up, driver
from pages.parts.page.playing.catch_up import BranchFrames, RunFrames
from pages.parts.page.playing.driver import (
    TrainingFrames,
    hear_commands,
    hear_need,
    train_between_reruns,
    train_slice,
    train_to,
)
from pages.parts.page.session import Session


@dataclass(frozen=True)
class Counting:
    """Frames 0 to 9, each of them the list of the numbers so far."""

    n_frames: int = 10
    n_bytes: int = 100

    def record(self) -> Iterator[list[int]]:
        for frame in range(self.n_frames):
            yield list(range(frame + 1))


RUN = Run(Experiment("xor", hidden=(2,)))
BRANCHED = RUN.changed(50, RUN.settings.with_changes(learning_rate=0.3))
SHORT = Run(Experiment("xor", hidden=(2,), epoch_limit=10))


@pytest.fixture(autouse=True)
def state(monkeypatch) -> dict:
    """What stands in for Streamlit's session state, and a store of its own."""
    held, store = {}, ChunkStore()
    monkeypatch.setattr(st, "session_state", held)
    for module in (driver, catch_up):
        monkeypatch.setattr(module, "chunk_store", lambda: store)
    return held


@pytest.mark.parametrize("source, frame, last, finished", [
    (TrainingFrames(Counting()), 4, 4, False), (TrainingFrames(Counting()), 99, 9, True),
    (RunFrames(RUN), 70, 80, False), (RunFrames(BRANCHED), 70, 90, False), (RunFrames(SHORT), 70, 10, True),
])  # fmt: skip
def test_every_source_is_trained_until_the_frame_is_there_or_its_training_ends(source, frame, last, finished):
    seen = []
    found = train_to(source, frame, seen.append, seconds=10.0)
    assert (found.last, found.finished) == (last, finished) and found.holds(frame)
    assert len(seen) == 2 and seen[-1] is found  # before the first slice, and after it
    assert train_slice(source, frame).last == last


def test_a_run_is_trained_one_chunk_in_a_slice_that_takes_no_time():
    lasts = []
    train_to(RunFrames(BRANCHED), 130, lambda found: lasts.append(found.last), seconds=0)
    assert lasts == [50, 90, 130]  # its branch stands at 50, before anything of it is recorded


def test_it_is_given_up_after_the_longest_time():
    @dataclass(frozen=True)
    class Endless:
        def so_far(self) -> None:
            return None

        def train_on(self, frame: int, seconds: float) -> Recorded:
            return Recorded("little", 0, 0.0, False)

    assert train_to(Endless(), 5, lambda found: None, at_most=0.0).recording == "little"


def test_a_run_is_known_without_the_branches_that_its_training_never_reaches():
    late = Run(SHORT.experiment, (*BRANCHED.branches,))
    assert train_to(BranchFrames(late), 1, lambda found: None, 10.0).recording == SHORT
    assert train_to(BranchFrames(BRANCHED), 1, lambda found: None, 10.0).recording == BRANCHED


def test_between_two_slices_the_page_is_drawn_and_run_again(monkeypatch):
    class Rerun(Exception):
        pass

    def rerun(scope: str) -> None:
        raise Rerun(scope)

    monkeypatch.setattr(st, "rerun", rerun)
    seen = []
    for source, frame in ((RunFrames(RUN), 81), (TrainingFrames(Counting()), 9)):
        for _ in range(1000):
            try:
                found = train_between_reruns(source, frame, seen.append, seconds=0)
                break
            except Rerun as error:
                assert str(error) == "fragment" and not seen[-1].holds(frame)
        assert found.holds(frame)
    assert [one.last for one in seen[:2]] == [40, 80]  # of the run


@dataclass
class Slow:
    """A training that never ends, on a clock of its own."""

    clock: float = 100.0

    def so_far(self) -> None:
        return None

    def train_on(self, frame: int, seconds: float) -> Recorded:
        self.clock += max(seconds, 0.001)
        return Recorded("little", 0, 0.0, False)


@pytest.mark.parametrize(("drawn", "trained"), [(0.02, 0.15), (0.15, 0.45), (0.5, 5.0), (9.0, 5.0)])
def test_the_longer_a_picture_takes_the_longer_it_is_trained_till_the_next(monkeypatch, drawn, trained):
    source, shown, clicks = Slow(), [], []
    monkeypatch.setattr("pages.parts.page.playing.driver.time", SimpleNamespace(monotonic=lambda: source.clock))
    monkeypatch.setattr("pages.parts.page.playing.driver.let_clicks_through", lambda: clicks.append(source.clock))

    def show(found: Recorded | None) -> None:
        shown.append(source.clock)
        source.clock += drawn

    train_to(source, 9, show, at_most=30.0)
    between = np.diff(shown) - drawn
    assert between[:-1] == pytest.approx(np.full(len(between) - 1, trained), abs=0.01) and len(between) >= 2
    assert max(np.diff(clicks)) <= max(0.16, drawn + 0.16)  # a click is let through after each of the usual slices


@pytest.mark.parametrize(("drawn", "trained"), [(0.02, 0.15), (0.15, 0.45), (0.5, 5.0), (9.0, 5.0)])
def test_the_longer_a_page_takes_to_be_drawn_the_longer_it_is_trained_between_two_pictures(monkeypatch, drawn, trained):
    class Rerun(Exception):
        pass

    def rerun() -> None:
        raise Rerun

    source, clicks = Slow(), []
    monkeypatch.setattr("pages.parts.page.playing.driver.time", SimpleNamespace(monotonic=lambda: source.clock))
    monkeypatch.setattr("pages.parts.page.playing.driver.rerun_fragment", rerun)
    monkeypatch.setattr("pages.parts.page.playing.driver.let_clicks_through", lambda: clicks.append(source.clock))
    for count in range(2):  # of the first picture nobody knows how long it takes
        begun = source.clock
        with pytest.raises(Rerun):
            train_between_reruns(source, 9, lambda found: None)
        assert source.clock - begun == pytest.approx(trained if count else 0.15, abs=0.01)
        source.clock += drawn
    assert len(clicks) >= trained / 0.15 - 1.5  # one after each of the usual slices but the last
    del st.session_state["drawn_from"]


def test_a_need_moves_the_position_of_the_player_that_it_is_of(state):
    position = SimpleNamespace(wanted_frame=3)
    assert hear_need("view", "run", position, 99) is None
    state["view"] = {"need": {"run": "another", "from": 7}}
    assert hear_need("view", "run", position, 99) is None and position.wanted_frame == 3
    for asked, wanted in ((7, 7), (-5, 0), (10**9, 99)):
        state["view"] = {"need": {"run": "run", "from": asked, "scene": True}}
        assert hear_need("view", "run", position, 99)["scene"] and position.wanted_frame == wanted


def test_commands_are_done_in_their_order_and_once(state):
    session, done = Session(), []
    table = {"one": lambda _, command: done.append(command["n"]), "two": lambda _, command: done.append(-command["n"])}
    presses = [{"name": name, "n": n} for n, name in enumerate(("one", "two", "unknown", "one"), 1)]
    state["view"] = {"command": {**presses[-1], "before": presses[:-1]}}
    assert hear_commands(session, "view", table) and done == [1, -2, 4]
    assert not hear_commands(session, "view", table) and done == [1, -2, 4]
