"""Steps: what an optimizer made of one gradient, with every number kept.

Each rule turns the gradient and what it remembers of earlier ones into a direction and goes against it: the change of a
weight is -learning rate times the direction. Training forgets these numbers at once; here they stay, for every parameter.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, fields

import numpy as np

from nncore.training.optimizers import Optimizer

Array = np.ndarray


@dataclass(frozen=True)
class Step:
    """One update of all P parameters by the optimizer called `name` in OPTIMIZERS, with its `settings` by name.

    `gradient`, `before` and `after` are (P,); `memory_before` and `memory_after` are the optimizer's state by name.
    """

    name: str
    settings: dict[str, float]
    learning_rate: float
    gradient: Array
    before: Array
    after: Array
    memory_before: dict[str, Array]
    memory_after: dict[str, Array]


@dataclass(frozen=True)
class WeightStep:
    """What a step did to one parameter: `change` is what it really did, `plain` what -learning rate * gradient would.

    `direction` is what the rule puts in the gradient's place; `numbers` are those on the way to it, by name. `decay` is
    what weight decay takes away apart from it: change = -learning_rate * direction - decay, to rounding.
    """

    gradient: float
    before: float
    after: float
    plain: float
    change: float
    direction: float
    decay: float
    numbers: dict[str, float]


def take_step(name: str, optimizer: Optimizer, parameters: Array, gradient: Array, learning_rate: float) -> Step:
    """Makes one update of `parameters` (P,) in place by `optimizer`, and keeps what went in and what came out."""
    before, kept, memory = parameters.copy(), gradient.copy(), _copy(optimizer.state)
    settings = {field.name: getattr(optimizer, field.name) for field in fields(optimizer) if field.name != "state"}
    # As a 0-d array and a gradient that may be used up, as in training: the same bits come out.
    optimizer.step(parameters, gradient, np.array(learning_rate))
    return Step(name, settings, learning_rate, kept, before, parameters.copy(), memory, _copy(optimizer.state))


def _copy(memory: dict[str, Array]) -> dict[str, Array]:
    return {name: array.copy() for name, array in memory.items()}


def weight_step(step: Step, index: int) -> WeightStep:
    """What `step` did to the parameter at `index`."""
    gradient, before, after = (float(values[index]) for values in (step.gradient, step.before, step.after))
    rate = step.learning_rate
    old, new = ({name: _entry(array, index) for name, array in memory.items()}
                for memory in (step.memory_before, step.memory_after))  # fmt: skip
    direction, numbers = RULES[step.name](gradient, old, new, step.settings)
    decay = rate * step.settings["weight_decay"] * before if step.settings.get("decoupled") else 0.0
    return WeightStep(gradient, before, after, -rate * gradient, after - before, direction, decay, numbers)


def _entry(array: Array, index: int) -> float:
    # One number for all parameters, as the count of updates, or one for each.
    return float(array[0] if len(array) == 1 else array[index])


Numbers = dict[str, float]


def _sgd(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    return gradient, {}


def _momentum(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    return new["velocity"], {"velocity_before": old["velocity"], "velocity": new["velocity"]}


def _nesterov(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    numbers = {"velocity_before": old["velocity"], "velocity": new["velocity"]}
    return gradient + settings["momentum"] * new["velocity"], numbers


def _adagrad(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    root = math.sqrt(new["square_sum"])
    numbers = {"square_sum_before": old["square_sum"], "square_sum": new["square_sum"]}
    return gradient / (root + settings["epsilon"]), numbers


def _rmsprop(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    root = math.sqrt(new["square_mean"])
    numbers = {"square_mean_before": old["square_mean"], "square_mean": new["square_mean"]}
    return gradient / (root + settings["epsilon"]), numbers


def _adam(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    count = new["updates"]
    mean = new["mean"] / (1.0 - settings["beta1"] ** count)
    square_mean = new["square_mean"] / (1.0 - settings["beta2"] ** count)
    numbers = {
        "updates": count,
        "mean_before": old["mean"], "mean": new["mean"], "corrected_mean": mean,
        "square_mean_before": old["square_mean"], "square_mean": new["square_mean"], "corrected_square_mean": square_mean,
    }  # fmt: skip
    return mean / (math.sqrt(square_mean) + settings["epsilon"]), numbers


# For each optimizer: the direction of one weight, and the numbers on the way to it.
RULES: dict[str, Callable[[float, Numbers, Numbers, Numbers], tuple[float, Numbers]]] = {
    "sgd": _sgd, "momentum": _momentum, "nesterov": _nesterov, "adagrad": _adagrad, "rmsprop": _rmsprop,
    "adam": _adam, "adamw": _adam,
}  # fmt: skip
