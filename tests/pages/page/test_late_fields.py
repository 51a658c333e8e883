"""A field and a button of the page used within one breath: the button acts upon what the field says, not on what it said."""

import numpy as np
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import ElementTree

from pages.parts.attention.edits import EDITS
from pages.parts.weights.overlay import KEY
from tests.pages.conftest import open_app


@pytest.fixture(autouse=True)
def presses_come_last(monkeypatch):
    """As a browser says them: what widgets hold first, and then what was pressed."""
    said = ElementTree.get_widget_states

    def in_order(tree: ElementTree) -> WidgetStates:
        states = sorted(said(tree).widgets, key=lambda state: state.WhichOneof("value") == "trigger_value")
        return WidgetStates(widgets=states)

    monkeypatch.setattr(ElementTree, "get_widget_states", in_order)


def set_and_press(app: AppTest, kind: str, key: str, value, button: str) -> AppTest:
    """Both within one run, as the server is told of them when they follow closely."""
    next(field for field in getattr(app, kind) if field.key == key).set_value(value)
    app.button(key=button).click().run()
    assert not app.exception
    return app


def choices(app: AppTest) -> dict[str, str]:
    return app.session_state["glassbox"].choices


@pytest.mark.parametrize("link,key,value,button,expected", [
    ({}, "choose_n_sample", 2, "step_One step on this sample", ("1s2~0.1", "2")),
    ({"n_steps": "1b~0.1,10b~0.1"}, "choose_n_draw", 3, "step_One step on the batch", ("1b~0.1", None)),
    ({"n_steps": "1b~0.1,10b~0.1"}, "choose_n_draw", 3, "step_undo", (None, None)),
])  # fmt: skip
def test_one_neuron_steps_on_the_samples_that_are_picked(link, key, value, button, expected):
    app = set_and_press(open_app("neuron", **link), "number_input", key, value, button)
    assert (choices(app).get("n_steps"), choices(app).get("n_sample")) == expected


def test_two_first_weights_of_a_neuron_typed_in_one_breath_both_count():
    app = open_app("neuron")
    app.text_input(key="choose_n_start_0").set_value("2")
    app.text_input(key="choose_n_start_1").set_value("3").run()
    assert choices(app)["n_start"] == "2.0,3.0"


def test_a_ball_is_put_where_the_fields_say_and_rolls_on_the_landscape_that_is_picked():
    app = open_app("landscapes")
    app.number_input(key="place_y").set_value(-0.5)
    app = set_and_press(app, "number_input", "place_x", 1.0, "place_ball")
    assert choices(app)["ball_at"] == "1.0,-0.5"
    app = set_and_press(app, "selectbox", "choose_ball_rate", 0.1, "roll")
    assert choices(app)["rolled"] == "yes" and choices(app)["ball_rate"] == "0.1"


@pytest.mark.parametrize("button", ["silence", "freeze"])
def test_the_neuron_that_is_picked_is_held(button):
    app = open_app("weights", hidden="5,4", frame="20", section="edit")
    set_and_press(app, "number_input", "choose_neuron", 3, button)
    (changes,) = app.session_state[KEY].values()
    (step,) = changes.steps
    assert (step.layer, step.neuron) == (0, 2) and (step.value == 0) == (button == "silence")


def test_the_matrix_that_is_picked_is_set():
    app = open_app("attention", step="matrices")
    app = set_and_press(app, "segmented_control", "choose_matrix", "W_K", "matrix_Zeros")
    (edits,) = (made for made in app.session_state[EDITS].values() if made)
    assert list(edits) == ["W_K"] and not np.any(edits["W_K"])


@pytest.mark.parametrize("page,link,name,to,button", [
    ("backprop", {"hidden": "5,4", "frame": "9", "microscope": "passes"}, "pass_step", 3, "pass_chevron_right"),
    ("words", {"part": "pieces"}, "merges", 20, "next_merge"),
])  # fmt: skip
def test_next_goes_on_from_where_the_slider_stands(page, link, name, to, button):
    app = set_and_press(open_app(page, **link), "slider", f"choose_{name}", to, button)
    assert choices(app)[name] == str(to + 1)


def test_a_prediction_that_is_typed_anew_is_the_one_that_is_judged():
    app = open_app("lessons", lesson="weight")
    app.number_input(key="number_weight_0_0").set_value(7.0).run()
    set_and_press(app, "number_input", "number_weight_0_0", 8.0, "play_weight_0_0")
    assert "8" in choices(app)["lesson_told"] and "7" not in choices(app)["lesson_told"]
