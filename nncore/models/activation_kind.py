"""What an activation is: everything that is true of one, in one entry.

The formula and its derivative, how people and other languages write them, which values come out, and where it bends.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np

from nncore.arguments import array, checked, number
from nncore.checks import LARGEST, require_array

Array = np.ndarray


@dataclass(frozen=True, kw_only=True)
class Activation:
    """One activation: `value(z, out)` gives f(z), `derivative(z, a, out)` gives f'(z), elementwise, into `out`.

    `a` is f(z), passed in because several derivatives are cheapest from it. `out` may be None (a fresh array) and must not
    be `z` or `a`, except that `value` may overwrite `z` where `needs_z` is False.

    `label` is its name for people, `formula` and `derivative_formula` are LaTeX. `range` says in words which values f(z)
    has, `bounds` are its lowest and highest (or what it tends to). `value_cost` and `derivative_cost` are seconds, as
    measured: of a call, and of each number in it.
    `not_differentiable_at` lists the z at which f has no derivative. `dead_below` is the z below which the derivative is
    exactly 0, so that nothing is learned there; None: nowhere. `is_odd`: f(-z) = -f(z).
    `is_homogeneous`: f(c z) = c f(z) for c > 0. `is_identity`: f(z) = z, so that layers with it are one linear layer.

    The forms in other languages are expressions: `javascript` gives f from the number `z` (it may call `quickTanh`),
    `numpy_code` f from the array `z`, `numpy_derivative_code` f' from `z` and `a`, `pytorch_code` a torch.nn module.
    `scikit_learn_code` is what scikit-learn's MLP calls it, "" where it has none like it.
    """

    name: str
    label: str
    formula: str
    derivative_formula: str
    value: Callable[[Array, Array | None], Array]
    derivative: Callable[[Array, Array, Array | None], Array]
    javascript: str
    range: str
    bounds: tuple[float, float] = (-inf, inf)
    not_differentiable_at: tuple[float, ...] = ()
    dead_below: float | None = None
    is_odd: bool = False
    is_homogeneous: bool = False
    is_identity: bool = False
    needs_z: bool = False
    value_cost: tuple[float, float] = (1e-5, 2e-8)
    derivative_cost: tuple[float, float] = (1e-5, 2e-8)
    numpy_code: str = ""
    numpy_derivative_code: str = ""
    pytorch_code: str = ""
    scikit_learn_code: str = ""

    def __call__(self, z: Array) -> Array:
        """f(z) of any shape, as a fresh array."""
        z = require_array("z", z, limit=LARGEST)
        return self.value(np.atleast_1d(z), None).reshape(z.shape)

    @property
    def has_two_ends(self) -> bool:
        """Whether f(z) is bounded on both sides, so that the activation can saturate at either."""
        return isfinite(self.bounds[0]) and isfinite(self.bounds[1])

    @checked(a=array(limit=None), margin=number(0, inf))
    def near_an_end(self, a: Array, margin: float) -> Array:
        """Where activations `a` lie within `margin` of one of two ends, bool like `a`; nowhere without two ends."""
        if not self.has_two_ends:
            return np.zeros(a.shape, dtype=bool)
        low, high = self.bounds
        return (a < low + margin) | (a > high - margin)
