"""Figures for a projector: every letter can be read from the last row, and everything else keeps its place."""

import plotly.graph_objects as go
import pytest

from pages.parts.figures.large_text import SMALLEST, enlarged, large_size
from pages.parts.figures.theme import base_layout


def sizes(part):
    """Every size of a font within a figure's parts."""
    if isinstance(part, dict):
        for name, value in part.items():
            if name.endswith("font") and isinstance(value, dict) and "size" in value:
                size = value["size"]
                yield from size if isinstance(size, list | tuple) else (size,)
            yield from sizes(value)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from sizes(one)


def figure():
    made = go.Figure(layout=base_layout(False, 300))
    made.add_scatter(x=[1, 2], y=[1, 2], mode="markers+text", text=["a", "b"], marker={"size": 10}, line={"width": 2},
                     textfont={"size": [11, 20]})  # fmt: skip
    made.add_heatmap(z=[[1]], text=[["1"]], texttemplate="%{text}", textfont={"size": 9})
    made.update_layout(annotations=[{"text": "<span style='font-size: 11px'>x</span>", "font": {"size": 12}, "yshift": 5}],
                       xaxis={"title": {"text": "epoch"}, "tickfont": {"size": 9}})  # fmt: skip
    return made


@pytest.mark.parametrize(("size", "large"), [(9, 24), (13, 24), (14, 24), (16, 28), (20, 35)])
def test_the_smallest_letters_have_24_pixels(size, large):
    assert large_size(size) == large


def test_no_letter_of_an_enlarged_figure_is_smaller():
    made = enlarged(figure(), False)
    parts = made.to_dict()
    parts["layout"].pop("template")
    found = list(sizes(parts))
    assert found and min(found) >= SMALLEST and 35 in found
    assert made.layout.font.size >= SMALLEST and made.layout.xaxis.title.font.size >= SMALLEST
    assert "font-size: 24px" in made.layout.annotations[0].text


def test_an_enlarged_figure_grows_with_its_letters_and_shows_the_same_numbers():
    before, after = figure(), enlarged(figure(), False)
    assert after.layout.height == 720 and list(after.data[0].x) == list(before.data[0].x)
    assert after.data[0].marker.size == 16 and after.layout.annotations[0].yshift == 12
    assert after.layout.xaxis.title.text == "epoch" and after.data[1].textfont.size is None  # it shrinks with its cell
    assert enlarged(go.Figure(layout={"height": 2000}), True).layout.height == 3400


def test_the_exponents_of_a_log_axis_can_be_read_too():
    made = enlarged(go.Figure(layout={"yaxis": {"type": "log"}}), False)
    assert 0.875 * made.layout.yaxis.tickfont.size >= SMALLEST
    made = enlarged(go.Figure(layout={"yaxis": {"type": "log", "tickvals": [1], "ticktext": ["10<sup>0</sup>"]}}), False)
    assert 0.7 * made.layout.yaxis.tickfont.size >= SMALLEST


def test_the_figure_itself_stays_as_it_was():
    made = figure()
    before = made.to_dict()
    enlarged(made, False)
    assert made.to_dict() == before
    made = enlarged(go.Figure(layout={"yaxis": {"exponentformat": "power"}}), False)
    assert made.layout.yaxis.exponentformat == "e"  # nothing is raised: 1e-5
