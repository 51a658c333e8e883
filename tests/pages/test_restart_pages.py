"""The pages of restarts, rolling balls and the loss surface, as Streamlit runs them, from app.py."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from nncore import Experiment, Run
from nncore.landscape_table import LANDSCAPES
from pages.parts.restarts_presets import START_PRESETS

ROOT = Path(__file__).parents[2]
QUICK = {"starts": "8", "restart_epochs": "10"}


def open_page(page: str, **link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in link.items():
        app.query_params[name] = value
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    return app


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def warnings(app: AppTest) -> str:
    return " ".join(warning.value for warning in app.warning)


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


@pytest.mark.parametrize("finding, n_charts", [("losses", 2), ("maps", 1), ("best", 1), ("twins", 2)])
@pytest.mark.parametrize("dataset", ["circle", "corners", "sine", "plane", "spiral3", "iris"])
def test_every_finding_of_every_kind_of_task(finding, n_charts, dataset):
    app = open_page("restarts", dataset=dataset, restart_view=finding, **QUICK)
    assert charts(app) == n_charts and not app.error
    assert metrics(app)["Succeed"].endswith("of 8")


@pytest.mark.parametrize("preset", START_PRESETS, ids=lambda preset: preset.title)
def test_every_preset_shows_what_it_says(preset):
    app = open_page("restarts", **QUICK)
    next(button for button in app.button if button.label == preset.title).click().run()
    assert not app.exception
    found, _, total = map(str, metrics(app)["Succeed"].split())
    share = int(found) / int(total)
    low, high = {"Exclusive-or, two ReLUs": (0.15, 0.32), "Exclusive-or, two tanh": (0.4, 0.65), "Circle": (0.95, 1)}.get(
        preset.title, (0, 0)
    )
    assert low <= share <= high


def test_all_zero_starts_are_one_solution():
    app = open_page("restarts", dataset="xor", initializer="zeros", restart_view="twins", **QUICK)
    assert any("8 starts, 1 solution" in text.value for text in app.markdown)


def test_a_start_opens_on_the_train_page_as_its_own_run():
    app = open_page("restarts", **QUICK)
    app.selectbox(key="opened_start").set_value(5).run()
    app.button(key="open_on_train").click().run()
    assert not app.exception
    session = app.session_state["glassbox"]
    assert session.run == Run(Experiment(start=5, epoch_limit=10)) and session.frame == 10


def test_what_does_not_fit_is_refused_in_a_sentence():
    app = open_page("restarts", dataset="digits", hidden="64,64", batch_size="none", starts="256")
    assert "starts must fit into 64 MB" in app.error[0].value and charts(app) == 0


def test_long_work_waits_for_a_click_and_says_what_it_costs():
    app = open_page("restarts", dataset="spiral", batch_size="1", starts="128", restart_epochs="3000")
    assert "All of them take about" in app.info[0].value and app.button(key="train_on")


def test_starts_that_diverge_are_counted_and_named():
    app = open_page("restarts", dataset="plane", activation="relu", initializer="normal", learning_rate="10",
                    restart_view="best", **QUICK)  # fmt: skip
    assert "diverged" in warnings(app)


@pytest.mark.parametrize("link", [
    {"starts": "9999"}, {"starts": "x"}, {"restart_epochs": "-1"}, {"success": "nan"}, {"restart_view": "%"},
    {"twin_tolerance": "7", "restart_view": "twins"}, {"line_from": "99", "restart_view": "twins"},
])  # fmt: skip
def test_a_wrong_link_never_breaks_the_page(link):
    app = open_page("restarts", **(QUICK | link))
    app.run()
    assert not app.exception and charts(app) >= 1


@pytest.mark.parametrize("name", LANDSCAPES)
@pytest.mark.parametrize("look", ["roll", "surface", "basins"])
def test_every_landscape_in_every_view(name, look):
    app = open_page("landscapes", landscape=name, look=look)
    assert charts(app) == 1 and "of 100" in metrics(app)["Find a best minimum"]


@pytest.mark.parametrize("roller", ["sgd", "momentum", "nesterov", "rmsprop", "adam"])
def test_every_optimizer_rolls_even_at_a_rate_that_explodes(roller):
    app = open_page("landscapes", landscape="rosenbrock", roller=roller, eta="1.0")
    assert charts(app) == 1


def test_himmelblau_is_always_solved():
    assert metrics(open_page("landscapes", landscape="himmelblau"))["Find a best minimum"] == "100 of 100"


def test_drop_again_changes_the_balls_and_the_link():
    app = open_page("landscapes")
    next(button for button in app.button if button.label == "Drop again").click().run()
    assert app.session_state["glassbox"].choices["drop"] == "1"


@pytest.mark.parametrize("directions", ["path", "random", "weights", "solutions"])
@pytest.mark.parametrize("shape", ["contour", "space"])
def test_every_slice_in_both_shapes(directions, shape):
    app = open_page("surface", directions=directions, shape=shape, frame="20")
    assert charts(app) == 1 and "A slice shows 2 of 105 directions" in warnings(app)


@pytest.mark.parametrize("dataset", ["corners", "sine", "spiral3", "digits"])
def test_surfaces_of_other_tasks(dataset):
    assert charts(open_page("surface", dataset=dataset, hidden="4", directions="random", frame="5")) == 1


def test_solutions_that_are_all_alike_have_no_plane():
    app = open_page("surface", initializer="zeros", directions="solutions", frame="5")
    assert "There is no such plane" in warnings(app) and charts(app) == 0


def test_the_same_weight_twice_is_said():
    app = open_page("surface", directions="weights", first_weight="3", second_weight="3", frame="5")
    assert "second must be another parameter" in warnings(app)
