"""The Weights page, as Streamlit runs it, from app.py."""

import json
import re
from functools import partial
from inspect import signature
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore import ChunkStore, Experiment, Network, Run
from nncore.experiments.experiment import build_network, build_split
from nncore.experiments.recording.frames import evaluate
from nncore.inspection.files import to_npz
from nncore.inspection.overlay import Edit, Hold, Replace, with_overlay
from nncore.inspection.unit_health import SATURATED_SHARE, SATURATED_WITHIN, distinct_neurons
from pages.parts.fields.numbers import brief
from pages.parts.page.snapshot.scrubber import FIRST_LOOK
from pages.parts.weights import edit as weights_edit
from pages.parts.weights import region as weights_region
from pages.parts.weights import sample as weights_sample
from pages.parts.weights.changes import MOST_FRAMES, Changes, add_step, changes_of, describe, load_file, take_back
from tests.pages.conftest import open_app

SECTIONS = ("matrices", "sample", "pictures", "trends", "chain", "edit")
DIGITS = {"dataset": "digits", "hidden": "16", "samples": "300", "optimizer": "adam", "learning_rate": "0.003"}


open_page = partial(open_app, "weights")


def words(app: AppTest) -> str:
    texts = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.error]
    return "\n".join(text.value for text in texts).replace("\\", "").replace("\u2060", "")


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def weight_field(app: AppTest):
    return next(field for field in app.text_input if "now" in field.label)


def type_weight(app: AppTest, text: str) -> AppTest:
    weight_field(app).set_value(text).run()
    return press(app, "edit_set")


def session(app: AppTest):
    return app.session_state["glassbox"]


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("link", [
    {},
    {"dataset": "sine", "hidden": "3"},
    {"dataset": "wine", "hidden": "none"},
    {"dataset": "corners", "output": "softmax", "hidden": "2", "activation": "relu"},
    {"dataset": "cones", "hidden": "4", "validation": "0"},
    DIGITS,
    {"dataset": "plane", "activation": "relu", "learning_rate": "10.0"},
], ids=lambda link: link.get("dataset", "default"))  # fmt: skip
def test_every_section_opens_for_every_kind_of_run(section, link):
    app = open_page(section=section, **link)
    assert not app.error
    assert not [warning for warning in app.warning if "default" in warning.value]


def test_shapes_are_spelled_out_with_the_count():
    text = words(open_page(dataset="circle"))
    assert "W1 is 8 x 2, W2 is 8 x 8, W3 is 1 x 8, and 17 biases" in text
    assert "2·8+8 + 8·8+8 + 8·1+1 = 105" in text


def test_the_frame_of_the_link_is_shown():
    app = open_page(frame="33", section="trends")
    assert app.slider(key="scrub").value == 33
    network = build_network(Experiment())
    network.parameters = ChunkStore().frame(Run(Experiment()), 33)
    norms = [np.linalg.norm(weights) for weights in (build_network(Experiment()).weights[0], network.weights[0])]
    assert f"| Norm | {norms[0]:.2f}\u00a0→ {norms[1]:.2f} |" in words(app)


def test_a_run_that_nobody_played_stands_at_its_first_weights_until_the_person_trains_it():
    app = open_page()
    assert session(app).frame == app.slider(key="scrub").value == 0
    assert "These are the first weights" in words(app) and "Nobody has played" not in words(app)
    app.button(key="show_trained").click().run()
    assert session(app).frame == app.slider(key="scrub").value == FIRST_LOOK


def test_how_a_page_is_presented_says_nothing_of_what_it_shows():
    app = open_page(present="1", hide="details")
    assert session(app).frame == 0 and "These are the first weights" in words(app)


def test_a_link_into_a_run_that_nobody_played_shows_it_further_on_and_all_pages_show_the_same():
    app = open_page(section="matrices")
    assert (session(app).frame, session(app).playback.previewed_run) == (FIRST_LOOK, session(app).run.key)
    app.switch_page("pages/train.py").run()
    assert (session(app).frame, session(app).playback.previewed_run) == (FIRST_LOOK, None)
    app.switch_page("pages/weights.py").run()
    assert session(app).frame == FIRST_LOOK and "Nobody has played" not in words(app)


def test_a_run_that_nobody_played_is_said_to_be_shown_trained_and_one_press_shows_its_first_weights_on_all_pages():
    app = open_page(section="matrices")
    assert f"so all pages show it trained, up to snapshot {FIRST_LOOK}" in words(app)
    app.button(key="show_untrained").click().run()
    assert "Nobody has played" not in words(app) and "These are the first weights" in words(app)
    app.switch_page("pages/train.py").run()
    assert session(app).frame == 0
    assert "Nobody has played" not in words(open_page(frame=str(FIRST_LOOK)))


@pytest.mark.parametrize("name", ["weights", "backprop"])
def test_a_fresh_train_page_and_the_pages_that_study_its_run_stand_at_its_first_weights_until_it_is_trained(name):
    app = open_app()
    app.switch_page(f"pages/{name}.py").run()
    assert session(app).frame == app.slider(key="scrub").value == 0
    app.button(key="show_trained").click().run()
    assert session(app).frame == FIRST_LOOK and not [one for one in app.button if one.key == "show_trained"]
    app.switch_page("pages/train.py").run()
    assert session(app).frame == FIRST_LOOK


def test_the_loss_surface_of_a_fresh_run_stands_at_its_first_weights_and_its_own_button_trains_it():
    app = open_app()
    app.switch_page("pages/surface.py").run()
    assert session(app).frame == app.slider(key="scrub").value == 0
    (train,) = [button for button in app.button if button.label in ("Train", "Train it")]
    train.click().run()
    trained = session(app).frame
    assert trained > 0
    app.switch_page("pages/train.py").run()
    assert session(app).frame == trained


def test_a_frame_that_was_scrubbed_to_stays_on_the_train_page_even_if_it_is_the_first():
    app = open_page()
    app.slider(key="scrub").set_value(7).run()
    app.switch_page("pages/train.py").run()
    assert session(app).frame == 7
    app.switch_page("pages/weights.py").run()
    app.slider(key="scrub").set_value(0).run()
    app.switch_page("pages/train.py").run()
    app.switch_page("pages/weights.py").run()
    assert session(app).frame == 0


def test_a_link_to_the_first_frame_shows_it():
    app = open_page(frame="0", start="4711")  # a run that no other test has recorded to its end
    assert (session(app).frame, session(app).playback.previewed_run) == (0, None)
    assert "recorded so far" in app.slider(key="scrub").label


def test_each_layer_can_have_its_own_colours_and_the_link_says_so():
    assert "share one scale, ±" in words(open_page())
    app = open_page(scale="own")
    assert "share their scales" in words(app) and "".join(app.query_params["scale"]) == "own"


@pytest.mark.parametrize("clicked", [7, [7], {"0": 7}])
def test_a_clicked_sample_is_taken_however_its_row_comes(monkeypatch, clicked):
    study = SimpleNamespace(session=SimpleNamespace(choices={}))
    state = {weights_sample.MAP: {"selection": {"points": [{"x": 0.5}, {"x": 1.0, "customdata": clicked}]}}}
    monkeypatch.setattr(weights_sample.st, "session_state", state)
    weights_sample.take_clicked_sample(study)
    assert study.session.choices == {"sample": "7"}


def test_a_sample_is_worked_out_term_by_term():
    app = open_page(dataset="xor", hidden="2", frame="20", section="sample", sample="7")
    experiment = session(app).run.experiment
    network = build_network(experiment)
    network.parameters = ChunkStore().frame(Run(experiment), 20)
    z = network.forward(build_split(experiment).X_train[6:7]).z[0][0]
    text = words(app).replace("−", "-")
    for value in z:
        assert f"= **{value:.2f}**, a" in text


def test_the_textbook_s_network_has_12730_parameters():
    app = open_page(section="pictures")
    press(app, "open_digits28")
    assert app.session_state["glassbox"].run.experiment.activation == ("sigmoid",)
    text = words(app)
    assert "W1 16 x 784 = 12,544 weights and 16 biases; W2 10 x 16 = 160 weights and 10 biases: 12,730 in all" in text
    assert "enlarged" in text


def test_a_mask_of_the_whole_picture_changes_nothing_and_half_of_it_something():
    whole = words(open_page(section="pictures", rows="1,8", columns="1,8", **DIGITS))
    line = next(line for line in whole.splitlines() if line.startswith("| 3 |"))
    cells = [cell.strip().split("\u00a0→ ") for cell in line.split("|")[2:-1]]
    assert all(before == after for before, after in cells)
    half = words(open_page(section="pictures", **DIGITS))
    cells = next(line for line in half.splitlines() if line.startswith("| 3 |")).split("|")
    before, after = cells[2].split("\u00a0→ ")
    assert before.strip() != after.strip()


def test_an_empty_region_gets_one_sentence():
    app = open_page(section="pictures", rows="5,3", **DIGITS)
    assert [error.value for error in app.error] == [
        "The box holds no pixel: its first row or column lies behind its last. Choose another region."
    ]


def test_a_box_drawn_on_the_picture_becomes_the_region(monkeypatch):
    study = SimpleNamespace(session=SimpleNamespace(choices={}), side=8)
    for x, columns in (([1.2, 4.9], "3,5"), ([-3, 40], "1,8"), ([9, 12], "2,1")):  # inside, across, and beside it
        state = {weights_region.MASK: {"selection": {"box": [{"x": x, "y": [6.1, 0.3]}]}}}
        monkeypatch.setattr(weights_region.st, "session_state", state)
        weights_region.take_drawn_region(study)
        assert study.session.choices == {"columns": columns, "rows": "2,7"}


def test_a_line_drawn_by_hand_becomes_a_short_list(monkeypatch):
    study = SimpleNamespace(session=SimpleNamespace(choices={}), side=8)
    line = {"x": [0.52, 6.04, 3.0], "y": [-0.5, 0.31, 700.0]}
    monkeypatch.setattr(weights_region.st, "session_state", {weights_region.MASK: {"selection": {"lasso": [line]}}})
    weights_region.take_drawn_region(study)
    assert study.session.choices == {"corners": "5,-5,60,3,30,80"}


def test_a_region_by_hand_is_kept_in_the_link_and_taken_back():
    upper_half = {"shape": "hand", "corners": "-6,-6,76,-6,76,36,-6,36"}  # the rows 1 to 4, as the sliders have them
    app = open_page(section="pictures", **DIGITS, **upper_half)
    table = next(text for text in words(app).split("\n") if text.startswith("| 3 |"))
    assert table in words(open_page(section="pictures", **DIGITS))
    assert app.query_params["corners"] == [upper_half["corners"]] or app.query_params["corners"] == upper_half["corners"]
    press(app, "whole_picture")
    table = next(text for text in words(app).split("\n") if text.startswith("| 3 |"))
    assert all(len(set(cell.strip().split("\u00a0→ "))) == 1 for cell in table.split("|")[2:-1])
    assert "corners" not in app.query_params


def test_a_shape_around_no_pixel_gets_one_sentence():
    app = open_page(section="pictures", shape="hand", corners="1,1,2,1,2,2", **DIGITS)
    assert [error.value for error in app.error] == [
        "The line encloses no pixel. Draw a larger one."
    ]


def test_the_definitions_under_the_table_are_those_of_the_core():
    text = words(open_page(section="trends"))
    assert "within 0.02 of an end" in text and SATURATED_WITHIN == 0.02
    assert "to 0.01 % of their own largest" in text and signature(distinct_neurons).parameters["tolerance"].default == 1e-4
    assert f"on over {SATURATED_SHARE:.0%} of the samples." in text


def test_a_bias_can_be_pinned():
    app = open_page(section="trends", pin="2,3")
    assert app.number_input(key="pin_column").value == 3  # two weights, then the bias
    assert "The path of one bias" in words(app)


def test_a_chain_of_zeros_agrees_although_its_activation_bends():
    assert "gives what the network gives" in words(open_page(section="chain", hidden="4,3", initializer="zeros", frame="0"))


def test_a_bias_that_nobody_moved_is_the_recorded_one_and_a_moved_one_goes_back():
    app = open_page(section="pictures", hidden="none")
    e, said = Experiment(hidden=()), words(app)
    network, split = build_network(e), build_split(e)
    network.parameters = ChunkStore().frame(Run(e), FIRST_LOOK)
    share = (network.forward(split.X_train).z[0][:, 0] > 0).mean()
    assert f"**{100 * share:.1f}\u00a0%**" in said and "as without the move" in said
    assert app.button(key="bias_back").disabled
    slider = next(slider for slider in app.slider if slider.label.startswith("Bias of neuron 1"))
    slider.set_value(slider.max).run()
    assert "as without the move" not in words(app)
    press(app, "bias_back")
    assert "as without the move" in words(app) and "bias" not in app.query_params


def test_a_run_that_the_page_offers_is_shown_a_little_way_into_its_training():
    app = press(open_page(section="chain", hidden="4,2", frame="60"), "linear_run")
    assert "".join(app.query_params["frame"]) == str(FIRST_LOOK) and "All activations here are the identity" in words(app)


def test_a_silenced_neuron_that_is_given_a_weight_again_is_said_to_be():
    network = Network((2, 3, 1))
    steps = [Hold(0, 2), Edit(1, 0, 2, 0.25)]
    assert describe(steps[0], with_overlay(network, steps)).endswith("became 0, and was changed again later")


def test_a_file_of_the_recorded_weights_does_not_hide_the_way_back():
    app = type_weight(open_page(section="edit", hidden="4,2"), "3")
    changes = next(iter(app.session_state["weights_overlay"].values()))
    network = build_network(Experiment(hidden=(4, 2)))
    network.parameters = ChunkStore().frame(Run(Experiment(hidden=(4, 2))), FIRST_LOOK)
    load_file(changes, network, to_npz(network))
    app.run()
    assert "nothing now, the weights are as recorded" in words(app)
    press(app, "undo_last")
    assert "weight 1 is 3" in words(app)


def test_the_product_behind_the_answer_is_written_out_and_any_other_on_demand():
    app = open_page(section="sample", layer="2", sample="58", **DIGITS)
    said = words(app)
    answer = int(re.search(r"the network predicts \*\*(\d)\*\*", said)[1])
    assert f"(class {answer})" in said and said.count("(class ") == (8 if answer < 8 else 9)
    app = open_page(section="sample", layer="1", neuron="16", **DIGITS)
    assert "z₁₆ = " in words(app) and "z₉ = " not in words(app)
    app.number_input(key="choose_neuron").set_value(9).run()
    assert "z₉ = " in words(app) and "z₁₆ = " not in words(app)


def test_rows_beyond_the_picture_get_a_sentence():
    app = open_page(section="pictures", rows="0,99", **DIGITS)
    assert "The rows can be 1 to 8; the link asked for 0,99, so it is now 1, 8." in words(app) and not app.error


def test_the_lowest_bias_silences_a_neuron_and_the_highest_makes_it_fire_always():
    app = open_page(section="pictures")
    slider = next(slider for slider in app.slider if slider.label.startswith("Bias of neuron 1"))
    slider.set_value(slider.min).run()
    assert "fires (z > 0) on **0.0\u00a0%**" in words(app)
    assert "On them its activation, tanh(z), lies between −1.00 and −" in words(app)
    slider = next(slider for slider in app.slider if slider.label.startswith("Bias of neuron 1"))
    slider.set_value(slider.max).run()
    assert "fires (z > 0) on **100.0\u00a0%**" in words(app)


def test_a_chain_agrees_only_without_activations():
    app = open_page(section="chain", hidden="4,3")
    assert "is off by up to" in words(app)
    press(app, "linear_run")
    assert session(app).run.experiment.activation == ("identity",)
    assert "which is rounding" in words(app)


def test_every_score_of_an_edited_network_says_on_which_set():
    app = open_page(section="edit", frame="30")
    lines = [one.value for one in app.markdown if one.value.startswith("**As ")]
    for line in lines:
        assert line.count("accuracy") == line.count("training accuracy") + line.count("validation accuracy") == 2
    assert lines and "test" not in lines[0]
    lines = [one.value for one in open_page(section="edit", frame="30", dataset="sine").markdown if "**As " in one.value]
    assert "training R²" in lines[0] and "validation R²" in lines[0] and lines[0].count("R²") == 2


def test_an_edit_is_shown_and_taken_back():
    app = open_page(section="edit", frame="30")
    before = words(app)
    type_weight(app, "−5")
    text = words(app)
    assert "neuron 1 of layer 1: weight 1 is −5." in text and "As changed" in text
    network = build_network(Experiment())
    network.parameters = ChunkStore().frame(Run(Experiment()), 30)
    network.weights[0][0, 0] = -5
    loss = evaluate(network, build_split(Experiment()))[0]
    assert f"training loss {loss:.4f}" in text
    press(app, "undo_last")
    assert words(app) == before


def test_freezing_overrules_silencing_and_another_frame_has_neither_until_one_comes_back():
    app = open_page(section="edit", frame="30")
    press(app, "silence")
    assert "neuron 1 of layer 1 silenced" in words(app)
    press(app, "freeze")
    text = words(app)
    assert "neuron 1 of layer 1 frozen at" in text and "silenced" not in text.split("**Notice")[0]
    assert "so column 1 of W2 is 0, and b2 has taken up what it carried" in text
    app = app.segmented_control(key="choose_section").set_value("pictures").run()
    assert "The activation shown here does not reach the next layer" in words(app)
    assert "still reaches the next layer" not in words(app)
    app.slider(key="scrub").set_value(31).run()
    assert "Changed by hand" not in words(app) and "still reaches the next layer" in words(app)
    app.slider(key="scrub").set_value(30).run()
    assert "neuron 1 of layer 1 frozen at" in words(app)
    assert "neuron 1 of layer 1 silenced, so column 1 of W2 is 0." in words(press(app, "undo_last"))


def test_taking_back_gives_the_state_just_before_even_of_what_overruled():
    network, other = Network((2, 3, 1)), Network((2, 3, 1), seed=8)
    changes, states = Changes("run", 0), []
    file = Replace(tuple(other.parameters.tolist()))
    for step in (Hold(0, 1, 0.5), Hold(0, 1), Edit(0, 0, 0, 1.0), Edit(0, 0, 0, 2.0), file):
        states.append(changes.steps)
        add_step(changes, network, step)
    assert changes.steps == (file,)
    for expected in reversed(states):
        take_back(changes)
        assert changes.steps == expected
    assert changes.moves == 10
    take_back(changes)
    assert changes.steps == ()


def test_all_is_taken_back_at_once_and_the_same_file_can_be_loaded_again():
    network, data = Network((2, 3, 1)), to_npz(Network((2, 3, 1), seed=8))
    changes = Changes("run", 0)
    load_file(changes, network, data)
    add_step(changes, network, Hold(0, 1))
    take_back(changes, everything=True)
    assert changes.steps == () and changes.before == [] and changes.moves == 3
    load_file(changes, network, data)
    assert isinstance(changes.steps[0], Replace) and not changes.problem


def test_a_frame_keeps_its_changes_and_the_oldest_of_many_is_forgotten():
    kept: dict = {}
    network = Network((2, 3, 1))
    for frame in range(MOST_FRAMES + 1):
        add_step(changes_of(kept, "run", frame), network, Hold(0, 1))
    assert [bool(changes_of(kept, "run", frame).steps) for frame in (4, 1)] == [True, True]
    assert not changes_of(kept, "other", 4).steps
    assert len(kept) == MOST_FRAMES and ("run", 0) not in kept and ("run", 2) not in kept
    changes_of(kept, "run", 77)
    assert ("other", 4) not in kept  # nothing was changed there


def test_files_of_one_viewer_are_bounded():
    network = Network((784, 16, 10))
    changes, kept = Changes("run", 0), {}
    for seed in range(5):
        load_file(changes, network, to_npz(Network((784, 16, 10), seed=seed + 1)))
    files = {id(step) for state in (changes.steps, *changes.before) for step in state}
    assert len(files) == 3
    latest = changes.steps
    add_step(changes, network, Hold(0, 1))
    take_back(changes)
    assert changes.steps == latest
    for frame in range(4):
        load_file(changes_of(kept, "run", frame), network, to_npz(Network((784, 16, 10), seed=frame + 1)))
    changes_of(kept, "run", 4)
    assert list(kept) == [("run", 1), ("run", 2), ("run", 3), ("run", 4)]


@pytest.mark.parametrize("step, sentence", [
    (Edit(0, 1, 0, -2.5), "neuron 2 of layer 1: weight 1 is −2.5"),
    (Edit(1, 0, 3, 4.0), "neuron 1 of layer 2: its bias is 4"),
    (Hold(0, 2), "neuron 3 of layer 1 silenced, so column 3 of W2 is 0"),
    (Hold(0, 2, 0.5), "neuron 3 of layer 1 frozen at 0.5, so column 3 of W2 is 0, and b2 has taken up what it carried"),
])  # fmt: skip
def test_changes_are_named_as_the_controls_name_them(step, sentence):
    network = Network((2, 3, 1))
    assert describe(step, with_overlay(network, [step])) == sentence
    if isinstance(step, Hold):
        changed = with_overlay(network, [step])
        assert not changed.weights[1][:, 2].any()
        assert changed.biases[1][0] == network.biases[1][0] + step.value * network.weights[1][0, 2]


def test_a_moved_bias_is_dropped_with_its_neuron():
    app = open_page(section="pictures", bias="0.5")
    app.number_input(key="choose_neuron").set_value(2).run()
    assert "bias" not in app.query_params and "".join(app.query_params["neuron"]) == "2"


def test_no_chosen_digit_and_no_region_get_a_sentence_each():
    app = open_page(section="pictures", digits="none", **DIGITS)
    assert "Choose a digit to see" in words(app) and "| Digit |" not in words(app)
    assert "nothing to compare" in words(open_page(section="pictures", rows="5,3", **DIGITS))


def test_numbers_stand_in_all_pictures_when_switched_on():
    text = words(open_page(**DIGITS))
    assert "W1 and W2 have too many columns for numbers here. With this many weights" in text
    app = open_page(numbers="all", **DIGITS)
    assert "W1 has too many columns for numbers here." in words(app) and "With this many" not in words(app)
    app.toggle(key="choose_numbers").set_value(False).run()
    assert "numbers" not in app.query_params and "W1 and W2 have too many columns" in words(app)


def test_the_smaller_products_are_summed_up():
    app = open_page(section="sample", frame="20", **DIGITS)
    experiment = session(app).run.experiment
    row = build_split(experiment).X_train[0]
    network = build_network(experiment)
    network.parameters = ChunkStore().frame(Run(experiment), 20)
    products = np.sort(np.abs(network.weights[0][0] * row))[:-8]
    signed = network.weights[0][0] * row
    rest = signed[np.argsort(np.abs(signed))[: len(products)]].sum()
    printed = re.search(rf"\({len(products)} smaller products: (−?[\d.]+)\)", words(app)).group(1).replace("−", "-")
    assert float(printed) == pytest.approx(rest, rel=0.005)  # to three digits at least


def test_what_is_edited_and_what_is_recorded_is_said():
    app = open_page(section="edit", frame="30")
    press(app, "silence")
    app.segmented_control(key="choose_section").set_value("trends").run()
    assert "the pictures over the epochs, above and below, show the recorded ones" in words(app)


def test_at_the_first_frame_nothing_moved():
    assert "moved most" not in words(open_page(section="trends", frame="0"))
    assert "the weight that moved most" in words(open_page(section="trends", frame="20"))


def test_no_hidden_layer_gets_no_sentence_about_hidden_neurons():
    app = open_page(section="edit", dataset="wine", hidden="none")
    assert "no hidden layer, and so no neuron to silence" in words(app) and "Silence the hidden" not in words(app)


@pytest.mark.parametrize("value, digits, text", [
    (17258.4, 2, "17,258"), (0.0498, 2, "0.0498"), (0.0, 2, "0"), (-0.00123, 4, "−0.00123"), (0.0012, 3, "0.00120"),
    (2.98e-5, 2, "2.98·10⁻⁵"), (-1.234e7, 2, "−1.23·10⁷"), (0.83, 2, "0.83"), (-12.4, 2, "−12.40"), (812.4, 2, "812"),
    (-1310.2, 2, "−1,310"), (np.nan, 2, "not finite"),
])  # fmt: skip
def test_numbers_keep_three_digits_or_two_decimals(value, digits, text):
    assert brief(value, digits) == text


def test_a_weight_set_twice_is_listed_once_and_set_to_itself_not_at_all():
    app = open_page(section="edit", frame="30")
    press(app, "edit_set")
    assert [error.value for error in app.error] == [r"That is what it is already\. Nothing was changed\."]
    type_weight(app, "2")
    type_weight(app, "3.00001")
    assert "snapshot:** neuron 1 of layer 1: weight 1 is 3.00001." in words(app)
    assert "now 3.00001" in weight_field(app).label


def test_a_second_click_whose_field_is_gone_already_changes_nothing():
    study = SimpleNamespace(changes=Changes("run", 0), recorded=Network((2, 3, 1)))
    weights_edit._set(study, Edit(0, 0, 0, 1.0), "edit_value_of_another_weight")
    assert study.changes == Changes("run", 0)


@pytest.mark.parametrize("text, sentence", [
    ("many", "The new value must be a number, got “many”. Nothing was changed."),
    (" ", "Type a number, such as 1.5. Nothing was changed."),
    ("nan", "The new value must be a number, got “nan”. Nothing was changed."),
    ("1e308", "The new value must lie between −1,000,000 and 1,000,000, got 1e308. Nothing was changed."),
])  # fmt: skip
def test_what_is_no_weight_gets_one_sentence(text, sentence):
    app = open_page(section="edit")
    type_weight(app, text)
    assert [error.value.replace("\\", "").replace("\u2060", "") for error in app.error] == [sentence]


@pytest.mark.parametrize("text", ["−1,5", "-1.5", " –1,5 "])
def test_a_weight_is_typed_with_either_sign(text):
    app = open_page(section="edit", frame="30")
    type_weight(app, text)
    assert not app.error and "weight 1 is −1.5." in words(app)


def test_a_file_becomes_a_change_and_a_wrong_one_a_sentence():
    network, other = Network((2, 3, 1)), Network((2, 3, 1), seed=8)
    changes = Changes("run", 0)
    load_file(changes, network, to_npz(other))
    assert changes.steps[0].values == tuple(other.parameters) and not changes.problem
    load_file(changes, network, b"no such file")
    assert changes.problem == (
        "The file must be an .npz file of weights, and this one cannot be read as that. Nothing was changed."
    )
    load_file(changes, network, to_npz(Network((2, 4, 1))))
    assert "W1 must have the shape (3, 2) of this network, got (4, 2)" in changes.problem
    assert len(changes.steps) == 1


@pytest.mark.parametrize("name, value, sentence", [
    ("section", "everything", "The section cannot be “everything”"),
    ("layer", "9", "The layer's number can be 1 to 3; the link asked for 9, so it is now 3."),
    ("neuron", "many", "The neuron's number must be a whole number; the link asked for “many”"),
    ("sample", "0", "The sample's number can be 1 to"),
    ("pin", "1", "The weight that is followed cannot be 1 here"),
    ("bias", "nan", "The bias cannot be “nan” here"),
])  # fmt: skip
def test_a_wrong_choice_in_the_link_becomes_the_default_with_a_sentence(name, value, sentence):
    section = {"layer": "sample", "neuron": "edit", "sample": "sample", "pin": "trends", "bias": "pictures"}.get(name)
    app = open_page(**{"section": section or "matrices", name: value})
    assert sentence in words(app)
    assert name not in app.query_params or name in ("section", "layer")


def test_choices_stay_in_the_link():
    app = open_page(dataset="circle", section="trends", layer="2")
    app.number_input(key="pin_row").set_value(3).run()
    assert app.number_input(key="pin_row").value == 3
    link = {name: "".join(app.query_params[name]) for name in ("section", "layer", "pin")}
    assert (link["section"], link["layer"], link["pin"][:2]) == ("trends", "2", "3,")


def test_what_is_written_of_a_product_gives_its_result_on_a_calculator():
    text = words(open_page(section="sample", dataset="plane", activation="relu", frame="30"))
    found = re.findall(r"z\S = (.+?) = \*\*(\S+?)\*\*, a\S = relu\((\S+?)\) = \*\*(\S+?)\*\*", text.replace("−", "-"), re.I)
    assert found
    for terms, z, given, a in found:
        assert f"{eval(terms.replace('·', '*')):.2f}" == f"{float(z):.2f}"
        assert f"{max(0.0, float(given)):.2f}" == f"{float(a):.2f}"


def test_inputs_carry_their_own_names_under_a_matrix():
    app = open_page(section="matrices", dataset="plane", hidden="2", features="x1,x2,x1_squared", learning_rate="0.001")
    texts = [text for chart in app.get("plotly_chart") for trace in json.loads(chart.proto.spec)["data"]
             for text in trace.get("text") or [] if isinstance(text, str)]  # fmt: skip
    assert "x₁²" in texts and "x₃" not in texts
