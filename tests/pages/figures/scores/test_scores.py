"""The figures of the page What is a score worth?: traces and numbers, in both themes."""

import numpy as np
import pytest

from pages.parts.figures.scores.learning import learning_figure
from pages.parts.figures.scores.luck import luck_figure, tuning_figure
from pages.parts.figures.scores.reported import reported_figure
from pages.parts.figures.scores.search import search_figure

THEMES = pytest.mark.parametrize("dark", [False, True])


@THEMES
def test_dots_and_means_stand_in_four_rows(dark):
    scores = np.array([[0.9, 0.5, 0.5, 0.4], [1.0, 0.6, 0.6, 0.5]])
    figure = reported_figure(scores, [(0.95, 0.9, 1.0)] * 4, dark)
    assert len(figure.data) == 8 and list(figure.data[0].x) == [0.9, 1.0] and np.mean(figure.data[0].y) == pytest.approx(3)
    assert figure.data[1].error_x.array[0] == pytest.approx(0.05)


@THEMES
def test_a_square_carries_its_number_and_what_was_not_tried_has_no_text(dark):
    figure = search_figure(np.array([[0.1, np.nan, 0.3], [0.4, 0.5, 0.6]]), (("a", "b", "c"), ("d", "e")), ("x", "y"),
                           ((0, 0), (1, 2)), dark)  # fmt: skip
    squares = figure.data[1]
    assert list(squares.customdata) == list(range(6)) and list(squares.text)[:3] == ["0.100", "", "0.300"]
    assert (squares.x[4], squares.y[4]) == (1, 1)
    assert [(shape.x0, shape.y0, shape.line.dash) for shape in figure.layout.shapes] == [
        (-0.5, -0.5, "solid"), (1.5, 0.5, "dot")]  # fmt: skip


def test_of_a_square_that_is_lower_the_colour_is_bluer():
    figure = search_figure(np.array([[0.1, 0.9]]), (("a", "b"), ("c",)), ("x", "y"), ((0, 0), (0, 0)), False)
    low, high = figure.data[0].colorscale[0][1], figure.data[0].colorscale[-1][1]
    assert (low, high) == ("#0877bd", "#e8eaeb") and list(figure.data[1].textfont.color) == ["#ffffff", "#31333f"]


@THEMES
def test_curves_are_means_with_their_ends(dark):
    losses = np.array([[[1.0, 3.0], [2.0, 2.0]], [[0.0, 1.0], [4.0, 6.0]]])
    figure = learning_figure((5, 10), losses, "epochs", dark)
    assert list(figure.data[0].y) == [2.0, 0.5] and list(figure.data[1].error_y.array) == [0.0, 1.0]


@THEMES
def test_luck_and_tuning(dark):
    simulated = np.maximum.accumulate(np.array([[0.5, 0.6, 0.55]]), axis=1)
    figure = luck_figure(simulated, (np.array([1, 3]), np.array([0.5, 0.6])), np.array([0.5, 0.7]), dark)
    assert list(figure.data[0].y) == [0.5, 0.6, 0.6] and [trace.name for trace in figure.data[1:]] == [
        "on average", "upper estimate"]  # fmt: skip
    found = tuning_figure(np.array([0.5, 0.8]), np.array([0.5, 0.4]), dark)
    assert list(found.data[0].y) == [0.5, 0.8] and list(found.data[1].x) == [1, 2]
