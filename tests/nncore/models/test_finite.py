"""Which networks of a stack have a finite objective, told without computing most of them."""

import tracemalloc

import numpy as np
import pytest

from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network
from nncore.models.finite import output_bound

RNG = np.random.default_rng(0)
X, Y = RNG.normal(size=(50, 3)), RNG.normal(size=50)


def test_each_run_is_judged_by_its_own_objective():
    network = Network((3, 4, 4, 1), "relu", "identity", "mse", runs=6)
    scales = np.array([1.0, 1e40, 1e60, 1e200, np.inf, np.nan])
    with np.errstate(invalid="ignore"):
        network.parameters[...] = np.abs(network.parameters) * scales[:, None]
    with np.errstate(over="ignore", invalid="ignore"):
        expected = np.isfinite(network.loss_and_gradient(np.abs(X), Y)[0]) & np.isfinite(network.parameters).all(axis=1)
    assert network.is_finite(np.abs(X), Y).tolist() == expected.tolist() == [True, True, False, False, False, False]
    alone = network.of_runs(np.array([1, 3]))
    assert alone.runs == 2 and alone.is_finite(np.abs(X), Y).tolist() == [True, False]
    assert np.array_equal(alone.parameters, network.parameters[[1, 3]])


def test_a_penalty_that_overflows_counts():
    network = Network((3, 1), output="identity", loss="huber", l2=1.0)
    network.parameters[...] = [1e160, 0.0, 0.0, 0.0]
    assert not network.is_finite(np.zeros((2, 3)), np.zeros(2))
    network.l2 = 0.0
    assert network.is_finite(np.zeros((2, 3)), np.zeros(2))


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_no_output_is_longer_than_the_bound(activation):
    network = Network((3, 6, 5, 2), activation, "identity", "mse", "normal", runs=4)
    for scale in (0.1, 1.0, 30.0):
        outputs = network.of_runs(np.arange(4)).predict(scale * X)
        assert (np.linalg.norm(outputs, axis=-1).max(axis=1) <= output_bound(network, scale * X)).all()


def test_many_runs_are_judged_within_a_bounded_memory():
    network = Network((3, 64, 64, 1), "relu", "identity", "mse", runs=60)
    network.parameters *= 1e60
    many, y = np.tile(X, (30, 1)), np.tile(Y, 30)  # all at once would take 60 x 1,500 x 130 x 32 bytes, 370 MB
    tracemalloc.start()
    network.is_finite(many, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000
