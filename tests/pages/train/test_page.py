"""The Train page, as Streamlit runs it, from app.py."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from nncore import DATASETS, Branch, ChunkStore, Experiment, Network, Run
from nncore.experiments.branches import write_branches
from nncore.experiments.experiment import build_network, build_split
from pages.parts.live.message import decode
from pages.parts.page.session import OPENING
from pages.parts.train.presets import PRESETS
from tests.pages.conftest import link_value, open_app, warnings


def message(app: AppTest) -> tuple[dict, dict]:
    """The live view's last message, decoded."""
    views = [element.proto for element in app.get("bidi_component") if element.proto.component_name.endswith("view")]
    assert len(views) == 1
    return decode(views[0].bytes)


def session(app: AppTest):
    return app.session_state["glassbox"]


def test_a_newcomer_gets_a_whole_experiment():
    header, arrays = message(open_app())
    assert header["run"] == Run(OPENING).key
    assert header["scene"]["sizes"] == [2, 4, 2, 1]
    assert arrays["frames"].shape == (41, 25)
    assert arrays["points"].shape == (400, 4)  # of 500: a fifth are the test set's, which is sealed


@pytest.mark.parametrize("link", [
    {}, {"hidden": "4,2", "activation": "tanh,relu", "batch_size": "10", "stop_rule": "patience"},
    {"stop_rule": "weight_change", "epoch_limit": "100"}, {"dataset": "digits"}, {"dataset": "wine", "frame": "3"},
], ids=str)  # fmt: skip
def test_every_label_is_a_question(link):
    app = open_app(**link)
    kinds = ("selectbox", "slider", "number_input", "button_group", "toggle", "checkbox", "radio", "text_input")
    labels = [field.label for kind in kinds for field in app.get(kind) if field.label]
    assert len(labels) > 15
    assert [label for label in labels if "?" not in label] == []


def test_a_link_of_the_default_means_what_it_meant_and_the_first_run_s_own_link_opens_it():
    for link in ({"dataset": "circle"}, {"frame": "0", "hidden": "8,8"}, {"learning_rate": "0.03"}, {"frame": "25"}):
        assert message(open_app(**link))[0]["run"] == Run(Experiment()).key
    app = open_app()
    link = {name: link_value(app, name) for name in app.query_params}
    assert link["hidden"] == "4,2"
    assert message(open_app(**link))[0]["run"] == Run(OPENING).key
    assert message(open_app(embed="true"))[0]["run"] == Run(OPENING).key


@pytest.mark.parametrize("start", range(4))
def test_the_first_run_solves_itself_in_three_seconds_of_playing_from_any_start(start):
    _, scores, _ = ChunkStore().scores(Run(OPENING.with_changes(start=start)), 3 * 32)
    assert scores[-1, 3] >= 0.95
    assert OPENING.n_parameters <= 25


def test_what_a_newcomer_need_not_know_is_folded_under_one_more():
    app = open_app()
    (more,) = app.sidebar.expander
    assert more.label == "More" and not more.proto.expanded
    inside = {field.key for field in [*more.text_input, *more.number_input, *more.selectbox, *more.slider]}
    names = ("data_seed", "split_seed", "weight_seed", "start", "batch_seed", "stop_rule")
    assert {f"pick_{name}" for name in names} <= inside
    assert {"pick_learning_rate", "pick_activation"}.isdisjoint(inside)


def test_what_is_sent_is_what_the_core_computes():
    _, arrays = message(open_app())
    experiment = OPENING
    network, split = build_network(experiment), build_split(experiment)
    assert (arrays["frames"][0] == network.parameters.astype("float32")).all()
    assert arrays["scores"][0, 1] == pytest.approx(network.data_loss(split.X_train, split.y_train), rel=1e-6)


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_dataset_opens_by_link(dataset):
    header, arrays = message(open_app(dataset=dataset))
    assert header["scene"]["sizes"][0] == Experiment(dataset).sizes[0]
    assert len(arrays["frames"])


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.title)
def test_every_preset_opens_by_its_button(preset):
    app = open_app()
    next(button for button in app.button if button.label == preset.title).click().run()
    assert not app.exception
    assert message(app)[0]["run"] == Run(preset.experiment).key


def test_a_link_restores_settings_branches_and_frame():
    run = Run(Experiment("xor", hidden=(4,))).changed(12, Experiment("xor", hidden=(4,), learning_rate=0.1))
    app = open_app(**run.to_dict(), frame="30", show="validation,log", speed="2")
    header, _ = message(app)
    assert header["run"] == run.key
    assert header["seek"]["frame"] == 30
    assert header["branches"] == [{"frame": 12, "text": "learning rate 0.03 → 0.1"}]
    assert header["view"]["validation"] and header["view"]["log"] and not header["view"]["test"]
    assert header["view"]["speed"] == 2
    assert app.query_params.to_dict() if hasattr(app.query_params, "to_dict") else dict(app.query_params)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("dataset", "cirle", "The dataset can be one of circle, "),
        ("noise", "many", "The noise must be a whole number; the link asked for “many”, so it is now 0."),
        ("noise", "70", "The noise can be 0 to 50 %; the link asked for 70, so it is now 50."),
        ("hidden", "8,0", "A hidden layer can have 1 to 64 neurons; the link asked for 0, so it now has 1."),
        ("hidden", "abc", "must be whole numbers with commas between them, such as 4,2; the link asked for “abc”"),
        ("learning_rate", "nan", "The learning rate must be a number; the link asked for “nan”"),
        ("branches", "5:dataset=xor", "A branch may change"),
        ("branches", "x", "must be a whole number; the link asked for “x”; the run is shown without its branches."),
        ("frame", "last", "The snapshot must be a whole number; the link asked for “last”, so it is now 0."),
        ("frame", "-3", "The snapshot can be 0 to 599; the link asked for -3, so 0 is shown."),
        ("speed", "9", "The speed can be one of 0.25, 0.5, 1, 2, 4; the link asked for 9"),
        ("axes", "1,1", "The map's axes must be two different columns"),
        ("focus", "4,1", "The focus must be a layer of this network"),
        ("focus", "big", "The focus must be a layer of this network"),
        ("colour", "red", "There is no setting called “colour”"),
    ],
)
def test_a_bad_value_in_the_link_becomes_the_nearest_or_the_default_with_a_sentence(name, value, words):
    link = {"dataset": "wine", "axes": value} if name == "axes" else {name: value}
    app = open_app(**link)
    assert words in warnings(app)
    assert message(app)[0]["first"] == 0


def test_a_frame_beyond_the_end_shows_the_last_one():
    app = open_app(epoch_limit="30", frame="500")
    assert session(app).frame == 30
    assert message(app)[0]["stop"]["frame"] == 30


def test_changing_the_learning_rate_branches_from_the_frame_on_screen():
    app = open_app(frame="25")
    app.selectbox(key="pick_learning_rate").set_value(0.1).run()
    assert not app.exception
    header, _ = message(app)
    assert header["branches"] == [{"frame": 25, "text": "learning rate 0.03 → 0.1"}]
    assert (header["of"], header["shared"]) == (Run(Experiment()).key, 25)
    assert app.query_params["branches"] in ("25:learning_rate=0.1", ["25:learning_rate=0.1"])


def test_changing_the_network_starts_a_new_run():
    app = open_app(frame="25")
    app.selectbox(key="pick_initializer").set_value("he_normal").run()
    header, _ = message(app)
    assert header["branches"] == [] and header["seek"]["frame"] == 0


def test_a_diverged_run_says_why_and_a_lower_rate_recovers():
    app = open_app(dataset="plane", activation="relu", learning_rate="10.0")
    assert "diverged" in message(app)[0]["stop"]["text"]
    app.selectbox(key="pick_learning_rate").set_value(0.03).run()
    assert message(app)[0]["stop"] is None


def test_a_setting_that_cannot_be_says_so_and_changes_nothing():
    branches = tuple(Branch(frame, (("l2", 0.1 * (frame % 2)),)) for frame in range(1, 21))
    app = open_app(frame="25", branches=write_branches(branches, Experiment().sizes))
    app.selectbox(key="pick_learning_rate").set_value(0.1).run()
    assert "at most 20" in warnings(app)
    assert message(app)[0]["run"] == Run(Experiment(), branches).key
    assert app.selectbox(key="pick_learning_rate").value == 0.03


def test_a_setting_changed_where_the_recording_is_full_goes_on_in_another():
    app = open_app(frame="599")
    app.selectbox(key="pick_learning_rate").set_value(0.1).run()
    assert message(app)[0]["run"] == Run(Experiment(), (Branch(599, (("learning_rate", 0.1),)),)).key
    assert message(app)[0]["limit"] == 599 + 599


@pytest.mark.parametrize("frame", ["0", "40"])
def test_the_details_belong_to_the_frame_on_screen(frame):
    app = open_app(frame=frame)
    assert any(heading.value.startswith(f"At epoch {int(frame):,}") for heading in app.subheader)
    assert any(f"**{25 * int(frame):,} updates**" in text.value for text in app.markdown)


def test_the_parameters_are_counted_with_their_arithmetic():
    app = open_app(dataset="circle")
    assert any("2·8+8 + 8·8+8 + 8·1+1 = 105" in caption.value for caption in app.caption)


def test_each_hidden_layer_may_have_its_own_activation():
    app = open_app()
    app.selectbox(key="pick_activation").set_value("per layer").run()
    app.selectbox(key="pick_activation_0").set_value("sigmoid").run()
    assert message(app)[0]["scene"]["activations"] == ["sigmoid", "relu"]
    assert isinstance(build_network(session(app).run.settings), Network)


def test_no_hidden_layer_and_the_largest_network_both_open():
    assert message(open_app(hidden="none"))[0]["scene"]["sizes"] == [2, 1]
    sizes = message(open_app(dataset="digits", hidden="64,64,64,64,64,64", samples="200"))[0]["scene"]["sizes"]
    assert sizes == [64, *[64] * 6, 10]


def test_more_than_two_inputs_let_one_choose_the_slice():
    app = open_app(dataset="wine")
    assert message(app)[0]["scene"]["plane"]["kind"] == "affine"
    app.selectbox(key="pick_slice").set_value("columns").run()
    app.selectbox(key="pick_up").set_value(6).run()
    names = DATASETS["wine"].feature_names
    assert message(app)[0]["scene"]["plane"]["labels"] == [names[0], names[6]]
    assert app.query_params["axes"] in ("0,6", ["0,6"])
    app.selectbox(key="pick_across").set_value(6).run()
    assert "axes must be two different columns" in warnings(app)
    assert not app.exception


def test_the_last_input_feature_cannot_be_taken_away():
    app = open_app()
    app.button_group(key="pick_features").set_value([]).run()
    assert "at least one input feature" in warnings(app)
    assert session(app).run == Run(OPENING)


def test_a_run_that_is_full_says_so():
    assert "The recording is full (600 snapshots)" in message(open_app(frame="599"))[0]["stop"]["text"]


def test_the_set_that_answers_are_shown_for_is_in_the_link():
    app = open_app(answers="test")
    assert app.button_group(key="choose_answers").value == "test"
    app.button_group(key="choose_answers").set_value("training").run()
    assert app.query_params["answers"] in ("training", ["training"])
    assert "The set of samples cannot be “all”" in warnings(open_app(answers="all"))


@pytest.mark.parametrize("page", ["", "report"])
@pytest.mark.parametrize("link", [
    {"dataset": "circle", "hidden": "8", "activation": "relu", "output": "identity", "loss": "mse", "learning_rate": "10"},
    {"dataset": "plane", "hidden": "none", "features": "x1,x2,x1_squared", "learning_rate": "0.1"},
    {"dataset": "moons", "learning_rate": "0.3", "l2": "10"},
])  # fmt: skip
def test_that_training_diverged_is_said_once_and_so_is_what_to_do(page, link):
    app = open_app(page, **link, frame="600")
    said = [one.value for kind in ("markdown", "info", "warning") for one in app.get(kind)]
    assert sum(len(re.findall(r"\bdiverged\b", text)) for text in said) == 1
    assert sum(len(re.findall(r"Turn \w+(?: \w+)* down", text)) for text in said) <= 1
    assert any("overshot" in text or "times L2" in text for text in said)
