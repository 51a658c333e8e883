"""Update rules: the arithmetic by which a gradient and a learning rate become a step, and the inner loop of all training.

Each rule reads the gradient and changes one flat parameter vector in place; it knows nothing of networks. Formulas and
defaults are those of `torch.optim`.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from types import MethodType
from typing import Any

import numpy as np

from nncore.arguments import array, checked, flag, number, one_of, whole
from nncore.checks import require_array, require_number, require_view, shown
from nncore.training.optimizer_kind import Optimizer
from nncore.training.schedules import SCHEDULES

Array = np.ndarray


@checked(learning_rate=number(0), schedule=one_of(SCHEDULES), epoch=whole(0, 10**12), limit=whole(0, 10**12))
def scheduled_rate(learning_rate: float, schedule: str, epoch: int, limit: int) -> float:
    """The learning rate in force in `epoch` (0-based) of a segment of at most `limit` epochs."""
    return SCHEDULES[schedule].rate(learning_rate, epoch, limit)


def make_updates(
    optimizer: Optimizer, parameters: Array, gradient: Callable[[int], Array], rates: Iterable[float | Array], first: int = 0
) -> Iterator[int]:
    """Makes one update of `parameters` in place for each learning rate, and yields its number after it.

    `gradient(number)` gives the gradient at the parameters as they are then, in an array that may be overwritten.
    """
    step = _bare_step(optimizer)  # what is checked in every call of `step` was checked once: it takes as long as a step
    for place, rate in enumerate(rates, first):
        step(parameters, gradient(place), rate)
        yield place


def _bare_step(optimizer: Optimizer) -> Callable[[Array, Array, float | Array], None]:
    """The optimizer's step without the checks of its arguments."""
    rule = getattr(type(optimizer).step, "__wrapped__", None)
    return optimizer.step if rule is None else MethodType(rule, optimizer)


def _checked_step(step: Callable) -> Callable:
    """An optimizer's `step` that says what is wrong where it cannot be made; in the inner loop the numbers are not read."""

    @wraps(step)
    def run(self: Any, parameters: Array, gradient: Array, learning_rate: float | Array) -> None:
        if type(learning_rate) is not np.ndarray:
            learning_rate = require_number("learning_rate", learning_rate, 0)
        if getattr(gradient, "shape", None) != getattr(parameters, "shape", ()):
            shape = require_view("parameters", parameters, ...).shape
            raise ValueError(f"gradient must have the shape {shape} to go with parameters, got {shown(gradient)}")
        try:
            step(self, parameters, gradient, learning_rate)
        except (AttributeError, KeyError, TypeError, ValueError):
            shape = require_array("parameters", parameters, limit=None).shape
            require_array("gradient", gradient, *shape, limit=None)
            rates = require_array("learning_rate", learning_rate)
            for name, value in (("parameters", parameters), ("gradient", gradient)):
                if require_view(name, value, ...).dtype != np.float64 or not value.flags.writeable:
                    raise ValueError(f"{name} must be float64 that can be written into, got {shown(value)}") from None
            if rates.ndim > len(shape) or any(a not in (1, b) for a, b in zip(rates.shape[::-1], shape[::-1], strict=False)):
                raise ValueError(f"learning_rate must fit the parameters' shape {shape}, got {rates.shape}") from None
            raise ValueError(f"parameters must be of the shape that the optimizer was started for, got {shape}") from None

    return run


@dataclass
class SGD:
    """Plain gradient descent, w <- w - lr g; with `momentum` a velocity v <- m v + g replaces g.

    With `nesterov` the step is g + m v. `step` scales `gradient` in place.
    """

    momentum: float = 0.0
    nesterov: bool = False
    state: dict[str, Array] = field(default_factory=dict)

    def __post_init__(self):
        self.momentum = require_number("momentum", self.momentum, 0)
        self.nesterov = flag("nesterov", self.nesterov, {})
        if self.nesterov and not self.momentum:
            raise ValueError(f"momentum must be above 0 with nesterov, got {self.momentum}")

    @checked(parameters=array(..., "P", limit=None))
    def start(self, parameters: Array) -> None:
        """Puts the optimizer at rest, for parameters of this shape."""
        self.state = {"velocity": np.zeros_like(parameters)} if self.momentum else {}

    @_checked_step
    def step(self, parameters: Array, gradient: Array, learning_rate: float) -> None:
        """Changes `parameters` (...,) in place by one update; `gradient` (...,) is overwritten."""
        if self.momentum:
            velocity = self.state["velocity"]
            np.multiply(velocity, self.momentum, velocity)
            np.add(velocity, gradient, velocity)
            if self.nesterov:
                np.add(gradient, self.momentum * velocity, gradient)
            else:
                gradient[...] = velocity
        np.multiply(gradient, learning_rate, gradient)
        np.subtract(parameters, gradient, parameters)


@dataclass
class Adagrad:
    """w <- w - lr g / (sqrt(sum of g^2 so far) + eps) (Duchi et al., 2011)."""

    epsilon: float = 1e-10
    state: dict[str, Array] = field(default_factory=dict)

    def __post_init__(self):
        self.epsilon = require_number("epsilon", self.epsilon, 0)

    @checked(parameters=array(..., "P", limit=None))
    def start(self, parameters: Array) -> None:
        """Puts the optimizer at rest, for parameters of this shape."""
        self.state = {"square_sum": np.zeros_like(parameters)}

    @_checked_step
    def step(self, parameters: Array, gradient: Array, learning_rate: float) -> None:
        """Changes `parameters` (...,) in place by one update; `gradient` (...,) is overwritten."""
        total = self.state["square_sum"]
        total += gradient * gradient
        gradient /= np.sqrt(total) + self.epsilon
        gradient *= learning_rate
        parameters -= gradient


@dataclass
class RMSprop:
    """w <- w - lr g / (sqrt(s) + eps), s a running mean of g^2 (Hinton, 2012)."""

    alpha: float = 0.99
    epsilon: float = 1e-8
    state: dict[str, Array] = field(default_factory=dict)

    def __post_init__(self):
        self.alpha = require_number("alpha", self.alpha, 0, 1)
        self.epsilon = require_number("epsilon", self.epsilon, 0)

    @checked(parameters=array(..., "P", limit=None))
    def start(self, parameters: Array) -> None:
        """Puts the optimizer at rest, for parameters of this shape."""
        self.state = {"square_mean": np.zeros_like(parameters)}

    @_checked_step
    def step(self, parameters: Array, gradient: Array, learning_rate: float) -> None:
        """Changes `parameters` (...,) in place by one update; `gradient` (...,) is overwritten."""
        mean = self.state["square_mean"]
        mean *= self.alpha
        mean += (1.0 - self.alpha) * gradient * gradient
        gradient /= np.sqrt(mean) + self.epsilon
        gradient *= learning_rate
        parameters -= gradient


@dataclass
class Adam:
    """Running means of g and g^2, corrected for their start at 0 (Kingma & Ba, 2015).

    `weight_decay` adds that share of w to g; where it is `decoupled` it shrinks w apart from the gradient instead, by lr
    times that share: AdamW (Loshchilov & Hutter, 2019). As in PyTorch it acts on every parameter, biases too.
    """

    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    weight_decay: float = 0.0
    decoupled: bool = False
    state: dict[str, Array] = field(default_factory=dict)

    def __post_init__(self):
        for name in ("beta1", "beta2"):
            setattr(self, name, require_number(name, getattr(self, name), 0, 1))
            if getattr(self, name) == 1:
                raise ValueError(f"{name} must be below 1, got 1")
        self.decoupled = flag("decoupled", self.decoupled, {})
        for name in ("epsilon", "weight_decay"):
            setattr(self, name, require_number(name, getattr(self, name), 0))

    @checked(parameters=array(..., "P", limit=None))
    def start(self, parameters: Array) -> None:
        """Puts the optimizer at rest, for parameters of this shape."""
        self.state = {
            "mean": np.zeros_like(parameters),
            "square_mean": np.zeros_like(parameters),
            "updates": np.zeros(1),
        }
        self._scratch = np.empty_like(parameters)
        # 0-d arrays, which ufuncs take faster than numbers.
        shares = (self.beta1, 1.0 - self.beta1, self.beta2, 1.0 - self.beta2, self.epsilon)
        self._shares = [np.array(share) for share in shares]

    @_checked_step
    def step(self, parameters: Array, gradient: Array, learning_rate: float) -> None:
        """Changes `parameters` (...,) in place by one update; `gradient` (...,) is overwritten."""
        mean, square_mean, scratch = self.state["mean"], self.state["square_mean"], self._scratch
        beta1, rest1, beta2, rest2, epsilon = self._shares
        self.state["updates"] += 1
        updates = int(self.state["updates"][0])
        if self.weight_decay and self.decoupled:
            parameters *= 1.0 - learning_rate * self.weight_decay
        elif self.weight_decay:
            gradient += self.weight_decay * parameters
        np.multiply(mean, beta1, mean)
        np.multiply(gradient, rest1, scratch)
        np.add(mean, scratch, mean)
        np.multiply(square_mean, beta2, square_mean)
        np.multiply(gradient, gradient, gradient)
        np.multiply(gradient, rest2, gradient)
        np.add(square_mean, gradient, square_mean)
        # lr * (mean / c1) / (sqrt(square_mean / c2) + eps), with the two corrections drawn out of the arrays.
        correction1, correction2 = 1.0 - self.beta1**updates, 1.0 - self.beta2**updates
        np.sqrt(square_mean, gradient)
        np.multiply(gradient, np.array(1.0 / math.sqrt(correction2)), gradient)
        np.add(gradient, epsilon, gradient)
        np.divide(mean, gradient, gradient)
        np.multiply(gradient, learning_rate / correction1, gradient)
        np.subtract(parameters, gradient, parameters)


def nesterov(momentum: float = 0.9) -> SGD:
    """Gradient descent that looks ahead along its velocity (Nesterov, 1983)."""
    return SGD(momentum=momentum, nesterov=True)


def momentum(momentum: float = 0.9) -> SGD:
    """Gradient descent with a velocity (Polyak, 1964)."""
    return SGD(momentum=momentum)


def adamw(weight_decay: float = 0.01, **settings: float) -> Adam:
    """Adam whose weight decay is decoupled from the gradient."""
    return Adam(weight_decay=weight_decay, decoupled=True, **settings)
