"""The figures of the Weights page: trace types and arrays, never pixels."""

import numpy as np
import pytest

from pages.parts.fields.labels import class_chips
from pages.parts.figures.batch_map import Ground
from pages.parts.figures.blocks import Place, block, column_numbers, marks, row_numbers
from pages.parts.figures.palette import CLASSES, GLYPHS, MARKERS
from pages.parts.figures.weights.matrices import has_room, matrices_figure, numbers_in_cells, pictures_figure, product_figure
from pages.parts.figures.weights.sample_map import PALE, Samples, digits_figure, outline, picture_figure, sample_map_figure
from pages.parts.figures.weights.trends import (
    agreement_figure,
    firing_figure,
    histograms_figure,
    lines_figure,
    path_figure,
    spectrum_figure,
)  # fmt: skip


def cells(trace) -> list:
    """What a block shows, without the row and the column that are empty."""
    return np.array(trace.z)[1:, 1:].tolist()


@pytest.mark.parametrize("dark", [False, True])
def test_each_layer_has_its_weights_and_its_biases_apart(dark):
    matrices = [np.arange(6.0).reshape(2, 3), np.array([[7.0, 8.0, 9.0]])]
    figure = matrices_figure(matrices, ["W1", "W2"], [9.0, 9.0], 11, dark)
    *blocks, words = figure.data
    assert [cells(trace) for trace in blocks] == [[[0, 1], [3, 4]], [[2], [5]], [[7, 8]], [[9]]]
    assert {(trace.zmin, trace.zmax) for trace in blocks} == {(-9, 9)}
    assert blocks[1].x[1] > blocks[0].x[-1] and blocks[2].y[1] > blocks[0].y[-1]
    bottom, top = figure.layout.yaxis.range
    assert top == 0 and bottom > blocks[3].y[-1]  # first neuron on top, in pixels from above
    assert blocks[0].texttemplate == "%{z:.2f}"
    assert {"W1 and its biases b", "W2 and its biases b", "b", "z₁ ", "z₂ ", "x₂", "a₂"} < set(words.text)
    assert list(words.text).count("colours to ±9") == 1


def test_a_layer_can_have_a_colour_scale_of_its_own():
    figure = matrices_figure([np.ones((1, 2)), np.full((1, 2), 5.0)], ["W1", "W2"], [1.0, 5.0], 11, False)
    assert [trace.zmax for trace in figure.data[:4]] == [1, 1, 5, 5]
    assert {"colours to ±1", "colours to ±5"} < set(figure.data[-1].text)


def test_a_cell_s_row_and_column_count_from_one():
    trace = block(np.array([[1.0, 2.0]]), Place(0, 1, 10, 30), 2.0, False)
    assert np.isnan(trace["z"][0]).all() and np.isnan(trace["z"][:, 0]).all() and trace["z"][1, 2] == 2
    assert trace["x"].tolist() == [-0.5, 0, 0.5, 1] and trace["y"].tolist() == [-10, 10, 30]  # the first of each are empty


def test_names_stand_under_the_middles_in_equal_steps():
    assert [(word.text, word.x) for word in column_numbers(2, Place(0, 1, 0, 50), "x")] == [("x₁", 0.25), ("x₂", 0.75)]
    words = column_numbers(784, Place(0, 0.9, 0, 50), "x")
    assert [word.text for word in words[:2]] == ["x₁", "x₁₀₁"] and len(words) == 8
    assert row_numbers(2, Place(0.5, 1, 0, 50), "z")[1] == ("z₂ ", 0.5, 37.5, "middle left", 11)


@pytest.mark.parametrize("count, most, expected", [
    (1, 8, [1]), (8, 8, [*range(1, 9)]), (10, 8, [1, 3, 5, 7, 9]), (16, 8, [*range(1, 16, 2)]), (64, 8, [*range(1, 62, 10)]),
])  # fmt: skip
def test_marks_are_evenly_spread(count, most, expected):
    assert marks(count, most).tolist() == expected


def test_numbers_stand_in_cells_only_where_they_fit():
    figure = matrices_figure([np.ones((8, 65)), np.full((2, 3), 1e-3)], ["W1", "W2"], [1e-3, 1e-3], 11, False)
    assert [trace.texttemplate for trace in figure.data] == [None, None, "%{text}", "%{text}", None]
    assert [list(row) for row in figure.data[2].text] == [["", "", ""], ["", "0.001", "0.001"], ["", "0.001", "0.001"]]
    figure = matrices_figure([np.ones((1, 2))], ["W1"], [1.0], 0, False)
    assert [trace.texttemplate for trace in figure.data] == [None] * 3


@pytest.mark.parametrize("n_out, n_in, room", [(10, 16, 24), (10, 16, 11), (24, 11, 11), (25, 11, 11), (16, 784, 24)])
def test_a_layer_has_room_for_its_numbers_where_it_gets_them(n_out, n_in, room):
    block = matrices_figure([np.ones((n_out, n_in + 1))], ["W1"], [1.0], room, False).data[0]
    assert (block.texttemplate is not None) == has_room(n_out, n_in, room)


@pytest.mark.parametrize("value, limit, written", [
    (0.0498, 0.0999, "0.0498"), (0.0, 1e-3, "0"), (17258.4, 17258.4, "1.73e4"), (-4.98e-5, 6e-5, "−5.0e-5"),
    (0.000151, 1e-3, "1.5e-4"),
])  # fmt: skip
def test_numbers_in_cells_have_three_digits_where_two_decimals_say_too_little(value, limit, written):
    assert numbers_in_cells(np.array([[value]]), limit)["text"][1] == ["", written]


@pytest.mark.parametrize("limit", [0.1, 999])
def test_numbers_in_cells_have_two_decimals_elsewhere(limit):
    assert numbers_in_cells(np.array([[limit]]), limit)["texttemplate"] == "%{z:.2f}"


def test_a_product_shows_the_matrix_and_three_columns():
    figure = product_figure(np.ones((2, 4)), np.arange(3.0), np.array([1.0, -2]), np.array([0.5, -1]), True)
    assert list(figure.data[3].y) == list(figure.data[0].y) == list(figure.data[4].y)  # z and a beside their rows
    assert [cells(trace) for trace in figure.data[2:5]] == [[[0], [1], [2]], [[1], [-2]], [[0.5], [-1]]]


def test_hundreds_of_inputs_are_no_taller_than_a_layer_may_be():
    figure = product_figure(np.ones((16, 785)), np.ones(784), np.ones(16), np.ones(16), False)
    assert figure.layout.height < 420 and figure.data[2].texttemplate is None


def test_pictures_lie_side_by_side_with_a_frame_around_the_chosen_one():
    figure = pictures_figure(np.arange(12.0).reshape(3, 4), 2, 2, False)
    sheet = figure.data[0].z
    assert sheet.shape == (6, 6) and sheet[:2, :2].tolist() == [[0, 1], [2, 3]] and np.isnan(sheet[2]).all()
    assert sheet[3:5, :2].tolist() == [[8, 9], [10, 11]]
    frame = figure.layout.shapes[0]
    assert (frame.x0, frame.y0) == (-0.5, 2.5)
    numbers = figure.data[1]
    assert list(numbers.text) == ["<b>1</b>", "<b>2</b>", "<b>3</b>"] and (numbers.x[2], numbers.y[2]) == (0, 3)
    targets = figure.data[2]
    assert list(zip(targets.customdata, targets.x, targets.y, strict=True)) == [(1, 0.5, 0.5), (2, 3.5, 0.5), (3, 0.5, 3.5)]


def test_a_picture_has_a_line_around_the_region_and_a_marker_to_select_each_pixel():
    region = np.array([False, True, False, True])
    figure = picture_figure(np.array([0.5, -1.0, 0, 1.0]), region, 200, True)
    assert figure.data[0].zmin == -1 and len(figure.data[1].x) == 4
    assert figure.data[0].z == pytest.approx(np.array([[0.5 * PALE, -1], [0, 1]]))  # pale outside the region
    line = figure.data[2]
    x, y = np.array(line.x), np.array(line.y)
    assert (np.nanmin(x), np.nanmax(x), np.nanmin(y), np.nanmax(y)) == (0.5, 1.5, -0.5, 1.5)
    assert len(picture_figure(np.ones(4), None, 200, True).data) == 1


def test_the_outline_of_a_pixel_is_its_four_sides():
    region = np.zeros((3, 3), dtype=bool)
    region[0, 2] = True
    x, y = (values.reshape(-1, 3) for values in outline(region))
    sides = {(a[0], b[0], a[1], b[1]) for a, b in zip(x.tolist(), y.tolist(), strict=True)}
    assert sides == {(1.5, -0.5, 2.5, -0.5), (1.5, 0.5, 2.5, 0.5), (1.5, -0.5, 1.5, 0.5), (2.5, -0.5, 2.5, 0.5)}


def test_chosen_digits_lie_beside_each_other():
    sheet = digits_figure(np.array([[0, 1, 0, 1], [1, 0, 1, 0.5]]), False).data[0].z
    assert sheet[:, :2].tolist() == [[0, 1], [0, 1]] and sheet[:, 3:].tolist() == [[1, 0], [1, 0.5]]
    assert np.isnan(sheet[:, 2]).all()


def test_trends_show_what_they_are_given():
    heatmap = histograms_figure(np.arange(3), np.array([-1, 0, 1]), np.full((3, 2), 0.25), False).data[0]
    assert heatmap.z.tolist() == [[0.5] * 3] * 2 and list(heatmap.y) == [-0.5, 0.5]
    assert list(heatmap.colorbar.ticktext) == ["0 %", "6.25 %", "25 %"] and heatmap.zmax == 0.5
    lines = lines_figure(np.arange(2), np.array([[1.0, 2, 3, 4], [5, 6, 7, 8]]), 2, True).data
    assert [list(line.y) for line in lines] == [[1, 5], [2, 6], [3, 7], [4, 8]]
    assert lines[2].hovertemplate.startswith("neuron 2, input 1<br>")
    first, now = spectrum_figure(np.array([2.0, 1]), np.array([5.0, 1]), False).data
    assert (first.name, list(first.y), now.name, list(now.y)) == ("at first", [2, 1], "now", [5, 1])
    assert first.line.dash != now.line.dash and first.marker.symbol != now.marker.symbol
    weight, loss = path_figure(np.arange(2), np.array([1.0, 2]), np.array([3.0, 4]), "W1[1, 1]", True).data
    assert (list(weight.y), list(loss.y)) == ([1, 2], [3, 4])
    curve, mark = firing_figure(np.arange(3), np.array([0, 0.5, 1]), 1.0, 0.5, True).data
    assert list(curve.y) == [0, 0.5, 1] and (mark.x[0], mark.y[0]) == (1, 0.5)
    line, points = agreement_figure(np.array([1.0, 2]), np.array([0.0, 3]), True).data
    assert list(line.x) == list(line.y) == [0, 3] and list(points.y) == [0, 3]


def test_at_the_first_frame_no_epochs_are_shown_before_it():
    one = np.zeros(1)
    for figure in (lines_figure(one, np.ones((1, 2)), 2, True), path_figure(one, one, one, "w", True)):
        assert min(figure.layout.xaxis.range) > -0.1


def test_samples_on_the_map_are_numbered_from_one():
    ground = Ground(np.arange(2.0), np.arange(2.0), np.zeros((2, 2)), 2, 0, 1, ("x", "y"))
    samples = Samples(np.eye(2), np.array([0, 1]))
    figure = sample_map_figure(ground, samples, np.array([1]), False)
    first, second, ring = figure.data[-3:]
    assert (list(first.customdata), list(second.customdata)) == ([1], [2])
    assert first.marker.symbol != second.marker.symbol and first.marker.color != second.marker.color
    assert (list(ring.x), list(ring.y)) == ([0], [1])
    assert len(sample_map_figure(ground, samples, np.array([], dtype=int), False).data[-1].x) == 0


def test_classes_are_told_apart_by_letter_and_by_colour():
    line = class_chips(["a<b", "c"])
    assert "●" in line and "■" in line and "a&lt;b" in line
    assert all(colour in line for colour in CLASSES[:2]) and CLASSES[2] not in line
    assert len(GLYPHS) == len(MARKERS) == len(CLASSES)
