"""Training in front of the viewer: it is shown on the way, and what is said of the remaining time."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from nncore import ChunkStore
from nncore.cache import key_of
from pages.parts.page.playing import driver
from pages.parts.page.playing.driver import CURRENT, TrainingFrames, train_slice
from pages.parts.page.playing.training import (
    ASKED,
    STOPPED,
    Watching,
    as_picture,
    line_words,
    time_left,
    waiting_words,
    watch,
    watch_or_wait,
)


@dataclass(frozen=True)
class Counting:
    """Frames 0 to 9, each of them the list of the numbers so far; nothing that could be seen where it is broken."""

    broken: bool = False
    n_frames: int = 10
    n_bytes: int = 100

    def record(self) -> Iterator[list[int] | None]:
        if self.broken:
            raise ValueError("broken")
        for frame in range(self.n_frames):
            yield None
            yield list(range(frame + 1))


@pytest.fixture(autouse=True)
def state(monkeypatch) -> dict:
    """What stands in for Streamlit's session state, and a store of its own."""
    held, store = {}, ChunkStore()
    monkeypatch.setattr(driver.st, "session_state", held)
    monkeypatch.setattr(driver, "chunk_store", lambda: store)
    return held


def test_a_training_is_shown_on_the_way_and_comes_to_its_end():
    seen = []
    watching = Watching(lambda recording: seen.append(list(recording)) or "<i></i>", lambda found, left: f"{found.last}")
    recording = watch(Counting(), watching)
    assert recording == list(range(10)) and seen[-1] == recording
    shown = len(seen)
    assert watch(Counting(), watching) is recording and len(seen) == shown  # what is there is not shown again


def test_it_goes_on_as_far_as_it_is_to_and_no_further():
    found = train_slice(TrainingFrames(Counting()), 3, 10.0)
    assert found.last == 3 and not found.finished
    assert train_slice(TrainingFrames(Counting()), 2).recording is found.recording


def test_an_error_in_a_training_reaches_the_page():
    with pytest.raises(ValueError, match="broken"):
        watch(Counting(broken=True), Watching())


def test_a_stopped_training_is_shown_as_far_as_it_is_and_does_not_go_on(state):
    train_slice(TrainingFrames(Counting()), 4, 10.0)
    state[STOPPED] = key_of(Counting())
    said = []
    assert watch_or_wait(Counting(), Watching(waiting=lambda share: said.append(share) or "waits")) == [0, 1, 2, 3, 4]
    assert said == [4 / 9] and state[CURRENT] == key_of(Counting())
    assert train_slice(TrainingFrames(Counting()), 0).last == 4


def test_another_training_than_the_stopped_one_goes_on(state):
    state[STOPPED] = key_of(Counting())
    assert watch_or_wait(Counting(n_frames=3), Watching()) == [0, 1, 2]


def test_long_work_asks_first_and_shows_nothing_before():
    said = []
    watching = Watching(waiting=lambda share: said.append(share) or "Train it?", asks_first=True, first_shown=1)
    assert watch_or_wait(Counting(), watching) is None and said == [0.0]
    train_slice(TrainingFrames(Counting()), 0, 10.0)
    assert watch_or_wait(Counting(), watching) is None  # the first frame alone is no training
    train_slice(TrainingFrames(Counting()), 1, 10.0)
    assert watch_or_wait(Counting(), watching) == list(range(10))


def test_an_image_is_sent_as_its_address():
    assert as_picture("<svg/>", "Nothing") == (
        '<img alt="Nothing" style="max-width: 100%" src="data:image/svg+xml;base64,PHN2Zy8+">')  # fmt: skip


@pytest.mark.parametrize("seconds, first, share, words", [
    (0.5, 0.0, 0.5, ""), (4.0, 0.0, 0.25, ", about 12 s left"), (4.0, 0.5, 0.75, ", about 4 s left"), (4.0, 0.5, 0.5, ""),
    (4.0, 0.0, 1.0, ", less than a second left"),
])  # fmt: skip
def test_the_time_left_follows_from_the_share_done_meanwhile(seconds, first, share, words):
    assert time_left(seconds, first, share) == words


@dataclass(frozen=True)
class Long(Counting):
    """The same, and by its model it takes longer than work may that nobody asked for."""

    seconds: float = 10.5


def test_what_takes_more_than_ten_seconds_by_its_model_begins_with_a_click(state):
    assert watch_or_wait(Long(), Watching()) is None
    assert watch_or_wait(Long(seconds=9.5), Watching()) == list(range(10))
    assert waiting_words(Long(n_bytes=58_000_000), 0.0) == "This takes about 11 s on an idle machine, and 58 MB. Train it?"
    state[ASKED] = key_of(Long())  # as the click leaves it
    assert watch_or_wait(Long(), Watching()) == list(range(10))


@pytest.mark.parametrize("turns, words", [(1, "next in line"), (3, "number 3 in line")])
def test_who_waits_for_a_turn_is_told_so(turns, words):
    assert words in line_words(turns)
