"""Activations: the bend after each sum.

A neuron adds up what it listens to and passes the sum `z` through an activation `a = f(z)`. Without that bend a stack
of layers is one matrix; with it, layers can carve any boundary. Backpropagation needs the slope `f'(z)` as well.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Array = np.ndarray

# 0-d arrays: a ufunc takes them a quarter of a microsecond faster than a Python number.
_ZERO, _ONE, _LOWEST = np.array(0.0), np.array(1.0), np.array(-709.0)
LEAKY_SLOPE = 0.01
_GELU_SCALE = np.sqrt(2.0 / np.pi)
_GELU_CUBIC = 0.044715
_GELU_FLAT = 100.0  # from here on the tanh is 1 to the last digit, and its slope 0


@dataclass(frozen=True)
class Activation:
    """One activation: `value(z, out)` gives f(z), `derivative(z, a, out)` gives f'(z), elementwise, into `out`.

    `a` is f(z), passed in because several slopes are cheapest from it. `out` may be None (a fresh array) and must not
    be `z` or `a`, except that `value` may overwrite `z` where `needs_z` is False. `formula` is LaTeX.
    """

    name: str
    formula: str
    derivative_formula: str
    value: Callable[[Array, Array | None], Array]
    derivative: Callable[[Array, Array, Array | None], Array]
    needs_z: bool = False

    def __call__(self, z: Array) -> Array:
        """f(z) of any shape, as a fresh array."""
        return self.value(np.asarray(z, dtype=float), None)


def _identity(z: Array, out: Array | None = None) -> Array:
    return np.positive(z, out)


def _identity_slope(z: Array, a: Array, out: Array | None = None) -> Array:
    out = np.empty_like(a) if out is None else out
    out.fill(1.0)
    return out


def sigmoid(z: Array, out: Array | None = None) -> Array:
    """1 / (1 + e^-z) of any shape; below z = -709, where e^-z overflows, it is taken as there: 1.2e-308."""
    out = np.maximum(z, _LOWEST, out=out)
    np.negative(out, out)
    np.exp(out, out)
    np.add(out, _ONE, out)
    return np.divide(_ONE, out, out)


def _sigmoid_slope(z: Array, a: Array, out: Array | None = None) -> Array:
    out = np.subtract(_ONE, a, out)
    return np.multiply(out, a, out)


def _tanh(z: Array, out: Array | None = None) -> Array:
    return np.tanh(z, out)


def _tanh_slope(z: Array, a: Array, out: Array | None = None) -> Array:
    out = np.multiply(a, a, out)
    return np.subtract(_ONE, out, out)


def _relu(z: Array, out: Array | None = None) -> Array:
    return np.maximum(z, _ZERO, out=out)


def _relu_slope(z: Array, a: Array, out: Array | None = None) -> Array:
    # f'(0) is taken as 0, as in PyTorch.
    return np.greater(a, _ZERO, out if out is not None else np.empty_like(a))


def _leaky_relu(z: Array, out: Array | None = None) -> Array:
    return np.maximum(z, LEAKY_SLOPE * z, out=out)


def _leaky_relu_slope(z: Array, a: Array, out: Array | None = None) -> Array:
    out = np.greater(a, _ZERO, out if out is not None else np.empty_like(a))
    return np.maximum(out, LEAKY_SLOPE, out=out)


def _elu(z: Array, out: Array | None = None) -> Array:
    # expm1 only sees the negative side, so that large z cannot overflow.
    return np.add(np.maximum(z, _ZERO), np.expm1(np.minimum(z, _ZERO)), out)


def _elu_slope(z: Array, a: Array, out: Array | None = None) -> Array:
    return np.add(np.minimum(a, _ZERO), _ONE, out)


def softplus(z: Array, out: Array | None = None) -> Array:
    """log(1 + e^z) of any shape, without overflow."""
    return np.logaddexp(z, _ZERO, out)


def _softplus_slope(z: Array, a: Array, out: Array | None = None) -> Array:
    return sigmoid(z, out)


def _silu(z: Array, out: Array | None = None) -> Array:
    return np.multiply(z, sigmoid(z), out)


def _silu_slope(z: Array, a: Array, out: Array | None = None) -> Array:
    s = sigmoid(z)
    return np.add(s, a * (1.0 - s), out)


def _gelu_tanh(z: Array) -> Array:
    z = np.clip(z, -_GELU_FLAT, _GELU_FLAT)
    return np.tanh(_GELU_SCALE * (z + _GELU_CUBIC * z * z * z))


def _gelu(z: Array, out: Array | None = None) -> Array:
    return np.multiply(0.5 * z, 1.0 + _gelu_tanh(z), out)


def _gelu_slope(z: Array, a: Array, out: Array | None = None) -> Array:
    z = np.clip(z, -_GELU_FLAT, _GELU_FLAT)
    t = _gelu_tanh(z)
    inner = _GELU_SCALE * (1.0 + 3.0 * _GELU_CUBIC * z * z)
    return np.add(0.5 * (1.0 + t), 0.5 * z * (1.0 - t * t) * inner, out)


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Activation("identity", "z", "1", _identity, _identity_slope),
        Activation("sigmoid", r"\frac{1}{1 + e^{-z}}", "a(1 - a)", sigmoid, _sigmoid_slope),
        Activation("tanh", r"\tanh z", "1 - a^2", _tanh, _tanh_slope),
        Activation("relu", r"\max(0, z)", r"1 \text{ if } z > 0 \text{ else } 0", _relu, _relu_slope),
        Activation(
            "leaky_relu", r"\max(0.01z, z)", r"1 \text{ if } z > 0 \text{ else } 0.01", _leaky_relu, _leaky_relu_slope
        ),
        Activation(
            "elu", r"z \text{ if } z > 0 \text{ else } e^z - 1", r"1 \text{ if } z > 0 \text{ else } e^z", _elu, _elu_slope
        ),
        Activation("softplus", r"\ln(1 + e^z)", r"\sigma(z)", softplus, _softplus_slope, needs_z=True),
        Activation("silu", r"z\,\sigma(z)", r"\sigma(z) + a(1 - \sigma(z))", _silu, _silu_slope, needs_z=True),
        Activation(
            "gelu",
            r"\tfrac{z}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(z + 0.044715 z^3)\right)\right)",
            r"\tfrac{1 + t}{2} + \tfrac{z}{2}(1 - t^2)\sqrt{2/\pi}\,(1 + 0.134145 z^2)",
            _gelu,
            _gelu_slope,
            needs_z=True,
        ),
    )
}
