"""A run that takes long on Train: it waits for its turn in the line, which the page says, and Stop ends that."""

import threading

import pytest

from nncore import ChunkStore, Run
from nncore.experiments.recording import training_store
from nncore.experiments.recording.run_training import RunTraining
from pages.parts.live.message import decode
from pages.parts.page import server
from pages.parts.page.playing import catch_up, playback, training
from pages.parts.page.playing.training import STOPPED
from pages.parts.page.session import Session
from tests.pages.conftest import open_app, press

LONG = {"dataset": "circle"}  # all its snapshots take more than four seconds by the model, the first 40 a tenth of one
WAITS = "Two long trainings are going on for other visitors. This one is next in line and begins by itself."


@pytest.fixture
def busy(monkeypatch):
    """A server that trains two other long runs until the event that is yielded is set."""
    store, done = ChunkStore(), threading.Event()
    monkeypatch.setattr(server, "_STORE", store)
    monkeypatch.setattr(catch_up, "FIRST_SECONDS", 0.2)
    monkeypatch.setattr(training_store, "LONG_SECONDS", 3.0)

    def train(other: RunTraining) -> None:
        while not done.is_set():
            store.recorded(other, 599, 0.1)
        store.leave_line(other)

    others = [RunTraining(Run.from_dict(LONG | {"start": start})) for start in "12"]
    for other in others:
        store.recorded(other, 599, 0.0)
    threads = [threading.Thread(target=train, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    yield done
    done.set()
    for thread in threads:
        thread.join()


def test_a_long_run_waits_for_its_turn_and_says_so_and_then_it_is_shown(busy, monkeypatch):
    said = []

    def line_words(turns: int) -> str:
        said.append(training.line_words(turns))
        busy.set()  # one look was enough: the others leave
        return said[-1]

    monkeypatch.setattr(catch_up, "line_words", line_words)
    app = open_app("", **LONG)
    assert said[0] == WAITS
    assert server.chunk_store().held(Run.from_dict(LONG)) >= 40 and not app.exception
    assert any("At epoch 0" in one.value for one in app.subheader)


def test_stop_ends_the_waiting_and_train_begins_it_again(busy, monkeypatch):
    run = Run.from_dict(LONG)

    def stop(turns: int) -> str:
        catch_up.st.session_state[STOPPED] = run.key  # as the button of the page's head does
        return training.line_words(turns)

    monkeypatch.setattr(catch_up, "line_words", stop)
    app = open_app("", **LONG)
    assert [one.value for one in app.info][:1] == [
        "Stopped before there was anything to show. Other settings begin another training."
    ]
    assert not app.subheader and app.slider  # the controls stay, and what would show the run is not there
    monkeypatch.setattr(catch_up, "line_words", training.line_words)
    busy.set()
    press(app, "Train")
    assert any("At epoch 0" in one.value for one in app.subheader)


def test_what_plays_is_told_that_it_waits(busy):
    session = Session(Run.from_dict(LONG))
    session.playback.wanted_frame = 41
    header, _ = decode(playback.pulled_message(session))
    assert header["later"] > 0 and header["says"] == WAITS


def test_a_short_run_passes_the_line(busy):
    app = open_app("", dataset="xor", hidden="2", epoch_limit="50")
    assert any("At epoch 0" in one.value for one in app.subheader) and not busy.is_set()
