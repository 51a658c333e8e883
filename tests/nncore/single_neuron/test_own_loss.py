"""What one constant and one neuron come to under losses of one's own."""

import numpy as np
import pytest

from nncore.single_neuron.own_loss import OwnLoss, best_constant, train_neuron, waiting_times

Y = np.array([1.0, 2.0, 3.0, 4.0, 10.0])
ABSOLUTE = OwnLoss(squared=False)


def test_the_constant_of_each_loss_by_hand():
    assert best_constant(Y, OwnLoss()) == pytest.approx(4.0)
    assert best_constant(Y, ABSOLUTE) == 3.0 and best_constant(Y[:4], ABSOLUTE) == 2.5
    assert best_constant(Y, OwnLoss(False, 4.0, 1.0)) == 7.0  # a quantile of 0.8: anything from 4 to 10 is as good
    # 3 (10 - c) = sum of (c - y) over the other four: 3 * 10 + 10 = 7 c
    assert best_constant(Y, OwnLoss(True, 3.0, 1.0)) == pytest.approx(40 / 7)


@pytest.mark.parametrize("loss", [OwnLoss(), ABSOLUTE, OwnLoss(False, 9.0, 1.0), OwnLoss(True, 1.0, 5.0)])
def test_no_other_constant_costs_less(loss):
    y = waiting_times(101)[1]
    best = best_constant(y, loss)
    least = loss.cost(np.full(101, best), y).mean()
    assert all(loss.cost(np.full(101, c), y).mean() >= least - 1e-12 for c in np.linspace(y.min(), y.max(), 300))


@pytest.mark.parametrize("loss", [OwnLoss(), OwnLoss(False, 9.0, 1.0), OwnLoss(True, 1.0, 5.0)])
def test_the_slope_is_the_derivative_of_the_cost(loss):
    answers, targets = np.array([0.5, 2.0, -1.0]), np.array([1.0, 1.0, 1.0])
    numeric = (loss.cost(answers + 1e-6, targets) - loss.cost(answers - 1e-6, targets)) / 2e-6
    assert loss.slope(answers, targets) == pytest.approx(numeric, rel=1e-5)


def test_the_neuron_comes_to_least_squares_and_to_the_quantile():
    x, y = waiting_times(150)
    assert train_neuron(x, y, OwnLoss()) == pytest.approx(tuple(np.polyfit(x, y, 1)), rel=1e-3)
    weight, bias = train_neuron(x, y, OwnLoss(False, 9.0, 1.0))
    assert np.mean(y < weight * x + bias) == pytest.approx(0.9, abs=0.02)


def test_a_price_that_cannot_be():
    with pytest.raises(ValueError, match="low must be"):
        OwnLoss(False, 0.0, 1.0)
