"""What a dark page shows, on paper: its figures and pictures are those of a light page."""

import json
from functools import partial

import numpy as np
import plotly.graph_objects as go
import pytest
from plotly.utils import PlotlyJSONEncoder

from pages.parts.figures.attention import learning_figure
from pages.parts.figures.backprop.passes import Bundle, Column, passes_figure
from pages.parts.figures.large_text import enlarged
from pages.parts.figures.palette import TEXT_DARK, TEXT_LIGHT
from pages.parts.figures.paper import ON_PAPER, light_changes, on_paper_too
from pages.parts.figures.restarts.starts import histogram_figure
from pages.parts.figures.surface.imagined import imagined_path
from pages.parts.figures.way.both_losses import both_losses

EPOCHS, LOSSES = np.arange(5.0), np.array([0.9, 0.5, 0.3, 0.2, 0.15])
INPUTS = Column("inputs", np.array([0]), 1, ["x"], np.array([1.5]), None)
OUTPUTS = Column("output", np.array([0, 1]), 2, ["a", "b"], np.array([0.05, -0.9]), np.array([0.5, -0.001]), True)
WEIGHTS = np.array([[2.0], [-1.0]])
BUNDLE = Bundle(WEIGHTS, WEIGHTS, WEIGHTS / 10, True)
MAKERS = {
    "lines": partial(both_losses, EPOCHS, LOSSES, LOSSES + 0.1, 3),
    "scores": partial(learning_figure, EPOCHS, np.column_stack([LOSSES] * 3), 2, ("a", "b")),
    "letters on colours": partial(passes_figure, [INPUTS, OUTPUTS], [BUNDLE], (0, 1, 0)),
    "a colour for each bar": partial(histogram_figure, np.array([0.1, 0.2, 0.6, 0.7]), 0.4, "loss"),
}


def plain(figure: go.Figure) -> dict:
    return json.loads(json.dumps(figure.to_plotly_json(), cls=PlotlyJSONEncoder))


def changed(figure: dict, changes: list) -> dict:
    for path, value in json.loads(json.dumps(changes)):
        at = figure
        for name in path[:-1]:
            at = at[name]
        at[path[-1]] = value
    return figure


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("finish", [lambda figure, dark: figure, enlarged], ids=["page", "presenter view"])
def test_a_dark_figure_with_its_changes_is_the_light_one(name, finish):
    dark, light = (finish(MAKERS[name](is_dark), is_dark) for is_dark in (True, False))
    changes = light_changes(dark, light)
    assert plain(dark) != plain(light) == changed(plain(dark), changes)
    assert TEXT_LIGHT in [value for _, value in changes] and len(json.dumps(changes)) < 4000


def test_a_figure_that_is_light_needs_no_change():
    light = MAKERS["lines"](False)
    assert light_changes(light, light) == []


def test_a_picture_of_a_dark_page_is_followed_by_the_one_for_paper():
    def make(dark: bool) -> str:
        return f'<img alt="a way" src="{imagined_path("curve", dark)}">'

    assert on_paper_too(make, False) == make(False)
    shown, paper = on_paper_too(make, True).split(f'class="{ON_PAPER}" aria-hidden="true" ')
    assert shown == make(True) + "<img " and f"<img {paper}" == make(False)
    assert TEXT_DARK in shown and TEXT_DARK not in paper and TEXT_LIGHT in paper
