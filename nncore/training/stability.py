"""Stability: how large a learning rate gradient descent bears before its steps overshoot by more and more.

On a parabola of curvature c a step of plain descent multiplies the distance to the minimum by 1 - rate * c: it shrinks only
for rate * c < 2. A loss that is a bowl has one curvature along each axis, and the largest one decides. Two cases can be
computed without training: a linear network with squared error, whose curvatures are the eigenvalues of 2/N X^T X with a
column of ones for the biases, and the L2 penalty, which adds l2 to the curvature
along every weight's axis, whatever the data.
"""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, check_fields, checked, kind_of, network, networks, number, one_of, rows, whole
from nncore.models.activations import ACTIVATIONS
from nncore.models.dense import Network
from nncore.models.losses import LOSSES
from nncore.models.passes import with_bias_input
from nncore.training.optimizer_kind import Optimizer
from nncore.training.update_rules import SGD

Array = np.ndarray

BOUND = 1e6  # a rising objective has diverged at this many times its first value


@checked(optimizer=kind_of(Optimizer))
def stable_product(optimizer: Optimizer) -> float:
    """Below which rate * curvature the optimizer converges on a parabola; infinite where its steps have a fixed size.

    2 for plain descent, 2 (1 + m) with momentum m, 2 (1 + m) / (1 + 2 m) with Nesterov's: there a root of the recursion's
    characteristic polynomial passes -1 (Polyak 1964). Optimizers that divide by the gradient's size have no such limit.
    """
    if not isinstance(optimizer, SGD):
        return float("inf")
    m = optimizer.momentum
    return 2 * (1 + m) / (1 + 2 * m) if optimizer.nesterov else 2 * (1 + m)


@checked(network=networks)
def is_quadratic(network: Network) -> bool:
    """Whether the data loss is a bowl in the parameters: no hidden layer, an identity output, squared error."""
    return len(network.sizes) == 2 and _has_linear_output(network) and LOSSES[network.loss].is_quadratic


@checked(network=networks)
def is_convex(network: Network) -> bool:
    """Whether the data loss has no minimum but the lowest one: no hidden layer, and a loss convex in the weighted sum."""
    if len(network.sizes) > 2:
        return False
    return LOSSES[network.loss].needs_probabilities or _has_linear_output(network)


def _has_linear_output(network: Network) -> bool:
    output = ACTIVATIONS.get(network.output)  # None is softmax
    return output is not None and output.is_identity


@checked(network=networks, X=array("N", "D"))
def largest_curvature(network: Network, X: Array) -> float:
    """The largest eigenvalue of the second derivative of the objective's squared error and L2, for inputs X (N, D).

    Every output has the same one, 2 / (N K) X^T X, plus l2 on the weights. Raises ValueError unless the network's data
    loss is quadratic.
    """
    if not is_quadratic(network):
        raise ValueError(f"network must be linear with squared error, got {network.sizes}, {network.output}, {network.loss}")
    inputs = with_bias_input(X)
    second = 2.0 / (len(X) * network.sizes[-1]) * (inputs.T @ inputs)
    second[np.arange(X.shape[1]), np.arange(X.shape[1])] += network.l2
    return float(np.linalg.eigvalsh(second)[-1])


@checked(network=network, X=array("N", "D"), y=rows, iterations=whole(1, 1000))
def sharpness(network: Network, X: Array, y: Array, iterations: int = 30) -> float:
    """The largest curvature of the objective where the network stands, by power iteration; a lower estimate.

    Differences of the gradient along a direction stand for the product of the second derivative and that direction. Here
    steps of plain descent overshoot from a rate of 2 / sharpness on; elsewhere the curvature may be another.
    """
    kept, (_, gradient) = network.parameters.copy(), network.loss_and_gradient(X, y)
    direction = np.random.default_rng(0).normal(size=kept.shape)
    length, small = 0.0, 1e-5 * max(1.0, float(np.abs(kept).max()))
    for _ in range(iterations):
        direction /= np.linalg.norm(direction)
        network.parameters[...] = kept + small * direction
        product = (network.loss_and_gradient(X, y)[1] - gradient) / small
        length = float(np.linalg.norm(product))
        if not 0 < length < np.inf:
            break
        direction = product
    network.parameters[...] = kept
    return length


@dataclass(frozen=True)
class RateLimit:
    """A learning rate from which on training is unstable: `cause` is "l2" or "curvature", `size` what the rate multiplies.

    The rate is `product` / `size`.
    """

    cause: str
    size: float
    product: float

    def __post_init__(self):
        check_fields(self, cause=one_of(("l2", "curvature")), size=number(0, float("inf")), product=number(0, float("inf")))

    @property
    def rate(self) -> float:
        """The limit; infinite where nothing multiplies the rate."""
        return self.product / self.size if self.size > 0 else float("inf")


@checked(network=networks, X=array("N", "D"), optimizer=kind_of(Optimizer))
def rate_limits(network: Network, X: Array, optimizer: Optimizer) -> list[RateLimit]:
    """The limits that can be computed before training, for all of X (N, D) as one batch; the penalty's comes first."""
    product = stable_product(optimizer)
    if not np.isfinite(product):
        return []
    limits = [RateLimit("l2", network.l2, product)] if network.l2 > 0 else []
    if is_quadratic(network):
        limits.append(RateLimit("curvature", largest_curvature(network, X), product))
    return limits


@checked(network=networks, X=array("N", "D"), optimizer=kind_of(Optimizer), learning_rate=number(0))
def exceeded_limit(network: Network, X: Array, optimizer: Optimizer, learning_rate: float) -> RateLimit | None:
    """The first limit that `learning_rate` reaches, or None."""
    return next((limit for limit in rate_limits(network, X, optimizer) if learning_rate >= limit.rate), None)


@checked(limit=kind_of(RateLimit), learning_rate=number(0))
def limit_words(limit: RateLimit, learning_rate: float) -> str:
    """What a rate beyond the limit does and where the limit lies, in one sentence."""
    if limit.cause == "l2":
        return (
            f"The L2 penalty alone does it, whatever the data: the learning rate {learning_rate:g} times L2 "
            f"{limit.size:g} is {learning_rate * limit.size:.3g}, and from {limit.product:.3g} on every update leaves the "
            f"weights larger than they were. With this L2 the learning rate must be below {_below(limit.rate)}."
        )
    return (
        f"The loss of a network without a hidden layer is a bowl, and along its steepest axis the curvature is "
        f"{limit.size:.3g}: only learning rates below {limit.product:.3g} / {limit.size:.3g} = {_below(limit.rate)} are "
        f"stable, and this one is {learning_rate:g}."
    )


@checked(network=networks, X=array("N", "D"), optimizer=kind_of(Optimizer), learning_rate=number(0))
def divergence_words(network: Network, X: Array, optimizer: Optimizer, learning_rate: float) -> str:
    """Why training diverged, where that can be computed, and which knob to turn, in one or two sentences."""
    limit = exceeded_limit(network, X, optimizer, learning_rate)
    if limit is None:
        return f"Turn the learning rate down from {learning_rate:g}."
    knob = "L2 or the learning rate" if limit.cause == "l2" else "the learning rate"
    return f"{limit_words(limit, learning_rate)} Turn {knob} down."


def _below(rate: float) -> str:
    """The limit to two digits, rounded down, so that what is said to be stable is."""
    size = 10.0 ** (np.floor(np.log10(rate)) - 1)
    return f"{np.floor(rate / size + 1e-9) * size:.2g}"


@checked(network=network, X=array("N", "D"), y=rows)
def divergence_bound(network: Network, X: Array, y: Array) -> float:
    """An objective so large that training which rises above it diverges: a million times what it was at first.

    At first is the larger of the objective at the network's parameters and that of one with all parameters 0, so that a
    good start does not make the bound a small one. Infinite where both are 0.
    """
    kept = network.parameters.copy()
    try:
        with np.errstate(all="ignore"):
            first = network.loss_and_gradient(X, y)[0]
            network.parameters[...] = 0.0
            largest = BOUND * max(first, network.data_loss(X, y))
    finally:
        network.parameters[...] = kept
    return largest if 0 < largest < np.inf else float("inf")
