"""The sealed test set: hidden until it is opened, then used everywhere, and never opened twice for one run."""

import re

import numpy as np
import pytest

from nncore import Experiment, Run
from nncore.evaluation import OpenedTest, open_test
from pages.parts.live.message import decode
from pages.parts.page.playing.playback import build_message
from pages.parts.page.server import chunk_store
from pages.parts.page.session import OPENING, Session
from pages.parts.page.snapshot.sealed import opened_words
from tests.pages.conftest import charts, link_value, open_app, press, warnings

OPEN = "Open the test set, once"


def said(app):
    return " ".join(one.value for one in [*app.markdown, *app.info, *app.caption, *app.warning])


def test_the_score_is_hidden_until_the_test_set_is_opened():
    app = open_app(answers="test", frame="10")
    assert "The test set is sealed" in said(app) and charts(app) == 0 and link_value(app, "opened") is None
    app = press(app, OPEN)
    score = open_test(Experiment(), chunk_store().frame(Run(Experiment()), 10).astype(float)).score
    assert f"accuracy **{100 * score:.0f}" in said(app) and charts(app) == 1 and link_value(app, "opened") == "10"
    assert "points**" in said(app)


def test_it_is_opened_at_one_snapshot_only():
    app = press(open_app(answers="test", frame="10"), OPEN)
    app.session_state["glassbox"].show(Run(Experiment()), 20)
    app.run()
    assert charts(app) == 0 and "once per run" in said(app) and not [b for b in app.button if b.label == OPEN]
    app = press(app, "Show the snapshot at which it was opened")
    assert charts(app) == 1 and link_value(app, "frame") == "10"


@pytest.mark.parametrize("page", ["weights", "surface"])
def test_a_link_to_any_page_about_the_run_says_that_it_is_used(page):
    app = open_app(page, dataset="circle", opened="3")
    assert "test set of this run is used" in said(app) and link_value(app, "opened") == "3"
    assert "test set of this run" not in said(open_app(page, dataset="circle"))


def test_what_cannot_have_been_opened_is_not():
    late, none = open_app(dataset="circle", opened="99999"), open_app(dataset="circle", test="0", opened="3")
    assert link_value(late, "opened") is None is link_value(none, "opened")
    assert "opened can be 0 to 599; the link asked for 99999, so it is sealed here" in warnings(late)
    assert "opened at snapshot 3; this run has none" in warnings(none)
    assert "so it is sealed here" in warnings(open_app(dataset="circle", opened="three"))


def test_another_run_on_the_same_rows_hears_of_it_and_a_branch_goes_on_from_it():
    session = Session()
    session.run, session.frame = Run(OPENING), 5
    session.tests.open(session.run, session.frame)
    assert session.tests.at(session.run) == (Run(OPENING), 5) and session.tests.others(session.run) == 0
    session.frame = 9
    session.tests.open(session.run, session.frame)
    assert session.tests.at(session.run) == (Run(OPENING), 5)
    session.run = Run(OPENING).changed(7, OPENING.with_changes(learning_rate=0.1))
    assert session.tests.at(session.run) == (Run(OPENING), 5)
    session.run = Run(OPENING).changed(3, OPENING.with_changes(learning_rate=0.1))
    assert session.tests.at(session.run) is None and session.tests.others(session.run) == 1
    session.run = Run(Experiment("moons"))
    assert session.tests.at(session.run) is None and session.tests.others(session.run) == 0


@pytest.mark.parametrize(("score", "validation"), [
    (63 / 75, 64 / 75), (64 / 75, 79 / 93), (0.8444, 0.8396), (1.0, 199 / 200),
])  # fmt: skip
def test_the_difference_follows_from_the_two_accuracies_that_are_told(score, validation):
    told = opened_words(OpenedTest(score, 0.5, validation, 0.4, 75, 93, False), "at epoch 3")
    (first, second), (points,) = (re.findall(sign, told) for sign in (r"([\d.]+)\u00a0%", r"\*\*([+−][\d.]+) points"))
    assert round(float(first) - float(second), 1) == float(points.replace("−", "-"))
    assert float(points.replace("−", "-")) == round(100 * (score - validation), 1)


def test_the_difference_is_held_against_chance():
    small = OpenedTest(0.8, 0.5, 0.9, 0.4, 50, 50, False)
    assert "**−10.0 points**, which chance alone explains (up to ±14" in opened_words(small, "at epoch 3")
    large = OpenedTest(0.8, 0.5, 0.9, 0.4, 5000, 5000, False)
    assert "more than chance" in opened_words(large, "at epoch 3")
    even = opened_words(OpenedTest(0.9, 0.5, 0.9004, 0.4, 40_000, 40_000, False), "at epoch 3")
    assert "**+0.0 points**" in even and "(up to ±0.42 for" in even
    numbers = OpenedTest(0.8, 0.5, 0.9, 0.4, 50, 50, True)
    assert "R² **0.8**" in opened_words(numbers, "at epoch 3") and "test minus validation −0.1" in opened_words(numbers, "")
    assert "no validation set" in opened_words(OpenedTest(0.8, 0.5, np.nan, np.nan, 50, 0, False), "at epoch 3")


def test_points_of_the_test_set_reach_no_browser_before_it_is_opened():
    session = Session()
    session.show(Run(Experiment(test=30)))
    assert sets_sent(session) == {0, 1}
    session.tests.open(session.run, session.frame)
    assert sets_sent(session) == {0, 1, 2}


def sets_sent(session):
    _, arrays = decode(build_message(session, whole=True))
    return set(arrays["points"][:, 3].tolist())
