import numpy as np
import pytest

from nncore import ACTIVATIONS, INITIALIZERS, Network
from nncore.inspection.gradcheck import check_gradient

X = np.random.default_rng(0).normal(size=(7, 2))


def small_network():
    """2-2-1 with ReLU: h1 = relu(x1 + 2 x2 - 1), h2 = relu(-x1 + x2), out = 3 h1 - 2 h2 + 0.5."""
    network = Network((2, 2, 1), "relu", output="identity", loss="mse")
    network.weights[0][...] = [[1, 2], [-1, 1]]
    network.biases[0][...] = [-1, 0]
    network.weights[1][...] = [[3, -2]]
    network.biases[1][...] = [0.5]
    return network


def test_forward_by_hand():
    # (1, 1): z = (2, 0), a = (2, 0), out 6.5. (0, 2): z = (3, 2), a = (3, 2), out 9 - 4 + 0.5 = 5.5.
    # (0, 0): z = (-1, 0), a = (0, 0), out 0.5.
    forward = small_network().forward([[1, 1], [0, 2], [0, 0]])
    assert forward.z[0].tolist() == [[2, 0], [3, 2], [-1, 0]]
    assert forward.a[0].tolist() == [[2, 0], [3, 2], [0, 0]]
    assert forward.a[1].tolist() == forward.z[1].tolist() == [[6.5], [5.5], [0.5]]


def test_backpropagation_by_hand():
    # x = 1: z1 = 2 * 1 + 1 = 3, a1 = 3, y = 3 * 3 - 1 = 8, target 6: loss (8 - 6)^2 = 4, dL/dy = 4.
    # dL/dw2 = 4 * 3 = 12, dL/db2 = 4, dL/dz1 = 4 * 3 = 12, dL/dw1 = 12 * 1, dL/db1 = 12.
    network = Network((1, 1, 1), "relu", output="identity", loss="mse")
    network.parameters = [2, 1, 3, -1]
    loss, gradient = network.loss_and_gradient([[1.0]], [6.0])
    assert loss == 4.0 and gradient.tolist() == [12, 12, 12, 4]


def test_penalties_by_hand_leave_the_biases_out():
    # Weights 2 and 3: 0.2 / 2 * (4 + 9) + 0.1 * (2 + 3) = 1.8; slopes 0.2 w + 0.1 = 0.5 and 0.7.
    network = Network((1, 1, 1), "relu", output="identity", loss="mse", l1=0.1, l2=0.2)
    network.parameters = [2, 1, 3, -1]
    loss, gradient = network.loss_and_gradient([[1.0]], [6.0])
    assert network.data_loss([[1.0]], [6.0]) == 4.0
    assert loss == pytest.approx(5.8) and network.penalty() == pytest.approx(1.8)
    assert gradient == pytest.approx([12.5, 12, 12.7, 4])


def test_parameters_of_784_16_10():
    network = Network((784, 16, 10))
    assert network.n_parameters == network.parameters.size == 12_730
    assert sum(weights.size for weights in network.weights) == 12_704
    assert network.weight_mask.sum() == 12_704


@pytest.mark.parametrize("runs", [None, 3])
def test_weights_and_biases_are_views_of_the_parameters(runs):
    network = Network((2, 3, 1), runs=runs)
    lead = () if runs is None else (runs,)
    assert [w.shape for w in network.weights] == [(*lead, 3, 2), (*lead, 1, 3)]
    assert [b.shape for b in network.biases] == [(*lead, 3), (*lead, 1)]
    assert network.parameters.shape == (*lead, 13) and network.parameters.dtype == np.float64
    before = network.predict(X)
    for view in network.weights + network.biases:
        view += 0.25
    assert not np.array_equal(network.predict(X), before)
    network.parameters = 0.0
    assert all((view == 0).all() for view in network.weights + network.biases)


def test_loss_and_gradient_returns_fresh_arrays():
    network, y = Network((2, 3, 1)), np.arange(7) % 2
    first = network.loss_and_gradient(X, y)[1]
    kept = first.copy()
    network.parameters += 0.5
    network.loss_and_gradient(X, y)
    assert np.array_equal(first, kept) and not np.shares_memory(first, network.parameters)


@pytest.mark.parametrize("n_outputs, output, loss", [(1, "sigmoid", "cross_entropy"), (3, "softmax", "cross_entropy")])
def test_defaults_follow_the_number_of_outputs(n_outputs, output, loss):
    network = Network((2, 4, n_outputs))
    assert (network.output, network.loss) == (output, loss)


@pytest.mark.parametrize("n_outputs, output", [(3, "softmax"), (3, "sigmoid"), (1, "tanh"), (2, "identity")])
def test_predictions_have_the_shape_and_range_of_their_output(n_outputs, output):
    loss = "mse"
    prediction = Network((2, 4, n_outputs), output=output, loss=loss, initializer="normal").predict(5 * X)
    assert prediction.shape == (7, n_outputs)
    low, high = {"softmax": (0, 1), "sigmoid": (0, 1), "tanh": (-1, 1), "identity": (-np.inf, np.inf)}[output]
    assert (low <= prediction).all() and (prediction <= high).all()
    if output == "softmax":
        assert prediction.sum(axis=1) == pytest.approx(1.0)


@pytest.mark.parametrize("sizes, output, loss, expected", [
    ((2, 1), "sigmoid", "cross_entropy", [[0], [1], [0]]),
    ((2, 1), "sigmoid", "mse", [[0], [1], [0]]),
    ((2, 1), "tanh", "mse", [[-1], [1], [-1]]),
    ((2, 2), "softmax", "cross_entropy", [[1, 0], [0, 1], [1, 0]]),
    ((2, 2), "tanh", "huber", [[1, -1], [-1, 1], [1, -1]]),
])  # fmt: skip
def test_targets_of_class_labels(sizes, output, loss, expected):
    network = Network(sizes, output=output, loss=loss)
    assert network.targets(np.array([0, 1, 0])).tolist() == expected


def test_regression_targets_stay_as_they_are():
    values = np.array([0.5, -2.0, 3.0])
    assert np.array_equal(Network((2, 1), output="tanh", loss="mse").targets(values), values[:, None])
    table = np.arange(6.0).reshape(3, 2)
    assert np.array_equal(Network((2, 2), output="identity", loss="mse").targets(table), table)


@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_the_first_runs_stay_the_same_as_their_number_grows(initializer):
    few, many = (Network((2, 5, 1), initializer=initializer, seed=4, runs=runs) for runs in (2, 6))
    assert np.array_equal(few.parameters, many.parameters[:2])


def test_every_run_can_be_opened_alone():
    together = Network((2, 5, 3), seed=4, runs=6)
    for r in range(6):
        assert np.array_equal(Network((2, 5, 3), seed=4, start=r).parameters, together.parameters[r])
    assert np.array_equal(Network((2, 5, 3), seed=4, start=2, runs=3).parameters, together.parameters[2:5])


def test_weights_come_from_the_spawned_seed_sequence():
    rng = np.random.default_rng(np.random.SeedSequence(9).spawn(3)[2])
    network = Network((2, 3, 1), initializer="normal", seed=9, start=2)
    assert np.array_equal(network.weights[0], rng.standard_normal((3, 2)))
    assert np.array_equal(network.weights[1], rng.standard_normal((1, 3)))


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 4, 3, 1), (2, 5, 3), (2, 1)])
def test_run_r_among_many_computes_what_it_computes_alone(activation, sizes):
    y = np.random.default_rng(1).integers(0, max(2, sizes[-1]), len(X))
    together = Network(sizes, activation, seed=3, runs=4, l1=0.01, l2=0.02)
    losses, gradients = together.loss_and_gradient(X, y)
    predictions, forward = together.predict(X), together.forward(X)
    assert losses.shape == (4,) and gradients.shape == together.parameters.shape
    for r in range(4):
        alone = Network(sizes, activation, seed=3, start=r, l1=0.01, l2=0.02)
        loss, gradient = alone.loss_and_gradient(X, y)
        assert isinstance(loss, float) and losses[r] == pytest.approx(loss, rel=1e-12)
        assert gradients[r] == pytest.approx(gradient, abs=1e-12)
        assert predictions[r] == pytest.approx(alone.predict(X), abs=1e-12)
        assert together.data_loss(X, y)[r] == pytest.approx(alone.data_loss(X, y), rel=1e-12)
        for layer, z in enumerate(alone.forward(X).z):
            assert forward.z[layer][r] == pytest.approx(z, abs=1e-12)


@pytest.mark.parametrize("initializer", ["zeros", "ones"])
def test_a_constant_start_makes_all_neurons_of_a_layer_alike(initializer):
    network = Network((2, 4, 1), initializer=initializer)
    gradient = network.matrices(network.loss_and_gradient(X, np.arange(7) % 2)[1])[0]
    assert np.abs(gradient - gradient[0]).max() < 1e-15


def test_layers_without_activations_are_one_matrix():
    network = Network((2, 5, 4, 2), "identity", output="identity", loss="mse")
    product = network.weights[2] @ network.weights[1] @ network.weights[0]
    assert network.predict(X) == pytest.approx(X @ product.T, abs=1e-12)


@pytest.mark.parametrize("sizes, activation", [((2, 5, 3), "tanh"), ((2, 4, 4, 1), "relu"), ((2, 6, 1), "sigmoid")])
def test_probabilities_agree_with_scikit_learn(sizes, activation):
    from sklearn.neural_network import MLPClassifier

    network = Network(sizes, activation, seed=2)
    name = {"sigmoid": "logistic"}.get(activation, activation)
    model = MLPClassifier(sizes[1:-1], activation=name, max_iter=1, solver="sgd", n_iter_no_change=5)
    labels = np.arange(7) % max(2, sizes[-1])
    model.partial_fit(X, labels, classes=np.unique(labels))
    model.coefs_ = [weights.T for weights in network.weights]
    model.intercepts_ = [biases.copy() for biases in network.biases]
    theirs = model.predict_proba(X)
    assert network.predict(X) == pytest.approx(theirs if sizes[-1] > 1 else theirs[:, 1:], abs=1e-12)


@pytest.mark.parametrize("settings, message", [
    ({"sizes": (2,)}, r"sizes must name at least the inputs and the outputs, got \(2,\)"),
    ({"sizes": (2, 0, 1)}, r"sizes\[1\] must be at least 1, got 0"),
    ({"activation": "cube"}, "activation must be one of identity, .* got 'cube'"),
    ({"activation": ("tanh", "relu")}, "activation must be one name or 1 names, got 2"),
    ({"output": "step"}, "output must be one of identity, .* got 'step'"),
    ({"loss": "hinge"}, "loss must be one of mse, .* got 'hinge'"),
    ({"initializer": "glorot"}, "initializer must be one of zeros, .* got 'glorot'"),
    ({"sizes": 5}, "sizes must name at least the inputs and the outputs, got 5"),
    ({"sizes": (2, 1.5, 1)}, r"sizes\[1\] must be a whole number of at least 1, got 1.5"),
    ({"activation": None}, "activation must be one name or 1 names, got None"),
    ({"l1": -1.0}, "l1 must be a finite number of at least 0, got -1.0"),
    ({"l2": float("inf")}, "l2 must be a finite number of at least 0, got inf"),
    ({"seed": -1}, "seed must be at least 0, got -1"),
    ({"runs": 1.5}, "runs must be a whole number of at least 1, got 1.5"),
    ({"loss": 0}, "loss must be one of mse, .* got 0"),
    ({"runs": 0}, "runs must be at least 1, got 0"),
    ({"output": "tanh"}, "output must be sigmoid with cross_entropy and 1 outputs, got 'tanh'"),
    ({"sizes": (2, 3, 2), "output": "sigmoid"}, "output must be softmax with cross_entropy and 2 outputs"),
    ({"output": "softmax", "loss": "mse"}, "output softmax needs at least 2 outputs, got 1"),
])  # fmt: skip
def test_settings_that_make_no_network_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        Network(**{"sizes": (2, 3, 1)} | settings)


@pytest.mark.parametrize("sizes, y, message", [
    ((2, 1), [0, 2, 1], "y must hold labels 0 and 1, got 2 in row 1"),
    ((2, 3), [0, 3, 1], "y must hold labels 0 to 2, got 3 in row 1"),
    ((2, 3), [0, -1, 1], "y must hold labels 0 to 2, got -1 in row 1"),
    ((2, 3), [[0, 1]] * 3, r"y must have shape .N, 3., got \(3, 2\)"),
])  # fmt: skip
def test_labels_that_do_not_fit_are_refused(sizes, y, message):
    with pytest.raises(ValueError, match=message):
        Network(sizes).loss_and_gradient(X[:3], y)


@pytest.mark.parametrize("settings, y, message", [
    ({"output": "identity", "loss": "mse"}, [1.0], "y must have as many rows as X, at least 1, got 1 and 3"),
    ({"output": "identity", "loss": "mse"}, 1.0, r"y must have shape \(N,\) or \(N, 1\), got \(\)"),
    ({"output": "identity", "loss": "mse"}, [[[1.0]]] * 3, r"y must have shape \(N,\) or \(N, 1\), got \(3, 1, 1\)"),
    ({"output": "identity", "loss": "mse"}, ["0", "1", "0"], "y must hold numbers, got <U1"),
    ({"output": "identity", "loss": "mse"}, [0, np.nan, 1], "y must hold finite numbers, got nan or inf"),
    ({"output": "tanh", "loss": "mse"}, [-1, 1, 0], "y must hold labels 0 and 1, or -1 and 1, got 0 in row 2"),
    ({}, [0.3, 0.3, 1], "y must hold labels 0 and 1, got 0.3 in row 0"),
    ({"sizes": (2, 3)}, np.ones((3, 3)), "y must hold rows of shares that sum to 1 for cross_entropy, got sums from 3 to 3"),
])  # fmt: skip
def test_targets_that_do_not_fit_are_refused(settings, y, message):
    with pytest.raises(ValueError, match=message):
        Network(**{"sizes": (2, 1)} | settings).loss_and_gradient(X[:3], y)


def test_shares_of_classes_are_targets_whose_gradient_is_that_of_their_loss():
    network, y = Network((2, 4, 3)), np.array([[0.2, 0.3, 0.5], [1, 0, 0], [0.25, 0.25, 0.5]])
    assert check_gradient(network, X[:3], y).worst_error < 1e-8


def test_weights_without_bounds_have_a_loss_as_long_as_no_penalty_squares_them():
    network = Network((1, 1))
    network.parameters[:] = 1e200, 0
    assert network.loss_and_gradient(np.ones((1, 1)), [1])[0] == 0  # -ln sigmoid(1e200)


def test_inputs_of_another_width_are_refused():
    with pytest.raises(ValueError, match=r"X must have shape \(N, 2\), got \(7, 3\)"):
        Network((2, 1)).predict(np.ones((7, 3)))
