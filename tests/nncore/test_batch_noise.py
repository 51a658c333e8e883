"""Batch gradients against the full one: hand-worked, and the law of 1/sqrt(B)."""

import numpy as np
import pytest

from nncore import Experiment, Network, build_split
from nncore.batch_noise import batch_noise, sample_gradients
from nncore.experiment import build_network


def line(slope):
    """One weight and one bias, identity output, squared error."""
    network = Network((1, 1), output="identity", loss="mse", initializer="zeros")
    network.parameters[0] = slope
    return network


def test_the_gradients_of_single_samples_by_hand():
    # At w = b = 0 the squared error's gradient is (-2 x y, -2 y).
    gradients = sample_gradients(line(0.0), np.array([[1.0], [3.0]]), np.array([1.0, 2.0]))
    assert gradients.tolist() == [[-2, -2], [-12, -4]]


def test_two_samples_by_hand():
    noise = batch_noise(line(0.0), np.array([[1.0], [3.0]]), np.array([1.0, 2.0]))
    # The mean of the two is (-7, -3); each lies (5, 1) away from it.
    assert noise.sizes.tolist() == [1, 2] and noise.n_samples == 2
    assert noise.noise[0] == pytest.approx(np.sqrt(26 / 58)) and noise.noise[1] == pytest.approx(0, abs=1e-12)
    assert noise.expected == pytest.approx([np.sqrt(26 / 58), 0])
    assert noise.line == pytest.approx(np.sqrt(26 / 58) / np.sqrt([1, 2]))
    angles = np.degrees(np.arccos([20 / np.sqrt(8 * 58), 96 / np.sqrt(160 * 58)]))
    assert set(noise.angles[0].round(6)) == set(angles.round(6))
    assert set(noise.lengths[0].round(6)) == set(np.sqrt([8 / 58, 160 / 58]).round(6))


def test_the_mean_of_all_samples_is_the_full_gradient():
    e = Experiment(l2=0.1)
    split, network = build_split(e), build_network(e)
    mean = sample_gradients(network, split.X_train, split.y_train).mean(axis=0)
    assert mean == pytest.approx(network.loss_and_gradient(split.X_train, split.y_train)[1])


def test_what_is_measured_follows_what_is_expected():
    e = Experiment()
    split, network = build_split(e), build_network(e)
    noise = batch_noise(network, split.X_train, split.y_train)
    assert noise.sizes[-1] == noise.n_samples == len(split.X_train)
    assert noise.measured[:-1] == pytest.approx(noise.expected[:-1], rel=0.15)
    assert noise.line[0] / noise.line[2] == pytest.approx(2)
    assert noise.angles[-1] == pytest.approx(0, abs=1e-3)
    assert (np.diff(noise.angles.mean(axis=1)[1:]) < 0).all()


def test_large_networks_are_measured_on_fewer_samples():
    network = Network((100, 100, 1))
    X = np.random.default_rng(0).normal(size=(400, 100))
    assert batch_noise(network, X, np.arange(400) % 2).n_samples == 2_000_000 // network.n_parameters


def test_a_gradient_of_nothing_cannot_be_compared_with():
    with pytest.raises(ValueError, match="the full gradient must be finite and not 0"):
        batch_noise(line(1.0), np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))
