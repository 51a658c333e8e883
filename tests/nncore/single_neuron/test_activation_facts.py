import numpy as np
import pytest

from nncore.single_neuron.activation_facts import cost, curve, saturation, shown_activations

# Where the slope falls to 1 % of its largest: a (1 - a) = 0.0025; 1 - tanh^2 = 0.01; e^z = 0.01; sigmoid = 0.01.
SIGMOID = np.log((1 + np.sqrt(0.99)) / (1 - np.sqrt(0.99)))
ENDS = {
    "identity": (None, None), "sigmoid": (-SIGMOID, SIGMOID), "tanh": (-np.arctanh(0.99**0.5), np.arctanh(0.99**0.5)),
    "relu": (0.0, None), "leaky_relu": (None, None), "elu": (np.log(0.01), None), "softplus": (-np.log(99), None),
    "step": (np.inf, -np.inf),
}  # fmt: skip


@pytest.mark.parametrize("name", ENDS)
def test_saturation_by_hand(name):
    found = saturation(name)
    for end, expected in zip((found.low, found.high), ENDS[name], strict=True):
        assert end is None if expected is None else end == pytest.approx(expected, abs=0.002)


@pytest.mark.parametrize("name", shown_activations())
def test_every_activation_has_a_curve_a_range_and_a_cost(name):
    value, slope = curve(name, np.linspace(-3, 3, 7))
    assert value.shape == slope.shape == (7,)
    assert shown_activations()[name].range
    assert all(0 < nanoseconds < 10_000 for nanoseconds in cost(name, 1000, 3))


def test_the_lowest_values_are_those_said():
    z = np.linspace(-10, 10, 20_001)
    assert curve("silu", z)[0].min() == pytest.approx(-0.28, abs=0.005)
    assert curve("gelu", z)[0].min() == pytest.approx(-0.17, abs=0.005)


def test_the_step_is_one_from_zero_on():
    value, slope = curve("step", np.array([-0.1, 0.0, 0.1]))
    assert value.tolist() == [0, 1, 1] and slope.tolist() == [0, 0, 0]
