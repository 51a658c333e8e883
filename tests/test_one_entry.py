"""To add an activation, an optimizer or a dataset is to add one entry to one table: it is then found everywhere."""

import json
import shutil
import subprocess
from dataclasses import dataclass, field
from math import inf
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore import ACTIVATIONS, DATASETS, OPTIMIZERS, ChunkStore, Experiment, Run, Trainer, build_network, build_split
from nncore.data.table import TWO_CLASSES, DatasetKind
from nncore.export import export
from nncore.inspection.diagnosis import diagnose
from nncore.inspection.gradcheck import check_gradient
from nncore.inspection.nondifferentiable import nondifferentiable_between
from nncore.inspection.unit_health import dead_neurons
from nncore.models.activations import Activation
from nncore.training.optimizer_kind import FormulaLine, OptimizerKind
from pages.parts.fields.labels import name_of
from pages.parts.live.view import engine_script
from pages.parts.train.thumbnails import thumbnail

ROOT = Path(__file__).parent.parent


def shifted(z, out=None):
    return np.maximum(z - 1.0, 0.0, out=out)


def shifted_derivative(z, a, out=None):
    return np.greater(a, 0.0, out if out is not None else np.empty_like(a))


SHIFTED = Activation(
    name="shifted_relu", label="shifted ReLU", formula=r"\max(0, z - 1)",
    derivative_formula=r"1 \text{ if } z > 1 \text{ else } 0",
    value=shifted, derivative=shifted_derivative, javascript="z > 1 ? z - 1 : 0", range="zero and above it",
    bounds=(0.0, inf), not_differentiable_at=(1.0,), dead_below=1.0, needs_z=True,
    numpy_code="np.maximum(z - 1.0, 0.0)", numpy_derivative_code="(a > 0.0).astype(float)",
    pytorch_code="torch.nn.Threshold(1.0, 1.0)",
)  # fmt: skip


@dataclass
class SignDescent:
    """Every weight moves by the learning rate, against the sign of its gradient."""

    state: dict = field(default_factory=dict)

    def start(self, parameters):
        self.state = {}

    def step(self, parameters, gradient, learning_rate):
        parameters -= learning_rate * np.sign(gradient)


SIGN = OptimizerKind(
    name="sign_descent", label="Sign descent", make=SignDescent, has_memory=False, is_adaptive=True,
    about="Sign descent asks only for the sign of the gradient.",
    direction=lambda gradient, old, new, settings: (float(np.sign(gradient)), {}),
    lines=(FormulaLine(r"\Delta w", r"-\eta \operatorname{sign} g", r"-$learning_rate \operatorname{sign} $(gradient)",
                       "change"),),
    numpy_code="w -= rate * np.sign(g)",
)  # fmt: skip


def make_stripes(samples, noise, rng):
    X = rng.uniform(-6, 6, (samples, 2))
    return X, (np.sin(X[:, 0]) > 0).astype(np.int64)


STRIPES = DatasetKind(
    "stripes", "Stripes", TWO_CLASSES, "Upright stripes.", "There is none.", make_stripes, ("dark", "light")
)  # fmt: skip


@pytest.fixture
def entries(monkeypatch):
    monkeypatch.setitem(ACTIVATIONS, SHIFTED.name, SHIFTED)
    monkeypatch.setitem(OPTIMIZERS, SIGN.name, SIGN)
    monkeypatch.setitem(DATASETS, STRIPES.name, STRIPES)


@pytest.fixture
def experiment(entries):
    return Experiment("stripes", hidden=(5,), activation=("shifted_relu",), optimizer="sign_descent", learning_rate=0.01)


def open_page(page: str | None = None, **link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if page:
        app.switch_page(page)
    for name, value in link.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def texts(app: AppTest) -> str:
    return "\n".join(text.value for text in [*app.markdown, *app.caption, *app.latex, *app.warning])


def options(app: AppTest, label: str) -> list[str]:
    (box,) = (box for box in app.selectbox if box.label == label)
    return box.options


def test_the_train_page_offers_them_and_opens_their_link(experiment):
    app = open_page(dataset="stripes", activation="shifted_relu", optimizer="sign_descent", hidden="5", learning_rate="0.01")
    assert "shifted ReLU" in options(app, "Which activation?") and "Sign descent" in options(app, "Which optimizer?")
    (picker,) = (group for group in app.button_group if group.label.startswith("Which data?"))
    assert picker.label == "Which data? Stripes" and not app.warning
    assert any("Stripes" in option.content and thumbnail("stripes") in option.content for option in picker.proto.options)
    assert app.session_state["glassbox"].run == Run(experiment)


def test_an_untouched_choice_offers_them_too(entries):
    app = open_page()
    assert "shifted ReLU" in options(app, "Which activation?") and "Sign descent" in options(app, "Which optimizer?")


def test_the_thumbnail_shows_its_own_points(entries):
    assert thumbnail("stripes").startswith("data:image/svg+xml;base64,") and thumbnail("stripes") != thumbnail("circle")


def test_a_measured_dataset_without_a_drawing_shows_its_first_letter(monkeypatch):
    kind = DatasetKind("three", "Three", TWO_CLASSES, "", "", make_stripes, ("a", "b"), ("p", "q", "r"), extent=None)
    monkeypatch.setitem(DATASETS, "three", kind)
    assert thumbnail("three") != thumbnail("circle")


def test_the_run_trains_and_its_link_comes_back(experiment):
    split, network = build_split(experiment), build_network(experiment)
    trainer = Trainer(network, split.X_train, split.y_train, "sign_descent", 0.01, 10)
    before, parameters = network.data_loss(split.X_train, split.y_train), network.parameters.copy()
    trainer.run_update()
    moved = np.abs(network.parameters - parameters)
    assert np.allclose(moved[moved > 0], 0.01)
    trainer.advance(epochs=10)
    assert network.data_loss(split.X_train, split.y_train) < before
    assert Run.from_dict(Run(experiment).to_dict()) == Run(experiment)


def test_what_is_known_of_the_activation_is_asked_from_its_entry(experiment):
    network, split, X, y = build_network(experiment), build_split(experiment), np.array([[0.5, 0.5]]), np.array([1])
    assert check_gradient(network, split.X_train[:20], split.y_train[:20]).worst_error < 1e-6
    network.parameters[...] = 0.0
    assert [len(layer) for layer in dead_neurons(network, X)] == [5]
    network.biases[0][0] = 1.0  # z = 1 lies where it is not differentiable
    assert nondifferentiable_between(network, X, y, 2, 1e-6)[0].name == "hidden layer 1, shifted ReLU 1 on sample 1"
    assert name_of("shifted_relu") == "shifted ReLU" and name_of("sign_descent") == "Sign descent"


def test_the_diagnosis_speaks_of_them_by_their_labels(experiment):
    fast, network = experiment.with_changes(learning_rate=1.0), build_network(experiment)
    network.biases[0][:] = -50.0  # so that no weighted sum comes to 1
    scores = np.tile([[0.1, 0.1, 0.5, 0.5], [2.0, 2.0, 0.5, 0.5]], (15, 1))
    found = {finding.kind: finding.text for finding in diagnose(fast, network.parameters, scores, np.arange(30))}
    assert "Dead shifted ReLUs" in found["dead_neurons"]
    assert "Sign descent moves every weight by up to about the learning rate" in found["learning_rate_too_large"]


def test_the_initializers_page_offers_the_activation_and_pairs_it_with_every_initializer(entries):
    app = open_page("pages/initializers.py", bend="shifted_relu")
    (box,) = (box for box in app.selectbox if box.label == "Activation")
    assert "shifted ReLU" in box.options and box.value == "shifted_relu"
    app = open_page("pages/initializers.py", initializer_view="pairs")
    (picture,) = (json.loads(chart.proto.spec) for chart in app.get("plotly_chart"))
    assert "shifted ReLU" in picture["data"][0]["x"]


def test_the_export_has_their_forms(experiment):
    store = ChunkStore()
    code = export(Run(experiment), 20, "numpy", store)
    module = {"__name__": "network"}
    exec(compile(code, "network", "exec"), module)
    assert "def shifted_relu(z):\n    return np.maximum(z - 1.0, 0.0)" in code and "w -= rate * np.sign(g)" in code
    assert np.allclose(module["train"](), store.scores(Run(experiment), 20)[1][:, 0], rtol=1e-9)
    assert len(export(Run(experiment), 20, "onnx", store)) > 500
    assert "no activation shifted ReLU" in export(Run(experiment), 20, "scikit-learn", store)
    with pytest.raises(ValueError, match="sign_descent must have pytorch_code to be exported, got none"):
        export(Run(experiment), 20, "pytorch", store)


def test_the_documentation_lists_the_activation(entries):
    said = texts(open_page("pages/neuron.py", n_part="activations"))
    assert "| shifted ReLU | zero and above it |" in said


def test_its_balls_roll_in_a_look_of_their_own(entries):
    app = open_page("pages/landscapes.py", ball_optimizer="adam,sign_descent", rolled="yes", balls="1", ball_steps="50")
    picture = json.loads(app.get("plotly_chart")[0].proto.spec)
    looks = {trace["name"]: trace["marker"]["symbol"] for trace in picture["data"] if "symbol" in trace.get("marker", {})
             and "name" in trace}  # fmt: skip
    assert looks["Sign descent"].removesuffix("-open") == "pentagon" != looks["Adam"].removesuffix("-open")


def test_one_update_is_explained_in_the_optimizer_s_words(entries):
    said = texts(open_page("pages/backprop.py", microscope="chain", optimizer="sign_descent", frame="3"))
    assert SIGN.about in said and r"\operatorname{sign}" in said


@pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")
def test_the_browser_computes_the_activation(entries):
    script = engine_script()
    table = script[script.rindex("Object.assign(ACTIVATIONS") :]
    program = (
        f"const ACTIVATIONS = {{}}, quickTanh = Math.tanh;\n{table}\nconst z = Float32Array.from([-1, 1, 3.5]);\n"
        "ACTIVATIONS.shifted_relu(z); console.log(JSON.stringify([...z]));"
    )
    done = subprocess.run(["node", "-e", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [0, 0, 2.5]
