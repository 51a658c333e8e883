"""Sketches of guesses: each answer of the surface page has one, and they differ as their words do."""

import re

import numpy as np
import pytest

from pages.parts.figures.surface.imagined import WAYS, imagined_ends, imagined_path
from pages.parts.surface.path_start import ANSWERS, ENDS


@pytest.mark.parametrize(("answers", "draw"), [(ANSWERS, imagined_path), (ENDS, imagined_ends)])
def test_each_answer_has_a_sketch_of_its_own(answers, draw):
    assert len({draw(name, False) for name in answers}) == len(answers)


def test_the_one_way_is_straight_and_the_other_falls_first_and_bends():
    t = np.linspace(0.0, 1.0, 5)
    assert np.array_equal(*WAYS["straight"](t))
    across, down = WAYS["curve"](t)
    assert (down[1:-1] > across[1:-1] + 0.2).all() and np.array_equal([across[-1], down[-1]], [1.0, 1.0])


@pytest.mark.parametrize("name", list(ENDS))
def test_three_trainings_end_where_the_line_is_lowest_around_them(name):
    heights = [float(height) for height in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', imagined_ends(name, False))]
    assert len(heights) == 3 and (max(heights) - min(heights) > 20) == (name == "unequal")
