"""The figures of the page about one update: trace types and arrays, never pixels."""

import json
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go
import pytest

from nncore.inspection.terms import leading_terms
from pages.parts.backprop.names import input_label, input_name, input_option
from pages.parts.fields.formula_tables import sum_table
from pages.parts.fields.numbers import latex, latex_matrix, latex_steps, latex_vector, plain, short
from pages.parts.figures.backprop.contributions import contributions_figure
from pages.parts.figures.backprop.gradient_flow import difference_steps_figure, gradient_flow_figure
from pages.parts.figures.backprop.passes import Bundle, Column, passes_figure
from pages.parts.figures.batch_map import Ground, batch_map_figure
from pages.parts.figures.palette import CLASSES, NEGATIVE, POSITIVE

AXIS = np.linspace(-1, 1, 5)
PLACES, LABELS = np.array([[0.0, 0.0], [0.5, 0.5], [-0.5, 0.5]]), np.array([0, 1, 1])


def ground(n_classes: int, answers: np.ndarray | None = None) -> Ground:
    return Ground(AXIS, AXIS, np.zeros((5, 5)) if answers is None else answers, n_classes, 0.0, 1.0, ("x", "y"))


@pytest.mark.parametrize("dark", [False, True])
def test_the_batch_is_lit_among_all_and_its_first_wears_a_ring(dark):
    heat, others, lit, ring = batch_map_figure(ground(2), PLACES, LABELS, np.array([2, 0]), dark).data
    assert isinstance(heat, go.Heatmap)
    assert list(others.x) == [0.5] and list(lit.customdata) == [2, 0]
    assert lit.text == ("training sample 3", "training sample 1")
    assert lit.marker.size > others.marker.size
    assert (list(ring.x), list(ring.y)) == ([-0.5], [0.5])
    assert lit.marker.symbol == ("square", "circle") and lit.marker.color == (CLASSES[1], CLASSES[0])


def test_regression_colours_by_value_and_one_input_is_a_curve():
    targets = np.array([0.1, 0.2, 0.9])
    curve, _, lit, _ = batch_map_figure(ground(0, np.zeros((1, 5))), PLACES, targets, np.array([1]), False).data
    assert curve.mode == "lines" and lit.marker.color.tolist() == [0.2]


def test_a_map_is_a_square_whatever_its_ranges_and_a_curve_is_not():
    wide = replace(ground(2), x=np.linspace(-4, 4, 5))
    up = batch_map_figure(wide, PLACES, LABELS, np.array([0]), False).layout.yaxis
    assert (up.scaleanchor, up.scaleratio) == ("x", 4.0)  # a unit upwards is as long as four across
    curve = batch_map_figure(ground(0, np.zeros((1, 5))), PLACES, LABELS, np.array([0]), False)
    assert curve.layout.yaxis.scaleanchor is None
    left, right = curve.layout.xaxis.range
    assert left < AXIS[0] and right > AXIS[-1]  # samples at the very ends are not cut


def test_many_classes_get_one_flat_colour_each():
    heat = batch_map_figure(ground(3), PLACES, LABELS, np.array([0]), False).data[0]
    assert {colour for _, colour in heat.colorscale} == set(CLASSES[:3]) and (heat.zmin, heat.zmax) == (-0.5, 2.5)


def diagram(step_deltas: bool, chosen=(0, 1, 0)) -> go.Figure:
    inputs = Column("inputs", np.array([0]), 1, ["x"], np.array([1.5]), None)
    outputs = Column("output", np.array([0, 1]), 9, ["a", "b"], np.array([0.25, -3.0]),
                     np.array([0.5, -0.001]) if step_deltas else None, True)
    weights = np.array([[2.0], [-1.0]])
    bundle = Bundle(weights, weights, weights / 10 if step_deltas else None, True)
    return passes_figure([inputs, outputs], [bundle], chosen, False)


def test_values_stand_in_the_neurons_and_deltas_under_them():
    figure = diagram(True)
    inside = [list(trace.text) for trace in figure.data if trace.name in ("inputs", "output")]
    assert inside == [["1.50"], ["0.25", "−3.00"]]
    words = [note.text for note in figure.layout.annotations]
    assert words == ["inputs", "output<br>2 of 9", "x", "1: <b>δ 0.500</b>", "2: <b>δ −0.001</b>"]


def test_what_stands_under_a_neuron_lies_clear_of_its_circle_and_of_the_next():
    for n_columns in (2, 8):
        column = Column("layer", np.array([0, 4]), 9, ["neuron 1", "neuron 5"], np.ones(2), np.array([0.5, -0.25]))
        weights = np.ones((2, 2))
        figure = passes_figure([column] * n_columns, [Bundle(weights, weights, None)] * (n_columns - 1), (0, 0, 0), True)
        (circles, *_) = [trace for trace in figure.data if trace.name == "layer"]
        label = [note for note in figure.layout.annotations if note.yanchor == "top"][-1]
        assert (label.y, label.text) == (circles.y[-1], "5: <b>−0.25</b>" if n_columns == 8 else "5: <b>δ −0.250</b>")
        low, high = figure.layout.yaxis.range
        a_row = (figure.layout.height - 16) / (high - low)  # pixels, within margins of 8
        radius = circles.marker.size / 2
        assert radius < -label.yshift and -label.yshift + label.height < a_row - radius


def test_a_narrow_diagram_keeps_the_neurons_numbers_before_the_deltas_are_known():
    column = Column("layer", np.array([2]), 9, ["neuron 3"], np.ones(1), None)
    figure = passes_figure([column] * 7, [Bundle(np.ones((1, 1)), np.ones((1, 1)), None)] * 6, (0, 0, 0), False)
    under = [note.text for note in figure.layout.annotations if note.yanchor == "top"]
    assert under == ["neuron 3", *["3"] * 6]


def test_a_pixel_is_labelled_by_its_number_and_told_by_its_place():
    name = "x₁, pixel in row 1, column 1"
    inputs = Column("inputs", np.array([0]), 1, [name], np.array([1.0]), None, labels=["x₁"])
    output = Column("output", np.array([0]), 1, ["neuron 1"], np.array([1.0]), None)
    figure = passes_figure([inputs, output], [Bundle(np.ones((1, 1)), np.ones((1, 1)), None)], (0, 0, 0), False)
    assert "x₁" in [note.text for note in figure.layout.annotations]
    (neuron,) = [trace for trace in figure.data if trace.name == "inputs"]
    assert neuron.hovertext[0].startswith(name)


@pytest.mark.parametrize(
    ("column", "names"),
    [("pixel_19_12", ("x₅₄₅, pixel in row 20, column 13", "x₅₄₅", "545: pixel in row 20, column 13")),
     ("petal length", ("petal length", "petal length", "545: petal length"))],
)  # fmt: skip
def test_inputs_are_named_from_one(column, names):
    assert tuple(name(column, 545) for name in (input_name, input_label, input_option)) == names


@pytest.mark.parametrize("chosen", [(0, 1, 0), (0, 1, 1), (0, 7, 0)], ids=["weight", "bias", "not shown"])
@pytest.mark.parametrize("step_deltas", [False, True])
def test_plotly_takes_every_part_of_the_diagram(chosen, step_deltas):
    figure = diagram(step_deltas, chosen)
    checked = go.Figure(figure.to_dict())  # raises for what Plotly does not know
    assert json.loads(checked.to_json()) == json.loads(figure.to_json())


def test_a_class_keeps_its_name_beside_its_delta():
    column = Column("output", np.array([0]), 1, ["versicolor"], np.array([0.5]), np.array([0.25]), keeps_names=True)
    weights = np.array([[1.0]])
    inputs = Column("inputs", np.array([0]), 1, ["x"], np.array([1.0]), None)
    figure = passes_figure([inputs, column], [Bundle(weights, weights, None)], (0, 0, 0), False)
    assert figure.layout.annotations[-1].text == "versic…: <b>δ 0.250</b>"


def test_before_the_pass_names_stand_under_the_neurons():
    assert [note.text for note in diagram(False).layout.annotations][-2:] == ["a", "b"]


def test_every_line_has_a_handle_that_names_its_weight():
    (handles,) = [trace for trace in diagram(True).data if trace.name == "weights"]
    assert np.array_equal(handles.customdata, [[0, 0, 0], [0, 1, 0]])
    assert handles.text[1] == "layer 1, neuron 2<br>weight on x: -1<br>gradient -0.1"


def test_negative_lines_are_dashed_and_weak_ones_thin():
    lines = [trace for trace in diagram(False).data if trace.mode == "lines" and trace.name is None]
    assert [(line.line.dash, line.line.width) for line in lines] == [("solid", 4.0), ("dash", 2.5)]


def test_the_chosen_weight_or_bias_is_marked():
    assert [trace.name for trace in diagram(True).data].count("chosen weight") == 1
    (bias,) = [trace for trace in diagram(True, (0, 1, 1)).data if trace.name == "chosen bias"]
    assert list(bias.x) == [1]


def test_numbers_that_left_all_bounds_are_drawn():
    column = Column("inputs", np.array([0]), 1, ["x"], np.array([np.inf]), None)
    strengths = np.array([[np.nan]])
    figure = passes_figure([column, column], [Bundle(strengths, strengths, None)], (0, 0, 0), True)
    assert figure.data[-1].text == ("not finite",)


def test_a_bar_for_each_sample():
    (bars,) = contributions_figure(np.array([0.5, -0.1]), 1, False).data
    assert bars.marker.color == (POSITIVE, NEGATIVE) and bars.marker.line.width == (0, 3)


def test_a_line_for_each_layer_with_gaps_where_the_gradient_is_nothing():
    figure = gradient_flow_figure(np.array([0, 1]), np.array([[1.0, 2.0], [0.0, 1e-4]]), 1, False)
    first, second = figure.data
    assert np.isnan(first.y[1]) and second.y[1] == 1e-4
    assert first.line.dash != second.line.dash and second.name == "layer 2 (output)"
    assert (first.mode, second.mode) == ("lines+markers", "lines")  # the first is one point alone
    assert figure.layout.yaxis.type == "log"


def test_a_point_between_two_gaps_is_a_marker():
    figure = gradient_flow_figure(np.arange(5), np.array([[1.0, 0.0, 2.0, 2.0, 0.0]]).T, 1, False)
    assert figure.data[0].marker.size.tolist() == [7, 0, 0, 0, 0] and "markers" in figure.data[0].mode
    assert gradient_flow_figure(np.array([0]), np.ones((1, 1)), 0, False).data[0].marker.size.tolist() == [7]


def test_the_step_in_use_is_ringed():
    steps = np.array([1e-3, 1e-2])
    line, ring = difference_steps_figure(steps, np.array([1e-6, 0.0]), 1e-3, True).data
    assert np.isnan(line.y[1]) and list(ring.x) == [1e-3]


@pytest.mark.parametrize(
    ("value", "small", "sentence", "formula"),
    [
        (0.1234567, "0.12", "0.1235", "0.1235"), (-12.3456, "−12.35", "−12.35", "-12.35"), (0.0, "0", "0", "0"),
        (-0.0, "0", "0", "0"), (3.2e-7, "3e-7", "3.2e-7", r"3.2 \cdot 10^{-7}"), (812.4, "812", "812.4", "812.4"),
        (1e20, "1e20", "1e20", r"1 \cdot 10^{20}"), (np.inf, "not finite", "not finite", r"\text{not finite}"),
    ],
)  # fmt: skip
def test_numbers_as_people_read_them(value, small, sentence, formula):
    assert (short(value), plain(value), latex(value)) == (small, sentence, formula)


def test_long_formulas_break_and_count_what_they_leave_out():
    assert latex_steps("x", "a", "1") == r"\begin{aligned}x &= a \\ &= 1\end{aligned}"
    assert latex_vector(np.arange(17.0)) == r"\begin{bmatrix}0 \\ 1 \\ 2 \\ 3 \\ \vdots \\ 16\end{bmatrix}"
    assert r"\vdots" not in latex_vector(np.arange(16.0))
    assert latex_matrix(np.array([[1.0, -2.0], [0.5, 4.0]])) == r"\begin{bmatrix}1 & -2 \\ 0.5 & 4\end{bmatrix}"


def test_a_sum_is_written_out_so_that_it_can_be_done_again():
    table = sum_table("jwxp", leading_terms(np.array([2.0, -1.0]), np.array([0.5, 3.0])), [("b", 0.25), ("z", -1.75)])
    assert table == (
        r"\begin{array}{c|rr|r} j & w & x & p \\ \hline 1 & 2 & 0.5 & 1 \\ 2 & -1 & 3 & -3 \\ b & & & 0.25 "
        r"\\ \hline z & & & -1.75 \end{array}"
    )
    assert r"9 & 1 & 9 & 9 \\ 10 &" in sum_table("jwxp", leading_terms(np.ones(16), np.arange(1.0, 17.0)), [("z", 136.0)])
    assert r"\text{9 more} & & & 45" in sum_table("jwxp", leading_terms(np.ones(17), np.arange(1.0, 18.0)), [("z", 153.0)])
