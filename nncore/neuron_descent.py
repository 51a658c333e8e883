"""Descent of one neuron: the steps that a person asks for, and how the loss looks around them.

A path is a pure function of its setup: the points, the first weights, the learning rate and the list of steps. The same
list with another learning rate is another path, so that rates can be compared step for step.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nncore.checks import require_number, require_one_of
from nncore.neuron import NEURONS, Neuron
from nncore.neuron_data import POINTS, make_points
from nncore.optimizers import SCHEDULES

Array = np.ndarray

MAX_STEPS = 5000
MAX_WEIGHT = 100.0  # of the first weights
SCHEDULE_STEPS = 1000  # the length that the cosine schedule is laid out for
BEYOND = 1e6  # a weight larger than this has left every picture: the descent has diverged
DEFAULT_START = (-1.0, 0.5)
_STEP = re.compile(r"([1-9]\d{0,4})(?:b|s([1-9]\d{0,3}))")


@dataclass(frozen=True)
class NeuronSetup:
    """Everything that decides a path. `start` are the first weights, then the bias.

    `steps` are texts: "10b" is ten steps on the batch of all samples, "2s7" two steps on sample 7. Raises ValueError
    for what cannot be.
    """

    kind: str = "logistic"
    points: str = "groups"
    draw: int = 0
    n_inputs: int = 1
    learning_rate: float = 0.1
    schedule: str = "constant"
    start: tuple[float, ...] = DEFAULT_START
    steps: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_one_of("kind", self.kind, NEURONS)
        require_one_of("schedule", self.schedule, SCHEDULES)
        X, _ = make_points(self.points, self.n_inputs, self.draw)
        if NEURONS[self.kind].task not in POINTS[self.points].tasks:
            raise ValueError(f"points must be {NEURONS[self.kind].task} for this neuron, got {self.points!r}")
        require_number("learning_rate", self.learning_rate, 1e-6, 100.0)
        if len(self.start) != self.n_inputs + 1:
            raise ValueError(f"start must hold {self.n_inputs + 1} numbers, got {len(self.start)}")
        for number, value in enumerate(self.start):
            require_number(f"start[{number}]", value, -MAX_WEIGHT, MAX_WEIGHT)
        read_steps(self.steps, len(X))


@dataclass(frozen=True)
class Path:
    """Parameters (S + 1, P) and batch losses (S + 1,) before the first step and after each; rates (S,).

    With `diverged` the last state is the last one that was still within bounds.
    """

    parameters: Array
    losses: Array
    rates: Array
    diverged: bool


def read_steps(steps: Sequence[str], n_samples: int) -> list[int | None]:
    """One entry a step: the sample's index, or None for the batch. Raises ValueError for a text that is no step."""
    read: list[int | None] = []
    for number, text in enumerate(steps):
        match = _STEP.fullmatch(text)
        sample = int(match[2]) if match and match[2] else 1
        if match is None or sample > n_samples:
            raise ValueError(
                f'steps[{number}] must be like "10b" for the batch or "1s{n_samples}" for a sample from 1 to '
                f"{n_samples}, got {text[:20]!r}"
            )
        read += [sample - 1 if match[2] else None] * int(match[1])
    if len(read) > MAX_STEPS:
        raise ValueError(f"steps must be at most {MAX_STEPS:,} in all, got {len(read):,}")
    return read


def add_steps(steps: Sequence[str], count: int, sample: int | None = None) -> tuple[str, ...]:
    """`steps` and `count` more on the batch, or on `sample` (from 0), joined to the last ones of the same sort."""
    sort = "b" if sample is None else f"s{sample + 1}"
    if steps:
        match = _STEP.fullmatch(steps[-1])
        if match and steps[-1] == match[1] + sort:
            return (*steps[:-1], f"{int(match[1]) + count}{sort}")
    return (*steps, f"{count}{sort}")


def rate_at(learning_rate: float, schedule: str, step: int) -> float:
    """The learning rate of step number `step` (from 0): one step here is what an epoch is to a schedule."""
    return learning_rate * float(SCHEDULES[schedule](step, SCHEDULE_STEPS))


@lru_cache(maxsize=32)
def follow(setup: NeuronSetup) -> Path:
    """The path of `setup`. Its arrays are shared: they cannot be written to."""
    X, y = make_points(setup.points, setup.n_inputs, setup.draw)
    neuron = Neuron(setup.kind, setup.start)
    parameters, rates, diverged = [neuron.parameters.copy()], [], False
    for number, sample in enumerate(read_steps(setup.steps, len(X))):
        rows = slice(None) if sample is None else slice(sample, sample + 1)
        rate = rate_at(setup.learning_rate, setup.schedule, number)
        neuron.parameters -= rate * neuron.gradient(X[rows], y[rows])
        diverged = not np.abs(neuron.parameters).max() < BEYOND
        if diverged:
            break
        rates.append(rate)
        parameters.append(neuron.parameters.copy())
    states = np.array(parameters)
    path = Path(states, np.asarray(Neuron(setup.kind, states).loss(X, y)), np.array(rates), diverged)
    for array in (path.parameters, path.losses, path.rates):
        array.flags.writeable = False
    return path


def compare_rates(neuron: Neuron, X: Array, y: Array, rates: Array) -> Array:
    """Batch losses (R, S + 1) of R descents from the neuron's weights (P,), with the rates (R, S) of their steps.

    After a descent has diverged its losses are infinite.
    """
    rates = np.asarray(rates, dtype=float)
    racers = Neuron(neuron.kind.name, np.tile(neuron.parameters, (len(rates), 1)))
    losses = np.empty((len(rates), rates.shape[1] + 1))
    alive = np.ones(len(rates), dtype=bool)
    losses[:, 0] = racers.loss(X, y)
    for step, rate in enumerate(rates.T):
        racers.parameters -= rate[:, None] * racers.gradient(X, y)
        alive &= np.abs(racers.parameters).max(axis=1) < BEYOND
        racers.parameters[~alive] = 0.0  # anything finite: what has diverged is not looked at again
        losses[:, step + 1] = np.where(alive, racers.loss(X, y), np.inf)
    return losses


def above_best(losses: Array, best: float, least: float = 1e-8) -> Array:
    """How far `losses` (R, S) lie above the `best`, at least `least`, so that a logarithm can show it."""
    return np.maximum(losses - best, least)


def largest_stable_rate(X: Array) -> float:
    """The learning rate above which descent on a linear neuron's squared error grows without bound: 2 / lambda_max.

    The largest curvature lambda_max is that of the Hessian 2/N [X 1]^T [X 1].
    """
    columns = np.column_stack([X, np.ones(len(X))])
    return float(len(X) / np.linalg.eigvalsh(columns.T @ columns)[-1])


def loss_along(neuron: Neuron, X: Array, y: Array, index: int, values: Array) -> Array:
    """The loss (V,) with parameter `index` at each of `values` (V,) and the others as they are."""
    moved = np.tile(neuron.parameters, (len(values), 1))
    moved[:, index] = values
    return np.asarray(Neuron(neuron.kind.name, moved).loss(X, y))


def loss_over(neuron: Neuron, X: Array, y: Array, index: int, values: Array, biases: Array) -> Array:
    """The loss (B, V) over `biases` (B,) and `values` (V,) of parameter `index`, the others as they are."""
    moved = np.tile(neuron.parameters, (len(biases), len(values), 1))
    moved[..., index], moved[..., -1] = values, np.asarray(biases)[:, None]
    return np.asarray(Neuron(neuron.kind.name, moved).loss(X, y))


def window(values: Array, least: float = 2.0) -> tuple[float, float]:
    """The ends of an axis that shows all `values` (V,) with a quarter to spare, at least `least` to either side."""
    low, high = float(np.min(values)), float(np.max(values))
    half = max(least, 0.625 * (high - low))
    return (low + high) / 2 - half, (low + high) / 2 + half
