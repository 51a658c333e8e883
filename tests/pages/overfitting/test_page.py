"""The Overfitting page: nothing is shown before the prediction, and what it says of each remedy is so."""

import numpy as np
import pytest

from pages.parts.overfitting.findings import Course, course_words, tried_table
from pages.parts.overfitting.remedies import END, REMEDIES
from pages.parts.page.playing.catch_up import train_until
from tests.pages.conftest import charts, link_value, open_app, press, warnings


@pytest.fixture(scope="module")
def courses() -> dict[str, Course]:
    """What becomes of each run of the page."""
    return {name: Course.of(remedy.run, train_until(remedy.run, END)) for name, remedy in REMEDIES.items()}


def test_nothing_is_trained_or_shown_before_the_prediction():
    app = open_app("overfitting")
    assert charts(app) == 0 and not app.get("button_group")[1:]
    assert any("A sketch: It falls, then rises" in one.proto.body for one in app.get("html"))
    assert "Predict first" in " ".join(one.value for one in app.markdown)


def test_the_network_learns_its_points_by_heart(courses):
    course = courses["none"]
    assert course.training[-1] < 0.01 and course.validation[-1] > 2 * course.validation[course.best]
    assert course.best < course.last / 4 and "by heart" in course_words(REMEDIES["none"].run, course)


@pytest.mark.parametrize("name", ["l2", "data"])
def test_a_remedy_brings_the_validation_loss_down(courses, name):
    assert courses[name].validation[-1] < 0.5 * courses["none"].validation[-1]
    assert courses[name].validation[courses[name].best] < courses["none"].validation[courses["none"].best]


def test_early_stopping_ends_ten_epochs_after_the_lowest_validation_loss(courses):
    course, whole = courses["stop"], courses["none"]
    assert course.epochs[-1] == course.epochs[course.best] + 10
    assert course.validation[course.best] == whole.validation[whole.best]  # no lower than without it
    assert course.gap < 0.3 * whole.gap
    said = course_words(REMEDIES["stop"].run, course)
    assert "when training was stopped at epoch 16" in said and "by heart" not in said


def test_the_gap_is_the_validation_loss_minus_the_training_loss_at_the_end(courses):
    course = Course(np.array([0.0, 1.0, 2.0]), np.array([0.7, 0.4, 0.25]), np.array([0.7, 0.5, 1.0]), 1)
    assert course.gap == 0.75
    assert tried_table({"Nothing": course}).splitlines()[-1] == "| Nothing | 2 | 0.25 | 1 | **0.75** | 0.5, epoch 1 |"
    gaps = {name: one.gap for name, one in courses.items()}
    assert all(gaps[name] < gaps["none"] for name in ("l2", "stop", "data", "small"))
    assert f"**{gaps['none']:.4g}**" in course_words(REMEDIES["none"].run, courses["none"])


def test_everything_that_was_tried_stands_in_one_table():
    app = open_app("overfitting", guess="rises", remedy="stop")
    assert "What you tried" not in " ".join(one.value for one in app.markdown)
    app.button_group[-1].set_value("none").run()
    (said,) = (one.value for one in app.markdown if "What you tried" in one.value)
    assert not app.exception and [line.split(" | ")[0] for line in said.splitlines()[4:]] == [
        "| Early stopping", "| Nothing changed"
    ]


def test_what_only_wanders_about_its_lowest_loss_is_not_called_learned_by_heart(courses):
    assert "close to its lowest" in course_words(REMEDIES["l2"].run, courses["l2"])
    assert "by heart" in course_words(REMEDIES["data"].run, courses["data"])


def test_what_was_predicted_is_held_against_what_came():
    app = open_app("overfitting", guess="falls")
    said = " ".join(one.value for one in app.markdown)
    assert charts(app) == 1 and "*it falls with the training loss*. It rose instead." in said
    assert link_value(app, "guess") == "falls"


def test_the_run_can_be_watched_on_train():
    app = press(open_app("overfitting", guess="rises", remedy="l2"), "Watch this run on Train")
    assert link_value(app, "dataset") == "moons" and link_value(app, "l2") == "0.03"


def test_a_wrong_link_is_told_in_a_sentence():
    app = open_app("overfitting", guess="rises", remedy="magic")
    assert "remedy" in warnings(app) and charts(app) == 1


def test_the_best_snapshot_is_that_of_the_lowest_validation_loss():
    course = Course(np.arange(3), np.ones(3), np.array([3.0, 1.0, 2.0]), 1)
    assert course.last == 2 and course.best == int(np.argmin(course.validation))
