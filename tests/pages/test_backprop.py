"""The page about one update, as Streamlit runs it."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from nncore import DATASETS, ChunkStore, Experiment, Run
from nncore.replay import next_update
from pages.parts.backprop_flow import PRESETS

ROOT = Path(__file__).parents[2]


def open_page(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name, value in link.items():
        app.query_params[name] = value
    app.switch_page("pages/backprop.py").run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    kinds = ("markdown", "caption", "warning", "info", "success")
    return " ".join(element.value for kind in kinds for element in app.get(kind))


def formulas(app: AppTest) -> str:
    return " ".join(element.value for element in app.latex)


def figures(app: AppTest) -> list[dict]:
    return [json.loads(element.proto.spec) for element in app.get("plotly_chart")]


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_the_lit_samples_are_those_of_the_next_batch():
    app = open_page(frame="30")
    lit = next(trace for trace in figures(app)[0]["data"] if trace.get("name") == "in the batch")
    assert sorted(lit["customdata"]) == sorted(next_update(ChunkStore(), Run(Experiment()), 30).rows)
    assert "update 1 of 25" in words(app) and "epoch 31" in words(app)


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("study", ["chain", "flow"])
def test_every_dataset_opens(dataset, study):
    assert len(figures(open_page(dataset=dataset, microscope=study, frame="3"))) == 3


@pytest.mark.parametrize(
    "link", [{"hidden": "none"}, {"output": "softmax"}, {"output": "softmax", "loss": "mse"},
             {"output": "tanh", "loss": "mae"}, {"batch_size": "none"}, {"batch_size": "1"},
             {"l1": "0.01", "optimizer": "adam"}, {"hidden": "64,64,64,64,64,64"},
             {"dataset": "plane", "activation": "relu", "initializer": "he_normal", "learning_rate": "10.0"}],
    ids=str)  # fmt: skip
def test_every_kind_of_network_opens_in_every_step(link):
    app = open_page(frame="2", **link)
    for _ in range(3):
        press(app, "Previous")
    press(app, "From the start")
    for _ in range(3):
        press(app, "Next")


def test_the_slow_motion_goes_step_by_step_and_into_the_link():
    app = open_page(frame="30", pass_step="0")
    assert "Inputs." in words(app)
    for title in ("Forward, layer 1.", "Forward, layer 2.", "Forward, output.", "Loss.", "Backward, output.",
                  "Backward, layer 2.", "Backward, layer 1.", "Gradients."):  # fmt: skip
        press(app, "Next")
        assert f"**{title}**" in words(app)
    assert "pass_step" not in app.query_params
    press(app, "Previous")
    assert app.query_params["pass_step"] in ("7", ["7"])


def test_the_chain_of_a_weight_is_written_with_its_numbers():
    app = open_page(frame="30", chain_weight="3,1,2", batch_sample="4")
    assert "the weight of neuron 1 of layer 3 on neuron 2 of layer 2" in words(app)
    assert r"\hat y - y" in formulas(app) and r"\tfrac{1}{10}" in formulas(app)
    app.selectbox(key="chain_2").set_value(8).run()
    assert "the bias of neuron 1 of layer 3" in words(app)
    assert app.query_params["chain_weight"] in ("3,1,0", ["3,1,0"])


def test_a_penalty_has_its_own_line():
    assert "with L1 and L2" in formulas(open_page(frame="3", l2="0.1"))


def test_another_layer_begins_at_its_first_weight():
    app = open_page(frame="3", chain_weight="1,7,1")
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
    app = press(open_page(frame="1", microscope="check", hidden="64,64"), "Check every weight and bias")
    assert "a random sample of 2,000 of the 4,417 (seed 0)" in words(app)


def test_the_kink_of_a_relu_is_warned_of():
    app = press(open_page(), "On a ReLU's kink")
    press(app, "Check every weight and bias")
    assert "lies a kink (hidden layer 1, ReLU" in words(app) and "Neither is wrong" in words(app)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_every_preset_opens_at_its_first_weights(preset):
    app = press(open_page(frame="20", chain_weight="3,1,1"), preset.title)
    assert app.session_state["glassbox"].run == Run(preset.experiment)
    assert app.session_state["glassbox"].frame == 0 and "is used instead" not in words(app)


@pytest.mark.parametrize(("number", "finding"), [(0, "vanishes"), (1, "explodes"), (2, "neither vanishes nor explodes")])
def test_what_a_preset_promises_is_seen(number, finding):
    assert finding in words(press(open_page(), PRESETS[number].title))


@pytest.mark.parametrize(
    ("name", "value"),
    [("batch_sample", "11"), ("batch_sample", "x"), ("chain_weight", "1,1"), ("chain_weight", "4,1,1"),
     ("chain_weight", "a,b,c"), ("chain_weight", "1,9,1"), ("pass_step", "99"), ("microscope", "all"),
     ("difference_step", "3")],
)  # fmt: skip
def test_a_choice_that_cannot_be_becomes_the_default_with_a_sentence(name, value):
    app = open_page(frame="30", **{name: value})
    assert len(app.warning) == 1 and "is used instead" in app.warning[0].value
    assert name not in app.query_params


def test_at_the_end_of_training_the_page_says_that_the_update_was_not_made():
    assert "This update was never made" in words(open_page(epoch_limit="12", frame="12"))
