"""Where many balls end on a landscape: worked out once for all viewers."""

import numpy as np

from nncore.cache import cached
from nncore.many_starts.landscapes.rolling import Landscape, basins, finds_best, last_places
from nncore.many_starts.landscapes.table import LANDSCAPES

How = tuple[str, float, int]  # optimizer, learning rate, steps


def caught_by(land: Landscape, how: How, side: int) -> np.ndarray:
    """The number of the minimum that catches a ball, for each starting place of a map of `side` places along an axis."""
    return cached(_basins, land.title, how, side, n_bytes=8 * side**land.n_dimensions)


def many_find_best(land: Landscape, how: How, count: int) -> np.ndarray:
    """Which of `count` balls find a best minimum, bool (count,)."""
    return cached(_find_best, land.title, how, count, n_bytes=count)


def _titled(title: str) -> Landscape:
    return next(land for land in LANDSCAPES.values() if land.title == title)


def _basins(title: str, how: How, side: int) -> np.ndarray:
    return basins(_titled(title), *how, side)


def _find_best(title: str, how: How, count: int) -> np.ndarray:
    land = _titled(title)
    return finds_best(land, last_places(land, land.random_points(count, seed=12345), *how))
