from fractions import Fraction
from operator import mul

import numpy as np
import pytest

from nncore import SCHEDULES
from nncore.single_neuron.data import make_points, points_for
from nncore.single_neuron.descent import (
    NeuronSetup,
    above_best,
    compare_rates,
    first_too_large,
    follow,
    largest_stable_rate,
    loss_along,
    loss_over,
    next_rate,
    states_after,
    steps_until,
    steps_up,
    window,
)
from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.neuron import Neuron
from nncore.single_neuron.solutions import solve
from nncore.single_neuron.steps import Stride, rate_at

TEXTBOOK = NeuronSetup("logistic", "textbook", learning_rate=0.1, start=(0.5, -1.0))


def with_steps(setup, *steps, **changes):
    return NeuronSetup(**{**setup.__dict__, "steps": steps, **changes})


def test_one_step_of_the_textbook_case_by_hand():
    path = follow(with_steps(TEXTBOOK, Stride(1, 0)))
    # w = 0.5 - 0.1 * (-1), b = -1 - 0.1 * (-0.5); before, the loss is ln 2; after, z = 2 * 0.6 - 0.95 = 0.25.
    assert path.parameters == pytest.approx(np.array([[0.5, -1.0], [0.6, -0.95]]))
    assert path.losses == pytest.approx([np.log(2), np.log(1 + np.exp(-0.25))])
    assert path.rates.tolist() == [0.1] and not path.diverged


def test_steps_on_a_sample_and_on_the_batch_follow_their_own_gradients():
    setup = NeuronSetup("linear", "line", steps=(Stride(1, 2), Stride(2)))
    X, y = make_points("line", 1)
    neuron = Neuron("linear", setup.start)
    for rows in (slice(2, 3), slice(None), slice(None)):
        neuron.parameters -= 0.1 * neuron.loss_and_gradient(X[rows], y[rows])[1]
    assert follow(setup).parameters[-1] == pytest.approx(neuron.parameters, rel=1e-12)


@pytest.mark.parametrize("kind", NEURONS)
def test_a_path_begins_at_the_start_and_cannot_be_written_to(kind):
    points = points_for(NEURONS[kind].task)[0]
    path = follow(NeuronSetup(kind, points, n_inputs=2, start=(1.0, 2.0, 3.0), steps=(Stride(5),)))
    assert path.parameters[0].tolist() == [1.0, 2.0, 3.0] and len(path.losses) == 6
    with pytest.raises(ValueError, match="read-only"):
        path.parameters[0] = 0


def test_a_diverging_path_keeps_its_last_state_within_bounds():
    path = follow(NeuronSetup("linear", "line", steps=(Stride(100, None, 10.0),)))
    assert path.diverged and np.isfinite(path.losses).all()
    assert len(path.losses) == len(path.rates) + 1 < 20


def test_a_schedule_counts_steps():
    rates = follow(NeuronSetup("linear", "line", steps=(Stride(102, schedule="step"),))).rates
    assert rates[[0, 99, 100, 101]].tolist() == [0.1, 0.1, 0.05, 0.05]
    assert all(rate_at(0.1, name, 0) == 0.1 for name in SCHEDULES)


def test_the_pace_of_the_next_step_leaves_the_path_as_it_is():
    steps = (Stride(3, None, 0.1), Stride(2, None, 0.3, "step"))
    slow, fast = (follow(NeuronSetup(learning_rate=rate, steps=steps)) for rate in (0.1, 1.0))
    assert fast is slow and slow.rates.tolist() == [0.1, 0.1, 0.1, 0.3, 0.3]
    assert slow.samples.tolist() == [-1] * 5
    X, y = make_points("groups", 1)
    moved = slow.parameters[3] - 0.3 * Neuron("logistic", slow.parameters[3]).gradient(X, y)
    assert slow.parameters[4] == pytest.approx(moved, rel=1e-12)


def test_the_next_rate_goes_on_with_the_clock_of_its_pace_alone():
    # The schedule halves every 100 steps: the next is number 150 of its pace, or number 0 of another.
    steps = (Stride(40), Stride(150, None, 0.2, "step"))
    assert next_rate(NeuronSetup(learning_rate=0.2, schedule="step", steps=steps)) == 0.1
    assert next_rate(NeuronSetup(learning_rate=0.4, schedule="step", steps=steps)) == 0.4


def test_after_a_divergence_a_smaller_rate_goes_on():
    wild = follow(NeuronSetup("linear", "line", steps=(Stride(100, None, 10.0),)))
    calm = follow(NeuronSetup("linear", "line", steps=(Stride(100, None, 10.0), Stride(100, None, 0.1, presses=3))))
    assert wild.diverged and not calm.diverged
    assert calm.parameters[: len(wild.parameters)] == pytest.approx(wild.parameters)
    assert calm.parameters[-1] == pytest.approx(solve("linear", *make_points("line", 1)).parameters, abs=1e-6)


def test_steps_until_the_goal_are_as_many_as_the_path_takes():
    setup = NeuronSetup("linear", "line", learning_rate=0.2)
    goal = solve("linear", *make_points("line", 1)).parameters
    steps = steps_until(setup, np.array(setup.start), goal, 5e-7, 500)
    path = follow(with_steps(setup, Stride(200, None, 0.2))).parameters
    away = np.abs(path - goal).max(axis=1)
    assert away[steps] < 5e-7 <= away[steps - 1]
    assert steps_until(setup, goal, goal, 5e-7, 500) == 0
    assert steps_until(setup, np.array(setup.start), goal, 5e-7, steps - 1) is None
    assert steps_until(with_steps(setup, learning_rate=10.0), np.array(setup.start), goal, 5e-7, 500) is None


@pytest.mark.parametrize("changes, words", [
    ({"kind": "cubic"}, "kind must be one of"),
    ({"points": "line"}, "points must be classes for this neuron, got 'line'"),
    ({"schedule": "never"}, "schedule must be one of"),
    ({"learning_rate": float("nan")}, "learning_rate must be a number from 1e-06 to 100.0, got nan"),
    ({"start": (1.0,)}, "start must hold 2 numbers, got 1"),
    ({"start": (1.0, 1e308)}, r"start\[1\] must be a number from -100.0 to 100.0, got 1e\+308"),
    ({"steps": (Stride(1), Stride(1, 20))}, r"steps\[1\].sample must be from 0 to 19, got 20"),
    ({"steps": (Stride(1, -1),)}, r"steps\[0\].sample must be from 0 to 19, got -1"),
    ({"steps": (Stride(5001),)}, "steps must be at most 5,000 in all, got 5,001"),
])  # fmt: skip
def test_setups_that_cannot_be_are_refused(changes, words):
    with pytest.raises(ValueError, match=words):
        NeuronSetup(**changes)


def test_the_largest_stable_rate_by_hand_and_in_deed():
    # Two samples x = 1 and -1: the Hessian is 2/2 [[2, 0], [0, 2]], its curvature 2, so the limit is 1.
    assert largest_stable_rate(np.array([[1.0], [-1.0]])) == pytest.approx(1.0)
    X, y = make_points("line", 3)
    limit = largest_stable_rate(X)
    rates = np.outer([0.99 * limit, 1.01 * limit], np.ones(2000))
    below, above = compare_rates(Neuron("linear", [1.0, 1.0, 1.0, 1.0]), X, y, rates)
    assert below[-1] < below[0] < above[-1]


def test_racing_rates_agree_with_single_paths_and_divergence_is_infinite():
    X, y = make_points("line", 1)
    rates = np.outer([0.1, 10.0], np.ones(30))
    slow, fast = compare_rates(Neuron("linear", (-1.0, 0.5)), X, y, rates)
    assert slow == pytest.approx(follow(NeuronSetup("linear", "line", steps=(Stride(30),))).losses)
    assert np.isinf(fast[-1]) and np.isfinite(fast[0]) and not np.isnan(fast).any()


def test_what_lies_above_the_best_never_reaches_zero():
    assert above_best(np.array([[3.0, 1.0, 0.999999]]), 1.0, 1e-8).tolist() == [[2.0, 1e-8, 1e-8]]


def test_losses_along_and_over_are_those_of_the_neurons_there():
    X, y = make_points("groups", 2)
    neuron, values, biases = Neuron("logistic", [1.0, 2.0, 3.0]), np.array([-1.0, 4.0]), np.array([0.0, 0.5, 1.0])
    assert loss_along(neuron, X, y, 1, values) == pytest.approx(
        [Neuron("logistic", [1.0, value, 3.0]).loss(X, y) for value in values]
    )
    plane = loss_over(neuron, X, y, 0, values, biases)
    assert plane.shape == (3, 2)
    assert plane[2, 1] == pytest.approx(Neuron("logistic", [4.0, 2.0, 1.0]).loss(X, y))
    assert neuron.parameters.tolist() == [1.0, 2.0, 3.0]


def test_a_window_has_room_around_its_values():
    assert window(np.array([1.0, 1.0])) == (-1.0, 3.0)
    assert window(np.array([0.0, 8.0])) == (-1.0, 9.0)


def test_steps_up_are_counted_once_each_and_diverging_once():
    losses = np.array([[3.0, 2.0, 2.5, 2.5, 1.0], [1.0, 2.0, np.inf, np.inf, np.inf], [1.0, 1.0 + 1e-13, 1.0, 0.5, 0.0]])
    assert steps_up(losses).tolist() == [1, 2, 0]


def test_the_first_rate_above_the_limit_is_too_large():
    X, y = make_points("line", 1)
    limit = largest_stable_rate(X)
    rates = np.outer([0.5 * limit, 0.99 * limit, 1.01 * limit, 2 * limit], np.ones(200))
    assert first_too_large(Neuron("linear", [-1.0, 0.5]), X, y, rates) == pytest.approx(1.01 * limit)
    assert first_too_large(Neuron("linear", [-1.0, 0.5]), X, y, rates[:2]) is None


def test_states_after_more_steps_are_those_of_the_path():
    setup = NeuronSetup(steps=(Stride(5),))
    states, losses = states_after(setup, np.array(setup.start), (0, 1, 5))
    path = follow(setup)
    assert np.allclose(states, path.parameters[[0, 1, 5]], rtol=1e-14)
    assert np.allclose(losses, path.losses[[0, 1, 5]], rtol=1e-14)


def test_more_steps_go_on_where_the_schedules_clock_stands():
    decaying = {"learning_rate": 0.5, "schedule": "inverse_time"}
    ten = follow(NeuronSetup(steps=(Stride(10, None, 0.5, "inverse_time"),), **decaying))
    after_five = NeuronSetup(steps=(Stride(5, None, 0.5, "inverse_time"),), **decaying)
    states, losses = states_after(after_five, ten.parameters[5], (0, 1, 5))
    assert np.allclose(states, ten.parameters[[5, 6, 10]], rtol=1e-14)
    assert np.allclose(losses, ten.losses[[5, 6, 10]], rtol=1e-14)
    assert steps_until(after_five, ten.parameters[5], ten.parameters[10], 1e-12, 20) == 5


def test_states_that_leave_all_bounds_are_infinite():
    setup = NeuronSetup("linear", "line", learning_rate=10.0)
    states, losses = states_after(setup, np.array(setup.start), (0, 100))
    assert np.isfinite(states[0]).all() and np.isinf(states[1]).all() and np.isinf(losses[1])


@pytest.mark.parametrize("points", ["and", "or", "xor"])
def test_a_perceptron_steps_as_exact_fractions_do_though_its_sums_come_to_zero_but_for_rounding(points):
    X, y = make_points(points, 2)
    exact, tenth = [Fraction(-1), Fraction(-1), Fraction(1, 2)], Fraction(1, 10)
    rows = [[*map(Fraction, row), Fraction(1)] for row in X.tolist()]
    for _ in range(100):
        errors = [(sum(map(mul, exact, row)) >= 0) - int(label) for row, label in zip(rows, y, strict=True)]
        exact = [w - tenth * sum(map(mul, errors, column)) / len(y)
                 for w, column in zip(exact, zip(*rows, strict=True), strict=True)]  # fmt: skip
    setup = NeuronSetup("perceptron", points, n_inputs=2, start=(-1.0, -1.0, 0.5), steps=(Stride(100, None, 0.1),))
    assert follow(setup).parameters[-1] == pytest.approx([float(w) for w in exact], abs=1e-12)
