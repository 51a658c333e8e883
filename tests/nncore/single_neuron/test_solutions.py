import numpy as np
import pytest

from nncore.single_neuron.data import make_points, points_for
from nncore.single_neuron.descent import NeuronSetup, follow
from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.neuron import Neuron
from nncore.single_neuron.solutions import lowest_over, solve
from nncore.single_neuron.steps import Stride


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
    path = follow(NeuronSetup("linear", "line", 0, n_inputs, 0.1, start=start, steps=(Stride(2000, None, 0.1),)))
    assert path.parameters[-1] == pytest.approx(solution.parameters, abs=1e-8)


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4])
def test_descent_reaches_logistic_regression_without_penalty(n_inputs):
    X, y = make_points("groups", n_inputs)
    solution = solve("logistic", X, y)
    start = (-1.0,) * n_inputs + (0.5,)
    path = follow(NeuronSetup("logistic", "groups", 0, n_inputs, 1.0, start=start, steps=(Stride(5000, None, 1.0),)))
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


def test_the_lowest_point_with_one_weight_held_by_hand():
    # y = 2 x1 + 3 x2 + 1 exactly, w2 held at 1: left to fit is 2 x1 + 2 x2 + 1, with x2 = 1, 0, 0, 1 for x1 = 0, 1, 2, 3.
    X = np.array([[0.0, 1.0], [1.0, 0.0], [2.0, 0.0], [3.0, 1.0]])
    y = X @ [2.0, 3.0] + 1.0
    # x2 does not go with x1 here, so its mean of 1/2 goes into the bias: 1 + 2 / 2.
    assert lowest_over(Neuron("linear", [9.0, 1.0, 9.0]), X, y, 0) == pytest.approx([2.0, 2.0])


@pytest.mark.parametrize("kind", ["linear", "absolute", "logistic"])
@pytest.mark.parametrize("index", [0, 1, 2])
def test_nothing_near_the_lowest_point_is_lower(kind, index):
    X, y = make_points(points_for(NEURONS[kind].task)[0], 3)
    neuron = Neuron(kind, [0.5, -0.5, 0.7, 0.1])
    there = neuron.parameters.copy()
    there[[index, -1]] = lowest_over(neuron, X, y, index)
    around = np.tile(there, (200, 1))
    around[:, [index, -1]] += np.random.default_rng(0).normal(0.0, 0.1, (200, 2))
    assert (Neuron(kind, around).loss(X, y) >= Neuron(kind, there).loss(X, y) - 1e-12).all()


def test_with_the_others_at_the_solution_the_lowest_point_is_the_solution():
    for kind, points in (("linear", "line"), ("logistic", "groups")):
        X, y = make_points(points, 2)
        parameters = solve(kind, X, y).parameters
        assert lowest_over(Neuron(kind, parameters), X, y, 0) == pytest.approx(parameters[[0, 2]], abs=1e-5)


@pytest.mark.parametrize("kind, points", [("logistic", "and"), ("logistic", "textbook"), ("perceptron", "groups"),
                                          ("sigmoid_squared", "groups"), ("tanh_squared", "groups")])  # fmt: skip
def test_where_there_is_no_lowest_point_none_is_given(kind, points):
    assert lowest_over(Neuron(kind, [1.0, 1.0, 0.0]), *make_points(points, 2), 0) is None


def test_saturated_weights_do_not_keep_newton_from_the_lowest_point():
    X, y = make_points("groups", 3)
    far, near = (lowest_over(Neuron("logistic", [w, 0.5, 0.5, b]), X, y, 0) for w, b in ((-60.0, 10.0), (0.0, 0.0)))
    assert far == pytest.approx(near, abs=1e-5)


def test_a_line_through_every_sample_has_a_loss_of_nothing():
    # One sample x = 2, y = 1 and two unknowns: the shortest of the many lines is w = 0.4, b = 0.2.
    solution = solve("linear", np.array([[2.0]]), np.array([1.0]))
    assert solution.parameters == pytest.approx([0.4, 0.2]) and solution.loss == 0
