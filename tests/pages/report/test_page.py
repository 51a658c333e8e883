"""The report: everything on a run, told from its own numbers, on a page that prints."""

from dataclasses import fields

import pytest

from nncore import Experiment, Run
from pages.parts.page.server import chunk_store
from pages.parts.report.settings import GROUPS, changes_on_the_way, settings_table
from tests.pages.conftest import charts, open_app

SMALL = Experiment(samples=60, hidden=(3,))


def html(app) -> str:
    return "".join(one.proto.body for one in app.get("html"))


def test_every_setting_has_its_place_once():
    listed = [name for names in GROUPS.values() for name in names]
    assert sorted(listed) == sorted(field.name for field in fields(Experiment))


def test_a_setting_without_a_part_in_the_run_is_left_out():
    plain, stopped = settings_table(SMALL), settings_table(SMALL.with_changes(stop_rule="patience", patience=7))
    assert "patience" not in plain.lower() and '<th scope="row">patience</th><td>7</td>' in stopped
    assert "batch seed" in plain and "batch seed" not in settings_table(SMALL.with_changes(batch_size=None))
    assert '<th scope="row">noise</th><td>0 %</td>' in plain and "<td>Circle</td>" in plain


def test_only_what_was_changed_by_then_is_told():
    run = Run(SMALL).changed(5, SMALL.with_changes(learning_rate=0.3))
    assert changes_on_the_way(run, 5) == []
    assert changes_on_the_way(run, 9) == ["At snapshot 5: learning rate 0.03 → 0.3."]


def test_it_shows_the_runs_own_numbers():
    app = open_app("report", **SMALL.to_dict(), frame="20")
    epochs, scores, _ = chunk_store().scores(Run(SMALL), 20)
    assert any(one.value == f"What happened up to epoch {epochs[-1]:.0f}" for one in app.subheader)
    (table,) = (one.value for one in app.markdown if one.value.startswith("| set |"))
    assert f"| {100 * scores[-1, 2]:.1f} % |" in table and f"| {100 * scores[-1, 3]:.1f} % |" in table
    assert "| test |" not in table and "sealed" in " ".join(one.value for one in app.caption)
    assert charts(app) == 2 and "Confusion matrix on the validation set" in html(app)
    assert "frame=20" in app.code[0].value and "hidden=3" in app.code[0].value


@pytest.mark.parametrize("settings", [
    {"dataset": "cones"}, {"dataset": "sine"}, {"dataset": "digits"}, {"validation": "0", "test": "0"}, {"frame": "0"},
    {"learning_rate": "10", "optimizer": "sgd", "output": "identity", "loss": "mse", "activation": "relu"},
])  # fmt: skip
def test_it_holds_for_every_kind_of_run(settings):
    app = open_app("report", **{"samples": "60", "hidden": "3", "frame": "3"} | settings)
    assert not app.exception and html(app).count('<div class="glassbox-settings">') == 1


def test_a_test_set_that_was_opened_at_another_snapshot_is_not_called_sealed():
    app = open_app("report", **SMALL.to_dict(), frame="9", opened="5")
    said = " ".join(one.value for one in app.caption)
    assert "was opened once, at snapshot 5: of this one it says nothing" in said and "sealed" not in said
    (table,) = (one.value for one in app.markdown if one.value.startswith("| set |"))
    assert "| test |" not in table


def test_a_run_whose_table_is_not_here_is_not_reported_as_another():
    app = open_app("report", dataset="table.0123456789abcdef.2..c.drop.fruit.csv", hidden="3", frame="2")
    assert "table is not here" in app.info[0].value and not app.code
    assert 'class="glassbox-settings"' not in html(app)


def test_of_a_run_that_diverged_the_growth_of_its_loss_is_told():
    app = open_app("report", samples="60", hidden="3", frame="3", learning_rate="10", output="identity", loss="mse",
                   activation="relu")  # fmt: skip
    assert any("the loss, 0.7805 at first, has grown to 4.508e11." in one.value for one in app.markdown)
    assert not any("half of the gain" in one.value for one in app.markdown)


def test_inputs_go_by_their_own_names_and_a_map_of_many_says_what_it_holds():
    settings = settings_table(Experiment(dataset="iris", columns=(0, 1), features=("x1", "x2_squared", "x1_x2")))
    assert "<td>sepal length (cm), sepal width (cm)², sepal length (cm) · sepal width (cm)</td>" in settings
    assert "<td>x₁, x₂</td>" in settings_table(SMALL)
    said = html(open_app("report", dataset="wine", hidden="3", frame="3"))
    assert "two directions in which the training points spread most" in said
