"""The figures of restarts, landscapes and slices: trace types and arrays, never pixels."""

import zlib
from base64 import b64decode
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from nncore.many_starts.landscapes.rolling import basins, roll
from nncore.many_starts.landscapes.table import LANDSCAPES
from pages.parts.figures.fan_picture import fan_picture
from pages.parts.figures.landscapes.height_picture import height_picture
from pages.parts.figures.landscapes.landscape import NONE, basins_figure, surface_figure
from pages.parts.figures.landscapes.race import FRAMES, Track, race_figure, start_figure, target_place
from pages.parts.figures.palette import NEGATIVE
from pages.parts.figures.restarts.mosaic import LABEL, curves_figure, mosaic_figure
from pages.parts.figures.restarts.starts import (
    barrier_figure,
    best_figure,
    fan_figure,
    histogram_figure,
    line_colour,
    loss_ceiling,
    sizes_figure,
)
from pages.parts.figures.surface.sight import EYE, best_eye, height_at, in_sight
from pages.parts.figures.surface.slices import SliceView, slice_contour, slice_surface
from pages.parts.surface.words import mark_words

DARK = pytest.mark.parametrize("dark", [False, True])
EPOCHS = np.array([0, 5, 10])
LOSSES = np.array([[1.0, 2.0, 1.5], [0.5, 1.0, np.nan], [0.0, 0.5, np.nan]])


@DARK
def test_the_fan_parts_those_below_the_threshold_from_the_others(dark):
    above, below = fan_figure(EPOCHS, LOSSES, 0.1, "loss", dark).data
    assert below.line.color == line_colour(dark) and above.line.color == NEGATIVE
    assert np.array_equal(below.y, [1.0, 0.5, 0.0, np.nan], equal_nan=True)
    assert len(above.y) == 8 and below.customdata[0] == 0 and list(above.customdata[[0, 4]]) == [1, 2]
    assert below.name == "ends below (1)"


def test_the_ceiling_is_not_that_of_a_start_that_explodes():
    losses = np.ones((10, 100))
    losses[-1, 0] = 1e30
    assert loss_ceiling(losses) == pytest.approx(1.08)
    assert loss_ceiling(np.full((2, 2), np.inf)) == 1.0


@DARK
def test_the_histogram_counts_every_finite_start(dark):
    figure = histogram_figure(np.array([0.0, 0.01, 0.5, 0.5, np.inf]), 0.1, "loss", dark)
    (bars,) = figure.data
    assert figure.layout.yaxis.dtick == 1  # no half of a start
    assert isinstance(bars, go.Bar) and sum(bars.y) == 4
    below = np.array(bars.marker.color) == line_colour(dark)
    assert np.array(bars.y)[below].sum() == 2


def test_a_histogram_of_nothing_finite_is_empty():
    assert sum(histogram_figure(np.full(3, np.inf), 0.1, "loss", False).data[0].y) == 0


def test_best_and_expected():
    measured, expected = best_figure(np.array([2.0, 1.0]), np.array([1.5, 1.0]), "loss", False).data
    assert list(measured.y) == [2.0, 1.0] and list(measured.x) == [1, 2] and expected.line.dash == "dash"


def test_sizes_and_barrier():
    figure = sizes_figure(np.array([3, 1, 2]), np.array([0.0, 0.5, 0.505]), np.array([0, 1, 1]), False)
    assert list(figure.data[0].x) == [1, 2, 3] and list(figure.data[0].y) == [3, 1, 2]
    assert [(note.text, note.x) for note in figure.layout.annotations] == [("0.00", 1), ("0.50", 2.5)]
    wide = sizes_figure(np.array([3, 1, 2]), np.array([0.0, 0.5, 0.52]), np.array([0, 1, 1]), False)
    assert [note.text for note in wide.layout.annotations] == ["0.00", "0.50–0.52"]
    assert figure.layout.shapes[0].x0 == 1.5
    before, after = barrier_figure(np.array([0.0, 1.0]), np.array([1.0, 2.0]), np.array([1.0, 1.0]), "loss", True).data
    assert before.line.dash == "dash" and after.line.dash == "solid" and list(before.y) == [1.0, 2.0]


def test_the_picture_that_grows_is_an_svg_with_a_line_for_each_start():
    picture = fan_picture(EPOCHS, LOSSES, 20, dark=True)
    svg = b64decode(picture.partition("base64,")[2].partition('"')[0]).decode()
    assert svg.count("<polyline") == 3 and "nan" not in svg and "<span>20 epochs</span>" in picture
    assert "<text" not in svg  # the picture shrinks on a phone; its words are text of the page
    assert 'alt="Loss curves of 3 starts, up to epoch 10 of 20"' in picture


@DARK
def test_the_mosaic_puts_the_best_at_the_top_left(dark):
    maps = np.stack([np.full((4, 4), value) for value in np.linspace(-1, 1, 9)])
    labels, hovers = [(name, "0.5") for name in "abcdefghi"], [f"rank {k}" for k in range(9)]
    figure = mosaic_figure(maps, labels, hovers, ["no", "yes"], dark)
    picture = figure.data[0].z
    assert picture[-1, 0] == -1 and picture[LABEL, 0] == 1 and np.isnan(picture[LABEL, -1]) and np.isnan(picture[0, 0])
    assert figure.data[0].text[-1, 0] == "rank 0" and len(figure.layout.annotations) == 18
    assert [trace.name for trace in figure.data[1:]] == ["no", "yes"] and figure.data[1].marker.color == NEGATIVE
    assert figure.layout.yaxis.scaleanchor == "x"


def test_classes_have_steps_of_colour():
    figure = mosaic_figure(np.zeros((1, 3, 3)), [("a", "0")], ["b"], ["x", "y", "z"], False)
    assert (figure.data[0].zmin, figure.data[0].zmax) == (-0.5, 2.5) and len(figure.data[0].colorscale) == 6


def test_curves_show_the_best_one_bold():
    x = np.linspace(0, 1, 5)
    everyone, best, points = curves_figure(x, np.stack([x, 2 * x]), (x, x), ("x", "y"), False).data
    assert len(everyone.y) == 12 and np.array_equal(best.y, x) and points.mode == "markers"


@DARK
def test_balls_roll_along_their_path(dark):
    land = LANDSCAPES["quartic"]
    path = roll(land, land.random_points(20, 1), "sgd", 0.02, 200)
    figure = race_figure(land, [Track("sgd", "GD", path)], dark)
    assert figure.layout.updatemenus[0].showactive is False  # Plotly would write white on white in the dark
    end = figure.frames[-1].data
    assert len(figure.frames) == FRAMES + 1 and end[-1].x == pytest.approx(path[-1, :, 0], abs=1e-4)
    assert len(set(figure.frames[-2].data[-1].marker.symbol.split())) == 1  # until the end nothing tells where they belong
    assert np.array_equal(np.array(end[-1].marker.symbol) == "circle", path[-1, :, 0] < 0)  # the lower one is on the left
    counts = [int((path[-1, :, 0] < 0).sum()), int((path[-1, :, 0] > 0).sum())]
    assert list(end[-2].text) == [str(count) for count in counts] and set(figure.frames[0].data[-2].text) == {""}


def test_heights_become_a_picture_that_begins_at_the_bottom():
    def read(shown):
        data = b64decode(height_picture(shown, "#000000", "#ffffff", "#ff0000").partition(",")[2])
        size = int.from_bytes(data[33:37], "big")
        return np.frombuffer(zlib.decompress(data[41 : 41 + size]), np.uint8).reshape(len(shown), -1)

    rows = read(np.array([[0.0, 0.0], [1.0, 1.0]]))
    assert rows[1].tolist() == [0] * 7  # the lower row is low ground; each row begins with its filter, none
    assert rows[0].tolist() == [0, 255, 128, 128, 255, 128, 128]  # high ground, on a line


@DARK
def test_before_the_roll_the_picture_has_places_to_click_and_the_balls(dark):
    for name in ("quartic", "camel"):
        land = LANDSCAPES[name]
        figure = start_figure(land, land.random_points(3, 1), dark)
        assert not figure.frames and len(figure.data) == 3 and len(figure.data[2].x) == 3
        clicked = target_place(land, 7)
        assert figure.data[1].x[7] == clicked[0] and figure.data[1].marker.opacity == 0


def test_trails_grow_and_are_whole_at_the_end():
    land = LANDSCAPES["camel"]
    path = roll(land, land.random_points(2, 1), "momentum", 0.01, 100)
    figure = race_figure(land, [Track("momentum", "Momentum", path)] * 2, False)
    whole = np.array(figure.frames[-1].data[0].x, dtype=float)
    assert np.isnan(whole).sum() == 2 and whole[0] == pytest.approx(path[0, 0, 0], abs=1e-4)
    assert len(figure.frames[30].data[0].x) == 2 * (10 + 1) and len(figure.data) == 7


@pytest.mark.parametrize("name", [name for name, land in LANDSCAPES.items() if land.n_dimensions == 2])
def test_landscapes_of_two_numbers_are_drawn_in_three_ways(name):
    land = LANDSCAPES[name]
    path = roll(land, land.random_points(5, 1), "sgd", land.rate, 20)
    contour = race_figure(land, [Track("sgd", "GD", path)], False)
    assert contour.layout.images[0].source.startswith("data:image/png")
    assert contour.data[-1].x == pytest.approx(path[0, :, 0], abs=1e-4)
    surface = surface_figure(land, [path[-1]], ["#000000"], True)
    assert isinstance(surface.data[0], go.Surface) and isinstance(surface.data[1], go.Scatter3d)
    caught = basins(land, "sgd", land.rate, 20, side=21)
    heatmap = basins_figure(land, caught, False).data[0]
    assert np.array_equal(heatmap.z, caught) and heatmap.text.shape == caught.shape


@DARK
def test_basins_of_one_number_are_a_strip_below_the_curve(dark):
    land = LANDSCAPES["quartic"]
    figure = basins_figure(land, basins(land, "sgd", 0.02, 300), dark)
    heatmap, *key, curve, minima = figure.data
    assert heatmap.z.shape == (1, 81) and heatmap.text[0, 0] == "A" and heatmap.text[0, -1] == "B"
    assert [entry.name for entry in key] == ["A best minimum at (−1.47)", "B minimum at (1.35)", NONE]
    assert len({entry.marker.color for entry in key}) == 3
    assert len(curve.x) == 81 and list(minima.text) == ["A", "B"] and min(curve.y) >= min(minima.y) - 1e-9


def test_of_many_minima_the_key_has_the_ends():
    land = LANDSCAPES["rastrigin2"]
    names = [trace.name for trace in basins_figure(land, basins(land, "sgd", 0.001, 5, side=11), False).data[1:4]]
    assert names == ["best minimum at (0.00, 0.00)", "the highest of 121 minima; between the two by height", NONE]


def test_the_slider_has_round_steps_and_the_last():
    land = LANDSCAPES["quartic"]
    for steps in (50, 200, 1000, 130):
        path = roll(land, land.random_points(2, 1), "sgd", 0.02, steps)
        names = [int(frame.name) for frame in race_figure(land, [Track("sgd", "GD", path)], False).frames]
        assert names[-1] == steps and len(names) <= FRAMES + 2 and all(name % names[1] == 0 for name in names[:-1])


@pytest.fixture
def view():
    x = np.linspace(-1, 1, 5)
    losses = np.add.outer(x**2, x**2)
    losses[0, 0] = np.inf
    path = np.array([[-1.0, 0.5], [0.0, 0.0], [3.0, 3.0]])
    return SliceView(x, x, losses, path, np.array([1.25, 0.0, 18.0]), 1, ("a", "b"), np.array([[0.5, 0.5]]), np.array([0.5]),
                     ("A",))  # fmt: skip


@DARK
@pytest.mark.parametrize("log", [False, True])
def test_a_slice_is_drawn_with_the_path_and_the_frame_on_screen(view, log, dark):
    contour, path, first, here, marks = slice_contour(view, log, dark).data
    assert np.isnan(contour.z[0, 0]) and contour.z[2, 2] == (-8 if log else 0)
    assert np.array_equal(path.x, [-1, 0, 3]) and list(first.x) == [-1] and list(here.x) == [0]
    assert list(marks.text) == ["A"]
    assert mark_words(view, False) == "Orange: the path of training, ○ first weights, ● snapshot on screen, ★ solutions."
    assert mark_words(view, True) == "Orange: the path of training, ● snapshot on screen, ◆ solutions. Drag to turn."
    surface, path, here, marks = slice_surface(view, log, dark).data
    assert isinstance(surface, go.Surface) and np.isnan(path.x[2])  # beyond what is shown
    assert list(here.x) == [0] and len(marks.x) == 1


def test_a_path_that_the_ball_may_hide_is_said_to_be_short(view):
    short = replace(view, path=np.array([[0.0, 0.09], [0.0, 0.0], [-0.09, 0.0]]))
    assert mark_words(short, True).startswith("Orange: the path of training, so short that the ball may hide it, ● snapshot")
    longer = replace(view, path=np.array([[0.0, 0.11], [0.0, 0.0], [-0.09, 0.0]]))
    assert "so short" not in mark_words(longer, True)


def test_what_lies_outside_the_picture_is_not_named(view):
    away = replace(view, path=view.path + 10, marks=np.empty((0, 2)))
    assert mark_words(away, False) == "The path of training lies outside this picture."


def test_heights_between_grid_points_by_hand():
    x, y, z = np.array([0.0, 1.0, 2.0]), np.array([0.0, 2.0]), np.array([[0.0, 1.0, 4.0], [2.0, 3.0, 6.0]])
    points = np.array([[0.0, 0.0], [2.0, 2.0], [0.5, 0.0], [1.5, 1.0], [2.1, 0.0], [0.0, -0.1]])
    assert height_at(x, y, z, points) == pytest.approx([0, 6, 0.5, 3.5, np.nan, np.nan], nan_ok=True, abs=1e-4)


def wall():
    """A level surface at the bottom of the cube with a wall to its top across the usual line of sight."""
    z = np.full((51, 51), -0.5)
    z[18:21] = 0.5
    return z


def test_a_point_behind_a_wall_is_hidden_from_in_front_of_it_alone():
    behind, before = np.array([[0.0, 0.0, -0.48]]), np.array([[0.0, -0.4, -0.48]])
    assert in_sight(wall(), np.vstack([behind, before]), EYE).tolist() == [False, True]
    assert in_sight(wall(), behind, (-1.5, 1.8, 1.1)).tolist() == [True]


def test_one_looks_from_where_the_ball_is_seen_and_else_from_the_usual_place():
    ball, path = np.array([0.0, 0.0, -0.48]), np.array([[0.0, 0.1, -0.48], [0.0, 0.0, -0.48]])
    eye = best_eye(wall(), path, ball)
    assert in_sight(wall(), ball[None], eye)[0] and np.linalg.norm(eye) == pytest.approx(np.linalg.norm(EYE))
    assert best_eye(np.full((51, 51), -0.5), path, ball) == pytest.approx(EYE)


def test_the_path_is_drawn_nowhere_below_the_surface(view):
    x = np.linspace(-1, 1, 5)
    sunk = replace(view, losses=np.full((5, 5), 1.0) + np.abs(x), path=np.zeros((3, 2)), path_losses=np.zeros(3))
    assert (np.array(slice_surface(sunk, False, False).data[1].z) > 1.0).all()
