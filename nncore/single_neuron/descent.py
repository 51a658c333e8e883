"""Descent of one neuron: the steps that a person asks for, and how the loss looks around them.

A path is a pure function of its setup: the points, the first weights and the list of steps, each of which knows its own
learning rate. The same list from other first weights, or of another kind of neuron, is another path.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nncore.arguments import array, check_fields, checked, each, kind_of, number, positive, whole
from nncore.cache import cached
from nncore.checks import require_array, require_one_of, require_whole, shown
from nncore.handed_out import handed_out
from nncore.models.passes import with_bias_input
from nncore.single_neuron.data import MAX_DRAW, MAX_INPUTS, POINTS, make_points
from nncore.single_neuron.kinds import NEURONS
from nncore.single_neuron.neuron import Neuron
from nncore.single_neuron.steps import HIGHEST_RATE, LOWEST_RATE, Stride, clock_of, rate_at, rates_of, require_few
from nncore.training.schedules import SCHEDULES
from nncore.training.update_rules import SGD, make_updates

Array = np.ndarray

MAX_WEIGHT = 100.0  # of the first weights
MAX_MORE = 1_000_000  # steps from a given state
BEYOND = 1e6  # with a weight larger than this the descent counts as diverged
DEFAULT_START = (-1.0, 0.5)


@dataclass(frozen=True)
class NeuronSetup:
    """Everything that decides a path, and the pace of the step after it. `start` are the first weights, then the bias.

    Raises ValueError for settings out of range.
    """

    kind: str = "logistic"
    points: str = "groups"
    draw: int = 0
    n_inputs: int = 1
    learning_rate: float = 0.1
    schedule: str = "constant"
    start: tuple[float, ...] = DEFAULT_START
    steps: tuple[Stride, ...] = ()

    def __post_init__(self) -> None:
        check_fields(
            self, start=each(number(-MAX_WEIGHT, MAX_WEIGHT)), steps=each(kind_of(Stride)),
            draw=whole(0, MAX_DRAW), n_inputs=whole(1, MAX_INPUTS),
        )
        require_one_of("kind", self.kind, NEURONS)
        require_one_of("schedule", self.schedule, SCHEDULES)
        require_one_of("points", self.points, POINTS)
        _, y = make_points(self.points, self.n_inputs, self.draw)
        if NEURONS[self.kind].task not in POINTS[self.points].tasks:
            raise ValueError(f"points must be {NEURONS[self.kind].task} for this neuron, got {self.points!r}")
        check_fields(self, learning_rate=number(LOWEST_RATE, HIGHEST_RATE))
        if len(self.start) != self.n_inputs + 1:
            raise ValueError(f"start must hold {self.n_inputs + 1} numbers, got {len(self.start)}")
        for place, stride in enumerate(self.steps):
            if stride.sample is not None and not 0 <= stride.sample < len(y):
                raise ValueError(f"steps[{place}].sample must be from 0 to {len(y) - 1}, got {stride.sample}")
        require_few(self.steps)


@handed_out
@dataclass(frozen=True)
class Path:
    """Parameters (S + 1, P) and batch losses (S + 1,) before the first step and after each; rates and samples (S,).

    A step's sample is counted from 0, and -1 stands for the batch.
    A step that diverges is not taken, nor is the rest of its stride; `diverged` if that was the last one.
    """

    parameters: Array
    losses: Array
    rates: Array
    samples: Array
    diverged: bool


@checked(setup=kind_of(NeuronSetup))
def next_rate(setup: NeuronSetup) -> float:
    """The learning rate of the step that comes after those of `setup`."""
    clock = clock_of(setup.steps, setup.learning_rate, setup.schedule)
    return rate_at(setup.learning_rate, setup.schedule, clock)


@checked(setup=kind_of(NeuronSetup))
def follow(setup: NeuronSetup) -> Path:
    """The path of `setup`. Its arrays are shared: they cannot be written to."""
    # The pace of the next step is no part of the path: another one must not take all steps again.
    return cached(_follow, setup.kind, setup.points, setup.draw, setup.start, setup.steps, n_bytes=_path_bytes)


def _path_bytes(path: Path) -> int:
    return path.parameters.nbytes + path.losses.nbytes + path.rates.nbytes + path.samples.nbytes


def _follow(kind: str, points: str, draw: int, start: tuple[float, ...], strides: tuple[Stride, ...]) -> Path:
    require_one_of("points", points, POINTS)
    X, y = make_points(points, len(start) - 1, draw)
    neuron, taken, diverged = Neuron(kind, start), [], False
    parameters = [neuron.parameters.copy()]
    for stride, rates in zip(strides, rates_of(strides), strict=True):
        rows = slice(None) if stride.sample is None else slice(stride.sample, stride.sample + 1)
        for place in _descend(neuron, X[rows], y[rows], rates):
            diverged = not np.abs(neuron.parameters).max() < BEYOND
            if diverged:
                neuron.parameters[...] = parameters[-1]
                break
            parameters.append(neuron.parameters.copy())
            taken.append((rates[place], -1 if stride.sample is None else stride.sample))
    states = np.array(parameters)
    rates, samples = np.array(taken, dtype=float).reshape(-1, 2).T
    path = Path(states, np.asarray(Neuron(kind, states).loss(X, y)), rates, samples.astype(int), diverged)
    for shared in (path.parameters, path.losses, path.rates, path.samples):
        shared.flags.writeable = False
    return path


def _descend(neuron: Neuron, X: Array, y: Array, rates: Iterable[float | Array]) -> Iterator[int]:
    """Moves the neuron by one step of plain gradient descent for each rate, and yields the step's number after it."""
    return make_updates(SGD(), neuron.parameters, lambda number: neuron.gradient(X, y), rates)


@checked(neuron=kind_of(Neuron), X=array("N", "D"), y=array("N"), rates=array("R", "S?"))
def compare_rates(neuron: Neuron, X: Array, y: Array, rates: Array) -> Array:
    """Batch losses (R, S + 1) of R descents from the neuron's weights (P,) or (R, P), with the rates (R, S) of their steps.

    After a descent has diverged its losses are infinite.
    """
    rates = np.asarray(rates, dtype=float)
    neurons = Neuron(neuron.kind.name, np.broadcast_to(neuron.parameters, (len(rates), neuron.parameters.shape[-1])))
    losses = np.empty((len(rates), rates.shape[1] + 1))
    alive = np.ones(len(rates), dtype=bool)
    losses[:, 0] = neurons.loss(X, y)
    for step in _descend(neurons, X, y, rates.T[:, :, None]):
        alive &= np.abs(neurons.parameters).max(axis=1) < BEYOND
        neurons.parameters[~alive] = 0.0  # anything finite: what has diverged is not looked at again
        losses[:, step + 1] = np.where(alive, neurons.loss(X, y), np.inf)
    return losses


@checked(losses=array(..., "S", limit=None))
def steps_up(losses: Array) -> Array:
    """How many steps led to a higher loss, for losses (..., S + 1): (...,) integers. What has diverged counts once."""
    before, after = losses[..., :-1], losses[..., 1:]
    # Ignore increases caused by rounding.
    return (np.isfinite(before) & (after > before * (1 + 1e-9) + 1e-12)).sum(axis=-1)


@checked(neuron=kind_of(Neuron), X=array("N", "D"), y=array("N"), rates=array("R", "S"))
def first_too_large(neuron: Neuron, X: Array, y: Array, rates: Array) -> float | None:
    """The first of the descents with `rates` (R, S) that has a step up, as its rate at the first step, or None."""
    rising = np.flatnonzero(steps_up(compare_rates(neuron, X, y, rates)))
    return float(rates[rising[0], 0]) if len(rising) else None


@checked(losses=array(limit=None), best=number(), least=positive())
def above_best(losses: Array, best: float, least: float = 1e-8) -> Array:
    """How far `losses` (R, S) lie above the `best`, at least `least`, so that a logarithm can show it."""
    return np.maximum(losses - best, least)


@checked(X=array("N", "D"))
def largest_stable_rate(X: Array) -> float:
    """The learning rate above which descent on a linear neuron's squared error grows without bound: 2 / lambda_max.

    The largest curvature lambda_max is that of the Hessian 2/N [X 1]^T [X 1].
    """
    columns = with_bias_input(X)
    return float(len(X) / np.linalg.eigvalsh(columns.T @ columns)[-1])


@checked(neuron=kind_of(Neuron), X=array("N", "D"), y=array("N"), index=whole(0), values=array("V"))
def loss_along(neuron: Neuron, X: Array, y: Array, index: int, values: Array) -> Array:
    """The loss (V,) with parameter `index` at each of `values` (V,) and the others as they are."""
    index = require_whole("index", index, 0, len(neuron.parameters) - 1)
    moved = np.tile(neuron.parameters, (len(values), 1))
    moved[:, index] = values
    return np.asarray(Neuron(neuron.kind.name, moved).loss(X, y))


@checked(neuron=kind_of(Neuron), X=array("N", "D"), y=array("N"), index=whole(0), values=array("V"), biases=array("B"))
def loss_over(neuron: Neuron, X: Array, y: Array, index: int, values: Array, biases: Array) -> Array:
    """The loss (B, V) over `biases` (B,) and `values` (V,) of parameter `index`, the others as they are."""
    index = require_whole("index", index, 0, len(neuron.parameters) - 1)
    moved = np.tile(neuron.parameters, (len(biases), len(values), 1))
    moved[..., index], moved[..., -1] = values, np.asarray(biases)[:, None]
    return np.asarray(Neuron(neuron.kind.name, moved).loss(X, y))


@checked(values=array("V"), least=positive())
def window(values: Array, least: float = 2.0) -> tuple[float, float]:
    """The ends of an axis that shows all `values` (V,) with a quarter to spare, at least `least` to either side."""
    low, high = float(np.min(values)), float(np.max(values))
    half = max(least, 0.625 * (high - low))
    return (low + high) / 2 - half, (low + high) / 2 + half


@checked(setup=kind_of(NeuronSetup), parameters=array("P"), counts=each(whole(0, MAX_MORE), 1))
def states_after(setup: NeuronSetup, parameters: Array, counts: Sequence[int]) -> tuple[Array, Array]:
    """Parameters (C, P) and batch losses (C,) after so many more steps each on the batch, from `parameters` (P,).

    They are taken at the setup's pace. Where they diverge both are infinite. `counts` must rise.
    """
    require_array("parameters", parameters, setup.n_inputs + 1)
    if any(after <= before for before, after in pairwise(counts)):
        raise ValueError(f"counts must rise, got {shown(counts)}")
    X, y = make_points(setup.points, setup.n_inputs, setup.draw)
    states, losses = np.full((len(counts), len(parameters)), np.inf), np.full(len(counts), np.inf)
    places = {count: place for place, count in enumerate(counts)}
    for step, neuron in _walk(setup, parameters, counts[-1]):
        if step in places:
            place = places[step]
            states[place], losses[place] = neuron.parameters, neuron.loss(X, y)
    return states, losses


@checked(setup=kind_of(NeuronSetup), parameters=array("P"), goal=array("P"), tolerance=positive(), most=whole(0, MAX_MORE))
def steps_until(setup: NeuronSetup, parameters: Array, goal: Array, tolerance: float, most: int) -> int | None:
    """How many more steps on the batch, from `parameters` (P,), until each is within `tolerance` of `goal` (P,).

    They are taken at the setup's pace; None if `most` of them are not enough.
    """
    require_array("parameters", parameters, setup.n_inputs + 1)
    for step, neuron in _walk(setup, parameters, most):
        if np.abs(neuron.parameters - goal).max() < tolerance:
            return step
    return None


def _walk(setup: NeuronSetup, parameters: Array, most: int) -> Iterator[tuple[int, Neuron]]:
    """The neuron after 0, 1, ..., `most` more steps on the batch at the setup's pace, or until it leaves all bounds."""
    X, y = make_points(setup.points, setup.n_inputs, setup.draw)
    neuron, clock = Neuron(setup.kind, parameters), clock_of(setup.steps, setup.learning_rate, setup.schedule)
    yield 0, neuron
    rates = (rate_at(setup.learning_rate, setup.schedule, clock + step) for step in range(most))
    for place in _descend(neuron, X, y, rates):
        if not np.abs(neuron.parameters).max() < BEYOND:
            return
        yield place + 1, neuron
