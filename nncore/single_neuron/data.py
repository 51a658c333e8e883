"""Small sets of samples for one neuron: few enough to follow each of them, with one to four inputs."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.arguments import checked, one_of
from nncore.checks import require_one_of, require_whole

Array = np.ndarray

MAX_INPUTS = 4
MAX_DRAW = 999
SLOPES, LEVEL = np.array([1.5, -1.0, 0.5, 0.8]), 0.5  # of the line that the values lie around
N_VALUES, N_GROUPED = 12, 20


@dataclass(frozen=True)
class Points:
    """A set of samples: `make(n_inputs, rng)` gives X (N, n) and y (N,); `tasks` says which neurons it suits."""

    name: str
    title: str
    about: str
    tasks: tuple[str, ...]
    make: Callable[[int, np.random.Generator], tuple[Array, Array]]


def _line(n_inputs: int, rng: np.random.Generator) -> tuple[Array, Array]:
    X = rng.uniform(-2.0, 2.0, (N_VALUES, n_inputs))
    return X, X @ SLOPES[:n_inputs] + LEVEL + rng.normal(0.0, 0.3, N_VALUES)


def _outlier(n_inputs: int, rng: np.random.Generator) -> tuple[Array, Array]:
    X, y = _line(n_inputs, rng)
    y[int(X[:, 0].argmax())] -= 8.0
    return X, y


def _along_the_diagonal(n_inputs: int, rng: np.random.Generator, distances: Array) -> tuple[Array, Array]:
    """Two groups at `distances` (N,) before and behind a plane that is crossed by the diagonal of the inputs."""
    diagonal = np.full(n_inputs, n_inputs**-0.5)
    X = rng.normal(0.0, 1.0, (N_GROUPED, n_inputs))
    return X + np.outer(distances - X @ diagonal, diagonal), np.arange(N_GROUPED) % 2


def _sides() -> Array:
    return np.where(np.arange(N_GROUPED) % 2, 1.0, -1.0)


def _groups(n_inputs: int, rng: np.random.Generator) -> tuple[Array, Array]:
    distances = _sides() * rng.normal(0.9, 0.8, N_GROUPED)
    # The origin comes to lie between two samples of either group, so no plane can part them.
    X, y = _along_the_diagonal(n_inputs, rng, distances)
    X[:2] = -X[2:4] * 0.5
    return X, y


def _apart(n_inputs: int, rng: np.random.Generator) -> tuple[Array, Array]:
    return _along_the_diagonal(n_inputs, rng, _sides() * rng.uniform(0.6, 2.4, N_GROUPED))


def _corners(answer: Callable[[Array], Array]) -> Callable[[int, np.random.Generator], tuple[Array, Array]]:
    """Every combination of 0 and 1; `answer` turns the number of ones (N,) and of inputs into labels."""

    def make(n_inputs: int, rng: np.random.Generator) -> tuple[Array, Array]:
        X = np.indices((2,) * n_inputs).reshape(n_inputs, -1).T.astype(float)
        return X, answer(X).astype(int)

    return make


def _textbook(n_inputs: int, rng: np.random.Generator) -> tuple[Array, Array]:
    return np.array([[2.0, 1.0, -1.0, 0.5]])[:, :n_inputs], np.array([1])


POINTS: dict[str, Points] = {
    points.name: points
    for points in (
        Points("line", "Around a line", "12 values around a straight line, with some noise.", ("values",), _line),
        Points("outlier", "A line with an outlier", "12 values, one of them far too low.", ("values",), _outlier),
        Points("groups", "Two groups that overlap", "20 samples that no straight border can part.", ("classes",), _groups),
        Points("apart", "Two groups apart", "20 samples with a gap between the groups.", ("classes",), _apart),
        Points("and", "AND", "1 only where all inputs are 1.", ("classes",), _corners(lambda X: X.all(axis=1))),
        Points("or", "OR", "1 where any input is 1.", ("classes",), _corners(lambda X: X.any(axis=1))),
        Points(
            "xor", "XOR", "1 where an odd number of inputs is 1: from two inputs on, no single neuron can say it.",
            ("classes",), _corners(lambda X: X.sum(axis=1) % 2),
        ),
        Points("textbook", "One sample", "A single sample, x₁ = 2 and y = 1, to be followed by hand.",
               ("classes", "values"), _textbook),
    )
}  # fmt: skip


def make_points(name: str, n_inputs: int, draw: int = 0) -> tuple[Array, Array]:
    """Inputs X (N, n_inputs) and values or classes y (N,); another `draw` gives other points of the same sort."""
    require_one_of("name", name, POINTS)
    n_inputs = require_whole("n_inputs", n_inputs, 1, MAX_INPUTS)
    draw = require_whole("draw", draw, 0, MAX_DRAW)
    return POINTS[name].make(n_inputs, np.random.default_rng(draw))


@checked(task=one_of(("values", "classes")))
def points_for(task: str) -> list[str]:
    """The names of the sets that suit a neuron of `task`, "values" or "classes"."""
    return [name for name, points in POINTS.items() if task in points.tasks]
