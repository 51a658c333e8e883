import math

import numpy as np
import pytest

from nncore import ACTIVATIONS
from nncore.models import activations
from nncore.models.activations import sigmoid, softplus

E2 = math.exp(-2.0)

# f(-2), f(0), f(1). sigmoid(-2) = 1 / (1 + e^2) = 0.119203; softplus(1) = ln(1 + e) = 1.313262;
# silu(-2) = -2 * 0.119203; gelu(1) = (1 + tanh(0.797885 * 1.044715)) / 2 = (1 + tanh(0.833562)) / 2 = 0.841192;
# gelu(-2) = -(1 + tanh(-0.797885 * 2.357720)) = -(1 - tanh(1.881189)) = -0.045402.
BY_HAND = {
    "identity": (-2, 0, 1),
    "sigmoid": (0.119202922, 0.5, 0.731058579),
    "tanh": (-0.964027580, 0, 0.761594156),
    "relu": (0, 0, 1),
    "leaky_relu": (-0.02, 0, 1),
    "elu": (E2 - 1, 0, 1),
    "softplus": (0.126928011, math.log(2), 1.313261688),
    "silu": (-0.238405844, 0, 0.731058579),
    "gelu": (-0.045402306, 0, 0.841191991),
}

# f'(-2), f'(0), f'(1), as PyTorch takes them where there is no derivative. silu'(1) = s + a (1 - s) =
# 0.731059 + 0.731059 * 0.268941; silu'(-2) = 0.119203 - 0.238406 * 0.880797.
DERIVATIVES_BY_HAND = {
    "identity": (1, 1, 1),
    "sigmoid": (0.104993585, 0.25, 0.196611933),
    "tanh": (0.070650825, 1, 0.419974342),
    "relu": (0, 0, 1),
    "leaky_relu": (0.01, 0.01, 1),
    "elu": (E2, 1, 1),
    "softplus": (0.119202922, 0.5, 0.731058579),
    "silu": (-0.090784244, 0.5, 0.927670512),
}


def test_the_tails_of_sigmoid_and_silu_keep_their_digits():
    z = np.array([-20.0, -36, -40, -300, -700, 40])
    by_math = [1 / (1 + math.exp(-value)) for value in z]  # e^-z: 485165195.4, 4.31e15, 2.35e17, ...
    assert sigmoid(z) == pytest.approx(by_math, rel=1e-14, abs=0)
    assert ACTIVATIONS["silu"](z) == pytest.approx(z * by_math, rel=1e-14, abs=0)
    assert sigmoid(np.array([-1e308, -800, 1e308])) == pytest.approx([0, 0, 1], rel=0, abs=1e-307)


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("shape", [(8, 250), (3, 8, 250), (2, 8, 20, 40)])
def test_tanh_of_many_numbers_is_that_of_few(monkeypatch, shape, wide):
    monkeypatch.setattr(activations, "_WIDE_TANH", wide)
    z = np.random.default_rng(0).normal(scale=3.0, size=shape)
    z.flat[:6] = 0.0, 400.0, -400.0, 1e300, -np.inf, np.nan
    by_numpy = np.tanh(z)
    assert ACTIVATIONS["tanh"].value(z) == pytest.approx(by_numpy, rel=0, abs=5e-16, nan_ok=True)
    in_place = z.copy()
    ACTIVATIONS["tanh"].value(in_place, in_place)
    np.testing.assert_array_equal(in_place, ACTIVATIONS["tanh"].value(z))
    finite = np.isfinite(z)
    assert np.array_equal(ACTIVATIONS["tanh"].value(z)[finite], by_numpy[finite]) == wide  # otherwise an exponential made it


@pytest.mark.parametrize("wide", [True, False])
def test_a_signal_that_fades_keeps_its_digits_beside_a_run_whose_signal_does_not(monkeypatch, wide):
    monkeypatch.setattr(activations, "_WIDE_TANH", wide)
    signals = np.random.default_rng(0).normal(size=(2, 8, 250)) * np.array([1e-12, 1.0])[:, None, None]
    assert ACTIVATIONS["tanh"](signals)[0] == pytest.approx(signals[0], rel=1e-15, abs=0)  # z - z^3 / 3 + ...


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_no_activation_is_lost_at_the_ends_of_the_range(name):
    z = np.array([-1e300, -1e160, 1e160, 1e300])
    a = ACTIVATIONS[name](z)
    slope = ACTIVATIONS[name].derivative(z, a, None)
    assert np.isfinite(a).all() and np.isfinite(slope).all()
    assert slope[2:].tolist() in ([1, 1], [0, 0])  # a line, or flat


def test_every_activation_has_a_hand_worked_value():
    assert set(BY_HAND) == set(ACTIVATIONS)


@pytest.mark.parametrize("name", BY_HAND)
def test_values_by_hand(name):
    assert ACTIVATIONS[name](np.array([-2.0, 0.0, 1.0])) == pytest.approx(BY_HAND[name], abs=1e-8)


@pytest.mark.parametrize("name", DERIVATIVES_BY_HAND)
def test_slopes_by_hand(name):
    z, activation = np.array([-2.0, 0.0, 1.0]), ACTIVATIONS[name]
    assert activation.derivative(z, activation(z), None) == pytest.approx(DERIVATIVES_BY_HAND[name], abs=1e-8)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_slopes_agree_with_central_differences(name):
    z = np.linspace(-6, 6, 50)  # an even number of points, so that none falls on 0, where there is no derivative
    activation, step = ACTIVATIONS[name], 1e-5
    differences = (activation(z + step) - activation(z - step)) / (2 * step)
    assert activation.derivative(z, activation(z), None) == pytest.approx(differences, abs=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_far_ends_stay_finite_without_a_warning(name):
    z, activation = np.array([-1e4, -800.0, 800.0, 1e4]), ACTIVATIONS[name]
    a = activation(z)
    assert np.isfinite(a).all() and np.isfinite(activation.derivative(z, a, None)).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_writes_into_out_and_leaves_its_inputs_alone(name):
    z, activation = np.linspace(-3, 3, 12).reshape(3, 4), ACTIVATIONS[name]
    expected = activation(z)
    expected_slope = activation.derivative(z, expected, None)
    a, slope, kept_z = np.empty_like(z), np.empty_like(z), z.copy()
    assert activation.value(z, a) is a and activation.derivative(z, a, slope) is slope
    assert np.array_equal(a, expected) and np.array_equal(slope, expected_slope) and np.array_equal(z, kept_z)


@pytest.mark.parametrize("name", [name for name, activation in ACTIVATIONS.items() if not activation.needs_z])
def test_those_that_do_not_need_z_work_in_place_and_never_read_it_again(name):
    z, activation = np.linspace(-3, 3, 12), ACTIVATIONS[name]
    a = activation(z)
    slope = activation.derivative(z, a, None)
    buffer = z.copy()
    activation.value(buffer, buffer)
    assert np.array_equal(buffer, a)
    assert np.array_equal(activation.derivative(np.full_like(z, np.nan), a, None), slope)


def test_sigmoid_and_softplus_keep_their_symmetries():
    z = np.linspace(-30, 30, 41)
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1.0, abs=1e-15)
    assert softplus(z) - softplus(-z) == pytest.approx(z, abs=1e-12)  # ln((1 + e^z) / (1 + e^-z)) = z
