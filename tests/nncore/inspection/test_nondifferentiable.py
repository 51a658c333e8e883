import numpy as np
import pytest

from nncore import Network
from nncore.inspection.gradcheck import central_difference
from nncore.inspection.nondifferentiable import NonDifferentiable, nondifferentiable_between

ONE = np.array([[1.0], [2.0]])


def relu(w: float, b: float, **settings) -> Network:
    """max(0, w x + b), squared error."""
    network = Network((1, 1, 1), "relu", "identity", "mse", **settings)
    network.parameters = np.array([w, b, 1.0, 0.0])
    return network


def test_a_step_across_the_point_is_found_on_its_sample():
    # w x + b = -1 + 1 = 0 on the first sample, -1 on the second.
    network = relu(-1.0, 1.0)
    found = nondifferentiable_between(network, ONE, np.zeros(2), 0, 1e-6)
    assert found == [NonDifferentiable("hidden layer 1, ReLU 1 on sample 1", True)]
    assert network.parameters.tolist() == [-1.0, 1.0, 1.0, 0.0]


def test_there_the_difference_is_the_mean_of_both_slopes():
    # One sample, target -1: (max(0, z) + 1)^2 has the slopes 0 and 2 at z = 0.
    network = relu(-1.0, 1.0)
    assert central_difference(network, ONE[:1], np.array([-1.0]), 1, 1e-6) == pytest.approx(1.0, rel=1e-5)
    assert network.loss_and_gradient(ONE[:1], np.array([-1.0]))[1][1] == 0.0


def test_away_from_the_point_nothing_is_found():
    assert nondifferentiable_between(relu(-1.0, 1.5), ONE, np.zeros(2), 0, 1e-6) == []
    # The sums are 0.5 and -0.5: a step of 1 reaches beyond 0 on both samples, a smaller one would not.
    found = nondifferentiable_between(relu(-1.0, 1.5), ONE, np.zeros(2), 0, 1.0)
    assert [point.is_at_value for point in found] == [False, False]


def test_smooth_activations_have_a_derivative_everywhere():
    network = Network((1, 1, 1), "tanh", "identity", "mse", "zeros")
    assert nondifferentiable_between(network, ONE, np.zeros(2), 0, 0.1) == []


def test_the_absolute_error_and_the_l1_penalty_have_such_points_too():
    network = Network((1, 1), output="identity", loss="mae", initializer="zeros", l1=0.1)
    found = nondifferentiable_between(network, ONE[:1], np.zeros(1), 0, 1e-6)
    error = NonDifferentiable("the absolute error of output 1 on sample 1", True)
    assert found == [error, NonDifferentiable("the L1 penalty at weight 0", True)]
    assert nondifferentiable_between(network, ONE[:1], np.zeros(1), 1, 1e-6) == [error]
    network.parameters[0] = 1e-7
    found = nondifferentiable_between(network, ONE[:1], np.zeros(1), 0, 1e-6)
    assert found[1] == NonDifferentiable("the L1 penalty at weight 0", False)
