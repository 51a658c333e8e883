"""The estimators beside scikit-learn's MLP on its five bundled sets: test scores and seconds, at equal epochs.

Run it with `python -m tests.benchmarks.estimators`. Both get the same network, optimizer, batches and splits, five seeds
each, and take turns seed by seed, so that both meet the same machine; seconds are processor time. The exit code is 1 when a
mean score lies further below scikit-learn's than the seeds of the two spread, or when a fit is not at least twice as fast
(medians).
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # read once, when NumPy loads its BLAS

import sys
import time
import warnings

import numpy as np
from sklearn import datasets
from sklearn.compose import TransformedTargetRegressor
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier, MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from threadpoolctl import threadpool_limits

from nncore.estimators import NetworkClassifier, NetworkRegressor

SEEDS, EPOCHS, HIDDEN, RATE, BATCH = range(5), 60, (16, 16), 0.01, 32
FASTER = 2.0
SETS = ("iris", "wine", "breast_cancer", "digits", "diabetes")


def ours(is_regression: bool, seed: int):
    """The estimator of this project."""
    kind = NetworkRegressor if is_regression else NetworkClassifier
    return kind(HIDDEN, epochs=EPOCHS, learning_rate=RATE, batch_size=BATCH, random_state=seed)


def theirs(is_regression: bool, seed: int):
    """scikit-learn's MLP, with the scaling and the fixed number of epochs that ours has."""
    kind = MLPRegressor if is_regression else MLPClassifier
    model = make_pipeline(StandardScaler(), kind(
        hidden_layer_sizes=HIDDEN, alpha=0.0, learning_rate_init=RATE, batch_size=BATCH, max_iter=EPOCHS,
        n_iter_no_change=10**9, tol=0.0, random_state=seed,
    ))  # fmt: skip
    return TransformedTargetRegressor(model, transformer=StandardScaler()) if is_regression else model


def measure(X, y, is_regression: bool) -> tuple[np.ndarray, np.ndarray]:
    """Test scores (2, 5) of five seeds, ours first, and the median times (2,) of a fit in seconds."""
    scores, times = np.empty((2, len(SEEDS))), np.empty((2, len(SEEDS)))
    for number, seed in enumerate(SEEDS):
        X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=seed, stratify=None if is_regression else y)
        for who, make in enumerate((ours, theirs)):
            model = make(is_regression, seed)
            begin = time.process_time()
            model.fit(X_train, y_train)
            times[who, number] = time.process_time() - begin
            scores[who, number] = model.score(X_test, y_test)
    return scores, np.median(times, axis=1)


def main() -> int:
    """0 when every target is met, else 1."""
    warnings.simplefilter("ignore", ConvergenceWarning)
    all_met = True
    print(f"{'set':15}{'ours':>16}{'scikit-learn':>17}{'seconds':>10}{'faster':>9}")
    with threadpool_limits(1):
        for name in SETS:
            X, y = getattr(datasets, f"load_{name}")(return_X_y=True)
            (mine, other), (seconds, other_seconds) = measure(X, y, name == "diabetes")
            ratio = other_seconds / seconds
            met = mine.mean() >= other.mean() - np.hypot(mine.std(), other.std()) and ratio >= FASTER
            all_met &= met
            print(f"{name:15}{mine.mean():8.3f} ± {mine.std():.3f}{other.mean():9.3f} ± {other.std():.3f}{seconds:10.2f}"
                  f"{ratio:8.1f}x {'ok' if met else 'MISSED'}")  # fmt: skip
    return 0 if all_met else 1


if __name__ == "__main__":
    sys.exit(main())
