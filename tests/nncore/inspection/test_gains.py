"""When a training gained what it gained, and when a border closed: hand-worked."""

import numpy as np
import pytest

from nncore.inspection.map_plane import enclosed_class
from nncore.metrics import fastest_gain


def test_half_of_the_gain_came_in_the_shortest_stretch_that_holds_it():
    # From 0.5 to 0.9 the gain is 0.4; 0.2 of it comes between epochs 3 and 4.
    assert fastest_gain([0, 1, 2, 3, 4, 10], [0.5, 0.52, 0.55, 0.6, 0.8, 0.9]) == (3, 4)
    assert fastest_gain([0, 8, 16], [0.0, 0.5, 1.0]) == (0, 8)


def test_without_a_gain_there_is_no_stretch():
    assert fastest_gain([0, 1], [0.5, 0.5]) is None and fastest_gain([0, 1], [0.5, 0.2]) is None


def test_a_class_is_enclosed_where_it_touches_no_edge():
    labels = np.zeros((5, 5), int)
    assert enclosed_class(labels) is None
    labels[2, 1:4] = 1
    assert enclosed_class(labels) == 1
    labels[2, 4] = 1
    assert enclosed_class(labels) is None


def test_of_two_classes_inside_neither_is_named():
    labels = np.zeros((5, 5), int)
    labels[1, 1], labels[3, 3] = 1, 2
    assert enclosed_class(labels) is None


def test_bad_values_are_named():
    with pytest.raises(ValueError, match="scores"):
        fastest_gain([0, 1], [0.5])
    with pytest.raises(ValueError, match="labels"):
        enclosed_class(np.zeros((2, 3), int))
