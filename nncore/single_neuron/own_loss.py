"""A loss can be just about anything: what one constant, and one neuron, come to under another idea of what is bad.

The loss says what an error costs. Squared, a constant comes to the mean; by its size, to the median; with another price for
too low than for too high, to a quantile. A linear neuron comes to the same, for every input anew.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, check_fields, checked, flag, kind_of, number, whole
from nncore.training.schedules import SCHEDULES
from nncore.training.update_rules import Adam, make_updates

Array = np.ndarray

STEPS, RATE = 3000, 0.05  # of Adam, the rate falling to 0 along a cosine


@dataclass(frozen=True)
class OwnLoss:
    """What an error costs: its size, or with `squared` its square, times `low` where the answer was too low, `high` where
    it was too high."""

    squared: bool = True
    low: float = 1.0
    high: float = 1.0

    def __post_init__(self):
        check_fields(self, squared=flag, low=number(0.01, 100), high=number(0.01, 100))

    def cost(self, answers: Array, targets: Array) -> Array:
        """What each answer costs (N,)."""
        error = answers - targets
        size = error**2 if self.squared else np.abs(error)
        return np.where(error > 0, self.high, self.low) * size

    def slope(self, answers: Array, targets: Array) -> Array:
        """The derivative of each cost with respect to its answer (N,); 0 where there is no error."""
        error = answers - targets
        size = 2.0 * error if self.squared else np.sign(error)
        return np.where(error > 0, self.high, self.low) * size

    @property
    def share_below(self) -> float:
        """Of absolute errors: the share of targets that lie below the best constant, which is that quantile."""
        return self.low / (self.low + self.high)


@checked(y=array("N"), loss=kind_of(OwnLoss))
def best_constant(y: Array, loss: OwnLoss) -> float:
    """The constant with the least mean cost on y (N,).

    Of absolute errors it is a quantile; where every number between two targets is as good, the middle. Of squares it is the
    weighted mean whose weights are the prices of its own errors (an expectile: Newey and Powell, 1987).
    """
    ordered = np.sort(y)
    if not loss.squared:
        place = loss.share_below * len(y)
        near = round(place)
        if abs(place - near) < 1e-9 and 0 < near < len(y):
            return float((ordered[near - 1] + ordered[near]) / 2)
        return float(ordered[min(len(y) - 1, int(place))])
    sums = np.concatenate([[0.0], np.cumsum(ordered)])
    below = np.arange(1, len(y) + 1)  # with the k lowest below it, it is this weighted mean, if that lies where it should
    means = (loss.high * sums[1:] + loss.low * (sums[-1] - sums[1:])) / (loss.high * below + loss.low * (len(y) - below))
    upper = np.append(ordered[1:], np.inf)
    return float(means[np.flatnonzero((means >= ordered - 1e-12) & (means <= upper + 1e-12))[0]])


@checked(x=array("N"), y=array("N"), loss=kind_of(OwnLoss), steps=whole(1, 100_000))
def train_neuron(x: Array, y: Array, loss: OwnLoss, steps: int = STEPS) -> tuple[float, float]:
    """The weight and the bias of one linear neuron that gradient descent trained on x (N,), y (N,) under `loss`.

    Full batch, Adam. Of absolute errors the slope jumps between -1 and 1, so only a rate that falls to 0 comes to rest.
    """
    mean, apart = x.mean(), x.std() or 1.0
    z, height = (x - mean) / apart, y.std() or 1.0
    at, optimizer = np.array([0.0, y.mean()]), Adam(epsilon=1e-12)

    def gradient(number: int) -> Array:
        slope = loss.slope(at[0] * z + at[1], y) / height
        return np.array([(slope * z).mean(), slope.mean()])

    optimizer.start(at)
    rates = (SCHEDULES["cosine"].rate(RATE * height, step, steps) for step in range(1, steps + 1))
    deque(make_updates(optimizer, at, gradient, rates), maxlen=0)
    weight = at[0] / apart
    return float(weight), float(at[1] - weight * mean)


@checked(samples=whole(2, 10_000), seed=whole(0))
def waiting_times(samples: int, seed: int = 0) -> tuple[Array, Array]:
    """How far one has to go, x in km (N,), and how long it takes, y in minutes (N,): mostly little more than 3 minutes a km,
    now and then much more, and the more the farther."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0.5, 10.0, samples)
    return x, 3.0 * x + 2.0 + x * rng.gamma(1.0, 1.2, samples)
