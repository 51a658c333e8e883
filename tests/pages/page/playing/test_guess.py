"""A guess is picked before the outcome, kept for what it was made about, and held against what came."""

import pytest

from nncore.experiments.architectures.twins import ShiftScore
from pages.parts.convolution.findings import WHO, better_unseen
from pages.parts.restarts.training import ANSWERS, came_true
from tests.pages.conftest import open_app, open_script, press


def ask_twice() -> None:
    """Asks about the plan that the link names; a button hides the question, as a page does whose training was started."""
    import streamlit as st

    from pages.parts.page.playing.guess import judged_guess, pick_guess

    answers = {"up": "it rises", "down": "it falls"}
    about = st.query_params.get("about", "one")
    if not st.checkbox("Done"):
        pick_guess(about, answers)
    for came in (("up",), ("down",), ("up", "down"), ()):
        st.text(judged_guess(about, answers, came))


def said(app) -> list[str]:
    return [text.value.partition("**You guessed:** ")[2] for text in app.text]


def test_a_guess_is_held_against_what_came_and_outlives_its_question():
    app = open_script(ask_twice, about="one")
    assert said(app) == [""] * 4
    app.get("button_group")[0].set_value("up").run()
    told = ["it rises. **So it is.**", "it rises. **It is:** it falls.", "it rises. **So it is.**",
            "it rises. **It is none of these.**"]  # fmt: skip
    assert said(app) == told
    app.checkbox[0].check().run()
    app.run()
    assert said(app) == told


def test_another_plan_is_asked_about_anew():
    app = open_script(ask_twice, about="one")
    app.get("button_group")[0].set_value("up").run()
    app.query_params["about"] = "two"
    app.run()
    assert said(app) == [""] * 4 and not app.get("button_group")[0].value


@pytest.mark.parametrize(("n_found", "answer"), [(0, "few"), (1, "some"), (2, "most"), (3, "nearly"), (4, "nearly")])
def test_the_share_of_starts_is_one_of_the_answers(n_found, answer):
    assert came_true(n_found, 4) == answer and answer in ANSWERS


PLANNED = ("restarts", "initializers", "batches", "scores")  # whose link says that a training was not started
BUTTONS = ("Train", "Train them", "Compare")


@pytest.mark.parametrize(("page", "link", "pick"), [
    ("restarts", {"starts": "2", "restart_epochs": "2"}, "nearly"),
    ("initializers", {"depth": "1", "width": "2", "race_epochs": "1"}, "zeros"),
    ("batches", {"hidden": "2", "batch_epochs": "2", "batch_sizes": "4,64"}, "64"),
    ("surface", {"hidden": "2"}, "straight"),
    ("words", {"part": "diagonal", "run_sentences": "60", "found": "no"}, "yes"),
    ("surface", {"hidden": "2", "surface_directions": "solutions", "frame": "20", "solved": "no"}, "one"),
    ("scores", {"score_view": "choosing", "dataset": "moons", "samples": "60", "search_epochs": "20",
                "search_way": "random"}, "0"),
    ("autoencoder", {"coded": "spiral", "code_use": "widths", "code_asked": "no"}, "much"),
    ("autoencoder", {"coded": "spiral", "code_use": "anomaly", "left_out": "1", "code_asked": "no"}, "most"),
])  # fmt: skip
def test_pages_that_ask_for_a_guess_take_one_and_judge_it(page, link, pick):
    app = open_app(page, **link, **{"trained": "no"} if page in PLANNED else {})
    (field,) = (group for group in app.get("button_group") if group.label == "Your guess")
    field.set_value(pick).run()
    assert not any("You guessed" in text.value for text in app.markdown)
    app = press(app, next(label for label in BUTTONS if label in [button.label for button in app.button]))
    (words,) = (text.value for text in app.markdown if "You guessed" in text.value)
    assert "So it is." in words or "It is:" in words


@pytest.mark.parametrize(("filters", "dense", "came"), [
    ((0.8, 0.9), (0.3, 0.4), "filters"), ((0.3, 0.4), (0.8, 0.9), "dense"), ((0.3, 0.5), (0.4, 0.6), "alike"),
])  # fmt: skip
def test_who_is_better_on_places_never_seen_is_said_where_the_intervals_are_apart(filters, dense, came):
    seen = ShiftScore(0, True, 100, 0.9, (0.8, 1.0), 0.2, (0.1, 0.3))
    unseen = ShiftScore(2, False, 100, sum(filters) / 2, filters, sum(dense) / 2, dense)
    assert better_unseen([seen, unseen]) == came and came in WHO
