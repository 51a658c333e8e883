"""The figures about one neuron: trace types, arrays and titles, never pixels."""

from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.parts.figures.neuron.activations import curves_figure
from pages.parts.figures.neuron.descent import (
    BowlView,
    SliceView,
    StopView,
    above_best_figure,
    bowl_figure,
    race_figure,
    slice_figure,
    stop_figure,
)
from pages.parts.figures.neuron.fit import CurveView, PlaneView, curve_figure, plane_figure

GRID = np.linspace(-1, 1, 5)


@pytest.mark.parametrize("dark", [False, True])
def test_the_curve_shows_targets_errors_and_the_chosen_sample(dark):
    target, answer = np.array([0.0, 1.0]), np.array([0.25, 0.5])
    view = CurveView(GRID, GRID**2, np.array([-0.5, 0.5]), target, answer, 1, "input x₁")
    errors, line, samples, ring = curve_figure(view, dark).data
    assert np.array_equal(line.y, GRID**2)
    assert np.allclose(errors.y[[0, 1, 3, 4]], [0.25, 0.0, 0.5, 1.0]) and np.isnan(errors.y[2])
    assert list(samples.marker.symbol) == ["circle", "square"]
    assert (ring.x[0], ring.y[0], ring.text[0]) == (0.5, 1.0, "2")
    assert samples.customdata[1].tolist() == [2, 1, 0.5]


def test_values_are_coloured_by_size_instead_of_class():
    view = CurveView(GRID, GRID, GRID, np.array([-2.5, 0.0, 1.0, 2.0, 0.5]), GRID, 0, "x")
    marker = curve_figure(view, False).data[2].marker
    assert (marker.cmin, marker.cmax) == (-2.5, 2.5) and marker.symbol is None


def test_the_plane_shows_answers_the_border_and_the_samples():
    sums = GRID[:, None] + GRID
    view = PlaneView(GRID, sums, sums > 0, np.eye(2), np.array([0.0, 1.0]), 0, 0.0, 1.0)
    answers, border, samples, _ = plane_figure(view, False).data
    assert isinstance(answers, go.Heatmap) and (answers.zmin, answers.zmax) == (0, 1)
    assert isinstance(border, go.Contour) and border.contours.start == border.contours.end == 0
    assert samples.x.tolist() == [1, 0] and samples.y.tolist() == [0, 1]


def test_the_slice_shows_the_tangent_at_the_end_of_the_trail_and_the_step():
    view = SliceView("w₁", GRID, GRID**2, np.array([-1.0, 0.5]), np.array([1.0, 0.25]), 1.0, (0.25, 0.0625))
    curve, trail, tangent, here, step = slice_figure(view, False).data
    assert np.array_equal(curve.y, GRID**2) and trail.x.tolist() == [-1.0, 0.5]
    assert np.diff(tangent.y) / np.diff(tangent.x) == pytest.approx(1.0)
    assert np.mean(tangent.y) == pytest.approx(0.25)
    assert (list(step.x), list(step.y)) == ([0.5, 0.25], [0.25, 0.0625])
    assert (here.x[0], here.y[0]) == (0.5, 0.25) and step.name == "next step, Δw₁ = −0.25"
    assert curve.line.shape == "linear"
    assert slice_figure(replace(view, jumps=True), False).data[0].line.shape == "hvh"


@pytest.mark.parametrize("goal", [None, (0.0, 0.0)])
def test_the_bowl_shows_the_loss_the_trail_and_the_goal_if_there_is_one(goal):
    losses = GRID[:, None] ** 2 + GRID**2
    view = BowlView("w₁", GRID, GRID, losses, np.array([[-1.0, 1.0], [0.5, 0.5]]), (0.25, 0.25), goal)
    figure = bowl_figure(view, True)
    assert np.array_equal(figure.data[0].customdata, losses) and np.isfinite(figure.data[0].z).all()
    assert figure.data[1].y.tolist() == [1.0, 0.5]
    assert (figure.data[-1].name == "solution") == (goal is not None)
    assert figure.layout.yaxis.title.text == "bias b"


def test_the_lowest_point_of_the_map_is_a_hollow_star_beside_the_solution():
    losses, trail = GRID[:, None] ** 2 + GRID**2, np.array([[0.5, 0.5]])
    view = BowlView("w₁", GRID, GRID, losses, trail, (0.2, 0.2), (0.1, 0.3), (0.0, 0.0))
    goal, held = bowl_figure(view, False).data[-2:]
    assert (goal.name, goal.marker.symbol, goal.x[0], goal.y[0]) == ("solution", "star", 0.1, 0.3)
    assert (held.name, held.marker.symbol, held.x[0], held.y[0]) == ("lowest here", "star-open", 0.0, 0.0)


def test_a_click_can_choose_a_sample_and_leaves_the_others_as_they_are():
    curve = curve_figure(CurveView(GRID, GRID, GRID, GRID, GRID, 0, "x"), False)
    plane = plane_figure(PlaneView(GRID, GRID[:, None] + GRID, np.ones((5, 5)), np.eye(2), np.zeros(2), 0, 0.0, 1.0), False)
    for figure in (curve, plane):
        assert figure.layout.clickmode == "event+select"
        with_data = [trace for trace in figure.data if trace.type == "scatter" and trace.customdata is not None]
        assert [trace.unselected.marker.opacity for trace in with_data] == [1]


def test_a_race_breaks_off_where_it_diverges():
    figure = race_figure(["slow", "fast"], np.array([[4.0, 2.0], [4.0, np.inf]]), 1.0, False)
    assert [trace.name for trace in figure.data] == ["slow", "fast", "solution"]
    assert np.isnan(figure.data[1].y[1]) and list(figure.data[2].y) == [1.0, 1.0]
    assert len({trace.line.dash for trace in figure.data[:2]}) == 2
    assert figure.layout.yaxis.range[1] == 8.0


def test_settling_is_shown_on_a_logarithmic_axis():
    figure = above_best_figure(["constant", "cosine"], np.array([[1.0, 0.1], [1.0, 0.01]]), True)
    assert [trace.y.tolist() for trace in figure.data] == [[1.0, 0.1], [1.0, 0.01]]
    assert figure.layout.yaxis.type == "log"


@pytest.mark.parametrize("stopped, n_traces", [(None, 2), (1, 3)])
def test_a_stop_parts_what_was_from_what_would_have_been(stopped, n_traces):
    figure = stop_figure(StopView(np.array([3.0, 2.0, 1.0]), stopped, "step"), False)
    assert len(figure.data) == n_traces
    assert figure.data[1].y[-1] == (1.0 if stopped is None else 2.0)
    if stopped:
        assert figure.data[2].x[0] == 1 and figure.data[0].y.tolist() == [2.0, 1.0]


def test_the_lowest_loss_is_a_level_under_the_descent():
    level = stop_figure(StopView(np.array([3.0, 2.0, 1.0]), 1, "step", 0.5), True).data[2]
    assert (list(level.x), list(level.y), level.name) == ([0, 2], [0.5, 0.5], "lowest known")


def test_curves_have_a_colour_and_a_dash_each_and_long_ones_are_cut_off():
    figure = curves_figure(GRID, {"a": 10 * GRID, "b": GRID}, "f(z)", False)
    assert [trace.name for trace in figure.data] == ["a", "b"]
    assert figure.data[0].line.dash != figure.data[1].line.dash
    assert figure.layout.yaxis.range == (-1.6, 3.1)
