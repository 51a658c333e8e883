"""How fast the core trains, as ratios to scikit-learn's MLP (and PyTorch, where it is installed).

Run it with `python -m tests.benchmarks.engine`. Every engine does the same work in double precision on one BLAS thread:
plain SGD on a tanh network with a sigmoid output, cross-entropy and shuffled batches. (The other two also add up the
loss, which belongs to their way of training.) They take turns, so that a ratio survives a busy machine where a time
would not. The exit code is 1 when a target is missed.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read once, when NumPy loads its BLAS

import importlib.util
import sys
import time
import warnings
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from nncore import Network, Trainer

LEARNING_RATE = 0.03
ROUNDS = 9
MAP_TARGET_MILLISECONDS = 2.5
NEVER = 10**9


class Case(NamedTuple):
    """One comparison: scikit-learn's time over ours (per run, with `runs`) should be at least `target`.

    An engine trains `epochs` epochs at a time: enough that the cost of calling scikit-learn's `fit` is spread thin.
    """

    name: str
    target: float
    hidden: tuple[int, ...]
    samples: int
    batch_size: int
    epochs: int
    runs: int | None = None


CASES = (
    Case("8-8-8, batch 10 of 250", 12.0, (8, 8, 8), 250, 10, 40),
    Case("8-8-8, full batch of 250", 6.0, (8, 8, 8), 250, 250, 300),
    Case("64-64, batch 32 of 1000", 5.0, (64, 64), 1000, 32, 30),
    Case("8-8-8, batch 10 of 250, 64 runs", 80.0, (8, 8, 8), 250, 10, 40, runs=64),
)


def glassbox(case: Case, X: np.ndarray, y: np.ndarray) -> Callable[[], object]:
    """A function that trains this project's network for `case.epochs` epochs."""
    network = Network((X.shape[1], *case.hidden, 1), runs=case.runs)
    batch_size = None if case.batch_size == case.samples else case.batch_size
    trainer = Trainer(network, X, y, "sgd", LEARNING_RATE, batch_size, epoch_limit=NEVER)
    return lambda: trainer.advance(epochs=case.epochs)


def scikit_learn(case: Case, X: np.ndarray, y: np.ndarray) -> Callable[[], object]:
    """A function that trains scikit-learn's MLP for `case.epochs` epochs: it is told never to stop early."""
    model = MLPClassifier(
        case.hidden, activation="tanh", solver="sgd", alpha=0.0, batch_size=case.batch_size, momentum=0.0,
        learning_rate_init=LEARNING_RATE, max_iter=case.epochs, n_iter_no_change=NEVER, random_state=0,
    )  # fmt: skip
    return lambda: model.fit(X, y)


def pytorch(case: Case, X: np.ndarray, y: np.ndarray) -> Callable[[], object]:
    """A function that trains the same network in PyTorch's eager mode for `case.epochs` epochs."""
    import torch
    from torch import nn

    torch.set_num_threads(1)
    layers = [layer for sizes in pairwise((X.shape[1], *case.hidden)) for layer in (nn.Linear(*sizes), nn.Tanh())]
    model = nn.Sequential(*layers, nn.Linear(case.hidden[-1], 1)).double()
    optimizer, loss = torch.optim.SGD(model.parameters(), LEARNING_RATE), nn.BCEWithLogitsLoss()
    inputs, targets = torch.from_numpy(X), torch.from_numpy(y[:, None].astype(float))

    def train() -> None:
        for _ in range(case.epochs):
            for rows in torch.randperm(case.samples).split(case.batch_size):
                optimizer.zero_grad()
                loss(model(inputs[rows]), targets[rows]).backward()
                optimizer.step()

    return train


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call of `work`."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(case: Case, engines: list[Callable]) -> bool:
    """Prints the medians of one case; True when its target is met."""
    rng = np.random.default_rng(0)
    X = rng.uniform(-1.0, 1.0, (case.samples, 2))
    y = (X[:, 0] * X[:, 1] > 0).astype(int)
    trainers = [engine(case, X, y) for engine in engines]
    for train in trainers:
        train()
    times = np.array([[seconds(train) for train in trainers] for _ in range(ROUNDS)]) / case.epochs
    times[:, 0] /= case.runs or 1
    ratios = np.median(times[:, 1:] / times[:, :1], axis=0)
    met = bool(ratios[0] >= case.target)
    shown = "".join(f"{value * 1e6:10.0f}" for value in np.median(times, axis=0)[:2])
    with_pytorch = f"{ratios[1]:8.1f}x" if len(ratios) > 1 else f"{'-':>9}"
    print(f"{case.name:32}{shown}{ratios[0]:8.1f}x{case.target:8.1f}x  {'ok' if met else 'MISSED':6}{with_pytorch}")
    return met


def decision_map() -> bool:
    """Prints the time of a map of 100x100 points by an 8-8-8 network; True when it is short enough."""
    network, side = Network((2, 8, 8, 8, 1)), np.linspace(-6.0, 6.0, 100)
    points = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    milliseconds = 1e3 * np.median([seconds(lambda: network.predict(points)) for _ in range(30)])
    met = bool(milliseconds < MAP_TARGET_MILLISECONDS)
    print(
        f"Decision map of 100x100 points, 8-8-8: {milliseconds:.2f} ms, target below {MAP_TARGET_MILLISECONDS:g} ms, "
        f"{'ok' if met else 'MISSED'}"
    )
    return met


def main() -> int:
    """0 when every target is met, else 1."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    engines = [glassbox, scikit_learn, *([pytorch] if importlib.util.find_spec("torch") else [])]
    print("Microseconds per epoch and run; how many times as long scikit-learn and PyTorch take")
    print(f"{'network':32}{'Glassbox':>10}{'sklearn':>10}{'ratio':>9}{'target':>9}{'':8}{'PyTorch':>9}")
    with threadpool_limits(1):
        met = [compare(case, engines) for case in CASES]
        met.append(decision_map())
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
