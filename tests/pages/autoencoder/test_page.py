"""The Autoencoder page, as Streamlit runs it."""

import re
from functools import partial

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore.data.own import SHELF, TableChoice, read_table, table_name
from nncore.experiments.architectures import CodeRun
from nncore.experiments.architectures.code_studies import CodeScore
from nncore.experiments.architectures.principal import LinearEnd
from pages.parts.autoencoder.findings import anomaly_words, how_far, left_over, principal_words, widths_words
from pages.parts.autoencoder.looks import decoder_layers, looks_of, seen_from_side
from pages.parts.page.playing.learning_view import learning_scene
from tests.pages.conftest import TRAINED, open_app, press, warnings

open_page = partial(open_app, "autoencoder", coded="spiral")


def words(app: AppTest) -> str:
    notes = [note.value.replace("\\", "") for note in app.warning]
    return " ".join([*notes, *(element.value for kind in ("markdown", "caption", "error") for element in app.get(kind))])


def test_it_opens_on_a_trained_network_and_can_be_watched():
    app = open_page()
    assert TRAINED.search(words(app))[1] == "2,400" and "No label was used in training" in words(app)
    assert "3 numbers go in, 2 numbers pass through the middle" in words(app)
    app.button(key="coding_rerun").click().run()
    assert app.get("bidi_component") and "No label" not in words(app) and not app.exception


def test_the_linear_end_waits_for_a_guess():
    app = open_page(code_asked="no")
    assert "Make your guess first" in app.info[0].value and "ended on the error" not in words(app)
    press(app, "Train them")
    assert any(fold.label.endswith("principal_components") for fold in app.expander)
    assert "All 3 ended on the error of 2 principal components" in words(app) and app.query_params["code_asked"] == "yes"


def test_linear_ends_that_take_long_begin_with_a_click_even_by_a_link(monkeypatch):
    monkeypatch.setattr("nncore.experiments.recording.training_store.LONG_SECONDS", 5.0)  # the longest of digits takes 8
    app = open_page(coded="digits", code="63", code_asked="yes")
    assert "on an idle machine" in app.info[0].value and "ended" not in words(app)
    app = open_page(coded="digits", code="63", code_asked="no")
    assert "Make your guess first" in app.info[0].value and "on an idle machine" in app.info[0].value


@pytest.mark.parametrize(("link", "says", "code"), [
    ({"code_use": "widths", "code_asked": "yes"}, "Through 1 number a held-out error of", "encode"),
    ({"code_use": "anomaly"}, "Leave one class out of training", "errors_of"),
    ({"code_use": "anomaly", "left_out": "1", "code_asked": "yes"}, "The two histograms overlap by", "overlap"),
    ({"code_use": "losses"}, "Squared errors lead to the mean", "best_constant"),
    ({"code_use": "losses", "own_loss": "absolute"}, "Absolute errors lead to the median", "best_constant"),
    ({"code_use": "losses", "own_loss": "quantile", "quantile": "75"}, "A minute too few costs 0.75, one too many 0.25", ""),
    ({"code_use": "losses", "own_loss": "own"}, "your loss asks for that quantile", "best_constant"),
    ({"coded": "table"}, "Bring a table first", ""),
    ({"code": "900"}, "900", ""), ({"code_x": "nan"}, "nan", ""),
])  # fmt: skip
def test_what_a_link_asks_for(link, says, code):
    app = open_page(**link)
    assert not app.exception and says in words(app)
    assert not code or any(fold.label.endswith(f": {code}") for fold in app.expander)


def test_a_persons_own_table_is_coded_and_its_point_is_decoded_in_its_own_columns():
    rows = [f"{k},{2 * k},{k % 3},{'even' if k % 2 == 0 else 'odd'}" for k in range(40)]
    table = read_table("\n".join(["width,height,depth,kind", *rows]).encode(), "boxes.csv")
    SHELF.put(table, "tests")
    name = table_name(TableChoice(table.digest, "boxes.csv", 3, (), "classification"))
    app = open_app("autoencoder", coded="table", dataset=name)
    said = words(app)
    assert "3 numbers go in, 2 numbers pass through the middle" in said and "Bring a table first" not in said
    kept = re.search(r"it gives back \*\*([\d.]+)", said)
    assert float(kept[1]) > 90  # the height is twice the width: two numbers are enough for three columns
    assert "| | width | height | depth |" in said
    row = re.search(r"\| 1, in \| (\S+) \| (\S+) \|", said)
    assert float(row[2]) == 2 * float(row[1])  # in the table's own units


def test_a_table_is_brought_on_this_page_and_what_is_predicted_is_picked_here():
    rows = [f"{k},{2 * k},{k % 3},{'even' if k % 2 == 0 else 'odd'}" for k in range(40)]
    data = "\n".join(["width,height,depth,kind", *rows]).encode()
    app = open_app("autoencoder", coded="table")
    app.file_uploader(key="own_file").set_value(("boxes.csv", data, "text/csv")).run()
    assert not app.exception and "3 numbers go in" in words(app)
    app.selectbox(key="pick_own_target").set_value(1).run()
    picked = app.session_state["glassbox"].settings.dataset
    assert not app.exception and re.match(r"table\.\w{16}\.1\.\.r\.drop\.boxes\.csv$", picked)
    app.text_area(key="own_pasted").set_value("a,b,c\n" + "\n".join(f"{k},{k * k},{k % 2}" for k in range(30))).run()
    brought = app.session_state["glassbox"].settings.dataset
    assert not app.exception and brought.endswith("pasted table")
    app.text_area(key="own_pasted").set_value("a,b\n1,2\n3,4,5\n").run()
    assert "Row 2 (line 3) has 3 values" in warnings(app) and app.session_state["glassbox"].settings.dataset == brought


def test_what_is_shown_damaged_is_asked_for_clean_and_comes_out_nearer_to_that():
    said = words(open_page(damage="noise", code_use="losses"))
    found = re.findall(r"\| (\d), (in|asked for|out) \| (.*?) \|\s", said.replace("−", "-") + "\n")
    rows = {(int(k), name): np.array([float(cell) for cell in cells.split(" | ")]) for k, name, cells in found}
    assert len(rows) == 9
    errors = {name: sum(np.square(rows[k, name] - rows[k, "asked for"]).sum() for k in (1, 2, 3)) for name in ("in", "out")}
    assert 0 < errors["out"] < errors["in"]
    assert ", asked for |" not in words(open_page())


def test_a_frame_holds_the_code_plane_and_what_comes_out():
    run = CodeRun("digits")
    seen = looks_of(run)(run.model().parameters)
    plane, tiles = seen.panels
    assert plane.values.shape == (200, 2) and tiles.values.shape == (16, 8, 8) and seen.flat.shape == (400 + 1024,)
    assert plane.told["marks"][:3] == [str(label) for label in run.samples().held_labels[:3]]
    assert [panel["kind"] for panel in learning_scene(2400, 61, seen, False)["panels"]] == ["points", "tiles"]


def test_the_browser_is_given_the_decoder():
    model = CodeRun("digits").model()
    values = np.array([0.3, -0.2])
    for layer in decoder_layers(model):
        values = np.array(layer["matrix"]) @ np.append(values, 1.0)
        values = np.maximum(values, 0.0) if layer["activation"] == "relu" else values
    assert values == pytest.approx(model.decode(np.array([[0.3, -0.2]]))[0])
    assert seen_from_side(np.array([[0.0, 0.0, 2.0]]))[0, 1] > 0


def test_what_is_said_of_errors_depends_on_what_they_support():
    assert "comes out wrong" in anomaly_words(0.2, 0.9, "9", (0.85, 0.95))
    unclear = anomaly_words(0.9, 0.55, "9", (0.45, 0.65))
    assert "95 % interval 45 % to 65 %" in unclear.replace("\u00a0", " ") and "no clear difference" in unclear
    assert "even the smaller errors" in anomaly_words(0.5, 0.2, "9", (0.1, 0.3))
    scores = [CodeScore(1, 0.1, 0.2, 0.1), CodeScore(2, 0.1, 0.3, 0.1)]
    assert "Here one number is enough" in widths_words(scores) and "too small" in widths_words(scores[::-1])
    assert [left_over([CodeScore(1, 1.0, 1.0, 1.0), CodeScore(2, 1.0, held, 1.0)]) for held in (0.005, 0.05, 0.5)] == [
        ("none",), ("some",), ("much",)]  # fmt: skip
    assert [how_far(common) for common in (0.1, 0.5, 0.9)] == ["little", "half", "most"]
    ends = [LinearEnd(0, 0.2, 0.5, 30.0), LinearEnd(1, 0.1, 0.0, 0.0)]
    assert "have not arrived" in principal_words(ends, 2)
