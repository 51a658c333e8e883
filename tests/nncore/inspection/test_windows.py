"""Windows: the numbers at one place, how far they reach, and maps of moved pictures."""

import numpy as np
import pytest

from nncore import ConvNet
from nncore.inspection.windows import (
    answer_sum,
    equivariance,
    fields_of,
    map_parts,
    receptive_fields,
    shifted,
    window_at,
)

PICTURE = np.arange(1.0, 26.0).reshape(1, 5, 5)


def net(*blocks):
    return ConvNet((1, 5, 5), blocks or ((2, 3, 2),), n_outputs=2, seed=1)


def test_a_window_by_hand():
    model = net()
    model.filters[0][1] = np.arange(9.0).reshape(1, 3, 3)
    model.filter_biases[0][1] = 0.5
    at = window_at(model, PICTURE, 1, 0, 0)
    # In the corner the padding gives zeros above and to the left: what is left are 1, 2 and, below, 6, 7.
    assert at.patch.tolist() == [[[0, 0, 0], [0, 1, 2], [0, 6, 7]]]
    assert at.products.tolist() == [[[0, 0, 0], [0, 4, 10], [0, 42, 56]]]
    assert at.z == at.a == 4 + 10 + 42 + 56 + 0.5
    assert at.winner == (1, 1) and at.tile[1, 1] == at.tile.max()


def test_the_numbers_of_a_window_are_those_of_the_network():
    model = ConvNet((2, 4, 6), ((3, 3, 2),), activation="tanh", n_outputs=2)
    picture = np.random.default_rng(0).normal(size=(2, 4, 6))
    maps = model.forward(picture[None])
    for row, column in np.ndindex(4, 6):
        at = window_at(model, picture, 2, row, column)
        assert np.isclose(at.products.sum() + at.bias, at.z) and at.z == maps.z[0][0, 2, row, column]
        assert at.tile[at.winner] == maps.pooled[0][0, 2, row // 2, column // 2]


def test_a_place_that_pooling_leaves_out_has_no_tile():
    at = window_at(net(), PICTURE, 0, 4, 4)
    assert at.tile is None and at.winner is None


def test_among_equal_numbers_the_first_wins():
    model = net()
    model.filters[0][0] = 0.0
    assert window_at(model, PICTURE, 0, 2, 3).winner == (0, 0)


def test_a_window_of_the_second_block_by_hand():
    model = ConvNet((1, 4, 4), ((2, 1, 2), (1, 3, 1)), activation="identity", n_outputs=2)
    model.parameters = np.zeros(model.n_parameters)
    # The first block gives the picture's pooled numbers, once as they are and once doubled: 6 8 / 14 16, and 12 16 / 28 32.
    model.filters[0][:, 0, 0, 0] = 1.0, 2.0
    model.filters[1][0, 0], model.filters[1][0, 1, 1, 1] = 1.0, -1.0
    model.filter_biases[1][0] = 0.5
    picture = np.arange(1.0, 17.0).reshape(1, 4, 4)
    at = window_at(model, picture, 0, 1, 1, block=1)
    assert at.patch.tolist() == [[[6, 8, 0], [14, 16, 0], [0, 0, 0]], [[12, 16, 0], [28, 32, 0], [0, 0, 0]]]
    assert at.products.sum(axis=(1, 2)).tolist() == [6 + 8 + 14 + 16, -32] and at.z == at.a == 44 - 32 + 0.5
    # All nine weights of the first map are 1: everywhere the whole of it is under the window.
    assert map_parts(model, picture, 0, block=1).tolist() == [[[44, 44], [44, 44]], [[-12, -16], [-28, -32]]]
    with pytest.raises(ValueError, match="block must be at most 1, got 2"):
        window_at(model, picture, 0, 0, 0, block=2)


def test_parts_add_up_to_every_map_and_the_last_maps_to_every_answer():
    model = ConvNet((2, 7, 6), ((3, 3, 2), (4, 5, 1)), activation="tanh", n_outputs=3, seed=2)
    picture = np.random.default_rng(1).normal(size=(2, 7, 6))
    maps = model.forward(picture[None])
    for block, number in ((0, 0), (0, 2), (1, 3)):
        total = map_parts(model, picture, number, block).sum(axis=0) + model.filter_biases[block][number]
        assert np.allclose(total, maps.z[block][0, number], rtol=0, atol=1e-12)
    for answer in range(3):
        found = answer_sum(model, picture, answer)
        assert found.inputs.shape == found.weights.shape == (4, 3, 3)
        assert found.products.sum() + found.bias == pytest.approx(found.z)
        assert found.z == found.sums[answer] == maps.dense_z[0][0, answer]
        assert found.shares == pytest.approx(np.exp(found.sums) / np.exp(found.sums).sum())


def test_receptive_fields_by_hand():
    assert receptive_fields(()) == []
    assert receptive_fields(((8, 3, 1),)) == [3, 3]
    # 3; pooling over 2: 3 + 1 = 4; a window of 3 steps of 2 pixels: 4 + 2 * 2 = 8; pooling over 3: 8 + 2 * 2 = 12.
    assert receptive_fields(((8, 3, 2), (8, 3, 3))) == [3, 4, 8, 12]


def test_a_receptive_field_is_what_a_number_depends_on():
    model, rng = ConvNet((1, 20, 20), ((2, 3, 2), (2, 5, 1)), activation="identity", n_outputs=2), np.random.default_rng(0)
    X = rng.normal(size=(1, 1, 20, 20))
    before, reached = model.forward(X).z[1][0, :, 5, 5], np.zeros((20, 20), dtype=bool)
    for row, column in np.ndindex(20, 20):
        changed = X.copy()
        changed[0, 0, row, column] += 100.0
        reached[row, column] = not np.array_equal(model.forward(changed).z[1][0, :, 5, 5], before)
    side = receptive_fields(((2, 3, 2), (2, 5, 1)))[2]
    assert reached.any(axis=0).sum() <= side and reached.any(axis=1).sum() <= side
    assert reached.any(axis=0).sum() >= side - 2  # one pixel at an edge may lose every comparison of the pooling


def test_the_fields_of_the_numbers_at_a_place_by_hand():
    # Convolution: 3 x 3 around the pixel. Its tile of pooling begins at 2 and reaches to 3, and with their windows 1 to 4.
    assert fields_of(net(), 2, 3) == [(1, 2, 3), (1, 1, 4)]
    assert fields_of(net(), 0, 4) == [(-1, 3, 3), (-1, 1, 4)]  # the last row and column are in no tile: the nearest one's
    # The second block's windows reach 2 pixels, one number of the first pooling, farther on each side.
    assert fields_of(net((2, 3, 2), (2, 3, 2)), 2, 2)[2:] == [(-1, -1, 8), (-3, -3, 10)]


def test_a_number_depends_on_nothing_outside_its_field():
    model = ConvNet((1, 20, 20), ((2, 3, 2), (2, 3, 2)), activation="tanh", n_outputs=2, seed=0)
    X, (row, column) = np.random.default_rng(0).normal(size=(1, 1, 20, 20)), (9, 12)
    made = model.forward(X)
    maps = made.a[0], made.pooled[0], made.a[1], made.pooled[1]
    for layer, (field, stride) in enumerate(zip(fields_of(model, row, column), (1, 2, 2, 4), strict=True)):
        outside = np.ones((20, 20), dtype=bool)
        outside[max(0, field.row) : field.row + field.side, max(0, field.column) : field.column + field.side] = False
        at = 0, slice(None), row // stride, column // stride
        for changes, stays in ((outside, True), (~outside, False)):
            changed = model.forward(np.where(changes, X + 1.0, X))
            after = (changed.a[0], changed.pooled[0], changed.a[1], changed.pooled[1])[layer]
            assert np.array_equal(after[at], maps[layer][at]) is stays


def test_a_moved_picture_by_hand():
    assert shifted(np.array([[1, 2], [3, 4.0]]), 1, 0).tolist() == [[0, 0], [1, 2]]
    assert shifted(np.array([[1, 2], [3, 4.0]]), 0, -1).tolist() == [[2, 0], [4, 0]]
    assert not shifted(np.ones((3, 2, 2)), 2, 0).any() and not shifted(np.ones((3, 2, 2)), 0, -9).any()
    assert np.array_equal(shifted(PICTURE, 0, 0), PICTURE)


def test_the_map_of_a_moved_picture_is_the_moved_map_but_at_the_edges():
    model, picture = net(), np.random.default_rng(0).normal(size=(1, 5, 5))
    found = equivariance(model, picture, 0, 1, 0)
    # Below, a row of the picture was pushed out, and above, the map has to tell what no window of the old picture saw.
    assert found.equal[1:4].all() and not found.equal[[0, 4]].any()
    blank = np.zeros((1, 5, 5))
    blank[0, 2, 2] = 1.0  # away from all edges nothing is pushed out, and nothing stands at one
    assert equivariance(model, blank, 0, 1, 0).equal.all()


def test_what_lies_outside_is_refused():
    with pytest.raises(ValueError, match="row must be at most 4, got 5"):
        window_at(net(), PICTURE, 0, 5, 0)
    with pytest.raises(ValueError, match="number must be at most 1, got 2"):
        equivariance(net(), PICTURE, 2, 0, 0)
