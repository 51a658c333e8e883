"""Landscapes: loss functions of one or two numbers whose minima are known, and balls that roll on them.

A ball is a parameter vector of one or two numbers, moved by the same optimizer that trains a network. As
the minima are known, one can say where every ball ends, and how many starts find the best minimum.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, checked, kind_of, positive, whole
from nncore.handed_out import handed_out
from nncore.models.parameters import FlatParameters
from nncore.training.trainer import Trainer

Array = np.ndarray
Values = Callable[[Array], Array]

CAUGHT = 0.25  # a ball this near to a minimum, as a share of the way to the next one, counts as caught by it
HELD_STEPS = 10  # a ball that has been that near for so many steps is held by the minimum, not passing it
NOWHERE = -1
MAX_BALLS, MAX_SIDE, MAX_STEPS = 1_000_000, 1000, 100_000


@handed_out
@dataclass(frozen=True, eq=False)
class Landscape:
    """A function of D = 1 or 2 numbers.

    `value` maps points (..., D) to (...,) and `gradient` to (..., D). `extent` is (low, high) per dimension; `minima` is
    (M, D), the lowest first. `formula` is how it is written, `about` what it is known for. `rate` is a learning rate at
    which plain gradient descent reaches a minimum.
    """

    title: str
    formula: str
    about: str
    value: Values
    gradient: Values
    extent: tuple[tuple[float, float], ...]
    minima: Array
    rate: float

    @property
    def n_dimensions(self) -> int:
        """1 or 2."""
        return len(self.extent)

    @property
    def is_global(self) -> Array:
        """Which minima (M,) are as low as the lowest."""
        heights = self.value(self.minima)
        return heights < heights.min() + 1e-6

    @checked(n_points=whole(0, MAX_BALLS), seed=whole(0))
    def random_points(self, n_points: int, seed: int = 0) -> Array:
        """Points (n_points, D), even over the extent."""
        low, high = np.array(self.extent).T
        return np.random.default_rng(seed).uniform(low, high, (n_points, self.n_dimensions))

    @checked(side=whole(1, MAX_SIDE))
    def grid(self, side: int) -> tuple[list[Array], Array]:
        """The axes (side,) of an even grid over the extent, and its points (side, D) or (side, side, D), y first."""
        axes = [np.linspace(low, high, side) for low, high in self.extent]
        if self.n_dimensions == 1:
            return axes, axes[0][:, None]
        return axes, np.stack(np.meshgrid(*axes), axis=-1)


class Balls(FlatParameters):
    """R balls on a landscape: a model of parameters (R, D) whose loss is the height at which each one lies."""

    @checked(landscape=kind_of(Landscape), positions=array(..., "D"))
    def __init__(self, landscape: Landscape, positions: Array):
        _check_dimensions("positions", positions, landscape)
        self.landscape = landscape
        super().__init__(np.array(positions))

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[Array, Array]:
        """Heights (R,) and gradients (R, D); a landscape has no data, so X and y are ignored."""
        return self.landscape.value(self._parameters), self.landscape.gradient(self._parameters)


@checked(landscape=kind_of(Landscape), starts=array("R", "D"), learning_rate=positive(), steps=whole(0, MAX_STEPS))
def roll(landscape: Landscape, starts: Array, optimizer: str, learning_rate: float, steps: int) -> Array:
    """Where the balls are after 0, 1, ..., `steps` updates, (steps + 1, R, D), from `starts` (R, D).

    A ball that diverges stays at its last finite place.
    """
    return _path(*_roller(landscape, starts, optimizer, learning_rate, steps), steps)


@checked(landscape=kind_of(Landscape), starts=array("R", "D"), learning_rate=positive(), steps=whole(0, MAX_STEPS))
def last_places(landscape: Landscape, starts: Array, optimizer: str, learning_rate: float, steps: int) -> Array:
    """Where the balls from `starts` (R, D) are over the last 10 of at least 10 updates, (11, R, D)."""
    trainer, balls = _roller(landscape, starts, optimizer, learning_rate, steps)
    trainer.advance(epochs=max(0, steps - HELD_STEPS))
    return _path(trainer, balls, HELD_STEPS)


def _path(trainer: Trainer, balls: Balls, steps: int) -> Array:
    """Where the balls are now and after each of `steps` more updates, (steps + 1, R, D)."""
    path = np.empty((steps + 1, *balls.parameters.shape))
    path[0] = balls.parameters
    for step in range(1, steps + 1):
        trainer.run_update()
        path[step] = balls.parameters
    return path


def _roller(
    landscape: Landscape, starts: Array, optimizer: str, learning_rate: float, steps: int
) -> tuple[Trainer, Balls]:
    _check_dimensions("starts", starts, landscape)
    balls, nothing = Balls(landscape, starts), np.zeros((1, 1))
    return Trainer(balls, nothing, nothing, optimizer, learning_rate, epoch_limit=steps), balls


@checked(landscape=kind_of(Landscape), places=array(..., "D", limit=None))
def caught_by(landscape: Landscape, places: Array) -> Array:
    """Which minimum each ball at `places` (..., D) is near to: its row in `minima`, or NOWHERE, int (...,)."""
    _check_dimensions("places", places, landscape)
    gaps = places[..., None, :] - landscape.minima
    with np.errstate(over="ignore", invalid="ignore"):
        distances = np.sqrt(np.square(gaps).sum(axis=-1))
    nearest = distances.argmin(axis=-1)
    reach = CAUGHT * _spacing(landscape.minima)
    near = np.take_along_axis(distances, nearest[..., None], -1)[..., 0] < reach[nearest]
    return np.where(near, nearest, NOWHERE)


@checked(landscape=kind_of(Landscape), path=array(..., "D", limit=None))
def held_by(landscape: Landscape, path: Array) -> Array:
    """Which minimum each ball was near to on all of its last 10 steps of `path` (S, ..., D), or NOWHERE, int (...,)."""
    _check_dimensions("path", path, landscape)
    if path.ndim < 2 or not len(path):
        raise ValueError(f"path must have the shape (S, ..., {landscape.n_dimensions}), S at least 1, got {path.shape}")
    caught, reach = caught_by(landscape, path[-1]), CAUGHT * _spacing(landscape.minima)
    for places in path[-1 - HELD_STEPS : -1]:
        with np.errstate(over="ignore", invalid="ignore"):
            distances = np.sqrt(np.square(places - landscape.minima[caught]).sum(axis=-1))
        caught = np.where((caught != NOWHERE) & (distances < reach[caught]), caught, NOWHERE)
    return caught


@checked(landscape=kind_of(Landscape), path=array("S", "R", "D", limit=None))
def count_held(landscape: Landscape, path: Array) -> Array:
    """How many of the balls on `path` (S, R, D) end held by each minimum, and last by none: int (M + 1,)."""
    # NOWHERE is -1: one more than each number, so that "none" is counted first.
    counts = np.bincount(held_by(landscape, path) + 1, minlength=len(landscape.minima) + 1)
    return np.roll(counts, -1)


@checked(landscape=kind_of(Landscape), path=array(..., "D", limit=None))
def finds_best(landscape: Landscape, path: Array) -> Array:
    """Whether each ball on `path` (S, ..., D) ends held by one of the best minima, bool (...,)."""
    return _is_best(landscape, held_by(landscape, path))


@checked(landscape=kind_of(Landscape), path=array(..., "D", limit=None))
def passes_best(landscape: Landscape, path: Array) -> Array:
    """Whether each ball on `path` (S, ..., D) is near one of the best minima at its end but not held by it, bool (...,)."""
    held = finds_best(landscape, path)
    return _is_best(landscape, caught_by(landscape, path[-1])) & ~held


def _check_dimensions(name: str, points: Array, landscape: Landscape) -> None:
    if points.shape[-1] != landscape.n_dimensions:
        raise ValueError(f"{name} must have the shape (..., {landscape.n_dimensions}), got {points.shape}")


def _is_best(landscape: Landscape, rows: Array) -> Array:
    return (rows != NOWHERE) & landscape.is_global[rows]


def _spacing(minima: Array) -> Array:
    """The distance (M,) from each minimum to its nearest neighbour; 1 for the only one."""
    if len(minima) == 1:
        return np.ones(1)
    distances = np.sqrt(np.square(minima[:, None] - minima).sum(axis=-1))
    np.fill_diagonal(distances, np.inf)
    return distances.min(axis=1)


@checked(landscape=kind_of(Landscape), learning_rate=positive(), steps=whole(0, MAX_STEPS), side=whole(1, MAX_SIDE))
def basins(landscape: Landscape, optimizer: str, learning_rate: float, steps: int, side: int = 81) -> Array:
    """Which minimum holds a ball from each grid point at the end: int (side,) or (side, side), y first; NOWHERE for none."""
    _, points = landscape.grid(side)
    flat = points.reshape(-1, landscape.n_dimensions)
    return held_by(landscape, last_places(landscape, flat, optimizer, learning_rate, steps)).reshape(points.shape[:-1])
