"""The page of lessons: locked until a prediction is made, then the outcome over it; the link holds where one stands."""

from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.fields.labels import choice_words
from pages.parts.lesson.state import CHOICES
from pages.parts.lessons.judge import judge
from pages.parts.lessons.lesson import Number, Pick, Task, fill
from pages.parts.lessons.predictions import write_predictions
from pages.parts.lessons.table import LESSONS
from pages.parts.way.contents import BY_NAME
from tests.pages.conftest import link_value, open_app, press, warnings

open_page = partial(open_app, "lessons")
NAMES = list(LESSONS)


def play(app: AppTest) -> AppTest:
    """The page after a press of the button that a prediction unlocks."""
    return press(app, next(b.label for b in app.button if b.label in ("Play", "Try it")))


def locked(app: AppTest) -> bool:
    return next(button.disabled for button in app.button if button.label in ("Play", "Try it"))


def said(app: AppTest) -> str:
    return "\n".join(part.value for part in app.markdown)


def charts(app: AppTest) -> str:
    """What is spoken of the charts on the page."""
    return " ".join(str(chart.proto) for chart in app.get("plotly_chart"))


def predict(app: AppTest, name: str, number: int, seed: int = 0) -> AppTest:
    """The page after the right prediction was put into its field, by whatever widget it has."""
    step = LESSONS[name].steps[number]
    key, right = f"{name}_{number}_{seed}", step.right(seed)
    if isinstance(step.answer, Pick):
        return app.radio(f"pick_{key}").set_value(right).run()
    if isinstance(step.answer, Number):
        return app.number_input(f"number_{key}").set_value(float(right)).run()
    if isinstance(step.answer, Task):
        return app.button_group(f"task_{key}").set_value(right).run()
    for place, height in enumerate(right):
        app.slider(f"sketch_{key}_point_{place}").set_value(float(height)).run()
    return app


def test_the_list_names_every_lesson_with_its_question():
    app = open_page()
    labels = [button.label for button in app.button]
    for number, lesson in enumerate(LESSONS.values(), 1):
        assert f"{number}. {lesson.title}" in labels
        assert lesson.question in [caption.value for caption in app.caption]
    assert link_value(app, "lesson") is None


@pytest.mark.parametrize("name", NAMES)
def test_a_lesson_is_walked_from_its_first_step_to_its_last(name):
    app = open_page(lesson=name)
    steps = LESSONS[name].steps
    for number, step in enumerate(steps):
        assert locked(app) and "**Why.**" not in said(app)
        app = predict(app, name, number)
        assert not locked(app)
        app = play(app)
        facts = step.known(0)
        verdict = judge(step, 0, (step.right(0),) if isinstance(step.answer, Task) else step.right(0))
        assert verdict.right and verdict.words.split("**")[1] in said(app) and "✓" in said(app)
        assert fill(step.why, facts) in said(app)
        if number + 1 < len(steps):
            app = press(app, "Next step")
            assert link_value(app, "lesson_step") == str(number + 2)
    assert [message.value for message in app.success] == [f"**Lesson done.** {LESSONS[name].learned}"]
    assert name in link_value(app, "lessons_done").split(".")


def test_a_wrong_prediction_unlocks_too_and_is_told_so_in_words():
    app = open_page(lesson="weight", lesson_step="2")
    app.radio("pick_weight_1_0").set_value(2).run()
    app = play(app)
    assert "✗ **Not this time.**" in said(app) and "exactly w₂" in said(app)


def test_a_step_without_a_picture_says_what_was_found_out_before_it_and_nothing_of_what_was_not():
    told = open_page(lesson="weight", lesson_step="3", lesson_told="0,0")
    assert "What you found out just before" in said(told)
    assert "all else stays. The weighted sum changes: **By " in said(told)  # and not the bare question
    half = open_page(lesson="weight", lesson_step="3", lesson_told=",0")
    assert "The weighted sum changes" in said(half) and "has the weighted sum" not in said(half)
    assert "just before" not in said(open_page(lesson="weight", lesson_step="3"))
    task = said(open_page(lesson="weight", lesson_step="5", lesson_told="0,0,0,0"))
    assert task.count("\n- ") == 3 and "has the weighted sum" not in task  # the last three


def test_a_number_without_another_picture_is_drawn_where_the_empty_axes_stood():
    app = open_page(lesson="first_weights", lesson_step="3")
    where = [str(column.get("plotly_chart")[0].proto) for column in app.columns if column.get("plotly_chart")]
    assert len(where) == 1 and "An empty picture" in where[0]
    place = next(k for k, column in enumerate(app.columns) if column.get("plotly_chart"))
    app = play(predict(app, "first_weights", 2))
    drawn = [k for k, column in enumerate(app.columns) if column.get("plotly_chart")]
    assert drawn == [place] and "it is 10" in charts(app)


def test_options_are_offered_in_an_order_that_is_drawn_and_judged_by_their_own_numbers():
    step = LESSONS["weight"].steps[3]
    for seed in range(4):
        (radio,) = open_page(lesson="weight", lesson_step="4", lesson_seed=str(seed)).radio
        assert radio.options == [step.answer.options[k] for k in step.answer.offered(f"weight_3_{seed}")]
    app = predict(open_page(lesson="weight", lesson_step="4", lesson_seed="3"), "weight", 3, 3)
    assert link_value(play(app), "lesson_told") == ",,,0"  # the number that the option has in the lesson


def test_options_that_are_sizes_are_offered_from_the_smallest_to_the_largest():
    (radio,) = open_page(lesson="attention", lesson_step="7").radio
    assert [words[:8] for words in radio.options] == ["About 1/", "About as", "Nearly 1"]
    app = open_page(lesson="attention", lesson_step="8")
    assert app.button_group("task_attention_7_0").options[0] == "1"
    answers = [(name, step.answer) for name, lesson in LESSONS.items() for step in lesson.steps]
    for name, answer in answers:
        if isinstance(answer, Pick):
            assert sorted(answer.offered(name)) == list(range(len(answer.options))), name
        if isinstance(answer, Task):
            sizes = [answer.options[option] for option in answer.offered()]
            assert sizes == sorted(answer.options), name


def test_a_lesson_is_found_by_its_title_and_a_name_that_is_none_leads_to_the_list():
    assert link_value(open_page(lesson="The attention matrix"), "lesson") == "attention"
    assert link_value(open_page(lesson="First-Weights"), "lesson") == "first_weights"
    app = open_page(lesson="words")
    assert warnings(app) == f"There is no lesson called “words”. These are all {len(LESSONS)}: pick one."
    assert link_value(app, "lesson") is None and "1. What a weight is" in [button.label for button in app.button]


def test_a_task_is_done_when_its_best_option_is_found_and_not_before():
    app = open_page(lesson="weight", lesson_step="5")
    right = LESSONS["weight"].steps[4].right(0)
    app.button_group("task_weight_4_0").set_value(right + 1).run()
    app = play(app)
    assert "a better one works too" in said(app) and "**Why.**" not in said(app)
    app.button_group("task_weight_4_0").set_value(right).run()
    app = play(app)
    assert "**Target reached" in said(app) and "**Why.**" in said(app)


def test_a_link_shows_the_same_step_with_the_same_prediction():
    told = write_predictions([None, None, 4.0])
    app = open_page(lesson="weight", lesson_step="3", lesson_seed="7", lesson_told=told)
    step = LESSONS["weight"].steps[2]
    assert judge(step, 7, 4.0).words in said(app) and fill(step.why, step.known(7)) in said(app)
    assert (link_value(app, "lesson_told"), link_value(app, "lesson_seed")) == (",,4", "7")


def test_other_numbers_ask_anew_and_the_old_prediction_comes_back_with_the_old_numbers():
    app = open_page(lesson="weight", lesson_told="3.5")
    app = press(app, "Other numbers")
    assert locked(app) and link_value(app, "lesson_seed") == "1" and link_value(app, "lesson_told") is None
    step = LESSONS["weight"].steps[0]
    assert fill(step.question, step.known(1)) in said(app)
    app = press(press(app, "All lessons"), "1. What a weight is")
    assert "**Right.**" in said(app)


def test_the_last_step_of_the_last_lesson_leads_back_to_the_list():
    name = NAMES[-1]
    app = press(open_page(lesson=name, lesson_step=str(len(LESSONS[name].steps))), "Back to all lessons")
    assert link_value(app, "lesson") is None and any("1. What a weight is" in button.label for button in app.button)


def test_a_step_that_can_be_watched_mounts_no_player_before_the_prediction():
    app = open_page(lesson="nonlinear", lesson_step="2")
    before = len(app.get("bidi_component"))
    app.radio("pick_nonlinear_1_0").set_value(0).run()
    app = play(app)
    assert len(app.get("bidi_component")) == before + 1
    assert link_value(app, "activation") == "identity"


def test_the_samples_of_a_watched_step_stay_where_no_player_shows_them():
    told = ",,0.8:0.7:0.6:0.5:0.4:0.3:0.2"
    app = open_page(lesson="downhill", lesson_step="3", lesson_told=told)
    assert "Watch it train" in [button.label for button in app.button] and "The training samples" in charts(app)
    app = press(app, "Watch it train")
    assert "Your sketch" in charts(app) and "The training samples" not in charts(app)


@pytest.mark.parametrize("link", [
    {"lesson": "nothing"}, {"lesson": "weight", "lesson_step": "99"}, {"lesson": "weight", "lesson_told": "a,b"},
    {"lesson": "weight", "lesson_seed": "-3"}, {"lesson": "weight", "lesson_told": "1,2,3,4,5,6,7,8"},
    {"lesson": "weight", "lesson_told": "1e999"},
])  # fmt: skip
def test_a_link_that_cannot_be_is_said_in_a_sentence(link):
    app = open_page(**link)
    assert warnings(app)


def test_unknown_lessons_in_a_link_are_not_done():
    app = open_page(lessons_done="weight.nothing")
    assert "✓ 1. What a weight is" in [button.label for button in app.button]
    assert sum(button.label.startswith("✓") for button in app.button) == 1


def test_what_was_done_stays_done_when_an_older_link_is_opened():
    app = open_page(lessons_done="weight")
    app.query_params = {"lesson": "nonlinear"}
    app.run()
    assert link_value(app, "lesson") == "nonlinear" and link_value(app, "lessons_done") == "weight"


def test_every_choice_of_the_page_has_a_name_for_people():
    assert all("_" not in choice_words(name) for name in CHOICES)


@pytest.mark.parametrize("name", NAMES)
def test_the_page_that_a_step_leads_to_takes_its_settings(name):
    links = {(step.page, tuple(step.settings(0).items())) for step in LESSONS[name].steps if step.settings}
    for page, settings in sorted(links):
        assert page in BY_NAME
        if page not in ("restarts", "batches"):  # which would train
            assert not warnings(open_app(page, **dict(settings)))
    assert all(step.page in BY_NAME for step in LESSONS[name].steps if step.page)
