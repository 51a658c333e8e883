"""The page of rolling balls, as Streamlit runs it, from app.py."""

import pytest

from nncore.many_starts.landscape_table import LANDSCAPES
from nncore.many_starts.landscapes import finds_best, last_places
from pages.parts.landscapes.presets import BALL_PRESETS, SHARES
from tests.pages.conftest import charts, metrics, open_app


@pytest.mark.parametrize("name", LANDSCAPES)
@pytest.mark.parametrize("look", ["roll", "surface", "basins"])
def test_every_landscape_in_every_view(name, look):
    app = open_app("landscapes", landscape=name, ball_view=look)
    assert charts(app) == 1 and "of 100" in metrics(app)["Find a best minimum"]


@pytest.mark.parametrize("preset", BALL_PRESETS, ids=lambda preset: preset.title)
def test_balls_do_what_the_presets_say(preset):
    land, picked = LANDSCAPES[preset.choices["landscape"]], preset.choices
    how = picked["ball_optimizer"], float(picked["ball_rate"]), int(picked["ball_steps"])
    share = finds_best(land, last_places(land, land.random_points(40_000, seed=7), *how)).mean()
    low, high = SHARES[preset.title]
    assert low <= share <= high
    app = open_app("landscapes", landscape="camel", ball_drop="3")
    app.button(key=f"ball_{preset.title}").click().run()
    assert not app.exception and not app.warning and charts(app) == 1
    assert app.session_state["glassbox"].choices.items() >= preset.choices.items()


@pytest.mark.parametrize("landscape, optimizer, rate, steps, low, high", [
    ("rastrigin1", "momentum", 0.001, 200, 0.085, 0.095), ("rastrigin1", "nesterov", 0.001, 200, 0.085, 0.095),
    ("saddle", "rmsprop", 0.003, 200, 0.62, 0.66), ("rosenbrock", "momentum", 0.0005, 1000, 0.935, 0.945),
])  # fmt: skip
def test_what_presets_say_of_other_optimizers(landscape, optimizer, rate, steps, low, high):
    land = LANDSCAPES[landscape]
    share = finds_best(land, last_places(land, land.random_points(40_000, seed=7), optimizer, rate, steps)).mean()
    assert low <= share <= high


@pytest.mark.parametrize("roller", ["sgd", "momentum", "nesterov", "rmsprop", "adam"])
def test_every_optimizer_rolls_even_at_a_rate_that_explodes(roller):
    app = open_app("landscapes", landscape="rosenbrock", ball_optimizer=roller, ball_rate="1.0")
    assert charts(app) == 1


def test_balls_that_pass_by_are_not_counted_as_found():
    app = open_app("landscapes", landscape="rastrigin1", ball_rate="0.01")
    assert metrics(app)["Find a best minimum"] == "0 of 100" and "Starts needed" not in metrics(app)
    assert any("near one at the last step, but not on all of the last 10" in text.value for text in app.markdown)


def test_of_many_minima_the_key_names_none_for_an_area():
    for name, said in (("camel", "minimum, named in the key."), ("rastrigin2", "minimum; the colour says how high that is")):
        app = open_app("landscapes", landscape=name, ball_view="basins")
        assert any(f"stays in one {said}" in caption.value for caption in app.caption)


def test_himmelblau_is_always_solved():
    assert metrics(open_app("landscapes", landscape="himmelblau"))["Find a best minimum"] == "100 of 100"


def test_drop_again_changes_the_balls_and_the_link():
    app = open_app("landscapes")
    next(button for button in app.button if button.label == "Drop again").click().run()
    assert app.session_state["glassbox"].choices["ball_drop"] == "1"
