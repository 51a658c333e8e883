"""The convolutional network: views, gradients by differences, first weights, and training in the bound form."""

import numpy as np
import pytest

from nncore import ConvNet, Network, Trainer, check_gradient, conv2d, max_pool2d
from nncore.models import INITIALIZERS

CASES = {
    "digits": ((1, 8, 8), ((3, 3, 2),), (), {}),
    "two blocks, odd sides": ((2, 7, 5), ((3, 3, 2), (4, 5, 1)), (6,), {"l2": 0.01}),
    "pooling twice": ((1, 6, 6), ((2, 1, 2), (2, 3, 3)), (3, 4), {"activation": "gelu"}),
    "no block": ((1, 3, 3), (), (4,), {"activation": "tanh"}),
    "values": ((1, 4, 4), ((2, 3, 1),), (), {"output": "identity", "loss": "mse", "activation": "elu"}),
    "softmax with squared error": ((1, 4, 4), ((2, 3, 2),), (), {"loss": "mse", "activation": "silu"}),
}  # fmt: skip


def made(name, n=5, seed=0):
    shape, blocks, hidden, options = CASES[name]
    net = ConvNet(shape, blocks, hidden, n_outputs=3, seed=seed, **options)
    rng = np.random.default_rng(seed)
    net.parameters = rng.normal(0, 0.5, net.parameters.shape)
    X = rng.normal(size=(n, *shape))
    y = rng.normal(size=(n, 3)) if options.get("output") == "identity" else rng.integers(0, 3, n)
    return net, X, y


@pytest.mark.parametrize("n", [1, 5])
@pytest.mark.parametrize("name", CASES)
def test_the_gradient_agrees_with_finite_differences(name, n):
    net, X, y = made(name, n)
    found = check_gradient(net, X, y)
    assert found.disagreements.max() < 1e-6 * np.abs(found.by_backpropagation).max()


@pytest.mark.parametrize("name", CASES)
def test_the_bound_form_gives_the_same_gradient_batch_for_batch(name):
    net, X, y = made(name)
    bound, order = net.bind(X, y, 2), np.array([3, 0, 4, 1, 2])
    bound.start_epoch(order)
    for update, rows in enumerate((order[:2], order[2:4], order[4:])):
        np.testing.assert_allclose(bound.gradient(update), net.loss_and_gradient(X[rows], y[rows])[1], rtol=0, atol=1e-14)


def test_the_pass_is_convolution_activation_pooling_and_dense_layers_in_c_order():
    net, X, _ = made("two blocks, odd sides")
    maps = net.forward(X)
    inputs = X
    for k, (_, kernel, size) in enumerate(CASES["two blocks, odd sides"][1]):
        z = conv2d(inputs, net.filters[k], net.filter_biases[k], padding=(kernel - 1) // 2)
        np.testing.assert_allclose(maps.z[k], z, atol=1e-13)
        np.testing.assert_array_equal(maps.a[k], np.maximum(maps.z[k], 0))
        inputs = max_pool2d(maps.a[k], size)
        np.testing.assert_array_equal(maps.pooled[k], inputs)
    z = inputs.reshape(len(X), -1) @ net.weights[0].T + net.biases[0]
    np.testing.assert_allclose(maps.dense_z[0], z, atol=1e-13)
    np.testing.assert_array_equal(maps.dense_a[-1], net.predict(X))


def test_the_views_write_into_the_parameters_and_are_all_of_them():
    net, X, _ = made("two blocks, odd sides")
    before = net.predict(X)
    for part in (*net.filters, *net.filter_biases, *net.weights, *net.biases):
        part += 1.0
    assert net.parameters.sum() == pytest.approx(made("two blocks, odd sides")[0].parameters.sum() + net.n_parameters)
    assert not np.allclose(net.predict(X), before)


def test_without_a_block_it_is_the_dense_network():
    net, X, y = made("no block")
    dense = Network((9, 4, 3))
    dense.parameters = net.parameters
    loss, gradient = dense.loss_and_gradient(X.reshape(len(X), 9), y)
    assert net.loss_and_gradient(X, y)[0] == pytest.approx(loss)
    np.testing.assert_allclose(net.loss_and_gradient(X, y)[1], gradient, atol=1e-14)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_first_weights_have_the_deviation_of_the_fans(name):
    net = ConvNet((8, 4, 4), ((64, 3, 1),), initializer=name, seed=3)
    entry, (F, C, k, _) = INITIALIZERS[name], net.filters[0].shape
    if entry.is_orthogonal:
        rows = net.filters[0].reshape(F, -1)
        np.testing.assert_allclose(rows @ rows.T, np.eye(F), atol=1e-12)
    elif entry.constant is not None:
        assert (net.filters[0] == entry.constant).all()
    else:
        assert net.filters[0].std() == pytest.approx(entry.deviation(C * k * k, F * k * k), rel=0.05)
    assert not net.filter_biases[0].any() and not net.biases[0].any()


def test_it_learns_bars_from_their_direction_wherever_they_stand():
    pictures = np.zeros((2, 6, 1, 6, 6))
    for place in range(6):
        pictures[0, place, 0, place], pictures[1, place, 0, :, place] = 1.0, 1.0
    X, y = pictures.reshape(12, 1, 6, 6), np.repeat([0, 1], 6)
    net = ConvNet((1, 6, 6), ((4, 3, 6),), n_outputs=2, seed=1)
    trainer = Trainer(net, X, y, "adam", 0.05, batch_size=4)
    trainer.advance(epochs=150)
    assert (net.predict(X).argmax(axis=1) == y).all()


def test_training_does_not_depend_on_where_it_was_cut():
    runs = []
    for cuts in ((4,), (1, 2, 1)):
        net, X, y = made("digits")
        trainer = Trainer(net, X, y, "momentum", 0.05, batch_size=2)
        for epochs in cuts:
            trainer.advance(epochs=epochs)
        runs.append(net.parameters.copy())
    np.testing.assert_array_equal(*runs)
