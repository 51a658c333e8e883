"""The dense network: layers of neurons, all of whose numbers are one flat vector.

Every layer is a matrix: row i holds neuron i's weights, and its last column holds the biases, because a bias is
a weight on an input that is always 1. All matrices lie one after the other in `parameters`; `weights` and `biases` are
views of it. A leading axis of R runs turns the same code into R networks computed at once.
"""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from numbers import Real
from typing import NamedTuple

import numpy as np

from nncore.checks import require_array, require_data, require_number, require_one_of, require_view, require_whole
from nncore.models.architecture import make_architecture, require_runs
from nncore.models.finite import finite_in_pieces
from nncore.models.initializers import INITIALIZERS
from nncore.models.parameters import FlatParameters
from nncore.models.passes import BoundBatches, Workspace, predict_in_blocks, with_bias_input
from nncore.models.targets import make_targets

Array = np.ndarray


class Forward(NamedTuple):
    """What every layer computed: `z[k]` and `a[k]` are (N, n_k), or (R, N, n_k); `a[-1]` is the prediction."""

    z: list[Array]
    a: list[Array]


class Network(FlatParameters):
    """A dense network of `sizes` = (D, *hidden, K).

    `activation` is one name or one per hidden layer; `output` and `loss` default to sigmoid (K == 1) or softmax with
    cross-entropy. `runs=R` holds R networks; run r draws its first weights from
    `SeedSequence(seed).spawn(...)[start + r]`, and `runs=None` is run `start` alone. Raises ValueError for any setting
    that does not make a network.
    """

    def __init__(
        self,
        sizes: Sequence[int],
        activation: str | Sequence[str] = "tanh",
        output: str | None = None,
        loss: str | None = None,
        initializer: str = "xavier_normal",
        l1: float = 0.0,
        l2: float = 0.0,
        seed: int = 0,
        runs: int | None = None,
        start: int = 0,
    ):
        architecture = self.architecture = make_architecture(sizes, activation, output, loss, runs)
        self.sizes, self.activations, self.runs = architecture.sizes, architecture.activations, architecture.runs
        self.output, self.loss = architecture.output, architecture.loss
        self.shapes, self.n_parameters = architecture.shapes, architecture.n_parameters
        self.initializer = require_one_of("initializer", initializer, INITIALIZERS)
        self.l1, self.l2 = require_number("l1", l1, 0), require_number("l2", l2, 0)
        self.seed, self.start = require_whole("seed", seed, 0), require_whole("start", start, 0)
        super().__init__(self._initial_parameters())

    def _initial_parameters(self) -> Array:
        entry = INITIALIZERS[self.initializer]
        flat = np.zeros((self.runs or 1, self.n_parameters))
        for run, vector in enumerate(flat if entry.constant != 0 else ()):  # which they are
            rng = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(self.start + run,)))
            for matrix in self.matrices(vector):
                n_out, n_in = matrix.shape[0], matrix.shape[1] - 1
                matrix[:, :-1] = entry.draw(rng, n_out, n_in)
        return flat if self.runs else flat[0]

    @FlatParameters.parameters.setter
    def parameters(self, values: Array | float) -> None:
        """All of them, or one number for each of them."""
        is_number = isinstance(values, Real) and not isinstance(values, bool)
        one_for_all = np.full(self._parameters.shape, values) if is_number else values
        FlatParameters.parameters.fset(self, one_for_all)

    def matrices(self, flat: Array | None = None) -> list[Array]:
        """Views (..., n_out, n_in + 1) of a flat vector (..., P), one per layer; the last column holds the biases."""
        vector = self._parameters if flat is None else require_view("flat", flat, ..., self.n_parameters)
        return self.architecture.matrices(vector)

    @property
    def weights(self) -> list[Array]:
        """Weight matrices, views (..., n_out, n_in): row i holds the incoming weights of neuron i."""
        return [matrix[..., :-1] for matrix in self.matrices()]

    @property
    def biases(self) -> list[Array]:
        """Bias vectors, views (..., n_out)."""
        return [matrix[..., -1] for matrix in self.matrices()]

    @property
    def weight_mask(self) -> Array:
        """1.0 where a parameter is a weight and 0.0 where it is a bias, (P,)."""
        return self.architecture.weight_mask

    def forward(self, X: Array) -> Forward:
        """Pre-activations and activations of every layer for inputs X (N, D)."""
        workspace = self._passed(self._inputs(X), keep_z=True)
        return Forward(
            [np.ascontiguousarray(z.swapaxes(-1, -2)) for z in workspace.z],
            [np.ascontiguousarray(a.swapaxes(-1, -2)) for a in workspace.a],
        )

    def predict(self, X: Array) -> Array:
        """Outputs (N, K), or (R, N, K) with runs, for inputs X (N, D)."""
        return predict_in_blocks(self.architecture, self.matrices(), with_bias_input(self._inputs(X)))

    def data_loss(self, X: Array, y: Array) -> float | Array:
        """The loss on (X, y) without the L1 and L2 terms: a float, or (R,) with runs."""
        X = self._inputs(X)
        targets = self._targets_for(X, y).T
        with np.errstate(over="ignore", invalid="ignore"):
            return _plain(self._passed(X, keep_z="output").loss(targets))

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float | Array, Array]:
        """The objective, data loss + l2/2 sum(w^2) + l1 sum(|w|), and its gradient, shaped like `parameters`.

        Of parameters on the way to divergence the numbers overflow, to infinity or nan.
        """
        X = self._inputs(X)
        inputs, targets = with_bias_input(X).T, self._targets_for(X, y).T
        workspace, gradient = Workspace(self.architecture, self.matrices(), len(X), True), np.empty_like(self._parameters)
        with np.errstate(over="ignore", invalid="ignore"):
            workspace.forward(inputs)
            workspace.backward(inputs, targets, self.matrices(gradient))
            loss = workspace.loss(targets) + self.penalty()
            return _plain(loss), gradient + self.penalty_gradient()

    def is_finite(self, X: Array, y: Array) -> Array:
        """Whether the objective on (X, y) is a number, bool () or (R,), told within about 8 MB of memory."""
        X, y = self._inputs(X), require_data("y", y)
        if not len(X) or y.shape[:1] != (len(X),):
            raise ValueError(f"y must have as many rows as X, at least 1, got the shapes {y.shape} and {X.shape}")
        *_, finite = self.is_finite_in_pieces(X, y)
        return finite

    def is_finite_in_pieces(self, X: Array, y: Array) -> Iterator[Array | None]:
        """None after every piece of the work of `is_finite`, and then what that gives."""
        X = self._inputs(X)
        self._targets_for(X, y)
        return finite_in_pieces(self, X, np.asarray(y))

    def of_runs(self, runs: Array | slice) -> "Network":
        """These `runs` alone: a copy of them for numbers (S,) or bool (R,); the same memory for a slice."""
        some = copy(self)
        some._parameters = self._parameters[require_runs(runs, self.runs)]
        some.runs = len(some._parameters)
        some.architecture = replace(self.architecture, runs=some.runs)
        return some

    def penalty(self) -> float | Array:
        """l2/2 sum(w^2) + l1 sum(|w|) over the weights, biases left out: a float, or (R,) with runs."""
        weights = self._parameters * self.weight_mask
        squares = np.square(weights).sum(axis=-1) if self.l2 else 0.0  # 0 times a sum that overflows would be nan
        return 0.5 * self.l2 * squares + self.l1 * np.abs(weights).sum(axis=-1)

    def penalty_gradient(self) -> Array:
        """Gradient of `penalty`, shaped like `parameters`; the slope of |w| at 0 is taken as 0."""
        weights = self._parameters * self.weight_mask
        return self.l2 * weights + self.l1 * np.sign(weights)

    def bind(self, X: Array, y: Array, batch_size: int | None) -> BoundBatches:
        """The inner loop's form of this network on the training set X (N, D), y: see `passes.BoundBatches`."""
        X = self._inputs(X)
        inputs, targets = with_bias_input(X), self._targets_for(X, y)
        return BoundBatches(self.architecture, self._parameters, (self.l1, self.l2), (inputs, targets), batch_size)

    def targets(self, y: Array) -> Array:
        """What the outputs should be, (N, K) floats, from labels or target values y: see `targets.make_targets`."""
        return make_targets(self.architecture, y)

    def _targets_for(self, X: Array, y: Array) -> Array:
        """`targets(y)`, for as many examples as X has, at least one."""
        targets = self.targets(y)
        if len(targets) != len(X) or not len(X):
            raise ValueError(f"y must have as many rows as X, at least 1, got {len(targets)} and {len(X)}")
        return targets

    def _passed(self, X: Array, keep_z: bool | str = False) -> Workspace:
        """A workspace after a forward pass over checked inputs X (N, D)."""
        workspace = Workspace(self.architecture, self.matrices(), len(X), keep_z)
        with np.errstate(over="ignore", invalid="ignore"):
            workspace.forward(with_bias_input(X).T)
        return workspace

    def _inputs(self, X: Array) -> Array:
        X = require_array("X", X)
        if X.ndim != 2 or X.shape[1] != self.sizes[0]:
            raise ValueError(f"X must have shape (N, {self.sizes[0]}), got {X.shape}")
        return X


def _plain(loss: Array) -> float | Array:
    return loss if np.ndim(loss) else float(loss)
