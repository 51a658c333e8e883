"""The convolutional network: filters that look everywhere, then dense layers that decide (LeCun et al., 1998).

A dense layer has a weight for every pixel; a filter has a few weights and uses them at every place. What it learns in one
corner it knows in all of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nncore.checks import require_array, require_number, require_one_of, require_whole
from nncore.models.convolution.architecture import make_conv_architecture
from nncore.models.convolution.passes import BoundPictures, ConvWorkspace
from nncore.models.initializers import INITIALIZERS, draw_filters
from nncore.models.parameters import FlatParameters
from nncore.models.targets import make_targets

Array = np.ndarray


class Maps(NamedTuple):
    """What every block and every dense layer computed for N pictures."""

    z: list[Array]  # per block (N, F, H, W): sums of products, with the bias
    a: list[Array]  # per block (N, F, H, W): after the activation
    pooled: list[Array]  # per block (N, F, H', W')
    dense_z: list[Array]  # per dense layer (N, n)
    dense_a: list[Array]  # per dense layer (N, n); the last is the prediction


class ConvNet(FlatParameters):
    """Blocks of convolution, activation and max pooling on pictures of `input_shape` (C, H, W), then dense layers.

    `blocks` are (filters, kernel, pool): a convolution of stride 1 and padding (kernel - 1) // 2 with an odd kernel, the
    activation, max pooling (1: none). The last maps, flattened in C order, feed dense layers of `hidden` neurons and
    `n_outputs`. `output` and `loss` default as `Network`'s do. `filters[k]` (F, C, k, k), `filter_biases[k]` (F,),
    `weights[k]` (n_out, n_in) and `biases[k]` (n_out,) are views of `parameters`. First weights are drawn with the fans of
    PyTorch: C k k inputs and F k k outputs of a filter. Raises ValueError for settings that do not make a network.
    """

    def __init__(
        self,
        input_shape: Sequence[int],
        blocks: Sequence[Sequence[int]],
        hidden: Sequence[int] = (),
        n_outputs: int = 10,
        activation: str = "relu",
        output: str | None = None,
        loss: str | None = None,
        initializer: str = "he_normal",
        l2: float = 0.0,
        seed: int = 0,
    ):
        architecture = make_conv_architecture(input_shape, blocks, hidden, n_outputs, activation, output, loss)
        require_one_of("initializer", initializer, INITIALIZERS)
        self.architecture, self.activation, self.initializer = architecture, activation, initializer
        self.input_shape = tuple(int(side) for side in input_shape)
        self.output, self.loss = architecture.tail.output, architecture.tail.loss
        self.l2, self.seed = require_number("l2", l2, 0), require_whole("seed", seed, 0)
        self.n_parameters = architecture.n_parameters
        super().__init__(self._initial_parameters())

    def _initial_parameters(self) -> Array:
        flat, entry = np.zeros(self.n_parameters), INITIALIZERS[self.initializer]
        rng = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(0,)))
        for block, matrix in zip(self.architecture.blocks, self.architecture.filter_matrices(flat), strict=True):
            matrix[:, :-1] = draw_filters(entry, rng, block.filters, block.shape[0], block.kernel)
        for matrix in self.architecture.dense_matrices(flat):
            matrix[:, :-1] = entry.draw(rng, matrix.shape[0], matrix.shape[1] - 1)
        return flat

    @property
    def filters(self) -> list[Array]:
        """The filters of each block, views (F, C, k, k)."""
        matrices = self.architecture.filter_matrices(self._parameters)
        return [matrix[:, :-1].reshape(block.filters, block.shape[0], block.kernel, block.kernel, copy=False)
                for block, matrix in zip(self.architecture.blocks, matrices, strict=True)]  # fmt: skip

    @property
    def filter_biases(self) -> list[Array]:
        """The biases of each block's filters, views (F,)."""
        return [matrix[:, -1] for matrix in self.architecture.filter_matrices(self._parameters)]

    @property
    def weights(self) -> list[Array]:
        """The dense layers' weight matrices, views (n_out, n_in)."""
        return [matrix[:, :-1] for matrix in self.architecture.dense_matrices(self._parameters)]

    @property
    def biases(self) -> list[Array]:
        """The dense layers' bias vectors, views (n_out,)."""
        return [matrix[:, -1] for matrix in self.architecture.dense_matrices(self._parameters)]

    def forward(self, X: Array) -> Maps:
        """What every layer computes for pictures X (N, C, H, W)."""
        work = self._passed(self._pictures(X), keep_z=True)
        by_picture = [[_picture_first(part) for part in (block.z, block.a, block.out)] for block in work.blocks]
        z, a, pooled = (list(parts) for parts in zip(*by_picture, strict=True)) if by_picture else ([], [], [])
        dense = work.dense
        return Maps(z, a, pooled, [np.ascontiguousarray(part.T) for part in dense.z],
                    [np.ascontiguousarray(part.T) for part in dense.a])  # fmt: skip

    def predict(self, X: Array) -> Array:
        """Outputs (N, K) for pictures X (N, C, H, W)."""
        return self._passed(self._pictures(X)).dense.a[-1].T

    def loss_and_gradient(self, X: Array, y: Array) -> tuple[float, Array]:
        """The objective, data loss + l2/2 sum(w^2) over the weights, biases left out, and its gradient (P,).

        X is (N, C, H, W); y are labels (N,), or target values (N,) or (N, K). Of parameters on the way to divergence the
        numbers overflow, to infinity or nan.
        """
        pictures = self._pictures(X)
        targets = self._targets(pictures, y)
        gradient = np.empty_like(self._parameters)
        work = ConvWorkspace(self.architecture, self._parameters, pictures.shape[-1], keep_z=True)
        with np.errstate(over="ignore", invalid="ignore"):
            work.forward(pictures)
            work.backward(targets, self.architecture.filter_matrices(gradient), self.architecture.dense_matrices(gradient))
            weights = self._parameters * self.architecture.weight_mask
            penalty = 0.5 * self.l2 * np.square(weights).sum() if self.l2 else 0.0
            return float(work.dense.loss(targets) + penalty), gradient + self.l2 * weights

    def data_loss(self, X: Array, y: Array) -> float:
        """The loss on pictures X (N, C, H, W) and y without the L2 term."""
        pictures = self._pictures(X)
        targets = self._targets(pictures, y)
        with np.errstate(over="ignore", invalid="ignore"):
            return float(self._passed(pictures, keep_z=True).dense.loss(targets))

    def bind(self, X: Array, y: Array, batch_size: int | None) -> BoundPictures:
        """The inner loop's form of this network on the training set X (N, C, H, W), y."""
        pictures = np.ascontiguousarray(self._pictures(X))
        examples = pictures, self._targets(pictures, y)
        return BoundPictures(self.architecture, self._parameters, self.l2, examples, batch_size)

    def _passed(self, pictures: Array, keep_z: bool = False) -> ConvWorkspace:
        work = ConvWorkspace(self.architecture, self._parameters, pictures.shape[-1], keep_z)
        with np.errstate(over="ignore", invalid="ignore"):
            work.forward(pictures)
        return work

    def _pictures(self, X: Array) -> Array:
        """X (N, C, H, W), checked, as a view (C, H, W, N)."""
        return require_array("X", X, "N", *self.input_shape).transpose(1, 2, 3, 0)

    def _targets(self, pictures: Array, y: Array) -> Array:
        """What the outputs should be, (K, N), one for each of the pictures (C, H, W, N)."""
        targets, n_samples = make_targets(self.architecture.tail, y), pictures.shape[-1]
        if len(targets) != n_samples:
            raise ValueError(f"y must have as many rows as X, got {len(targets)} and {n_samples}")
        return targets.T


def _picture_first(part: Array) -> Array:
    return np.ascontiguousarray(part.transpose(3, 0, 1, 2))
