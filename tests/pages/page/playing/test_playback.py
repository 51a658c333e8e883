"""What the view says, and what it is answered. Its handlers are plain functions on the session's state."""

import numpy as np
import pytest
import streamlit as st

from nncore import Branch, ChunkStore, Experiment, Run
from nncore.experiments.recording.training_thread import TrainingThread
from pages.parts.live.message import decode
from pages.parts.page.link import has_neuron
from pages.parts.page.playing import playback
from pages.parts.page.playing.playback import compared_run, shared_frames
from pages.parts.page.session import PLAYER, Playback, Session


@pytest.fixture
def session(monkeypatch) -> Session:
    """A session whose state and reruns are plain values; `session.reruns` lists the fragments asked for."""
    session = Session(playback=Playback(page_outdated=False))
    session.reruns = []
    monkeypatch.setattr(st, "session_state", {"glassbox": session, PLAYER: {}})
    monkeypatch.setattr(st, "rerun", session.reruns.append)
    return session


def said(session: Session, what: str, /, **value: object) -> None:
    st.session_state[PLAYER] = {what: {"run": session.run.key, **value}}


def test_a_need_is_answered_by_its_chunk_alone(session):
    playback.build_message(session, whole=True)
    said(session, "need", **{"from": 41, "scene": False})
    playback.on_need()
    assert session.playback.frames_only and session.reruns == []
    header, arrays = decode(playback.build_message(session, whole=False))
    assert (header["first"], header["scores_first"], "scene" in header) == (41, 41, False)
    assert arrays["frames"].shape == (40, 105) and arrays["scores"].shape == (40, 5)
    assert len(playback.build_message(session, whole=False)) < 20_000


def test_frames_alone_never_make_the_same_message_twice(session):
    whole = playback.build_message(session, whole=True)
    assert playback.build_message(session, whole=True) == whole  # a page that is drawn anew sends its hash
    said(session, "need", **{"from": 41, "scene": False})
    playback.on_need()
    once, again = (playback.build_message(session, whole=False) for _ in range(2))
    assert once != again and all(np.array_equal(one, other) for one, other in
                                 zip(decode(once)[1].values(), decode(again)[1].values(), strict=True))  # fmt: skip


def test_a_need_far_ahead_brings_the_losses_in_between(session):
    playback.build_message(session, whole=True)
    said(session, "need", **{"from": 170, "scene": False})
    playback.on_need()
    header, arrays = decode(playback.build_message(session, whole=False))
    assert (header["first"], header["scores_first"]) == (161, 41)
    assert arrays["scores"][:, 0].tolist() == [
        Run(Experiment()).segments[0].schedule.epoch_of(frame) for frame in range(41, 201)
    ]


def test_a_need_is_answered_with_all_that_is_recorded_up_to_a_bound(session, monkeypatch):
    store = ChunkStore()
    monkeypatch.setattr(playback, "chunk_store", lambda: store)
    session.show(Run(Experiment(weight_seed=77), (Branch(90, (("learning_rate", 0.003),)),)))
    store.chunk_at(session.run, 230)
    playback.build_message(session, whole=True)  # the first picture does not wait for more than its chunk
    assert session.playback.sent_frame == 40
    said(session, "need", **{"from": 41, "scene": False})
    playback.on_need()
    computed = store.computed
    header, arrays = decode(playback.build_message(session, whole=False))
    # A frame of 105 parameters is 420 bytes: 40 + 10 up to the branch and 40 + 40 after it are 54,600, and 40 more 71,400.
    assert header["first"] == 41 and len(arrays["frames"]) == 50 + 80 + 40 and session.playback.sent_frame == 210
    expected = [store.frame(session.run, frame) for frame in range(41, 211)]
    assert np.array_equal(arrays["frames"], expected) and len(arrays["scores"]) == 170
    said(session, "need", **{"from": 211, "scene": False})
    playback.on_need()
    header, arrays = decode(playback.build_message(session, whole=False))
    assert header["first"] == 211 and len(arrays["frames"]) == 40 and store.computed == computed


def test_a_need_of_another_run_is_ignored(session):
    st.session_state[PLAYER] = {"need": {"run": "other", "from": 400, "scene": False}}
    playback.on_need()
    assert session.playback.wanted_frame == 0


@pytest.mark.parametrize("wanted", [-5, 10**9])
def test_a_need_out_of_range_is_brought_into_it(session, wanted):
    said(session, "need", **{"from": wanted, "scene": True})
    playback.on_need()
    assert 0 <= session.playback.wanted_frame <= 599


def test_a_report_moves_the_page_to_that_frame(session):
    said(session, "at", frame=12, playing=False)
    playback.on_at()
    assert session.frame == 12 and session.reruns == ["page"]


def test_a_report_is_taken_over_once(session):
    said(session, "at", frame=12, playing=True)
    assert session.take_report()
    session.frame = 30
    assert not session.take_report()
    assert session.frame == 30


def test_whatever_the_view_says_brings_a_page_that_lags_behind_up_to_date(session):
    session.change(l2=0.01)
    st.session_state[PLAYER] = {"need": {"run": "old", "from": 81, "scene": False}}
    playback.on_need()
    assert session.reruns == ["page"] and not session.playback.frames_only


def test_commands_reset_redraw_and_train_to_the_end(session):
    session.frame = 40
    said(session, "command", frame=50, name="end", n=1)
    playback.on_command()
    assert session.playback.to_the_end and session.frame == 50
    said(session, "command", frame=50, name="redraw", n=2)
    playback.on_command()
    assert session.run == Run(Experiment(start=1)) and session.frame == 0
    said(session, "command", frame=3, name="reset", n=3)
    playback.on_command()
    assert session.run == Run(Experiment(start=1)) and session.frame == 0
    assert session.reruns == ["page"] * 3


@pytest.mark.parametrize("name", ["redraw", "end", "reset"])
def test_a_command_pressed_right_after_a_change_of_settings_is_followed_on_the_new_run(session, name):
    session.show(session.run, 40)
    before = session.run.key
    session.change(weight_seed=5)
    st.session_state[PLAYER] = {"command": {"run": before, "frame": 40, "name": name, "n": 7}}
    playback.on_command()
    assert session.run == Run(Experiment(weight_seed=5, start=1 if name == "redraw" else 0))
    assert (session.frame, session.playback.to_the_end) == (0, name == "end")
    assert decode(playback.build_message(session, whole=True))[0]["heard"] == 7


def test_commands_are_followed_in_their_order_and_each_once_however_often_they_are_said(session):
    def presses(*numbers: int) -> None:
        *before, last = ({"run": session.run.key, "frame": 0, "name": "redraw", "n": n} for n in numbers)
        st.session_state[PLAYER] = {"command": {**last, "before": before}}
        playback.on_command()

    presses(1)
    presses(1, 2, 3)
    assert session.run == Run(Experiment(start=3))
    session.playback.page_outdated = False  # the page has caught up
    presses(2, 3)
    assert session.run == Run(Experiment(start=3)) and session.reruns == ["page"] * 2


def test_switches_of_the_view_are_kept(session):
    st.session_state[PLAYER] = {"view": {"validation": True, "log": True, "speed": 2}}
    playback.on_view()
    assert session.view == {"validation": True, "test": False, "discrete": False, "log": True, "speed": 2.0, "focus": ""}


def test_a_branch_names_the_run_that_it_shares_frames_with(session):
    before = session.run
    session.frame = 25
    session.change(learning_rate=0.1)
    header, _ = decode(playback.build_message(session, whole=True))
    assert (header["of"], header["shared"]) == (before.key, 25)
    assert shared_frames(Run(Experiment("xor")), before) == (None, 0)


def test_a_changed_run_is_compared_with_the_one_before_where_their_losses_mean_the_same(session):
    before = session.run
    assert compared_run(before, None) is None and compared_run(before, before) is None
    assert compared_run(Run(Experiment(activation=("relu",))), before) == before.key
    assert compared_run(Run(Experiment("xor")), before) is None
    assert compared_run(Run(Experiment(output="tanh", loss="mse")), before) is None


def test_a_neuron_shown_large_is_in_the_link_of_networks_that_have_it(session):
    assert has_neuron(session.run, "0,2") and has_neuron(session.run, "2,1") and not has_neuron(session.run, "0,3")
    for wrong in ("", "1", "1,0", "-1,1", "1,2,3", "x,y"):
        assert not has_neuron(session.run, wrong)


def test_a_branch_that_diverges_at_once_ends_with_its_last_updates(session):
    base = Experiment("plane", activation=("relu",), initializer="he_normal")
    session.show(Run(base), 10)
    session.change(learning_rate=10.0)
    said(session, "need", **{"from": 11, "scene": False})
    playback.on_need()
    header, arrays = decode(playback.build_message(session, whole=False))
    n_updates = len(arrays["frames"])
    assert n_updates > 0 and "diverged" in header["stop"]["text"]
    assert header["stop"]["frame"] == header["last"] == ChunkStore().reached(session.run, 500) == 10 + n_updates
    # From now on the page knows it too.
    session.frame = header["last"]
    header, arrays = decode(playback.build_message(session, whole=True))
    assert "diverged" in header["stop"]["text"]
    assert np.isfinite(arrays["scores"][:, 1]).all()


def test_a_server_with_too_much_to_do_asks_the_view_to_ask_again(session, monkeypatch):
    monkeypatch.setattr(playback, "PATIENCE_SECONDS", 0)
    session.show(Run(Experiment(weight_seed=4321)))
    said(session, "need", **{"from": 201, "scene": False})
    playback.on_need()
    first, _ = decode(playback.pulled_message(session))
    second, _ = decode(playback.pulled_message(session))
    assert first["later"] == playback.FIRST_RETRY_SECONDS and first["run"] == session.run.key
    assert first["number"] != second.get("number")
    waits = [decode(playback.pulled_message(session))[0].get("later") for _ in range(3)]
    # In a row the waits double up to a second; what came meanwhile ends the row.
    assert second["later"] == 2 * first["later"] and waits == [playback.RETRY_SECONDS] * 3
    monkeypatch.setattr(playback, "PATIENCE_SECONDS", None)
    assert decode(playback.pulled_message(session))[0]["first"] == 201 and session.playback.refused == 0


def test_where_many_train_the_view_asks_less_often(session, monkeypatch):
    monkeypatch.setattr(playback, "BUSY_PATIENCE_SECONDS", 0)
    monkeypatch.setattr(TrainingThread, "is_busy", True)
    session.show(Run(Experiment(weight_seed=4322)))
    said(session, "need", **{"from": 201, "scene": False})
    playback.on_need()
    waits = [decode(playback.pulled_message(session))[0].get("later") for _ in range(3)]
    assert waits == [playback.FIRST_BUSY_RETRY_SECONDS, *[playback.BUSY_RETRY_SECONDS] * 2]


def test_a_report_while_it_plays_is_kept_but_redraws_nothing(session):
    said(session, "at", frame=12, playing=True)
    playback.on_at()
    assert session.frame == 12 and session.reruns == []
