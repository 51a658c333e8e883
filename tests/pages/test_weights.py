"""The Weights page, as Streamlit runs it, from app.py."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore import ChunkStore, Experiment, Network, Run
from nncore.experiment import build_network, build_split
from nncore.history import evaluate
from nncore.overlay import LARGEST
from nncore.weight_files import to_npz
from pages.parts import weights_pictures
from pages.parts.weights_overlay import Changes, load_file

ROOT = Path(__file__).parents[2]
SECTIONS = ("matrices", "sample", "pictures", "trends", "chain", "edit")
DIGITS = {"dataset": "digits", "hidden": "16", "samples": "300", "optimizer": "adam", "learning_rate": "0.003"}


def open_page(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.switch_page("pages/weights.py")
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    texts = [*app.markdown, *app.caption, *app.info, *app.success, *app.warning, *app.error]
    return "\n".join(text.value for text in texts)


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


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
    text = words(open_page())
    assert "W1 is 8 x 2, W2 is 8 x 8, W3 is 1 x 8, and 17 biases" in text
    assert "2·8+8 + 8·8+8 + 8·1+1 = 105" in text


def test_the_frame_of_the_link_is_shown():
    app = open_page(frame="33", section="trends")
    assert app.slider(key="scrub").value == 33
    network = build_network(Experiment())
    network.parameters = ChunkStore().frame(Run(Experiment()), 33)
    norms = [np.linalg.norm(weights) for weights in (build_network(Experiment()).weights[0], network.weights[0])]
    assert f"{norms[0]:.2f} → {norms[1]:.2f}" in words(app)


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
    text = words(app)
    assert "W1 16 x 784 = 12,544 weights and 16 biases; W2 10 x 16 = 160 weights and 10 biases: 12,730 in all" in text
    assert "enlarged" in text


def test_a_mask_of_the_whole_picture_changes_nothing_and_half_of_it_something():
    whole = words(open_page(section="pictures", rows="1,8", columns="1,8", **DIGITS))
    line = next(line for line in whole.splitlines() if line.startswith("| 3 |"))
    cells = [cell.strip().split(" → ") for cell in line.split("|")[2:-1]]
    assert all(before == after for before, after in cells)
    half = words(open_page(section="pictures", **DIGITS))
    cells = next(line for line in half.splitlines() if line.startswith("| 3 |")).split("|")
    before, after = cells[2].split(" → ")
    assert before.strip() != after.strip()


def test_an_empty_region_gets_one_sentence():
    app = open_page(section="pictures", rows="5,3", **DIGITS)
    assert [error.value for error in app.error] == [
        "region must hold at least 1 pixel, got rows 5 to 3 and columns 1 to 8. Choose another region."
    ]


def test_a_box_drawn_on_the_picture_becomes_the_region(monkeypatch):
    study = SimpleNamespace(session=SimpleNamespace(choices={}))
    state = {weights_pictures.MASK: {"selection": {"box": [{"x": [1.2, 4.9], "y": [6.1, 0.3]}]}}}
    monkeypatch.setattr(weights_pictures.st, "session_state", state)
    weights_pictures._drawn(study)
    assert study.session.choices == {"columns": "3,5", "rows": "2,7"}


def test_the_lowest_bias_silences_a_neuron_and_the_highest_makes_it_fire_always():
    app = open_page(section="pictures")
    slider = next(slider for slider in app.slider if slider.label.startswith("Bias of neuron 1"))
    slider.set_value(slider.min).run()
    assert "fires (z > 0) on **0.0%**" in words(app)
    slider = next(slider for slider in app.slider if slider.label.startswith("Bias of neuron 1"))
    slider.set_value(slider.max).run()
    assert "fires (z > 0) on **100.0%**" in words(app)


def test_a_chain_agrees_only_without_activations():
    app = open_page(section="chain", hidden="4,3")
    assert "misses the network's sums" in words(app)
    press(app, "linear_run")
    assert session(app).run.experiment.activation == ("identity",)
    assert "which is rounding" in words(app)


def test_an_edit_is_shown_and_taken_back():
    app = open_page(section="edit", frame="30")
    before = words(app)
    value = next(field for field in app.number_input if "now" in field.label)
    value.set_value(-5.0).run()
    press(app, "edit_set")
    text = words(app)
    assert "row 1, column 1 of layer 1 is −5.00" in text and "As changed" in text
    network = build_network(Experiment())
    network.parameters = ChunkStore().frame(Run(Experiment()), 30)
    network.weights[0][0, 0] = -5
    loss = evaluate(network, build_split(Experiment()))[0]
    assert f"training loss {loss:.3f}" in text
    press(app, "undo_last")
    assert words(app) == before


def test_silencing_and_freezing_add_up_and_another_frame_forgets_them():
    app = open_page(section="edit", frame="30")
    press(press(app, "silence"), "freeze")
    assert "neuron 1 of layer 1 silenced; neuron 1 of layer 1 frozen at" in words(app)
    app.slider(key="scrub").set_value(31).run()
    assert "silenced" not in words(app)


def test_a_weight_beyond_reason_gets_one_sentence():
    app = open_page(section="edit")
    next(field for field in app.number_input if "now" in field.label).set_value(1e308).run()
    press(app, "edit_set")
    assert [error.value for error in app.error] == [
        f"weight must be a number from {-LARGEST} to {LARGEST}, got 1e+308. Nothing was changed."
    ]


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
    ("section", "everything", "section cannot be 'everything' here"),
    ("layer", "9", "layer cannot be '9' here"),
    ("neuron", "many", "neuron must be a whole number, got 'many'"),
    ("sample", "0", "sample cannot be '0' here"),
    ("pin", "1", "pin cannot be '1' here"),
    ("bias", "nan", "bias cannot be 'nan' here"),
])  # fmt: skip
def test_a_wrong_choice_in_the_link_becomes_the_default_with_a_sentence(name, value, sentence):
    section = {"layer": "sample", "neuron": "edit", "sample": "sample", "pin": "trends", "bias": "pictures"}.get(name)
    app = open_page(**{"section": section or "matrices", name: value})
    assert sentence in words(app)
    assert name not in app.query_params or name == "section"


def test_choices_stay_in_the_link():
    app = open_page(section="trends", layer="2")
    app.number_input(key="pin_row").set_value(3).run()
    assert app.number_input(key="pin_row").value == 3
    link = {name: "".join(app.query_params[name]) for name in ("section", "layer", "pin")}
    assert (link["section"], link["layer"], link["pin"][:2]) == ("trends", "2", "3,")
