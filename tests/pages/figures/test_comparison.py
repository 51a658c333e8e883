"""Compared lines and matrices, as people read them who do not see colours."""

import numpy as np
import plotly.graph_objects as go
import pytest

from nncore import ACTIVATIONS, INITIALIZERS
from pages.parts.figures.attention import Axes, share_figure, signed_figure
from pages.parts.figures.backprop.gradient_flow import gradient_flow_figure
from pages.parts.figures.batches import paths_figure
from pages.parts.figures.comparison import Curve, curves_figure
from pages.parts.figures.neuron.activations import curves_figure as activation_curves
from pages.parts.figures.neuron.descent import above_best_figure, race_figure
from pages.parts.figures.restarts.starts import fan_figure
from pages.parts.figures.transformer.heads import roles_figure
from tests.pages.greyscale import alike_lines


@pytest.mark.parametrize("n_points", [5, 300])
def test_as_many_lines_as_there_are_initializers_differ_without_colour(n_points):
    x = np.arange(1.0, n_points + 1)
    curves = [Curve(name, x, 1 / (x + number)) for number, name in enumerate(INITIALIZERS)]
    figure = curves_figure(curves, ("epochs", "loss"), (False, True), dark=False)
    looks = {(line.line.dash, line.marker.symbol) for line in figure.data}
    assert len(looks) == len(figure.data) == len(INITIALIZERS)
    assert all("markers" in line.mode for line in figure.data)


def test_every_layer_of_the_deepest_network_has_a_dash_of_its_own():
    figure = gradient_flow_figure(np.arange(4), np.ones((4, 7)), 0, dark=False)
    assert len({line.line.dash for line in figure.data}) == 7


def test_a_masked_cell_is_hatched_and_a_weight_of_zero_is_not():
    weights = np.array([[1.0, np.nan], [0.0, 1.0]])
    figure = share_figure(weights, Axes(("a", "b"), ("a", "b")), dark=True)
    (hatching,) = figure.layout.shapes
    places = [tuple(map(float, end.split())) for end in hatching.path.replace("L", "M").split("M") if end]
    assert places and all(0.5 <= x <= 1.5 and -0.5 <= y <= 0.5 for x, y in places)  # the cell of column 1, row 0
    assert figure.data[0].text[0][1] == "" and figure.data[0].text[1][0] == "0"
    assert not share_figure(np.eye(2), Axes(("a", "b"), ("a", "b")), dark=True).layout.shapes


def test_a_masked_score_says_minus_infinity():
    figure = signed_figure(np.array([[0.5, -np.inf]]), Axes(("a",), ("a", "b")), dark=False)
    assert [note.text for note in figure.layout.annotations] == ["−∞"]
    assert len(figure.layout.shapes) == 1


Z = np.linspace(-3, 3, 50)
MANY = {
    "activations": lambda: activation_curves(Z, dict.fromkeys(ACTIVATIONS, Z), "f(z)", False),
    "rates": lambda: race_figure("abcde", np.ones((5, 50)), None, False),
    "schedules": lambda: above_best_figure("abcde", np.ones((5, 50)), False),
    "paths of batches": lambda: paths_figure((Z, Z), np.ones((50, 50)), [np.ones((4, 2))] * 12, "abcdefghijkl", False),
    "heads": lambda: roles_figure(np.arange(50), np.ones((50, 4)), 0.1, 3, False),
    "layers": lambda: gradient_flow_figure(np.arange(50), np.ones((50, 7)), 3, False),
    "starts": lambda: fan_figure(np.arange(3), np.array([[1.0, 1.0], [1.0, 0.5], [1.0, 0.1]]), 0.2, "loss", False),
}


@pytest.mark.parametrize("name", MANY)
def test_lines_are_told_apart_in_greyscale(name):
    figure = MANY[name]()
    assert len([trace for trace in figure.data if trace.type == "scatter" and "lines" in trace.mode]) > 1
    assert alike_lines(figure) == []


def test_two_lines_of_different_colours_and_the_same_look_are_found():
    figure = go.Figure()
    for name, line in {"a": {"color": "red"}, "b": {"color": "blue"}, "c": {"color": "blue", "dash": "dot"},
                       "d": {"color": "green", "width": 5}}.items():  # fmt: skip
        figure.add_scatter(x=[0, 1], y=[0, 1], mode="lines", name=name, line=line)
    figure.add_scatter(x=[0, 1], y=[0, 1], mode="lines", name="e", line={"color": "black"}, yaxis="y2")
    assert alike_lines(figure) == [("a", "b")]
