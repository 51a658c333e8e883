"""The page about one neuron, as Streamlit runs it, from app.py."""

import re
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore.single_neuron.data import make_points, points_for
from nncore.single_neuron.descent import follow
from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.neuron import Neuron, chain_of
from nncore.single_neuron.solutions import solve
from nncore.single_neuron.stopping import StopTrial
from pages.parts.neuron import study as neuron_look
from pages.parts.neuron.controls import read_setup
from pages.parts.neuron.loss import HIGHER, SHORTER, STEEPER, next_steps
from pages.parts.neuron.presets import PRESETS
from pages.parts.neuron.stop_words import trial_words
from pages.parts.neuron.theory import likelihood_words, newton_words
from pages.parts.neuron.words import (
    backward_block,
    forward_block,
    inner,
    number,
    rule_of_signs,
    step_block,
    ways_on,
    with_numbers,
)
from pages.parts.page.session import Session
from tests.pages.conftest import link_value, open_app, press, warnings

PARTS = ("chain", "loss", "rates", "goal", "stops", "activations")


open_page = partial(open_app, "neuron")


def tables(app: AppTest) -> list[list[list[str]]]:
    """The cells of the small tables on the page, row by row."""
    bodies = [html.proto.body for html in app.get("html") if 'class="numbers' in html.proto.body]
    return [[re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in body.split("<tr>")[1:]] for body in bodies]


def numbers(app: AppTest) -> dict[str, str]:
    """The neuron's numbers now, and under "steps" how many it has taken."""
    names, _, now = tables(app)[0]
    return {"steps": now[0], **dict(zip(names[1:], now[1:], strict=True))}


def formulas(app: AppTest) -> str:
    return "\n".join(latex.value for latex in app.latex)


def test_a_newcomer_gets_a_neuron_at_its_start():
    app = open_page()
    assert numbers(app) == {"steps": "after 0 steps", "w₁": "−1", "b": "0.5", "loss": "1.117"}
    assert app.title[0].value == "What can one neuron learn?"


def test_the_textbook_case_is_written_out_with_its_numbers():
    app = open_page(n_points="textbook", n_start="0.5,-1.0")
    text = formulas(app)
    for part in (r"0.5 \cdot 2 + (-1)", r"-\ln 0.5 = 0.6931", r"\frac{0.5 - 1}{0.5(1 - 0.5)} = -2", "0.5(1 - 0.5) = 0.25",
                 r"(-2) \cdot 0.25 = -0.5", r"(-0.5) \cdot 2 = -1", r"-0.1 \cdot (-0.5) \cdot 2 = 0.1",
                 r"-0.1 \cdot (-0.5) = 0.05"):  # fmt: skip
        assert part in text
    press(app, "One step on this sample")
    assert numbers(app) == {"steps": "after 1 step", "w₁": "0.6", "b": "−0.95", "loss": "0.5759"}
    assert tables(app)[0][1] == ["at first", "0.5", "−1", "0.6931"]
    assert link_value(app, "n_steps") == "1s1~0.1"


def test_buttons_take_their_steps_and_the_way_back():
    app = open_page()
    for label in ("10 steps", "One step on the batch", "100 steps", "One step on this sample"):
        press(app, label)
    assert link_value(app, "n_steps") == "10b~0.1,1b,100b,1s1"
    assert numbers(app)["steps"] == "after 112 steps"
    press(app, "Undo")
    press(app, "Undo")
    assert link_value(app, "n_steps") == "10b~0.1,1b" and numbers(app)["steps"] == "after 11 steps"
    press(app, "From the first weights")
    assert link_value(app, "n_steps") is None and numbers(app)["steps"] == "after 0 steps"


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", NEURONS)
def test_every_chapter_opens_for_every_neuron(kind, part):
    # Over all of them every set of points and every number of inputs has its turn.
    turn = PARTS.index(part) + list(NEURONS).index(kind)
    suited = points_for(NEURONS[kind].task)
    app = open_page(n_kind=kind, n_points=suited[turn % len(suited)], n_inputs=str(1 + turn % 4), n_part=part,
                    n_steps="3b,1s1")  # fmt: skip
    assert not app.warning and link_value(app, "n_part") == part


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_every_preset_opens_by_its_button(preset):
    app = open_page(n_kind="perceptron", n_points="and", n_inputs="3")
    press(app, preset.title)
    assert not app.warning
    assert {name: link_value(app, name) for name in preset.choices} == preset.choices
    assert link_value(app, "n_inputs") == preset.choices.get("n_inputs")


def preset_path(title):
    """The path of the preset, with its neuron's samples."""
    session = Session(choices=dict(next(preset.choices for preset in PRESETS if preset.title == title)))
    setup = read_setup(session)
    return follow(setup), setup, *make_points(setup.points, setup.n_inputs)


def right(path, setup, X, y):
    """Which answers of the last state are on their target's side."""
    return (Neuron(setup.kind, path.parameters[-1]).forward(X)[1] > 0.5) == (y == 1)


def test_the_presets_keep_what_they_promise():
    path, _, X, y = preset_path("Straight line")
    assert len(path.rates) == 100 and path.parameters[-1] == pytest.approx(solve("linear", X, y).parameters, abs=5e-7)
    path, setup, X, y = preset_path("Outlier")
    squared, absolute = (follow(replace(setup, kind=kind)).parameters[-1] for kind in ("linear", "absolute"))
    others = solve("linear", *make_points("line", 1)).parameters
    assert np.abs(absolute - others).max() < 0.1 < 0.5 < np.abs(squared - others).max()
    path, *rest = preset_path("Saturated")
    assert not right(path, *rest).any() and path.losses[0] - path.losses[-1] < 1e-3 * path.losses[0]
    assert right(*preset_path("Not saturated")).all()
    path, *_ = preset_path("η too large")
    assert (np.diff(path.losses) > 0).all() and (np.diff(np.sign(np.diff(path.parameters[:, 0]))) != 0).all()
    path, *_ = preset_path("XOR")
    assert np.abs(np.diff(path.parameters, axis=0)).max(axis=1).min() > 0


@pytest.mark.parametrize("name, value, words", [
    ("n_kind", "cubic", "The kind of neuron cannot be “cubic”, so it is now logistic."),
    ("n_points", "line", "The set of samples cannot be “line”, so it is now groups."),
    ("n_inputs", "two", "The number of inputs must be a whole number; the link asked for “two”, so it is now 1."),
    ("n_rate", "nan", "The learning rate cannot be “nan” here, so it is now 0.1."),
    ("n_start", "1e308,0", "The list of first weights cannot be 1e308,0 here"),
    ("n_start", "1.0", "The list of first weights cannot be 1.0 here"),
    ("n_start", "a,b", "The list of first weights must be numbers with commas between them; the link asked for “a,b”"),
    ("n_steps", "7q", "The list of steps cannot be “7q” here, so it is now none."),
    ("n_steps", "1s99", "The list of steps cannot be “1s99” here"),
    ("n_part", "end", "The chapter cannot be “end”, so it is now chain."),
    ("n_steps", "1b~0", "The list of steps cannot be “1b~0” here, so it is now none."),
    ("n_draw", "-1", "The draw can be 0 to 999; the link asked for -1, so it is now 0."),
])  # fmt: skip
def test_a_wrong_link_gets_one_sentence(name, value, words):
    app = open_page(**{name: value})
    assert words in warnings(app) and len(app.warning) == 1
    assert link_value(app, name) is None
    app.run()
    assert not app.warning


@pytest.mark.parametrize("name, value, now, words", [
    ("n_inputs", "9", "4", "The number of inputs can be 1 to 4; the link asked for 9, so it is now 4."),
    ("n_sample", "999", "20", "The sample can be 1 to 20; the link asked for 999, so it is now 20."),
    ("n_rate", "1e9", "100.0", "The learning rate can be 0.000001 to 100; the link asked for 1e9, so it is now 100."),
])  # fmt: skip
def test_a_value_beyond_a_limit_becomes_the_nearest_with_one_sentence(name, value, now, words):
    app = open_page(**{name: value})
    assert words in warnings(app) and len(app.warning) == 1 and link_value(app, name) == now
    app.run()
    assert not app.warning


def test_names_in_any_case_and_decimal_commas_are_read():
    app = open_page(n_kind="Linear", n_rate="0,05")
    assert not app.warning and (link_value(app, "n_kind"), link_value(app, "n_rate")) == ("linear", "0.05")


def test_another_neuron_takes_the_same_steps_where_the_samples_suit_it():
    app = open_page(n_points="apart", n_steps="20b")
    app.selectbox(key="choose_n_kind").set_value("sigmoid_squared").run()
    assert (link_value(app, "n_points"), link_value(app, "n_steps")) == ("apart", "20b~0.1")
    app.selectbox(key="choose_n_kind").set_value("linear").run()
    assert (link_value(app, "n_points"), link_value(app, "n_steps")) == (None, None)
    assert "The steps belonged to other samples, so they start again from zero." in warnings(app) and not app.exception


def test_other_samples_say_that_the_steps_begin_anew_where_there_were_any():
    app = open_page(n_points="apart", n_steps="20b")
    app.number_input(key="choose_n_draw").set_value(3).run()
    assert "start again from zero" in warnings(app)
    assert link_value(app, "n_steps") is None and link_value(app, "n_draw") == "3"
    app.number_input(key="choose_n_draw").set_value(4).run()
    assert not app.warning


def test_a_rate_at_which_no_number_of_steps_is_enough_is_said_to_be_too_large():
    words = " ".join(text.value for text in open_page(n_kind="linear", n_rate="1", n_part="goal").caption)
    assert "each step leads farther away: no number of them is enough." in words


def test_more_inputs_bring_their_weights():
    app = open_page()
    app.slider(key="choose_n_inputs").set_value(3).run()
    assert {"w₁", "w₂", "w₃", "b"} <= set(numbers(app))
    app.text_input(key="choose_n_start_1").set_value("2.5").run()
    assert link_value(app, "n_start") == "-1.0,2.5,-1.0,0.5"
    assert numbers(app)["w₂"] == "2.5"
    app.text_input(key="choose_n_start_1").set_value("−1").run()
    assert link_value(app, "n_start") is None


@pytest.mark.parametrize("typed, words", [
    ("abc", "First w₁ must be a number, got 'abc'. It stays 2."),
    ("", "First w₁ must be a number, got ''. It stays 2."),
    ("1e308", "First w₁ must be a number from -100.0 to 100.0, got 1e+308. It stays 2."),
    ("nan", "First w₁ must be a number from -100.0 to 100.0, got nan. It stays 2."),
])  # fmt: skip
def test_a_wrong_first_weight_gets_one_sentence(typed, words):
    app = open_page(n_start="2.0,0.5")
    app.text_input(key="choose_n_start_0").set_value(typed).run()
    assert warnings(app) == words and len(app.warning) == 1 and not app.exception
    assert link_value(app, "n_start") == "2.0,0.5" and app.text_input(key="choose_n_start_0").value == "2"


def test_a_rate_that_is_too_large_is_said_to_diverge():
    app = open_page(n_kind="linear", n_rate="10.0", n_steps="100b")
    assert "Diverged" in app.error[0].value and "learning rate down" in app.error[0].value
    app.selectbox(key="choose_n_rate").set_value(0.1).run()
    for _ in range(3):
        press(app, "100 steps")
    assert not app.error and link_value(app, "n_steps") == "100b~10,3x100b~0.1"
    X, y = make_points("line", 1)
    assert float(numbers(app)["w₁"].replace("−", "-")) == pytest.approx(solve("linear", X, y).parameters[0], abs=1e-3)


def test_another_rate_goes_on_from_the_present_weights():
    app = open_page()
    press(app, "10 steps")
    before = numbers(app)
    app.selectbox(key="choose_n_rate").set_value(1.0).run()
    app.selectbox(key="choose_n_schedule").set_value("step").run()
    assert numbers(app) == before
    press(app, "10 steps")
    assert link_value(app, "n_steps") == "10b~0.1,10b~1~step"
    X, y = make_points("groups", 1)
    neuron = Neuron("logistic", [-1.0, 0.5])
    for rate in [0.1] * 10 + [1.0] * 10:
        neuron.parameters -= rate * neuron.gradient(X, y)
    assert float(numbers(app)["w₁"].replace("−", "-")) == pytest.approx(neuron.weights[0], rel=1e-3)


def test_a_link_from_before_steps_had_a_rate_keeps_its_path():
    app = open_page(n_kind="linear", n_rate="0.3", n_schedule="cosine", n_steps="20b,1s3")
    assert link_value(app, "n_steps") == "20b~0.3~cosine,1s3" and not app.warning
    before = numbers(app)
    app.selectbox(key="choose_n_rate").set_value(0.01).run()
    assert numbers(app) == before


def test_a_click_on_a_sample_chooses_it(monkeypatch):
    session = Session()
    other = {"curve_number": 1, "point_index": 3}
    picked = {"curve_number": 2, "point_index": 6, "customdata": {"0": 7}}
    monkeypatch.setattr(neuron_look.st, "session_state", {"n_answers": {"selection": {"points": [other, picked]}}})
    neuron_look.take_clicked_sample(session)
    assert session.choices == {"n_sample": "7"}


def test_the_promised_answer_of_a_step_is_that_of_the_step():
    app = open_page(n_kind="tanh_squared", n_sample="4")
    promise = next(text.value for text in app.caption if "Expect the answer" in text.value)
    after = re.search(r"and δ to go from \S+ to (\S+)\.", promise)[1]
    press(app, "One step on this sample")
    promise = next(text.value for text in app.caption if "Expect the answer" in text.value)
    assert f"δ to go from {after} to" in promise


def test_a_perceptron_that_is_right_is_promised_no_change():
    app = open_page(n_kind="perceptron", n_points="xor", n_inputs="2", n_sample="1")
    given = " ".join(text.value for text in app.caption)
    right = float(numbers(app)["b"]) < 0  # of the corner 0, 0 the bias alone decides
    assert ("Expect no change" in given) == right
    text = " ".join(text.value for text in app.markdown)
    assert "how the loss changes" not in text and "its error signal δ is a − y" in text


def test_a_promise_too_small_to_show_says_so():
    app = open_page(n_kind="sigmoid_squared", n_points="apart", n_start="-30.0,0.0", n_sample="2")
    assert "Expect the answer a to stay at" in " ".join(text.value for text in app.caption)


def test_among_the_rates_is_one_that_leads_up_if_there_is_one():
    def words(**given):
        return "\n".join(text.value for text in open_page(n_part="rates", **given).markdown)

    assert re.search(r"\| η\s=\s30 \| 0\.47 \| [1-9]\d* \|", words())
    assert re.search(r"\| η\s=\s1 \| diverged at step \d+ \| \d+ \|", words(n_kind="linear"))
    assert "No step led up here, not even at η = 100: on these samples none" in words(n_points="apart")
    # From w = -1, b = 0.5 a squared error on a sigmoid leaps over the lowest place at η = 100, and lands no higher.
    leap = words(n_kind="sigmoid_squared")
    assert "not even at η = 100; and yet that one ends higher than η = 0.3 does" in leap
    assert "say nothing about η" in words(n_kind="perceptron")


def test_where_there_is_no_solution_more_steps_are_shown():
    rows = tables(open_page(n_points="apart", n_part="goal", n_start="0.0,0.0"))[1]
    assert [row[0] for row in rows] == ["&nbsp;", "now", "10 more steps", "100 more steps", "1,000 more steps"]
    losses = [float(row[-1]) for row in rows[1:]]
    assert losses[0] == 0.6931 and losses == sorted(losses, reverse=True)
    app = open_page(n_kind="perceptron", n_points="apart", n_part="goal", n_steps="300b")
    assert "nothing moves any more" in " ".join(text.value for text in app.caption)
    app = open_page(n_kind="perceptron", n_points="xor", n_inputs="2", n_part="goal", n_steps="100b")
    assert "some answer is still wrong after 1,000 steps" in " ".join(text.value for text in app.caption)


def test_the_promised_number_of_steps_is_enough_and_no_fewer_are():
    app = open_page(n_kind="linear", n_part="goal", n_steps="50b")
    steps = int(re.search(r"after (\d+) more", " ".join(text.value for text in app.caption))[1])
    for count, words in ((steps, "agree already"), (steps - 1, "after 1 more")):
        again = open_page(n_kind="linear", n_part="goal", n_steps=f"50b~0.1,{count}b")
        assert words in " ".join(text.value for text in again.caption)


def test_a_rate_that_is_enough_is_named_where_this_one_is_not():
    words = " ".join(text.value for text in open_page(n_part="goal").caption)
    rate, steps = re.search(r"At η = (\d+) expect six decimals of the weights to agree after (\d+)\.", words).groups()
    for count, words in ((int(steps), "agree already"), (int(steps) - 1, "after 1 more")):
        again = open_page(n_part="goal", n_rate=rate, n_steps=f"{count}b~{rate}")
        assert words in " ".join(text.value for text in again.caption)


def test_both_lowest_points_are_named_where_they_differ():
    def words(**given):
        return "\n".join(text.value for text in open_page(n_kind="linear", n_part="loss", **given).markdown)

    assert "★ solution: w₂" in (text := words(n_inputs="3", n_along="1")) and "while w₁ and w₃ stay: w₂" in text
    assert "★" in words() and "☆" not in words()
    assert "☆" not in words(n_inputs="3", n_steps="3000b")
    assert "★" not in words(n_inputs="3", n_of="sample")


def test_ones_own_descent_is_judged():
    def words(**given):
        return "\n".join(text.value for text in open_page(n_part="stops", **given).markdown)

    assert "The rule fires after step" in (text := words(n_kind="linear")) and "**Rightly**" in text
    assert "**Wrongly**" in (text := words(n_kind="linear", n_rate="0.00001")) and "It is not flat there" in text
    assert "The largest slope there is" in words(n_kind="sigmoid_squared", n_points="apart", n_start="-8.0,0.0")
    assert "The step was on sample 1 alone" in words(n_kind="perceptron", n_points="apart", n_steps="1s2,1s1",
                                                     n_start="0.0,-1.0")  # fmt: skip
    assert "**Rightly silent**" in words(n_kind="linear", n_steps="3b")
    assert "**It could have fired**" in words(n_kind="absolute", n_steps="300b")
    assert "No step has been taken yet" in words(n_own="path")
    assert "goes to **0**" in words(n_points="apart")
    assert "The stop cannot be “all”, so it is now batch." in warnings(open_page(n_part="stops", n_own="all"))


def test_too_many_steps_are_refused_in_one_sentence():
    app = open_page(n_steps="4950b")
    press(app, "100 steps")
    assert "steps must be at most 5,000 in all, got 5,050" in warnings(app)
    assert link_value(app, "n_steps") == "4950b~0.1"


def test_more_strides_than_a_link_can_hold_are_refused_in_one_sentence():
    app = open_page(n_steps=",".join(["1b", "1s1"] * 150))
    press(app, "One step on the batch")
    assert "steps must be at most 300 strides" in warnings(app) and "Nothing was changed" in warnings(app)
    press(app, "One step on this sample")
    assert not app.warning and link_value(app, "n_steps").endswith(",1b,2x1s1")


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


def test_what_is_said_of_the_next_steps_follows_from_the_loss():
    # One sample x = 1, y = 0 and b = w: the squared error is (2w)^2, and a step of η goes from w to w (1 - 4η).
    X, y, neuron = np.array([[1.0]]), np.array([0.0]), Neuron("linear", (1.0, 1.0))
    assert next_steps(neuron, X, y, 0.2) == SHORTER
    assert next_steps(neuron, X, y, 0.6) == HIGHER
    # Far out a sigmoid is flat: on the way back it gets steeper, and the loss falls.
    assert next_steps(Neuron("sigmoid_squared", (3.0, 3.0)), X, y, 1.0) == STEEPER
    assert next_steps(neuron, X, y, 0.25) == SHORTER  # it lands on the lowest point


def test_a_stop_before_all_of_the_gain_says_nearly_all():
    wrong = StopTrial(np.array([1.0, 0.999, 0.0]), np.array([1e-4, 1.0]), 1, "", 0.9996)
    assert "nearly all of what these epochs gain" in trial_words(wrong)
    assert "50.0 % of what" in trial_words(replace(wrong, share_left=0.5)).replace(" %", " %")


def test_both_losses_are_shown_and_why_one_falls_while_the_other_rises():
    app = open_page()
    press(app, "One step on this sample")
    said = next(text.value for text in app.caption if "loss in the table" in text.value)
    own, everybody = re.findall(r"from ([\d.]+) to ([\d.]+?)[,.](?:\s|$)", said)
    assert "mean over all 20 samples" in said and float(own[1]) < float(own[0]) and float(everybody[1]) > float(everybody[0])
    assert numbers(app)["loss"] == everybody[1] and "what helps that one can make the others worse" in said


def on_a_calculator(text: str) -> float:
    """The value of a formula of numbers in LaTeX."""
    text = re.sub(r"\\frac\{(.*?)\}\{(.*)\}", r"(\1)/(\2)", text.replace(r"\cdot", "*").replace(r"\quad", ""))
    text = text.replace("^2", "**2").replace("^{", "**(").replace(r"-\ln", "-np.log").replace("}", ")").replace("&", "")
    text = re.sub(r"(?<=[\d)])\s*\(", "*(", re.sub(r"np.log ([\d.]+)", r"np.log(\1)", text))
    return eval(text.replace("e**", "np.e**"))


@pytest.mark.parametrize("seed", range(25))
def test_what_is_printed_of_a_logistic_neuron_can_be_computed_again_from_the_digits_shown(seed):
    rng = np.random.default_rng(seed)
    chain = chain_of(Neuron("logistic", 2 * rng.normal(size=3)), 3 * rng.normal(size=2), int(seed % 2), 0.1)
    rows = forward_block(NEURONS["logistic"], chain).split("[10pt]")
    total = re.split(r"\\\\\[5pt\] &= ", rows[0])[1].replace(r" \\ &\quad", "")
    left, right = total.split(r" \\ &= ")
    assert number(on_a_calculator(left.strip())) == number(on_a_calculator(right.strip(" \\")))
    for row in step_block(chain).removesuffix(r" \end{aligned}").split("[10pt]"):
        product, result = row.rstrip("\\ ").rsplit("=", 1)
        product = product.rsplit("&= ", 1)[-1] if "&= -0" in product else product.rsplit("= ", 1)[-1]
        assert number(on_a_calculator(product.strip(" \\&"))) == result.strip()


def test_likelihood_and_newton_are_said_with_this_neuron_s_numbers():
    X, y = np.array([[1.0], [-1.0]]), np.array([1.0, 0.0])
    knows_nothing = Neuron("logistic", [0.0, 0.0])
    assert "e^(−1.386), 0.5 for each label" in likelihood_words(knows_nothing, X, y)
    said = newton_words(knows_nothing, X, y)  # one step of 2, to a loss of ln(1 + e^-2)
    assert "from 0.6931 to 0.1269, which is lower" in said and "smallest eigenvalue of H here is 0.25" in said


def test_the_derivation_has_the_numbers_of_the_sample_and_the_neuron_stands_there_as_code():
    app = open_page(n_kind="logistic")
    formulas, code = [one.value for one in app.latex], "\n".join(one.value for one in app.code)
    assert any(r"\frac{da}{dz} = a\,(1 - a) =" in formula for formula in formulas)
    assert "class Neuron:" in code and "def error_signals" in code and "Neuron(\n    kind = 'logistic'" in code
    derived = [fold.label for fold in app.expander if fold.label.startswith("Where do")]
    assert derived == ["Where do a(1 − a) and ∂L/∂a come from, line by line?"]
    perceptron = [fold.label for fold in open_page(n_kind="perceptron").expander]
    assert not [label for label in perceptron if "come from" in label]  # which has no derivative to follow


def test_the_folds_are_those_that_suit_the_neuron():
    logistic, linear = ([fold.label for fold in open_page(n_kind=kind).expander] for kind in ("logistic", "linear"))
    assert "Why cross-entropy?" in logistic and "What has Newton-Raphson to do with it?" in logistic
    assert "Why cross-entropy?" not in linear and "From the perceptron to backpropagation, a line each" in linear
