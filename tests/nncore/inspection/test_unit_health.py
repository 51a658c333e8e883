"""Dead, saturated and duplicate neurons, by hand."""

import numpy as np
import pytest

from nncore import Network
from nncore.inspection.unit_health import dead_neurons, distinct_neurons, name_neurons, saturated_neurons


def test_dead_and_saturated_neurons_by_hand():
    network, X = Network((1, 3, 2, 1), ["relu", "tanh"], seed=0), np.array([[-1.0], [1.0]])
    network.matrices()[0][...] = [[1, 0], [1, -2], [1, -1]]  # the last is 0 at most: dead too
    network.matrices()[1][...] = [[1, 0, 0, 10], [1, 0, 0, 0]]
    assert [list(layer) for layer in dead_neurons(network, X)] == [[1, 2], []]
    assert [list(layer) for layer in saturated_neurons(network, X)] == [[], [0]]


def test_copies_are_counted_once_within_the_tolerance():
    network = Network((2, 4, 1), seed=0)
    network.matrices()[0][...] = [[1, 2, 3], [1, 2, 3 + 1e-9], [1, 2, 3.1], [3, 2, 1]]
    assert distinct_neurons(network) == [3]
    assert distinct_neurons(network, tolerance=0.1) == [2]
    assert distinct_neurons(network, tolerance=0) == [4]


def test_a_huge_neuron_makes_no_copies_of_small_ones():
    network = Network((2, 3, 1), seed=0)
    network.matrices()[0][...] = [[4242, 0, 0], [0.1, 0.2, 0.3], [0.3, 0.2, 0.1]]  # 0.01 % of 4242 is 0.42
    assert distinct_neurons(network) == [3]
    network.matrices()[0][...] = [[4242, 0, 0], [4242, 0, 0.4], [0, 0, 0.4]]
    assert distinct_neurons(network) == [2]


def test_neurons_are_named_up_to_six():
    network = Network((2, 9, 8, 2, 1))
    first, second, third = np.arange(4), np.arange(2, 7), np.arange(2)
    none = np.array([], dtype=int)
    assert name_neurons([first[:1], none, none], network) == "neuron 1 of hidden layer 1"
    assert name_neurons([first, second, third], network) == (
        "neurons 1, 2, 3 and 4 of hidden layer 1, neurons 3 and 4 of hidden layer 2 and 5 more"
    )
    assert name_neurons([np.arange(9), none, third], network) == (
        "all 9 neurons of hidden layer 1 and both neurons of hidden layer 3"
    )


def test_a_relu_that_fires_once_in_a_hundred_is_not_dead():
    network = Network((1, 1, 1), "relu", initializer="ones")
    assert [list(layer) for layer in dead_neurons(network, np.append(np.full(99, -1.0), 1.0)[:, None])] == [[]]
    assert [list(layer) for layer in dead_neurons(network, np.append(np.full(99, -1.0), 0.0)[:, None])] == [[0]]


@pytest.mark.parametrize("n_at_an_end, saturated", [(95, []), (96, [0])])
def test_a_neuron_is_saturated_on_more_than_95_samples_of_100(n_at_an_end, saturated):
    network = Network((1, 1, 1), "tanh", initializer="ones")
    X = np.where(np.arange(100) < n_at_an_end, 5.0, 0.0)[:, None]
    assert [list(layer) for layer in saturated_neurons(network, X)] == [saturated]


@pytest.mark.parametrize("activation, inside, outside", [
    ("tanh", np.arctanh([0.975, -0.975]), np.arctanh([0.985, -0.985])),
    ("sigmoid", np.log([0.975 / 0.025, 0.025 / 0.975]), np.log([0.985 / 0.015, 0.015 / 0.985])),
])  # fmt: skip
def test_the_ends_begin_at_98_hundredths(activation, inside, outside):
    network = Network((1, 1, 1), activation, initializer="ones")
    assert [list(layer) for layer in saturated_neurons(network, inside[:, None])] == [[]]
    assert [list(layer) for layer in saturated_neurons(network, outside[:, None])] == [[0]]
