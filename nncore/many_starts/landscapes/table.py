"""The landscapes on offer: well-known test functions with their slopes and their minima.

Himmelblau's, the six-hump camel, Rastrigin's and Rosenbrock's functions are classics of optimisation; the quartics are
the simplest functions with two minima, in one and in two dimensions. Powers are written as products: NumPy is slow at
powers above the second.
"""

import numpy as np

from nncore.many_starts.landscapes.rolling import Landscape

Array = np.ndarray


def _quartic(p: Array) -> Array:
    x = p[..., 0]
    square = x * x
    return square * square - 4 * square + x


def _quartic_slope(p: Array) -> Array:
    return 4 * (p * p - 2) * p + 1


def _rastrigin(p: Array) -> Array:
    return (10 + p**2 - 10 * np.cos(2 * np.pi * p)).sum(axis=-1)


def _rastrigin_slope(p: Array) -> Array:
    return 2 * p + 20 * np.pi * np.sin(2 * np.pi * p)


def _rastrigin_minima(n_dimensions: int, reach: int) -> Array:
    """The minima (M, D), lowest first, near the whole numbers from -reach to reach, by Newton's method."""
    x = np.arange(-reach, reach + 1, dtype=float)
    for _ in range(20):
        x -= _rastrigin_slope(x) / (2 + 40 * np.pi**2 * np.cos(2 * np.pi * x))
    grid = np.stack(np.meshgrid(*[x] * n_dimensions), axis=-1).reshape(-1, n_dimensions)
    return grid[np.argsort(_rastrigin(grid), kind="stable")]


def _himmelblau(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def _himmelblau_slope(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    first, second = x**2 + y - 11, x + y**2 - 7
    return np.stack([4 * x * first + 2 * second, 2 * first + 4 * y * second], axis=-1)


def _camel(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    xx, yy = x * x, y * y
    return (4 - 2.1 * xx + xx * xx / 3) * xx + x * y + 4 * (yy - 1) * yy


def _camel_slope(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    xx, yy = x * x, y * y
    return np.stack([(8 - 8.4 * xx + 2 * xx * xx) * x + y, x + (16 * yy - 8) * y], axis=-1)


def _saddle(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    return (x * x + y * y * (y * y / 2 - 1)) / 2


def _saddle_slope(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    return np.stack([x, (y * y - 1) * y], axis=-1)


def _rosenbrock(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _rosenbrock_slope(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    return np.stack([2 * (x - 1) - 400 * x * (y - x**2), 200 * (y - x**2)], axis=-1)


_QUARTIC_MINIMA = np.sort(np.roots([4.0, 0.0, -8.0, 1.0]).real)[[0, 2], None]  # the root between them is the hilltop

_HIMMELBLAU_MINIMA = np.array(
    [[3.0, 2.0], [-2.80511809, 3.13131252], [-3.77931025, -3.28318599], [3.58442834, -1.84812653]]
)

_CAMEL_MINIMA = np.array([
    [0.08984201, -0.71265640], [-0.08984201, 0.71265640], [1.70360671, -0.79608357], [-1.70360671, 0.79608357],
    [1.60710475, 0.56865145], [-1.60710475, -0.56865145],
])  # fmt: skip

LANDSCAPES: dict[str, Landscape] = {
    "quartic": Landscape(
        "Two valleys", "x⁴ − 4x² + x",
        "Two minima, the left one lower. Which one a ball finds depends on the side it starts from.",
        _quartic, _quartic_slope, ((-2.2, 2.2),), _QUARTIC_MINIMA, 0.02,
    ),
    "rastrigin1": Landscape(
        "Rastrigin, one dimension", "10 + x² − 10 cos 2πx",
        "A bowl with eleven dents. A short step stays in the dent where it starts.",
        _rastrigin, _rastrigin_slope, ((-5.5, 5.5),), _rastrigin_minima(1, 5), 0.001,
    ),
    "rastrigin2": Landscape(
        "Rastrigin, two dimensions", "20 + x² − 10 cos 2πx + y² − 10 cos 2πy",
        "The same dents along both axes: 121 minima, one of them the best.",
        _rastrigin, _rastrigin_slope, ((-5.5, 5.5), (-5.5, 5.5)), _rastrigin_minima(2, 5), 0.001,
    ),
    "himmelblau": Landscape(
        "Himmelblau", "(x² + y − 11)² + (x + y² − 7)²",
        "Four minima, all equally good: whichever catches a ball, it has found a best one.",
        _himmelblau, _himmelblau_slope, ((-5.0, 5.0), (-5.0, 5.0)), _HIMMELBLAU_MINIMA, 0.003,
    ),
    "camel": Landscape(
        "Six-hump camel", "(4 − 2.1x² + x⁴/3) x² + xy + (4y² − 4) y²",
        "Six minima in pairs: two of the best, two middling, two poor.",
        _camel, _camel_slope, ((-2.0, 2.0), (-1.2, 1.2)), _CAMEL_MINIMA, 0.01,
    ),
    "saddle": Landscape(
        "A saddle", "x²/2 + y⁴/4 − y²/2",
        "Level at the origin, but no minimum. A ball that starts near the line y = 0 lingers there before it rolls off.",
        _saddle, _saddle_slope, ((-2.0, 2.0), (-2.0, 2.0)), np.array([[0.0, 1.0], [0.0, -1.0]]), 0.05,
    ),
    "rosenbrock": Landscape(
        "Rosenbrock", "(1 − x)² + 100 (y − x²)²",
        "One minimum at the end of a curved, almost level valley: easy to enter, slow to follow.",
        _rosenbrock, _rosenbrock_slope, ((-2.0, 2.0), (-1.0, 3.0)), np.array([[1.0, 1.0]]), 0.0005,
    ),
}  # fmt: skip
