"""One step of every optimizer, its numbers worked by hand and against what the parameters really did."""

import math
import re

import numpy as np
import pytest

from nncore import OPTIMIZERS, Trainer
from nncore.inspection.optimizer_steps import weight_step

FIRST, SECOND = np.array([0.5, -2.0]), np.array([-0.3, 0.0])


class TwoGradients:
    """A model of two weights, whose gradient is FIRST and then SECOND whatever they are."""

    def __init__(self):
        self.parameters, self._gradients = np.array([1.0, 3.0]), iter((FIRST, SECOND))

    def loss_and_gradient(self, X, y):
        return 0.0, next(self._gradients).copy()


def second_step(name: str):
    """The second step of an optimizer, on gradients 0.5 and then -0.3 for the first weight, which begins at 1."""
    return Trainer(TwoGradients(), np.zeros((2, 1)), np.zeros(2), name, 0.1, batch_size=1).look_at_update(2)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_number_in_the_lines_of_a_rule_is_there(name):
    update, entry = second_step(name), OPTIMIZERS[name]
    one = weight_step(update, 0)
    known = {*vars(one), *one.numbers, *update.settings, *(f"rest_{each}" for each in update.settings), "learning_rate"}
    for line in entry.lines:
        assert set(re.findall(r"\$\(?(\w+)", line.rule + line.numbers)) <= known and line.value in known
    assert entry.lines[-1].value == "change" and entry.defaults == update.settings


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("index", [0, 1])
def test_the_rule_gives_what_the_weight_really_did(name, index):
    step = second_step(name)
    one = weight_step(step, index)
    assert one.change == one.after - one.before == step.after[index] - step.before[index]
    assert one.change == pytest.approx(-0.1 * one.direction - one.decay, abs=1e-15)
    assert one.plain == -0.1 * SECOND[index]


def test_momentum_by_hand():
    # v: 0.5, then 0.9 * 0.5 - 0.3 = 0.15; w: 1 - 0.05 = 0.95, then less 0.015.
    one = weight_step(second_step("momentum"), 0)
    assert one.numbers == pytest.approx({"velocity_before": 0.5, "velocity": 0.15})
    assert (one.before, one.change) == (pytest.approx(0.95), pytest.approx(-0.015))
    assert one.plain > 0  # the step goes against this gradient's own


def test_nesterov_by_hand():
    # The direction is -0.3 + 0.9 * 0.15 = -0.165.
    assert weight_step(second_step("nesterov"), 0).direction == pytest.approx(-0.165)


def test_adagrad_and_rmsprop_by_hand():
    # s: 0.25 + 0.09 = 0.34; as a running mean 0.01 * 0.25 = 0.0025, then 0.99 * 0.0025 + 0.01 * 0.09 = 0.003375.
    one = weight_step(second_step("adagrad"), 0)
    assert one.numbers == pytest.approx({"square_sum_before": 0.25, "square_sum": 0.34})
    assert one.direction == pytest.approx(-0.3 / math.sqrt(0.34))
    one = weight_step(second_step("rmsprop"), 0)
    assert one.numbers == pytest.approx({"square_mean_before": 0.0025, "square_mean": 0.003375})


def test_adam_by_hand():
    # m: 0.05, then 0.045 - 0.03 = 0.015; v: 0.00025, then 0.00024975 + 0.00009 = 0.00033975; t = 2.
    one = weight_step(second_step("adam"), 0)
    assert one.numbers == pytest.approx({
        "updates": 2, "mean_before": 0.05, "mean": 0.015, "corrected_mean": 0.015 / 0.19,
        "square_mean_before": 0.00025, "square_mean": 0.00033975, "corrected_square_mean": 0.00033975 / 0.001999,
    })  # fmt: skip
    assert one.change == pytest.approx(-0.1 * (0.015 / 0.19) / math.sqrt(0.00033975 / 0.001999), rel=1e-6)


def test_adamw_shrinks_the_weight_itself():
    one = weight_step(second_step("adamw"), 1)
    assert one.decay == pytest.approx(0.1 * 0.01 * one.before) and one.decay > 0
    assert weight_step(second_step("adam"), 1).decay == 0


def test_what_went_in_is_kept_as_it_was():
    step = second_step("adam")
    assert step.gradient.tolist() == SECOND.tolist() and not np.shares_memory(step.before, step.after)
    assert step.memory_before["updates"][0] == 1 and step.memory_after["updates"][0] == 2
