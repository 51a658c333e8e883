"""L-BFGS: descent that learns the loss's curvature from its own last steps (Nocedal, 1980; Liu and Nocedal, 1989).

The step is the one that would lead to the minimum of a parabola with the curvatures seen so far. It takes the gradient of
all samples, and comes to the very end of a smooth loss, of which steps of one size stay short.
"""

from collections import deque
from collections.abc import Callable, Generator
from typing import NamedTuple

import numpy as np

Array = np.ndarray
Loss = Callable[[Array], tuple[float, Array]]

MEMORY = 20  # steps that are remembered
LOWERED, FLATTER = 1e-4, 0.9  # shares of the slope that a step has to make use of, and to leave behind at most
MOST_TRIALS = 20  # lengths of a step that are tried


class Point(NamedTuple):
    """A place on the way: parameters (P,), the loss there and its gradient (P,)."""

    parameters: Array
    loss: float
    gradient: Array


def descend(loss: Loss, parameters: Array, share: float = 1e-12, most: int = 4000) -> Generator[None, None, Array]:
    """Yields after every evaluation of `loss`, which gives a value and a gradient (P,) at parameters (P,).

    The generator's return value are the parameters (P,) at which a step lowers the loss by less than `share`, of the loss
    or of 1 where it is smaller, or those after `most` steps. Written here, as SciPy's goes to its end in one piece.
    """
    at, pairs = _point(loss, parameters.copy()), deque(maxlen=MEMORY)
    yield
    for _ in range(most):
        new = yield from _searched(loss, at, _direction(at.gradient, pairs))
        if not new.loss < at.loss:
            break
        step, change = new.parameters - at.parameters, new.gradient - at.gradient
        if (product := step @ change) > 0:
            pairs.append((step, change, 1.0 / product))
        lowered, at = at.loss - new.loss, new
        if lowered <= share * max(1.0, abs(at.loss)):
            break
    return at.parameters


def _point(loss: Loss, parameters: Array) -> Point:
    value, gradient = loss(parameters)
    return Point(parameters, value, np.array(gradient))


def _direction(gradient: Array, pairs: deque) -> Array:
    """Minus the gradient times the inverse of the curvature that the last steps saw: the two loops of Nocedal (1980)."""
    direction, shares = -gradient, []
    for step, change, inverse in reversed(pairs):
        shares.append(inverse * (step @ direction))
        direction -= shares[-1] * change
    if pairs:
        _, change, inverse = pairs[-1]
        direction /= inverse * (change @ change)
    else:  # nothing is known of the curvature: the first step is at most 1 long
        direction /= max(1.0, float(np.linalg.norm(gradient)))
    for (step, change, inverse), share in zip(pairs, reversed(shares), strict=True):
        direction += (share - inverse * (change @ direction)) * step
    return direction


def _searched(loss: Loss, at: Point, direction: Array) -> Generator[None, None, Point]:
    """The point along `direction` where the loss is lower and its slope flatter (Wolfe's conditions), by halving."""
    slope, low, high, length = at.gradient @ direction, 0.0, np.inf, 1.0
    for _ in range(MOST_TRIALS):
        new = _point(loss, at.parameters + length * direction)
        yield
        if not new.loss <= at.loss + LOWERED * length * slope:
            high = length
        elif new.gradient @ direction < FLATTER * slope:
            low = length
        else:
            break
        length = 2.0 * low if high == np.inf else (low + high) / 2.0
    return new
