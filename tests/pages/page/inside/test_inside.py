"""What can be looked at inside the networks with filters, with a state, and with a code: matrices and gradients."""

import numpy as np
import pytest
from streamlit.delta_generator import DeltaGenerator

from nncore import ChunkStore, check_gradient
from nncore.experiments.architectures import CodeRun, PictureRun, SequenceRun
from nncore.words.skipgram import SkipGramSettings
from pages.parts.figures.weights.one_matrix import one_matrix_figure
from pages.parts.page.inside.matrices import spectrum_words
from pages.parts.page.inside.parts import parts_of, place_of
from pages.parts.page.inside.take_code import onnx_input, own_file, own_losses
from pages.parts.page.inside.trained import Trained
from pages.parts.page.session import Session
from tests.pages.conftest import open_app, press, warnings

RUNS = {
    "digits": PictureRun(), "shapes": PictureRun("shapes"), "rnn": SequenceRun(cell="rnn", n_hidden=4),
    "gru": SequenceRun(cell="gru", n_hidden=4), "lstm": SequenceRun(cell="lstm", n_hidden=4),
    "code": CodeRun("spiral"), "linear": CodeRun("spiral", linear=True),
}  # fmt: skip


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_the_matrices_hold_every_parameter_once_and_name_every_row_and_column(run):
    model = run.model()
    model.parameters = np.arange(model.parameters.size, dtype=float)
    parts = parts_of(model)
    held = np.sort(np.concatenate([part.matrix.ravel() for part in parts]))
    assert np.array_equal(held, np.arange(model.parameters.size))
    for part in parts:
        assert part.matrix.shape == (len(part.rows), len(part.columns) + 1) and len(set(part.rows)) == len(part.rows)
        assert int(np.prod(part.shape)) == len(part.rows) * len(part.columns)


def test_a_parameter_is_named_by_its_place():
    # 8 filters of 9 weights and a bias come first: number 10 + 3 is the second filter's fourth weight, 19 its bias.
    assert place_of(RUNS["digits"], 13) == "filters[0], filter 2, row 2, column 1"
    assert place_of(RUNS["digits"], 19) == "filter_biases[0], filter 2"
    # Behind them, rows of 128 weights and a bias: pixels 16 to 19 of the first row are map 2, row 1.
    assert place_of(RUNS["digits"], 80 + 17) == "weights[0], answer 1, map 2, row 1, column 2"
    # A gru of 4: weight_ih is 12 rows of as many columns as there are symbols; row 5 is the update gate's first.
    n_symbols = len(RUNS["gru"].kind.symbols)
    assert place_of(RUNS["gru"], 4 * n_symbols + 1) == "weight_ih, update gate 1, symbol 2"


@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS)
def test_gradients_on_its_own_training_examples_agree_with_differences(run):
    X, y = run.examples(6)
    assert len(X) == len(y) == 6
    assert check_gradient(run.model(), X, y, limit=40).worst_error < 1e-6


def test_a_damaged_training_shows_damaged_inputs_and_asks_for_clean_ones():
    X, y = CodeRun("spiral", damage="noise").examples(5)
    assert not np.allclose(X, y) and np.array_equal(y, CodeRun("spiral").examples(5)[1])


def test_the_figure_tells_row_column_and_number_of_a_cell():
    matrix = np.arange(6.0).reshape(2, 3)
    weights, biases, _ = one_matrix_figure("W", matrix, ["r 1", "r 2"], ["c 1", "c 2"], 5.0, False).data
    assert weights.customdata[2][1] == "r 2, c 1" and weights.z[2][1] == 3.0 and weights.zmax == 5.0
    assert biases.customdata[1][1] == "r 1" and biases.z[1][1] == 2.0


def words(app):
    kinds = ("markdown", "caption", "success", "warning")
    return " ".join(element.value for kind in kinds for element in app.get(kind))


@pytest.mark.parametrize(("page", "matrix", "says"), [
    ("convolution", "filters[0]", "`filters[0]` is 8 × 1 × 3 × 3"),
    ("recurrence", "weight_hh", "`weight_hh` is 48 × 16"),
    ("autoencoder", "weights[1]", "`weights[1]` is 2 × 48"),
])  # fmt: skip
def test_a_link_opens_a_matrix_and_the_gradient_is_checked_when_pressed(page, matrix, says):
    app = open_app(page, matrix=matrix, matrix_look="gradient")
    assert says in words(app) and "How the loss on the first 32" in words(app) and "worst disagreement" not in words(app)
    press(app, "Check the gradient")
    assert "Checked 200 weights and biases. The worst disagreement is" in words(app)


@pytest.mark.parametrize(("page", "matrix", "size"), [
    ("convolution", "filters[0]", "8 × 9"), ("recurrence", "weight_hh", "48 × 16"), ("autoencoder", "weights[1]", "2 × 48"),
])  # fmt: skip
def test_every_matrix_has_its_singular_values_as_on_weights(page, matrix, size):
    app = open_app(page, matrix=matrix, matrix_look="spectrum")
    said = words(app)
    assert f"**Singular values of `{matrix}`**, taken as a matrix of {size}, at first and now." in said
    assert "At first → now: largest singular value" in said and "heatmap" not in said


def test_a_matrix_in_numbers_by_hand():
    # Of the diagonal 3 and 4 the norm is 5. The shares 3/7 and 4/7 have the entropy 0.683, and exp of it is 1.98.
    said = spectrum_words(np.diag([2.0, 0.0]), np.diag([3.0, 4.0]))
    for words in ("largest singular value 2.00 → 4.00", "norm 2.00 → 5.00", "effective rank 1.00 → 1.98"):
        assert words in said


def test_a_gradient_that_is_checked_says_how_many_are_measured(monkeypatch):
    said = []
    monkeypatch.setattr(DeltaGenerator, "progress", lambda place, share, text=None: said.append((share, text)))
    press(open_app("recurrence"), "Check the gradient")
    shares = [share for share, text in said if text and text.startswith("Measuring slopes")]
    assert len(shares) == 50 and shares == sorted(shares) and shares[0] == 0 and shares[-1] == 0.98
    assert said[-1][1].endswith(": 196 of 200")


def test_a_truncated_gradient_disagrees_and_the_page_says_why():
    app = open_app("recurrence", gradient_stretch="2", memory_frame="0", matrix="cats")
    assert "cats" in warnings(app) and "`weight_ih` is" in words(app)
    assert "goes back 2 steps at most" in words(press(app, "Check the gradient"))


@pytest.mark.parametrize("name", ["digits", "shapes", "rnn"])
def test_the_shape_that_the_page_says_of_an_onnx_input_is_the_one_in_the_file(name):
    import onnxruntime

    file = own_file(Trained(Session(), RUNS[name], ChunkStore().recorded(RUNS[name], 0).recording, 0), "onnx")
    _, *shape = onnxruntime.InferenceSession(file).get_inputs()[0].shape
    shape = ["steps" if side == "T" else side for side in shape]
    assert f"of shape (N, {', '.join(map(str, shape))}) as float32" in onnx_input(RUNS[name])


def test_the_network_leaves_as_code_of_the_snapshot_on_screen():
    run = RUNS["rnn"]
    recording = ChunkStore().recorded(run, 1).recording
    text = own_file(Trained(Session(), run, recording, 1), "pytorch")
    assert "torch.nn.RNN(" in text and "after 6 updates" in " ".join(text.split())
    app = open_app("recurrence", code_language="pytorch")
    assert "Download for PyTorch" in [button.label for button in app.get("download_button")]
    assert "`train()` trains once more" in words(app) and "There is no file for scikit-learn" in words(app)
    app.segmented_control(key="choose_code_language").set_value("onnx").run()
    assert "Download for ONNX" in [button.label for button in app.get("download_button")]
    assert f"its input `X` takes {onnx_input(SequenceRun())}" in words(app) and "train()" not in words(app)
    assert own_file(Trained(Session(), run, recording, 1), "onnx").count(b"Glassbox") == 2
    assert "Losses (CSV)" in [button.label for button in app.get("download_button")]
    (_, row) = own_losses(Trained(Session(), run, recording, 1)).splitlines()[1:]
    assert [float(value) for value in row.split(",")] == [1, 6, *recording.scores[1]]


@pytest.mark.parametrize(("page", "link"), [
    ("attention", {"step": "learned", "translate": "1", "translation_frame": "1"}),
    ("transformer", {"task": "copy", "block": "30", "block_frame": "1"}),
    ("words", {"learned_epoch": "1"}),
])  # fmt: skip
def test_attention_and_word_vectors_leave_as_code_too(page, link):
    app = open_app(page, code_language="pytorch", **link)
    labels = [button.label for button in app.get("download_button")]
    assert "Download for PyTorch" in labels and "Losses (CSV)" in labels and not warnings(app)
    assert app.segmented_control(key="choose_code_language").options == ["NumPy", "PyTorch", "Notebook", "ONNX"]
    app.segmented_control(key="choose_code_language").set_value("onnx").run()
    assert "takes numbers of words or tokens as int64" in words(app)


def test_the_words_file_and_its_losses_are_those_of_the_epoch_on_screen():
    run = SkipGramSettings(dimensions=2, epochs=3)
    embedding = ChunkStore().recorded(run, 3).recording
    trained = Trained(Session(), run, embedding.recording, 2)
    text = " ".join(own_file(trained, "numpy").split())
    assert f"the words' vectors after {embedding.recording.updates[2]} updates" in text
    head, *rows = own_losses(trained).splitlines()
    assert head == "snapshot,updates,training_loss"
    assert [float(row.split(",")[2]) for row in rows] == list(embedding.losses[:3])
