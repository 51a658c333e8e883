import numpy as np
import pytest

from nncore.neuron import NEURONS
from nncore.neuron_data import make_points, points_for
from nncore.neuron_descent import NeuronSetup, follow
from nncore.neuron_solutions import solve


def test_least_squares_by_hand():
    # Through (0, 1), (1, 2), (2, 6): w = 5/2, b = 1/2; residuals 1/2, -1, 1/2.
    solution = solve("linear", np.array([[0.0], [1.0], [2.0]]), np.array([1.0, 2.0, 6.0]))
    assert solution.parameters == pytest.approx([2.5, 0.5])
    assert solution.loss == pytest.approx(0.5)


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4])
def test_descent_reaches_least_squares_which_is_that_of_scikit_learn(n_inputs):
    from sklearn.linear_model import LinearRegression

    X, y = make_points("line", n_inputs)
    model = LinearRegression().fit(X, y)
    solution = solve("linear", X, y)
    assert solution.parameters == pytest.approx([*model.coef_, model.intercept_], abs=1e-10)
    start = (-1.0,) * n_inputs + (0.5,)
    path = follow(NeuronSetup("linear", "line", 0, n_inputs, 0.1, start=start, steps=("2000b",)))
    assert path.parameters[-1] == pytest.approx(solution.parameters, abs=1e-8)


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4])
def test_descent_reaches_logistic_regression_without_penalty(n_inputs):
    X, y = make_points("groups", n_inputs)
    solution = solve("logistic", X, y)
    start = (-1.0,) * n_inputs + (0.5,)
    path = follow(NeuronSetup("logistic", "groups", 0, n_inputs, 1.0, start=start, steps=("5000b",)))
    assert path.parameters[-1] == pytest.approx(solution.parameters, abs=1e-6)
    assert path.losses[-1] == pytest.approx(solution.loss, abs=1e-10)


def test_the_median_line_ignores_an_outlier_and_the_mean_line_does_not():
    X, y = make_points("outlier", 1)
    plain, _ = (solve("absolute", *make_points(name, 1)).parameters for name in ("line", "outlier"))
    assert solve("absolute", X, y).parameters == pytest.approx(plain, abs=0.25)
    assert abs(solve("linear", X, y).parameters[0] - plain[0]) > 0.5


def test_fewer_samples_than_weights_are_said_to_have_many_solutions():
    solution = solve("linear", *make_points("textbook", 3))
    assert solution.loss == pytest.approx(0, abs=1e-20)
    assert "Fewer samples than weights" in solution.remark


@pytest.mark.parametrize("points, words", [("apart", "parts these"), ("and", "parts these"), ("textbook", "one class")])
def test_separable_classes_have_no_best(points, words):
    solution = solve("logistic", *make_points(points, 2))
    assert solution.parameters is None and words in solution.remark


@pytest.mark.parametrize("kind", NEURONS)
@pytest.mark.parametrize("n_inputs", [1, 4])
def test_every_kind_on_every_set_gets_a_solution_or_a_reason(kind, n_inputs):
    for points in points_for(NEURONS[kind].task):
        solution = solve(kind, *make_points(points, n_inputs))
        assert solution.remark.endswith(".")
        assert (solution.parameters is None) == (solution.loss is None)
