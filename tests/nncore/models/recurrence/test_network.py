"""The recurrent network: two steps by hand, gradients by differences, targets that are not there, and memory."""

import numpy as np
import pytest

from nncore import Recurrent, Trainer, check_gradient
from nncore.models import CELLS


def sequences(n=4, steps=6, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, steps, 3)), rng.integers(-1, 4, (n, steps))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def test_two_steps_of_a_plain_cell_by_hand():
    net = Recurrent(1, 1, 2)
    net.parameters = [0.5, -1.0, 0.1, 0.2, 1.0, 2.0, 0.0, 0.3]  # W_ih, W_hh, b_ih, b_hh, W_out, b_out
    logits, hidden = net.forward([[[1.0], [2.0]]])
    first = np.tanh(0.5 * 1 + 0.3)
    second = np.tanh(0.5 * 2 + 0.3 - first)
    np.testing.assert_allclose(hidden[0, :, 0], [first, second])
    np.testing.assert_allclose(logits[0, 1], [second, 2 * second + 0.3])


def test_one_step_of_an_lstm_and_a_gru_by_hand():
    lstm = Recurrent(1, 1, 2, "lstm")
    lstm.weight_ih[:, 0], lstm.bias_ih[:], lstm.bias_hh[:] = [0.1, 0.2, 0.3, 0.4], 0.0, [0.0, 0.0, 0.5, 0.0]
    i, g, o = sigmoid(0.2), np.tanh(0.6 + 0.5), sigmoid(0.8)
    assert lstm.forward([[[2.0]]])[1].item() == pytest.approx(o * np.tanh(i * g))
    gru = Recurrent(1, 1, 2, "gru")
    gru.weight_ih[:, 0], gru.bias_ih[:], gru.bias_hh[:] = [0.1, 0.2, 0.3], 0.0, [0.0, 0.0, 0.5]
    r, z = sigmoid(0.2), sigmoid(0.4)  # the reset acts on the state's part, its bias included
    assert gru.forward([[[2.0]]])[1].item() == pytest.approx((1 - z) * np.tanh(0.6 + r * 0.5))


@pytest.mark.parametrize("shape", [(4, 6), (1, 1), (3, 2)])
@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_agrees_with_finite_differences(cell, shape):
    X, y = sequences(*shape)
    y[0, -1] = 2
    net = Recurrent(3, 4, 4, cell, seed=1)
    for targets in (y, np.maximum(y[:, -1], 0)):
        found = check_gradient(net, X, targets)
        assert found.disagreements.max() < 1e-6 * np.abs(found.by_backpropagation).max()
        np.testing.assert_allclose(net.bind(X, targets, None).gradient(0), found.by_backpropagation, atol=1e-15)


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_at_every_state_is_what_the_loss_changes_by(cell):
    X, y = sequences(2, 4)
    y[:, -1] = 1
    net = Recurrent(3, 3, 4, cell, seed=2)
    gradients = net.state_gradients(X, y)
    assert gradients.shape == (2, 4, 3)
    last = net.predict(X)[:, -1]
    expected = (last - np.eye(4)[y[:, -1]]) @ net.output_weight / (y >= 0).sum()
    np.testing.assert_allclose(gradients[:, -1], expected, atol=1e-14)


def test_the_gradient_of_a_plain_cell_goes_back_through_its_matrix():
    X, y = sequences(3, 5)
    y = np.abs(y[:, -1])
    net = Recurrent(3, 4, 4, seed=3)
    gradients, hidden = net.state_gradients(X, y), net.forward(X)[1]
    for t in range(4):
        np.testing.assert_allclose(gradients[:, t], (gradients[:, t + 1] * (1 - hidden[:, t + 1] ** 2)) @ net.weight_hh)


@pytest.mark.parametrize("cell", CELLS)
def test_the_gradient_at_an_input_is_what_the_loss_changes_by(cell):
    X, y = sequences(2, 3)
    y = np.abs(y[:, -1])
    net, step = Recurrent(3, 3, 4, cell, seed=2), 1e-6
    found = net.input_gradients(X, y)
    for place in np.ndindex(X.shape):
        up, down = X.copy(), X.copy()
        up[place] += step
        down[place] -= step
        slope = (net.loss_and_gradient(up, y)[0] - net.loss_and_gradient(down, y)[0]) / (2 * step)
        assert abs(found[place] - slope) < 1e-8


def test_steps_without_a_target_do_not_count():
    X, y = sequences()
    y[:] = -1
    y[:, -1] = [0, 1, 2, 3]
    net = Recurrent(3, 5, 4, "gru")
    by_steps, by_last = net.loss_and_gradient(X, y), net.loss_and_gradient(X, y[:, -1])
    assert by_steps[0] == by_last[0]
    np.testing.assert_array_equal(by_steps[1], by_last[1])
    assert net.loss_and_gradient(X, y[:, -1])[0] == pytest.approx(
        -np.log(net.predict(X)[np.arange(4), -1, y[:, -1]]).mean()
    )


def test_a_batch_without_a_target_changes_nothing():
    X, y = sequences()
    y[:2] = -1
    y[2:] = 1
    bound = Recurrent(3, 2, 4).bind(X, y, 2)
    assert not bound.gradient(0).any() and bound.gradient(1).any()


@pytest.mark.parametrize("cell", CELLS)
def test_first_weights_lie_within_one_over_the_root_of_the_state(cell):
    net = Recurrent(2, 16, 3, cell, seed=5)
    assert np.abs(net.parameters).max() <= 0.25 and np.abs(net.parameters).max() > 0.2
    assert net.weight_ih.shape == (CELLS[cell].n_gates * 16, 2) and net.output_weight.shape == (3, 16)
    np.testing.assert_array_equal(net.parameters, Recurrent(2, 16, 3, cell, seed=5).parameters)


def test_it_learns_to_say_the_first_of_five_bits():
    rng = np.random.default_rng(0)
    bits = rng.integers(0, 2, (64, 5))
    net = Recurrent(2, 8, 2, "lstm", seed=1)
    X = np.eye(2)[bits]
    Trainer(net, X, bits[:, 0], "adam", 0.02, batch_size=16).advance(epochs=60)
    assert (net.predict(X)[:, -1].argmax(axis=1) == bits[:, 0]).all()
