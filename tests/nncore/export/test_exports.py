"""Every written file runs by itself, predicts as the page does, and trains to the same losses.

The files are run in processes that know nothing of this project, a process for each language.
"""

import ast
import json
import os
import re
import subprocess
import sys

import numpy as np
import pytest

from nncore import ACTIVATIONS, Branch, ChunkStore, Experiment, Run, build_network, build_split
from nncore.data import SHELF, drawn_points, read_table
from nncore.data.own.table_names import TableChoice, table_name
from nncore.experiments.edits import Edit
from nncore.export import EXPORTS, export
from tests.nncore.export.reader import picky

FRAME = 22
EDITS = (Edit(0, 1, 2, 0.5), Edit(1, 0, 0, -0.25))
BRANCHES = (
    Branch(5, (("batch_size", None), ("optimizer", "momentum"))),
    Branch(9, (("l2", 0.01),), EDITS),
    Branch(15, (("optimizer", "adam"), ("schedule", "cosine"))),
)
FEATURES = ("x1", "x2", "sin_x1", "sin_x2", "x1_squared", "x2_squared", "x1_x2")
SMALL = {"samples": 60}
POINTS = [[0, 1], [1, 0], [-1, 2], [3, 3], [-4, 1], [2, -5], [4, -1], [-2, -2]]
# All optimizers, schedules, losses, outputs, activations and initializers occur in them.
RUNS = {
    "default": Run(Experiment("moons", **SMALL, hidden=(3,), initializer="lecun_normal")),
    "features": Run(Experiment("spiral3", **SMALL, hidden=(4, 3), activation=("gelu", "softplus"), optimizer="adam",
                               learning_rate=0.01, l1=0.001, l2=0.002, schedule="cosine", features=FEATURES,
                               scaling="standard", initializer="he_uniform")),
    "full batch": Run(Experiment("sine", **SMALL, hidden=(5,), activation=("silu",), optimizer="rmsprop", loss="huber",
                                 batch_size=None, learning_rate=0.01, initializer="orthogonal")),
    "softmax mse": Run(Experiment("iris", hidden=(4,), activation=("elu",), optimizer="adamw", output="softmax", loss="mse",
                                  batch_size=7, learning_rate=0.01, schedule="step", scaling="standard",
                                  initializer="he_normal")),
    "tanh mae": Run(Experiment("circle", **SMALL, hidden=(), output="tanh", loss="mae", optimizer="adagrad",
                               schedule="exponential", initializer="uniform", weight_seed=3, start=2)),
    "branches": Run(Experiment("circle", **SMALL, hidden=(4,), optimizer="nesterov", schedule="inverse_time",
                               initializer="xavier_uniform"), BRANCHES),
    "tanh classes": Run(Experiment("blobs", **SMALL, hidden=(3, 2), activation=("leaky_relu", "identity"), output="tanh",
                                   loss="mse", batch_seed=4, initializer="normal")),
    "columns": Run(Experiment("diabetes", samples=60, columns=(8, 2), hidden=(4, 3), activation=("relu",),
                              optimizer="nesterov", scaling="standard", l2=0.01, batch_size=16, learning_rate=0.005,
                              schedule="exponential", initializer="small_normal")),
    "velocity": Run(Experiment("wine", samples=60, hidden=(3,), activation=("sigmoid",), optimizer="momentum", l2=0.01,
                               schedule="inverse_time", scaling="standard", initializer="ones"),
                    (Branch(4, (("learning_rate", 0.1),)),)),
    "adam": Run(Experiment("plane", **SMALL, hidden=(2,), optimizer="adam", l2=0.01, initializer="zeros")),
    "all by hand": Run(Experiment("circle", **SMALL, hidden=(3,)), BRANCHES[:1]).with_parameters(9, np.linspace(-1, 1, 13))
    .edited(14, (Edit(0, 0, 0, 0.5),)).changed(18, Experiment("circle", **SMALL, hidden=(3,), optimizer="adam")),
    "stopped": Run(Experiment("gauss", **SMALL, hidden=(2,), epoch_limit=6)),
    "drawn": Run(Experiment(drawn_points(POINTS, [0, 1, 2, 1, 0, 1, 2, 0]).name, hidden=(3,), scaling="standard")),
    "formula": Run(Experiment("formula.y > sin(x)", **SMALL, hidden=(3,), features=("x1", "x2", "x1_x2"),
                              schedule="cosine")),
    "formula of numbers": Run(Experiment("formula.sin(x) * y", **SMALL, hidden=(3,), activation=("relu",))),
}  # fmt: skip
STORE = ChunkStore()
# Loads each file as a module, in a process that cannot import this project.
RUNNER = """
import json, runpy, sys
import numpy as np
found = {}
for path in sys.argv[1:]:
    module = runpy.run_path(path)
    inputs = np.load(path + ".npy")
    trained = module["first_parameters"]() if "first_parameters" in module else None
    try:
        losses = module["train"]()
        again = module["train"](3, trained)
    except NotImplementedError as reason:
        losses, again = str(reason), []
    found[path] = {
        "losses": losses, "again": again, "outputs": np.asarray(module["predict"](inputs)).tolist(),
        "parameters": np.asarray(module["PARAMETERS"]).tolist(), "trained": None if trained is None else trained.tolist(),
        "names": module["classify"](inputs).tolist() if "classify" in module else [],
    }
assert "nncore" not in sys.modules
print(json.dumps(found))
"""


def ending(name, folder):
    return str(folder / f"{name.replace(' ', '_')}.py")


def code_of(run, language):
    text = export(run, FRAME, language, STORE)
    if language != "notebook":
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What came of every run's file, by language and run; each language is asked for once."""
    known = {}

    def ask(language):
        if language not in known:
            folder = tmp_path_factory.mktemp(language)
            for name, run in RUNS.items():
                path = ending(name, folder)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(f"{code_of(run, language).rstrip()}\n")
                np.save(f"{path}.npy", build_split(run.experiment).dataset.X)
            assert picky(folder) == ""
            command = [sys.executable, "-W", "error", "-c", RUNNER, *(ending(name, folder) for name in RUNS)]
            environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
            environment["OMP_NUM_THREADS"] = environment["OPENBLAS_NUM_THREADS"] = "1"
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment)
            assert done.returncode == 0, done.stderr
            found = json.loads(done.stdout.splitlines()[-1])
            known[language] = {name: found[ending(name, folder)] for name in RUNS}
        return known[language]

    return ask


def outputs_on_screen(run):
    """The network's outputs for all raw rows at the frame, and that network."""
    network, split = build_network(run.experiment), build_split(run.experiment)
    network.parameters = STORE.frame(run, FRAME)
    return network.predict(split.transform(split.dataset.X)), network


@pytest.mark.parametrize("language", ["numpy", "pytorch", "scikit-learn", "notebook"])
@pytest.mark.parametrize("name", RUNS)
def test_it_predicts_as_the_page_does(outcomes, language, name):
    found, (outputs, network) = outcomes(language)[name], outputs_on_screen(RUNS[name])
    assert np.allclose(found["outputs"], outputs, rtol=1e-12, atol=1e-14)
    assert np.array_equal(found["parameters"], network.parameters)
    names, split = found["names"], build_split(RUNS[name].experiment)
    assert bool(names) != split.dataset.is_regression and set(names) <= set(split.dataset.class_names)


@pytest.mark.parametrize("language", ["numpy", "pytorch", "notebook"])
@pytest.mark.parametrize("name", RUNS)
def test_it_trains_to_the_same_losses(outcomes, language, name):
    found = outcomes(language)[name]
    epochs, scores, _ = STORE.scores(RUNS[name], FRAME)
    assert len(found["losses"]) == len(epochs) == (7 if name == "stopped" else FRAME + 1)
    assert np.allclose(found["losses"], scores[:, 0], rtol=1e-9, atol=0)
    assert found["again"] == found["losses"][:4]
    third = STORE.frame(RUNS[name], 3)
    assert np.allclose(found["trained"], third, rtol=1e-6, atol=1e-7)


# What scikit-learn's MLP cannot do.
SAYS = {
    "features": "no activation GELU", "full batch": "no activation SiLU", "softmax mse": "no activation ELU",
    "tanh mae": "two of them by one sigmoid", "tanh classes": "no activation leaky ReLU",
}  # fmt: skip


@pytest.mark.parametrize("name", RUNS)
def test_scikit_learn_trains_to_the_same_losses_or_says_why_not(outcomes, name):
    losses = outcomes("scikit-learn")[name]["losses"]
    if name in SAYS:
        assert SAYS[name] in losses and SAYS[name] in " ".join(export(RUNS[name], FRAME, "scikit-learn", STORE).split())
        return
    _, scores, _ = STORE.scores(RUNS[name], FRAME)
    assert np.allclose(losses, scores[:, 0], rtol=1e-9, atol=0)


def test_scikit_learn_counts_no_example_for_more_than_its_text_says():
    """Adam at a rate of 10 is so surely wrong of some examples that log_loss cuts them off."""
    run = Run(Experiment("gauss", **SMALL, noise=50, hidden=(3,), optimizer="adam", learning_rate=10.0))
    text, split, most = export(run, FRAME, "scikit-learn", STORE), build_split(run.experiment), -np.log(np.finfo(float).eps)
    assert f"more than {most:.2f}" in text
    module = {"__name__": "network"}
    exec(compile(text, "network", "exec"), module)
    losses, cut = np.array(module["train"]()), 0
    for frame, loss in enumerate(losses):
        network = build_network(run.experiment)
        network.parameters = STORE.frame(run, frame)
        z = network.forward(split.X_train)[0][-1][:, 0]
        each = np.logaddexp(0.0, np.where(split.y_train == 1, -z, z))
        assert loss == pytest.approx(np.minimum(each, most).mean(), rel=1e-4)
        cut += (each > most + 1).any()
    assert cut


@pytest.mark.parametrize("name", [*RUNS, *ACTIVATIONS])
def test_the_onnx_model_takes_raw_inputs_too(name):
    import onnxruntime

    run = RUNS.get(name) or Run(Experiment("moons", **SMALL, hidden=(3,), activation=(name,), learning_rate=0.3))
    session = onnxruntime.InferenceSession(export(run, FRAME, "onnx", STORE))
    X = build_split(run.experiment).dataset.X.astype(np.float32)
    (outputs,) = session.run(None, {session.get_inputs()[0].name: X})
    assert outputs == pytest.approx(outputs_on_screen(run)[0], abs=2e-6)
    facts = session.get_modelmeta().custom_metadata_map
    assert json.loads(facts["classes"]) == list(build_split(run.experiment).dataset.class_names)
    assert float(facts["epoch"]) == STORE.scores(run, FRAME)[0][-1]


def test_a_table_with_gaps_and_names_that_are_code_is_exported_too(tmp_path):
    import onnxruntime

    name = '""" + open(1)\\'
    rows = "\n".join(f"{k},{'' if k % 3 == 0 else k * 2.5},{('b' if k % 2 else 'a')}" for k in range(30))
    table = read_table(f"one,two,kind\n{rows}".replace("a\n", '"""""" + open(1)\\"\n').encode(), name)
    SHELF.put(table, "a viewer")
    own = table_name(TableChoice(table.digest, name, target=2, missing="mean"))
    run = Run(Experiment(own, hidden=(3,), scaling="standard"))
    split, network = build_split(run.experiment), build_network(run.experiment)
    network.parameters = STORE.frame(run, FRAME)
    raw = np.array([[3.0, np.nan], [4.0, 10.0]])
    filled = np.where(np.isnan(raw), split.fill, raw)
    expected = network.predict(split.transform(filled))
    for language in ("numpy", "scikit-learn", "notebook"):
        module = {"__name__": "network"}
        exec(compile(code_of(run, language), "network", "exec"), module)
        assert np.allclose(module["predict"](raw), expected, rtol=1e-12)
        assert module["CLASSES"].tolist() == list(split.dataset.class_names)
        assert np.allclose(module["train"](), STORE.scores(run, FRAME)[1][:, 0], rtol=1e-9)
    session = onnxruntime.InferenceSession(export(run, FRAME, "onnx", STORE))
    assert session.run(None, {"X": raw.astype(np.float32)})[0] == pytest.approx(expected, abs=2e-6)


def test_a_file_run_by_name_says_how_far_it_comes(tmp_path):
    path = tmp_path / "network.py"
    path.write_text(export(RUNS["default"], FRAME, "numpy", STORE), encoding="utf-8")
    done = subprocess.run([sys.executable, str(path)], cwd=tmp_path, capture_output=True, text=True, check=True)
    _, scores, _ = STORE.scores(RUNS["default"], FRAME)
    assert done.stdout == f"loss at first and after training: {scores[0, 0]:.4f} {scores[FRAME, 0]:.4f}\n"


def test_a_first_frame_is_exported_with_twenty_epochs_of_training():
    code = export(RUNS["default"], 0, "numpy", STORE)
    assert "after 0 epochs" in code and "def train(epochs=20" in " ".join(code.split())


def test_a_branch_that_is_not_reached_is_none():
    cut_off = Run(RUNS["stopped"].experiment, (Branch(30, (("l2", 0.1),)),))
    assert export(cut_off, 40, "numpy", STORE) == export(RUNS["stopped"], 40, "numpy", STORE)


def test_every_text_is_code_that_reads_from_top_to_bottom():
    for language in ("numpy", "pytorch", "scikit-learn"):
        code = export(RUNS["features"], FRAME, language, STORE)
        order = [code.index(f"def {name}(") for name in ("features", "layers", "predict", "classify", "train", "unpack")]
        assert order == sorted(order) and ast.get_docstring(ast.parse(code))
    assert EXPORTS.keys() == {"numpy", "scikit-learn", "pytorch", "notebook", "onnx"}


@pytest.mark.parametrize("language", ["numpy", "pytorch", "scikit-learn", "notebook"])
def test_names_with_blanks_stay_whole_however_many_there_are(language):
    run = Run(Experiment("breast_cancer", samples=60, hidden=(2,), learning_rate=0.01, scaling="standard"))
    dataset, module = build_split(run.experiment).dataset, {"__name__": "network"}
    exec(compile(code_of(run, language), "network", "exec"), module)
    assert module["INPUTS"] == list(dataset.feature_names) and len(module["MEAN"]) == 30
    assert max(map(len, code_of(run, language).splitlines())) <= 125


def test_a_training_that_rounding_decides_says_so_and_no_other_does():
    """On four corners a linear network's gradient along a bias is 0 but for rounding, and AdaGrad divides it by itself."""
    linear = Experiment("corners", scaling="standard", hidden=(), output="softmax", initializer="xavier_uniform", start=1,
                        weight_seed=1, learning_rate=0.01, schedule="exponential", batch_size=5, batch_seed=1)  # fmt: skip
    changes = (("batch_size", 20), ("learning_rate", 0.1), ("optimizer", "adagrad"), ("schedule", "step"))
    decided = Run(linear, (Branch(4, changes),))
    says = re.search(r"rounding decides this training.* from epoch (\d+) on", " ".join(code_of(decided, "numpy").split()))
    losses, module = STORE.scores(decided, FRAME)[1][:, 0], {"__name__": "network"}
    exec(compile(code_of(decided, "numpy"), "network", "exec"), module)
    same = np.isclose(module["train"](20), losses[:21], rtol=1e-9, atol=0)
    # Whether it decides here depends on how the processor's BLAS adds up; but not before it is said to.
    assert int(says[1]) > 4 and same[: int(says[1])].all()
    for name, run in RUNS.items():
        assert "rounding decides" not in " ".join(code_of(run, "pytorch").split()), name


def test_every_language_has_a_file_name_of_its_own_that_python_can_import():
    names = [entry.file_name("a5d1ce67a99d-5") for entry in EXPORTS.values()]
    assert len({*names}) == len(names) and "network_a5d1ce67a99d_5_scikit_learn.py" in names
    assert all(name.rpartition(".")[0].isidentifier() for name in names)


@pytest.mark.parametrize("batch_size, frame, words", [
    (10, 0, "after 0 epochs. `train()` trains once more, from the same first weights in the same order of batches, and "
            "gives the same losses."),
    (10, 30, "after 0 epochs and 1 update of the next, in which training diverged. `train()` trains once more, from the "
             "same first weights in the same order of batches, and gives the same losses, up to the last whole epoch."),
    (None, 30, "after 1 epoch. `train()` trains once more"),
])  # fmt: skip
def test_a_diverged_training_says_how_far_its_parameters_came_and_how_far_it_trains_again(batch_size, frame, words):
    run = Run(Experiment("plane", samples=60, hidden=(4,), activation=("relu",), learning_rate=10.0,
                         features=("x1", "x2", "x1_squared"), batch_size=batch_size))  # fmt: skip
    assert words in " ".join(export(run, frame, "numpy", STORE).split('"""')[1].split())
