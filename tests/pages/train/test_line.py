"""What takes long of a run on Train: it waits for its turn in the line, which the page says, and Stop ends that."""

import threading

import pytest

from nncore import ChunkStore, Run
from nncore.experiments.recording import chunk_store
from nncore.experiments.recording.run_training import RunTraining
from pages.parts.live.message import decode
from pages.parts.page import server
from pages.parts.page.playing import catch_up, playback, training
from pages.parts.page.playing.training import STOPPED
from pages.parts.page.session import Session
from tests.pages.conftest import open_app, press

LONG = {"dataset": "circle"}  # all its snapshots take more than four seconds by the model, the first 40 a tenth of one
ENDLESS = {"samples": "2000", "batch_size": "1"}
WAITS = "Two long trainings are going on for other visitors. This one is next in line and begins by itself."


@pytest.fixture
def busy(monkeypatch):
    """A server that trains two other long runs until the event that is yielded is set."""
    store, done = ChunkStore(), threading.Event()
    monkeypatch.setattr(server, "_STORE", store)
    monkeypatch.setattr(catch_up, "FIRST_SECONDS", 0.2)
    monkeypatch.setattr(chunk_store, "LONG_SECONDS", 3.0)

    def train(other: RunTraining) -> None:
        while not done.is_set():
            store.recorded(other, 599, 0.1, in_line=True)
        store.leave_line(other)

    others = [RunTraining(Run.from_dict(LONG | ENDLESS | {"start": start})) for start in "12"]
    for other in others:
        store.recorded(other, 599, 0.0, in_line=True)
    threads = [threading.Thread(target=train, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    yield done
    done.set()
    for thread in threads:
        thread.join()


def test_a_far_frame_waits_for_its_turn_and_says_so_and_then_it_is_shown(busy, monkeypatch):
    said = []

    def line_words(turns: int) -> str:
        said.append(training.line_words(turns))
        busy.set()  # one look was enough: the others leave
        return said[-1]

    monkeypatch.setattr(catch_up, "line_words", line_words)
    app = open_app("", **LONG, frame="599")
    assert said[0] == WAITS
    assert server.chunk_store().held(Run.from_dict(LONG)) == 599 and not app.exception
    assert any("At epoch" in one.value for one in app.subheader)


def test_stop_ends_the_waiting_and_train_begins_it_again(busy, monkeypatch):
    run = Run.from_dict(LONG)

    def stop(turns: int) -> str:
        catch_up.st.session_state[STOPPED] = run.key  # as the button of the page's head does
        catch_up.st.rerun()

    monkeypatch.setattr(catch_up, "line_words", stop)
    app = open_app("", **LONG, frame="599")
    assert [one.value for one in app.info][:1] == [
        "Stopped before there was anything to show. Other settings begin another training."
    ]
    assert not app.subheader and app.slider  # the controls stay, and what would show the run is not there
    monkeypatch.setattr(catch_up, "line_words", training.line_words)
    busy.set()
    press(app, "Train")
    assert any("At epoch" in one.value for one in app.subheader)


def test_the_next_frames_pass_the_line(busy):
    app = open_app("", **LONG)
    assert any("At epoch 0" in one.value for one in app.subheader)
    session = Session(Run.from_dict(LONG))
    session.playback.wanted_frame = 41
    while "later" in (answer := decode(playback.pulled_message(session)))[0]:  # computed, in turns with the others
        assert answer[0]["says"] == ""
    header, arrays = answer
    assert header["first"] <= 41 < header["first"] + len(arrays["frames"]) and not busy.is_set()


def test_training_to_the_end_waits_for_its_turn_and_says_so(busy, monkeypatch):
    app, said = open_app("", **LONG), []
    app.session_state["glassbox"].playback.to_the_end = True
    monkeypatch.setattr(catch_up, "line_words", lambda turns: said.append(turns) or busy.set() or training.line_words(turns))
    app.run()
    assert said[0] == 1 and not app.exception
    assert app.session_state["glassbox"].frame == server.chunk_store().held(Run.from_dict(LONG)) == 599


def test_a_short_run_passes_the_line(busy):
    app = open_app("", dataset="xor", hidden="2", epoch_limit="50")
    assert any("At epoch 0" in one.value for one in app.subheader) and not busy.is_set()
