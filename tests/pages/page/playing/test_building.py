"""Building the network in its picture: presses that change layers, neurons and features, and weights set by hand."""

import numpy as np
import pytest
import streamlit as st

from nncore import Experiment, Run, build_network
from pages.parts.page.playing import playback
from pages.parts.page.playing.building import build
from pages.parts.page.session import PLAYER, Playback, Session, bind


@pytest.fixture
def session(monkeypatch) -> Session:
    """A session on a network of 4-2 whose state and reruns are plain values."""
    session = Session(run=Run(Experiment(hidden=(4, 2))), playback=Playback(page_outdated=False))
    monkeypatch.setattr(st, "session_state", {"glassbox": session, PLAYER: {}})
    monkeypatch.setattr(st, "rerun", lambda *_: None)
    return session


def press(session: Session, name: str, n: int, /, **more: object) -> None:
    st.session_state[PLAYER] = {"command": {"run": session.run.key, "frame": session.frame, "name": name, "n": n, **more}}
    playback.on_command()


@pytest.mark.parametrize(("what", "by", "hidden"), [
    ("layers", 1, (4, 2, 2)), ("layers", -1, (4,)), ("neurons,1", 1, (5, 2)), ("neurons,2", -1, (4, 1)),
    ("neurons,3", 1, (4, 2)), ("neurons,0", 1, (4, 2)), ("neurons,x", 1, (4, 2)), ("wings", 1, (4, 2)),
])  # fmt: skip
def test_a_press_adds_or_takes_a_layer_or_a_neuron(session, what, by, hidden):
    press(session, "build", 1, what=what, by=by)
    assert session.run == Run(Experiment(hidden=hidden)) and not session.notes


def test_there_is_a_first_layer_a_last_neuron_and_a_largest_network(session):
    for hidden, what, by, then in [((), "layers", 1, (4,)), ((), "layers", -1, ()), ((1,), "neurons,1", -1, (1,)),
                                   ((64,), "neurons,1", 1, (64,)), ((2,) * 6, "layers", 1, (2,) * 6)]:  # fmt: skip
        session.show(Run(Experiment(hidden=hidden)))
        build(session, {"what": what, "by": by})
        assert session.run.experiment.hidden == then


def test_features_are_switched_on_and_off_in_the_order_of_their_table(session):
    press(session, "build", 1, what="feature,x1_x2", by=1)
    press(session, "build", 2, what="feature,x1_squared", by=1)
    press(session, "build", 3, what="feature,x1", by=-1)
    assert session.run.experiment.features == ("x2", "x1_squared", "x1_x2")
    for n, name in enumerate(("x2", "x1_squared", "x1_x2", "x3"), 4):  # the last one stays
        press(session, "build", n, what=f"feature,{name}", by=-1)
    assert session.run.experiment.features == ("x1_x2",)


def test_presses_that_come_together_add_up(session):
    one, two = ({"run": session.run.key, "frame": 0, "name": "build", "what": "neurons,1", "by": 1, "n": n} for n in (1, 2))
    st.session_state[PLAYER] = {"command": {**two, "before": [one]}}
    playback.on_command()
    playback.on_command()  # said again
    assert session.run.experiment.hidden == (6, 2)


def test_a_weight_set_by_hand_is_a_branch_that_is_shown_and_trained_on(session):
    press(session, "edit", 1, frame=20, edits=[[0, 3, 1, 2.5]])
    (branch,) = session.run.branches
    assert (branch.frame, [tuple(vars(edit).values()) for edit in branch.edits]) == (20, [(0, 3, 1, 2.5)])
    assert session.frame == session.run.segments[-1].start == 21


def test_edits_in_a_row_are_put_together_also_where_they_still_name_the_run_before(session):
    before = session.run.key
    for n, edit in enumerate(([0, 0, 0, 1.0], [0, 0, 1, 2.0], [0, 0, 0, 3.0]), 1):
        press(session, "edit", n, run=before, frame=0, edits=[edit])
    (branch,) = session.run.branches
    assert [edit.value for edit in branch.edits] == [3.0, 2.0] and branch.frame == 0


def test_more_edits_than_a_link_holds_are_kept_in_this_session_alone_and_that_is_said(session):
    session.show(Run(Experiment(hidden=(8, 8))))
    press(session, "edit", 1, edits=[[1, k // 8, k % 8, 0.5] for k in range(40)])
    assert session.run.fits_link
    press(session, "edit", 2, edits=[[1, 7, 7, 0.25]])
    assert not session.run.fits_link and "40" in session.notes[0] and "in this session alone" in session.notes[0]
    last = session.run.branches[-1]
    network = build_network(session.run.experiment)
    network.parameters = np.frombuffer(last.parameters, np.float32).astype(float)
    assert network.weights[1][7, 7] == 0.25 and (network.weights[1].ravel()[:40] == 0.5).all()


@pytest.mark.parametrize("edits", [[[9, 0, 0, 1.0]], [[0, 0, 0]], [[0, 0, 0, None]], [["a", 0, 0, 1.0]]])
def test_a_place_that_does_not_exist_is_refused_in_a_sentence(session, edits):
    run = session.run
    press(session, "edit", 1, edits=edits)
    assert session.run == run and len(session.notes) == 1


def test_going_on_at_the_end_of_a_limit_lifts_it(session):
    session.show(Run(Experiment(epoch_limit=30)))
    press(session, "on", 1, frame=30)
    assert session.frame == 30 and session.run.segments[-1].last_frame > 30
    assert session.settings == Experiment()


def test_what_the_browser_still_says_of_a_field_right_after_a_press_is_not_taken_for_a_choice(session):
    def width() -> dict:
        return bind(session, "width_1", session.run.experiment.hidden[1], lambda n: {"hidden": (4, n)})

    width()
    press(session, "build", 1, what="neurons,2", by=1)
    width()
    press(session, "build", 2, what="neurons,2", by=1)
    field = width()
    for echo in (2, 3, 4):  # of before, of the first press, and what is in force
        st.session_state[field["key"]] = echo
        field["on_change"]()
        assert session.run.experiment.hidden == (4, 4)
    st.session_state[field["key"]] = 7  # this is somebody's choice
    field["on_change"]()
    assert session.run.experiment.hidden == (4, 7)
