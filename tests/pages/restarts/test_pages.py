"""The pages of restarts, rolling balls and the loss surface, as Streamlit runs them, from app.py."""

import json
from base64 import b64decode

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore import Experiment, Run, build_split
from nncore.experiments.recording import record_all
from nncore.experiments.stacks import stack
from nncore.many_starts.landscape_table import LANDSCAPES
from nncore.many_starts.landscapes import finds_best, last_places
from nncore.many_starts.loss_levels import loss_levels
from nncore.many_starts.matching import barrier, line_between
from nncore.many_starts.restarts import Restarts
from nncore.many_starts.surface import losses_at
from nncore.statistics import wilson_interval
from pages.parts.fields.labels import choice_words
from pages.parts.landscapes.presets import BALL_PRESETS, SHARES
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.restarts.findings import best_words, end_words, fine_loss_text, loss_text
from pages.parts.restarts.presets import MEASURED, START_PRESETS, plan_of
from pages.parts.restarts.twins import level_words
from pages.parts.surface.presets import SURFACE_PRESETS
from pages.parts.surface.view import make_slice, path_to, solutions
from tests.pages.conftest import open_app, warnings

QUICK = {"starts": "8", "restart_epochs": "10"}


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def charts(app: AppTest) -> int:
    return len(app.get("plotly_chart"))


@pytest.mark.parametrize("finding, n_charts", [("losses", 2), ("maps", 1), ("best", 1), ("twins", 2)])
@pytest.mark.parametrize("dataset", ["circle", "corners", "sine", "plane", "spiral3", "iris"])
def test_every_finding_of_every_kind_of_task(finding, n_charts, dataset):
    app = open_app("restarts", dataset=dataset, restart_view=finding, **QUICK)
    assert charts(app) == n_charts and not app.error
    assert metrics(app)["Succeed"].endswith("of 8")


@pytest.mark.parametrize("preset", START_PRESETS, ids=lambda preset: preset.title)
def test_every_preset_shows_what_it_says(preset):
    app = open_app("restarts", **QUICK)
    next(button for button in app.button if button.label == preset.title).click().run()
    assert not app.exception
    found, _, total = map(str, metrics(app)["Succeed"].split())
    share = int(found) / int(total)
    low, high = {"Exclusive-or, two ReLUs": (0.15, 0.32), "Exclusive-or, two tanh": (0.4, 0.65), "Circle": (0.95, 1)}.get(
        preset.title, (0, 0)
    )
    assert low <= share <= high


def test_none_of_eleven_succeed_and_the_page_says_so():
    app = open_app("restarts", starts="11", restart_epochs="10", restart_success="0.001")
    assert metrics(app)["Succeed"] == "0 of 11" and metrics(app)["Starts needed"] == "not known"


def test_all_zero_starts_are_one_solution():
    app = open_app("restarts", dataset="xor", initializer="zeros", restart_view="twins", **QUICK)
    assert any("8 starts, 1 solution" in text.value for text in app.markdown)


def test_a_start_opens_on_the_train_page_as_its_own_run():
    app = open_app("restarts", **QUICK)
    app.selectbox(key="choose_restart_open").set_value(5).run()
    app.button(key="open_on_train").click().run()
    assert not app.exception
    session = app.session_state["glassbox"]
    assert session.run == Run(Experiment(start=5, epoch_limit=10)) and session.frame == 10


def test_the_start_to_open_is_in_the_link():
    app = open_app("restarts", restart_open="5", **QUICK)
    assert app.selectbox(key="choose_restart_open").value == 5
    assert "restart_open" in app.session_state["glassbox"].link


def test_both_times_and_their_factor_are_measured_again_on_a_click():
    app = open_app("restarts", **QUICK)
    assert metrics(app)["Speed-up from training all starts at once"].endswith("×")
    assert metrics(app)["Time per start"].endswith("ms")
    app.button(key="restarts_measure").click().run()
    assert not app.exception and metrics(app)["Speed-up from training all starts at once"].endswith("×")


@pytest.mark.parametrize("title", ["Exclusive-or, two ReLUs", "Exclusive-or, two tanh"])
def test_the_interval_is_held_against_many_more_starts(title):
    app = open_app("restarts")
    next(button for button in app.button if button.label == title).click().run()
    assert any(text.value.startswith("Of 10,240 such starts") and "holds that share" in text.value for text in app.markdown)
    table = next(text.value for text in app.markdown if "What happened" in text.value)
    assert sum(int(row.split("|")[3]) for row in table.splitlines()[4:]) == 256


def test_what_presets_say_was_measured_can_be_measured():
    preset = START_PRESETS[0]
    other_seed = preset.experiment.with_changes(weight_seed=11)
    outcome = record_all(Restarts(other_seed, 256, plan_of(preset).epochs))
    low, high = wilson_interval(int((outcome.final_losses <= 0.1).sum()), 256)
    found, total = MEASURED[preset.title]
    assert low < found / total < high


def test_presets_say_what_they_set():
    settings = {preset.title: preset.settings for preset in START_PRESETS}
    assert settings["Circle"] == "Hidden 8–8, tanh, Xavier normal, SGD 0.03, batches of 10. 64 starts, 100 epochs."


def test_what_does_not_fit_is_refused_in_a_sentence():
    app = open_app("restarts", dataset="digits", hidden="64,64", batch_size="none", starts="256")
    assert "starts must fit into 64 MB" in app.error[0].value and charts(app) == 0
    assert not any("on an idle machine" in caption.value for caption in app.caption)


def test_256_starts_of_784_16_10_are_refused_with_what_they_would_take():
    app = open_app("restarts", dataset="digits28", hidden="16", starts="256")
    assert "256 starts of this network take 150 MB; at most 100 fit" in app.error[0].value.replace("\\", "")


def test_long_work_waits_for_a_click_and_says_what_it_costs_and_nothing_else():
    app = open_app("restarts", dataset="spiral", batch_size="1", starts="128", restart_epochs="3000")
    assert app.info[0].value.startswith("128 starts for 3,000 epochs take about") and not app.metric and charts(app) == 0
    assert app.button(key="train_on").label == "Train"


def test_odds_of_starts_that_all_diverged_are_not_given():
    app = open_app("restarts", dataset="plane", hidden="4", learning_rate="3", batch_size="none")
    assert warnings(app).startswith("64 of 64 diverged") and not app.metric and charts(app) == 0
    assert app.selectbox(key="choose_restart_open").options[0] == "start 0, rank 1, diverged"


def test_losses_of_any_size_are_short():
    assert [fine_loss_text(loss) for loss in (0.0274, 0.0, 2.5e220, 3e-7)] == ["0.0274", "0.0000", "2.5·10²²⁰", "3.0·10⁻⁷"]
    assert end_words(np.inf) == "diverged" and end_words(0.5) == "loss 0.5000" and loss_text(2.5e220) == "2.5·10²²⁰"


def test_the_best_of_five_is_said_of_more_than_five():
    three = best_words(np.array([0.4, 0.3, 0.2]), 3)
    assert three.startswith("One start ends at 0.4000 on average, the best of all 3 at 0.2000.")
    six = best_words(np.array([0.6, 0.5, 0.4, 0.3, 0.2, 0.1]), 8)
    assert six.startswith("Of the 6 starts that did not diverge one ends at 0.6000 on average, the best of five at 0.2000, ")
    assert best_words(np.array([0.4]), 3) == "The one start that did not diverge ends at 0.4000."


def test_starts_that_diverge_are_counted_and_named():
    app = open_app("restarts", dataset="plane", activation="relu", initializer="normal", learning_rate="10",
                    restart_view="best", **QUICK)  # fmt: skip
    assert "diverged" in warnings(app)


@pytest.mark.parametrize("link", [
    {"starts": "9999"}, {"starts": "x"}, {"restart_epochs": "-1"}, {"restart_success": "nan"}, {"restart_view": "%"},
    {"restart_tolerance": "7"}, {"restart_from": "99"}, {"restart_maps": "1"}, {"restart_open": "8"},
])  # fmt: skip
def test_what_a_wrong_link_says_is_told_and_taken_out_of_it(link):
    app = open_app("restarts", **(QUICK | link))
    assert charts(app) >= 1 and choice_words(next(iter(link))) in warnings(app)
    assert not link.items() <= app.query_params.items()


def test_all_starts_are_reachable_as_maps():
    app = open_app("restarts", starts="70", restart_epochs="2", restart_view="maps", restart_maps="1", batch_size="none")
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert len(figure["layout"]["annotations"]) == 12 and not app.warning  # six starts, a number and a loss each
    assert [trace["name"] for trace in figure["data"][1:]] == ["outside, sure", "inside, sure"]


def test_levels_of_the_loss_are_said_of_the_solutions():
    losses = np.array([0.001, 0.004, 0.347, 0.6931])
    said = level_words(losses, loss_levels(losses), losses)
    assert said.startswith("They end on **3 levels of the loss** (a gap above 0.01 begins another): 2 at losses from 0.001 "
                           "to 0.004, 1 at 0.347, 1 at 0.693.")  # fmt: skip
    many = np.linspace(0, 1, 9)
    assert "end at losses from 0.000 to 1.000, on 9 levels" in level_words(many, loss_levels(many), many)


def test_one_level_can_be_wide_and_its_range_is_that_of_all_starts():
    losses = np.array([0.027, 0.035, 0.0431])  # neighbours within 0.01, the ends not
    said = level_words(losses, loss_levels(losses), np.append(losses, [0.0461, 0.0479]))
    assert said == "These starts end at losses from 0.027 to 0.048."
    assert level_words(losses[:1], loss_levels(losses[:1]), losses[:1]) == "These starts end at 0.027."


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


@pytest.mark.parametrize("directions", ["path", "random", "weights", "solutions"])
@pytest.mark.parametrize("shape", ["contour", "space"])
def test_every_slice_in_both_shapes(directions, shape):
    app = open_app("surface", surface_directions=directions, surface_view=shape, frame="20")
    assert charts(app) == 1 and "A slice shows 2 of 105 directions" in warnings(app)


@pytest.mark.parametrize("dataset", ["corners", "sine", "spiral3", "digits"])
def test_surfaces_of_other_tasks(dataset):
    assert charts(open_app("surface", dataset=dataset, hidden="4", surface_directions="random", frame="5")) == 1


def test_solutions_that_are_all_alike_have_no_plane():
    app = open_app("surface", initializer="zeros", surface_directions="solutions", frame="5")
    assert "This plane cannot be drawn" in warnings(app) and charts(app) == 0


def test_the_same_weight_twice_is_said():
    app = open_app("surface", surface_directions="weights", surface_first="3", surface_second="3", frame="5")
    assert "second must be another parameter" in warnings(app)


@pytest.mark.parametrize("preset", SURFACE_PRESETS, ids=lambda preset: preset.title)
def test_every_slice_to_try_opens(preset):
    app = open_app("surface", surface_directions="random", frame="3")
    app.button(key=f"surface_{preset.title}").click().run()
    assert not app.exception and charts(app) == 1
    session = app.session_state["glassbox"]
    assert session.run == Run(preset.experiment) and session.frame == preset.frame


def test_the_three_ends_of_exclusive_or_lie_apart():
    e = next(preset.experiment for preset in SURFACE_PRESETS if "exclusive-or" in preset.title)
    ends, data = solutions(e, 500), (build_split(e).X_train, build_split(e).y_train)
    model = stack(e, np.zeros((41, e.n_parameters)))
    assert losses_at(model, ends, *data) == pytest.approx([0.006, 0.349, 0.348], abs=0.002)
    for a, b in ((0, 1), (0, 2), (1, 2)):
        shares, vectors = line_between(ends[a], ends[b])
        assert barrier(shares, losses_at(model, vectors, *data)) > 0.3


def test_steps_from_wall_to_wall_are_stable_just_below_their_limit():
    e = next(preset.experiment for preset in SURFACE_PRESETS if preset.title == "From wall to wall")
    X = build_split(e).X_train
    inputs = np.column_stack([X, np.ones(len(X))])
    limit = 2 / np.linalg.eigvalsh(2 * inputs.T @ inputs / len(X)).max()
    assert e.learning_rate == 0.075 and 0.075 < limit < 0.078


def test_what_others_recorded_makes_no_difference_to_a_link():
    link = {"dataset": "gauss", "weight_seed": "77", "frame": "20"}
    before = spec(open_app("surface", **link))
    chunk_store().frame(Run(Experiment("gauss", weight_seed=77)), 290)
    assert spec(open_app("surface", **link)) == before
    longer = open_app("surface", **link, surface_path="200")
    assert spec(longer) != before and longer.query_params["surface_path"] == "200"


def test_the_path_grows_to_the_frame_on_screen_and_stays():
    app = open_app("surface", frame="200")
    assert app.query_params["surface_path"] == "200"
    app.slider(key="scrub").set_value(30).run()
    assert app.query_params["surface_path"] == "200" and "frame" in app.query_params
    app.button(key="surface_One bowl").click().run()
    assert "surface_path" not in app.query_params


def spec(app: AppTest) -> str:
    return app.get("plotly_chart")[0].proto.spec


def test_part_of_the_samples_is_said():
    app = open_app("surface", dataset="plane", frame="5")
    assert any("Losses on the first 500 of the 600 training samples" in caption.value for caption in app.caption)
    assert not any("Losses on the first" in caption.value for caption in open_app("surface", frame="5").caption)


def test_a_short_path_is_said_to_be_short_and_a_small_share_is_not_none():
    preset = next(preset for preset in SURFACE_PRESETS if preset.title == "From wall to wall")
    session = Session(run=Run(preset.experiment), frame=60)
    path, here = path_to(session, 60)
    assert make_slice(session, "path", (0, 0), path, here).names[1] == "path's direction 2 (below 1 %)"


def test_flat_and_empty_slices_are_explained():
    app = open_app("surface", initializer="zeros", surface_directions="random", frame="0")
    assert any("The loss is the same everywhere" in info.value for info in app.info)


@pytest.mark.parametrize("zoom", ["0.25", "1.0", "4.0"])
def test_the_ball_stays_in_sight_at_every_width(zoom):
    app = open_app("surface", frame="100", surface_zoom=zoom)
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    ball = next(trace for trace in figure["data"] if trace.get("name") == "snapshot on screen")
    for axis in "xy":
        low, high = figure["layout"][f"{axis}axis"]["range"]
        assert low < values(ball[axis])[0] < high


def values(array) -> list[float]:
    """A trace's numbers, which Plotly may have packed."""
    if isinstance(array, dict):
        return np.frombuffer(b64decode(array["bdata"]), array["dtype"]).tolist()
    return array


@pytest.mark.parametrize("link", [{"directions": "random"}, {"shape": "space"}, {"zoom": "2.0"}])
def test_old_names_are_said_to_be_unknown(link):
    assert next(iter(link)) in warnings(open_app("surface", frame="5", **link))


@pytest.mark.parametrize("link", [
    {"surface_directions": "up"}, {"surface_zoom": "nan"}, {"surface_view": "4"}, {"surface_height": ""},
    {"surface_draw": "-1"}, {"surface_path": "9999"}, {"surface_second": "x"},
    {"surface_first": "9999"},
])  # fmt: skip
def test_a_wrong_link_never_breaks_the_surface(link):
    app = open_app("surface", frame="5", **link)
    assert charts(app) == 1 and choice_words(next(iter(link))) in warnings(app)
    name, asked = list(link.items())[-1]
    assert app.query_params.get(name) in (None, {"surface_path": "599", "surface_first": "104"}.get(name)) and asked != "599"


def test_a_large_network_s_path_is_thinned_to_its_memory():
    open_app("surface", dataset="digits28", hidden="64", frame="60")
    session = Session(run=Run(Experiment("digits28", hidden=(64,))), frame=60)
    path, here = path_to(session, 60)
    assert path.nbytes <= 9_000_000 and len(path) >= 10
    assert np.array_equal(path[here], np.asarray(chunk_store().frame(session.run, 60), dtype=float))
