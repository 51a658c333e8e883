"""Numbers for a lesson, drawn for a seed: short enough to reckon with by hand."""

import numpy as np

Array = np.ndarray


def numbers_for(seed: int, step: int) -> np.random.Generator:
    """The generator of one step's numbers: other steps and other seeds have others."""
    return np.random.default_rng([seed, step])


def tenths(rng: np.random.Generator, low: float, high: float, *shape: int) -> Array:
    """Numbers of one decimal from `low` to `high`, none of them 0 or 1."""
    values = [round(k / 10, 1) for k in range(round(10 * low), round(10 * high) + 1) if k not in (0, 10)]
    return rng.choice(values, shape)


def wholes(rng: np.random.Generator, low: int, high: int, *shape: int) -> Array:
    """Whole numbers from `low` to `high` as floats, none of them -1, 0 or 1."""
    return rng.choice([float(k) for k in range(low, high + 1) if abs(k) > 1], shape)


def different(rng: np.random.Generator, low: int, high: int, n: int) -> Array:
    """So many different whole numbers from `low` to `high` as floats (n,), none of them -1, 0 or 1."""
    return rng.choice([float(k) for k in range(low, high + 1) if abs(k) > 1], n, replace=False)
