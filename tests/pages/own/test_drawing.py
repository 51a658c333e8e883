"""Points drawn on the live map or in the field: what is learned, what is kept beside it, and what the view is told."""

import pytest
import streamlit as st

from nncore import Experiment, Run
from nncore.data.own import DRAWN, drawn_name
from pages.parts.live.message import decode
from pages.parts.own.drawing import drawn_on_map, drawn_so_far, take_points
from pages.parts.page.playing import playback
from pages.parts.page.session import PLAYER, Playback, Session

PLACES = [[-3, 2], [3, -1.25], [-2, 4], [1, -5]]
NAME = drawn_name(PLACES, [0, 1, 0, 1])
LETTERS = NAME.removeprefix(DRAWN)


@pytest.fixture
def session(monkeypatch) -> Session:
    """A session on four drawn points whose state and reruns are plain values."""
    session = Session(run=Run(Experiment(NAME, hidden=(3,))), playback=Playback(page_outdated=False))
    monkeypatch.setattr(st, "session_state", {"glassbox": session, PLAYER: {}})
    monkeypatch.setattr(st, "rerun", lambda *_: None)
    return session


def draw(session: Session, n: int, letters: object) -> None:
    told = {"run": session.run.key, "frame": 0, "name": "points", "n": n, "letters": letters}
    st.session_state[PLAYER] = {"command": told}
    playback.on_command()


def test_what_is_drawn_on_the_map_is_the_dataset_of_a_new_run(session):
    name = drawn_name([*PLACES, [0, 0]], [0, 1, 0, 1, 2])
    draw(session, 1, name.removeprefix(DRAWN))
    assert session.run == Run(Experiment(name, hidden=(3,))) and session.settings.n_classes == 3
    header, _ = decode(playback.build_message(session, whole=True))
    assert header["heard"] == 1
    assert header["drawn"] == {"letters": name.removeprefix(DRAWN), "most": 80, "says": ""}


@pytest.mark.parametrize("letters, says", [
    (LETTERS[:8], "Draw at least 3 points; there are 2."), ("", "Draw at least 3 points; there are 0."),
    (drawn_name(PLACES, [1] * 4).removeprefix(DRAWN), "at least two classes"),
])  # fmt: skip
def test_points_that_cannot_be_learned_are_kept_beside_the_run_until_they_can(session, letters, says):
    before = session.run
    draw(session, 1, letters)
    assert session.run == before and drawn_so_far(session)[0] == letters
    assert says in drawn_on_map(session)["says"]
    draw(session, 2, LETTERS)
    assert session.run == before and drawn_so_far(session) == (LETTERS, "")


@pytest.mark.parametrize("letters", [None, 7, "AAA", "!!!!", "____", LETTERS * 21, [LETTERS]])
def test_what_is_no_points_changes_nothing(session, letters):
    before = session.run
    draw(session, 1, letters)
    assert session.run == before and drawn_so_far(session) == (LETTERS, "")


def test_a_stroke_that_comes_after_another_dataset_was_picked_is_left_out(session):
    session.change(dataset="moons")
    draw(session, 1, drawn_name([*PLACES, [0, 0]], [0, 1, 0, 1, 1]).removeprefix(DRAWN))
    assert session.settings.dataset == "moons" and drawn_on_map(session) is None


def test_a_draft_goes_where_other_drawn_points_are_opened_and_stays_beside_any_other_set(session):
    take_points(session, LETTERS[:8])
    session.change(dataset="moons")
    assert drawn_so_far(session)[0] == LETTERS[:8]
    other = drawn_name([*PLACES, [0, 0]], [0, 1, 0, 1, 1])
    session.change(dataset=other)
    assert drawn_so_far(session) == (other.removeprefix(DRAWN), "")


def test_a_link_that_hides_the_controls_of_the_data_hides_these_tools(session):
    session.carried["hide"] = "data"
    assert drawn_on_map(session) is None
