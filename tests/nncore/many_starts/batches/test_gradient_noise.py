"""Batch gradients against the full one: hand-worked, and the law of 1/sqrt(B)."""

import numpy as np
import pytest

from nncore import Experiment, Network, build_split
from nncore.experiments.experiment import build_network
from nncore.many_starts.batches.gradient_noise import NoUnitError, batch_noise, drawn_batches, sample_gradients


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
    assert noise.distance == pytest.approx([np.sqrt(26 / 58), 0], abs=1e-12)
    assert noise.distances[0] == pytest.approx(np.full(3, np.sqrt(26 / 58)))
    assert noise.expected == pytest.approx([np.sqrt(26 / 58), 0])
    assert noise.with_replacement == pytest.approx(np.sqrt(26 / 58) / np.sqrt([1, 2]))
    angles = np.degrees(np.arccos([20 / np.sqrt(8 * 58), 96 / np.sqrt(160 * 58)]))
    assert noise.angles[0, [0, 2]] == pytest.approx(np.sort(angles))
    # Root mean square of the lengths sqrt(8) and sqrt(160): 1 + 26 / 58 = 84 / 58.
    assert noise.length == pytest.approx([np.sqrt(84 / 58), 1])


def test_three_samples_by_hand():
    # With x = 0 the gradient on w is 0 and on b is -2 y = -2, -4, -12; their mean is -6, their variance 56 / 3.
    noise = batch_noise(line(0.0), np.zeros((3, 1)), np.array([1.0, 2.0, 6.0]))
    assert noise.sizes.tolist() == [1, 2, 3]
    # The three pairs' means -3, -7, -8 lie 3, 1, 2 away: 14 / 3 = 56 / 3 / 2 * (3 - 2) / (3 - 1).
    assert noise.expected == pytest.approx(np.sqrt([56 / 3, 14 / 3, 0]) / 6)
    assert noise.with_replacement == pytest.approx(np.sqrt([56 / 3, 28 / 3, 56 / 9]) / 6)
    assert noise.distance[0] == pytest.approx(noise.expected[0])
    assert noise.distance[1] == pytest.approx(noise.expected[1], rel=0.1)


def test_distances_and_angles_come_with_their_5_50_and_95_percent_quantiles():
    # Gradients -2 y on the bias, 2 to 200 in size; each of the 100 samples is drawn twice as a batch of one.
    y = np.arange(1.0, 101.0)
    noise = batch_noise(line(0.0), np.zeros((100, 1)), y)
    distances = np.sort(np.repeat(np.abs(y - 50.5) / 50.5, 2))
    assert noise.distances[0] == pytest.approx(np.quantile(distances, [0.05, 0.5, 0.95]))


def test_one_huge_gradient_hides_no_law():
    # 63 samples of gradient 0 and one of 64: drawn independently, its turns would decide what is measured.
    noise = batch_noise(line(0.0), np.zeros((64, 1)), np.append(np.zeros(63), 32.0))
    assert noise.distance[:-1] == pytest.approx(noise.expected[:-1], rel=1e-9) and noise.misfit < 1e-9
    assert noise.distance[0] / noise.distance[2] == pytest.approx(2 * np.sqrt(63 / 60))
    # Half of all single samples or more have the gradient 0: a root mean square lies far above the median.
    assert noise.distances[0, 1] == pytest.approx(1) and noise.distance[0] == pytest.approx(np.sqrt(63))


@pytest.mark.parametrize("n_samples, size", [(250, 1), (250, 16), (7, 3), (250, 128), (4, 4)])
def test_batches_are_drawn_as_training_draws_them(n_samples, size):
    batches = drawn_batches(n_samples, size, np.random.default_rng(0))
    per_order = n_samples // size
    assert len(batches) >= 200 and batches.shape[1] == size and len(batches) % per_order == 0
    for order in batches.reshape(-1, per_order * size):
        assert len(set(order)) == per_order * size


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
    assert noise.distance[:-1] == pytest.approx(noise.expected[:-1], rel=0.1) and noise.misfit < 0.1
    assert noise.distance[0] == pytest.approx(noise.expected[0], rel=1e-12)
    assert noise.with_replacement[0] / noise.with_replacement[2] == pytest.approx(2)
    assert np.square(noise.length) == pytest.approx(1 + np.square(noise.distance), rel=0.1)
    assert noise.angles[-1] == pytest.approx(0, abs=1e-3)
    assert (np.diff(noise.angles[2:, 1]) < 0).all()


def test_the_law_without_putting_back_holds_on_the_average_of_many_draws():
    X, rng = np.zeros((40, 1)), np.random.default_rng(0)
    y = rng.standard_t(3, size=40)
    noises = [batch_noise(line(0.0), X, y, seed) for seed in range(20)]
    measured = np.sqrt(np.mean([np.square(one.distance) for one in noises], axis=0))
    # 4,000 batches of each size or more; 1/sqrt(B) alone would miss B = 32 by a factor of sqrt(8 / 39) = 0.45.
    assert measured[:-1] == pytest.approx(noises[0].expected[:-1], rel=0.04)


def test_large_networks_are_measured_on_fewer_samples():
    network = Network((100, 100, 1))
    X = np.random.default_rng(0).normal(size=(400, 100))
    assert batch_noise(network, X, np.arange(400) % 2).n_samples == 2_000_000 // network.n_parameters


def test_a_gradient_of_nothing_cannot_be_compared_with():
    with pytest.raises(ValueError, match="the full gradient must be finite and not 0"):
        batch_noise(line(1.0), np.array([[1.0], [2.0]]), np.array([1.0, 2.0]))


@pytest.mark.parametrize("weight, y, cause", [
    (1.0, [1.0, 2.0], "zero gradient"), (0.0, [0.0, 0.0], "zero weights"), (1e200, [1e40, 0.0], "overflow"),
])  # fmt: skip
def test_why_there_is_no_full_gradient(weight, y, cause):
    with pytest.raises(NoUnitError) as raised:
        batch_noise(line(weight), np.array([[1.0], [2e40 if cause == "overflow" else 2.0]]), np.array(y))
    assert raised.value.cause == cause


def test_what_rounding_leaves_of_a_sum_is_nothing():
    with pytest.raises(NoUnitError):  # 0.1 + 0.2 - 0.3 is 5.6e-17
        batch_noise(line(0.0), np.ones((3, 1)), np.array([0.1, 0.2, -0.3]))
