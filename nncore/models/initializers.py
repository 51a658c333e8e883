"""Initializers: where training starts.

The first weights decide how strongly signals and gradients pass through the layers. If they are too small,
signals fade; if they are too large, neurons saturate; if they are all equal, the neurons of a layer stay copies of each
other. Biases always start at 0.

Everything that is true of an initializer stands in its entry of `INITIALIZERS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass(frozen=True, kw_only=True)
class Initializer:
    """One initializer: `draw(rng, n_out, n_in)` gives a weight matrix (n_out, n_in).

    `deviation(n_in, n_out)` is the standard deviation that the formula gives one weight. `label` is its name for
    people, `formula` LaTeX, `note` what it does not say, and `made_for` what it was made for, "" where it is no remedy.
    `constant` is the value of every weight where all are equal, so that neurons stay copies of each other; else None.
    `numpy_code` is what `draw` does in exported code, an expression in `rng`, `n_out` and `n_in`; "" for one that has none.
    `saturates`: the weights of a wide layer are so large that a sigmoid or tanh starts at its flat ends.
    `is_orthogonal`: rows or columns have length 1, so that the deviation follows from the matrix and not from its fans.
    """

    name: str
    label: str
    formula: str
    deviation: Callable[[int, int], float]
    draw: Callable[[np.random.Generator, int, int], np.ndarray]
    made_for: str = ""
    note: str = ""
    constant: float | None = None
    saturates: bool = False
    numpy_code: str = ""
    is_orthogonal: bool = False


Deviation = Callable[[int, int], float]


def _normal(name: str, label: str, formula: str, deviation: Deviation, code: str, **facts: Any) -> Initializer:
    def draw(rng: np.random.Generator, n_out: int, n_in: int) -> np.ndarray:
        return deviation(n_in, n_out) * rng.standard_normal((n_out, n_in))

    code = f"{code} * rng.standard_normal((n_out, n_in))"
    return Initializer(name=name, label=label, formula=formula, deviation=deviation, draw=draw, numpy_code=code, **facts)


def _uniform(name: str, label: str, formula: str, deviation: Deviation, limit_code: str, **facts: Any) -> Initializer:
    def draw(rng: np.random.Generator, n_out: int, n_in: int) -> np.ndarray:
        # A uniform number within +-sqrt(3) s has the standard deviation s.
        limit = np.sqrt(3.0) * deviation(n_in, n_out)
        return rng.uniform(-limit, limit, (n_out, n_in))

    code = f"{limit_code} * rng.uniform(-1.0, 1.0, (n_out, n_in))"
    return Initializer(name=name, label=label, formula=formula, deviation=deviation, draw=draw, numpy_code=code, **facts)


def _constant(name: str, value: float, **facts: Any) -> Initializer:
    return Initializer(
        name=name, label=name, formula=f"w = {value:g}", deviation=lambda n_in, n_out: 0.0,
        draw=lambda rng, n_out, n_in: np.full((n_out, n_in), value), constant=value,
        numpy_code=repr(value), **facts,
    )  # fmt: skip


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

# The three deviations in exported code.
_XAVIER_CODE, _HE_CODE, _LECUN_CODE = "np.sqrt(2.0 / (n_in + n_out))", "np.sqrt(2.0 / n_in)", "np.sqrt(1.0 / n_in)"

_FOR_BOTH_ENDS = "tanh and other activations whose derivative is 1 at 0"
_FOR_RELU = "ReLU, which lets only half of the signal through"

_entries = (
    _constant("zeros", 0.0),
    _constant("ones", 1.0, saturates=True),
    _normal("small_normal", "normal, s = 0.01", "s = 0.01", lambda n_in, n_out: 0.01, "0.01"),
    _normal("normal", "normal, s = 1", "s = 1", lambda n_in, n_out: 1.0, "1.0", saturates=True),
    _uniform("uniform", "uniform, ±0.5", r"w \in (-0.5, 0.5)", lambda n_in, n_out: 0.5 / np.sqrt(3.0),
             "0.5"),
    _uniform("xavier_uniform", "Xavier uniform", _XAVIER, _xavier, f"np.sqrt(3.0) * {_XAVIER_CODE}",
             made_for=_FOR_BOTH_ENDS),
    _normal("xavier_normal", "Xavier normal", _XAVIER, _xavier, _XAVIER_CODE, made_for=_FOR_BOTH_ENDS),
    _uniform("he_uniform", "He uniform", _HE, _he, f"np.sqrt(3.0) * {_HE_CODE}", made_for=_FOR_RELU),
    _normal("he_normal", "He normal", _HE, _he, _HE_CODE, made_for=_FOR_RELU),
    _normal("lecun_normal", "LeCun normal", r"s = \sqrt{1 / n_{in}}", _lecun, _LECUN_CODE, made_for=_FOR_BOTH_ENDS),
    Initializer(
        name="orthogonal", label="orthogonal", formula=_ORTHOGONAL,
        deviation=lambda n_in, n_out: float(np.sqrt(1.0 / max(n_in, n_out))), draw=_orthogonal,
        made_for="deep stacks: a matrix that keeps every length", is_orthogonal=True,
        note="The rows of $W$, or its columns where there are more rows, have length 1 and stand at right angles: "
             "$W W^T = I$ where $n_{out} < n_{in}$, and $W^T W = I$ otherwise.",
    ),
)  # fmt: skip

INITIALIZERS: dict[str, Initializer] = {entry.name: entry for entry in _entries}


def draw_filters(entry: Initializer, rng: np.random.Generator, n_filters: int, channels: int, kernel: int) -> np.ndarray:
    """First weights (F, C * k * k) of filters, by `entry` with the fans of PyTorch: C k k inputs and F k k outputs.

    A number of a picture reaches k x k places of every filter's map, so more outputs receive it than there are filters.
    """
    n_in = channels * kernel**2
    weights = entry.draw(rng, n_filters, n_in)
    if entry.constant is not None or entry.is_orthogonal:
        return weights
    return weights * (entry.deviation(n_in, n_filters * kernel**2) / entry.deviation(n_in, n_filters))
