"""Made-up points: small problems on a square, each showing one thing a network finds easy or hard.

Every maker has the same form, `make(samples, noise, rng) -> (X, y)`: X is float64 (N, 2), or (N, 1) for the
two curves; y is int64 class labels or float64 targets, (N,). `noise` is a fraction, 0 to 0.5. The unit noise
is drawn whatever the amount and then multiplied by it, so that with one seed the points move continuously as
noise grows. Circle, xor, gauss, spiral, plane and cones follow the definitions of TensorFlow Playground.
"""

import numpy as np
from numpy.random import Generator

from nncore.arguments import array, checked, kind_of, number, whole

Samples = tuple[np.ndarray, np.ndarray]
MOST_SAMPLES = 1_000_000
_checked = checked(samples=whole(1, MOST_SAMPLES), noise=number(0, 1), rng=kind_of(Generator))

CONES = np.array([  # x1, x2, height of the tip
    (4.0, 2.5, 1.0), (-4.0, 2.5, 1.0), (0.0, -2.5, 1.0),
    (0.0, 2.5, -1.0), (4.0, -2.5, -1.0), (-4.0, -2.5, -1.0),
])
RING_RADII = ((0.0, 1.2), (2.0, 3.0), (4.0, 5.0))
BLOB_CENTRES = np.array([(-3.0, -3.0), (3.0, -3.0), (-3.0, 3.0), (3.0, 3.0)])


def _even_labels(samples: int, classes: int) -> np.ndarray:
    """Class labels (N,), in blocks whose sizes differ by one at most (the first classes get the rest)."""
    return np.sort(np.arange(samples) % classes)


def _polar(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


@_checked
def make_circle(samples: int, noise: float, rng: Generator) -> Samples:
    """A disc (class 1) inside a ring (class 0).

    The position returned is clean; the label is that of the point moved by U(-5, 5) * noise, inside radius
    2.5 or not.
    """
    inner = _even_labels(samples, 2) == 0
    radius = rng.uniform(np.where(inner, 0.0, 3.5), np.where(inner, 2.5, 5.0))
    X = _polar(radius, rng.uniform(0, 2 * np.pi, samples))
    moved = X + noise * rng.uniform(-5, 5, X.shape)
    return X, (np.hypot(*moved.T) < 2.5).astype(np.int64)


@_checked
def make_xor(samples: int, noise: float, rng: Generator) -> Samples:
    """Four quadrants, class 1 where x1 * x2 >= 0.

    The position returned is clean; the label is that of the point moved by U(-5, 5) * noise.
    """
    X = rng.uniform(-5, 5, (samples, 2))
    X += np.where(X > 0, 0.3, -0.3)  # leaves an empty cross between the quadrants
    moved = X + noise * rng.uniform(-5, 5, X.shape)
    return X, (moved.prod(axis=1) >= 0).astype(np.int64)


@_checked
def make_gauss(samples: int, noise: float, rng: Generator) -> Samples:
    """Two round clouds, class 0 at (-2, -2) and 1 at (2, 2), variance 0.5 + 7 * noise per coordinate."""
    y = _even_labels(samples, 2)
    centre = np.where(y == 1, 2.0, -2.0)[:, None]  # (N, 1), the same for both coordinates
    return centre + np.sqrt(0.5 + 7 * noise) * rng.standard_normal((samples, 2)), y


def _spiral_arms(samples: int, noise: float, rng: Generator, arms: int, turns: float) -> Samples:
    """Point i of the n on an arm: radius 5 i / n, angle turns * 2 pi * i / n, the arms evenly apart."""
    y = _even_labels(samples, arms)
    sizes = np.bincount(y, minlength=arms)
    along = np.concatenate([np.arange(n) / n for n in sizes])
    X = _polar(5 * along, 2 * np.pi * (turns * along + y / arms))
    return X + noise * rng.uniform(-1, 1, X.shape), y


@_checked
def make_spiral(samples: int, noise: float, rng: Generator) -> Samples:
    """Two interleaved arms of 1.75 turns, coordinates moved by U(-1, 1) * noise; class 1 starts upwards."""
    X, arm = _spiral_arms(samples, noise, rng, arms=2, turns=1.75)
    return X, 1 - arm


@_checked
def make_spiral3(samples: int, noise: float, rng: Generator) -> Samples:
    """Three interleaved arms of one turn, each coordinate moved by U(-1, 1) * noise."""
    return _spiral_arms(samples, noise, rng, arms=3, turns=1.0)


@_checked
def make_moons(samples: int, noise: float, rng: Generator) -> Samples:
    """Two interlocking half circles of radius 3.2, moved by a Gaussian of deviation 3.2 * noise.

    As scikit-learn's `make_moons`, but with angles drawn at random, centred and enlarged 3.2 times.
    """
    y = _even_labels(samples, 2)
    angle = rng.uniform(0, np.pi, samples)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    X = np.where(y[:, None] == 0, upper, lower) + noise * rng.standard_normal((samples, 2))
    return 3.2 * (X - (0.5, 0.25)), y


@_checked
def make_corners(samples: int, noise: float, rng: Generator) -> Samples:
    """The four points (-1 or 1, -1 or 1), class 1 where the signs agree; every argument is ignored."""
    X = np.array([(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)])
    return X, np.array([1, 0, 0, 1])


@_checked
def make_blobs(samples: int, noise: float, rng: Generator) -> Samples:
    """Four round clouds at (-3 or 3, -3 or 3), variance 0.5 + 7 * noise per coordinate."""
    y = _even_labels(samples, 4)
    return BLOB_CENTRES[y] + np.sqrt(0.5 + 7 * noise) * rng.standard_normal((samples, 2)), y


@_checked
def make_rings(samples: int, noise: float, rng: Generator) -> Samples:
    """A disc and two rings around it, each coordinate moved by a Gaussian of deviation 2 * noise."""
    y = _even_labels(samples, 3)
    low, high = np.array(RING_RADII)[y].T
    X = _polar(rng.uniform(low, high), rng.uniform(0, 2 * np.pi, samples))
    return X + 2 * noise * rng.standard_normal(X.shape), y


@_checked
def make_plane(samples: int, noise: float, rng: Generator) -> Samples:
    """Uniform points on the square with target (x1 + x2) / 10 at the point moved by U(-6, 6) * noise."""
    X = rng.uniform(-6, 6, (samples, 2))
    moved = X + noise * rng.uniform(-6, 6, X.shape)
    return X, moved.sum(axis=1) / 10


@checked(points=array("N?", 2))
def cone_height(points: np.ndarray) -> np.ndarray:
    """Target (N,) of the six cones at points (N, 2): the height, -1 to 1, largest in magnitude there."""
    distance = np.linalg.norm(points[:, None, :] - CONES[:, :2], axis=2)  # (N, 6)
    heights = CONES[:, 2] * np.clip(1 - distance / 2, 0, 1)
    strongest = np.abs(heights).argmax(axis=1)
    return heights[np.arange(len(points)), strongest]


@_checked
def make_cones(samples: int, noise: float, rng: Generator) -> Samples:
    """Uniform points on the square with the height of six cones at the point moved by U(-6, 6) * noise."""
    X = rng.uniform(-6, 6, (samples, 2))
    return X, cone_height(X + noise * rng.uniform(-6, 6, X.shape))


@_checked
def make_sine(samples: int, noise: float, rng: Generator) -> Samples:
    """x uniform in -6 to 6, target sin x plus a Gaussian of deviation `noise`."""
    X = rng.uniform(-6, 6, (samples, 1))
    return X, np.sin(X[:, 0]) + noise * rng.standard_normal(samples)


@_checked
def make_step(samples: int, noise: float, rng: Generator) -> Samples:
    """x uniform in -6 to 6, target -1 left of 0 and +1 from 0 on, plus a Gaussian of deviation `noise`."""
    X = rng.uniform(-6, 6, (samples, 1))
    return X, np.where(X[:, 0] >= 0, 1.0, -1.0) + noise * rng.standard_normal(samples)
