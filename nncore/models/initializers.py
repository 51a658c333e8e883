"""Initializers: where training starts.

The first weights decide how strongly signals and gradients pass through the layers. Too small and they fade, too large
and they saturate, all equal and every neuron of a layer stays a copy of its neighbour. Biases always start at 0.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Initializer:
    """One initializer: `draw(rng, n_out, n_in)` gives a weight matrix (n_out, n_in).

    `deviation(n_in, n_out)` is the standard deviation of one weight that the formula promises. `formula` is LaTeX.
    """

    name: str
    formula: str
    deviation: Callable[[int, int], float]
    draw: Callable[[np.random.Generator, int, int], np.ndarray]


def _normal(name: str, formula: str, deviation: Callable[[int, int], float]) -> Initializer:
    return Initializer(
        name, formula, deviation, lambda rng, n_out, n_in: deviation(n_in, n_out) * rng.standard_normal((n_out, n_in))
    )


def _uniform(name: str, formula: str, deviation: Callable[[int, int], float]) -> Initializer:
    def draw(rng: np.random.Generator, n_out: int, n_in: int) -> np.ndarray:
        # A uniform number within +-sqrt(3) s has the standard deviation s.
        limit = np.sqrt(3.0) * deviation(n_in, n_out)
        return rng.uniform(-limit, limit, (n_out, n_in))

    return Initializer(name, formula, deviation, draw)


def _constant(name: str, value: float) -> Initializer:
    return Initializer(
        name, f"w = {value:g}", lambda n_in, n_out: 0.0, lambda rng, n_out, n_in: np.full((n_out, n_in), value)
    )


def _orthogonal(rng: np.random.Generator, n_out: int, n_in: int) -> np.ndarray:
    """A matrix (n_out, n_in) with orthonormal rows or columns, whichever are fewer (Saxe et al., 2014)."""
    tall = rng.standard_normal((max(n_out, n_in), min(n_out, n_in)))
    q, r = np.linalg.qr(tall)
    # The signs of R's diagonal make the draw uniform over orthogonal matrices (Mezzadri, 2007).
    q = q * np.sign(np.diag(r))
    return q if n_out >= n_in else q.T


def _xavier(n_in: int, n_out: int) -> float:
    return float(np.sqrt(2.0 / (n_in + n_out)))


def _he(n_in: int, n_out: int) -> float:
    return float(np.sqrt(2.0 / n_in))


def _lecun(n_in: int, n_out: int) -> float:
    return float(np.sqrt(1.0 / n_in))


_XAVIER = r"s = \sqrt{2 / (n_{in} + n_{out})}"
_HE = r"s = \sqrt{2 / n_{in}}"
# Rows or columns of length 1, whichever are fewer: their squares add up to min(n_in, n_out) over n_in * n_out weights.
_ORTHOGONAL = r"s = \sqrt{1 / \max(n_{in}, n_{out})}"

INITIALIZERS: dict[str, Initializer] = {
    initializer.name: initializer
    for initializer in (
        _constant("zeros", 0.0),
        _constant("ones", 1.0),
        _normal("small_normal", "s = 0.01", lambda n_in, n_out: 0.01),
        _normal("normal", "s = 1", lambda n_in, n_out: 1.0),
        _uniform("uniform", r"w \in (-0.5, 0.5)", lambda n_in, n_out: 0.5 / np.sqrt(3.0)),
        _uniform("xavier_uniform", _XAVIER, _xavier),
        _normal("xavier_normal", _XAVIER, _xavier),
        _uniform("he_uniform", _HE, _he),
        _normal("he_normal", _HE, _he),
        _normal("lecun_normal", r"s = \sqrt{1 / n_{in}}", _lecun),
        Initializer(
            "orthogonal", _ORTHOGONAL, lambda n_in, n_out: float(np.sqrt(1.0 / max(n_in, n_out))), _orthogonal
        ),
    )
}
