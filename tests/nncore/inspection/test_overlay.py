"""Changes by hand: what each step does to a small network, and that the original stays."""

import numpy as np
import pytest

from nncore import Network
from nncore.inspection.overlay import Edit, Hold, Replace, masked, with_overlay, with_step


def small_network() -> Network:
    network = Network((2, 2, 1), "identity", "identity", "mse")
    network.parameters = [1, 2, 3, 4, 5, 6, 10, 100, 1000]
    return network


def test_an_edit_changes_one_number_of_a_copy():
    network = small_network()
    changed = with_overlay(network, [Edit(0, 1, 0, -7), Edit(1, 0, 2, 0.5)])
    assert changed.parameters.tolist() == [1, 2, 3, -7, 5, 6, 10, 100, 0.5]
    assert network.parameters.tolist() == [1, 2, 3, 4, 5, 6, 10, 100, 1000]


@pytest.mark.parametrize("value, output", [(0, 1060), (2, 1260)])
def test_a_held_neuron_answers_the_same_whatever_comes_in(value, output):
    # At x = (1, 1) the neurons answer 6 and 15; 10 * 6 + 1000 = 1060, and 100 times the held value.
    changed = with_overlay(small_network(), [Hold(0, 1, value)])
    assert changed.predict(np.array([[1.0, 1.0]])).tolist() == [[output]]


def test_steps_are_taken_in_order():
    changed = with_overlay(small_network(), [Replace(tuple(range(9))), Edit(0, 0, 0, 50)])
    assert changed.parameters.tolist() == [50, 1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("step, message", [
    (Edit(0, 0, 0, 1e308), "value must be a number from -1000000.0 to 1000000.0, got 1e\\+308"),
    (Edit(0, 0, 0, float("nan")), "value must be .*got nan"),
    (Edit(2, 0, 0, 1), "layer must be at most 1, got 2"),
    (Edit(0, 2, 0, 1), "row must be at most 1, got 2"),
    (Edit(0, 0, 3, 1), "column must be at most 2, got 3"),
    (Hold(1, 0), "layer must be at most 0, got 1"),
    (Hold(0, 2), "neuron must be at most 1, got 2"),
    (Replace((1.0,)), "values must be 9 numbers, got 1"),
])  # fmt: skip
def test_what_cannot_be_is_refused(step, message):
    with pytest.raises(ValueError, match=message):
        with_overlay(small_network(), [step])


def test_a_mask_keeps_the_region_and_the_bias_of_one_neuron():
    changed = masked(small_network(), 1, np.array([True, False]))
    assert changed.parameters.tolist() == [1, 2, 3, 4, 0, 6, 10, 100, 1000]
    with pytest.raises(ValueError, match="region must hold 1 to 2 of the 2 inputs, got 0 of 2"):
        masked(small_network(), 1, np.zeros(2, dtype=bool))


@pytest.mark.parametrize("steps, step, expected", [
    ((Edit(0, 0, 0, 7), Edit(0, 0, 1, 8)), Edit(0, 0, 0, 9), (Edit(0, 0, 1, 8), Edit(0, 0, 0, 9))),
    ((Edit(0, 0, 0, 7),), Edit(0, 0, 0, 1), ()),  # 1 is what it was
    ((), Edit(0, 1, 2, 6), ()),
    ((Hold(0, 0), Hold(0, 1)), Hold(0, 0, 0.5), (Hold(0, 1), Hold(0, 0, 0.5))),
    ((Hold(0, 0), Edit(0, 0, 0, 7)), Replace(tuple(range(9))), (Replace(tuple(range(9))),)),
    ((Replace(tuple(range(9))),), Edit(0, 0, 0, 7), (Replace(tuple(range(9))), Edit(0, 0, 0, 7))),
])  # fmt: skip
def test_a_step_overrules_those_before_it_on_the_same_place_and_counts_only_if_it_changes_something(steps, step, expected):
    assert with_step(small_network(), steps, step) == expected


def test_a_step_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="row must be"):
        with_step(small_network(), (), Edit(0, 2, 0, 1))
