"""The lessons' figures: a prediction with the outcome over it, and the few pictures that the steps share."""

import numpy as np
import pytest

from pages.parts.figures.lessons.parts import layers
from pages.parts.figures.lessons.pictures import bars, cells, classes_map, curves, piles, points_and_lines, with_dots
from pages.parts.figures.lessons.predicted import AWAITED, awaited, number_beside_number, sketch_figure, tries_figure

UNTRIED = [np.nan] * 5  # what is known of options that nobody tried
DARK = pytest.mark.parametrize("dark", [False, True])


def numbers_of(figure) -> list[str]:
    """The numbers that stand beside the rows of a task's tries."""
    return [note.text for note in figure.layout.annotations]


def two_tries(options, values, target):
    """The picture of two options, and of what those that were tried gave."""
    return tries_figure(options, values, target, ("option", "measured"), UNTRIED[:2], False)


@DARK
def test_the_number_predicted_stands_beside_the_one_that_is(dark):
    (bar,) = number_beside_number(2.0, 3.5, dark).data
    assert list(bar.x) == [3.5, 2.0] and list(bar.y) == ["what happens", "your prediction"]
    assert bar.marker.pattern.shape == ("", "/")  # not told apart by colour alone


@pytest.mark.parametrize(("told", "answer"), [(1.0, -0.02943), (-1.0, 0.02943), (-3.0, -2.0), (3.0, 2.0), (0.0, 0.0)])
def test_both_numbers_stand_beyond_their_bars_with_room_before_the_edge(told, answer):
    figure = number_beside_number(told, answer, False)
    low, high = figure.layout.xaxis.range
    assert figure.data[0].textposition == "outside"
    assert all(value - low > 0.1 * (high - low) for value in (told, answer) if value < 0)
    assert all(high - value > 0.1 * (high - low) for value in (told, answer) if value > 0)


@DARK
def test_the_true_curve_lies_over_the_sketch(dark):
    looks = ("epoch", "loss", 0.0, 1.0)
    curve = (np.array([0.0, 5.0, 10.0]), np.array([0.9, 0.3, 1.4]))
    sketch, truth = sketch_figure([0, 10], [1.0, 0.5], looks, curve, dark).data
    assert list(sketch.y) == [1.0, 0.5] and list(truth.y) == [0.9, 0.3, 1.4] and sketch.line.dash == "dash"
    assert len(sketch_figure([0, 10], [1.0, 0.5], looks, None, dark).data) == 1


def test_a_true_curve_above_the_sketchs_range_is_seen():
    figure = sketch_figure([0, 1], [1, 1], ("", "", 0.0, 1.0), (np.array([0.0, 1.0]), np.array([0.5, 2.5])), False)
    assert figure.layout.yaxis.range[1] > 2.5


def test_tries_show_what_was_tried_and_the_target_even_where_a_number_overflowed():
    figure = tries_figure([1, 2, 3], [0.5, np.nan, np.inf], (0.1, "target"), ("neurons", "loss"), UNTRIED[:3], False)
    assert numbers_of(figure) == ["0.5", "", "overflowed"] and figure.layout.shapes[0].x0 == 0.1
    assert list(figure.data[0].y) == ["1", "2", "3"] and list(np.isfinite(figure.data[0].x)) == [True, False, False]
    assert figure.layout.xaxis.range[0] < 0.1 and np.isfinite(figure.layout.xaxis.range).all()


def test_the_numbers_of_tries_stand_beside_the_axes_each_in_its_own_row():
    values = [0.0, 9.095e-13, 0.0001329, 1.0, 11_057_332.0]
    figure = tries_figure([1, 2, 3, 4, 5], values, (0.01, "target"), ("rate", "loss"), UNTRIED, False)
    notes, longest = figure.layout.annotations, len("9.095·10⁻¹³")
    assert all((note.x, note.xref, note.xanchor) == (1, "paper", "left") for note in notes)
    assert [note.y for note in notes] == [0, 1, 2, 3, 4] and numbers_of(figure)[1:3] == ["9.095·10⁻¹³", "0.0001329"]
    assert figure.layout.margin.r > 7 * longest and figure.layout.height / len(values) > 20
    assert list(figure.layout.yaxis.range) == [4.5, -0.5]  # from above to below, and no row is cut
    # 0 has no place on a logarithmic axis: it stands at its end, before all others.
    x = figure.data[0].x
    assert figure.layout.xaxis.type == "log" and 0 < x[0] < x[1] and list(x[1:]) == values[1:]
    assert figure.layout.xaxis.range[0] < np.log10(x[0])


def test_tries_that_differ_by_powers_of_ten_stand_on_a_log_axis():
    small = two_tries([1, 2], [1e-5, 2e-5], (1e-6, "target")).layout.xaxis
    assert small.exponentformat == "power"  # and not 10μ
    only_target = two_tries([1, 2], [np.nan, np.nan], (1e-6, "target"))
    low, high = only_target.layout.xaxis.range
    assert only_target.layout.xaxis.type == "log" and low < -7 and high > -5
    axis = two_tries([1, 2], [1e26, 0.001], (0.01, "target")).layout.xaxis
    assert axis.type == "log" and axis.range[0] < -3 and axis.range[1] > 26


def test_the_axis_of_a_loss_begins_at_0_and_that_of_a_share_ends_at_1():
    low, _ = two_tries([1, 2], [np.nan, np.nan], (0.01, "target")).layout.xaxis.range
    assert -0.06 < low < 0
    _, high = two_tries([1, 2], [np.nan, np.nan], (0.99, "target")).layout.xaxis.range
    assert 1 < high < 1.06
    low, high = two_tries([1, 2], [80.0, np.nan], (90.0, "target")).layout.xaxis.range
    assert low < 80 and high > 90
    low, _ = two_tries([1, 2], [-0.5, np.nan], (0.1, "target")).layout.xaxis.range
    assert low < -0.5


def test_thousands_are_written_out_on_an_axis_that_begins_at_0_before_anything_was_tried():
    empty = two_tries([8, 12], [np.nan, np.nan], (10_000.5, "target")).layout.xaxis
    assert (empty.exponentformat, empty.separatethousands) == ("none", True)
    assert -1 < empty.range[0] <= 0 and 11_000 < empty.range[1] < 20_000
    tried = two_tries([8, 12], [np.nan, 9550.0], (10_000.5, "target"))
    assert numbers_of(tried) == ["", "9,550"]


def test_a_place_on_a_curve_is_marked_by_its_name_and_the_last_one_is_filled():
    curve = curves([0, 1, 2], {"loss": np.array([1.0, 0.0, 1.0])}, ("w", "loss"), False)
    _, first, last = with_dots(curve, {"w = 0": (0, 1.0), "w = 1": (1, 0.0)}, False).data
    assert (first.name, first.x[0], first.y[0], first.marker.symbol) == ("w = 0", 0, 1.0, "circle-open")
    assert (last.name, last.x[0], last.y[0], last.marker.symbol) == ("w = 1", 1, 0.0, "circle")


def test_many_neurons_stand_in_smaller_circles_so_that_all_are_on_the_screen():
    few, many = (layers([["x"], ["z"] * n, ["y"]], [], False) for n in (4, 12))
    assert few.data[-1].marker.size == 46 and few.layout.height == 350
    wide, subscript = (layers([[name]], [], False) for name in ("dL/dz<br>−1.03", "x<sub>784</sub>"))
    assert wide.data[-1].marker.size > 5 * 8 + 20 and wide.layout.height > 110 + wide.data[-1].marker.size
    assert subscript.data[-1].marker.size < wide.data[-1].marker.size  # what is between < and > is no letter
    assert many.layout.height < 500 and many.data[-1].marker.size < 360 / 12


def test_what_nobody_tried_is_told_apart_by_hollow_dots():
    figure = tries_figure([1, 2, 3], [np.nan, 0.5, np.nan], (0.4, "target"), ("neurons", "share"), [0.2, np.nan, 3.0], False)
    assert [trace.name for trace in figure.data] == ["you tried", "not tried, and misses", "target"]
    assert figure.data[1].marker.symbol == "circle-open" and figure.data[1].x[0] == 0.2
    assert numbers_of(figure) == ["0.2", "0.5", "3"]
    assert figure.layout.xaxis.range[0] < 0.2 and figure.layout.xaxis.range[1] > 3
    assert len(tries_figure([1], [0.5], (0.4, "target"), ("neurons", "share"), [np.nan], False).data) == 2


@DARK
def test_the_pictures_hold_the_numbers(dark):
    assert list(bars(["a", "b"], [1.5, -2.0], "", dark, 1).data[0].text) == ["1.50", "−2.00"]
    assert list(bars(["a", "b"], [1234, -2], "", dark).data[0].text) == ["1,234", "−2"]
    assert bars([str(k) for k in range(64)], np.ones(64), "", dark).data[0].text is None  # too many to be read
    heatmap = cells(np.array([[1.0, -2.0]]), ["r"], ["a", "b"], dark).data[0]
    assert (heatmap.zmin, heatmap.zmax) == (-2.0, 2.0) and list(heatmap.text[0]) == ["1", "−2"]
    assert cells(np.array([[1.0, -0.5]]), ["r"], ["a", "b"], dark).data[0].text[0][0] == "1.00"  # all with decimals, or none
    drawn = curves([0, 1], {"one": np.array([1.0, 2.0]), "two": np.array([3.0, 4.0])}, ("x", "y"), dark, True)
    assert [line.name for line in drawn.data] == ["one", "two"] and drawn.layout.yaxis.type == "log"
    line = points_and_lines(np.array([0.0, 2.0]), np.array([1.0, 1.0]), {"line": np.array([2.0, 1.0])}, dark).data[1]
    assert np.diff(line.y) / np.diff(line.x) == pytest.approx([2.0])
    figure = classes_map(np.eye(2), np.array([0, 1]), ("outside", "inside"), dark, (np.arange(2), np.arange(2), np.eye(2)))
    assert [trace.type for trace in figure.data] == ["heatmap", "scatter", "scatter"]
    assert [trace.name for trace in figure.data[1:]] == ["outside", "inside"]
    assert figure.data[1].marker.symbol != figure.data[2].marker.symbol


@DARK
def test_piles_count_every_number_over_the_same_stretches(dark):
    figure = piles({"wide": np.array([-4.0, 0.1, 4.0]), "narrow": np.array([-0.1, 0.1])}, "score", dark)
    assert [sum(line.y) for line in figure.data] == [3, 2] and list(figure.data[0].x) == list(figure.data[1].x)
    assert figure.data[0].y[0] == figure.data[0].y[-1] == 1 and figure.layout.yaxis.title.text == "how often"


@DARK
def test_layers_join_every_circle_with_all_of_the_next(dark):
    figure = layers([["x₁", "x₂", "1"], ["z"]], [["w₁ = 2", "w₂ = −1", "b = 3"]], dark)
    assert list(figure.data[-1].text) == ["x₁", "x₂", "1", "z"] and len(figure.data) == 4
    middles = {note.text: (note.x, note.y) for note in figure.layout.annotations}
    assert middles["w₁ = 2"] == pytest.approx((0.5, 0.7)) and middles["b = 3"] == pytest.approx((0.5, -0.3))
    assert len(layers([["x₁", "x₂", "x₃"], ["", ""], ["x₁", "x₂", "x₃"]], [], dark).data) == 13


def test_an_empty_cell_leaves_the_scale_to_the_others():
    heatmap = cells(np.array([[1.0, -2.0], [np.nan, np.nan]]), ["r", "s"], ["a", "b"], False).data[0]
    assert (heatmap.zmin, heatmap.zmax) == (-2.0, 2.0) and heatmap.text[1][0] in ("", " ")


def test_what_is_awaited_has_the_axes_names_and_no_number():
    made = awaited(bars(["one", "two"], [3.0, 40.0], "spread", False, 1), False)
    assert not made.data and made.layout.yaxis.title.text == "spread" and made.layout.height == 260
    assert not made.layout.xaxis.showticklabels and not made.layout.yaxis.showticklabels
    assert list(made.layout.yaxis.range) == [0, 1]  # nothing of the outcome
    assert [one.text for one in made.layout.annotations] == [AWAITED]
