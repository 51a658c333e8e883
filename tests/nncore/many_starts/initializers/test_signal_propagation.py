"""Signals and gradients through the layers, and the initializers' promises."""

import numpy as np
import pytest

from nncore import ACTIVATIONS, INITIALIZERS, Network
from nncore.many_starts.initializers.signal_propagation import (
    first_weights,
    judge,
    measure_spread,
    measured_deviation,
    signal_of,
    signal_ratios,
    survey_pairs,
)

X = np.random.default_rng(0).normal(size=(100, 2))
Y = (X[:, 0] > 0).astype(int)
NAMES = list(INITIALIZERS)


def stack(depth, activation, width=16):
    return first_weights(Network((2, *[width] * depth, 1), activation, initializer="zeros", runs=len(NAMES)), 0, 0)


def test_a_spread_by_hand():
    network = Network((1, 1, 1), "identity", "identity", "mse", "ones", runs=1)
    spread = measure_spread(network, np.array([[1.0], [3.0]]), np.array([0.0, 0.0]))
    assert spread.signal.tolist() == [[1.0]]  # answers 1 and 3
    assert spread.activations[0, 0] == pytest.approx([1.1, 1.5, 2.0, 2.5, 2.9])
    # Twice the mean of output times input, both 1 and 3, in both layers.
    assert spread.gradient[0] == pytest.approx([10.0, 10.0]) and spread.saturated.tolist() == [0.0]


def test_a_signal_is_a_root_mean_square_over_the_neurons():
    # Two samples, two neurons: deviations 1 and 3 over the samples, sqrt((1 + 9) / 2) over the neurons.
    assert signal_of(np.array([[[0.0, 2.0], [2.0, 8.0]]])) == pytest.approx([5**0.5])


def test_a_gradients_size_is_a_root_mean_square_over_the_weights():
    network = Network((2, 1, 1), "identity", "identity", "mse", "ones", runs=1)
    spread = measure_spread(network, np.array([[3.0, 4.0]]), np.array([0.0]))
    # The answer is 7; the gradients on the first weights are 14 * 3 and 14 * 4, and 14 * 7 on the last one.
    assert spread.gradient[0] == pytest.approx([14 * 12.5**0.5, 98.0])
    assert spread.gradients[0, 1] == pytest.approx(np.full(5, 98.0))  # the bias, with 14, is left out


@pytest.mark.parametrize("activation, z", [
    ("tanh", np.arctanh([0.97, -0.97, 0.985, -0.985])),
    ("sigmoid", np.log([0.985 / 0.015, 0.015 / 0.985, 0.995 / 0.005, 0.005 / 0.995])),
])  # fmt: skip
def test_an_end_begins_at_a_hundredth_of_the_range(activation, z):
    network = Network((1, 1, 1), activation, "identity", "mse", "ones", runs=1)
    assert measure_spread(network, z[:, None], np.zeros(4)).saturated == pytest.approx([0.5])


def test_each_run_has_the_first_weights_of_its_initializer():
    network = stack(3, "relu")
    for run, name in enumerate(NAMES):
        assert np.array_equal(network.parameters[run], Network((2, 16, 16, 16, 1), "relu", initializer=name).parameters)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("n_in, n_out", [(16, 16), (3, 40)])
def test_the_formula_s_deviation_is_the_measured_one(name, n_in, n_out):
    assert measured_deviation(name, n_in, n_out) == pytest.approx(INITIALIZERS[name].deviation(n_in, n_out), rel=0.03)


def test_he_keeps_relu_s_strength_and_xavier_loses_half_of_the_variance_a_layer():
    network = stack(20, "relu", 32)
    spread = measure_spread(network, X, Y)
    he, xavier = (spread.activations[NAMES.index(name), :, 4] for name in ("he_normal", "xavier_normal"))
    assert 0.1 < he[-1] / he[0] < 10
    # The same random numbers, scaled by sqrt(2 / 34) against 1 in the first layer and by 1 against sqrt(2) in 19 others.
    assert xavier[-1] / he[-1] == pytest.approx(np.sqrt(2 / 34) * 2 ** (-19 / 2))


def test_small_weights_fade_large_ones_saturate_and_equal_ones_stay_equal():
    spread = measure_spread(stack(10, "tanh"), X, Y)
    words = [judge(spread.signal[run], spread.saturated[run], 16, 16) for run in range(len(NAMES))]
    assert words[NAMES.index("small_normal")] == "fades"
    assert words[NAMES.index("normal")] == "saturates"
    assert words[NAMES.index("xavier_normal")] == "passes"
    assert judge(spread.signal[0], 0.0, 1, 16) == "neurons stay identical"
    assert judge(np.array([1.0, 11.0]), 0.0, 4, 4) == "explodes"
    # What is left of a saturated first layer cannot explode: it is no signal.
    assert judge(np.array([1e-10, 1e-6]), 0.2, 4, 4) == "nothing to pass on"


def test_rounding_is_no_signal():
    # Softplus of zeros answers ln 2 to every sample; the mean of many of them is rounded.
    spread = measure_spread(stack(2, "softplus", 8), X, Y)
    assert spread.signal[0].tolist() == [0, 0] and np.isnan(signal_ratios((2, 8, 8, 1), X)[0]).all()


def test_ratios_cross_every_initializer_with_every_activation():
    ratios = signal_ratios((2, 16, 16, 16, 1), X)
    assert ratios.shape == (len(INITIALIZERS), len(ACTIVATIONS))
    row, column = NAMES.index("he_normal"), list(ACTIVATIONS).index("relu")
    signal = measure_spread(stack(3, "relu"), X, Y).signal[row]
    assert ratios[row, column] == pytest.approx(signal[-1] / signal[0])
    assert np.isnan(ratios[0, column])


def test_a_survey_of_pairs_marks_identical_and_saturated_neurons():
    survey = survey_pairs((2, 16, 16, 1), X, starts=4)
    names, activations = list(INITIALIZERS), list(ACTIVATIONS)
    assert survey.ratios.shape == (4, len(names), len(activations))
    identical = survey.identical.all(axis=1)
    assert [names[row] for row in np.flatnonzero(identical)] == ["zeros", "ones"] and not survey.identical[2:].any()
    assert not survey.saturated[:, activations.index("relu")].any()
    # Of 64 answers of size about 1 a sum at s = 1 is some 8 large, far beyond the 2.3 at which a tanh is at its end.
    wide = survey_pairs((2, 64, 64, 64, 1), X, starts=2).saturated[:, activations.index("tanh")]
    assert wide[names.index("normal")] and not wide[names.index("xavier_normal")]
    # Its first start is the one draw that `signal_ratios` looks at.
    assert np.array_equal(survey.ratios[0], signal_ratios((2, 16, 16, 1), X), equal_nan=True)
    assert survey.median[4, 0] == pytest.approx(np.median(survey.ratios[:, 4, 0]))
