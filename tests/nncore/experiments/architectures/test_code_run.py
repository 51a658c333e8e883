"""Recorded trainings of autoencoders: what is trained on, what is damaged, and what comes of it."""

import numpy as np
import pytest

from nncore.data.own import SHELF, TableChoice, read_table, table_name
from nncore.experiments.architectures import Bottlenecks, CodeRun, coded_data, damaged, errors_of, lift
from nncore.experiments.recording.recording import record_all

ROWS = "a,b,c,kind\n" + "\n".join(f"{k},{2 * k},{k % 3},{'even' if k % 2 == 0 else 'odd'}" for k in range(40))


def own_table():
    table = read_table(ROWS.encode(), "own.csv")
    SHELF.put(table, "tests")
    return table_name(TableChoice(table.digest, "own.csv", 3, (), "classification"))


def test_the_lift_by_hand():
    assert lift(np.array([[3.0, 4.0], [0.0, 0.0]])).tolist() == [[3.0, 4.0, 6.0], [0.0, 0.0, 0.0]]


@pytest.mark.parametrize(("name", "D"), [("digits", 64), ("spiral", 3)])
def test_inputs_have_the_training_sets_mean_and_come_back_in_their_units(name, D):
    data = coded_data(name)
    assert data.X.shape[1] == len(data.names) == D and np.abs(data.X.mean(axis=0)).max() < 1e-9
    assert data.raw(np.zeros((1, D)))[0] == pytest.approx(data.mean) and not data.X.flags.writeable


def test_a_class_left_out_is_held_out_alone():
    data, whole = coded_data("digits", 3), coded_data("digits")
    assert 3 not in data.labels and (data.held_labels == 3).sum() > (whole.held_labels == 3).sum()
    assert len(data.X) + len(data.held) == len(whole.X) + len(whole.held)
    with pytest.raises(ValueError, match="left_out"):
        coded_data("digits", 10)


def test_a_persons_own_table():
    name = own_table()
    data = coded_data(name)
    assert data.names == ("a", "b", "c") and set(data.classes) == {"even", "odd"} and data.X.std(axis=0) == pytest.approx(1)
    assert record_all(CodeRun(name, code=2)).scores[-1, 1] < 0.05  # b is twice a: two numbers are enough for three
    with pytest.raises(ValueError, match="must be one of"):
        coded_data("circle")


def test_damage_by_its_own_numbers():
    X, rng = np.ones((400, 50)), np.random.default_rng(0)
    hidden = damaged(X, "hidden", rng)
    assert set(np.unique(hidden)) == {0.0, 1.0} and hidden.mean() == pytest.approx(0.6, abs=0.02)
    assert (damaged(X, "noise", rng) - X).std() == pytest.approx(0.6, abs=0.02) and damaged(X, "none", rng) is X


def test_denoising_brings_out_what_is_nearer_to_the_clean_inputs_than_what_went_in():
    run = CodeRun("digits", code=16, damage="hidden")
    data, model = run.samples(), run.model(record_all(run).parameters[-1])
    shown = run.shown(data.held)
    assert errors_of(model, shown, data.held).mean() < 0.75 * ((shown - data.held) ** 2).mean()


def test_a_wider_code_loses_less_and_no_bottleneck_nearly_nothing():
    scores = record_all(Bottlenecks(CodeRun("spiral")))
    assert [score.d for score in scores] == [1, 2, 3]
    assert scores[0].held_out > 10 * scores[1].held_out and scores[2].held_out < 0.01 and scores[2].principal == 0.0
