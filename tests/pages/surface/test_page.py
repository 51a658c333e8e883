"""The page of the loss surface, as Streamlit runs it, from app.py."""

import json
from base64 import b64decode

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore import Experiment, Run, build_split
from nncore.experiments.stacks import stack
from nncore.many_starts.restarts.matching import barrier, line_between
from nncore.many_starts.surface import losses_at
from pages.parts.fields.labels import choice_words
from pages.parts.page.server import chunk_store
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import FIRST_LOOK
from pages.parts.surface.path_start import ENDS, ends_words, where_ended
from pages.parts.surface.presets import SURFACE_PRESETS
from pages.parts.surface.view import make_slice, path_to, solutions
from tests.pages.conftest import charts, link_value, open_app, press, warnings


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
    chunk_store().frame(Run(Experiment("gauss", weight_seed=77)), 160)
    assert spec(open_app("surface", **link)) == before
    longer = open_app("surface", **link, surface_path="160")
    assert spec(longer) != before and longer.query_params["surface_path"] == "160"


def test_the_path_grows_to_the_frame_on_screen_and_stays():
    app = open_app("surface", frame="200")
    assert app.query_params["surface_path"] == "200"
    app.slider(key="scrub").set_value(30).run()
    assert app.query_params["surface_path"] == "200" and "frame" in app.query_params
    app.button(key="surface_One bowl").click().run()
    assert "surface_path" not in app.query_params


def spec(app: AppTest) -> str:
    return app.get("plotly_chart")[0].proto.spec


@pytest.mark.parametrize("directions, asked", [("path", "Train"), ("solutions", "Train"), ("random", "Train it")])
def test_at_the_first_weights_there_is_one_button_that_trains(directions, asked):
    app = open_app("surface", surface_directions=directions, solved="no", frame="0")
    assert [button.label for button in app.button if button.label in ("Train", "Train it")] == [asked]


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
    open_app("surface", dataset="digits28", samples="200", hidden="64", frame="38", surface_path="38")
    session = Session(run=Run(Experiment("digits28", samples=200, hidden=(64,))), frame=38)
    path, here = path_to(session, 38, end=38)
    assert path.nbytes <= 9_000_000 and 10 <= len(path) < 39
    assert np.array_equal(path[here], np.asarray(chunk_store().frame(session.run, 38), dtype=float))


def test_the_three_solutions_wait_for_a_click_and_then_stay_open():
    app = open_app("surface", frame="20")
    app.segmented_control(key="choose_surface_directions").set_value("solutions").run()
    assert charts(app) == 0 and "each in one of its own" in app.info[0].value and link_value(app, "solved") == "no"
    press(app, "Train")
    assert charts(app) == 1 and link_value(app, "solved") == "yes"
    app.slider(key="scrub").set_value(25).run()
    assert charts(app) == 1


@pytest.mark.parametrize(("losses", "walls", "came"), [
    ((0.1, 0.1, 0.1), (0.0, 0.01, 0.0), ("one",)), ((0.1, 0.1, 0.1), (0.0, 0.5, 0.5), ("equal",)),
    ((0.006, 0.35, 0.348), (0.3, 0.3, 0.4), ("unequal",)), ((0.1, 0.1, np.inf), (0.0, np.nan, np.nan), ()),
])  # fmt: skip
def test_where_three_solutions_ended_follows_from_their_losses_and_the_walls_between(losses, walls, came):
    losses, walls = np.array(losses), np.array(walls)
    assert where_ended(losses, walls) == came and set(came) <= set(ENDS)
    assert ("no wall" in ends_words(losses, walls)) == (came == ("one",))


def test_what_comes_of_a_slice_to_try_is_said_when_it_is_on_screen():
    app = open_app("surface", dataset="circle", frame="5")
    told = "A solves it, B and C stay"
    assert told not in " ".join(text.value for kind in ("markdown", "caption") for text in app.get(kind))
    app.button(key="surface_Three ends of exclusive-or").click().run()
    assert any(told in text.value for text in app.markdown)
    assert any("A at 0.006" in text.value and "between B and C" in text.value for text in app.markdown)


def test_the_path_of_a_run_that_nobody_played_waits_for_a_click():
    app = open_app("surface")
    assert charts(app) == 0 and app.info[0].value.startswith("**Make your guess first.**")
    assert app.slider(key="scrub").value == 0
    app = press(app, "Train")
    assert charts(app) == 1 and app.slider(key="scrub").value == FIRST_LOOK
