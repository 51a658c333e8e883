"""The loss surface: the loss around a network, on a plane through the space of its weights.

A network with P parameters has a surface over P dimensions. A slice takes two directions through one point and shows the
loss on them; everything off that plane stays unseen. All points of a slice are parameter vectors, so they go through a
model with a runs axis, a stack at a time. Nothing here knows what kind of model it is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nncore.arguments import (
    array,
    check_fields,
    checked,
    data,
    each,
    function,
    kind_of,
    number,
    optional,
    stack_of_models,
    text,
    whole,
)
from nncore.checks import require_whole

Array = np.ndarray
Matrices = Callable[[Array], list[Array]]

STACK = 64  # points computed at once, at most: enough to spread the cost of a call
ROUNDING = 1e-12  # of the whole movement: a smaller share counts as none
MOST_POINTS = 1_000_000  # of one surface
PADDING = 0.25  # of the range, on each side of the points


@dataclass(frozen=True, eq=False)
class Slice:
    """A plane through parameter space: `origin` (P,) + x * directions[0] + y * directions[1], directions (2, P).

    `names` say what the two axes are.
    """

    origin: Array
    directions: Array
    names: tuple[str, str]

    def __post_init__(self):
        check_fields(self, origin=array("P"), directions=array(2, "P"), names=each(text, 2, 2))

    @checked(coordinates=array(..., 2))
    def at(self, coordinates: Array) -> Array:
        """Parameter vectors (..., P) at coordinates (..., 2)."""
        return self.origin + coordinates @ self.directions

    @checked(vectors=array(..., "P"))
    def project(self, vectors: Array) -> Array:
        """Coordinates (..., 2) of the points of the plane nearest to `vectors` (..., P)."""
        if vectors.shape[-1] != len(self.origin):
            raise ValueError(f"vectors must have the shape (..., {len(self.origin)}), got {vectors.shape}")
        return (vectors - self.origin) @ np.linalg.pinv(self.directions)

    @checked(vectors=array(..., "P"))
    def distance(self, vectors: Array) -> Array:
        """How far `vectors` (..., P) lie from the plane, (...,), in the units of the weights."""
        return np.linalg.norm(vectors - self.at(self.project(vectors)), axis=-1)


@checked(model=stack_of_models, vectors=array("M?", "P"))
def losses_at(model, vectors: Array, X: Array, y: Array) -> Array:
    """The objective at each of M parameter vectors (M, P), (M,); `model` holds some runs, which are overwritten.

    No gradient is computed for a model that has `data_loss` and `penalty`. Numbers that overflow come back as inf or nan.
    """
    cheap = hasattr(model, "data_loss") and hasattr(model, "penalty")
    n_runs, losses = len(model.parameters), np.empty(len(vectors))
    with np.errstate(over="ignore", invalid="ignore"):
        for begin in range(0, len(vectors), n_runs):
            part = vectors[begin : begin + n_runs]
            model.parameters[: len(part)] = part
            stacked = model.data_loss(X, y) + model.penalty() if cheap else model.loss_and_gradient(X, y)[0]
            losses[begin : begin + n_runs] = stacked[: len(part)]
    return losses


@checked(model=stack_of_models, plane=kind_of(Slice), x=array("A"), y=array("B"), data=each(optional(data), 2, 2))
def loss_surface(model, plane: Slice, x: Array, y: Array, data: tuple[Array, Array]) -> Array:
    """The objective on the grid of coordinates x (A,) and y (B,), (B, A), on data = (inputs, targets).

    As many points are computed at once as `model` has runs. Raises ValueError for more than a million points.
    """
    if len(x) * len(y) > MOST_POINTS:
        raise ValueError(f"x and y must make at most {MOST_POINTS:,} points, got {len(x):,} times {len(y):,}")
    return np.concatenate(list(surface_in_pieces(model, plane, x, y, data))).reshape(len(y), len(x))


def surface_in_pieces(model, plane: Slice, x: Array, y: Array, data: tuple[Array, Array]) -> Iterator[Array]:
    """The losses of `loss_surface`, row after row, as many at a time as `model` has runs: for work done in slices."""
    points = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    n_runs = len(model.parameters)
    # In blocks, because one network of 12,000 weights is 0.1 MB, and 2,601 would be 260.
    for begin in range(0, len(points), n_runs):
        yield losses_at(model, plane.at(points[begin : begin + n_runs]), *data)


@checked(origin=array("P"), first=whole(0), second=whole(0), names=each(text, 2, 2))
def weight_slice(origin: Array, first: int, second: int, names: tuple[str, str]) -> Slice:
    """The plane of two single parameters, by their places in the flat vector: coordinates are their values.

    All others are as in `origin` (P,). Raises ValueError for one place twice.
    """
    for name, place in (("first", first), ("second", second)):
        require_whole(name, place, 0, len(origin) - 1)
    if first == second:
        raise ValueError(f"second must be another parameter than the first, got {second} twice")
    zeroed, directions = np.array(origin, dtype=float), np.zeros((2, len(origin)))
    zeroed[[first, second]] = 0.0
    directions[[0, 1], [first, second]] = 1.0
    return Slice(zeroed, directions, names)


@checked(origin=array("P"), matrices=function, seed=whole(0))
def random_slice(origin: Array, matrices: Matrices, seed: int = 0) -> Slice:
    """Two random directions, each row (a neuron's weights and bias) as long as that neuron's row at the origin.

    Without it, a network with large weights looks flat and one with small weights sharp (Li et al., 2018, "Visualizing
    the loss landscape of neural nets").
    """
    directions = np.random.default_rng(seed).normal(size=(2, len(origin)))
    try:
        views = list(zip(matrices(directions), matrices(origin), strict=True))
    except (ValueError, TypeError) as error:
        raise ValueError(f"origin must be a vector that `matrices` can cut up, got the shape {origin.shape}") from error
    for drawn, own in views:
        lengths = np.linalg.norm(drawn, axis=-1, keepdims=True)
        drawn *= np.linalg.norm(own, axis=-1, keepdims=True) / lengths
    return Slice(origin, directions, ("random direction 1", "random direction 2"))


@checked(path=array("F", "P"), origin=array("P"))
def principal_slice(path: Array, origin: Array) -> tuple[Slice, Array]:
    """The plane through `origin` (P,) in which the path (F, P) moves most, and both shares of its variance (2,)."""
    centred = np.vstack([path - path.mean(axis=0), np.zeros((2, path.shape[1]))])  # a path of one frame has no direction
    _, lengths, rows = np.linalg.svd(centred, full_matrices=False)
    total = np.square(lengths).sum()
    shares = np.square(lengths[:2]) / total if total > 0 else np.zeros(2)
    names = tuple(f"path's direction {k + 1} ({_share_text(share)})" for k, share in enumerate(shares))
    return Slice(origin, rows[:2], names), shares


def _share_text(share: float) -> str:
    """A share of the movement: "37 %"; 0 % and 100 % only of none and of all, up to rounding."""
    if ROUNDING < share < 0.01:
        return "below 1 %"
    return "over 99 %" if 0.99 < share < 1 - ROUNDING else f"{100 * share:.0f} %"


@checked(a=array("P"), b=array("P"), c=array("P"))
def plane_through(a: Array, b: Array, c: Array) -> Slice:
    """The plane on which the parameter vectors a, b and c (P,) all lie; a is its origin, b lies on the first axis.

    Raises ValueError when the three lie on a line.
    """
    first, second = b - a, c - a
    length = np.linalg.norm(first)
    if length > 0:
        first = first / length
        second = second - (second @ first) * first
    height = np.linalg.norm(second)
    if length < 1e-9 or height < 1e-9:
        raise ValueError(f"a, b and c must not lie on a line, got distances {length:.2g} and {height:.2g}")
    return Slice(a, np.stack([first, second / height]), ("from A towards B", "across, towards C"))


@checked(coordinates=array("N", 2), least=number(0))
def shown_ranges(coordinates: Array, least: float) -> list[tuple[float, float]]:
    """For both axes the range (low, high) that shows `coordinates` (N, 2) with room around, at least 2 * `least` wide."""
    low, high = coordinates.min(axis=0), coordinates.max(axis=0)
    padding = np.maximum(PADDING * (high - low), least - (high - low) / 2)
    return [(float(a - p), float(b + p)) for a, b, p in zip(low, high, padding, strict=True)]
