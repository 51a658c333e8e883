"""The dense network: layers of neurons, all of whose numbers are one flat vector.

Every layer is a matrix: row i holds what neuron i listens to, and its last column holds the biases, because a bias is
a weight on an input that is always 1. All matrices lie one after the other in `parameters`; `weights` and `biases` are
views of it. A leading axis of R runs turns the same code into R networks computed at once.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from nncore.checks import require_number, require_one_of, require_whole
from nncore.models.activations import ACTIVATIONS
from nncore.models.initializers import INITIALIZERS
from nncore.models.losses import LOSSES
from nncore.models.passes import BoundBatches, Workspace

Array = np.ndarray

OUTPUTS = ("identity", "sigmoid", "softmax", "tanh")


class Forward(NamedTuple):
    """What every layer computed: `z[k]` and `a[k]` are (N, n_k), or (R, N, n_k); `a[-1]` is the prediction."""

    z: list[Array]
    a: list[Array]


class Network:
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
        self.sizes = check_sizes(sizes)
        n_outputs = self.sizes[-1]
        self.activations = check_activations(activation, len(self.sizes) - 2)
        self.output = ("sigmoid" if n_outputs == 1 else "softmax") if output is None else output
        self.loss = "cross_entropy" if loss is None else loss
        check_output(self.output, self.loss, n_outputs)
        require_one_of("initializer", initializer, INITIALIZERS)
        self.initializer = initializer
        self.l1, self.l2 = require_number("l1", l1, 0), require_number("l2", l2, 0)
        self.seed, self.start = require_whole("seed", seed, 0), require_whole("start", start, 0)
        self.runs = None if runs is None else require_whole("runs", runs, 1)
        self.shapes = [(n_out, n_in + 1) for n_in, n_out in zip(self.sizes, self.sizes[1:], strict=False)]
        self.n_parameters = sum(rows * columns for rows, columns in self.shapes)
        self._parameters = self._initial_parameters()

    def _initial_parameters(self) -> Array:
        draw = INITIALIZERS[self.initializer].draw
        flat = np.zeros((self.runs or 1, self.n_parameters))
        for run, vector in enumerate(flat):
            rng = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(self.start + run,)))
            for matrix in self.matrices(vector):
                n_out, n_in = matrix.shape[0], matrix.shape[1] - 1
                matrix[:, :-1] = draw(rng, n_out, n_in)
        return flat if self.runs else flat[0]

    @property
    def parameters(self) -> Array:
        """All weights and biases, float64 (P,) or (R, P). Writing into it changes the network."""
        return self._parameters

    @parameters.setter
    def parameters(self, values: Array) -> None:
        self._parameters[...] = values

    def matrices(self, flat: Array | None = None) -> list[Array]:
        """Views (..., n_out, n_in + 1) of a flat vector (..., P), one a layer; the last column holds the biases."""
        flat = self._parameters if flat is None else flat
        views, begin = [], 0
        for rows, columns in self.shapes:
            view = flat[..., begin : begin + rows * columns]
            views.append(view.reshape(*flat.shape[:-1], rows, columns, copy=False))
            begin += rows * columns
        return views

    @property
    def weights(self) -> list[Array]:
        """Weight matrices, views (..., n_out, n_in): row i is what neuron i of the layer listens to."""
        return [matrix[..., :-1] for matrix in self.matrices()]

    @property
    def biases(self) -> list[Array]:
        """Bias vectors, views (..., n_out)."""
        return [matrix[..., -1] for matrix in self.matrices()]

    @property
    def weight_mask(self) -> Array:
        """1.0 where a parameter is a weight and 0.0 where it is a bias, (P,)."""
        mask = np.ones(self.n_parameters)
        for matrix in self.matrices(mask):
            matrix[:, -1] = 0.0
        return mask

    def forward(self, X: Array) -> Forward:
        """Pre-activations and activations of every layer for inputs X (N, D)."""
        workspace = self._workspace(X, keep_z=True)
        workspace.forward(with_bias_input(self._inputs(X)).T)
        return Forward(
            [np.ascontiguousarray(z.swapaxes(-1, -2)) for z in workspace.z],
            [np.ascontiguousarray(a.swapaxes(-1, -2)) for a in workspace.a],
        )

    def predict(self, X: Array) -> Array:
        """Outputs (N, K), or (R, N, K) with runs, for inputs X (N, D)."""
        workspace = self._workspace(X)
        workspace.forward(with_bias_input(self._inputs(X)).T)
        return workspace.a[-1].swapaxes(-1, -2)

    def data_loss(self, X: Array, y: Array) -> float | Array:
        """The loss on (X, y) without the L1 and L2 terms: a float, or (R,) with runs."""
        workspace = self._workspace(X, keep_z=True)
        workspace.forward(with_bias_input(self._inputs(X)).T)
        return _plain(workspace.loss(self._targets_for(X, y).T))

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float | Array, Array]:
        """The objective, data loss + l2/2 sum(w^2) + l1 sum(|w|), and its gradient, shaped like `parameters`."""
        inputs, targets = with_bias_input(self._inputs(X)).T, self._targets_for(X, y).T
        workspace = self._workspace(X, keep_z=True)
        workspace.forward(inputs)
        gradient = np.empty_like(self._parameters)
        workspace.backward(inputs, targets, self.matrices(gradient))
        loss = workspace.loss(targets) + self.penalty()
        return _plain(loss), gradient + self.penalty_gradient()

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
        return BoundBatches(self, with_bias_input(self._inputs(X)), self._targets_for(X, y), batch_size)

    def targets(self, y: Array) -> Array:
        """What the outputs should be, (N, K) floats, from labels or target values y.

        Integer labels become 0/1 (one-hot for K >= 2), or -1/+1 where the output is tanh. Raises ValueError for labels
        or shapes that do not fit K.
        """
        y, n_outputs = np.asarray(y), self.sizes[-1]
        if y.dtype.kind not in "iubf":
            raise ValueError(f"y must hold numbers, got {y.dtype}")
        if y.ndim not in (1, 2):
            raise ValueError(f"y must have shape (N,) or (N, {n_outputs}), got {y.shape}")
        if n_outputs > 1 and y.ndim == 1:
            return self._one_hot(y)
        targets = y.astype(float).reshape(len(y), -1)
        if targets.shape[1] != n_outputs:
            raise ValueError(f"y must have shape (N, {n_outputs}), got {y.shape}")
        if not np.isfinite(targets).all():
            raise ValueError("y must hold finite numbers, got nan or inf")
        are_labels = y.dtype.kind in "iub" and self.output == "tanh"
        if self.loss == "cross_entropy" and n_outputs > 1:
            _check_shares(targets)
        elif (self.loss == "cross_entropy" or are_labels) and not ((targets == 0) | (targets == 1)).all():
            raise ValueError(f"y must hold labels 0 and 1, got values from {targets.min():g} to {targets.max():g}")
        return 2.0 * targets - 1.0 if are_labels and n_outputs == 1 else targets

    def _targets_for(self, X: Array, y: Array) -> Array:
        """`targets(y)`, for as many examples as X has, at least one."""
        targets = self.targets(y)
        if len(targets) != len(X) or not len(X):
            raise ValueError(f"y must have as many rows as X, at least 1, got {len(targets)} and {len(X)}")
        return targets

    def _one_hot(self, labels: Array) -> Array:
        n_outputs = self.sizes[-1]
        if labels.size and not (np.equal(labels, np.floor(labels)) & (labels >= 0) & (labels < n_outputs)).all():
            raise ValueError(f"y must hold labels 0 to {n_outputs - 1}, got values {labels.min():g} to {labels.max():g}")
        low = -1.0 if self.output == "tanh" else 0.0
        targets = np.full((len(labels), n_outputs), low)
        targets[np.arange(len(labels)), labels.astype(int)] = 1.0
        return targets

    def _workspace(self, X: Array, keep_z: bool = False) -> Workspace:
        return Workspace(self, self.matrices(), len(X), keep_z)

    def _inputs(self, X: Array) -> Array:
        X = np.asarray(X)
        if X.dtype.kind not in "iubf":
            raise ValueError(f"X must hold numbers, got {X.dtype}")
        X = X.astype(float, copy=False)
        if X.ndim != 2 or X.shape[1] != self.sizes[0]:
            raise ValueError(f"X must have shape (N, {self.sizes[0]}), got {X.shape}")
        return X


def with_bias_input(X: Array) -> Array:
    """X (N, D) with a last column of ones (N, D + 1): the input on which the biases are weights."""
    return np.concatenate([X, np.ones((len(X), 1))], axis=1)


def _check_shares(targets: Array) -> None:
    """Raises ValueError unless every row (N, K) of targets for cross-entropy shares out 1 among the classes."""
    if (targets < 0).any() or not np.allclose(targets.sum(axis=1), 1.0):
        raise ValueError(f"y must hold rows of shares that sum to 1 for cross_entropy, got sums from "
                         f"{targets.sum(axis=1).min():g} to {targets.sum(axis=1).max():g}")  # fmt: skip


def _plain(loss: Array) -> float | Array:
    return loss if np.ndim(loss) else float(loss)


def check_sizes(sizes: Sequence[int]) -> tuple[int, ...]:
    """`sizes` as a tuple of ints, or a ValueError."""
    if isinstance(sizes, str) or not isinstance(sizes, Iterable) or len(sizes := tuple(sizes)) < 2:
        raise ValueError(f"sizes must name at least the inputs and the outputs, got {sizes!r}")
    return tuple(require_whole(f"sizes[{k}]", size, 1) for k, size in enumerate(sizes))


def check_activations(activation: str | Sequence[str], n_hidden: int) -> tuple[str, ...]:
    """One activation name per hidden layer, or a ValueError."""
    if not isinstance(activation, Iterable):
        raise ValueError(f"activation must be one name or {n_hidden} names, got {activation!r}")
    names = (activation,) * n_hidden if isinstance(activation, str) else tuple(activation)
    if len(names) != n_hidden:
        raise ValueError(f"activation must be one name or {n_hidden} names, got {len(names)}")
    for name in (activation,) if isinstance(activation, str) else names:
        require_one_of("activation", name, ACTIVATIONS)
    return names


def check_output(output: str, loss: str, n_outputs: int) -> None:
    """Raises ValueError unless output and loss go together for this many outputs."""
    require_one_of("output", output, OUTPUTS)
    require_one_of("loss", loss, LOSSES)
    partner = "sigmoid" if n_outputs == 1 else "softmax"
    if loss == "cross_entropy" and output != partner:
        raise ValueError(f"output must be {partner} with cross_entropy and {n_outputs} outputs, got {output!r}")
    if output == "softmax" and n_outputs == 1:
        raise ValueError("output softmax needs at least 2 outputs, got 1")
