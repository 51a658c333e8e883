"""Batch noise: how far the gradient of a batch lies from that of the whole training set.

A batch's gradient is the mean of its samples' gradients. The mean of B of them, drawn with replacement, scatters around
that of all N with a root mean square distance that falls as 1/sqrt(B). Training draws without replacement, which makes it
smaller by sqrt((N - B) / (N - 1)) and 0 when the batch is all of them (Cochran, Sampling Techniques, section 2.5).
"""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, checked, kind_of, network, rows, whole
from nncore.checks import require_whole
from nncore.handed_out import handed_out
from nncore.models.dense import Network

Array = np.ndarray

DRAWS = 200  # of each size, at least
MAX_VALUES = 2_000_000  # of all samples' gradients together: 16 MB
MAX_SAMPLES = 500
QUANTILES = (0.05, 0.5, 0.95)
ROUNDING = 1e-13  # of the longest gradient: a mean below this is 0 but for rounding


class NoUnitError(ValueError):
    """There is no full gradient to compare with; `cause` is "overflow", "zero weights" or else "zero gradient"."""

    def __init__(self, message: str, cause: str):
        super().__init__(message)
        self.cause = cause


@handed_out
@dataclass(frozen=True, eq=False)
class BatchNoise:
    """Gradients of random batches of S `sizes` against the gradient on all `n_samples` samples, whose length is the unit.

    `distance` and `length` (S,) are root mean squares over the batches: how far their gradients lie from the full one, and
    how long they are; length^2 = 1 + distance^2 on the average. `distances` and `angles` (S, 3) are the 5, 50 and 95 %
    quantiles of the distances and of the angles to the full gradient, in degrees. `with_replacement` (S,) is the law
    scatter / sqrt(B) with the scatter of single samples, `expected` (S,) the law without replacement.
    """

    sizes: Array
    distance: Array
    length: Array
    distances: Array
    angles: Array
    expected: Array
    with_replacement: Array
    n_samples: int

    @property
    def inner(self) -> Array:
        """Which sizes are smaller than all samples, bool (S,): the full batch has no distance."""
        return self.sizes < self.n_samples

    @property
    def misfit(self) -> float:
        """The largest relative difference between `distance` and `expected`, nan where there is none to compare."""
        known = self.inner & (self.expected > 0)
        ratios = self.distance[known] / self.expected[known]
        return float(np.max(np.abs(ratios - 1.0))) if len(ratios) else float("nan")


@checked(network=network, X=array("N", "D"), y=rows, seed=whole(0))
def batch_noise(network: Network, X: Array, y: Array, seed: int = 0) -> BatchNoise:
    """The noise of batches of 1, 2, 4, ... samples and of all, on the first training samples (N, D) that fit into memory.

    Raises NoUnitError where the full gradient is 0 or not finite, so that nothing can be compared with it.
    """
    n_samples = max(2, min(len(X), MAX_SAMPLES, MAX_VALUES // network.n_parameters))
    gradients = sample_gradients(network, X[:n_samples], y[:n_samples])
    n_samples = len(gradients)
    with np.errstate(over="ignore", invalid="ignore"):
        full = gradients.mean(axis=0)
    unit = _unit(network, gradients, full)
    sizes = np.unique(np.append(2 ** np.arange(int(np.log2(n_samples)) + 1), n_samples))
    rng = np.random.default_rng(seed)
    # One size after the other: the batches of all of them together would not fit.
    rows = [_against(full, _means(gradients, drawn_batches(n_samples, size, rng))) for size in sizes]
    distance, length, distances, angles = (np.array(column) for column in zip(*rows, strict=True))
    law = np.sqrt(np.square(gradients - full).sum(axis=1).mean()) / unit / np.sqrt(sizes)
    missing = (n_samples - sizes) / max(n_samples - 1, 1)
    return BatchNoise(sizes, distance, length, distances, angles, law * np.sqrt(missing), law, n_samples)


def _unit(network: Network, gradients: Array, full: Array) -> float:
    """The length of the `full` gradient (P,), the mean of `gradients` (N, P). Raises NoUnitError if 0 or not finite."""
    with np.errstate(over="ignore", invalid="ignore"):
        length, longest = np.linalg.norm(full), np.linalg.norm(gradients, axis=1).max()
    if not np.isfinite(length):
        cause = "overflow"
    elif length > ROUNDING * longest:
        return float(length)
    else:
        cause = "zero gradient" if any(matrix.any() for matrix in network.weights) else "zero weights"
    raise NoUnitError(f"the full gradient must be finite and not 0, got a length of {length:.3g}", cause)


@checked(network=network, X=array("N", "D"), y=rows)
def sample_gradients(network: Network, X: Array, y: Array) -> Array:
    """The gradient of the objective on each sample alone, (N, P)."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.array([network.loss_and_gradient(X[row : row + 1], y[row : row + 1])[1] for row in range(len(X))])


@checked(n_samples=whole(1, MAX_VALUES), size=whole(1), rng=kind_of(np.random.Generator))
def drawn_batches(n_samples: int, size: int, rng: np.random.Generator) -> Array:
    """The samples (M, B) of at least `DRAWS` batches, drawn as training does: random orders cut into whole batches.

    An order uses every sample once, so that a few samples with huge gradients are neither missed nor counted twice.
    """
    size = require_whole("size", size, 1, n_samples)
    per_order = n_samples // size
    orders = [rng.permutation(n_samples)[: per_order * size] for _ in range(-(-DRAWS // per_order))]
    return np.concatenate(orders).reshape(-1, size)


def _means(gradients: Array, batches: Array) -> Array:
    """The gradients (M, P) of the batches (M, B) of samples with these gradients (N, P)."""
    shares = np.zeros((len(batches), len(gradients)))
    np.put_along_axis(shares, batches, 1.0 / batches.shape[1], axis=1)
    return shares @ gradients


def _against(full: Array, batches: Array) -> tuple[float, float, Array, Array]:
    """Distance, length, and quantiles (3,) of distances and angles of gradients (M, P) against the `full` one (P,)."""
    unit = np.linalg.norm(full)
    lengths, distances = np.linalg.norm(batches, axis=1) / unit, np.linalg.norm(batches - full, axis=1) / unit
    dots = batches @ full / unit**2
    cosines = np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths > 0)
    angles = np.degrees(np.arccos(np.clip(cosines, -1, 1)))
    rms = [float(np.sqrt(np.square(values).mean())) for values in (distances, lengths)]
    return *rms, np.quantile(distances, QUANTILES), np.quantile(angles, QUANTILES)
