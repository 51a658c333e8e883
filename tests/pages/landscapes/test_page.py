"""The page of rolling balls, as Streamlit runs it, from app.py."""

import json
from math import ceil, log

import pytest

from nncore.many_starts.landscapes.rolling import finds_best, last_places
from nncore.many_starts.landscapes.table import LANDSCAPES
from nncore.statistics import restarts_needed
from pages.parts.landscapes.controls import rollers
from pages.parts.landscapes.placing import place, take_clicked_place
from pages.parts.landscapes.presets import BALL_PRESETS, SHARES
from pages.parts.landscapes.results import telling_share
from tests.pages.conftest import charts, link_value, metrics, open_app, press, warnings


@pytest.mark.parametrize("found", [*range(1, 60), 111, 900, 1999])
def test_the_share_that_is_told_gives_the_number_of_starts(found):
    needed = restarts_needed(found / 2000)
    told = telling_share(found / 2000, needed)
    assert needed == max(1, ceil(log(0.05) / log(1 - float(told)) - 1e-9)) and abs(float(told) - found / 2000) <= 5e-4


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


def picture(app) -> dict:
    return json.loads(app.get("plotly_chart")[0].proto.spec)


def test_nothing_of_the_outcome_is_shown_before_the_roll():
    app = open_app("landscapes")
    said = "\n".join(text.value for text in [*app.markdown, *app.caption])
    figure = picture(app)
    assert not app.metric and "held by" not in said and "about one ball" not in said
    assert not figure.get("frames") and len(figure["data"]) == 3 and "updatemenus" not in figure["layout"]
    press(app, "Roll")
    tables = [text.value for text in app.markdown if "held by" in text.value]
    assert len(tables) == 1 and "| GD | Momentum | Adam |" in tables[0] and link_value(app, "rolled") == "yes"
    assert len(picture(app)["frames"]) == 51
    app.selectbox(key="choose_ball_rate").set_value(0.03).run()
    assert not any("held by" in text.value for text in app.markdown)  # another roll, another guess


def test_basins_have_no_colours_before_they_were_asked_for():
    app = press(open_app("landscapes", landscape="camel", rolled="no"), "Roll")
    assert "Find a best minimum" in metrics(app)
    app.segmented_control(key="choose_ball_view").set_value("basins").run()
    assert not any(trace["type"] == "heatmap" for trace in picture(app)["data"]) and not app.metric
    press(app, "Roll a ball from every place")
    assert picture(app)["data"][0]["type"] == "heatmap"


def test_each_optimizer_has_a_colour_a_marker_and_a_trail_of_its_own():
    app = open_app("landscapes", landscape="camel", ball_optimizer=",".join(rollers()), balls="1")
    trails, balls = picture(app)["data"][2:7], picture(app)["data"][8:]
    for traces, part, attributes in ((trails, "line", ("color", "dash")), (balls, "marker", ("color", "symbol"))):
        for attribute in attributes:
            assert len({trace[part][attribute] for trace in traces}) == len(rollers())
    assert [trace["name"] for trace in balls] == ["GD", "Momentum", "Nesterov", "RMSprop", "Adam"]


def test_balls_are_placed_by_fields_and_by_a_click():
    app = open_app("landscapes", landscape="camel", rolled="no")
    app.number_input(key="place_x").set_value(1.5).run()
    app.number_input(key="place_y").set_value(-0.7).run()
    app.button(key="place_ball").click().run()
    assert link_value(app, "ball_at") == "1.5,-0.7"
    press(app, "Roll")
    assert metrics(app)["Find a best minimum"] == "0 of 1"  # it starts beside the poor minimum at (1.70, -0.80)
    app.selectbox(key="choose_landscape").set_value("quartic").run()
    assert link_value(app, "ball_at") is None  # the ball lies on another landscape


def test_a_click_names_the_place_under_it(monkeypatch):
    land, session = LANDSCAPES["quartic"], type("Session", (), {"choices": {}, "notes": []})()
    monkeypatch.setattr("pages.parts.landscapes.placing.clicked_number", lambda chart: 44)
    take_clicked_place(session, land)
    assert session.choices["ball_at"] == "0"  # the middle of 89 places from -2.2 to 2.2
    place(session, [1.25])
    assert session.choices["ball_at"] == "0,1.25"
    for _ in range(30):
        place(session, [1.0])
    assert len(session.choices["ball_at"].split(",")) == 20 and session.notes


@pytest.mark.parametrize("link", [
    {"ball_at": "9,9"}, {"ball_at": "1"}, {"ball_at": "x"}, {"ball_optimizer": "adagrad"}, {"ball_optimizer": "sgd,sgd"},
    {"rolled": "perhaps"},
], ids=str)  # fmt: skip
def test_wrong_places_and_optimizers_in_a_link_are_told(link):
    app = open_app("landscapes", landscape="camel", **link)
    assert charts(app) == 1 and "so it is now" in warnings(app) and not link.items() <= app.query_params.items()
