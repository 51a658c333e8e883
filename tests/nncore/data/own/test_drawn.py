"""Drawn points: exact and short in a link."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import Experiment, build_split
from nncore.data import drawn_points
from nncore.data.own import drawn_name, read_drawn


def test_the_letters_of_a_point():
    # The point (-6, -5.99) of class 1: (1 * 1201 + 0) * 1201 + 1 = 1,442,402 = 5 * 64^3 + 32 * 64^2 + 9 * 64 + 34
    assert drawn_name([[-6, -5.99]], [1]) == "drawn.FgJi"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.integers(-600, 600), st.integers(-600, 600), st.integers(0, 7)), max_size=80))
def test_points_come_back_exactly_from_four_letters_each(drawn):
    points, labels = np.array([p[:2] for p in drawn]).reshape(-1, 2) / 100, np.array([p[2] for p in drawn], dtype=int)
    name = drawn_name(points, labels)
    assert len(name) == 6 + 4 * len(drawn)
    again, classes = read_drawn(name)
    np.testing.assert_array_equal(again, points)
    np.testing.assert_array_equal(classes, labels)


def test_an_experiment_and_its_link_hold_the_points():
    points = [[0, 1], [1, 0], [-1, 2.004], [3, 3]]
    dataset = drawn_points(points, [0, 1, 0, 2])
    np.testing.assert_array_equal(dataset.X, [[0, 1], [1, 0], [-1, 2], [3, 3]])
    assert dataset.class_names == ("class 1", "class 2", "class 3")
    experiment = Experiment(dataset=dataset.name, validation=0, test=0, noise=30)
    assert (experiment.samples, experiment.noise, experiment.n_outputs) == (4, 0, 3)
    assert Experiment.from_dict(experiment.to_dict()) == experiment
    assert sorted(map(tuple, build_split(experiment).dataset.X)) == sorted(map(tuple, dataset.X))


@pytest.mark.parametrize("points, labels, message", [
    ([[0, 0], [1, 1]], [0, 1], "at least 3 points; there are 2"),
    ([[0, 0], [1, 1], [2, 2]], [1, 1, 1], "at least two classes"),
    ([[0, 0], [1, 1], [2, 7]], [0, 1, 1], "points must lie from -6 to 6, got 7"),
    (np.zeros((81, 2)), np.arange(81) % 2, "points must be at most 80, got 81"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_refused(points, labels, message):
    with pytest.raises(ValueError, match=message):
        drawn_points(points, labels)


@pytest.mark.parametrize("letters", ["abc", "ab!d", "____", "AAAA" * 81])
def test_letters_that_are_no_points_are_refused(letters):
    with pytest.raises(ValueError, match="Drawn points"):
        Experiment(dataset=f"drawn.{letters}")
