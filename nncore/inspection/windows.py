"""What a filter sees: one window at a time, and how far back the windows of windows reach.

Everything is said of one picture: the products at one place of any block, the largest of the four that pooling keeps, how
the last maps come to an answer, and what becomes of a map when the picture is moved.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, checked, each, kind_of, whole
from nncore.checks import require_array, require_whole
from nncore.handed_out import handed_out
from nncore.models.convolution.architecture import Block
from nncore.models.convolution.network import ConvNet
from nncore.models.convolution.windows import conv2d

Array = np.ndarray


@handed_out
class Window(NamedTuple):
    """One filter of a block at one place of one picture, number by number.

    `patch`, `weights` and `products` are (C, k, k), for the C maps that come into the block; z is their sum plus the
    `bias`, a the activation. `tile` (p, p) are the activations among which pooling takes the largest, at `winner` (row,
    column), from 0; None where no tile holds the place.
    """

    patch: Array
    weights: Array
    products: Array
    bias: float
    z: float
    a: float
    tile: Array | None
    winner: tuple[int, int] | None


@checked(model=kind_of(ConvNet), picture=array("C", "H", "W"))
def window_at(model: ConvNet, picture: Array, number: int, row: int, column: int, block: int = 0) -> Window:
    """The Window of filter `number` of a `block` at `row` and `column` of its map, all from 0.

    Raises ValueError for a filter, a place or a block that does not exist.
    """
    came, k = _into(model, picture, block)
    of = model.architecture.blocks[k]
    number = require_whole("number", number, 0, of.filters - 1)
    row, column = (require_whole(name, at, 0, side - 1)
                   for name, at, side in zip(("row", "column"), (row, column), of.shape[1:], strict=True))  # fmt: skip
    maps = model.forward(picture[None])
    padded = np.pad(came, ((0, 0), (of.padding,) * 2, (of.padding,) * 2))
    patch = padded[:, row : row + of.kernel, column : column + of.kernel]
    weights = model.filters[k][number].copy()
    answers, top, left = maps.a[k][0, number], row // of.pool * of.pool, column // of.pool * of.pool
    tile = answers[top : top + of.pool, left : left + of.pool]
    whole_tile = tile.shape == (of.pool, of.pool)
    winner = tuple(int(i) for i in np.unravel_index(tile.argmax(), tile.shape)) if whole_tile else None
    return Window(
        patch, weights, patch * weights, float(model.filter_biases[k][number]), float(maps.z[k][0, number, row, column]),
        float(answers[row, column]), tile if whole_tile else None, winner,
    )  # fmt: skip


@checked(model=kind_of(ConvNet), picture=array("C", "H", "W"))
def map_parts(model: ConvNet, picture: Array, number: int, block: int = 0) -> Array:
    """What filter `number` of a `block` makes of each map that comes in: (C, H, W), with which z is their sum plus the bias.

    Raises ValueError for a filter or a block that does not exist.
    """
    came, k = _into(model, picture, block)
    of = model.architecture.blocks[k]
    weights = model.filters[k][require_whole("number", number, 0, of.filters - 1)]
    return conv2d(came[:, None], weights[:, None], padding=of.padding).diagonal(axis1=0, axis2=1).transpose(2, 0, 1).copy()


def _into(model: ConvNet, picture: Array, block: int) -> tuple[Array, int]:
    """What comes into a block, (C, H, W), and the block's number, once both are checked."""
    _first_block(model)
    picture = require_array("picture", picture, *model.input_shape)
    k = require_whole("block", block, 0, len(model.architecture.blocks) - 1)
    return (model.forward(picture[None]).pooled[k - 1][0] if k else picture), k


@handed_out
class AnswerSum(NamedTuple):
    """One answer of the dense layer behind the last maps, number by number.

    `inputs`, `weights` and `products` are (F, H, W), shaped as the last maps; z is the sum of the products plus the `bias`.
    `sums` (K,) are the z of all answers and `shares` (K,) what the output makes of them.
    """

    inputs: Array
    weights: Array
    products: Array
    bias: float
    z: float
    sums: Array
    shares: Array


@checked(model=kind_of(ConvNet), picture=array("C", "H", "W"))
def answer_sum(model: ConvNet, picture: Array, answer: int) -> AnswerSum:
    """The AnswerSum of `answer`, from 0. Raises ValueError for a model with hidden layers behind its maps, or no maps."""
    picture, _ = _into(model, picture, 0)
    if len(model.weights) != 1:
        raise ValueError(f"model must have one dense layer, got {len(model.weights)}")
    answer = require_whole("answer", answer, 0, len(model.weights[0]) - 1)
    maps = model.forward(picture[None])
    inputs, sums = maps.pooled[-1][0], maps.dense_z[0][0]
    weights = model.weights[0][answer].reshape(inputs.shape).copy()
    return AnswerSum(inputs, weights, inputs * weights, float(model.biases[0][answer]), float(sums[answer]), sums,
                     maps.dense_a[0][0])  # fmt: skip


def _first_block(model: ConvNet) -> Block:
    if not model.architecture.blocks:
        raise ValueError("model must have at least one block, got none")
    return model.architecture.blocks[0]


@checked(blocks=each(each(whole(1), 3, 3)))
def receptive_fields(blocks: Sequence[tuple[int, int, int]]) -> list[int]:
    """The side, in pixels, of what one number sees of the picture: after each block's convolution, and after its pooling.

    Of blocks (filters, kernel, pool). Every layer adds (its window - 1) times the product of all strides before it.
    """
    sides, side, stride = [], 1, 1
    for _, kernel, pool in blocks:
        side += (kernel - 1) * stride
        sides.append(side)
        side += (pool - 1) * stride
        stride *= pool
        sides.append(side)
    return sides


@handed_out
class Field(NamedTuple):
    """What one number sees of the picture: a square of `side` pixels from `row` and `column` on, which may begin outside."""

    row: int
    column: int
    side: int


@checked(model=kind_of(ConvNet), row=whole(0), column=whole(0))
def fields_of(model: ConvNet, row: int, column: int) -> list[Field]:
    """What the numbers see that were made nearest to a pixel: one after each block's convolution, one after its pooling.

    Raises ValueError for a pixel beyond the picture, and for a model without blocks.
    """
    _, height, width = _first_block(model).shape
    require_whole("row", row, 0, height - 1)
    require_whole("column", column, 0, width - 1)
    fields, begin, stride = [], 0, 1  # of a map: the first pixel that its first number sees, and how far the next one is
    blocks = model.architecture.blocks
    sides = receptive_fields([(block.filters, block.kernel, block.pool) for block in blocks])
    for k, block in enumerate(blocks):
        begin -= block.padding * stride
        for side, shape, pool in ((sides[2 * k], block.map_shape, 1), (sides[2 * k + 1], block.pooled_shape, block.pool)):
            stride *= pool
            at = [min(place // stride, last - 1) for place, last in zip((row, column), shape[1:], strict=True)]
            fields.append(Field(*(begin + stride * index for index in at), side))
    return fields


@checked(pictures=array(..., "H", "W"), down=whole(-1000, 1000), right=whole(-1000, 1000))
def shifted(pictures: Array, down: int, right: int) -> Array:
    """Pictures (..., H, W) moved by so many pixels, negative ones up and to the left; what comes in is 0."""
    moved, (height, width) = np.zeros_like(pictures), pictures.shape[-2:]
    if abs(down) < height and abs(right) < width:
        to_rows, to_columns = _inside(down, height), _inside(right, width)
        from_rows, from_columns = _inside(-down, height), _inside(-right, width)
        moved[..., to_rows, to_columns] = pictures[..., from_rows, from_columns]
    return moved


def _inside(move: int, side: int) -> slice:
    """Where, on a `side`, what was moved by so much lies."""
    return slice(max(0, move), side + min(0, move))


@handed_out
class Equivariance(NamedTuple):
    """A map (H, W) of the moved picture, the moved map of the picture, and where they are equal (bool)."""

    of_moved: Array
    moved: Array
    equal: Array


@checked(model=kind_of(ConvNet), picture=array("C", "H", "W"), down=whole(-1000, 1000), right=whole(-1000, 1000))
def equivariance(model: ConvNet, picture: Array, number: int, down: int, right: int) -> Equivariance:
    """Whether filter `number` of the first block gives the moved map for the moved picture, place by place.

    It does wherever its window sees neither what was pushed out nor what stood at an edge, where there are zeros around.
    """
    number = require_whole("number", number, 0, _first_block(model).filters - 1)
    picture = require_array("picture", picture, *model.input_shape)
    one, other = (model.forward(each[None]).z[0][0, number] for each in (picture, shifted(picture, down, right)))
    moved = shifted(one, down, right)
    return Equivariance(other, moved, np.isclose(other, moved, rtol=0.0, atol=1e-12))
