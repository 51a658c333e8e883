"""The figures of the Weights page: trace types and arrays, never pixels."""

import numpy as np
import pytest

from pages.parts.figures.batch_map import Ground
from pages.parts.figures.sample_map import picture_figure, sample_map_figure
from pages.parts.figures.weight_trends import (
    agreement_figure,
    firing_figure,
    histograms_figure,
    path_figure,
    spectrum_figure,
)  # fmt: skip
from pages.parts.figures.weights import matrices_figure, pictures_figure, product_figure


@pytest.mark.parametrize("dark", [False, True])
def test_each_layer_has_its_weights_and_its_biases_apart(dark):
    matrices = [np.arange(6.0).reshape(2, 3), np.array([[7.0, 8.0, 9.0]])]
    figure = matrices_figure(matrices, ["W1", "W2"], 9.0, dark)
    assert [trace.z.tolist() for trace in figure.data] == [[[0, 1], [3, 4]], [[2], [5]], [[7, 8]], [[9]]]
    assert {(trace.zmin, trace.zmax) for trace in figure.data} == {(-9, 9)}
    assert figure.data[1].x[0] > 2.5 and figure.layout.yaxis.range == (2.5, 0.5)  # first neuron on top
    assert figure.data[0].texttemplate == "%{z:.2f}"


def test_numbers_stand_in_cells_only_where_they_fit():
    figure = matrices_figure([np.ones((8, 65)), np.full((2, 3), 1e-3)], ["W1", "W2"], 1e-3, False)
    assert [trace.texttemplate for trace in figure.data] == [None, None, "%{z:.0e}", "%{z:.0e}"]


def test_a_product_shows_the_matrix_and_three_columns():
    figure = product_figure(np.ones((2, 4)), np.arange(3.0), np.array([1.0, -2]), np.array([0.5, -1]), True)
    assert [trace.z.tolist() for trace in figure.data[2:]] == [[[0], [1], [2]], [[1], [-2]], [[0.5], [-1]]]


def test_pictures_lie_side_by_side_with_a_frame_around_the_chosen_one():
    figure = pictures_figure(np.arange(12.0).reshape(3, 4), 2, 2, False)
    sheet = figure.data[0].z
    assert sheet.shape == (6, 6) and sheet[:2, :2].tolist() == [[0, 1], [2, 3]] and np.isnan(sheet[2]).all()
    assert sheet[3:5, :2].tolist() == [[8, 9], [10, 11]]
    frame = figure.layout.shapes[0]
    assert (frame.x0, frame.y0) == (-0.5, 2.5)
    assert [number.text for number in figure.layout.annotations] == ["<b>1</b>", "<b>2</b>", "<b>3</b>"]


def test_a_picture_has_a_frame_around_the_region_and_a_marker_to_select_each_pixel():
    region = np.array([False, True, False, True])
    figure = picture_figure(np.array([0.5, -1.0, 0, 1.0]), region, 200, True)
    assert figure.data[0].zmin == -1 and len(figure.data[1].x) == 4
    frame = figure.layout.shapes[0]
    assert (frame.x0, frame.x1, frame.y0, frame.y1) == (0.5, 1.5, -0.5, 1.5)
    assert len(picture_figure(np.ones(4), None, 200, True).data) == 1


def test_trends_show_what_they_are_given():
    heatmap = histograms_figure(np.arange(3), np.array([-1, 0, 1]), np.full((3, 2), 0.25), False).data[0]
    assert heatmap.z.tolist() == [[0.5] * 3] * 2 and list(heatmap.y) == [-0.5, 0.5]
    first, now = spectrum_figure(np.array([2.0, 1]), np.array([5.0, 1]), False).data
    assert (first.name, list(first.y), now.name, list(now.y)) == ("at first", [2, 1], "now", [5, 1])
    assert first.line.dash != now.line.dash and first.marker.symbol != now.marker.symbol
    weight, loss = path_figure(np.arange(2), np.array([1.0, 2]), np.array([3.0, 4]), "W1[1, 1]", True).data
    assert (list(weight.y), list(loss.y)) == ([1, 2], [3, 4])
    curve, mark = firing_figure(np.arange(3), np.array([0, 0.5, 1]), 1.0, 0.5, True).data
    assert list(curve.y) == [0, 0.5, 1] and (mark.x[0], mark.y[0]) == (1, 0.5)
    line, points = agreement_figure(np.array([1.0, 2]), np.array([0.0, 3]), True).data
    assert list(line.x) == list(line.y) == [0, 3] and list(points.y) == [0, 3]


def test_samples_on_the_map_are_numbered_from_one():
    ground = Ground(np.arange(2.0), np.arange(2.0), np.zeros((2, 2)), 2, 0, 1, ("x", "y"))
    figure = sample_map_figure(ground, np.eye(2), np.array([0, 1]), np.array([1]), False)
    points, ring = figure.data[-2:]
    assert list(points.customdata) == [1, 2] and len(set(points.marker.symbol)) == 2
    assert (list(ring.x), list(ring.y)) == ([0], [1])
    assert len(sample_map_figure(ground, np.eye(2), np.array([0, 1]), np.array([], dtype=int), False).data[-1].x) == 0
