"""Drawn shapes: each what its name says, and where it was asked for."""

import numpy as np
import pytest

from nncore.data.drawn_shapes import REACH, SHAPES, SIDE, draw_shapes, shape_picture


def test_shapes_of_two_pixels_by_hand():
    rows = np.array([[1, 0, 0, 0, 1], [0, 1, 0, 1, 0], [0, 0, 1, 0, 0], [0, 1, 0, 1, 0], [1, 0, 0, 0, 1]])
    assert np.array_equal(shape_picture("cross", 5, 6, 2, True)[3:8, 4:9], rows)
    assert np.array_equal(shape_picture("cross", 5, 6, 2, False)[3:8, 4:9], (np.indices((5, 5)) == 2).any(axis=0))
    ring = np.ones((3, 3))
    ring[1, 1] = 0
    assert np.array_equal(shape_picture("ring", 1, 1, 1, False)[:3, :3], ring)
    assert np.argwhere(shape_picture("ring", 5, 5, 1, True)).tolist() == [[4, 5], [5, 4], [5, 6], [6, 5]]
    assert np.argwhere(shape_picture("bar", 5, 5, 1, False)).tolist() == [[4, 5], [5, 5], [6, 5]]
    assert np.argwhere(shape_picture("bar", 5, 5, 1, True)).tolist() == [[5, 4], [5, 5], [5, 6]]


@pytest.mark.parametrize("shift", range(REACH + 1))
def test_shapes_lie_so_far_from_the_middle_and_no_stroke_is_cut_in_half(shift):
    X, y = draw_shapes(60, shift, shift, 0.0, np.random.default_rng(0))
    assert X.shape == (60, 1, SIDE, SIDE) and np.bincount(y).tolist() == [20] * len(SHAPES)
    for picture in X[:, 0]:
        rows, columns = np.nonzero(picture)
        middle = np.array([(rows.min() + rows.max()) / 2, (columns.min() + columns.max()) / 2])
        if rows.min() > 0 and columns.min() > 0 and max(rows.max(), columns.max()) < SIDE - 1:
            assert np.abs(middle - (SIDE - 1) // 2).max() == shift


def test_noise_has_its_deviation_and_the_same_draw_gives_the_same_pictures():
    clean, noisy, again = (draw_shapes(200, 0, 1, noise, np.random.default_rng(3))[0] for noise in (0.0, 0.2, 0.2))
    assert np.array_equal(noisy, again) and set(np.unique(clean)) == {0.0, 1.0}
    assert abs(float((noisy - clean).std()) - 0.2) < 0.005


def test_nearest_beyond_farthest_is_refused():
    with pytest.raises(ValueError, match="nearest must be at most farthest, 1, got 2"):
        draw_shapes(3, 2, 1, 0.0, np.random.default_rng(0))
