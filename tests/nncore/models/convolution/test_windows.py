"""Convolution and pooling by hand, and where their edges, ties and odd sizes go."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import conv2d, max_pool2d
from nncore.models.convolution.windows import add_windows, pool, pool_gradient, window_view

RAMP = np.arange(1.0, 10.0).reshape(1, 1, 3, 3)  # 1 2 3 / 4 5 6 / 7 8 9


def test_a_convolution_of_3_by_3_by_hand():
    # 1*1 + 2*2 + 4*3 + 5*4 = 37, and one step to the right 2*1 + 3*2 + 5*3 + 6*4 = 47: the filter is not turned over.
    answers = conv2d(RAMP, np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), np.array([0.5]))
    np.testing.assert_array_equal(answers, [[[[37.5, 47.5], [67.5, 77.5]]]])


def test_padding_brings_zeros_and_a_stride_leaves_places_out():
    ones = np.ones((1, 1, 3, 3))
    np.testing.assert_array_equal(conv2d(RAMP, ones, padding=1)[0, 0], [[12, 21, 16], [27, 45, 33], [24, 39, 28]])
    np.testing.assert_array_equal(conv2d(RAMP, ones, padding=1, stride=2)[0, 0], [[12, 16], [24, 28]])


def test_channels_are_added_up_and_every_filter_has_its_map():
    X = np.stack([RAMP[0, 0], 10 * RAMP[0, 0]])[None]
    weights = np.array([[[[1.0]], [[1.0]]], [[[1.0]], [[-1.0]]]])  # sum, and difference
    np.testing.assert_array_equal(conv2d(X, weights)[0], [11 * RAMP[0, 0], -9 * RAMP[0, 0]])


@settings(max_examples=30, deadline=None)
@given(
    st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(1, 3), st.integers(0, 2), st.integers(0, 4),
    st.integers(0, 4), st.integers(0, 1000),
)  # fmt: skip
def test_every_place_is_the_sum_of_products_of_its_window(channels, filters, kernel, stride, padding, more_h, more_w, seed):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(2, channels, kernel + more_h, kernel + more_w))
    weights = rng.normal(size=(filters, channels, kernel, kernel))
    answers = conv2d(X, weights, stride=stride, padding=padding)
    padded = np.pad(X, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    for place in np.ndindex(answers.shape[2:]):
        row, column = np.multiply(place, stride)
        window = padded[:, :, row : row + kernel, column : column + kernel]
        np.testing.assert_allclose(answers[:, :, *place], np.tensordot(window, weights, ([1, 2, 3], [1, 2, 3])), atol=1e-12)


def test_shifting_a_picture_shifts_its_map():
    picture = np.zeros((1, 1, 9, 9))
    picture[0, 0, 2:5, 3:6] = np.random.default_rng(0).normal(size=(3, 3))
    weights = np.random.default_rng(1).normal(size=(2, 1, 3, 3))
    moved = conv2d(np.roll(picture, (2, 1), (2, 3)), weights, padding=1)
    np.testing.assert_array_equal(moved, np.roll(conv2d(picture, weights, padding=1), (2, 1), (2, 3)))


def test_pooling_keeps_the_largest_of_each_tile_and_leaves_out_what_does_not_fill_one():
    X = np.arange(20.0).reshape(1, 1, 4, 5)
    np.testing.assert_array_equal(max_pool2d(X, 2), [[[[6, 8], [16, 18]]]])
    np.testing.assert_array_equal(max_pool2d(X, 1), X)


def test_where_numbers_tie_the_first_row_by_row_gets_the_gradient():
    pictures = np.array([[3.0, 3.0, 1.0], [3.0, 0.0, 1.0], [9.0, 9.0, 9.0]]).reshape(1, 3, 3, 1)
    gradient = np.empty_like(pictures)
    pool_gradient(pictures, pool(pictures, 2), np.array(5.0).reshape(1, 1, 1, 1), 2, gradient)
    np.testing.assert_array_equal(gradient[0, :, :, 0], [[5, 0, 0], [0, 0, 0], [0, 0, 0]])


@pytest.mark.parametrize("kernel", [1, 2, 3])
def test_windows_and_their_way_back_are_transposed_maps(kernel):
    # <window_view(x), c> = <x, add_windows(c)> for all x and c.
    rng = np.random.default_rng(2)
    x = rng.normal(size=(2, 5, 4, 3))
    windows = window_view(x, kernel)
    columns, back = rng.normal(size=windows.shape), np.zeros_like(x)
    add_windows(columns, back)
    assert np.vdot(windows, columns) == pytest.approx(np.vdot(x, back))
