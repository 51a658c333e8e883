"""Training against scikit-learn: the same weights, the same data, the same steps."""

import numpy as np
import pytest

from nncore import OPTIMIZERS, Network, Trainer

rng = np.random.default_rng(7)
X, VALUES = rng.normal(size=(23, 2)), rng.normal(size=23)


def sklearn_model(kind, network, optimizer, learning_rate, n_steps, y):
    """A scikit-learn network trained for `n_steps` full batches from this network's weights."""
    solver = {"adam": {"solver": "adam", "epsilon": 1e-15}}.get(optimizer, {"solver": "sgd"})
    momentum = {"momentum": 0.9, "nesterov": 0.9}.get(optimizer, 0.0)
    model = kind(
        hidden_layer_sizes=network.sizes[1:-1], activation=network.activations[0].replace("sigmoid", "logistic"),
        alpha=0.0, batch_size=len(X), learning_rate_init=learning_rate, max_iter=1, shuffle=False, tol=0.0,
        n_iter_no_change=1000, momentum=momentum, nesterovs_momentum=optimizer == "nesterov", warm_start=True, **solver,
    )  # fmt: skip
    model.fit(X, y)  # makes its arrays; a second fit goes on from what is written into them
    for theirs, ours in zip(model.coefs_ + model.intercepts_, network.weights + network.biases, strict=True):
        theirs[...] = ours.T
    model.max_iter = n_steps
    return model.fit(X, y)


def assert_agrees(network, model):
    for theirs, ours in zip(model.coefs_ + model.intercepts_, network.weights + network.biases, strict=True):
        assert ours == pytest.approx(theirs.T, abs=1e-9)


@pytest.mark.filterwarnings("ignore:Stochastic Optimizer")
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "adam"])
@pytest.mark.parametrize("n_classes, activation", [(2, "tanh"), (3, "relu"), (3, "sigmoid")])
def test_classifiers_train_as_in_scikit_learn(optimizer, n_classes, activation):
    from sklearn.neural_network import MLPClassifier

    y = np.arange(len(X)) % n_classes
    network = Network((2, 5, 4, 1 if n_classes == 2 else 3), activation, seed=6)
    model = sklearn_model(MLPClassifier, network, optimizer, 0.05, 12, y)
    rule = OPTIMIZERS["adam"](epsilon=1e-15) if optimizer == "adam" else optimizer
    Trainer(network, X, y, rule, 0.05).advance(epochs=12)
    assert_agrees(network, model)


@pytest.mark.filterwarnings("ignore:Stochastic Optimizer")
@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_regressors_train_as_in_scikit_learn(optimizer):
    from sklearn.neural_network import MLPRegressor

    network = Network((2, 5, 1), "tanh", "identity", "mse", seed=6)
    # scikit-learn halves the squared error, so its rate is twice ours; Adam does not see a factor.
    factor = 1 if optimizer == "adam" else 2
    model = sklearn_model(MLPRegressor, network, optimizer, factor * 0.02, 12, VALUES)
    rule = OPTIMIZERS["adam"](epsilon=1e-15) if optimizer == "adam" else optimizer
    Trainer(network, X, VALUES, rule, 0.02).advance(epochs=12)
    assert_agrees(network, model)


@pytest.mark.parametrize("n_classes", [2, 3])
def test_without_a_hidden_layer_training_ends_at_logistic_regression(n_classes):
    from sklearn.linear_model import LogisticRegression

    y, l2 = np.arange(len(X)) % n_classes, 0.1
    network = Network((2, 1 if n_classes == 2 else 3), l2=l2)
    Trainer(network, X, y, learning_rate=1.0, epoch_limit=2000).advance(epochs=1000)
    # It minimises C sum(loss) + sum(w^2) / 2, ours mean(loss) + l2 / 2 sum(w^2): C = 1 / (N l2).
    model = LogisticRegression(C=1 / (len(X) * l2), tol=1e-10, max_iter=1000).fit(X, y)
    assert network.weights[0] == pytest.approx(model.coef_, abs=1e-6)
    ours, theirs = network.biases[0], model.intercept_
    assert ours - ours.mean() * (n_classes > 2) == pytest.approx(theirs - theirs.mean() * (n_classes > 2), abs=1e-6)
