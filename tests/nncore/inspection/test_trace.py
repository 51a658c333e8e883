"""One forward and one backward pass with every number kept, by hand and against the network's own gradient."""

import math

import numpy as np
import pytest

from nncore import ACTIVATIONS, Network
from nncore.inspection.trace import parameter_index, parameter_place, softmax_shift, trace_passes, weight_chain

rng = np.random.default_rng(3)
X = rng.normal(size=(7, 3))
HEADS = [
    (None, None, 1), (None, None, 3), ("softmax", "mse", 3), ("tanh", "huber", 2), ("identity", "mae", 1),
    ("sigmoid", "mse", 1),
]  # fmt: skip


def textbook() -> Network:
    """One input, one weight 0.5, a bias 0.25, sigmoid and cross-entropy."""
    network = Network((1, 1))
    network.parameters = np.array([0.5, 0.25])
    return network


def two_layers() -> Network:
    """x -> tanh(0.5 x + 0.1) -> identity 2 h - 1, squared error."""
    network = Network((1, 1, 1), "tanh", "identity", "mse")
    network.parameters = np.array([0.5, 0.1, 2.0, -1.0])
    return network


def test_the_textbook_case_factor_by_factor():
    # x = 2, y = 1: z = 0.5 * 2 + 0.25 = 1.25, a = 1 / (1 + e^-1.25), L = -ln a, delta = a - 1, dL/dw = delta * 2.
    network, a = textbook(), 1 / (1 + math.exp(-1.25))
    trace = trace_passes(network, np.array([[2.0]]), np.array([1]))
    assert trace.z[0][0, 0] == 1.25 and trace.a[0][0, 0] == pytest.approx(a, rel=1e-14)
    assert trace.losses[0] == pytest.approx(-math.log(a), rel=1e-14)
    assert trace.deltas[0][0, 0] == pytest.approx(a - 1, rel=1e-14)
    assert trace.gradient == pytest.approx([2 * (a - 1), a - 1], rel=1e-14)
    assert trace.slopes == [None] and trace.arriving == [None]


def test_two_layers_factor_by_factor():
    # x = 2, y = 0: z1 = 1.1, h = tanh 1.1, out = 2 h - 1; dL/dout = 2 out; dL/dh = 2 * that; f' = 1 - h^2.
    h = math.tanh(1.1)
    out = 2 * h - 1
    network = two_layers()
    trace = trace_passes(network, np.array([[2.0]]), np.array([0.0]))
    chain = weight_chain(network, trace, 0, 0, 0)
    assert chain.arriving[0] == pytest.approx(2 * out * 2) and chain.slopes[0] == pytest.approx(1 - h * h)
    assert chain.routes.tolist() == [[pytest.approx(2.0 * 2 * out)]]
    assert chain.deltas[0] == pytest.approx(4 * out * (1 - h * h))
    assert chain.contributions[0] == chain.gradient == pytest.approx(8 * out * (1 - h * h))
    last = weight_chain(network, trace, 1, 0, 0)
    assert (last.inputs[0], last.gradient) == (pytest.approx(h), pytest.approx(2 * out * h))
    assert last.routes.shape == (1, 0)


def test_a_batch_is_the_mean_of_its_samples_and_each_loss_its_own():
    network, inputs, targets = two_layers(), np.array([[2.0], [-1.0]]), np.array([0.0, 1.0])
    both = trace_passes(network, inputs, targets)
    alone = [trace_passes(network, inputs[n : n + 1], targets[n : n + 1]) for n in (0, 1)]
    assert both.gradient == pytest.approx((alone[0].gradient + alone[1].gradient) / 2)
    assert both.losses == pytest.approx([trace.losses[0] for trace in alone])
    for layer in (0, 1):
        assert both.deltas[layer] == pytest.approx(np.concatenate([trace.deltas[layer] for trace in alone]))


def test_the_input_of_the_bias_is_a_constant_one():
    network = two_layers()
    trace = trace_passes(network, np.array([[2.0], [3.0]]), np.array([0.0, 0.0]))
    bias = weight_chain(network, trace, 0, 0, 1)
    assert bias.index == 1 and bias.value == 0.1
    assert bias.inputs.tolist() == [1.0, 1.0] and bias.gradient == pytest.approx(trace.deltas[0].mean())


def test_the_penalties_are_told_apart():
    network = Network((1, 1), l1=0.01, l2=0.1)
    network.parameters = np.array([-0.5, 0.25])
    trace = trace_passes(network, np.array([[2.0]]), np.array([1]))
    chain = weight_chain(network, trace, 0, 0, 0)
    assert chain.penalty == pytest.approx(0.1 * -0.5 - 0.01)
    assert chain.gradient == pytest.approx(chain.mean + chain.penalty)
    assert weight_chain(network, trace, 0, 0, 1).penalty == 0
    assert chain.step(0.3) == pytest.approx(-0.3 * chain.gradient)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("output, loss, n_outputs", HEADS)
def test_the_traced_gradient_is_the_networks_own(activation, output, loss, n_outputs):
    network = Network((3, 4, 5, n_outputs), activation, output, loss, l1=0.01, l2=0.1, seed=2)
    network.parameters += 0.1
    y = np.linspace(-1, 1, 7) if output == "identity" else np.arange(7) % max(n_outputs, 2)
    trace = trace_passes(network, X, y)
    objective, gradient = network.loss_and_gradient(X, y)
    assert np.allclose(trace.gradient, gradient, rtol=1e-12, atol=1e-15)
    assert trace.losses.mean() + network.penalty() == pytest.approx(objective, rel=1e-13)


def test_every_parameter_has_one_place():
    network = Network((3, 4, 2))
    places = [parameter_place(network, index) for index in range(network.n_parameters)]
    assert [parameter_index(network, *place) for place in places] == list(range(network.n_parameters))
    assert (places[0], places[3], places[16]) == ((0, 0, 0), (0, 0, 3), (1, 0, 0))


@pytest.mark.parametrize(
    ("place", "words"),
    [((2, 0, 0), "layer must be at most 1, got 2"), ((0, 4, 0), "neuron must be at most 3, got 4"),
     ((0, 0, 4), "source must be at most 3, got 4"), ((0, -1, 0), "neuron .* got -1")],
)  # fmt: skip
def test_a_weight_that_is_not_there_is_refused(place, words):
    with pytest.raises(ValueError, match=words):
        parameter_index(Network((3, 4, 2)), *place)


def test_a_parameter_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="index must be at most 25, got 26"):
        parameter_place(Network((3, 4, 2)), 26)


def test_a_softmax_takes_the_weighted_mean_from_every_slope():
    # z = ln 1, ln 3: answers 1/4 and 3/4; target the first: dL/da = 2 (a - y) / 2 = -3/4, 3/4; s = -3/16 + 9/16 = 3/8;
    # delta = a (dL/da - s) = 1/4 * -9/8 and 3/4 * 3/8.
    network = Network((1, 2), output="softmax", loss="mse")
    network.parameters = np.array([0.0, 0.0, 0.0, math.log(3)])
    trace = trace_passes(network, np.array([[1.0]]), np.array([0]))
    assert softmax_shift(trace, 0) == pytest.approx(3 / 8)
    assert trace.deltas[0][0] == pytest.approx([-9 / 32, 9 / 32])
