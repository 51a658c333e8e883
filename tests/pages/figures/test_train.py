"""The figures: trace types, arrays and titles, never pixels."""

import numpy as np
import plotly.graph_objects as go
import pytest

from pages.parts.figures.palette import CLASSES, MARKERS, NEGATIVE, POSITIVE, diverging_scale, mix, text, zero
from pages.parts.figures.theme import base_layout
from pages.parts.figures.train.confusion import confusion_figure
from pages.parts.figures.train.residuals import residuals_figure


@pytest.mark.parametrize("dark", [False, True])
def test_confusion_shows_counts_and_the_share_of_each_row(dark):
    figure = confusion_figure(np.array([[6, 2], [1, 9]]), ("outside", "inside"), dark)
    (heatmap,) = figure.data
    assert isinstance(heatmap, go.Heatmap)
    assert np.allclose(heatmap.z, [[0.75, 0.25], [0.1, 0.9]])
    assert [cell.text for cell in figure.layout.annotations] == [
        "<b>6</b><br>75 %", "<b>2</b><br>25 %", "<b>1</b><br>10 %", "<b>9</b><br>90 %",
    ]  # fmt: skip
    assert figure.layout.xaxis.title.text == "predicted"
    assert figure.layout.yaxis.title.text == "true"
    assert figure.layout.yaxis.autorange == "reversed"  # the first class on top, as in the matrix
    assert heatmap.text[0][1] == "true: outside<br>predicted: inside<br>2 of 8 samples (25.0 %)"


@pytest.mark.parametrize("n_classes", range(2, 11))
def test_confusion_works_for_any_number_of_classes(n_classes):
    names = [f"a class with a long name {k}" for k in range(n_classes)]
    figure = confusion_figure(np.eye(n_classes, dtype=int), names, dark=False)
    assert len(figure.layout.annotations) == n_classes**2
    assert max(len(name) for name in figure.layout.xaxis.ticktext) <= 12


def test_confusion_of_a_class_without_samples_has_share_zero():
    figure = confusion_figure(np.array([[0, 0], [3, 1]]), "ab", dark=False)
    assert np.allclose(figure.data[0].z, [[0, 0], [0.75, 0.25]])


def test_confusion_refuses_counts_that_do_not_fit():
    with pytest.raises(ValueError, match=r"counts must have the shape \(3, 3\), got \(2, 2\)"):
        confusion_figure(np.eye(2), "abc", False)


def test_residuals_show_the_samples_the_diagonal_and_the_counts():
    target, predicted = np.array([0.0, 1.0, 2.0, 3.0]), np.array([[0.5], [1.0], [1.0], [5.0]])
    samples, agreement, histogram = residuals_figure(predicted, target, "height", dark=True).data
    assert samples.mode == "markers" and np.array_equal(samples.x, target)
    assert np.array_equal(samples.y, predicted.ravel())
    assert np.array_equal(samples.customdata, [0.5, 0.0, -1.0, 2.0])
    assert agreement.mode == "lines" and list(agreement.x) == list(agreement.y) == [0.0, 5.0]
    assert isinstance(histogram, go.Bar) and sum(histogram.y) == 4
    below = np.array(histogram.marker.color) == NEGATIVE
    assert histogram.y[below].sum() == 1  # the one sample predicted too low


def test_residuals_name_the_target():
    figure = residuals_figure(np.zeros(3), np.ones(3), "height", dark=False)
    assert (figure.layout.xaxis.title.text, figure.layout.yaxis.title.text) == ("true height", "predicted")


@pytest.mark.parametrize("values", [np.array([]), np.zeros(3)])
def test_residuals_survive_no_samples_and_perfect_ones(values):
    samples = residuals_figure(values, values, "y", dark=False).data[0]
    assert (samples.marker.cmin, samples.marker.cmax) == (-1.0, 1.0)


def test_residuals_refuse_lengths_that_differ():
    with pytest.raises(ValueError, match=r"predicted must have as many values as target, 3, got 2"):
        residuals_figure(np.zeros(2), np.zeros(3), "y", False)


def test_the_template_is_explicit_and_follows_the_page():
    light, dark = (base_layout(is_dark, 300)["template"].layout for is_dark in (False, True))
    assert light.paper_bgcolor == dark.paper_bgcolor == "rgba(0, 0, 0, 0)"
    assert light.font.color == text(False) != dark.font.color


def test_the_palette_gives_two_classes_the_ends_of_the_diverging_scale():
    assert CLASSES[:2] == (NEGATIVE, POSITIVE)
    assert len(set(CLASSES)) == len(set(MARKERS)) == 10
    assert diverging_scale(True) == [(0.0, NEGATIVE), (0.5, zero(True)), (1.0, POSITIVE)]


def test_mix_lies_between_its_colours():
    assert mix("#000000", "#ff8040", 0.5) == "#804020"
    assert (mix(NEGATIVE, POSITIVE, 0), mix(NEGATIVE, POSITIVE, 1)) == (NEGATIVE, POSITIVE)
