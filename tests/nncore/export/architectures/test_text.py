"""Files of trainings of other architectures run by themselves, predict as their networks do, and train to the same losses.

They are run in processes that know nothing of this project, a process for each language.
"""

import json
import os
import subprocess
import sys

import numpy as np
import pytest

from nncore import ChunkStore
from nncore.experiments.architectures import CodeRun, PictureRun, SequenceRun
from nncore.export import export

FRAME = 2
SMALL = {"n_hidden": 3, "length": 12}
RUNS = {
    "digits": PictureRun(seed=1),
    "shuffled": PictureRun(shuffled=True),
    "rnn": SequenceRun("parity", "rnn", **SMALL, clip=0.1),
    "gru": SequenceRun("order", "gru", **SMALL, seed=3),
    "lstm": SequenceRun("echo", "lstm", **SMALL, stretch=5),
    "gru in stretches": SequenceRun("letters", "gru", **SMALL, stretch=5),
    "spiral": CodeRun("spiral", damage="noise"),
    "gaps": CodeRun("digits", damage="hidden", code=3),
    "linear": CodeRun("spiral", linear=True, seed=2),
}  # fmt: skip
STORE = ChunkStore()
RUNNER = """
import json, runpy, sys
import numpy as np
found = {}
for path in sys.argv[1:]:
    module = runpy.run_path(path)
    given = np.load(path + ".npz")
    trained = module["first_parameters"]()
    found[path] = {
        "outputs": module["predict"](given["X"]).tolist(), "parameters": module["PARAMETERS"].tolist(),
        "losses": module["train"](int(given["updates"]), trained), "trained": trained.tolist(),
        "others": [module["predict"](given[name]).tolist() for name in ("other",) if name in given],
        "cut": module["train"](0),
    }
assert "nncore" not in sys.modules
print(json.dumps(found))
"""


def given_and_expected(run, parameters):
    """Raw inputs, the same in the other form that the file takes, and what the network answers."""
    model, rng = run.model(parameters), np.random.default_rng(0)
    if isinstance(run, PictureRun):
        X = rng.random((4, run.kind.side, run.kind.side))
        return {"X": X, "other": X[:, None]}, model.predict(run.arranged(X[:, None]))
    if isinstance(run, SequenceRun):
        tokens = rng.integers(len(run.kind.symbols), size=(4, 9))
        return {"X": run.inputs(tokens), "other": tokens}, model.predict(run.inputs(tokens))
    data = run.samples()
    return {"X": data.raw(data.held[:4])}, data.raw(model.predict(data.held[:4]))


def recording_of(run):
    return STORE.recorded(run, FRAME).recording


@pytest.fixture(scope="module", params=["numpy", "pytorch"])
def outcomes(request, tmp_path_factory):
    """What came of every run's file in one language, by run."""
    folder = tmp_path_factory.mktemp(request.param)
    paths = {name: str(folder / f"{name.replace(' ', '_')}.py") for name in RUNS}
    for name, run in RUNS.items():
        with open(paths[name], "w", encoding="utf-8") as file:
            file.write(export(run, FRAME, request.param, STORE))
        recording = recording_of(run)
        np.savez(f"{paths[name]}.npz", updates=recording.updates[FRAME],
                 **given_and_expected(run, recording.parameters[FRAME])[0])  # fmt: skip
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["OMP_NUM_THREADS"] = environment["OPENBLAS_NUM_THREADS"] = "1"
    done = subprocess.run([sys.executable, "-W", "error", "-c", RUNNER, *paths.values()], cwd=folder, capture_output=True,
                          text=True, env=environment)  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: found[path] for name, path in paths.items()}


@pytest.mark.parametrize("name", RUNS)
def test_a_file_predicts_and_trains_as_the_network_that_was_recorded(outcomes, name):
    run, found = RUNS[name], outcomes[name]
    recording = recording_of(run)
    parameters = recording.parameters[FRAME]
    _, expected = given_and_expected(run, parameters)
    assert np.array_equal(np.float32(found["parameters"]), parameters)
    assert np.allclose(found["outputs"], expected, rtol=0, atol=1e-9)
    assert all(np.allclose(other, expected, rtol=0, atol=1e-9) for other in found["others"])
    assert np.allclose(found["losses"], recording.scores[: FRAME + 1, 0], rtol=0, atol=1e-9)
    assert np.allclose(found["trained"], parameters, rtol=1e-6, atol=1e-7) and found["cut"] == found["losses"][:1]


def test_two_blocks_of_filters_are_written_as_well():
    text = export(PictureRun("shapes"), 0, "pytorch", STORE)
    assert "torch.nn.Conv2d(8, 8, 3, padding=1)" in text and "torch.nn.MaxPool2d(3)" in text


def test_a_text_reads_from_the_inputs_to_the_numbers_in_lines_that_fit_a_screen():
    for name in ("digits", "lstm", "spiral"):
        text = export(RUNS[name], FRAME, "numpy", STORE)
        heads = ("# What goes in", "# The network", "# The loss", "# Backpropagation", "# The update", "# Training")
        places = [text.index(head) for head in (*heads, "# The numbers")]
        assert places == sorted(places) and max(map(len, text.splitlines())) <= 125


@pytest.mark.parametrize("language", ["onnx", "notebook", "scikit-learn"])
def test_a_language_that_is_not_there_for_them_is_refused(language):
    with pytest.raises(ValueError, match=f"language must be numpy or pytorch for this training, got '{language}'"):
        export(RUNS["rnn"], FRAME, language, STORE)
