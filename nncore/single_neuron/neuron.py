"""One neuron: a weighted sum of its inputs and a bias, z = w · x + b, sent through an activation, a = f(z).

With the right activation and loss this is linear regression, logistic regression or the perceptron. Its gradient is a
chain of three factors, dL/da · da/dz · dz/dw; `chain_of` keeps every one of them for one sample.
"""

from dataclasses import dataclass

import numpy as np

from nncore.arguments import array, checked, kind_of, number
from nncore.checks import require_array, require_one_of
from nncore.handed_out import handed_out
from nncore.single_neuron.kinds import NEURONS

Array = np.ndarray

# A perceptron's weighted sum may be 0 but for rounding: it then lies on the border, which belongs to class 1.
ROUNDING = 1e-12


class Neuron:
    """A neuron of a kind in `NEURONS` with `parameters` (P,): its weights, then its bias.

    Parameters (R, P) are R neurons computed at once; what is (N,) below is then (R, N). Raises ValueError for an
    unknown kind or fewer than two parameters.
    """

    def __init__(self, kind: str, parameters: Array):
        require_one_of("kind", kind, NEURONS)
        self.kind = NEURONS[kind]
        self.parameters = np.array(require_array("parameters", parameters))
        if self.parameters.ndim == 0 or self.parameters.shape[-1] < 2:
            raise ValueError(f"parameters must hold at least one weight and a bias, got {self.parameters.shape}")

    @property
    def weights(self) -> Array:
        """The weights, a view (..., n)."""
        return self.parameters[..., :-1]

    @property
    def bias(self) -> Array:
        """The bias, a view (...,)."""
        return self.parameters[..., -1]

    def targets(self, y: Array) -> Array:
        """The target outputs (N,): the values themselves, or the activation's two ends for the classes 0 (or -1) and 1."""
        y = require_array("y", y, "N")
        if self.kind.task != "classes":
            return y
        is_one = y == 1
        if not (is_one | (y == 0) | (y == -1)).all():
            raise ValueError(f"y must hold labels 0 and 1, or -1 and 1, got values from {y.min():g} to {y.max():g}")
        return np.where(is_one, 1.0, self.kind.low)

    def forward(self, X: Array) -> tuple[Array, Array]:
        """The weighted sums z and the activations a, both (N,), for inputs X (N, n)."""
        X = require_array("X", X, "N", self.parameters.shape[-1] - 1)
        z = self.weights @ X.T + self.bias[..., None]
        if self.kind.by_rule:
            z[np.abs(z) < ROUNDING] = 0.0
        return z, self.kind.activation(z)

    def loss(self, X: Array, y: Array) -> float | Array:
        """The mean loss on X (N, n), y (N,): a float, or (R,)."""
        z, a = self.forward(X)
        value = self.kind.loss.value(z[..., None, :], a[..., None, :], self._targets_for(a, y)[None])
        return value if value.ndim else float(value)

    def error_signals(self, X: Array, y: Array) -> Array:
        """delta = dL/dz of the mean loss, one per sample (N,)."""
        z, a = self.forward(X)
        return self._loss_gradient(z, a, y) * self._slope(z, a)

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float | Array, Array]:
        """The mean loss and its gradient, shaped like `parameters`; for the perceptron what its rule follows."""
        return self.loss(X, y), self.gradient(X, y)

    def gradient(self, X: Array, y: Array) -> Array:
        """The gradient alone, shaped like `parameters`: each weight's is delta times its input, the bias's is delta."""
        X = require_array("X", X)
        delta = self.error_signals(X, y)
        return np.concatenate([delta @ X, delta.sum(-1, keepdims=True)], axis=-1)

    def _loss_gradient(self, z: Array, a: Array, y: Array) -> Array:
        """The loss's gradient (N,) at weighted sums z and activations a (N,): dL/da, or dL/dz where the loss gives that."""
        z, a = z[..., None, :], a[..., None, :]
        return self.kind.loss.gradient(z, a, self._targets_for(a, y)[None], np.empty_like(a))[..., 0, :]

    def _targets_for(self, a: Array, y: Array) -> Array:
        targets = self.targets(y)
        if len(targets) != a.shape[-1]:
            raise ValueError(f"y must have as many rows as X, {a.shape[-1]}, got {len(targets)}")
        return targets

    def _slope(self, z: Array, a: Array) -> Array | float:
        # A loss that gives dL/dz includes the activation's derivative already.
        return 1.0 if self.kind.loss.at_pre_activation else self.kind.activation.derivative(z, a, None)


@handed_out
@dataclass(frozen=True)
class Chain:
    """Every number between one sample and the step that follows from it, in the order of the chain rule.

    `loss_slope` is dL/da, `activation_slope` da/dz, `inputs` are also dz/dw, `delta` is dL/dz. `loss_slope` is NaN for
    the perceptron, and infinite where cross-entropy meets a sigmoid whose derivative is rounded to 0.
    """

    inputs: tuple[float, ...]
    target: float
    weights: tuple[float, ...]
    bias: float
    z: float
    a: float
    loss: float
    loss_slope: float
    activation_slope: float
    delta: float
    weight_gradients: tuple[float, ...]
    bias_gradient: float
    learning_rate: float
    weight_steps: tuple[float, ...]
    bias_step: float


@checked(neuron=kind_of(Neuron), x=array("D"), y=number(), learning_rate=number(0))
def chain_of(neuron: Neuron, x: Array, y: float, learning_rate: float) -> Chain:
    """The chain of factors for one sample x (n,), y, and the step -rate · gradient."""
    require_array("x", x, neuron.parameters.shape[-1] - 1)
    X, labels = x[None], np.array([y])
    z, a = neuron.forward(X)
    delta = float(neuron.error_signals(X, labels)[0])
    slope = float(neuron.kind.activation.derivative(z, a, None)[0])
    loss, gradient = neuron.loss_and_gradient(X, labels)
    return Chain(
        inputs=tuple(X[0].tolist()),
        target=float(neuron.targets(labels)[0]),
        weights=tuple(neuron.weights.tolist()),
        bias=float(neuron.bias),
        z=float(z[0]),
        a=float(a[0]),
        loss=float(loss),
        loss_slope=_loss_slope(neuron, z, a, labels, delta, slope),
        activation_slope=slope,
        delta=delta,
        weight_gradients=tuple(gradient[:-1].tolist()),
        bias_gradient=float(gradient[-1]),
        learning_rate=learning_rate,
        weight_steps=tuple((-learning_rate * gradient[:-1]).tolist()),
        bias_step=float(-learning_rate * gradient[-1]),
    )


def _loss_slope(neuron: Neuron, z: Array, a: Array, y: Array, delta: float, slope: float) -> float:
    if neuron.kind.by_rule:
        return float("nan")
    if not neuron.kind.loss.at_pre_activation:
        return float(neuron._loss_gradient(z, a, y)[0])
    # Cross-entropy gives dL/dz = a - y alone; divided by the sigmoid's derivative it is dL/da.
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.divide(delta, slope))


@checked(neuron=kind_of(Neuron), chain=kind_of(Chain))
def after_step(neuron: Neuron, chain: Chain) -> Neuron:
    """The neuron after the step of `chain`."""
    return Neuron(neuron.kind.name, neuron.parameters + np.array([*chain.weight_steps, chain.bias_step]))
