"""Activations: the non-linear function applied to each weighted sum.

A neuron adds up its weighted inputs and passes the sum `z` through an activation `a = f(z)`. Without it any stack of
layers is one linear layer; with it, layers can carve any boundary. Everything that is true of an activation stands in its
entry of `ACTIVATIONS`: to add one is to add an entry here.
"""

from math import inf, pi, sqrt

import numpy as np

from nncore.models.activation_kind import Activation

Array = np.ndarray

# 0-d arrays: a ufunc takes them a quarter of a microsecond faster than a Python number.
_ZERO, _ONE, _LOWEST = np.array(0.0), np.array(1.0), np.array(-709.0)
_TWO, _MINUS_TWO, _FLAT_TANH = np.array(2.0), np.array(-2.0), np.array(20.0)  # tanh(20) is 1 to the last digit
_MANY, _NOT_SMALL = 500, 0.1  # numbers in a row from which calls cost less than what they save; see `_tanh`
LEAKY_SLOPE = 0.01
_GELU_SCALE = sqrt(2.0 / pi)
_GELU_CUBIC = 0.044715
_GELU_FLAT = 100.0  # from here on the tanh is 1 to the last digit, and its derivative 0


def _identity(z: Array, out: Array | None = None) -> Array:
    return np.positive(z, out)


def _identity_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
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


def _sigmoid_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
    out = np.subtract(_ONE, a, out)
    return np.multiply(out, a, out)


def _has_wide_tanh() -> bool:
    """Whether NumPy computes eight of tanh at a time on this processor, as it does with AVX-512."""
    found = np.lib.introspect.opt_func_info(func_name="^tanh$", signature="float64")
    return found.get("tanh", {}).get("dd", {}).get("current", "") == "X86_V4"


_WIDE_TANH = _has_wide_tanh()


def _tanh(z: Array, out: Array | None = None) -> Array:
    # 1 - 2 / (e^2z + 1) takes less time for many numbers in a row where processors have no wide tanh. It is off by 3e-16 of
    # 1, not of a small result: so only where each run's largest is not small, whose sums were rounded at that size anyway.
    if _WIDE_TANH or z.ndim < 2 or z.shape[-2] * z.shape[-1] < _MANY or z.max((-2, -1)).min() < _NOT_SMALL:
        return np.tanh(z, out)
    out = np.minimum(z, _FLAT_TANH, out=out)
    np.multiply(out, _TWO, out)
    np.exp(out, out)
    np.add(out, _ONE, out)
    np.divide(_MINUS_TWO, out, out)
    return np.add(out, _ONE, out)


def _tanh_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
    out = np.multiply(a, a, out)
    return np.subtract(_ONE, out, out)


def _relu(z: Array, out: Array | None = None) -> Array:
    return np.maximum(z, _ZERO, out=out)


def _relu_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
    # f'(0) is taken as 0, as in PyTorch.
    return np.greater(a, _ZERO, out if out is not None else np.empty_like(a))


def _leaky_relu(z: Array, out: Array | None = None) -> Array:
    return np.maximum(z, LEAKY_SLOPE * z, out=out)


def _leaky_relu_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
    out = np.greater(a, _ZERO, out if out is not None else np.empty_like(a))
    return np.maximum(out, LEAKY_SLOPE, out=out)


def _elu(z: Array, out: Array | None = None) -> Array:
    # expm1 only sees the negative side, so that large z cannot overflow.
    return np.add(np.maximum(z, _ZERO), np.expm1(np.minimum(z, _ZERO)), out)


def _elu_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
    return np.add(np.minimum(a, _ZERO), _ONE, out)


def softplus(z: Array, out: Array | None = None) -> Array:
    """log(1 + e^z) of any shape, without overflow."""
    return np.logaddexp(z, _ZERO, out)


def _softplus_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
    return sigmoid(z, out)


def _silu(z: Array, out: Array | None = None) -> Array:
    return np.multiply(z, sigmoid(z), out)


def _silu_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
    s = sigmoid(z)
    return np.add(s, a * (1.0 - s), out)


def _gelu_tanh(z: Array) -> Array:
    z = np.clip(z, -_GELU_FLAT, _GELU_FLAT)
    return np.tanh(_GELU_SCALE * (z + _GELU_CUBIC * z * z * z))


def _gelu(z: Array, out: Array | None = None) -> Array:
    return np.multiply(0.5 * z, 1.0 + _gelu_tanh(z), out)


def _gelu_derivative(z: Array, a: Array, out: Array | None = None) -> Array:
    z = np.clip(z, -_GELU_FLAT, _GELU_FLAT)
    t = _gelu_tanh(z)
    inner = _GELU_SCALE * (1.0 + 3.0 * _GELU_CUBIC * z * z)
    return np.add(0.5 * (1.0 + t), 0.5 * z * (1.0 - t * t) * inner, out)


_GELU_TANH = f"np.tanh({_GELU_SCALE!r} * (z + {_GELU_CUBIC} * z**3))"
_entries = (
    Activation(
        name="identity", label="identity", formula="z", derivative_formula="1",
        value=_identity, derivative=_identity_derivative, javascript="z",
        range="all numbers", is_odd=True, is_homogeneous=True, is_identity=True,
        value_cost=(1e-06, 1e-09), derivative_cost=(5e-07, 5e-10),
        numpy_code="z", numpy_derivative_code="np.ones_like(z)", pytorch_code="torch.nn.Identity()",
        scikit_learn_code="identity",
    ),
    Activation(
        name="sigmoid", label="sigmoid", formula=r"\frac{1}{1 + e^{-z}}", derivative_formula="a(1 - a)",
        value=sigmoid, derivative=_sigmoid_derivative, javascript="0.5 + 0.5 * quickTanh(0.5 * z)",
        range="0 to 1", bounds=(0.0, 1.0),
        value_cost=(3.8e-06, 1e-08), derivative_cost=(1.8e-06, 8e-10),
        numpy_code="0.5 * (1.0 + np.tanh(0.5 * z))", numpy_derivative_code="a * (1.0 - a)",
        pytorch_code="torch.nn.Sigmoid()", scikit_learn_code="logistic",
    ),
    Activation(
        name="tanh", label="tanh", formula=r"\tanh z", derivative_formula="1 - a^2",
        value=_tanh, derivative=_tanh_derivative, javascript="quickTanh(z)",
        range="−1 to 1", bounds=(-1.0, 1.0), is_odd=True,
        value_cost=(1.3e-06, 1.6e-08), derivative_cost=(1.9e-06, 8e-10),
        numpy_code="np.tanh(z)", numpy_derivative_code="1.0 - a * a", pytorch_code="torch.nn.Tanh()",
        scikit_learn_code="tanh",
    ),
    Activation(
        name="relu", label="ReLU", formula=r"\max(0, z)", derivative_formula=r"1 \text{ if } z > 0 \text{ else } 0",
        value=_relu, derivative=_relu_derivative, javascript="z > 0 ? z : 0",
        range="0 and above", bounds=(0.0, inf), not_differentiable_at=(0.0,), dead_below=0.0, is_homogeneous=True,
        value_cost=(1.2e-06, 9e-10), derivative_cost=(2.7e-06, 8e-10),
        numpy_code="np.maximum(z, 0.0)", numpy_derivative_code="(z > 0.0).astype(float)", pytorch_code="torch.nn.ReLU()",
        scikit_learn_code="relu",
    ),
    Activation(
        name="leaky_relu", label="leaky ReLU", formula=r"\max(0.01z, z)",
        derivative_formula=r"1 \text{ if } z > 0 \text{ else } 0.01",
        value=_leaky_relu, derivative=_leaky_relu_derivative, javascript=f"z > 0 ? z : {LEAKY_SLOPE} * z",
        range="all numbers", not_differentiable_at=(0.0,), is_homogeneous=True,
        value_cost=(2.4e-06, 1.4e-09), derivative_cost=(4.3e-06, 1.8e-09),
        numpy_code=f"np.maximum(z, {LEAKY_SLOPE} * z)", numpy_derivative_code=f"np.where(z > 0.0, 1.0, {LEAKY_SLOPE})",
        pytorch_code=f"torch.nn.LeakyReLU({LEAKY_SLOPE})",
    ),
    Activation(
        name="elu", label="ELU", formula=r"z \text{ if } z > 0 \text{ else } e^z - 1",
        derivative_formula=r"1 \text{ if } z > 0 \text{ else } e^z",
        value=_elu, derivative=_elu_derivative, javascript="z > 0 ? z : Math.expm1(z)",
        range="above −1", bounds=(-1.0, inf),
        value_cost=(4e-06, 2.2e-08), derivative_cost=(1.8e-06, 1.1e-09),
        numpy_code="np.where(z > 0.0, z, np.expm1(np.minimum(z, 0.0)))",
        numpy_derivative_code="np.minimum(a, 0.0) + 1.0", pytorch_code="torch.nn.ELU()",
    ),
    Activation(
        name="softplus", label="softplus", formula=r"\ln(1 + e^z)", derivative_formula=r"\sigma(z)",
        value=softplus, derivative=_softplus_derivative, needs_z=True,
        # max(z, 0) + log(1 + e^-|z|) never overflows.
        javascript="(z > 0 ? z : 0) + Math.log1p(Math.exp(-Math.abs(z)))",
        range="above 0", bounds=(0.0, inf),
        value_cost=(1.5e-06, 2.8e-08), derivative_cost=(4.3e-06, 1.1e-08),
        numpy_code="np.logaddexp(z, 0.0)", numpy_derivative_code="0.5 * (1.0 + np.tanh(0.5 * z))",
        pytorch_code="torch.nn.Softplus(threshold=40)",
    ),
    Activation(
        name="silu", label="SiLU", formula=r"z\,\sigma(z)", derivative_formula=r"\sigma(z) + a(1 - \sigma(z))",
        value=_silu, derivative=_silu_derivative, needs_z=True, javascript="z / (1 + Math.exp(-z))",
        range="−0.28 and above", bounds=(-0.2784645427610738, inf),
        value_cost=(4.9e-06, 1.2e-08), derivative_cost=(7.9e-06, 1.7e-08),
        numpy_code="0.5 * z * (1.0 + np.tanh(0.5 * z))",
        numpy_derivative_code="0.5 * (1.0 + np.tanh(0.5 * z)) + 0.5 * a * (1.0 - np.tanh(0.5 * z))",
        pytorch_code="torch.nn.SiLU()",
    ),
    Activation(
        name="gelu", label="GELU",
        formula=r"\tfrac{z}{2}\left(1 + \tanh\left(\sqrt{2/\pi}\,(z + 0.044715 z^3)\right)\right)",
        derivative_formula=r"\tfrac{1 + t}{2} + \tfrac{z}{2}(1 - t^2)\sqrt{2/\pi}\,(1 + 0.134145 z^2)",
        value=_gelu, derivative=_gelu_derivative, needs_z=True,
        # z (1 + tanh u) / 2 is z / (1 + e^-2u), which stays exact where tanh is saturated.
        javascript=f"z / (1 + Math.exp({-2.0 * _GELU_SCALE!r} * (z + {_GELU_CUBIC} * z * z * z)))",
        range="−0.17 and above", bounds=(-0.17004075057125407, inf),
        value_cost=(1.6e-05, 3.6e-08), derivative_cost=(2.4e-05, 4e-08),
        numpy_code=f"0.5 * z * (1.0 + {_GELU_TANH})",
        numpy_derivative_code=f"0.5 * (1.0 + {_GELU_TANH}) + 0.5 * z * (1.0 - {_GELU_TANH} ** 2) * {_GELU_SCALE!r} "
                              f"* (1.0 + {3.0 * _GELU_CUBIC} * z**2)",
        pytorch_code='torch.nn.GELU(approximate="tanh")',
    ),
)  # fmt: skip

ACTIVATIONS: dict[str, Activation] = {entry.name: entry for entry in _entries}
