"""Limits of the learning rate, against numbers worked out by hand and against training just below and just above them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import OPTIMIZERS, Experiment, Network, Run, Trainer, build_network, build_split
from nncore.experiments.recording.chunk_store import record
from nncore.training.stability import (
    divergence_bound,
    divergence_words,
    exceeded_limit,
    is_convex,
    is_quadratic,
    largest_curvature,
    rate_limits,
    stable_product,
)  # fmt: skip

X = np.array([[-1.0], [1.0]])


def linear(n_inputs=1, **named):
    return Network((n_inputs, 1), output="identity", loss="mse", **named)


@pytest.mark.parametrize("optimizer, product", [
    ("sgd", 2.0), ("momentum", 3.8), ("nesterov", 3.8 / 2.8), ("adagrad", np.inf), ("rmsprop", np.inf),
    ("adam", np.inf), ("adamw", np.inf),
])  # fmt: skip
def test_the_product_of_rate_and_curvature_that_each_optimizer_bears(optimizer, product):
    assert stable_product(OPTIMIZERS[optimizer]()) == pytest.approx(product)


def test_the_largest_curvature_by_hand():
    # x = -1 and 1 with the column of ones: 2/2 X^T X = [[2, 0], [0, 2]]; L2 of 3 acts on the weight alone.
    assert largest_curvature(linear(), X) == pytest.approx(2.0)
    assert largest_curvature(linear(l2=3.0), X) == pytest.approx(5.0)
    # Two outputs share the mean: the curvature of each is half as large.
    assert largest_curvature(Network((1, 2), output="identity", loss="mse"), X) == pytest.approx(1.0)


def test_the_plane_is_stable_below_0_083_and_with_a_square_below_0_0039():
    # Inputs spread evenly over -6 to 6: the mean of x² is 12, that of x⁴ is 6⁴ / 5 = 259.2. With x² and the column of
    # ones beside each other the largest eigenvalue of [[259.2, 12], [12, 1]] is 259.76.
    line = np.linspace(-6, 6, 401)
    grid = np.array(np.meshgrid(line, line)).reshape(2, -1).T
    assert 2 / largest_curvature(linear(2), grid) == pytest.approx(1 / 12, rel=0.01)
    squared = np.column_stack([grid, grid[:, 0] ** 2])
    assert 2 / largest_curvature(linear(3), squared) == pytest.approx(1 / 259.76, rel=0.02)
    plane = Experiment("plane", hidden=(), features=("x1", "x2", "x1_squared"))
    limit = 2 / largest_curvature(build_network(plane), build_split(plane).X_train)
    assert limit == pytest.approx(0.0039, rel=0.01)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov"])
@pytest.mark.parametrize("l2", [0.0, 0.5])
@settings(max_examples=2)
@given(seed=st.integers(0, 999))
def test_training_converges_just_below_the_limit_and_grows_just_above(optimizer, l2, seed):
    rng = np.random.default_rng(seed)
    inputs, targets = rng.normal(size=(20, 2)), rng.normal(size=20)
    network = linear(2, l2=l2)
    limit = rate_limits(network, inputs, OPTIMIZERS[optimizer]())[-1].rate
    lengths = []
    for factor in (0.97, 1.03):
        net = linear(2, l2=l2)
        trainer = Trainer(net, inputs, targets, optimizer, limit * factor)
        trainer.advance(epochs=1500)
        lengths.append(np.linalg.norm(net.loss_and_gradient(inputs, targets)[1]))
    assert lengths[0] < 1e-3 and lengths[1] > 1e3


def test_the_penalty_alone_has_a_limit_whatever_the_data():
    network = Network((1, 4, 1), l2=10.0)
    (limit,) = rate_limits(network, X, OPTIMIZERS["sgd"]())
    assert (limit.cause, limit.rate) == ("l2", pytest.approx(0.2))
    assert exceeded_limit(network, X, OPTIMIZERS["sgd"](), 0.19) is None
    assert exceeded_limit(network, X, OPTIMIZERS["sgd"](), 0.2) == limit
    assert rate_limits(network, X, OPTIMIZERS["adam"]()) == []


def test_what_is_said_of_divergence_names_the_cause_and_the_limit():
    sgd = OPTIMIZERS["sgd"]()
    text = divergence_words(Network((1, 4, 1), l2=10.0), X, sgd, 0.3)
    assert "The L2 penalty alone does it" in text and "0.3 times L2 10 is 3, and from 2 on" in text
    assert "must be below 0.2. Turn L2 or the learning rate down." in text
    text = divergence_words(linear(), X, sgd, 1.5)
    assert "curvature is 2: only learning rates below 2 / 2 = 1 are stable, and this one is 1.5" in text
    assert divergence_words(linear(), X, sgd, 0.5) == "Turn the learning rate down from 0.5."


@pytest.mark.parametrize("sizes, output, loss, quadratic, convex", [
    ((2, 1), "identity", "mse", True, True), ((2, 1), "identity", "huber", False, True),
    ((2, 1), "sigmoid", "cross_entropy", False, True), ((2, 3), "softmax", "cross_entropy", False, True),
    ((2, 1), "sigmoid", "mse", False, False), ((2, 4, 1), "identity", "mse", False, False),
    ((2, 4, 1), "sigmoid", "cross_entropy", False, False),
])  # fmt: skip
def test_which_losses_are_bowls_and_which_convex(sizes, output, loss, quadratic, convex):
    network = Network(sizes, output=output, loss=loss)
    assert (is_quadratic(network), is_convex(network)) == (quadratic, convex)


def test_a_curvature_is_refused_where_it_is_not_the_same_everywhere():
    with pytest.raises(ValueError, match="network must be linear with squared error"):
        largest_curvature(Network((1, 2, 1)), X)


def test_the_bound_is_a_million_times_the_larger_of_two_starts():
    network = linear()
    network.parameters = [3.0, 0.0]  # the loss is 9; with all parameters 0 it is 1, the mean of 1 and 1
    assert divergence_bound(network, X, np.array([1.0, -1.0])) == pytest.approx(16e6)
    assert divergence_bound(network, X, np.array([3.0, -3.0])) == pytest.approx(36e6)
    assert network.parameters.tolist() == [3.0, 0.0]
    network.parameters = [0.0, 0.0]
    assert divergence_bound(network, X, np.zeros(2)) == np.inf


def test_a_run_whose_penalty_is_unstable_says_so():
    stop = record(Run(Experiment(learning_rate=0.3, l2=10.0))).stop
    assert stop.rule == "divergence" and "0.3 times L2 10 is 3" in stop.advice
