"""Likelihood and curvature of one logistic neuron, with numbers worked by hand."""

from math import exp, log

import numpy as np
import pytest

from nncore.single_neuron.curvature import log_likelihood, newton_step, second_derivatives
from nncore.single_neuron.neuron import Neuron

X, Y = np.array([[1.0], [-1.0]]), np.array([1.0, 0.0])


def test_a_neuron_that_knows_nothing_gives_each_label_a_half():
    assert log_likelihood(Neuron("logistic", [0.0, 0.0]), X, Y) == pytest.approx(2 * log(0.5))
    a = 1 / (1 + exp(-2))
    assert log_likelihood(Neuron("logistic", [2.0, 0.0]), X, Y) == pytest.approx(2 * log(a))


def test_second_derivatives_by_hand_and_by_differences():
    assert second_derivatives(Neuron("logistic", [0.0, 0.0]), X) == pytest.approx(0.25 * np.eye(2))
    rng, step = np.random.default_rng(0), 1e-5
    inputs, labels, place = rng.normal(size=(9, 2)), (rng.random(9) > 0.5).astype(float), rng.normal(size=3)
    measured = [(Neuron("logistic", place + step * axis).gradient(inputs, labels)
                 - Neuron("logistic", place - step * axis).gradient(inputs, labels)) / (2 * step) for axis in np.eye(3)]
    matrix = second_derivatives(Neuron("logistic", place), inputs)
    assert matrix == pytest.approx(np.array(measured), abs=1e-8) and np.linalg.eigvalsh(matrix).min() > 0


def test_a_step_of_newton_by_hand_and_to_the_end():
    # At 0 the gradient is (-1/2, 0) and the curvature 1/4: the step is 2.
    assert newton_step(Neuron("logistic", [0.0, 0.0]), X, Y) == pytest.approx([2.0, 0.0], abs=1e-6)
    mixed = np.array([[-1.0], [0.0], [1.0], [2.0]]), np.array([0.0, 1.0, 0.0, 1.0])
    place = np.zeros(2)
    for _ in range(8):
        place = newton_step(Neuron("logistic", place), *mixed)
    assert np.abs(Neuron("logistic", place).gradient(*mixed)).max() < 1e-9


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match="logistic"):
        log_likelihood(Neuron("linear", [0.0, 0.0]), X, Y)
