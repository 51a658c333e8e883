"""One epoch of a convolution and of recurrent cells, here and in PyTorch eager, one thread each, in the same run.

`python -m tests.benchmarks.architectures` prints the best of some epochs, in milliseconds, and how many times as fast it is.
"""

import time

import numpy as np
import torch
from threadpoolctl import threadpool_limits
from torch import nn

from nncore import ConvNet, Recurrent, Trainer
from nncore.data.real import load_table

EPOCHS, BATCH, RATE = 7, 32, 0.1


def ours(trainer: Trainer) -> float:
    """Seconds of one epoch."""
    begin = time.perf_counter()
    trainer.run_epoch()
    return time.perf_counter() - begin


def theirs(model: nn.Module, X: torch.Tensor, y: torch.Tensor, optimizer: torch.optim.Optimizer) -> float:
    """Seconds of one epoch of plain descent on cross-entropy."""
    begin = time.perf_counter()
    for rows in torch.randperm(len(X)).split(BATCH):
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(model(X[rows]), y[rows]).backward()
        optimizer.step()
    return time.perf_counter() - begin


class LastStep(nn.Module):
    """A recurrent layer of PyTorch whose last state is read."""

    def __init__(self, layer: nn.Module, n_outputs: int):
        super().__init__()
        self.layer, self.read = layer, nn.Linear(layer.hidden_size, n_outputs)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Logits (N, K) for sequences X (N, T, D)."""
        return self.read(self.layer(X)[0][:, -1])


def compare(name: str, model: object, twin: nn.Module, X: np.ndarray, y: np.ndarray) -> None:
    """Prints both times: epochs take turns, so that both meet the same machine."""
    trainer = Trainer(model, X, y, learning_rate=RATE, batch_size=BATCH)
    tensors, optimizer = (torch.tensor(X, dtype=torch.float32), torch.tensor(y)), torch.optim.SGD(twin.parameters(), RATE)
    times = np.array([(ours(trainer), theirs(twin, *tensors, optimizer)) for _ in range(EPOCHS)])
    here, there = 1e3 * times.min(axis=0)
    print(f"{name:<28} {here:6.1f} ms, PyTorch {there:6.1f} ms: {there / here:.1f} times as fast")


def main() -> None:
    """All models, one after the other."""
    torch.set_num_threads(1)
    X, y = load_table("digits", input_divisor=16)
    twin = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(128, 10))
    sequences = np.random.default_rng(0).normal(size=(500, 20, 2))
    pictures = X[:1000].reshape(-1, 1, 8, 8)
    with threadpool_limits(1):
        compare("convolution, 8 filters 3x3", ConvNet((1, 8, 8), ((8, 3, 2),)), twin, pictures, y[:1000])
        for cell, layer in (("rnn", nn.RNN), ("gru", nn.GRU), ("lstm", nn.LSTM)):
            compare(f"{cell} of 16 over 20 steps", Recurrent(2, 16, 2, cell), LastStep(layer(2, 16, batch_first=True), 2),
                    sequences, (sequences[:, 0, 0] > 0).astype(int))  # fmt: skip


if __name__ == "__main__":
    main()
