"""Forward and backward passes of a convolutional network, in buffers that are made once for each size of batch."""

import numpy as np

from nncore.data.batching import BatchOrder
from nncore.models.activations import ACTIVATIONS
from nncore.models.convolution.architecture import Block, ConvArchitecture
from nncore.models.convolution.windows import add_windows, pool, pool_gradient, window_view
from nncore.models.passes import Workspace

Array = np.ndarray


class BlockWorkspace:
    """Buffers of one block for B pictures; `matrix` (F, C k k + 1) holds its filters and, last, their biases.

    After `forward`: `z` and `a` (F, H, W, B) before pooling, and `out` (F, H', W', B) after it.
    """

    def __init__(self, block: Block, activation: str, matrix: Array, n_samples: int, out: Array, keep_z: bool):
        channels, height, width = block.shape
        pad, kernel = block.padding, block.kernel
        self.block, self._matrix, self._activation = block, matrix, ACTIVATIONS[activation]
        padded = np.zeros((channels, height + 2 * pad, width + 2 * pad, n_samples))
        self.inside = padded[:, pad : pad + height, pad : pad + width]
        self._windows = window_view(padded, kernel)
        self._columns = np.ones((block.window + 1, height * width * n_samples))  # the last row, of ones, is for the biases
        self._window_columns = self._columns[:-1].reshape(channels, kernel, kernel, height, width, n_samples)
        shape = (*block.map_shape, n_samples)
        self.out, self.z = out, np.empty(shape)
        apart = keep_z or self._activation.needs_z
        self.a = (np.empty(shape) if apart else self.z) if block.pool > 1 else out
        if block.pool == 1 and not apart:
            self.z = out
        self._delta, self._slope = np.empty(shape), np.empty(shape)
        self._d_columns = np.empty((block.window, height * width * n_samples))
        self._d_padded = np.empty(padded.shape)
        self.d_inside = self._d_padded[:, pad : pad + height, pad : pad + width]

    def forward(self) -> None:
        """From what lies in `inside` (C, H, W, B) to `out`."""
        self._window_columns[...] = self._windows
        np.dot(self._matrix, self._columns, self.z.reshape(len(self._matrix), -1, copy=False))
        self._activation.value(self.z, self.a)
        if self.a is not self.out:
            pool(self.a, self.block.pool, self.out)

    def backward(self, d_out: Array, gradient: Array, to_inputs: bool) -> None:
        """From the gradient at `out` to that of the matrix, and `to_inputs` on to the block's inputs, in `d_inside`."""
        delta = self._delta
        if self.block.pool > 1:
            pool_gradient(self.a, self.out, d_out, self.block.pool, delta)
            delta *= self._activation.derivative(self.z, self.a, self._slope)
        else:
            np.multiply(d_out, self._activation.derivative(self.z, self.a, self._slope), delta)
        flat = delta.reshape(len(self._matrix), -1, copy=False)
        np.dot(flat, self._columns.T, gradient)
        if to_inputs:
            np.dot(self._matrix[:, :-1].T, flat, self._d_columns)
            self._d_padded[...] = 0.0
            add_windows(self._d_columns.reshape(self._window_columns.shape, copy=False), self._d_padded)


class ConvWorkspace:
    """Buffers for passes over B pictures with parameters `flat` (P,); `blocks` and `dense` hold what was computed."""

    def __init__(self, architecture: ConvArchitecture, flat: Array, n_samples: int, keep_z: bool = False):
        self._dense_matrices = architecture.dense_matrices(flat)
        self.dense = Workspace(architecture.tail, self._dense_matrices, n_samples, keep_z)
        n_features = architecture.tail.sizes[0]
        self.features = np.ones((n_features + 1, n_samples))  # the last maps in C order, and the constant 1
        self._d_features = np.empty((n_features + 1, n_samples))
        last = len(architecture.blocks) - 1
        self.blocks: list[BlockWorkspace] = []
        for k, (block, matrix) in enumerate(zip(architecture.blocks, architecture.filter_matrices(flat), strict=True)):
            shape = (*block.pooled_shape, n_samples)
            out = self.features[:-1].reshape(shape, copy=False) if k == last else np.empty(shape)
            self.blocks.append(BlockWorkspace(block, architecture.activation, matrix, n_samples, out, keep_z))

    def forward(self, pictures: Array) -> Array:
        """The outputs (K, B) for pictures (C, H, W, B)."""
        for block in self.blocks:
            block.inside[...] = pictures
            block.forward()
            pictures = block.out
        if not self.blocks:
            self.features[:-1] = pictures.reshape(len(self.features) - 1, -1)
        return self.dense.forward(self.features)

    def backward(self, targets: Array, filter_gradients: list[Array], dense_gradients: list[Array]) -> None:
        """Writes the data loss's gradient into views like the matrices, after a forward pass; targets are (K, B)."""
        self.dense.backward(self.features, targets, dense_gradients)
        if not self.blocks:
            return
        np.dot(self._dense_matrices[0].T, self.dense.first_delta, self._d_features)
        d_out = self._d_features[:-1].reshape(self.blocks[-1].out.shape, copy=False)
        for k in range(len(self.blocks) - 1, -1, -1):
            self.blocks[k].backward(d_out, filter_gradients[k], to_inputs=k > 0)
            d_out = self.blocks[k].d_inside


class BoundPictures(BatchOrder):
    """A ConvNet bound to a training set: buffers and views of the batches are made once.

    `parameters` (P,) are read at every update; `examples` are pictures (C, H, W, N) and targets (K, N).
    """

    def __init__(
        self, architecture: ConvArchitecture, parameters: Array, l2: float, examples: tuple[Array, Array],
        batch_size: int | None,
    ):  # fmt: skip
        self._pictures, self._targets = examples
        super().__init__(self._targets.shape[1], batch_size)
        self._parameters, self._gradient = parameters, np.empty_like(parameters)
        self._filter_gradients = architecture.filter_matrices(self._gradient)
        self._dense_gradients = architecture.dense_matrices(self._gradient)
        self._l2 = l2 * architecture.weight_mask if l2 else None
        sizes = {part.stop - part.start for part in self.slices}
        self._workspaces = {size: ConvWorkspace(architecture, parameters, size) for size in sizes}

    def gradient(self, update: int) -> Array:
        """The objective's gradient on batch `update`, in a buffer that the next call overwrites."""
        rows = self.rows(update)
        targets = self._targets[:, rows]
        workspace = self._workspaces[targets.shape[1]]
        workspace.forward(self._pictures[..., rows])
        workspace.backward(targets, self._filter_gradients, self._dense_gradients)
        if self._l2 is not None:
            self._gradient += self._l2 * self._parameters
        return self._gradient
