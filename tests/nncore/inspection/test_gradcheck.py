import numpy as np
import pytest

from nncore import ACTIVATIONS, LOSSES, OUTPUTS, Network, check_gradient
from nncore.inspection.gradcheck import (
    GradientCheck,
    central_difference,
    errors_by_step,
    find_cause,
    relative_error,
    rounding_error,
)
from nncore.models.architecture import check_output

rng = np.random.default_rng(11)
X, LABELS, VALUES = rng.normal(size=(6, 3)), rng.integers(0, 2, 6), rng.normal(size=(6, 3))


def is_allowed(output, loss, n_outputs):
    try:
        check_output(output, loss, n_outputs)
    except ValueError:
        return False
    return True


HEADS = [(output, loss, k) for k in (1, 3) for output in OUTPUTS for loss in LOSSES if is_allowed(output, loss, k)]


def test_every_pair_but_the_unstable_ones_is_allowed():
    # One output: three that are not softmax by three losses; three outputs: all four; one cross-entropy each.
    assert len(HEADS) == 3 * 3 + 1 + 4 * 3 + 1


def network_and_targets(activation, output, loss, n_outputs, **settings):
    network = Network((3, 4, 3, n_outputs), activation, output, loss, "normal", seed=5, **settings)
    network.parameters += 0.1  # biases away from 0
    is_regression = output == "identity"
    return network, VALUES[:, :n_outputs] if is_regression else (LABELS if n_outputs == 1 else LABELS + 1)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("output, loss, n_outputs", HEADS)
def test_backpropagation_agrees_with_central_differences(activation, output, loss, n_outputs):
    network, y = network_and_targets(activation, output, loss, n_outputs)
    check = check_gradient(network, X, y)
    assert len(check.indices) == network.n_parameters
    assert np.abs(check.by_backpropagation).max() > 1e-6 and check.worst_error < 1e-6


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("penalties", [{"l1": 0.05}, {"l2": 0.3}, {"l1": 0.02, "l2": 0.1}])
def test_penalties_are_in_the_gradient(activation, penalties):
    network, y = network_and_targets(activation, "softmax", "cross_entropy", 3, **penalties)
    assert check_gradient(network, X, y).worst_error < 1e-6


def test_a_different_activation_in_every_layer():
    network, y = network_and_targets(("gelu", "elu"), "softmax", "cross_entropy", 3)
    assert check_gradient(network, X, y).worst_error < 1e-6


@pytest.mark.parametrize("output, loss, n_outputs", [head for head in HEADS if head[2] == 1 or head[0] == "softmax"])
def test_no_hidden_layer(output, loss, n_outputs):
    network = Network((3, n_outputs), "tanh", output, loss, "normal", seed=1)
    assert check_gradient(network, X, LABELS).worst_error < 1e-6


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("output, loss, n_outputs", HEADS)
def test_the_inner_loop_computes_the_same_gradient(activation, output, loss, n_outputs):
    for runs in (None, 3):
        network, y = network_and_targets(activation, output, loss, n_outputs, l1=0.01, l2=0.1, runs=runs)
        bound, order = network.bind(X, y, 4), np.array([3, 0, 5, 1, 4, 2])
        bound.start_epoch(order)
        assert bound.n_updates == 2
        for update, rows in enumerate((order[:4], order[4:])):
            expected = network.loss_and_gradient(X[rows], y[rows])[1]
            assert bound.gradient(update) == pytest.approx(expected, abs=1e-12)


def test_the_inner_loop_sees_parameters_written_after_it_was_bound():
    network, y = network_and_targets("tanh", "sigmoid", "mse", 1)
    bound = network.bind(X, y, None)
    network.parameters *= 0.5
    assert bound.gradient(0) == pytest.approx(network.loss_and_gradient(X, y)[1], abs=1e-14)


def test_a_sample_of_the_parameters_is_checked_where_there_are_many():
    network, y = network_and_targets("tanh", "sigmoid", "mse", 1)
    check, again, other = (check_gradient(network, X, y, limit=10, seed=seed) for seed in (1, 1, 2))
    assert len(set(check.indices)) == 10 and check.indices.max() < network.n_parameters
    assert np.array_equal(check.indices, again.indices) and not np.array_equal(check.indices, other.indices)


def test_the_network_is_left_as_it_was():
    network, y = network_and_targets("tanh", "sigmoid", "mse", 1)
    before = network.parameters.copy()
    check_gradient(network, X, y)
    assert np.array_equal(network.parameters, before)


class Parabola:
    """L = (w - 3)^2, claiming a slope `factor` times the true one."""

    def __init__(self, factor=1.0):
        self.parameters, self.factor = np.array([5.0]), factor

    def loss_and_gradient(self, X, y):
        return float((self.parameters[0] - 3) ** 2), self.factor * 2 * (self.parameters - 3)


def test_a_slope_by_hand_and_a_wrong_one_found():
    assert central_difference(Parabola(), X, LABELS, 0) == pytest.approx(4.0)
    assert check_gradient(Parabola(), X, LABELS).worst_error < 1e-6
    # Claims 8 where the slope is 4: the error is 4 / 8.
    assert check_gradient(Parabola(2.0), X, LABELS).worst_error == pytest.approx(0.5)


class Bowl:
    """L = w1^2 + w2^2 + w3^2 + w4^2, whose gradient 2 w is claimed with `error` added to the last entry."""

    def __init__(self, error):
        self.parameters, self.error = np.array([1.0, 2.0, 4.0, 1.0]), np.array([0.0, 0.0, 0.0, error])

    def loss_and_gradient(self, X, y):
        return float(np.square(self.parameters).sum()), 2 * self.parameters + self.error


def test_one_wrong_entry_among_right_ones_counts_in_full():
    # Claims 2, 4, 8 and 2 + 0.4: the worst error is 0.4 of the largest gradient, 8; the mean one would be a quarter of it.
    check = check_gradient(Bowl(0.4), X, LABELS)
    assert check.worst_error == pytest.approx(0.05, rel=1e-6)
    assert check.disagreements == pytest.approx([0.0, 0.0, 0.0, 0.4], abs=1e-6)


def test_the_error_is_relative_to_the_largest_gradient_that_was_checked():
    # With two of the four parameters checked, the largest gradient is that of those two, 2 to 8.
    for seed in range(6):
        check = check_gradient(Bowl(0.4), X, LABELS, limit=2, seed=seed)
        expected = check.disagreements.max() / np.abs(check.by_backpropagation).max()
        assert check.worst_error == pytest.approx(expected, rel=1e-12)


def test_a_gradient_of_nothing_but_zeros_is_not_divided_by():
    network = Network((3, 4, 1), "tanh", "identity", "mse", "zeros")
    check = check_gradient(network, X, np.zeros(6))
    assert check.worst_error == 0.0 and not check.by_backpropagation.any()


def test_progress_is_told_as_a_share():
    shares = []
    check_gradient(Network((3, 1)), X, LABELS, progress=shares.append)
    assert shares == [0.0, 0.25, 0.5, 0.75]


@pytest.mark.parametrize("pair, error", [((2.0, 1.0), 0.5), ((-1.0, 1.0), 2.0), ((0.0, 0.0), 0.0), ((0.0, 3.0), 1.0)])
def test_the_relative_error_is_a_share_of_the_larger(pair, error):
    assert relative_error(*pair) == error


def test_the_error_falls_with_the_step_and_rises_again():
    errors = errors_by_step(Network((3, 2, 1), seed=1), X, LABELS, 0, np.array([1e-1, 1e-2, 1e-5, 1e-11]))
    assert errors[0] / errors[1] == pytest.approx(100, rel=0.2)  # with the square of the step
    assert errors[2] < 1e-8 < errors[3]


def test_rounding_grows_as_the_step_shrinks():
    assert rounding_error(2.0, 1e-6) == 2 * 2.0**-52 / 1e-6
    assert rounding_error(1e-4, 1e-6) == 2.0**-52 / 1e-6  # a small loss is computed from numbers that are not


class OneWeight:
    """L = `loss`(w) with the slope `slope` at w = 1."""

    def __init__(self, loss, slope):
        self.parameters, self.loss, self.slope = np.array([1.0]), loss, slope

    def loss_and_gradient(self, X, y):
        return float(self.loss(self.parameters[0])), np.array([self.slope])


def cause_of(model, step):
    return find_cause(model, X, LABELS, check_gradient(model, X, LABELS, step=step), step)


def test_a_curved_loss_asks_for_a_smaller_step():
    # ((1 + h)^3 - (1 - h)^3) / 2h = 3 + h^2: off by h^2 = 0.01, at ten times the step by 1, at a tenth of it by 0.0001.
    cause = cause_of(OneWeight(lambda w: w**3, 3.0), 0.1)
    assert cause.name == "curvature" and cause[1:4] == pytest.approx((0.01, 1.0, 0.0001))


def test_a_loss_of_few_digits_asks_for_a_larger_step():
    # L = w in steps of 0.125, the halves to even: at 1 +- 0.1 it is 1.125 and 0.875, so 1.25 for a slope of 1; at
    # 1 +- 1 it is exact; at 1 +- 0.01 it does not move.
    cause = cause_of(OneWeight(lambda w: round(8 * w) / 8, 1.0), 0.1)
    assert cause.name == "rounding" and cause[1:4] == pytest.approx((0.25, 0.0, 1.0))


def test_a_small_loss_of_large_sums_is_rounded_as_they_are():
    network = Network((3, 4, 3), "tanh", "softmax", "cross_entropy", "normal", seed=2)
    for step, name in ((1e-9, "rounding"), (1e-2, "curvature")):
        cause = cause_of_network(network, step)
        assert cause.name == name
        assert (cause.larger < cause.here) == (name == "rounding")


def cause_of_network(network, step):
    return find_cause(network, X, LABELS + 1, check_gradient(network, X, LABELS + 1, step=step), step)


def test_a_point_without_a_derivative_has_neither_cause():
    # |w - 1| where it is not differentiable: 0 by differences of any step, 1 by the derivative of the right side.
    cause = cause_of(OneWeight(lambda w: abs(w - 1), 1.0), 1e-3)
    assert cause.name == "unknown" and cause[1:4] == pytest.approx((1.0, 1.0, 1.0))


def test_between_rounding_and_a_missing_derivative_no_other_step_is_advised():
    # At 1 +- 1e-3 the slope is 1 to rounding; 1 +- 1e-2 reaches the corner at 1.005.
    model = OneWeight(lambda w: w + 1e3 * max(0.0, w - 1.005), 1.0)
    off = rounding_error(1.0, 1e-3)
    found = GradientCheck(np.array([0]), np.array([1.0]), np.array([1.0 + off]), off)
    cause = find_cause(model, X, LABELS, found, 1e-3)
    assert cause.larger > 100 and cause.smaller < 1e-10 and cause.name == "unknown" and cause.rounding == off
