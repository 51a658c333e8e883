"""The figures: numbers, colours and titles, never pixels."""

import re

import numpy as np
import pytest

from pages.parts.figures.palette import CLASSES, MARKERS, NEGATIVE, POSITIVE, diverging_scale, mix, text, zero
from pages.parts.figures.theme import base_layout
from pages.parts.figures.way.confusion import confusion_table
from pages.parts.figures.way.residuals import MOST_DOTS, residuals_picture

CELL = re.compile(
    r'<td title="([^"]*)" style="background: light-dark\((.{7}), (.{7})\); color: ([^"]*)"><b>(\d+)</b>(?:<br>(.*?))?</td>'
)
DOT = re.compile(r'<i style="left:([\d.]+)%;bottom:([\d.]+)%;background:light-dark\((.{7}), (.{7})\)" title="([^"]*)">')
BAR = re.compile(r'<i style="left:[\d.]+%;height:([\d.]+)%;background:(.{7})" title="residual about (.*?)\n(\d+) samples">')


def test_confusion_shows_counts_and_the_share_of_each_row():
    table = confusion_table(np.array([[6, 2], [1, 9]]), ("outside", "inside"), "9 & more")
    cells = CELL.findall(table)
    assert [(count, share) for *_, count, share in cells] == [
        ("6", "75\u00a0%"), ("2", "25\u00a0%"), ("1", "10\u00a0%"), ("9", "90\u00a0%"),
    ]  # fmt: skip
    for (_, light, dark, *_), share in zip(cells, (0.75, 0.25, 0.1, 0.9), strict=True):
        assert (light, dark) == (mix(zero(False), POSITIVE, share), mix(zero(True), POSITIVE, share))
    assert cells[1][0] == "true: outside\npredicted: inside\n2 of 8 samples (25.0 %)"
    heads = re.findall(r'<th scope="(row|col)" title="(.*?)">', table)
    assert heads == [("row", "outside"), ("row", "inside"), ("col", "outside"), ("col", "inside")]  # the first class on top
    assert ">true</th>" in table and ">predicted</th>" in table and "<caption>9 &amp; more</caption>" in table


def luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2 of a colour like #0877bd."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("percent", range(101))
def test_the_numbers_of_confusion_stand_out_from_their_cells_in_both_themes(percent):
    _, *grounds, ink, _, _ = CELL.findall(confusion_table(np.array([[percent, 100 - percent], [0, 1]]), "ab"))[0]
    inks = re.findall("#[0-9a-f]{6}", ink)
    for ground, letters in zip(grounds, (inks[0], inks[-1]), strict=True):
        low, high = sorted(luminance(colour) + 0.05 for colour in (ground, letters))
        assert high / low >= 4.5  # the least that WCAG asks for


@pytest.mark.parametrize("n_classes", range(2, 11))
def test_confusion_works_for_any_number_of_classes(n_classes):
    table = confusion_table(np.eye(n_classes, dtype=int), [f"a class with a long name {k}" for k in range(n_classes)])
    assert len(CELL.findall(table)) == n_classes**2
    assert max(len(name) for name in re.findall(r'<th scope="col" title=".*?">(.*?)</th>', table)) <= 12


def test_confusion_of_a_class_without_samples_has_share_zero():
    grounds = [light for _, light, *_ in CELL.findall(confusion_table(np.array([[0, 0], [3, 1]]), "ab"))]
    assert grounds == [mix(zero(False), POSITIVE, share) for share in (0, 0, 0.75, 0.25)]


def test_names_from_outside_are_text_in_the_pictures():
    name = '<img src=x onerror="alert(1)">'
    assert "<img" not in confusion_table(np.eye(2, dtype=int), (name, "b"), name)
    assert "<img" not in residuals_picture(np.ones(2), np.ones(2), name, name)


def test_confusion_refuses_counts_that_do_not_fit():
    with pytest.raises(ValueError, match=r"counts must have the shape \(3, 3\), got \(2, 2\)"):
        confusion_table(np.eye(2), "abc")


def test_residuals_show_the_samples_and_the_counts():
    target, predicted = np.array([0.0, 1.0, 2.0, 3.0]), np.array([[0.5], [1.0], [1.0], [5.0]])
    picture = residuals_picture(predicted, target, "height")
    dots, bars = DOT.findall(picture), BAR.findall(picture)
    assert [(float(left), float(up)) for left, up, *_ in dots] == [(0, 10), (20, 20), (40, 20), (60, 100)]  # of 0 to 5
    assert [light for _, _, light, *_ in dots] == [
        mix(zero(False), POSITIVE, 0.25), zero(False), mix(zero(False), NEGATIVE, 0.5), POSITIVE,
    ]  # fmt: skip
    assert dots[3][-1] == "true 3\npredicted 5\nresidual 2"
    assert sum(int(count) for *_, count in bars) == 4
    below = [int(count) for _, colour, _, count in bars if colour == NEGATIVE]
    assert sum(below) == 1  # the one sample predicted too low


def test_residuals_name_the_target():
    picture = residuals_picture(np.zeros(3), np.ones(3), "height")
    assert ">true height</span>" in picture and ">predicted</span>" in picture


def test_residuals_of_many_samples_draw_a_thousand_and_count_all():
    picture = residuals_picture(np.arange(5000.0), np.zeros(5000), "y")
    dots = DOT.findall(picture)
    assert len(dots) == MOST_DOTS and "residual 4999" in dots[-1][-1]
    assert sum(int(count) for *_, count in BAR.findall(picture)) == 5000


@pytest.mark.parametrize("values", [np.array([]), np.zeros(3)])
def test_residuals_survive_no_samples_and_perfect_ones(values):
    dots = DOT.findall(residuals_picture(values, values, "y"))
    assert [light for _, _, light, *_ in dots] == [zero(False)] * len(values)


def test_residuals_refuse_lengths_that_differ():
    with pytest.raises(ValueError, match=r"predicted must have as many values as target, 3, got 2"):
        residuals_picture(np.zeros(2), np.zeros(3), "y")


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
