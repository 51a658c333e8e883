"""Figures of recurrence: strips below each other, gradients over the steps back, whiskers to the ends of the intervals."""

import numpy as np

from nncore.experiments.architectures import DistanceScore
from pages.parts.figures.recurrence.reach import distances_figure, gradients_figure
from pages.parts.figures.recurrence.steps import Strip, shares_figure, steps_figure


def test_strips_stand_below_each_other_over_the_same_steps():
    strips = [Strip("h", np.zeros((3, 4))), Strip("z", np.ones((2, 4)), is_share=True)]
    figure = steps_figure(strips, "ab c", ["", "", "x", "y"], False)
    upper, lower, _ = figure.data
    assert upper.y[-1] < lower.y[0] and list(upper.x) == list(lower.x) == [0, 1, 2, 3]
    assert (upper.zmin, lower.zmin) == (-1, 0) and figure.layout.xaxis.ticktext == ("a", "b", "␣", "c")
    assert figure.layout.xaxis2.ticktext == ("", "", "x", "y")


def test_gradients_stand_over_the_steps_back_and_the_radius_beside_them():
    now, before, powers = gradients_figure(np.array([0.0, 0.1, 1.0]), np.ones(3), 0.5, True).data
    assert list(now.x) == [2, 1, 0] and now.y[0] is None and np.allclose(powers.y, [0.25, 0.5, 1.0])
    assert np.allclose(before.y, 1.0)


def test_every_cell_has_a_line_with_its_interval():
    scores = [DistanceScore(cell, n, 4, 2, 0.25, 0.75) for n in (12, 20) for cell in ("rnn", "gru")]
    figure = distances_figure(scores, {"rnn": "plain", "gru": "GRU"}, False)
    assert [line.name for line in figure.data] == ["plain", "GRU"]
    assert all(np.allclose(line.error_y.array, 0.25) and len(line.x) == 2 for line in figure.data)


def test_shades_are_as_dark_as_the_share():
    strip = shares_figure(np.array([0.2, 0.8]), "a ", 1, False).data[0]
    assert list(strip.z[0]) == [0.2, 0.8] and strip.zmax == 0.8 and strip.text[0][1] == "␣"


def test_the_sizes_of_gradients_stand_on_a_log_axis_with_powers_of_ten():
    axis = gradients_figure(np.array([1e-8, 1e-4, 1.0]), np.array([1e3, 1e-12, 1.0]), 1.0, False).layout.yaxis
    assert axis.type == "log" and list(np.log10(axis.tickvals)) == list(range(-12, 4, 2))
    assert axis.ticktext[0] == "10<sup>-12</sup>" and len(axis.ticktext) == len(axis.tickvals)
