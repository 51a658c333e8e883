"""Convolution and recurrence against PyTorch in float64: outputs, losses, gradients, and twenty updates of training."""

import numpy as np
import pytest
import torch

from nncore import ConvNet, Recurrent, Trainer, conv2d, max_pool2d
from nncore.models import CELLS

CELL_MODULES = {"rnn": torch.nn.RNN, "gru": torch.nn.GRU, "lstm": torch.nn.LSTM}
PARTS = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def tensor(values):
    return torch.tensor(np.array(values))


@pytest.mark.parametrize(("side", "kernel", "stride", "padding"), [(7, 3, 1, 1), (6, 2, 2, 0), (5, 5, 1, 2), (8, 1, 3, 0)])
def test_conv2d_and_max_pool2d(side, kernel, stride, padding):
    rng = np.random.default_rng(side)
    X, weights, bias = rng.normal(size=(3, 2, side, side + 1)), rng.normal(size=(4, 2, kernel, kernel)), rng.normal(size=4)
    theirs = torch.nn.functional.conv2d(tensor(X), tensor(weights), tensor(bias), stride=stride, padding=padding)
    np.testing.assert_allclose(conv2d(X, weights, bias, stride, padding), theirs, rtol=0, atol=1e-12)
    theirs = torch.nn.functional.max_pool2d(tensor(X), kernel)
    np.testing.assert_array_equal(max_pool2d(X, kernel), theirs)


def conv_module(net):
    layers = []
    for k, block in enumerate(net.architecture.blocks):
        layers += [torch.nn.Conv2d(block.shape[0], block.filters, block.kernel, padding=block.padding), torch.nn.ReLU()]
        layers[-2].weight.data, layers[-2].bias.data = tensor(net.filters[k]), tensor(net.filter_biases[k])
        layers.append(torch.nn.MaxPool2d(block.pool))
    layers.append(torch.nn.Flatten())
    for weights, biases in zip(net.weights, net.biases, strict=True):
        layers += [torch.nn.Linear(*weights.shape[::-1]), torch.nn.ReLU()]
        layers[-2].weight.data, layers[-2].bias.data = tensor(weights), tensor(biases)
    return torch.nn.Sequential(*layers[:-1])


def test_a_convolutional_network_trains_to_the_same_weights():
    rng = np.random.default_rng(1)
    X, y = np.round(rng.normal(size=(12, 2, 7, 6)), 1), rng.integers(0, 3, 12)  # rounded, so that maxima tie
    net = ConvNet((2, 7, 6), ((3, 3, 2), (4, 5, 1)), (5,), n_outputs=3, seed=4)
    module = conv_module(net)
    optimizer = torch.optim.SGD(module.parameters(), 0.05)
    trainer = Trainer(net, X, y, "sgd", 0.05)
    for _ in range(20):
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(module(tensor(X)), tensor(y))
        loss.backward()
        assert net.data_loss(X, y) == pytest.approx(loss.item(), rel=1e-10)
        optimizer.step()
        trainer.run_epoch()
    theirs = [part.detach().numpy().reshape(len(part), -1) for part in module.parameters()]
    rows = [np.concatenate(pair, axis=1).ravel() for pair in zip(theirs[::2], theirs[1::2], strict=True)]
    np.testing.assert_allclose(net.parameters, np.concatenate(rows), rtol=0, atol=1e-11)


@pytest.mark.parametrize("cell", CELLS)
def test_a_recurrent_network_has_the_same_loss_and_gradients(cell):
    rng = np.random.default_rng(2)
    X, y = rng.normal(size=(5, 7, 3)), rng.integers(-1, 4, (5, 7))
    net = Recurrent(3, 6, 4, cell, seed=3)
    layer, read = CELL_MODULES[cell](3, 6, batch_first=True).double(), torch.nn.Linear(6, 4).double()
    for name in PARTS:
        getattr(layer, f"{name}_l0").data = tensor(net.views[name])
    read.weight.data, read.bias.data = tensor(net.output_weight), tensor(net.output_bias)
    hidden, _ = layer(tensor(X))
    hidden.retain_grad()
    logits = read(hidden)
    loss = torch.nn.functional.cross_entropy(logits.reshape(-1, 4), tensor(y).reshape(-1), ignore_index=-1)
    loss.backward()
    ours, gradient = net.loss_and_gradient(X, y)
    assert ours == pytest.approx(loss.item(), rel=1e-12)
    np.testing.assert_allclose(net.forward(X)[0], logits.detach(), atol=1e-13)
    np.testing.assert_allclose(net.forward(X)[1], hidden.detach(), atol=1e-13)
    parts = [*(getattr(layer, f"{name}_l0").grad for name in PARTS), read.weight.grad, read.bias.grad]
    np.testing.assert_allclose(gradient, np.concatenate([part.numpy().ravel() for part in parts]), atol=1e-13)
    # PyTorch keeps what the outputs say to each state; at the last step nothing comes from later ones, and both agree.
    np.testing.assert_allclose(net.state_gradients(X, y)[:, -1], hidden.grad[:, -1], atol=1e-14)
