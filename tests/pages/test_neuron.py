"""The page about one neuron, as Streamlit runs it, from app.py."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore.neuron import NEURONS, Neuron, chain_of
from nncore.neuron_data import make_points, points_for
from pages.parts.neuron_presets import PRESETS
from pages.parts.neuron_words import (
    backward_block,
    forward_block,
    inner,
    number,
    rule_of_signs,
    step_block,
    ways_on,
    with_numbers,
)

ROOT = Path(__file__).parents[2]
PARTS = ("chain", "loss", "rates", "goal", "stops", "activations")


def open_page(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=20)
    app.switch_page("pages/neuron.py")
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def warnings(app: AppTest) -> str:
    return " ".join(warning.value for warning in app.warning)


def link(app: AppTest, name: str) -> str | None:
    value = app.query_params.get(name)
    return value[0] if isinstance(value, list) else value


def formulas(app: AppTest) -> str:
    return "\n".join(latex.value for latex in app.latex)


def test_a_newcomer_gets_a_neuron_at_its_start():
    app = open_page()
    assert metrics(app) == {"w₁": "-1", "b": "0.5", "loss after 0 steps": "1.117"}
    assert app.title[0].value == "What can one neuron learn?"


def test_the_textbook_case_is_written_out_with_its_numbers():
    app = open_page(n_points="textbook", n_start="0.5,-1.0")
    text = formulas(app)
    for part in (r"0.5 \cdot 2 + (-1)", r"-\ln 0.5 = 0.6931", r"\frac{0.5 - 1}{0.5(1 - 0.5)} = -2", "0.5(1 - 0.5) = 0.25",
                 r"(-2) \cdot 0.25 = -0.5", r"(-0.5) \cdot 2 = -1", r"-0.1 \cdot (-0.5) \cdot 2 = 0.1",
                 r"-0.1 \cdot (-0.5) = 0.05"):  # fmt: skip
        assert part in text
    press(app, "One step on this sample")
    assert metrics(app) == {"w₁": "0.6", "b": "-0.95", "loss after 1 step": "0.5759"}
    assert link(app, "n_steps") == "1s1"


def test_buttons_take_their_steps_and_the_way_back():
    app = open_page()
    for label in ("10 steps", "One step on the batch", "100 steps", "One step on this sample"):
        press(app, label)
    assert link(app, "n_steps") == "111b,1s1"
    assert "loss after 112 steps" in metrics(app)
    press(app, "Back to the start")
    assert link(app, "n_steps") is None and "loss after 0 steps" in metrics(app)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", NEURONS)
def test_every_chapter_opens_for_every_neuron(kind, part):
    # Over all of them every set of points and every number of inputs has its turn.
    turn = PARTS.index(part) + list(NEURONS).index(kind)
    suited = points_for(NEURONS[kind].task)
    app = open_page(n_kind=kind, n_points=suited[turn % len(suited)], n_inputs=str(1 + turn % 4), n_part=part,
                    n_steps="3b,1s1")  # fmt: skip
    assert not app.warning and link(app, "n_part") == part


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_every_preset_opens_by_its_button(preset):
    app = open_page(n_kind="perceptron", n_points="and", n_inputs="3")
    press(app, preset.title)
    assert not app.warning
    assert {name: link(app, name) for name in preset.choices} == preset.choices
    assert link(app, "n_inputs") == preset.choices.get("n_inputs")


@pytest.mark.parametrize("name, value, words", [
    ("n_kind", "cubic", "n_kind cannot be 'cubic' here; logistic is used instead."),
    ("n_points", "line", "n_points cannot be 'line' here; groups is used instead."),
    ("n_inputs", "5", "n_inputs cannot be '5' here; 1 is used instead."),
    ("n_inputs", "two", "n_inputs must be a whole number, got 'two'"),
    ("n_rate", "nan", "n_rate cannot be 'nan' here; 0.1 is used instead."),
    ("n_start", "1e308,0", "n_start cannot be '1e308,0' here"),
    ("n_start", "1.0", "n_start cannot be '1.0' here"),
    ("n_start", "a,b", "n_start must be numbers with commas between them, got 'a,b'"),
    ("n_steps", "7q", "n_steps cannot be '7q' here; none is used instead."),
    ("n_steps", "1s99", "n_steps cannot be '1s99' here"),
    ("n_sample", "21", "n_sample cannot be '21' here; 1 is used instead."),
    ("n_part", "end", "n_part cannot be 'end' here; chain is used instead."),
    ("n_draw", "-1", "n_draw cannot be '-1' here; 0 is used instead."),
])  # fmt: skip
def test_a_wrong_link_gets_one_sentence(name, value, words):
    app = open_page(**{name: value})
    assert words in warnings(app) and len(app.warning) == 1
    assert link(app, name) is None
    app.run()
    assert not app.warning


def test_another_neuron_takes_the_same_steps_where_the_samples_suit_it():
    app = open_page(n_points="apart", n_steps="20b")
    app.selectbox(key="choose_n_kind").set_value("sigmoid_squared").run()
    assert (link(app, "n_points"), link(app, "n_steps")) == ("apart", "20b")
    app.selectbox(key="choose_n_kind").set_value("linear").run()
    assert (link(app, "n_points"), link(app, "n_steps")) == (None, None)
    assert not app.warning and not app.exception


def test_more_inputs_bring_their_weights():
    app = open_page()
    app.slider(key="choose_n_inputs").set_value(3).run()
    assert {"w₁", "w₂", "w₃", "b"} <= set(metrics(app))
    app.number_input(key="choose_n_start_1").set_value(2.5).run()
    assert link(app, "n_start") == "-1.0,2.5,-1.0,0.5"
    assert metrics(app)["w₂"] == "2.5"
    app.number_input(key="choose_n_start_1").set_value(-1.0).run()
    assert link(app, "n_start") is None


def test_a_rate_that_is_too_large_is_said_to_diverge():
    app = open_page(n_kind="linear", n_rate="10.0", n_steps="100b")
    assert "Diverged" in app.error[0].value and "learning rate down" in app.error[0].value


def test_too_many_steps_are_refused_in_one_sentence():
    app = open_page(n_steps="4950b")
    press(app, "100 steps")
    assert "steps must be at most 5,000 in all, got 5,050" in warnings(app)
    assert link(app, "n_steps") == "4950b"


def test_least_squares_stands_beside_what_descent_has_reached():
    app = open_page(n_kind="linear", n_part="goal", n_steps="500b")
    table = next(text.value for text in app.markdown if "| solution |" in text.value)
    rows = [row.split("|")[2:4] for row in table.splitlines()[2:]]
    assert len(rows) == 3 and all(now.strip() == there.strip() for now, there in rows)


# The words and formulas.


@pytest.mark.parametrize("value, text", [
    (0.5, "0.5"), (-2.0, "-2"), (-0.0, "0"), (1.25e-7, r"1.25 \cdot 10^{-7}"), (1.0, "1"), (0.99999913, "0.99999913"),
    (float("inf"), r"\infty"), (float("-inf"), r"-\infty"), (float("nan"), r"\text{undefined}"),
])  # fmt: skip
def test_numbers_in_latex(value, text):
    assert number(value) == text


def test_letters_give_way_to_numbers_and_commands_do_not():
    assert with_numbers(r"\frac{1}{1 + e^{-z}}", z=-2.0) == r"\frac{1}{1 + e^{-(-2)}}"
    assert with_numbers(r"\tanh z", z=0.5) == r"\tanh 0.5"
    assert with_numbers(r"\frac{a - y}{a(1 - a)}", a=0.25, y=1.0) == r"\frac{0.25 - 1}{0.25(1 - 0.25)}"
    assert inner(1e-9) == r"(1 \cdot 10^{-9})"


@pytest.mark.parametrize("kind", NEURONS)
@pytest.mark.parametrize("n_inputs", [1, 4])
def test_every_kind_is_written_with_balanced_braces(kind, n_inputs):
    X, y = make_points(points_for(NEURONS[kind].task)[0], n_inputs)
    chain = chain_of(Neuron(kind, np.full(n_inputs + 1, 50.0)), X[0], y[0], 0.1)
    for text in (forward_block(NEURONS[kind], chain), backward_block(NEURONS[kind], chain), step_block(chain)):
        assert text.count("{") == text.count("}") and text.count("&=") >= 2
        assert text.startswith(r"\begin{aligned}") and text.endswith(r"\end{aligned}")


def test_the_rule_of_signs_speaks_of_these_numbers():
    # delta = a - y > 0; inputs 2, -1 and 0: the first weight goes down, the second up, the third stays.
    chain = chain_of(Neuron("logistic", [1.0, 1.0, 1.0, 0.0]), np.array([2.0, -1.0, 0.0]), 0, 0.1)
    words = rule_of_signs(NEURONS["logistic"], chain)
    assert "**too high**" in words and "**w₁ goes down**" in words and "**w₂ goes up**" in words
    assert "x₃ is 0: w₃ had no part in the answer, and **stays**" in words and "**b goes down**" in words
    assert "the loss rises with w₁" in words


def test_the_perceptron_is_not_said_to_have_a_gradient():
    kind = NEURONS["perceptron"]
    right, wrong = (chain_of(Neuron("perceptron", [1.0, 0.0]), np.array([2.0]), y, 0.1) for y in (1, 0))
    assert "asks for no change" in rule_of_signs(kind, right)
    assert "so **w₁ goes down**" in rule_of_signs(kind, wrong) and "the loss" not in rule_of_signs(kind, wrong)
    assert r"\partial L" not in backward_block(kind, wrong)


def test_flat_ends_in_words():
    assert ways_on(None, None) == "nowhere"
    assert ways_on(float("inf"), float("-inf")) == "everywhere"
    assert ways_on(-5.986, 5.986) == "below −5.99 and above 5.99"
    assert ways_on(0.0, None) == "below 0"
