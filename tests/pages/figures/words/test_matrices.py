import numpy as np
import plotly.graph_objects as go
import pytest

from pages.parts.figures.words.loss_strip import loss_strip, strip_legend
from pages.parts.figures.words.matrices import (
    diagonal_figure,
    dot_products,
    falling_losses,
    matrix_figure,
    name_words,
    plain,
    word_map,
)

E = np.array([[1.0, 2.0], [-3.0, 0.5]])


@pytest.mark.parametrize("dark", [False, True])
def test_a_matrix_has_words_at_both_sides_and_a_symmetric_scale(dark):
    words = ("cat", "cat")
    figure = matrix_figure(E @ E.T, words, words, dot_products(E, words), dark)
    (heatmap,) = figure.data
    assert isinstance(heatmap, go.Heatmap)
    assert np.array_equal(heatmap.z, E @ E.T)
    assert heatmap.zmax == -heatmap.zmin == 9.25
    assert list(figure.layout.xaxis.ticktext) == list(figure.layout.yaxis.ticktext) == ["cat", "cat"]
    assert figure.layout.yaxis.autorange == "reversed"


def test_a_cell_writes_its_dot_product_out():
    assert dot_products(E, ("a", "b"))[0][1] == "<b>a · b</b><br>1.00·(−3.00) + 2.00·0.50<br>= −2.000"


def test_typed_words_are_never_markup():
    assert plain("<b>&") == "&lt;b&gt;&amp;"
    hover = dot_products(E, ("<img src=x>", "b"))[0][0]
    assert "<img" not in hover
    figure = matrix_figure(E, ("<b>a</b>", "b"), ("1", "2"), [["", ""], ["", ""]], False)
    assert figure.layout.yaxis.ticktext[0] == "&lt;b&gt;a&lt;/b&gt;"


def test_a_long_word_is_cut():
    assert plain("x" * 40) == "x" * 13 + "…"


def test_numbers_stand_in_small_matrices_alone():
    small, large = (np.zeros((n, n)) for n in (4, 20))
    figures = [matrix_figure(M, ["w"] * len(M), ["w"] * len(M), M.astype(str), False) for M in (small, large)]
    assert [figure.data[0].texttemplate is None for figure in figures] == [False, True]


def test_a_matrix_that_does_not_fit_its_words_is_refused():
    with pytest.raises(ValueError, match=r"values must have the shape \(1, 2\), got \(2, 2\)"):
        matrix_figure(E, ("a",), ("b", "c"), [], False)


def test_the_map_has_a_trace_per_kind_with_a_marker_of_its_own():
    points = np.arange(6.0).reshape(3, 2)
    figure = word_map(points, points, ("cat", "bus", "the"), ("animals", "vehicles", "other words"), False)
    assert [trace.name for trace in figure.data] == ["animals", "vehicles", "other words"]
    assert len({trace.marker.symbol for trace in figure.data}) == 3
    assert list(figure.layout.xaxis.range) == [-0.48, 4.48]


def test_names_at_one_point_stand_apart_and_are_no_markup():
    points = np.ones((2, 2))
    figure = word_map(points, np.array([[0.0, 0.0], [2.0, 2.0]]), ("cat", "<b>"), ("animals", "animals"), True)
    name_words(figure, points, ("cat", "<b>"), True)
    first, second = figure.layout.annotations
    assert (first.x, first.y) == (1, 1) and abs(first.ay - second.ay) >= 17
    assert second.text == "<b>&lt;b&gt;</b>"


def test_losses_are_on_a_log_axis_with_the_level_to_beat():
    figure = falling_losses(np.array([[2.0, 3.0], [1.0, 2.0]]), ["training", "validation"], 1, 4.0, True)
    assert figure.layout.yaxis.type == "log"
    assert [trace.name for trace in figure.data] == ["training", "validation", "predicting the mean"]
    assert list(figure.data[2].y) == [4.0, 4.0]
    assert figure.layout.shapes[0].x0 == 1


def test_the_diagonal_shows_the_formula_where_there_is_one():
    true = np.array([1.0, 2.0])
    names = [trace.name for trace in diagonal_figure(true, true + 1, true, 1.5, False).data]
    assert names == ["predicted = true", "predicting the mean", "network", "exact formula"]
    assert len(diagonal_figure(true, true, None, 1.5, False).data) == 3


def test_the_strip_has_a_line_per_curve_as_far_as_the_work_is():
    svg = loss_strip(np.array([[1.0, 2.0], [0.5, 1.0]]), 0.5, False)
    assert svg.count("<polyline") == 2
    assert "300.0," in svg  # half of the width
    assert "<text" not in svg  # the picture shrinks on a phone; its words are text of the page
    assert "training — · validation - -" in strip_legend(["training", "validation"])
    assert "<polyline" in loss_strip(np.zeros(1), 0.0, True)


def test_cells_that_are_all_the_same_are_not_magnified():
    figure = diagonal_figure(1 + 1e-16 * np.arange(3), 1 + 1e-15 * np.arange(3), None, 1.0, dark=False)
    assert figure.layout.xaxis.range == figure.layout.yaxis.range == (0.5, 1.5)
    assert diagonal_figure(np.arange(3.0), np.arange(3.0), None, 1.0, dark=False).layout.xaxis.range is None
