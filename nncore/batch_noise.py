"""Batch noise: how far the gradient of a batch lies from that of the whole training set.

A batch's gradient is the mean of its samples' gradients. The mean of B of them scatters around that of all N with a
deviation that falls as 1/sqrt(B), and, drawn without putting back, reaches 0 when the batch is all of them.
"""

from dataclasses import dataclass

import numpy as np

from nncore.network import Network

Array = np.ndarray

DRAWS = 200
MAX_VALUES = 2_000_000  # of all samples' gradients together: 16 MB
MAX_SAMPLES = 500


@dataclass(frozen=True, eq=False)
class BatchNoise:
    """The gradients of `DRAWS` random batches of each of S sizes against the gradient on all `n_samples` samples.

    `lengths` (S, M) are the batch gradients' lengths and `noise` (S, M) their distances from the full gradient, both in
    units of its length; `angles` (S, M) lie between the two, in degrees. `expected` (S,) is the root mean square distance
    that follows from the scatter of single samples, `line` (S,) the same for batches drawn with putting back: its 1/sqrt(B).
    """

    sizes: Array
    lengths: Array
    noise: Array
    angles: Array
    expected: Array
    line: Array
    n_samples: int

    @property
    def measured(self) -> Array:
        """Root mean square distance (S,) of the drawn batches' gradients from the full one, in its lengths."""
        return np.sqrt(np.square(self.noise).mean(axis=1))


def batch_noise(network: Network, X: Array, y: Array, seed: int = 0) -> BatchNoise:
    """The noise of batches of 1, 2, 4, ... samples and of all, on the first training samples (N, D) that fit into memory.

    Raises ValueError where the full gradient is 0 or not finite, so that nothing can be compared with it.
    """
    n_samples = max(2, min(len(X), MAX_SAMPLES, MAX_VALUES // network.n_parameters))
    gradients = sample_gradients(network, X[:n_samples], y[:n_samples])
    n_samples = len(gradients)
    full = gradients.mean(axis=0)
    length = np.linalg.norm(full)
    if not (np.isfinite(length) and length > 0):
        raise ValueError(f"the full gradient must be finite and not 0, got a length of {length:.3g}")
    sizes = np.unique(np.append(2 ** np.arange(int(np.log2(n_samples)) + 1), n_samples))
    rng = np.random.default_rng(seed)
    # One size after the other: the batches of all of them together would not fit.
    rows = [_against(full, _drawn(gradients, size, rng)) for size in sizes]
    lengths, noise, angles = np.array(rows).swapaxes(0, 1)
    scatter = np.sqrt(np.square(gradients - full).sum(axis=1).mean()) / length
    line = scatter / np.sqrt(sizes)
    missing = (n_samples - sizes) / max(n_samples - 1, 1)
    return BatchNoise(sizes, lengths, noise, angles, line * np.sqrt(missing), line, n_samples)


def sample_gradients(network: Network, X: Array, y: Array) -> Array:
    """The gradient of the objective on each sample alone, (N, P)."""
    return np.array([network.loss_and_gradient(X[row : row + 1], y[row : row + 1])[1] for row in range(len(X))])


def _against(full: Array, batches: Array) -> tuple[Array, Array, Array]:
    """Lengths, distances and angles (M,) of the gradients `batches` (M, P) against the `full` one (P,)."""
    length = np.linalg.norm(full)
    lengths, noise = np.linalg.norm(batches, axis=1) / length, np.linalg.norm(batches - full, axis=1) / length
    dots = batches @ full / length**2
    cosines = np.divide(dots, lengths, out=np.zeros_like(dots), where=lengths > 0)
    return lengths, noise, np.degrees(np.arccos(np.clip(cosines, -1, 1)))


def _drawn(gradients: Array, size: int, rng: np.random.Generator) -> Array:
    """The gradients (M, P) of `DRAWS` random batches of `size` different samples."""
    chosen = np.zeros((DRAWS, len(gradients)))
    for row in chosen:
        row[rng.permutation(len(gradients))[:size]] = 1.0 / size
    return chosen @ gradients
