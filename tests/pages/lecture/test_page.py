"""The lecturer's path without a browser: hide, present, prepare a lecture, ask the room, answer, reveal."""

from random import Random

import pytest
from streamlit.testing.v1 import AppTest

from nncore import ChunkStore, Run
from pages.parts.lecture.lecture import Screen, first_screen, next_screen, screen_before
from pages.parts.lecture.rooms import known_phone
from pages.parts.lecture.share import read_choices, write_choices
from pages.parts.lecture.steps import pack, step_of, unpack
from tests.pages.conftest import link_value, open_app, press, warnings

EVIL = "<img src=x onerror=alert(1)> **bold** [link](http://evil.example)"
STEPS = (
    step_of("train", {"dataset": "xor", "hidden": "3", "frame": "0"}, "This is where it begins."),
    step_of("weights", {"dataset": "xor", "hidden": "3", "frame": "5"}, "", "Which is largest?", (EVIL, "The second"), 1),
    step_of("neuron", {}),
)  # fmt: skip
QUESTION = {"lecture": pack(STEPS), "present": "1", "lecture_step": "2"}


def htmls(app):
    return "\n".join(one.proto.body for one in app.get("html"))


def texts(app):
    return "\n".join(one.value for one in [*app.markdown, *app.subheader]).replace("\\", "").replace("\u2060", "")


def labels(app):
    return [button.label for button in app.button]


def test_hidden_groups_are_left_out_and_stay_in_the_link():
    app = open_app(dataset="xor", hide="data,training,presets")
    assert [tab.label for tab in app.tabs][:1] == ["Network"] and link_value(app, "hide") == "data,training,presets"
    assert "Try this" not in [one.value for one in app.subheader] and not app.warning


@pytest.mark.parametrize(("name", "hidden"), [
    ("sidebar", "stSidebar"), ("menu", "stHeader"), ("title", "h1"), ("controls", "stSelectbox"),
    ("details", ".st-key-details"), ("share", ".st-key-lecture_bar"),
])  # fmt: skip
def test_a_group_that_a_link_hides_is_hidden_by_a_style_and_no_other_is(name, hidden):
    def rule(**link):
        return [line for line in htmls(open_app("weights", **link)).splitlines() if "display: none !important" in line
                and hidden in line and line.count("{") == 1]  # fmt: skip

    assert len(rule(hide=name)) == len(rule()) + 1


def test_the_first_page_promises_that_it_cannot_be_broken():
    assert "You can't break it" in open_app().title[0].value


def test_a_name_that_cannot_be_hidden_is_said_with_those_that_can():
    app = open_app(hide="data,<b>x</b>", present="yes")
    assert "asks to hide" in warnings(app) and "data, network, training" in warnings(app)
    assert "Presenter view can be 1 (on) or 0 (off)" in warnings(app)
    assert link_value(app, "hide") == "data" and link_value(app, "present") is None


@pytest.mark.parametrize("page", ["", "weights", "words"])
def test_presenter_view_is_in_the_link_of_every_page_and_can_be_left(page):
    app = open_app(page, present="1")
    assert "--glassbox-unit" in htmls(app) and "Share" not in labels(app) and link_value(app, "present") == "1"
    press(app, "Leave")
    assert "--glassbox-unit" not in htmls(app) and "Share" in labels(app) and link_value(app, "present") is None


def test_present_is_entered_by_a_button_and_goes_along_to_other_pages():
    app = press(open_app(dataset="xor"), "Present")
    assert link_value(app, "present") == "1"
    app.switch_page("pages/weights.py").run()
    assert link_value(app, "present") == "1" and "--glassbox-unit" in htmls(app)


def adding():
    import streamlit as st

    from pages.parts.lecture.share import add_step
    from pages.parts.page.link import open_link, write_link

    st.session_state["page_here"] = "weights"
    session = open_link()
    write_link(session)
    st.markdown(f"problem: {add_step(session, 'Look.', *st.session_state['typed'])}")


def added(question: str, choices: str, **link: str) -> AppTest:
    app = AppTest.from_function(adding, default_timeout=30)
    app.session_state["typed"] = question, choices
    for name, text in link.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def test_what_is_on_screen_is_added_to_the_lecture_in_the_link():
    app = added("How many?", "4\n* 13", dataset="xor", hidden="3", frame="5", present="1", lecture=pack(STEPS))
    *before, step = unpack(link_value(app, "lecture"))
    assert tuple(before) == STEPS and step.page == "weights" and step.sentence == "Look."
    assert step.link["hidden"] == "3" and step.link["frame"] == "5" and not {"lecture", "present"} & set(step.link)
    assert step.question == "How many?" and step.choices == ("4", "13") and step.right == 1


@pytest.mark.parametrize(("question", "choices"), [("How many?", ""), ("", "one\ntwo"), ("How many?", "one"), ("", "one")])
def test_a_question_without_answers_is_said_and_nothing_is_added(question, choices):
    app = added(question, choices, dataset="xor")
    assert "needs two to eight answers" in texts(app) and link_value(app, "lecture") is None


@pytest.mark.parametrize(("lecture", "said"), [("AAAA", "cannot be read"), ("A" * 8001, "8,000 letters")])
def test_a_lecture_that_cannot_be_read_is_said(lecture, said):
    app = open_app("lecture", lecture=lecture)
    assert said in warnings(app) and link_value(app, "lecture") is None


def test_steps_are_moved_changed_and_removed_on_the_page():
    app = open_app("lecture", lecture=pack(STEPS))
    app.button(key="step_Down_0").click().run()
    assert [step.page for step in unpack(link_value(app, "lecture"))] == ["weights", "train", "neuron"]
    app.text_input(key="step_sentence_1").set_value("Begin here.").run()
    app.text_area(key="step_choices_0").set_value("* one\n\ntwo\nthree").run()
    first, second, _ = unpack(link_value(app, "lecture"))
    assert second.sentence == "Begin here." and first.choices == ("one", "two", "three") and first.right == 0
    app.button(key="step_Remove_0").click().run()
    assert [step.page for step in unpack(link_value(app, "lecture"))] == ["train", "neuron"] and not app.exception


def test_what_would_not_fit_into_a_link_is_said_and_not_added():
    draw = Random(3)
    full = [step_of("train", {"text": "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=600))}) for _ in range(40)]
    while len(pack(full)) > 7700:
        full = full[:-1]
    app = open_app("lecture", lecture=pack(full))
    long = "".join(chr(draw.randrange(0x4E00, 0x9000)) for _ in range(300))
    app.text_input(key="step_sentence_0").set_value(long).run()
    app.text_area(key="step_question_0").set_value(long[::-1]).run()
    assert "it can have 8,000" in warnings(app) and len(link_value(app, "lecture")) < 8000 and not app.exception


def test_the_way_goes_through_each_question_to_its_page_and_back():
    way, at = [], first_screen(STEPS, 0)
    while at is not None:
        way.append(at)
        at = next_screen(STEPS, at)
    assert way == [Screen(0, False), Screen(1, True), Screen(1, False), Screen(2, False)]
    assert [screen_before(STEPS, at) for at in way] == [None, *way[:-1]]


def test_answers_are_written_one_per_line_and_a_star_marks_the_right_one():
    assert read_choices(" up \n\n*down\n* \nstays") == (["up", "down", "stays"], 1)
    assert read_choices(write_choices(("a", "b"), 0)) == (["a", "b"], 0) and read_choices("a\nb")[1] is None


def asked():
    app = press(open_app("lecture", **QUESTION), "Ask the room")
    return app, link_value(app, "room")


def test_each_turn_of_a_question_is_one_press():
    lecturer, _ = asked()
    for label, after in (("Show answers", "Reveal"), ("Reveal", "See it")):
        press(lecturer, label)
        labels = [button.label for button in lecturer.button]
        assert after in labels and label not in labels  # one press turns one page, though all stand at one place
    press(lecturer, "Ask again")
    assert "Show answers" in [button.label for button in lecturer.button]
    assert ".st-key-head { display: none" in htmls(lecturer)  # nothing but the question for the class to read


def test_the_room_predicts_and_the_lecturer_reveals():
    lecturer, room = asked()
    assert link_value(lecturer, "room_key") and "0 answers" in texts(lecturer)
    students = [open_app("lecture", room=room) for _ in range(3)]
    for student, key in zip(students, (0, 1, 1), strict=True):
        student.button(key=f"room_choice_1_{key}").click().run()
    students[0].button(key="room_choice_1_1").click().run()
    assert all(link_value(student, "room_key") is None for student in students)
    lecturer.run()
    assert "3 answers" in texts(lecturer) and "(100 %)" not in htmls(lecturer)
    press(lecturer, "Show answers")
    assert "3 (100 %)" in htmls(lecturer) and "✓" not in htmls(lecturer)
    assert "(100 %)" not in htmls(students[1].run())
    press(lecturer, "Reveal")
    assert "3 (100 %) · ✓ right" in htmls(lecturer)
    assert "3 (100 %) · ✓ right · your answer" in htmls(students[1].run())
    assert "room_choice_1_1" not in [button.key for button in students[1].button]


@pytest.mark.parametrize("brought", ["", "x" * 23, 'a"; document.title = "b"'[:22], "a" * 21 + "\n", None])
def test_a_phone_brings_nothing_but_a_token(brought):
    assert known_phone(brought) is None and known_phone("Ab3-_" * 4 + "Ab") == "Ab3-_" * 4 + "Ab"


def test_a_late_answer_is_refused_in_words():
    lecturer, room = asked()
    student = open_app("lecture", room=room)
    press(press(lecturer, "Show answers"), "Reveal")
    student.button(key="room_choice_1_0").click().run()
    assert "0 answers" in "".join(one.value for one in student.caption) and not student.exception


def test_typed_text_never_becomes_html():
    lecturer, room = asked()
    for app in (lecturer, open_app("lecture", room=room)):
        assert "<img src=x" not in htmls(app) and "&lt;img src=x" in htmls(lecturer)
        assert not any("[link](" in one.value or "**bold**" in one.value for one in app.markdown)
        assert not any("[link](" in label or "**bold**" in label for label in labels(app))


def test_a_guessed_room_and_a_wrong_key_open_nothing():
    assert "not open" in "".join(one.value for one in open_app("lecture", room="guessed").info)
    _, room = asked()
    app = open_app("lecture", **QUESTION, room=room, room_key="guessed")
    assert "Ask the room" in labels(app) and "Reveal" not in labels(app)


def test_a_lecture_begins_with_an_example_of_four_steps_whose_question_has_the_answer_that_it_says():
    app = open_app("lecture")
    app.button(key="lecture_example").click().run()
    steps = unpack(link_value(app, "lecture"))
    assert [step.page for step in steps] == ["train", "train", "train", "restarts"]
    (asked,) = [step for step in steps if step.asks]
    run, _ = Run.repair(asked.link)
    _, scores, _ = ChunkStore().scores(run, 120)
    assert abs(scores[-1, 2] - 0.5) < 0.15 and asked.choices[asked.right] == "About half"


def test_the_example_is_presented_from_its_first_step_before_one_takes_it():
    app = press(open_app("lecture"), "See it as the class does")
    assert link_value(app, "present") == "1" and link_value(app, "lecture_step") == "1"
    assert "1&nbsp;of&nbsp;4" in texts(app) and len(unpack(link_value(app, "lecture"))) == 4


def test_steps_on_one_page_are_gone_to_and_fro_however_quickly():
    pair = (step_of("weights", {"dataset": "xor", "hidden": "3"}), step_of("weights", {"dataset": "xor", "hidden": "5"}))
    app, seen = open_app("weights", **pair[0].link, lecture=pack(pair), present="1", lecture_step="1"), []
    for label in ("Next screen", "Previous screen", "Next screen", "Previous screen"):
        press(app, label)
        seen.append((link_value(app, "hidden"), link_value(app, "lecture_step")))
    assert seen == [("5", "2"), ("3", "1")] * 2
