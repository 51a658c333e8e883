"""A run as CSV: what is in the columns, and that the test set stays sealed."""

import csv
from io import StringIO

import numpy as np
import pytest

from nncore import ChunkStore, Experiment, Run
from nncore.data.own import SHELF, TableChoice, read_table, table_name
from nncore.experiments.experiment import build_network, build_split
from nncore.experiments.recording.recording import Recording
from nncore.export import data_table, loss_table, prediction_table, recording_table

STORE = ChunkStore()
CLASSES, NUMBERS = Run(Experiment(samples=60)), Run(Experiment("plane", samples=60, output="identity", loss="mse"))


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text)))


def test_losses_are_those_that_were_recorded():
    rows = rows_of(loss_table(CLASSES, 5, STORE))
    epochs, scores, _ = STORE.scores(CLASSES, 5)
    assert [int(row["snapshot"]) for row in rows] == list(range(6))
    assert [float(row["epoch"]) for row in rows] == epochs.tolist()
    assert [float(row["validation_loss"]) for row in rows] == scores[:, 1].tolist()


def test_losses_of_other_architectures_stand_beside_their_updates():
    parameters = np.zeros((3, 1), np.float32)
    shares = Recording(np.array([0, 6, 12]), parameters, np.array([[0.7, 0.5, 0.25], [0.3, 0.75, 0.5], [np.nan, 1, 1]]))
    assert recording_table(shares, 1).splitlines() == [
        "snapshot,updates,training_loss,training_share_right,held_out_share_right", "0,0,0.7,0.5,0.25", "1,6,0.3,0.75,0.5"
    ]
    assert rows_of(recording_table(shares, 2))[2]["training_loss"] == ""
    losses = rows_of(recording_table(Recording(np.array([0, 4, 8]), parameters, np.arange(6.0).reshape(3, 2)), 9))
    assert [row["held_out_loss"] for row in losses] == ["1.0", "3.0", "5.0"]


def test_without_a_validation_set_its_columns_are_empty():
    rows = rows_of(loss_table(Run(Experiment(samples=60, validation=0)), 2, STORE))
    assert {row["validation_loss"] for row in rows} == {""} and all(row["training_loss"] for row in rows)


@pytest.mark.parametrize("run", [CLASSES, NUMBERS])
def test_every_row_stands_there_once_with_its_set_and_its_prediction(run):
    split, network = build_split(run.experiment), build_network(run.experiment)
    network.parameters = STORE.frame(run, 4)
    rows = rows_of(prediction_table(run, 4, True, STORE))
    assert sorted(int(row["row"]) for row in rows) == list(range(60))
    for name in ("train", "validation", "test"):
        said = [row for row in rows if row["set"] == name]
        assert [int(row["row"]) for row in said] == getattr(split, name).tolist()
        outputs = network.predict(getattr(split, f"X_{name}"))[:, 0]
        column = f"predicted_{split.dataset.target_name}"
        told = [float(row[column if run is NUMBERS else list(row)[-1]]) for row in said]
        np.testing.assert_allclose(told, outputs, rtol=1e-12)


@pytest.mark.parametrize("run", [CLASSES, NUMBERS])
def test_the_test_set_is_sealed_until_it_is_opened(run):
    target = build_split(run.experiment).dataset.target_name
    for table in (lambda is_open: data_table(run, is_open), lambda is_open: prediction_table(run, 4, is_open, STORE)):
        closed, opened = rows_of(table(False)), rows_of(table(True))
        for row, other in zip(closed, opened, strict=True):
            assert other[target]
            if row["set"] == "test":
                assert not row[target] and not row.get(f"predicted_{target}") and list(row)[:2] == ["row", "set"]
            else:
                assert row == other
    sealed = [row for row in rows_of(prediction_table(run, 4, False, STORE)) if row["set"] == "test"]
    assert sealed and all(not any(list(row.values())[2:]) for row in sealed)


EVIL = ("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", " =A1", "\tx", "＝1+1")


@pytest.mark.parametrize("evil", EVIL)
def test_no_text_from_outside_is_a_formula_in_a_spreadsheet_and_it_is_read_back_as_it_was(evil):
    """Of a column's name, a target's and a class's, everywhere in the tables; whoever reads them finds what was there."""
    run = _run((f"{evil} a", "b", f"{evil} t"), (f"{evil} yes", "no"))
    names = build_split(run.experiment).dataset.feature_names
    for table in (data_table(run, True), prediction_table(run, 1, True, STORE)):
        records = list(csv.reader(StringIO(table)))
        for cell in (cell for record in records for cell in record):
            assert cell.strip()[:1] not in ("=", "+", "-", "@", "＝") or float(cell) < 0, cell
        assert {len(record) for record in records} == {len(records[0])}
    back = read_table(data_table(run, True).encode())
    assert [column.name for column in back.columns][2:] == [*names, build_split(run.experiment).dataset.target_name]


def test_commas_quotes_and_lines_in_names_stay_within_their_cells():
    run = _run(('a,"b"', "c;d", "e"), ('x, "y"', "two words"))
    table = data_table(run, True)
    assert table.startswith('row,set,"a,""b""",c;d,e\r\n') and '"x, ""y"""' in table
    rows = rows_of(table)
    assert len(rows) == 40 and {row["e"] for row in rows} == {'x, "y"', "two words"}
    told = rows_of(prediction_table(run, 1, True, STORE))
    assert {row["predicted_e"] for row in told} <= {'x, "y"', "two words"}


def test_a_class_that_is_a_number_is_written_as_one():
    rows = rows_of(data_table(_run(("a", "b", "c"), ("-1", "+1")), True))
    assert {row["c"] for row in rows} <= {"-1", "+1", "1"}


def _run(names, classes):
    """A run on a table of 40 rows with these three columns, the last of these two classes."""
    text = StringIO()
    csv.writer(text).writerows([names, *([str(k), str(k % 7), classes[k % 2]] for k in range(40))])
    table = read_table(text.getvalue().encode())
    SHELF.put(table, "a viewer")
    return Run(Experiment(table_name(TableChoice(table.digest, "own.csv", 2)), hidden=(2,)))


@pytest.mark.parametrize("missing", ["mean", "drop"])
def test_what_was_missing_stays_empty_whatever_the_network_was_given(missing):
    held = [(k, None if k % 3 == 0 else k / 4) for k in range(40)]
    lines = "\n".join(f"{k},{'' if value is None else value},{'xy'[k % 2]}" for k, value in held)
    table = read_table(f"a,b,kind\n{lines}\n".encode())
    SHELF.put(table, "a viewer")
    run = Run(Experiment(table_name(TableChoice(table.digest, "t.csv", target=2, missing=missing)), hidden=()))
    found = {float(row["a"]): row["b"] for row in rows_of(data_table(run, True))}
    assert found == {k: "" if value is None else str(value) for k, value in held if missing == "mean" or value is not None}
