"""A run as CSV: what is in the columns, and that the test set stays sealed."""

import csv
from io import StringIO

import numpy as np
import pytest

from nncore import ChunkStore, Experiment, Run
from nncore.experiments.experiment import build_network, build_split
from nncore.export import data_table, loss_table, prediction_table

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
