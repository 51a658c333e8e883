import numpy as np
import pytest

from nncore import SCHEDULES
from nncore.neuron import NEURONS, Neuron
from nncore.neuron_data import make_points, points_for
from nncore.neuron_descent import (
    NeuronSetup,
    above_best,
    add_steps,
    compare_rates,
    follow,
    largest_stable_rate,
    loss_along,
    loss_over,
    rate_at,
    read_steps,
    window,
)

TEXTBOOK = NeuronSetup("logistic", "textbook", learning_rate=0.1, start=(0.5, -1.0))


def with_steps(setup, *steps, **changes):
    return NeuronSetup(**{**setup.__dict__, "steps": steps, **changes})


def test_one_step_of_the_textbook_case_by_hand():
    path = follow(with_steps(TEXTBOOK, "1s1"))
    # w = 0.5 - 0.1 * (-1), b = -1 - 0.1 * (-0.5); before, the loss is ln 2; after, z = 2 * 0.6 - 0.95 = 0.25.
    assert path.parameters == pytest.approx(np.array([[0.5, -1.0], [0.6, -0.95]]))
    assert path.losses == pytest.approx([np.log(2), np.log(1 + np.exp(-0.25))])
    assert path.rates.tolist() == [0.1] and not path.diverged


def test_steps_on_a_sample_and_on_the_batch_follow_their_own_gradients():
    setup = NeuronSetup("linear", "line", steps=("1s3", "2b"))
    X, y = make_points("line", 1)
    neuron = Neuron("linear", setup.start)
    for rows in (slice(2, 3), slice(None), slice(None)):
        neuron.parameters -= 0.1 * neuron.loss_and_gradient(X[rows], y[rows])[1]
    assert follow(setup).parameters[-1] == pytest.approx(neuron.parameters, rel=1e-12)


@pytest.mark.parametrize("kind", NEURONS)
def test_a_path_begins_at_the_start_and_cannot_be_written_to(kind):
    points = points_for(NEURONS[kind].task)[0]
    path = follow(NeuronSetup(kind, points, n_inputs=2, start=(1.0, 2.0, 3.0), steps=("5b",)))
    assert path.parameters[0].tolist() == [1.0, 2.0, 3.0] and len(path.losses) == 6
    with pytest.raises(ValueError, match="read-only"):
        path.parameters[0] = 0


def test_a_diverging_path_keeps_its_last_state_within_bounds():
    path = follow(NeuronSetup("linear", "line", learning_rate=10.0, steps=("100b",)))
    assert path.diverged and np.isfinite(path.losses).all()
    assert len(path.losses) == len(path.rates) + 1 < 20


def test_a_schedule_counts_steps():
    rates = follow(NeuronSetup("linear", "line", schedule="step", steps=("102b",))).rates
    assert rates[[0, 99, 100, 101]].tolist() == [0.1, 0.1, 0.05, 0.05]
    assert all(rate_at(0.1, name, 0) == 0.1 for name in SCHEDULES)


def test_steps_are_read_and_joined():
    assert read_steps(("2b", "1s3"), 5) == [None, None, 2]
    assert add_steps((), 1) == ("1b",)
    assert add_steps(("1b",), 10) == ("11b",)
    assert add_steps(("11b",), 1, sample=2) == ("11b", "1s3")
    assert add_steps(("11b", "1s3"), 1, sample=2) == ("11b", "2s3")
    assert add_steps(("2s3",), 1, sample=30) == ("2s3", "1s31")


@pytest.mark.parametrize("changes, words", [
    ({"kind": "cubic"}, "kind must be one of"),
    ({"points": "line"}, "points must be classes for this neuron, got 'line'"),
    ({"schedule": "never"}, "schedule must be one of"),
    ({"learning_rate": float("nan")}, "learning_rate must be a number from 1e-06 to 100.0, got nan"),
    ({"start": (1.0,)}, "start must hold 2 numbers, got 1"),
    ({"start": (1.0, 1e308)}, r"start\[1\] must be a number from -100.0 to 100.0, got 1e\+308"),
    ({"steps": ("0b",)}, r"steps\[0\] must be like .*, got '0b'"),
    ({"steps": ("1b", "1s21")}, r"steps\[1\] must be like .* a sample from 1 to 20, got '1s21'"),
    ({"steps": ("5001b",)}, "steps must be at most 5,000 in all, got 5,001"),
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
    assert slow == pytest.approx(follow(NeuronSetup("linear", "line", steps=("30b",))).losses)
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
