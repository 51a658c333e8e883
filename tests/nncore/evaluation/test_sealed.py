"""The sealed test set: what is in it, and what it says."""

import numpy as np
import pytest

from nncore import Experiment, build_network, build_split
from nncore.data import SHELF, read_table
from nncore.data.own import TableChoice, table_name
from nncore.evaluation import OpenedTest, open_test, sealed_rows
from nncore.metrics import accuracy, r_squared

E = Experiment("moons", samples=100, noise=20, hidden=(3,))


def test_it_is_judged_on_the_test_rows():
    network, split = build_network(E), build_split(E)
    found = open_test(E, network.parameters)
    assert found.score == accuracy(network.predict(split.X_test), split.y_test, network.output)
    assert found.validation_score == accuracy(network.predict(split.X_validation), split.y_validation, network.output)
    assert found.loss == pytest.approx(network.data_loss(split.X_test, split.y_test))
    assert (found.n_test, found.n_validation) == (20, 30)


def test_of_numbers_it_says_r_squared_and_no_chance():
    e = Experiment("plane", samples=60)
    network, split = build_network(e), build_split(e)
    found = open_test(e, network.parameters)
    assert found.score == r_squared(network.predict(split.X_test), split.y_test) and np.isnan(found.chance)


def test_the_difference_and_what_chance_explains_of_it():
    found = OpenedTest(0.8, 0.5, 0.9, 0.4, 50, 50, False)
    # 0.85 right of 100 in all: 1.96 sqrt(0.85 * 0.15 * (1/50 + 1/50))
    assert found.difference == pytest.approx(-0.1) and found.chance == pytest.approx(0.13997, abs=1e-4)


@pytest.mark.parametrize("changes", [{"hidden": (9,)}, {"learning_rate": 0.5}, {"validation": 10}, {"weight_seed": 3}])
def test_other_networks_have_the_same_test_rows(changes):
    other = E.with_changes(**changes)
    assert sealed_rows(other) == sealed_rows(E)
    assert np.array_equal(np.sort(build_split(other).test), np.sort(build_split(E).test))


def test_other_columns_of_the_same_rows_hide_nothing():
    e = Experiment("iris")
    other = e.with_changes(columns=(0, 1))
    assert sealed_rows(other) == sealed_rows(e)
    assert np.array_equal(np.sort(build_split(other).test), np.sort(build_split(e).test))
    rows = "".join(f"{k},{k % 7},{'ab'[k % 2]}\n" for k in range(40))
    table = read_table(f"size,mass,kind\n{rows}".encode(), "fruit.csv")
    SHELF.put(table, "a viewer")
    names = [table_name(TableChoice(table.digest, "fruit.csv", 2, inputs)) for inputs in ((), (0,), (1,))]
    assert len({sealed_rows(Experiment(name)) for name in names}) == 1
    assert sealed_rows(Experiment(table_name(TableChoice(table.digest, "fruit.csv", 0, task="regression")))) != sealed_rows(
        Experiment(names[0]))  # fmt: skip


@pytest.mark.parametrize("changes", [{"test": 30}, {"split_seed": 1}, {"data_seed": 1}, {"noise": 0}, {"samples": 90}])
def test_other_data_have_others(changes):
    assert sealed_rows(E.with_changes(**changes)) != sealed_rows(E)


def test_without_a_test_set_there_is_nothing_to_open():
    e = E.with_changes(test=0)
    with pytest.raises(ValueError, match="test must be above 0 percent"):
        open_test(e, build_network(e).parameters)
