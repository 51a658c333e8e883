"""Regions of a picture: rectangles and polygons, by hand."""

import numpy as np
import pytest

from nncore.inspection.pixel_masks import fewer_corners, polygon_mask, region_mask


def test_a_region_by_hand():
    assert region_mask(3, 0, 1, 2, 2).reshape(3, 3).tolist() == [[False, False, True], [False, False, True], [False] * 3]


@pytest.mark.parametrize("ends, message", [
    ((2, 1, 0, 2), "region must hold at least 1 pixel, got rows 3 to 2 and columns 1 to 3"),
    ((0, 3, 0, 2), "bottom must be at most 2, got 3"),
])  # fmt: skip
def test_a_region_without_a_pixel_is_refused(ends, message):
    with pytest.raises(ValueError, match=message):
        region_mask(3, *ends)


def picture(mask: np.ndarray) -> list[str]:
    side = round(len(mask) ** 0.5)
    return ["".join(".#"[inside] for inside in row) for row in mask.reshape(side, side).astype(int)]


def test_a_triangle_holds_the_pixels_whose_middle_is_inside():
    # Below the line from (-0.5, -0.5) to (3.5, 3.5): in row r, the columns up to r.
    corners = np.array([[-0.6, -0.5], [3.4, 3.5], [-0.6, 3.5]])
    assert picture(polygon_mask(4, corners)) == ["....", "#...", "##..", "###."]
    assert picture(polygon_mask(4, corners[::-1])) == picture(polygon_mask(4, corners))


def test_a_hollow_shape_leaves_its_hole_out():
    # A U: two legs and a bar below.
    u = [[-0.4, -0.4], [0.4, -0.4], [0.4, 1.4], [1.6, 1.4], [1.6, -0.4], [2.4, -0.4], [2.4, 2.4], [-0.4, 2.4]]
    assert picture(polygon_mask(3, np.array(u))) == ["#.#", "#.#", "###"]


def test_a_box_drawn_as_a_polygon_is_that_box():
    corners = np.array([[0.5, -0.5], [2.5, -0.5], [2.5, 1.5], [0.5, 1.5]])
    assert polygon_mask(5, corners).tolist() == region_mask(5, 0, 1, 1, 2).tolist()


@pytest.mark.parametrize("corners, message", [
    ([[0, 0], [1, 1]], "at least 3 corners, got 2"),
    ([[0.1, 0.1], [0.9, 0.1], [0.5, 0.9]], "the middle of at least 1 pixel"),
    ([[9, 9], [12, 9], [12, 12]], "the middle of at least 1 pixel"),
])  # fmt: skip
def test_a_polygon_around_nothing_is_refused(corners, message):
    with pytest.raises(ValueError, match=message):
        polygon_mask(4, np.array(corners))


def test_a_long_line_keeps_a_few_of_its_corners_evenly():
    corners = np.arange(20.0).reshape(10, 2)
    assert fewer_corners(corners, 5)[:, 0].tolist() == [0, 4, 8, 12, 16]
    assert fewer_corners(corners, 10) is corners


def test_a_circle_of_few_corners_covers_nearly_what_the_whole_line_covers():
    angles = np.linspace(0, 2 * np.pi, 400, endpoint=False)
    circle = 13.5 + 10 * np.column_stack([np.cos(angles), np.sin(angles)])
    whole, few = polygon_mask(28, circle), polygon_mask(28, fewer_corners(circle, 24))
    distance = np.hypot(*(np.array(np.divmod(np.arange(784), 28)) - 13.5))
    assert (whole == (distance < 10)).all()
    assert (whole ^ few).sum() <= 0.05 * whole.sum()
