"""One matrix product against a loop over samples, measured: why processors, and graphics cards even more, like batches."""

import time

import numpy as np

from nncore.arguments import checked, whole

ROUNDS = 7
MAX_SIZE = 4096


@checked(samples=whole(1, MAX_SIZE), inputs=whole(1, MAX_SIZE), outputs=whole(1, MAX_SIZE), seed=whole(0))
def measure_product(samples: int, inputs: int, outputs: int, seed: int = 0) -> tuple[float, float]:
    """Seconds of processor time for a layer's weighted sums: of all samples as one product, and one sample after the other.

    The shortest of several rounds each: a busy machine can only make them longer.
    """
    rng = np.random.default_rng(seed)
    X, weights = rng.normal(size=(samples, inputs)), rng.normal(size=(inputs, outputs))

    def together() -> None:
        X @ weights

    def one_by_one() -> None:
        for row in X:
            row @ weights

    return _shortest(together), _shortest(one_by_one)


def _shortest(work) -> float:
    work()  # the first call pays for what is set up once
    seconds = []
    for _ in range(ROUNDS):
        begin, count = time.thread_time(), 0
        while time.thread_time() - begin < 2e-3:
            work()
            count += 1
        seconds.append((time.thread_time() - begin) / count)
    return min(seconds)
