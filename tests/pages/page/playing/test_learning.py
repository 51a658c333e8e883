"""Learning in front of the viewer: trainings that go on in slices, and what the view in the browser is sent."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest

from nncore.experiments.recording.recording import Recording
from nncore.experiments.recording.training_store import Recorded, TrainingStore
from pages.parts.live.message import decode
from pages.parts.page.playing import learning
from pages.parts.page.playing.learning import Watch, reached
from pages.parts.page.playing.learning_view import Attention, frame_words
from pages.parts.page.session import Session
from tests.pages.conftest import link_value, open_app, open_script

N_FRAMES = 5


@dataclass(frozen=True)
class Run:
    """Five frames, two updates apart."""

    seed: int = 0
    n_bytes: int = 100
    n_frames: int = N_FRAMES
    n_updates: int = 2 * (N_FRAMES - 1)

    def record(self) -> Iterator[Recording]:
        for n in range(1, N_FRAMES + 1):
            yield Recording(2 * np.arange(n), np.zeros((n, 3)), np.full((n, 3), 0.5))


def looks(parameters: np.ndarray) -> Attention:
    return Attention(np.full((1, 2, 2), parameters[0]), ["a", "b"], ["c", "d"], 1)


def message(found: Recorded, watch: Watch, updates: int) -> tuple[dict, dict[str, np.ndarray]]:
    """The header and the arrays that the view is sent."""
    return decode(learning.view_message(found, watch, updates, looks))


def trained(frames: int) -> Recorded:
    """The training once its first `frames` frames are recorded."""
    return TrainingStore().recorded(Run(), frames - 1)


@pytest.fixture
def state(monkeypatch) -> dict:
    """What stands in for Streamlit's session state."""
    held: dict = {}
    monkeypatch.setattr(learning.st, "session_state", held)
    return held


@pytest.fixture(autouse=True)
def light(monkeypatch):
    monkeypatch.setattr(learning, "is_dark", lambda: False)


def test_how_far_a_training_has_come():
    assert not reached(None, 0)
    assert reached(trained(1), 0) and not reached(trained(1), 1)
    assert reached(trained(3), 4) and not reached(trained(3), 5)
    assert reached(trained(N_FRAMES), 8)


def test_a_training_that_ended_early_has_reached_its_end():
    assert trained(N_FRAMES).finished and reached(trained(N_FRAMES), 100)


def test_the_view_is_sent_the_frames_that_it_lacks_and_told_of_the_end():
    found, watch = trained(3), Watch(Run(), wanted_frame=1)
    sent, arrays = message(found, watch, 8)
    assert (sent["first"], arrays["scores"][:, 0].tolist(), sent["last"]) == (1, [2, 4], None)
    scene = sent["scene"]
    assert scene["total"] == 8 and scene["heads"] == 1 and scene["columns"] == ["c", "d"]
    assert message(found, watch, 4)[0]["last"] == 2  # where it was to be stopped
    watch.wanted_frame = N_FRAMES
    sent, arrays = message(trained(N_FRAMES), watch, 8)
    assert arrays["frames"].shape == (0, 4) and sent["words"] == [] and sent["last"] == N_FRAMES - 1


def test_a_view_that_asks_again_is_sent_the_same_frames_again():
    watch = Watch(Run())
    (sent, frames), (again, same) = message(trained(3), watch, 8), message(trained(3), watch, 8)
    assert (frames["frames"] == same["frames"]).all() and sent["number"] != again["number"]


def test_a_loss_that_is_no_number_can_be_sent():
    recording = Recording(np.array([0]), np.zeros((1, 3)), np.array([[np.nan, 0.0, 0.0]]))
    header, arrays = message(Recorded(recording, 0, 0.0, False), Watch(Run()), 8)
    assert np.isnan(arrays["scores"][0, 1]) and header["kind"] == "learning"


def test_a_frame_says_its_numbers_in_words_and_holds_them():
    scores = np.array([[2.0, 0.0, 0.0], [1.0, 0.5, 1.0]])
    recording = Recording(np.array([0, 50]), np.zeros((2, 3)), scores)
    sent = decode(learning.view_message(Recorded(recording, 1, 0.0, False), Watch(Run(), wanted_frame=1), 100,
                                        lambda parameters: looks(np.array([0.25]))))[1]  # fmt: skip
    assert sent["scores"].tolist() == [[50, 1.0, 0.5, 1.0]] and sent["frames"].tolist() == [[0.25, 0.25, 0.25, 0.25]]
    frame = frame_words(recording, 1, 100, looks(np.array([0.25])))
    said = "right: 50 % of the training set, 100 % held out"
    assert frame["says"].replace("\u00a0", " ") == f"<b>50 of 100 updates</b> · loss 1.000 · {said}"
    assert frame["alt"][0] == "Training loss, 1.000 after 50 updates"


def test_what_the_view_asks_for_is_trained_and_no_more():
    watch = Watch(Run(), wanted_frame=1)
    found = TrainingStore().recorded(Run(), learning.frame_at(Run(), learning.updates_wanted(watch)))
    assert found.recording.updates[-1] == 4  # one more frame than the one it needs: a message in eight


def pressed(n: int, run: str, name: str, frame: int) -> dict:
    """What the view tells when a command is given, the n-th one."""
    return {"command": {"run": run, "name": name, "frame": frame, "n": n, "before": []}}


def test_stop_before_there_is_a_frame_trains_nothing(state):
    watch, session = Watch(Run()), Session()
    session.choices["block"] = "1"
    state |= {"block_watch": watch, "block_view": pressed(1, watch.token, "stop", 0)}
    learning.on_command(session, "block", Run())
    assert state["block_watch"] is None and session.choices["block"] == "0"


def test_need_stop_and_the_end_are_answered(state):
    watch, session = Watch(Run()), Session()
    state |= {"block_watch": watch, "block_view": {"need": {"run": watch.token, "from": 3}}}
    learning.on_need("block")
    assert watch.wanted_frame == 3
    state["block_view"] = {"need": {"run": "another", "from": 1}} | pressed(1, "another", "played", 4)
    learning.on_need("block")
    learning.on_command(session, "block", Run())
    assert watch.wanted_frame == 3 and state["block_watch"] is watch
    state["block_view"] = pressed(2, watch.token, "stop", 3)
    learning.on_command(session, "block", Run())
    assert state["block_watch"] is None and session.choices["block"] == "6"
    state["block_watch"], state["block_view"] = watch, pressed(3, watch.token, "played", 4)
    learning.on_command(session, "block", Run())
    assert state["block_watch"] is None


def test_a_command_that_is_said_again_is_followed_once_and_the_view_is_told_so(state):
    watch, session = Watch(Run()), Session()
    state |= {"block_watch": watch, "block_view": pressed(7, watch.token, "stop", 3)}
    learning.on_command(session, "block", Run())
    watch = state["block_watch"] = Watch(Run(), token=watch.token)
    learning.on_command(session, "block", Run())
    assert state["block_watch"] is watch
    header, _ = decode(learning.view_message(trained(1), watch, 8, looks, session.playback.heard_command))
    assert header["heard"] == 7


def test_another_run_is_watched_unless_it_is_known(state):
    first, second = Run(0), Run(1)
    assert learning.watch_of("block", first, done=False) is None  # opened by a link
    watch = learning.watch_of("block", second, done=False)
    assert watch is not None and learning.watch_of("block", second, done=False) is watch
    assert learning.watch_of("block", first, done=True) is None


def first_and_second() -> None:
    """The recording of a training of which nothing is there yet; what trains a slice trains one frame of it."""
    import streamlit as st

    from pages.parts.page.playing import learning
    from pages.parts.page.session import current_session
    from tests.pages.page.playing.test_learning import Run, looks

    learning.recording_of(current_session(), "learn", Run(), looks)
    st.text("drawn")


def test_who_comes_first_sees_the_training_and_is_not_told_that_it_was_before(monkeypatch):
    frames = iter([1])  # only who comes first sees a slice of it
    monkeypatch.setattr(learning, "train_between_reruns", lambda source, frame, show, seconds: (
        [show(trained(number)) for number in frames], trained(N_FRAMES))[-1])  # fmt: skip
    says = [text.value for _ in range(2) for text in open_script(first_and_second).markdown]
    assert says == ["**Trained just now, as you came:** 8 updates.", "**Trained before you came:** 8 updates."]


def test_a_frame_is_looked_at_once_until_another_choice_shows_it_otherwise(state):
    session, looked = Session(), []

    def look(parameters: np.ndarray) -> Attention:
        looked.append(parameters[0])
        return looks(parameters)

    def sent(frames: int, run: Run = Run()) -> np.ndarray:
        parameters = np.arange(3.0 * frames).reshape(frames, 3)
        found = Recorded(Recording(2 * np.arange(frames), parameters, np.full((frames, 3), 0.5)), frames - 1, 0.5, False)
        _, arrays = decode(learning.view_message(found, Watch(run), 8, learning.looking_once(session, "learn", run, look)))
        return arrays["frames"][:, 0]

    assert np.array_equal(sent(2), [0, 3]) and looked == [0, 3]
    assert np.array_equal(sent(4), [0, 3, 6, 9]) and looked == [0, 3, 6, 9]
    session.choices["noun"] = "cat"
    assert np.array_equal(sent(2), [0, 3]) and looked == [0, 3, 6, 9, 0, 3]
    sent(1, Run(seed=1))
    assert looked[-1] == 0 and len(looked) == 7


# Pages on which something else is asked first whether the link has started it.
@pytest.mark.parametrize("page, name, most", [("convolution", "filters", 240), ("autoencoder", "coding", 2400)])
def test_a_link_beyond_the_last_update_shows_that_and_says_so(page, name, most):
    app = open_app(page, **{name: "99999"})
    says = " ".join(note.value.replace("\\", "") for note in app.warning)
    assert f"can be 0 to {most:,} here; the link asked for 99999, so it is now {most:,}." in says
    assert link_value(app, name) == str(most)
