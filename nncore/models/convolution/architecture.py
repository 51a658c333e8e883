"""The architecture of a convolutional network: its blocks, the dense layers behind them, and where each matrix lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nncore.checks import items_of, require_whole, shown
from nncore.models.architecture import MOST_PARAMETERS, Architecture, make_architecture

Array = np.ndarray

LARGEST_SIZE = 10_000  # of a side, and of how many channels, filters, neurons or outputs there are


@dataclass(frozen=True)
class Block:
    """One convolution (stride 1, padding (kernel - 1) // 2), an activation, and max pooling over `pool` x `pool`.

    `shape` (C, H, W) goes in; `filters` maps of the same height and width come out, and then `pooled_shape`.
    """

    shape: tuple[int, int, int]
    filters: int
    kernel: int
    pool: int

    @property
    def padding(self) -> int:
        """How many zeros stand at each edge, so that height and width stay."""
        return (self.kernel - 1) // 2

    @property
    def window(self) -> int:
        """How many numbers one filter looks at, at one place: C * kernel * kernel."""
        return self.shape[0] * self.kernel**2

    @property
    def map_shape(self) -> tuple[int, int, int]:
        """The shape (F, H, W) of the feature maps before pooling."""
        return (self.filters, *self.shape[1:])

    @property
    def pooled_shape(self) -> tuple[int, int, int]:
        """The shape (F, H // pool, W // pool) of what comes out."""
        return (self.filters, *(side // self.pool for side in self.shape[1:]))


@dataclass(frozen=True)
class ConvArchitecture:
    """Blocks of convolution, then the dense layers `tail`, whose inputs are the last maps in C order."""

    blocks: tuple[Block, ...]
    activation: str
    tail: Architecture

    @cached_property
    def n_filter_parameters(self) -> int:
        """How many of the parameters belong to filters; they come first in the vector."""
        return sum(block.filters * (block.window + 1) for block in self.blocks)

    @property
    def n_parameters(self) -> int:
        """Number of all weights and biases, P."""
        return self.n_filter_parameters + self.tail.n_parameters

    @property
    def bytes_per_sample(self) -> int:
        """Memory that the network takes for one picture: windows, feature maps and what is made on the way, and the tail."""
        numbers = 0
        for block in self.blocks:
            channels, height, width = block.shape
            padded = channels * (height + 2 * block.padding) * (width + 2 * block.padding)
            at_a_place = 2 * block.window + 4 * block.filters  # there and back: windows, z, a, delta, slope
            numbers += 2 * padded + height * width * at_a_place + int(np.prod(block.pooled_shape))
        return 8 * numbers + self.tail.bytes_per_sample

    def filter_matrices(self, flat: Array) -> list[Array]:
        """Views (F, C * k * k + 1) of a flat vector (P,), one per block; the last column holds the biases."""
        views, begin = [], 0
        for block in self.blocks:
            size = block.filters * (block.window + 1)
            views.append(flat[begin : begin + size].reshape(block.filters, block.window + 1, copy=False))
            begin += size
        return views

    def dense_matrices(self, flat: Array) -> list[Array]:
        """Views (n_out, n_in + 1) of a flat vector (P,), one per dense layer; the last column holds the biases."""
        return self.tail.matrices(flat[self.n_filter_parameters :])

    @property
    def weight_mask(self) -> Array:
        """1.0 where a parameter is a weight and 0.0 where it is a bias, (P,)."""
        mask = np.ones(self.n_parameters)
        for matrix in (*self.filter_matrices(mask), *self.dense_matrices(mask)):
            matrix[:, -1] = 0.0
        return mask


def make_conv_architecture(
    input_shape: Sequence[int], blocks: Sequence[Sequence[int]], hidden: Sequence[int], n_outputs: int, activation: str,
    output: str | None, loss: str | None,
) -> ConvArchitecture:  # fmt: skip
    """The ConvArchitecture of these settings. Raises ValueError, with name, rule and value, for what is no network."""
    shape = _three("input_shape", input_shape, "(C, H, W)")
    made: list[Block] = []
    for k, entry in enumerate(_items("blocks", blocks)):
        filters, kernel, size = _three(f"blocks[{k}]", entry, "(filters, kernel, pool)")
        if kernel % 2 == 0:
            raise ValueError(f"blocks[{k}] must have an odd kernel, got {kernel}")
        shorter = min(shape[1:])
        if size > shorter:
            raise ValueError(f"blocks[{k}] must pool over at most {shorter} numbers, the shorter side there, got {size}")
        made.append(Block(shape, filters, kernel, size))
        shape = made[-1].pooled_shape
    hidden = tuple(require_whole(f"hidden[{k}]", size, 1, LARGEST_SIZE) for k, size in enumerate(_items("hidden", hidden)))
    n_outputs = require_whole("n_outputs", n_outputs, 1, LARGEST_SIZE)
    if not isinstance(activation, str):
        raise ValueError(f"activation must be one name, got {shown(activation)}")
    # A first layer that is not there checks the name, where no dense layer has an activation.
    make_architecture((1, 1, 1), activation, "identity", "mse", None)
    tail = make_architecture((int(np.prod(shape)), *hidden, n_outputs), activation, output, loss, None)
    architecture = ConvArchitecture(tuple(made), activation, tail)
    if architecture.n_parameters > MOST_PARAMETERS:
        raise ValueError(f"blocks must make at most {MOST_PARAMETERS:,} parameters, got {architecture.n_parameters:,}")
    return architecture


def _items(name: str, value: object) -> tuple:
    items = items_of(value, (1, 2))
    if items is None:
        raise ValueError(f"{name} must be a list, got {shown(value)}")
    return items


def _three(name: str, value: object, form: str) -> tuple[int, int, int]:
    numbers = _items(name, value)
    if len(numbers) != 3:
        raise ValueError(f"{name} must be {form}, got {shown(value)}")
    return tuple(require_whole(f"{name}[{k}]", number, 1, LARGEST_SIZE) for k, number in enumerate(numbers))
