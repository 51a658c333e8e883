"""How fast many starts train together, and a slice of the loss is computed: seconds, and ratios to scikit-learn's MLP.

Run it with `python -m tests.benchmarks.starts`. Times include the recording of losses, as on the page; they are processor
time of one thread, and the best of three (of the longest training, one), because a shared machine can only make them longer.
scikit-learn trains in the same run. The exit code is 1 when a target is missed.
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read once, when NumPy loads its BLAS

import sys
import time
import warnings
from collections.abc import Callable

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from threadpoolctl import threadpool_limits

from nncore import Experiment, build_split
from nncore.experiments.experiment import build_network
from nncore.experiments.recording.recording import record_all
from nncore.experiments.stacks import stack
from nncore.many_starts.restarts.restarts import Restarts
from nncore.many_starts.surface import STACK, loss_surface, random_slice

ROUNDS = 3
SKLEARN_EPOCHS = 300
PER_START_TARGET = 40.0
EIGHTS = Experiment("xor", hidden=(8, 8, 8), learning_rate=0.03)  # 500 samples, 250 of them for training
CORNERS = Experiment("corners", hidden=(2,), batch_size=None, optimizer="adam", learning_rate=0.03)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Shortest processor time of one call of `work`."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def train(plan: Restarts) -> None:
    """Trains all starts of the plan to the end, recording their losses."""
    record_all(plan)


def scikit_learn_per_epoch(e: Experiment) -> float:
    """Seconds that scikit-learn's MLP needs for one epoch of the same network on the same data."""
    split = build_split(e)
    size = len(split.X_train) if e.batch_size is None else e.batch_size
    model = MLPClassifier(
        e.hidden, activation="tanh", solver=e.optimizer, alpha=0.0, batch_size=size, momentum=0.0,
        learning_rate_init=e.learning_rate, max_iter=SKLEARN_EPOCHS, n_iter_no_change=10**9, tol=0.0, random_state=0,
    )  # fmt: skip
    return seconds(lambda: model.fit(split.X_train, split.y_train)) / SKLEARN_EPOCHS


def surface(points: int) -> None:
    """A slice of that many points to a side around an 8-8-8 network on 250 samples."""
    network, split, axis = build_network(EIGHTS), build_split(EIGHTS), np.linspace(-1.0, 1.0, points)
    plane = random_slice(network.parameters.copy(), network.matrices)
    model = stack(EIGHTS, np.zeros((STACK, EIGHTS.n_parameters)))
    loss_surface(model, plane, axis, axis, (split.X_train, split.y_train))


def report(name: str, value: float, limit: float) -> bool:
    """Prints one time against its limit, both in seconds; True when it is kept."""
    met = value < limit
    print(f"{name:52}{value:8.2f} s, below {limit:g} s: {'ok' if met else 'MISSED'}")
    return met


def compare(name: str, plan: Restarts, together: float) -> bool:
    """Prints scikit-learn's time per start over ours; True when it is at least 40."""
    ratio = scikit_learn_per_epoch(plan.experiment) * plan.epochs * plan.starts / together
    met = ratio >= PER_START_TARGET
    print(f"{name:52}{ratio:7.0f}x, at least {PER_START_TARGET:g}x: {'ok' if met else 'MISSED'}")
    return met


def main() -> int:
    """0 when every target is met, else 1."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    eights, corners, longest = Restarts(EIGHTS, 64, 200), Restarts(CORNERS, 256, 3000), Restarts(EIGHTS, 256, 1000)
    with threadpool_limits(1):
        times = [seconds(lambda plan=plan: train(plan)) for plan in (eights, corners)]
        met = [
            report("64 starts of 8-8-8, batch 10 of 250, 200 epochs", times[0], 2.0),
            report("256 starts of 2-2-1 on exclusive-or, 3,000 epochs", times[1], 1.0),
            compare("scikit-learn per start, 8-8-8", eights, times[0]),
            compare("scikit-learn per start, 2-2-1", corners, times[1]),
            report("51x51 points of the loss around 8-8-8", seconds(lambda: surface(51)), 1.0),
            report("101x101 points of the loss around 8-8-8", seconds(lambda: surface(101)), 2.0),
            report("256 starts of 8-8-8, batch 10 of 250, 1,000 epochs", seconds(lambda: train(longest), 1), 20.0),
        ]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
