"""Other architectures: an epoch of each beside PyTorch eager, one thread each, in the same run; and what their pages take.

`python -m tests.benchmarks.architectures` prints the best of some epochs, in milliseconds, and how many times as fast it is.
Then it opens the pages on a warm server: how long until a page is drawn by a link, and drawn again by a click. All is
processor time, so that a busy machine makes little difference. The exit code is 1 where less comes out than is asked:
`AT_LEAST`, `MOST_SECONDS` and `MOST_SECONDS_OF_A_CLICK`.
"""

import sys
import time

import numpy as np
import torch
from threadpoolctl import threadpool_limits
from torch import nn

from nncore import ConvNet, Recurrent, Trainer
from nncore.data.real import load_table
from tests.pages.conftest import open_app

EPOCHS, BATCH, RATE = 9, 32, 0.1
PAGES = {
    "convolution": ({}, {"pictures": "shapes"}, {"whose_picture": "draw your own", "ink": "12,20,28"}),
    "recurrence": ({}, {"cell": "lstm", "sequence_steps": "40"}),
    "autoencoder": ({}, {"coded": "spiral"}),
}
MOST_SECONDS, MOST_SECONDS_OF_A_CLICK = 1.0, 0.5
AT_LEAST = {"convolution": 1.5, "rnn": 2.5, "lstm": 1.0}  # times as fast as PyTorch eager; of a gru nothing is asked


def ours(trainer: Trainer) -> float:
    """Seconds of one epoch."""
    begin = time.process_time()
    trainer.run_epoch()
    return time.process_time() - begin


def theirs(model: nn.Module, X: torch.Tensor, y: torch.Tensor, optimizer: torch.optim.Optimizer) -> float:
    """Seconds of one epoch of plain descent on cross-entropy."""
    begin = time.process_time()
    for rows in torch.randperm(len(X)).split(BATCH):
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(model(X[rows]), y[rows]).backward()
        optimizer.step()
    return time.process_time() - begin


class LastStep(nn.Module):
    """A recurrent layer of PyTorch whose last state is read."""

    def __init__(self, layer: nn.Module, n_outputs: int):
        super().__init__()
        self.layer, self.read = layer, nn.Linear(layer.hidden_size, n_outputs)

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        """Logits (N, K) for sequences X (N, T, D)."""
        return self.read(self.layer(X)[0][:, -1])


def compare(name: str, model: object, twin: nn.Module, X: np.ndarray, y: np.ndarray) -> bool:
    """Prints both times, and whether it is fast enough: epochs take turns, so that both meet the same machine."""
    trainer = Trainer(model, X, y, learning_rate=RATE, batch_size=BATCH)
    tensors, optimizer = (torch.tensor(X, dtype=torch.float32), torch.tensor(y)), torch.optim.SGD(twin.parameters(), RATE)
    times = np.array([(ours(trainer), theirs(twin, *tensors, optimizer)) for _ in range(EPOCHS)])
    here, there = 1e3 * times.min(axis=0)
    least = AT_LEAST.get(name.split()[0].rstrip(","), 0.0)
    asked = f", at least {least} asked" if least else ""
    print(f"{name:<28} {here:6.1f} ms, PyTorch {there:6.1f} ms: {there / here:.1f} times as fast{asked}")
    return bool(there / here >= least)


def open_page(page: str, link: dict[str, str]) -> bool:
    """Prints processor time until the page is drawn by this link, and again after a click; whether both are short enough."""
    open_app(page, **link)  # what it trains is kept for all viewers, as on a warm server
    first, again = [], []
    for _ in range(3):
        begin = time.process_time()
        app = open_app(page, **link)
        first.append(time.process_time() - begin)
        begin = time.process_time()
        app.run()
        again.append(time.process_time() - begin)
    seconds = min(first), min(again)
    print(f"{page:<14}{link or ''!s:<52} {seconds[0]:.2f} s, after a click {seconds[1]:.2f} s")
    return seconds[0] <= MOST_SECONDS and seconds[1] <= MOST_SECONDS_OF_A_CLICK


def main() -> bool:
    """All models, one after the other, then all pages; whether all are fast enough."""
    torch.set_num_threads(1)
    X, y = load_table("digits", input_divisor=16)
    twin = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(128, 10))
    sequences = np.random.default_rng(0).normal(size=(500, 20, 2))
    pictures = X[:1000].reshape(-1, 1, 8, 8)
    with threadpool_limits(1):
        enough = [compare("convolution, 8 filters 3x3", ConvNet((1, 8, 8), ((8, 3, 2),)), twin, pictures, y[:1000])]
        for cell, layer in (("rnn", nn.RNN), ("gru", nn.GRU), ("lstm", nn.LSTM)):
            models = Recurrent(2, 16, 2, cell), LastStep(layer(2, 16, batch_first=True), 2)
            labels = (sequences[:, 0, 0] > 0).astype(int)
            enough.append(compare(f"{cell} of 16 over 20 steps", *models, sequences, labels))
        enough += [open_page(page, link) for page, links in PAGES.items() for link in links]
    return all(enough)


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
