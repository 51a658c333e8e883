"""Learning in front of the viewer: trainings that go on in slices, and what the view in the browser is sent."""

import json
from collections.abc import Iterator

import numpy as np
import pytest

from nncore.experiments.recording import Recording
from pages.parts.page import learning
from pages.parts.page.learning import Training, Watch
from pages.parts.page.learning_view import Attention, frame_message
from pages.parts.page.session import Session

N_FRAMES = 5


class Run:
    """Five frames, two updates apart."""

    n_bytes, n_frames, n_updates = 100, N_FRAMES, 2 * (N_FRAMES - 1)

    def record(self) -> Iterator[Recording]:
        for n in range(1, N_FRAMES + 1):
            yield Recording(2 * np.arange(n), np.zeros((n, 3)), np.full((n, 3), 0.5))


def looks(parameters: np.ndarray) -> Attention:
    return Attention(np.full((1, 2, 2), parameters[0]), ["a", "b"], ["c", "d"], 1)


def message(training: Training, watch: Watch, updates: int) -> dict:
    return learning._message(training, watch, updates, looks)


@pytest.fixture
def state(monkeypatch) -> dict:
    """What stands in for Streamlit's session state."""
    held: dict = {}
    monkeypatch.setattr(learning.st, "session_state", held)
    return held


@pytest.fixture(autouse=True)
def light(monkeypatch):
    monkeypatch.setattr(learning, "is_dark", lambda: False)


def test_a_training_goes_on_from_slice_to_slice():
    training = Training(Run())
    assert len(training.advance(0.0, 8).updates) == 1 and not training.reached(8)  # no time, and yet a first frame
    assert training.advance(9.0, 3).updates[-1] == 4 and training.reached(3) and not training.finished
    assert training.advance(9.0, 4).updates[-1] == 4
    assert training.advance(9.0, 8).updates[-1] == 8 and training.reached(8)


def test_a_training_that_ends_early_has_reached_its_end():
    training = Training(Run())
    assert training.advance(9.0, 100).updates[-1] == 8 and training.finished and training.reached(100)


def test_the_view_is_sent_the_frames_that_it_lacks_and_told_of_the_end():
    training, watch = Training(Run()), Watch(Run(), wanted=1)
    training.advance(9.0, 4)
    sent = message(training, watch, 8)
    assert (sent["from"], [frame["update"] for frame in sent["frames"]], sent["end"]) == (1, [2, 4], False)
    assert sent["total"] == 8 and sent["heads"] == 1 and sent["columns"] == ["c", "d"]
    assert message(training, watch, 4)["end"]  # where it was to be stopped
    training.advance(9.0, 8)
    watch.wanted = N_FRAMES
    assert message(training, watch, 8)["frames"] == [] and message(training, watch, 8)["end"]


def test_a_message_is_made_of_what_json_can_hold():
    training = Training(Run())
    training.advance(9.0, 8)
    json.dumps(message(training, Watch(Run()), 8))


def test_a_frame_says_its_numbers_in_words_and_holds_them():
    scores = np.array([[2.0, 0.0, 0.0], [1.0, 0.5, 1.0]])
    recording = Recording(np.array([0, 50]), np.zeros((2, 3)), scores)
    frame = frame_message(recording, 1, 100, looks(np.array([0.25])))
    assert frame["scores"] == [1.0, 0.5, 1.0] and frame["weights"] == [[[0.25, 0.25], [0.25, 0.25]]]
    said = "right: 50 % of the training set, 100 % held out"
    assert frame["says"].replace("\u00a0", " ") == f"<b>50 of 100 updates</b> · loss 1.000 · {said}"
    assert frame["alt"][0] == "Training loss, 1.000 after 50 updates"


def test_what_the_view_asks_for_is_trained_and_no_more():
    watch = Watch(Run(), wanted=1)
    training = Training(Run())
    training.advance(9.0, learning._until(watch))
    assert training.recording.updates[-1] == 4  # one more frame than the one it needs: a message in eight


def test_need_stop_and_the_end_are_heeded(state):
    watch, session = Watch(Run()), Session()
    state |= {"block_watch": watch, "block_view": {"need": {"run": watch.token, "from": 3}}}
    learning.on_need("block")
    assert watch.wanted == 3
    state["block_view"] = {"need": {"run": "another", "from": 1}, "played": {"run": "another"}}
    learning.on_need("block")
    learning.on_played("block")
    assert watch.wanted == 3 and state["block_watch"] is watch
    state["block_view"] = {"stop": {"run": watch.token, "update": 6}}
    learning.on_stop(session, "block")
    assert state["block_watch"] is None and session.choices["block"] == "6"
    state["block_watch"], state["block_view"] = watch, {"played": {"run": watch.token}}
    learning.on_played("block")
    assert state["block_watch"] is None


def test_another_run_is_watched_unless_it_is_known(state):
    first, second = Run(), Run()
    assert learning._watch_of("block", first, done=False) is None  # opened by a link
    watch = learning._watch_of("block", second, done=False)
    assert watch is not None and learning._watch_of("block", second, done=False) is watch
    assert learning._watch_of("block", first, done=True) is None
