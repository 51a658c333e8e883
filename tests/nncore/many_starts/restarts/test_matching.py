"""Matching: a network with its neurons shuffled is recognised, and its function never changes."""

import numpy as np
import pytest

from nncore import ACTIVATIONS, Network
from nncore.many_starts.restarts.matching import align, barrier, canonical, line_between, relative_distance, same_solutions

SIZES = (3, 6, 5, 2)


def shuffled(network, vector, rng, signs=False, scales=False):
    """The same function with its neurons in another order, and with turned signs or other scales where asked for."""
    result = vector.copy()
    rows = network.matrices(result)
    for k in range(len(network.activations)):
        size = len(rows[k])
        order = rng.permutation(size)
        factor = rng.choice([-1.0, 1.0], size) if signs else np.ones(size)
        factor = factor * rng.uniform(0.2, 5.0, size) if scales else factor
        rows[k][...] = rows[k][order] * factor[:, None]
        rows[k + 1][:, :-1] = rows[k + 1][:, order] / factor
    return result


def outputs(network, vector, X):
    network.parameters = vector
    return network.predict(X).copy()


@pytest.fixture
def X():
    return np.random.default_rng(1).normal(size=(60, 3))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_a_shuffled_network_is_recovered_exactly(activation, X):
    network, rng = Network(SIZES, activation), np.random.default_rng(2)
    original = network.parameters + rng.normal(scale=0.3, size=network.n_parameters)
    twin = shuffled(network, original, rng, signs=activation in ("tanh", "identity"))
    assert relative_distance(original, twin) > 0.5
    assert np.allclose(outputs(network, original, X), outputs(network, twin, X))
    assert np.array_equal(align(network, original, twin, X), original)


@pytest.mark.parametrize("activation", ["relu", "leaky_relu", "identity"])
def test_scaled_neurons_are_recovered_in_canonical_form(activation, X):
    network, rng = Network(SIZES, activation), np.random.default_rng(3)
    original = network.parameters + rng.normal(scale=0.3, size=network.n_parameters)
    twin = shuffled(network, original, rng, scales=True)
    a, b = canonical(network, np.stack([original, twin]))
    assert np.allclose(outputs(network, a, X), outputs(network, original, X))
    assert np.allclose(align(network, a, b, X), a)


def test_canonical_rows_have_length_one_with_their_bias():
    # The row (3, 0) with the bias 4 has length 5, by which the weight 2 behind it grows.
    network = Network((2, 1, 1), "relu")
    assert canonical(network, np.array([3.0, 0.0, 4.0, 2.0, 1.0])) == pytest.approx([0.6, 0.0, 0.8, 10.0, 1.0])


def test_canonical_leaves_tanh_and_dead_neurons_alone():
    network = Network((2, 3, 1), "tanh")
    assert np.array_equal(canonical(network, network.parameters), network.parameters)
    dead = Network((2, 3, 1), "relu", initializer="zeros")
    assert np.array_equal(canonical(dead, dead.parameters), dead.parameters)


def test_align_keeps_the_function_of_an_unrelated_network(X):
    network = Network(SIZES, "tanh")
    reference, other = np.random.default_rng(4).normal(size=(2, network.n_parameters))
    assert np.allclose(outputs(network, align(network, reference, other, X), X), outputs(network, other, X))


def test_neurons_are_paired_by_what_they_do_and_not_by_their_weights_alone():
    # At x = 100 the reference's neurons give 10 and 1, the other's 0 and 11; weights and biases alone are nearer crosswise.
    network, X = Network((1, 2, 1), "relu"), np.array([[100.0]])
    reference, other = np.array([0.1, 0.0, 0.0, 1.0, 1.0, 1.0, 0.0]), np.array([0.0, 0.0, 0.1, 1.0, 5.0, 7.0, 0.0])
    assert align(network, reference, other, X).tolist() == [0.1, 1.0, 0.0, 0.0, 7.0, 5.0, 0.0]


def test_relative_distance_by_hand():
    assert relative_distance(np.array([3.0, 4.0]), np.array([3.0, 0.0])) == pytest.approx(4 / 5)
    assert relative_distance(np.zeros(2), np.zeros(2)) == 0


def test_twins_are_one_solution_only_after_matching(X):
    network, rng = Network(SIZES, "tanh"), np.random.default_rng(5)
    first, second = rng.normal(size=(2, network.n_parameters))
    vectors = np.stack([first, second, shuffled(network, first, rng, signs=True), shuffled(network, second, rng)])
    answers = np.stack([outputs(network, vector, X).ravel() for vector in vectors])
    assert same_solutions(network, vectors, answers, X, 0.05).tolist() == [0, 1, 0, 1]
    assert same_solutions(network, vectors, answers, X, 0.05, matched=False).tolist() == [0, 1, 2, 3]


@pytest.mark.parametrize("tolerance", [0.0, 0.02, 0.15, 0.6])
def test_solutions_are_those_of_matching_every_pair(X, tolerance):
    network, rng = Network(SIZES, "tanh"), np.random.default_rng(7)
    some = rng.normal(size=(4, network.n_parameters))
    vectors = np.stack([shuffled(network, vector, rng, signs=True) + near * rng.normal(size=vector.size)
                        for near in (0.0, 0.01, 0.1) for vector in some])  # fmt: skip
    answers = np.zeros((len(vectors), 1))  # the same for all, so that weights alone decide
    expected, firsts = [], []
    for vector in vectors:
        turned = [align(network, vectors[first], vector, X) for first in firsts]
        near = [relative_distance(vectors[first], other) <= tolerance for first, other in zip(firsts, turned, strict=True)]
        expected.append(near.index(True) if any(near) else len(firsts))
        if not any(near):
            firsts.append(len(expected) - 1)
    assert same_solutions(network, vectors, answers, X, tolerance).tolist() == expected


def test_matching_takes_the_barrier_between_twins_away(X):
    network, rng = Network((3, 6, 1), "tanh"), np.random.default_rng(6)
    first = rng.normal(size=network.n_parameters)
    twin = shuffled(network, first, rng, signs=True)
    y = (outputs(network, first, X)[:, 0] > 0.5).astype(int)
    heights = []
    for end in (twin, align(network, first, twin, X)):
        shares, vectors = line_between(first, end, steps=11)
        losses = [_loss(network, vector, X, y) for vector in vectors]
        heights.append(barrier(shares, np.array(losses)))
    assert heights[0] > 0.05 and heights[1] == pytest.approx(0, abs=1e-12)


def _loss(network, vector, X, y):
    network.parameters = vector
    return network.data_loss(X, y)


def test_barrier_by_hand():
    # Ends 1 and 3: the line between them is at 2 half way, where the loss is 5.
    assert barrier(np.array([0.0, 0.5, 1.0]), np.array([1.0, 5.0, 3.0])) == 3
    assert barrier(np.array([0.0, 0.5, 1.0]), np.array([1.0, 0.0, 3.0])) == 0
