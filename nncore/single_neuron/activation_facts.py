"""Facts about activations that are measured rather than looked up: where they saturate, and how long they take."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, checked, whole
from nncore.checks import require_one_of
from nncore.models.activations import ACTIVATIONS, Activation
from nncore.single_neuron.kinds import STEP

Array = np.ndarray

FLAT_SHARE = 0.01  # a derivative below this share of the largest counts as saturated


def shown_activations() -> dict[str, Activation]:
    """All activations by name: those of the networks, and the step of the perceptron."""
    return {**ACTIVATIONS, STEP.name: STEP}


@dataclass(frozen=True)
class Saturation:
    """Below `low` and above `high` the derivative stays under 1 % of its largest; None: on that side it never does."""

    low: float | None
    high: float | None


def _is_shown(name: str, value: object, sizes: object) -> str:
    require_one_of(name, value, shown_activations())
    return value


@checked(name=_is_shown, z=array(..., "V"))
def curve(name: str, z: Array) -> tuple[Array, Array]:
    """f(z) and f'(z), of z's shape (V,), for a name in `shown_activations()`."""
    activation = shown_activations()[name]
    a = activation(z)
    return a, activation.derivative(z, a, None).astype(float)


@checked(name=_is_shown)
def saturation(name: str) -> Saturation:
    """Where the activation is flat for good, to 0.001, looked for between -20 and 20."""
    z = np.arange(-20_000, 20_001) * 0.001
    slope = np.abs(curve(name, z)[1])
    steep = np.flatnonzero(slope >= FLAT_SHARE * slope.max()) if slope.max() > 0 else np.array([], dtype=int)
    if len(steep) == 0:
        return Saturation(float("inf"), float("-inf"))
    first, last = steep[0], steep[-1]
    return Saturation(float(z[first - 1]) if first > 0 else None, float(z[last + 1]) if last + 1 < len(z) else None)


@checked(name=_is_shown, n_elements=whole(1, 10_000_000), repeats=whole(1, 1000))
def cost(name: str, n_elements: int = 10_000, repeats: int = 15) -> tuple[float, float]:
    """Nanoseconds per element of f and of f' on this machine: the fastest of `repeats`, which other work disturbs least."""
    activation = shown_activations()[name]
    z = np.random.default_rng(0).normal(0.0, 2.0, n_elements)
    a, out = activation(z), np.empty_like(z)
    source = z.copy()

    def value() -> None:
        activation.value(source, out)

    def derivative() -> None:
        activation.derivative(z, a, out)

    return tuple(_fastest(work, repeats) / n_elements * 1e9 for work in (value, derivative))


def _fastest(work: Callable[[], None], repeats: int) -> float:
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - begin)
    return min(seconds)
