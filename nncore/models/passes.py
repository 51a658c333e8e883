"""Forward and backward passes: the one place where speed decides how the code is written.

At these sizes a NumPy call costs more than its arithmetic, so the passes make as few calls as they can and allocate
nothing: buffers and the list of what each step reads and writes are made once per batch size, biases ride along as one
more weight column, and arrays are feature-major, (neurons, samples), so that a layer's output is a contiguous block of
the next layer's input. With a leading axis of runs the same lines work on stacks of matrices.
"""

import math
from itertools import accumulate

import numpy as np

from nncore.data.batching import BatchOrder
from nncore.models.activations import ACTIVATIONS
from nncore.models.architecture import Architecture
from nncore.models.losses import LOSSES, softmax, softmax_backward

Array = np.ndarray

# The activations of a block of samples, 8 bytes each, that leave room for the rest in the cache of one core; and the fewest
# samples of a block, below which calls cost more than the cache saves.
NUMBERS_IN_CACHE, FEWEST_IN_BLOCK = 25_000, 256


class Workspace:
    """Buffers for passes of a network over batches of B samples, with parameters in `matrices`.

    After `forward`, `a[k]` holds the activations (..., n, B) of layer k, and `z[k]` the pre-activations with `keep_z`: of
    all layers for True, of the output alone for "output"; after `backward`, `first_delta` the loss's gradient at the first
    layer's pre-activations.
    """

    def __init__(self, architecture: Architecture, matrices: list[Array], n_samples: int, keep_z: bool | str = False):
        runs = () if architecture.runs is None else (architecture.runs,)
        # For single matrices dot costs half of matmul; for stacks matmul is the fast one.
        self._multiply = np.dot if architecture.runs is None else np.matmul
        self._hidden = [ACTIVATIONS[name] for name in architecture.activations]
        self._output = ACTIVATIONS.get(architecture.output)  # None is softmax, whose slope is a matrix
        self._loss = LOSSES[architecture.loss]
        # One row more than neurons, for the constant 1 on which the next layer's biases are weights.
        shapes = [(*runs, size + 1, n_samples) for size in architecture.sizes[1:-1]]
        a_block, self._padded = _buffers(shapes)
        # An activation whose slope follows from a alone may overwrite z in place.
        apart = keep_z is True or any(activation.needs_z for activation in self._hidden)
        z_block, z_padded = _buffers(shapes) if apart else (a_block, self._padded)
        slope_block, self._slope = _buffers(shapes, ones=False)  # written as a whole before it is read
        self._slope_steps = self._plan_slopes((z_block, a_block, slope_block), (z_padded, self._padded, self._slope))
        self._output_delta, self._output_slope, output_a, output_z = np.empty((4, *runs, architecture.sizes[-1], n_samples))
        self.a = [*(padded[..., :-1, :] for padded in self._padded), output_a]
        self.z = [*(padded[..., :-1, :] for padded in z_padded), output_z if keep_z else output_a]
        values = [*(layer.value for layer in self._hidden), self._output.value if self._output else softmax]
        self._forward_steps = list(zip(matrices, self.z, values, self.a, [*self._padded, None], strict=True))
        self._backward_steps = self._plan_backward(matrices)

    def _plan_slopes(self, blocks: tuple[Array, ...], layers: tuple[list[Array], ...]) -> list[tuple]:
        """What `backward` calls for the slopes: once for all layers where they share an activation, else once each."""
        if len(set(self._hidden)) == 1:
            return [(self._hidden[0].derivative, *blocks)]
        return list(zip([layer.derivative for layer in self._hidden], *layers, strict=True))

    def _plan_backward(self, matrices: list[Array]) -> list[tuple]:
        """From the last layer to the second, what each step of `backward` reads and where it writes."""
        steps = []
        for k in range(len(self._hidden), 0, -1):
            transposed = matrices[k].swapaxes(-1, -2), self._padded[k - 1].swapaxes(-1, -2)
            # The biases' row is computed too and then dropped: dot hands BLAS a whole matrix as is, but copies a part.
            delta = np.empty(self._padded[k - 1].shape)
            steps.append((k, *transposed, self._slope[k - 1], delta, delta[..., :-1, :]))
        return steps

    def forward(self, inputs: Array) -> Array:
        """The outputs (..., K, B) for inputs (D + 1, B), whose last row is ones; fills `a`, and `z` if kept.

        With runs the inputs may be (R, D + 1, B), each run's own, and so may those of `backward` and the targets.
        """
        multiply, source = self._multiply, inputs
        for matrix, z, value, a, padded in self._forward_steps:
            multiply(matrix, source, z)
            value(z, a)
            source = padded
        return a

    def loss(self, targets: Array) -> Array:
        """The data loss, () or (R,), of the last forward pass, which must have kept z; targets are (K, B)."""
        return self._loss.value(self.z[-1], self.a[-1], targets)

    def backward(self, inputs: Array, targets: Array, gradients: list[Array]) -> None:
        """Writes the data loss's gradient into `gradients` (views like the matrices), after a forward pass."""
        multiply, elementwise = self._multiply, np.multiply
        for derivative, z, a, slope in self._slope_steps:
            derivative(z, a, slope)
        delta = self._delta_at_output(targets)
        for k, matrix, source, slope, padded_delta, next_delta in self._backward_steps:
            multiply(delta, source, gradients[k])
            multiply(matrix, delta, padded_delta)
            elementwise(padded_delta, slope, padded_delta)
            delta = next_delta
        multiply(delta, inputs.mT, gradients[0])
        self.first_delta = delta

    def _delta_at_output(self, targets: Array) -> Array:
        z, a, delta = self.z[-1], self.a[-1], self._output_delta
        self._loss.gradient(z, a, targets, delta)
        if self._loss.at_pre_activation:
            return delta
        if self._output is None:
            delta[...] = softmax_backward(a, delta)
            return delta
        return np.multiply(delta, self._output.derivative(z, a, self._output_slope), delta)


def _buffers(shapes: list[tuple[int, ...]], ones: bool = True) -> tuple[Array, list[Array]]:
    """One flat array, and views of these shapes (..., n + 1, B) that share it out, with `ones` in the last rows."""
    ends = list(accumulate(math.prod(shape) for shape in shapes))
    flat = np.empty(ends[-1] if ends else 0)
    layers = [part.reshape(shape) for part, shape in zip(np.split(flat, ends[:-1]), shapes, strict=False)]
    for layer in layers if ones else ():
        layer[..., -1, :] = 1.0
    return flat, layers


def with_bias_input(X: Array) -> Array:
    """X (..., N, D) with a last column of ones (..., N, D + 1): the input on which the biases are weights."""
    return np.concatenate([X, np.ones((*X.shape[:-1], 1))], axis=-1)


def predict_in_blocks(architecture: Architecture, matrices: list[Array], inputs: Array) -> Array:
    """The outputs (..., N, K) for inputs (N, D + 1), in blocks of samples that the processor's cache can hold."""
    runs = () if architecture.runs is None else (architecture.runs,)
    neurons = (architecture.runs or 1) * sum(size + 1 for size in architecture.sizes[1:])
    n_samples, block = len(inputs), max(FEWEST_IN_BLOCK, NUMBERS_IN_CACHE // neurons)
    outputs, workspace = np.empty((*runs, architecture.sizes[-1], n_samples)), None
    with np.errstate(over="ignore", invalid="ignore"):
        for begin in range(0, n_samples, block) or [0]:
            part = inputs[begin : begin + block]
            if begin == 0 or len(part) < block:
                workspace = Workspace(architecture, matrices, len(part))
            outputs[..., begin : begin + block] = workspace.forward(part.T)
    return outputs.swapaxes(-1, -2)


class BoundBatches(BatchOrder):
    """A network bound to a training set: per epoch one reordering, per update one gradient, no allocation.

    `parameters` (..., P) are read at every update; `penalties` are l1 and l2; `examples` are inputs (N, D + 1), with a last
    column of ones, and targets (N, K).
    """

    def __init__(
        self,
        architecture: Architecture,
        parameters: Array,
        penalties: tuple[float, float],
        examples: tuple[Array, Array],
        batch_size: int | None,
    ):
        inputs, targets = self._inputs, self._targets = examples
        super().__init__(len(inputs), batch_size)
        self._ordered_inputs, self._ordered_targets = inputs.copy(), targets.copy()
        self._parameters, self._gradient = parameters, np.empty_like(parameters)
        self._gradients = architecture.matrices(self._gradient)
        mask = architecture.weight_mask
        self._l1, self._l2 = (share * mask if share else None for share in penalties)
        self._penalty = np.empty_like(parameters)
        matrices, workspaces = architecture.matrices(parameters), {}
        self._slots = []
        for part in self.slices:
            size = part.stop - part.start
            if size not in workspaces:
                workspaces[size] = Workspace(architecture, matrices, size)
            self._slots.append((workspaces[size], self._ordered_inputs[part].T, self._ordered_targets[part].T))
    def start_epoch(self, order: Array | None) -> None:
        """Reorders the samples for one epoch by `order` (N,); None keeps them as they are."""
        if order is not None:
            self.order = order
            # mode="clip" lets take write straight into `out`; a permutation has nothing to clip.
            np.take(self._inputs, order, 0, self._ordered_inputs, "clip")
            np.take(self._targets, order, 0, self._ordered_targets, "clip")

    def gradient(self, update: int) -> Array:
        """The objective's gradient on batch `update`, in a buffer that the next call overwrites."""
        workspace, inputs, targets = self._slots[update]
        workspace.forward(inputs)
        workspace.backward(inputs, targets, self._gradients)
        if self._l2 is not None:
            np.multiply(self._l2, self._parameters, self._penalty)
            np.add(self._gradient, self._penalty, self._gradient)
        if self._l1 is not None:
            np.sign(self._parameters, self._penalty)
            np.multiply(self._l1, self._penalty, self._penalty)
            np.add(self._gradient, self._penalty, self._gradient)
        return self._gradient
