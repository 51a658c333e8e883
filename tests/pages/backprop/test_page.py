"""The page about one update, as Streamlit runs it."""

import json
import re
from functools import partial
from types import SimpleNamespace

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from nncore import DATASETS, OPTIMIZERS, ChunkStore, Experiment, Run
from nncore.data import SHELF, read_table
from nncore.data.own import TableChoice, table_name
from nncore.experiments.experiment import build_network
from nncore.inspection.gradient_flow import gradient_flow
from nncore.inspection.optimizer_steps import weight_step
from nncore.inspection.replay import network_before, state_at, update_after
from nncore.inspection.trace import trace_passes
from pages.parts.backprop import passes as backprop_passes
from pages.parts.backprop.check import checked_at_most, size_beside
from pages.parts.backprop.presets import PRESETS
from pages.parts.backprop.step import formulas as rule_formulas
from pages.parts.backprop.study import STUDIES
from pages.parts.fields.numbers import latex
from pages.parts.fields.outside_text import literal
from pages.parts.page.session import Session
from tests.pages.conftest import open_app, press

open_page = partial(open_app, "backprop")


def words(app: AppTest) -> str:
    kinds = ("markdown", "caption", "warning", "info", "success")
    return " ".join(element.value for kind in kinds for element in app.get(kind))


def formulas(app: AppTest) -> str:
    return " ".join(element.value for element in app.latex)


def figures(app: AppTest) -> list[dict]:
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def test_the_lit_samples_are_those_of_the_next_batch():
    app = open_page(frame="30")
    lit = next(trace for trace in figures(app)[0]["data"] if trace.get("name") == "in the batch")
    assert sorted(lit["customdata"]) == sorted(batch_after(30))
    assert "update 1 of 25" in words(app) and "epoch 31" in words(app)


def batch_after(frame: int, number: int = 1) -> list[int]:
    run = Run(Experiment())
    return update_after(run, frame, state_at(ChunkStore(), run, frame), number).rows.tolist()


def test_any_update_of_the_epoch_can_be_chosen():
    app = open_page(frame="30", batch_sample="3")
    app.slider(key="choose_update").set_value(25).run()
    assert app.query_params["update"] in ("25", ["25"])
    lit = next(trace for trace in figures(app)[0]["data"] if trace.get("name") == "in the batch")
    assert sorted(lit["customdata"]) == sorted(batch_after(30, 25))
    assert "update 25 of 25" in words(app) and "Sample 3 of the batch" in words(app)


def test_a_short_last_batch_keeps_the_sample_as_near_as_can_be():
    # 250 training samples in batches of 32: the last has 26.
    app = open_page(frame="30", batch_size="32", batch_sample="30", update="8")
    assert "Sample 26 of the batch" in words(app)
    assert "can be 1 to 26 here" in app.warning[0].value


def test_full_batch_has_no_update_to_choose():
    app = open_page(batch_size="none")
    assert "choose_update" not in [slider.key for slider in app.slider] and "update 1 of 1" in words(app)
    assert "drawn anew" not in words(app)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_step_that_is_really_taken_stands_beside_the_gradients(optimizer):
    app = open_page(frame="30", optimizer=optimizer, learning_rate="0.01", update="4", microscope="chain")
    plain, taken, _ = (metric.value for metric in app.metric)
    assert (plain == taken) == (optimizer == "sgd") and r"\Delta w" in repr(formulas(app))
    assert "The step that is really taken" in words(app)


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("study", STUDIES)
def test_every_dataset_opens(dataset, study):
    app = open_page(dataset=dataset, microscope=study, frame="3")
    assert len(figures(app)) == 1 and "Notice." in words(app)


@pytest.mark.parametrize(
    "link", [{"hidden": "none"}, {"output": "softmax"}, {"output": "softmax", "loss": "mse"},
             {"output": "tanh", "loss": "mae"}, {"batch_size": "none"}, {"batch_size": "1"},
             {"l1": "0.01", "optimizer": "adam"}, {"hidden": "64,64,64,64,64,64"},
             {"dataset": "plane", "activation": "relu", "initializer": "he_normal", "learning_rate": "10.0"}],
    ids=str)  # fmt: skip
def test_every_kind_of_network_opens_in_every_step(link):
    app = open_page(frame="2", microscope="passes", pass_step="99", **link)  # the nearest there is: the last
    for _ in range(3):
        press(app, "Previous step")
    press(app, "From the start")
    for _ in range(3):
        press(app, "Next step")


def test_the_slow_motion_goes_step_by_step_and_into_the_link():
    app = open_page(frame="30", microscope="passes")
    assert "Inputs." in words(app) and "pass_step" not in app.query_params
    for title in ("Forward, layer 1.", "Forward, layer 2.", "Forward, output.", "Loss.", "Backward, output.",
                  "Backward, layer 2.", "Backward, layer 1.", "Gradients."):  # fmt: skip
        press(app, "Next step")
        assert f"**{title}**" in words(app)
    assert app.query_params["pass_step"] in ("8", ["8"])
    press(app, "Previous step")
    assert app.query_params["pass_step"] in ("7", ["7"])
    press(app, "From the start")
    assert "Inputs." in words(app) and "pass_step" not in app.query_params


def test_the_chain_of_a_weight_is_written_with_its_numbers():
    app = open_page(frame="30", chain_weight="3,1,2", batch_sample="4", microscope="chain")
    assert "the weight of neuron 1 of layer 3 on neuron 2 of layer 2" in words(app)
    assert r"\hat y - y" in formulas(app) and r"\tfrac{1}{10}" in formulas(app)
    app.selectbox(key="chain_2").set_value(8).run()
    assert "the bias of neuron 1 of layer 3" in words(app)
    assert app.query_params["chain_weight"] in ("3,1,0", ["3,1,0"])


def test_a_penalty_has_its_own_line():
    said = formulas(open_page(frame="3", l2="0.1", microscope="chain"))
    assert r"\frac{\partial L}{\partial w} + \lambda_2 w" in said and r"0.1 \cdot" in said and "sign" not in said
    said = formulas(open_page(frame="3", l1="0.01", microscope="chain"))
    assert r"\lambda_1 \operatorname{sign}(w)" in said and r"\lambda_2" not in said


def test_the_chain_names_the_input_of_the_weight_and_works_the_slope_out():
    first = formulas(open_page(hidden="4,2", frame="10", microscope="chain", chain_weight="1,2,1"))
    assert r"\cdot x_{1}" in first and r"f'(z) &= 1 - a^2" in first and r"\text{for } z = " in first
    assert r"\cdot a^{(1)}_{3}" in formulas(open_page(hidden="4,2", frame="10", microscope="chain", chain_weight="2,2,3"))
    app = open_page(hidden="4,2", frame="10", microscope="chain", chain_weight="2,2,0")
    assert r"\frac{\partial L}{\partial b}" in formulas(app) and r"\cdot 1" in formulas(app)
    assert "raising the bias would" in words(app) and "raising the weight" not in words(app)
    assert r"2 \left(" in formulas(open_page(dataset="sine", frame="10", microscope="chain"))


def test_an_output_has_its_number_and_its_class():
    app = open_page(dataset="iris", hidden="3", frame="10", microscope="chain", chain_weight="2,3,1")
    assert "the weight of neuron 3 of layer 2 (class virginica) on neuron 1 of layer 1" in words(app)
    assert app.selectbox(key="chain_1").options[2] == "neuron 3 (class virginica)"
    assert app.selectbox(key="chain_0").options == ["layer 1", "layer 2 (output)"]


def test_another_layer_begins_at_its_first_weight():
    app = open_page(frame="3", chain_weight="1,7,1", microscope="chain")
    app.selectbox(key="chain_0").set_value(2).run()
    assert app.query_params["chain_weight"] in ("3,1,1", ["3,1,1"])


def test_both_gradients_stand_side_by_side():
    app = open_page(frame="30", microscope="check")
    by_backpropagation, by_differences, error = (metric.value for metric in app.metric)
    assert by_backpropagation[:6] == by_differences[:6] and float(error) < 1e-6


def test_all_are_checked_and_the_worst_is_told():
    app = press(open_page(frame="30", microscope="check"), "Check every weight and bias")
    assert "Checked all 105 of them." in words(app) and "They agree." in words(app)
    app.slider(key="scrub").set_value(20).run()
    assert "Checked" not in words(app)


def test_above_two_thousand_a_random_sample_is_checked():
    app = press(open_page(frame="1", microscope="check", hidden="45,45", samples="40"), "Check every weight and bias")
    assert "a random sample of 2,000 of the 2,251 (seed 0)" in words(app)


def test_the_point_without_a_derivative_is_warned_of():
    app = press(open_page(microscope="check"), "Where a ReLU is not differentiable")
    press(app, "Check every weight and bias")
    assert "lies a point where the loss is not differentiable (hidden layer 1, ReLU" in words(app)
    assert words(app).count("Neither is wrong") == 1
    # The sums are exactly 0, and the two differ by 0.1211, the whole gradient.
    assert "every h crosses it" in words(app) and "A smaller h" not in words(app)
    assert "is **about as large as** the largest gradient (0.121)" in words(app)


@pytest.mark.parametrize(
    ("ratio", "told"),
    [(0.0123, "**0.012** of"), (0.99, "**0.99** of"), (1.04, "**about as large as**"), (2.5, "**2.5 times**")],
)  # fmt: skip
def test_a_share_is_told_beside_the_whole(ratio, told):
    assert size_beside(ratio) == told


def test_what_disagrees_by_rounding_asks_for_a_larger_step():
    link = {"dataset": "digits28", "hidden": "16", "optimizer": "adam", "learning_rate": "0.003", "batch_size": "32"}
    app = press(open_page(frame="40", microscope="check", difference_step="-8", **link), "Check every weight and bias")
    assert "Try a **larger** h" in words(app)


def test_what_disagrees_by_the_curve_of_the_loss_asks_for_a_smaller_step():
    app = press(open_page(frame="30", microscope="check", difference_step="-1"), "Check every weight and bias")
    assert "Try a **smaller** h" in words(app)


def test_a_layer_whose_gradient_is_nothing_does_not_learn_at_all():
    told = words(open_page(microscope="flow", frame="0", initializer="zeros"))
    assert "layer 1 and layer 2 do not learn at all" in told and "**exactly 0**" in told and "hardly" not in told


@pytest.mark.parametrize(
    ("link", "why"),
    [({}, "For a sigmoid with cross-entropy"), ({"dataset": "iris"}, "For a softmax with cross-entropy"),
     ({"output": "tanh", "loss": "mse"}, None)],
    ids=str)  # fmt: skip
@pytest.mark.parametrize("step", [{"microscope": "chain"}, {"microscope": "passes", "pass_step": "5"}], ids=str)
def test_why_the_delta_of_the_output_is_a_difference(link, why, step):
    app = open_page(frame="3", **step, **link)
    assert why in words(app) if why else "with cross-entropy" not in words(app)


def test_the_slope_of_a_squared_error_has_its_numbers():
    app = open_page(frame="30", microscope="passes", pass_step="5", output="tanh", loss="mse")
    run = Run(Experiment(output="tanh", loss="mse"))
    update = update_after(run, 30, state_at(ChunkStore(), run, 30))
    network = network_before(run, 30, update)
    trace = trace_passes(network, update.X, update.y)
    answer, target = float(trace.a[-1][0, 0]), float(trace.targets[0, 0])
    shown = re.search(r"2 \\left\((\S+) - \(?(-?1)\)?\\right\)", formulas(app))
    assert latex(float(shown[1])) == latex(answer) and float(shown[2]) == target
    assert latex(2 * (float(shown[1]) - target)) == latex(2 * (answer - target))
    assert latex(2 * (answer - target)) in formulas(app)


def test_pixels_are_counted_from_one():
    app = open_page(dataset="digits28", hidden="16", frame="3", microscope="chain", chain_weight="1,1,545")
    assert "on x₅₄₅, pixel in row 20, column 13" in words(app).replace("\\", "")
    assert app.selectbox(key="chain_2").options[544] == "545: pixel in row 20, column 13"


def test_the_curve_over_one_input_is_smooth():
    curve = next(trace for trace in figures(open_page(dataset="sine", frame="3"))[0]["data"] if trace["mode"] == "lines")
    # As base64 of 8 bytes a number: more than ten letters each.
    assert len(curve["x"]["bdata"]) > 200 * 10


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_every_preset_opens_at_its_first_weights(preset):
    app = press(open_page(frame="20", chain_weight="3,1,1", microscope=preset.choices["microscope"]), preset.title)
    assert app.session_state["glassbox"].run == Run(preset.experiment)
    assert app.session_state["glassbox"].frame == 0 and "is used instead" not in words(app)


@pytest.mark.parametrize(("number", "finding"), [(0, "vanishes"), (1, "explodes"), (2, "neither vanishes nor explodes")])
def test_what_a_preset_promises_is_seen(number, finding):
    assert finding in words(press(open_page(microscope="flow"), PRESETS[number].title))


def test_the_presets_numbers_are_as_they_say():
    vanishing, exploding, cured = (
        gradient_flow(ChunkStore(), Run(preset.experiment), 0).norms[0] for preset in PRESETS[:3]
    )
    assert vanishing[0] < vanishing[-1] / 1000
    growth = exploding[:-1] / exploding[1:]
    assert growth.min() > 1 and growth.prod() ** (1 / 6) == pytest.approx(5 / 3, abs=0.05)
    assert 18 < exploding[0] / exploding[-1] < 20
    assert cured.max() < 10 * cured.min()


@pytest.mark.parametrize(
    ("name", "value"),
    [("update", "0"), ("update", "26"), ("update", "x"),
     ("batch_sample", "11"), ("batch_sample", "x"), ("chain_weight", "1,1"), ("chain_weight", "4,1,1"),
     ("chain_weight", "a,b,c"), ("chain_weight", "1,9,1"), ("pass_step", "99"), ("microscope", "all"),
     ("difference_step", "3")],
)  # fmt: skip
def test_a_choice_that_cannot_be_becomes_the_default_with_a_sentence(name, value):
    app = open_page(frame="30", **{name: value})
    assert len(app.warning) == 1 and "so it is now" in app.warning[0].value


def test_at_the_end_of_training_the_page_says_that_the_update_was_not_made():
    assert "This update was never made" in words(open_page(epoch_limit="12", frame="12"))


def test_a_formula_stands_right_under_its_sentence():
    app = open_page(frame="30", microscope="passes", pass_step="2")
    order = [element.value for element in app.main if element.type in ("markdown", "latex")]
    at = next(number for number, text in enumerate(order) if text and text.startswith("**Forward, layer 2.**"))
    assert order[at].endswith(":") and r"\begin{array}" in order[at + 1]


def test_the_whole_chain_is_there_to_be_worked_out_again():
    text = formulas(open_page(frame="30", microscope="chain"))
    run = Run(Experiment())
    update = update_after(run, 30, state_at(ChunkStore(), run, 30))
    network = network_before(run, 30, update)
    trace = trace_passes(network, update.X, update.y)
    parts = [trace.deltas[1][0], trace.slopes[1][0], network.weights[2][0], network.weights[1][:, 0]]
    shown = np.array(re.findall(r"-?\d+\.?\d*(?:e-?\d+)?", re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", text)), dtype=float)
    for number in np.concatenate([*parts, trace.deltas[0][:, 0], trace.inputs[0][:, 0]]):
        assert np.isclose(shown, number, rtol=5e-4, atol=0).any()  # with four digits or more
    assert "more" not in text


def test_of_784_terms_the_strongest_are_shown_and_the_others_as_one_number():
    app = open_page(dataset="digits28", hidden="16", frame="3", microscope="passes", pass_step="1")
    assert r"\text{776 more}" in formulas(app) and "four digits" in words(app)


@pytest.mark.parametrize(
    ("link", "formula"),
    [({}, r"-\ln "), ({"output": "tanh", "loss": "mse"}, r"(\hat y - y)^2"),
     ({"dataset": "plane", "loss": "mae"}, r"|\hat y - y|"), ({"dataset": "plane", "loss": "huber"}, "h(e) ="),
     ({"dataset": "iris", "loss": "mse", "output": "softmax"}, r"\sum_m")],
    ids=str)  # fmt: skip
def test_the_loss_has_its_formula(link, formula):
    app = open_page(frame="3", microscope="passes", pass_step="4", **link)
    assert "**Loss.**" in words(app) and formula in formulas(app)


def test_what_a_link_says_wrongly_is_shown_letter_for_letter():
    app = open_page(microscope="**bold** [a](b)")
    assert r"\*\*bold\*\*" in app.warning[0].value and r"\[a\]" in app.warning[0].value


def test_a_click_in_the_slow_motion_chooses_and_at_its_end_opens_the_chain(monkeypatch):
    # A click in a figure cannot be made here: what it calls is called.
    session, network = Session(), build_network(Experiment())
    event = SimpleNamespace(selection=SimpleNamespace(points=[{"customdata": [1, 2, 3]}]))
    monkeypatch.setattr(backprop_passes.st, "session_state", {"passes": event})
    for step, chosen in ((3, None), (8, "chain")):
        look = SimpleNamespace(session=session, network=network, step=step, n_steps=9)
        backprop_passes.take_clicked_weight(look)
        assert session.choices["chain_weight"] == "2,3,4" and session.choices.get("microscope") == chosen


def test_the_slow_motion_shows_one_sample_s_gradients_or_the_batch_s_never_both():
    sample = open_page(frame="30", microscope="passes", pass_step="8")
    assert r"\delta_n x_n" in formulas(sample) and r"\sum_n" not in formulas(sample)
    batch = open_page(frame="30", microscope="passes", pass_step="8", pass_of="batch")
    assert r"\tfrac{1}{10} \textstyle\sum_n" in formulas(batch) and "no activations and no δ stand here" in words(batch)


def test_a_chain_says_along_how_many_paths_a_weight_reaches_the_loss():
    assert "along 8 · 1 = 8 paths" in words(open_page(frame="30", chain_weight="1,1,1", microscope="chain"))
    assert " paths, and each sum" not in words(open_page(frame="30", chain_weight="3,1,1", microscope="chain"))


def on_a_calculator(text: str) -> float:
    """The value of a rule with its numbers, in LaTeX."""
    text = re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", text).replace(r"\cdot", "*").replace(r"\big", "")
    text = re.sub(r"\^\{?(\d+)\}?", r"**\1", text).replace("**2", "**2.0")
    text = re.sub(r"\\frac\{(.*)\}\{(\\sqrt\{.*?\}.*?|.*?)\}(?= -|$)", r"(\1)/(\2)", text)
    return eval(re.sub(r"\\sqrt\{(.*?)\}", r"(\1)**0.5", text))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_what_an_optimizer_s_rule_gives_can_be_computed_again_from_the_digits_shown(optimizer):
    run = Run(Experiment(optimizer=optimizer, learning_rate=0.01))
    update = update_after(run, 30, state_at(ChunkStore(), run, 30))
    for index in (0, 17, 40):
        for formula in rule_formulas(update, weight_step(update, index)):
            *_, numbers, value = formula.removesuffix(r"\end{aligned}").split(r" \\ &= ")
            shown = float(re.sub(r" \\cdot 10\^\{(-?\d+)\}", r"e\1", value))
            assert latex(on_a_calculator(numbers.rsplit(" = ", 1)[-1])) == latex(shown)


@pytest.mark.parametrize(("optimizer", "place"), [("sgd", "2,3,4"), ("adam", "1,2,1")])
def test_the_step_added_to_the_weight_is_the_weight_after_it(optimizer, place):
    app = open_page(frame="3", optimizer=optimizer, learning_rate="3.0", microscope="chain", chain_weight=place)
    _, taken, after = app.metric
    before = float(re.search(r"Before it, (\S+)\.$", after.help)[1].replace("−", "-"))
    again = before + float(taken.value.replace("−", "-"))
    assert f"{again:.6g}" == f"{float(after.value.replace('−', '-')):.6g}"


@pytest.mark.parametrize("sample", ["1", "4", "6"])
def test_the_derivative_of_a_saturated_neuron_is_computed_again_from_what_is_shown(sample):
    # Normal first weights drive tanh to its ends, where 1 - a² needs more than four digits of a.
    app = open_page(frame="3", initializer="normal", dataset="moons", microscope="passes", pass_step="6",
                    batch_sample=sample)  # fmt: skip
    found = re.search(r"&= (\S+?)(?: \\cdot 10\^\{(-\d+)\})? \\quad \\text\{for \} z = .*?a = (-?[\d.]+)", formulas(app))
    slope, a = float(found[1]) * 10 ** int(found[2] or 0), float(found[3])
    assert f"{1 - a * a:.4g}" == f"{slope:.4g}"


def test_of_a_dear_network_fewer_weights_are_checked():
    wide = Experiment("circle", samples=2000, validation=0, test=0, hidden=(64,) * 6, activation=("gelu",), batch_size=None)
    assert checked_at_most(Experiment(), 10) == 2000
    assert 50 <= checked_at_most(wide, 2000) < 400 < checked_at_most(wide, 100)


def test_the_run_that_is_trained_again_says_how_far_it_is(monkeypatch):
    said, spinner = [], st.spinner
    monkeypatch.setattr(st, "spinner", lambda text: said.append(text) or spinner(text))
    open_app("backprop", dataset="xor_corners", hidden="2", frame="12")
    assert said == [f"Training up to this update again: snapshot {at} of 12" for at in (5, 10, 12)]


def test_the_code_below_the_derivation_gives_the_error_of_every_output():
    called = next(code.value for code in open_app("backprop", microscope="chain", dataset="blobs").code
                  if code.value.startswith("_cross_entropy_gradient("))  # fmt: skip
    columns = {name: [float(number) for number in re.findall(r"-?\d+\.\d*", part)]
               for name, part in re.findall(r"(a|target|→)(?: =)? (\[\[[^a-z→]*\]\])", called)}  # fmt: skip
    assert len(columns["→"]) > 2
    assert columns["→"] == pytest.approx([a - y for a, y in zip(columns["a"], columns["target"], strict=True)], abs=2e-4)


@pytest.mark.parametrize("features, number, symbol", [
    ("x1,x2,x1_squared", 3, "x_{1}^{2}"), ("x2,x1_squared", 1, "x_{2}"),
    ("x1,sin_x2", 2, r"\sin x_{2}"), ("x2,x1_x2", 2, "x_{1}x_{2}"),
])  # fmt: skip
def test_a_formula_calls_an_input_by_its_own_name(features, number, symbol):
    app = open_page(microscope="chain", features=features, hidden="3", chain_weight=f"1,1,{number}", frame="2")
    assert rf"\delta^{{(1)}}_{{1}} \cdot {symbol} \\" in formulas(app)


def test_columns_and_classes_of_a_table_are_shown_letter_for_letter():
    names = ["_mass_", "100 %", "a{b}", ":heart:", "www.x.com"]
    rows = "".join(f"{k},{k * k % 7},{k % 5},{k % 3},{k % 4},{('_no_', ':yes:', 'neuron *')[k % 3]}\n" for k in range(60))
    table = read_table(f"{','.join(names)},kind\n{rows}".encode())
    SHELF.put(table, "a viewer")
    dataset = table_name(TableChoice(table.digest, "", 5))
    heard = (r"\text{\_mass\_}", r"\text{100 \%}", r"\text{a\{b\}}", r"\text{:heart:}", r"\text{www.x.com}")
    for number, (name, symbol) in enumerate(zip(names, heard, strict=True), 1):
        app = open_page(microscope="chain", dataset=dataset, hidden="3", chain_weight=f"1,1,{number}", frame="2")
        assert f"of layer 1 on {literal(name)}**" in words(app) and rf"\cdot {symbol} \\" in formulas(app)
    for number, name in enumerate((":yes:", "_no_", "neuron ∗"), 1):
        app = open_page(microscope="chain", dataset=dataset, hidden="3", chain_weight=f"2,{number},1", frame="2")
        assert f"of neuron {number} of layer 2 ({literal(f'class {name}')}) on neuron 1" in words(app)
