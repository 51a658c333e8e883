import numpy as np
import pytest

from nncore import Network, Trainer
from nncore.inspection.gradcheck import check_gradient
from nncore.single_neuron.data import make_points, points_for
from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.neuron import Neuron, after_step, chain_of

SMOOTH = [name for name in NEURONS if name != "perceptron"]


def test_the_textbook_case_with_every_factor_by_hand():
    # One input x = 2, y = 1, w = 0.5, b = -1, sigmoid, cross-entropy, rate 0.1.
    chain = chain_of(Neuron("logistic", [0.5, -1.0]), np.array([2.0]), 1, 0.1)
    assert (chain.inputs, chain.weights, chain.bias, chain.target) == ((2.0,), (0.5,), -1.0, 1.0)
    assert chain.z == 0.5 * 2 - 1 == 0
    assert chain.a == 0.5  # 1 / (1 + e^0)
    assert chain.loss == pytest.approx(np.log(2))  # -ln 0.5
    assert chain.loss_slope == pytest.approx(-2)  # -1 / a
    assert chain.activation_slope == pytest.approx(0.25)  # a (1 - a)
    assert chain.delta == pytest.approx(-0.5)  # -2 * 0.25 = a - y
    assert chain.weight_gradients == pytest.approx((-1.0,))  # -0.5 * 2
    assert chain.bias_gradient == pytest.approx(-0.5)
    assert chain.weight_steps == pytest.approx((0.1,))  # -0.1 * -1
    assert chain.bias_step == pytest.approx(0.05)
    assert after_step(Neuron("logistic", [0.5, -1.0]), chain).parameters == pytest.approx([0.6, -0.95])


# Kind, weight, bias, x, y, then a, loss, dL/da, da/dz, delta, dL/dw, all by hand.
BY_HAND = [
    # z = 2 * 3 - 1 = 5, (5 - 4)^2 = 1, 2 (5 - 4) = 2, 2 * 3
    ("linear", 2, -1, 3, 4, 5, 1, 2, 1, 2, 6),
    # |5 - 7| = 2, sign = -1
    ("absolute", 2, -1, 3, 7, 5, 2, -1, 1, -1, -3),
    # z = ln 3: a = 3/4, (3/4)^2, 2 * 3/4, 3/4 * 1/4, 3/2 * 3/16, that times x = 1
    ("sigmoid_squared", np.log(3), 0, 1, 0, 0.75, 0.5625, 1.5, 0.1875, 0.28125, 0.28125),
    # -ln(1 - 3/4) = ln 4, (3/4) / (3/16) = 4, delta = 3/4, times x = 1
    ("logistic", np.log(3), 0, 1, 0, 0.75, np.log(4), 4, 0.1875, 0.75, 0.75),
    # tanh 0 = 0 against -1: 1, 2 (0 + 1), slope 1
    ("tanh_squared", 1, -2, 2, 0, 0, 1, 2, 1, 2, 4),
    # step(0) = 1 against 0: a mistake, error signal 1 by the rule
    ("perceptron", 1, -2, 2, 0, 1, 1, np.nan, 0, 1, 2),
]


@pytest.mark.parametrize("kind, w, b, x, y, a, loss, dl_da, da_dz, delta, dl_dw", BY_HAND)
def test_every_kind_by_hand(kind, w, b, x, y, a, loss, dl_da, da_dz, delta, dl_dw):
    chain = chain_of(Neuron(kind, [w, b]), np.array([x]), y, 0.5)
    found = (chain.a, chain.loss, chain.loss_slope, chain.activation_slope, chain.delta, *chain.weight_gradients)
    assert found == pytest.approx((a, loss, dl_da, da_dz, delta, dl_dw), abs=1e-12, nan_ok=True)
    assert chain.weight_steps == pytest.approx((-0.5 * dl_dw,))


def test_every_kind_has_a_hand_worked_case():
    assert {case[0] for case in BY_HAND} == set(NEURONS)


@pytest.mark.parametrize("kind", SMOOTH)
@pytest.mark.parametrize("n_inputs", [1, 4])
def test_a_neuron_is_a_network_without_hidden_layer(kind, n_inputs):
    rng = np.random.default_rng(n_inputs)
    X, y = make_points(points_for(NEURONS[kind].task)[0], n_inputs)
    parameters = rng.normal(size=n_inputs + 1)
    output, loss = NEURONS[kind].activation.name, NEURONS[kind].loss.name
    network = Network((n_inputs, 1), output=output, loss=loss)
    network.parameters = parameters
    value, gradient = Neuron(kind, parameters).loss_and_gradient(X, y)
    expected_value, expected_gradient = network.loss_and_gradient(X, y)
    assert value == pytest.approx(expected_value, rel=1e-12)
    assert gradient == pytest.approx(expected_gradient, rel=1e-12)


@pytest.mark.parametrize("kind", SMOOTH)
def test_the_gradient_agrees_with_central_differences(kind):
    X, y = make_points(points_for(NEURONS[kind].task)[0], 3)
    assert check_gradient(Neuron(kind, [0.3, -0.7, 0.2, 0.1]), X, y).worst_error < 1e-7


@pytest.mark.parametrize("kind", NEURONS)
def test_many_neurons_at_once_are_the_same_as_one_by_one(kind):
    X, y = make_points(points_for(NEURONS[kind].task)[0], 2)
    parameters = np.random.default_rng(0).normal(size=(5, 3))
    losses, gradients = Neuron(kind, parameters).loss_and_gradient(X, y)
    for row, loss, gradient in zip(parameters, losses, gradients, strict=True):
        one_loss, one_gradient = Neuron(kind, row).loss_and_gradient(X, y)
        assert (loss, *gradient) == pytest.approx((one_loss, *one_gradient), rel=1e-12)


def test_the_perceptron_ends_without_a_mistake_where_a_border_exists():
    X, y = make_points("apart", 2)
    neuron = Neuron("perceptron", [-1.0, 1.0, 0.5])
    Trainer(neuron, X, y, learning_rate=0.5, batch_size=1).advance(epochs=50)
    assert neuron.loss(X, y) == 0


def test_a_saturated_sigmoid_learns_from_cross_entropy_and_not_from_the_squared_error():
    x = np.array([1.0])
    slow, fast = (chain_of(Neuron(kind, [20.0, 0.0]), x, 0, 0.1) for kind in ("sigmoid_squared", "logistic"))
    assert 0 < slow.delta < 1e-7
    assert fast.delta == pytest.approx(1.0)


def test_a_slope_rounded_to_zero_gives_an_infinite_factor_and_a_finite_signal():
    chain = chain_of(Neuron("logistic", [100.0, 0.0]), np.array([1.0]), 0, 0.1)
    assert (chain.activation_slope, chain.loss_slope, chain.delta) == (0.0, np.inf, 1.0)
    assert chain.loss == 100.0


@pytest.mark.parametrize("arguments, words", [
    (("linnear", [1, 2]), "kind must be one of linear, .*, got 'linnear'"),
    (("linear", [1]), "parameters must hold at least one weight and a bias, got .1,."),
    (("linear", 3.0), "parameters must hold at least one weight and a bias"),
])  # fmt: skip
def test_what_is_no_neuron_is_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        Neuron(*arguments)
