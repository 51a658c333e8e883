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
from nncore.attention.sequence_tasks import TASKS, make_sequences
from nncore.attention.transformer_run import TransformerRun
from nncore.attention.translation import SOURCE_WORDS, TARGET_WORDS, all_phrases, encode
from nncore.attention.translation_run import TranslationRun
from nncore.experiments.architectures import CodeRun, PictureRun, SequenceRun, kernel_edits
from nncore.export import export
from nncore.words.skipgram import Embedding, SkipGramSettings
from tests.nncore.export.reader import picky

FRAME = 2
SMALL = {"n_hidden": 3, "length": 12}
RUNS = {
    "digits": PictureRun(seed=1),
    "shuffled": PictureRun(shuffled=True),
    "rnn": SequenceRun("parity", "rnn", **SMALL, clip=0.1, radius=2.0),
    "gru": SequenceRun("order", "gru", **SMALL, seed=3),
    "lstm": SequenceRun("echo", "lstm", **SMALL, stretch=5),
    "gru in stretches": SequenceRun("letters", "gru", **SMALL, stretch=5),
    "spiral": CodeRun("spiral", damage="noise"),
    "gaps": CodeRun("digits", damage="hidden", code=3),
    "linear": CodeRun("spiral", linear=True, seed=2),
    "by hand": PictureRun().set_by_hand(0, kernel_edits("vertical", 3)),
    "steady": TranslationRun("steady", 1),
    "hasty": TranslationRun("hasty"),
    "copying": TransformerRun("copy", 1),
    "reverse": TransformerRun("reverse", 2, 3),
    "sort": TransformerRun("sort", 3),
    "match": TransformerRun("match", 4, 1),
    "words": SkipGramSettings(dimensions=4, seed=5),
    "few words": SkipGramSettings(dimensions=1, window=1, negatives=1, batch_size=500),
}  # fmt: skip
NUMBERS_IN = [name for name, run in RUNS.items() if isinstance(run, PictureRun | SequenceRun | CodeRun)]
NOTEBOOKS = ("digits", "lstm", "linear", "steady", "match", "words")
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
    if isinstance(run, SkipGramSettings):
        words = STORE.recorded(run, FRAME).recording.vocabulary.words
        rows = [words.index(word) for word in ("cat", "river", "the")]
        return {"X": np.array(["cat", "river", "the"]), "other": rows}, parameters.reshape(len(words), -1)[rows]
    model, rng = run.model(parameters), np.random.default_rng(0)
    if isinstance(run, PictureRun):
        X = rng.random((4, run.kind.side, run.kind.side))
        return {"X": X, "other": X[:, None]}, model.predict(run.arranged(X[:, None]))
    if isinstance(run, SequenceRun):
        tokens = rng.integers(len(run.kind.symbols), size=(4, 9))
        return {"X": run.inputs(tokens), "other": tokens}, model.predict(run.inputs(tokens))
    if isinstance(run, TranslationRun):
        phrases = all_phrases()[10:40:7]
        X, log_probabilities = encode(phrases).X, model.run(encode(phrases).X).log_probabilities
        return {"X": np.array(phrases), "other": X}, np.exp(log_probabilities)
    if isinstance(run, TransformerRun):
        X = rng.integers(len(TASKS[run.task].tokens), size=(4, 9))
        return {"X": np.array(TASKS[run.task].tokens)[X], "other": X}, np.exp(model.run(X).log_probabilities)
    data = run.samples()
    return {"X": data.raw(data.held[:4])}, data.raw(model.predict(data.held[:4]))


def first_frame(run):
    """The frame from which the file trains: where filters were set by hand, the one that shows them."""
    return run.branches[-1].start if isinstance(run, PictureRun) and run.branches else 0


def recording_of(run):
    found = STORE.recorded(run, FRAME).recording
    return found.recording if isinstance(found, Embedding) else found


def code_of(run, language, whole=False):
    """The file's text; of a notebook that of its cells, without the last one, which trains, unless it is `whole`."""
    text = export(run, FRAME, language, STORE)
    if language != "notebook":
        return text
    cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
    return "\n\n".join("".join(cell["source"]) for cell in (cells if whole else cells[:-1]))


@pytest.fixture(scope="module", params=["numpy", "pytorch", "notebook"])
def outcomes(request, tmp_path_factory):
    """What came of every run's file in one language, by run."""
    folder = tmp_path_factory.mktemp(request.param)
    runs = {name: RUNS[name] for name in (NOTEBOOKS if request.param == "notebook" else RUNS)}
    paths = {name: str(folder / f"{name.replace(' ', '_')}.py") for name in runs}
    for name, run in runs.items():
        with open(paths[name], "w", encoding="utf-8") as file:
            file.write(f"{code_of(run, request.param).rstrip()}\n")
        recording, begin = recording_of(run), first_frame(run)
        updates = recording.updates
        np.savez(f"{paths[name]}.npz", updates=updates[FRAME] - updates[begin],
                 **given_and_expected(run, recording.parameters[FRAME])[0])  # fmt: skip
    assert picky(folder) == ""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    environment["OMP_NUM_THREADS"] = environment["OPENBLAS_NUM_THREADS"] = "1"
    done = subprocess.run([sys.executable, "-W", "error", "-c", RUNNER, *paths.values()], cwd=folder, capture_output=True,
                          text=True, env=environment)  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    return {name: found[path] for name, path in paths.items()}


@pytest.mark.parametrize("name", RUNS)
def test_a_file_predicts_and_trains_as_the_network_that_was_recorded(outcomes, name):
    if name not in outcomes:
        assert name not in NOTEBOOKS and outcomes.keys() == set(NOTEBOOKS)
        return
    run, found = RUNS[name], outcomes[name]
    recording = recording_of(run)
    parameters = recording.parameters[FRAME]
    _, expected = given_and_expected(run, parameters)
    assert np.array_equal(np.float32(found["parameters"]), parameters)
    assert np.allclose(found["outputs"], expected, rtol=0, atol=1e-9)
    assert all(np.allclose(other, expected, rtol=0, atol=1e-9) for other in found["others"])
    assert np.allclose(found["losses"], recording.scores[first_frame(run) : FRAME + 1, 0], rtol=1e-9, atol=0)
    assert np.allclose(found["trained"][: len(parameters)], parameters, rtol=1e-6, atol=1e-7)
    assert found["cut"] == found["losses"][:1]


def test_two_blocks_of_filters_are_written_as_well():
    text = export(PictureRun("shapes"), 0, "pytorch", STORE)
    assert "torch.nn.Conv2d(8, 8, 3, padding=1)" in text and "torch.nn.MaxPool2d(3)" in text


def test_a_text_reads_from_the_inputs_to_the_numbers_in_lines_that_fit_a_screen():
    for name in ("digits", "lstm", "spiral", "steady", "match", "words"):
        text = export(RUNS[name], FRAME, "numpy", STORE)
        heads = ("# What goes in", "# The network", "# The loss", "# Backpropagation", "# The update", "# Training")
        places = [text.index(head) for head in (*heads, "# The numbers")]
        assert places == sorted(places) and max(map(len, text.splitlines())) <= 125


@pytest.mark.parametrize("name", NUMBERS_IN)
def test_the_onnx_model_takes_the_same_raw_inputs(name):
    import onnxruntime

    run = RUNS[name]
    given, expected = given_and_expected(run, recording_of(run).parameters[FRAME])
    session = onnxruntime.InferenceSession(export(run, FRAME, "onnx", STORE))
    X = np.float32(given["X"])
    outputs, *codes = session.run(None, {session.get_inputs()[0].name: X})
    assert outputs == pytest.approx(expected, abs=5e-6 * max(1, np.abs(expected).max()))
    assert session.run(None, {"X": X[:1]})[0] == pytest.approx(outputs[:1], abs=1e-5)
    if isinstance(run, CodeRun):
        model = run.model(recording_of(run).parameters[FRAME])
        assert codes[0] == pytest.approx(model.encode(run.samples().held[:4]), abs=1e-5)
        X[0, 0] = np.nan  # a missing value is its column's mean
        filled = X.copy()
        filled[0, 0] = run.samples().mean[0]
        assert session.run(None, {"X": X})[0] == pytest.approx(session.run(None, {"X": filled})[0], abs=1e-6)


def test_a_notebook_has_words_and_formulas_and_ends_with_a_training():
    notebook = json.loads(export(RUNS["gru"], FRAME, "notebook", STORE))
    words = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    assert words[0].startswith("# A recurrent network") and any(r"r \odot (W_{hn}" in text for text in words)
    module = {"__name__": "notebook"}
    exec(compile(code_of(RUNS["linear"], "notebook", whole=True), "notebook", "exec"), module)
    assert module["losses"][-1] < module["losses"][0] / 2


def test_a_training_that_went_on_from_filters_set_by_hand_says_so():
    text = " ".join(export(RUNS["by hand"], FRAME, "numpy", STORE).split())
    assert "from the weights as they were set by hand after 0 updates, in the same order" in text
    assert "from the same first weights" in " ".join(export(RUNS["by hand"], 0, "numpy", STORE).split())


def module_of(name, language):
    module = {"__name__": "module"}
    exec(compile(code_of(RUNS[name], language), name, "exec"), module)
    return module


@pytest.mark.parametrize("language", ["numpy", "pytorch"])
def test_attention_and_words_can_be_asked_for_by_what_a_person_types(language):
    run, parameters = RUNS["steady"], recording_of(RUNS["steady"]).parameters[FRAME]
    module, phrase = module_of("steady", language), ("a", "hot", "apple")
    assert module["ENGLISH"] == list(SOURCE_WORDS)
    model = run.model(parameters)
    X = encode([phrase]).X
    assert module["translate"]("a hot apple") == " ".join(TARGET_WORDS[word] for word in model.predict(X)[0])
    assert np.allclose(module["attention"]([phrase]), model.attention(X), rtol=0, atol=1e-12)
    module = module_of("match", language)
    model = RUNS["match"].model(recording_of(RUNS["match"]).parameters[FRAME])
    said = [TASKS["match"].answers[k] for k in model.predict(np.array([[4, 2, 7, 4, 15]]))[0]]
    assert module["answer"](["b0", "a2", "b3", "b0", "d3"]) == said
    from nncore.words.vectors import nearest

    embedding = STORE.recorded(RUNS["words"], FRAME).recording
    found = module_of("words", language)["nearest"]("cat")
    expected = nearest("cat", embedding.vocabulary.words, embedding.frames[FRAME].astype(float))
    assert [word for word, _ in found] == [word for word, _ in expected]
    assert np.allclose([cosine for _, cosine in found], [cosine for _, cosine in expected])


@pytest.mark.parametrize("task", TASKS)
def test_a_block_asks_for_the_answers_of_its_task(task):
    X, y = make_sequences(task, 50, 9, seed=3)
    assert np.array_equal(module_of("copying" if task == "copy" else task, "numpy")["asked"](X), y)


@pytest.mark.parametrize("name", [name for name in RUNS if name not in NUMBERS_IN])
def test_the_onnx_model_of_attention_takes_numbers_of_words(name):
    import onnxruntime

    run, parameters = RUNS[name], recording_of(RUNS[name]).parameters[FRAME]
    given, expected = given_and_expected(run, parameters)
    session = onnxruntime.InferenceSession(export(run, FRAME, "onnx", STORE))
    X = np.asarray(given["other"], dtype=np.int64)
    outputs, *weights = session.run(None, {"X": X})
    assert outputs == pytest.approx(expected, abs=1e-5)
    facts = session.get_modelmeta().custom_metadata_map
    if isinstance(run, SkipGramSettings):
        assert json.loads(facts["words"])[X[0]] == "cat" and not weights
        return
    model = run.model(parameters)
    shown = model.head_weights(X) if isinstance(run, TransformerRun) else model.attention(X)
    assert weights[0] == pytest.approx(shown, abs=1e-5)
    assert json.loads(facts["tokens" if isinstance(run, TransformerRun) else "english"])


ONNX_RUNNER = """
import json, sys
import numpy as np
import onnxruntime
found = {}
for path in sys.argv[1:]:
    session = onnxruntime.InferenceSession(path)
    found[path] = session.run(None, {"X": np.load(path + ".npy")})[0].tolist()
assert "nncore" not in sys.modules
print(json.dumps(found))
"""


def test_every_onnx_file_answers_as_its_network_in_a_process_that_knows_nothing_of_it(tmp_path):
    expected, paths = {}, {}
    for name, run in RUNS.items():
        given, expected[name] = given_and_expected(run, recording_of(run).parameters[FRAME])
        paths[name] = str(tmp_path / f"{name.replace(' ', '_')}.onnx")
        with open(paths[name], "wb") as file:
            file.write(export(run, FRAME, "onnx", STORE))
        X = np.float32(given["X"]) if name in NUMBERS_IN else np.asarray(given["other"], dtype=np.int64)
        np.save(f"{paths[name]}.npy", X)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run([sys.executable, "-c", ONNX_RUNNER, *paths.values()], cwd=tmp_path, capture_output=True, text=True,
                          env=environment)  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    for name, answers in expected.items():
        assert np.allclose(found[paths[name]], answers, rtol=0, atol=1e-5 * max(1, np.abs(answers).max())), name


def test_scikit_learn_is_refused_with_the_reason():
    with pytest.raises(ValueError, match="numpy, pytorch, notebook, onnx for this training: scikit-learn has no filters"):
        export(RUNS["rnn"], FRAME, "scikit-learn", STORE)
