"""Regions: parts of a picture, as a mask over its pixels.

A picture of `side` x `side` pixels is one row of side * side inputs, line by line. The middle of the pixel in column c
and row r, both counted from 0, is the point (c, r).
"""

import numpy as np

from nncore.arguments import array, checked, whole
from nncore.checks import require_whole

Array = np.ndarray


@checked(side=whole(1, 1000))
def region_mask(side: int, top: int, bottom: int, left: int, right: int) -> Array:
    """The pixels, True in (side * side,), of the rows `top` to `bottom` and columns `left` to `right`, ends included.

    Counted from 0. Raises ValueError for a region without a pixel.
    """
    for name, value in (("top", top), ("bottom", bottom), ("left", left), ("right", right)):
        require_whole(name, value, 0, side - 1)
    if bottom < top or right < left:
        raise ValueError(
            f"region must hold at least 1 pixel, got rows {top + 1} to {bottom + 1} and columns {left + 1} to {right + 1}"
        )
    mask = np.zeros((side, side), dtype=bool)
    mask[top : bottom + 1, left : right + 1] = True
    return mask.ravel()


@checked(side=whole(1, 1000), corners=array("n?", 2))
def polygon_mask(side: int, corners: Array) -> Array:
    """The pixels, True in (side * side,), whose middle lies inside the polygon with these corners (n, 2), x before y.

    By the even-odd rule: a point is inside if a ray from it crosses the edges an odd number of times. Raises ValueError
    for fewer than 3 corners and for a polygon around no pixel's middle.
    """
    corners = np.asarray(corners, dtype=float)
    if len(corners) < 3:
        raise ValueError(f"region must have at least 3 corners, got {len(corners)}")
    rows, columns = np.divmod(np.arange(side * side), side)
    x0, y0 = corners.T[:, :, None]
    x1, y1 = np.roll(corners, -1, axis=0).T[:, :, None]  # (n, 1): an edge goes from one corner to the next
    spans = (y0 > rows) != (y1 > rows)  # (n, side * side): edges that the row of a pixel's middle meets
    with np.errstate(divide="ignore", invalid="ignore"):
        meets = x0 + (rows - y0) / (y1 - y0) * (x1 - x0)
    mask = (spans & (columns < meets)).sum(axis=0) % 2 == 1
    if not mask.any():
        raise ValueError("region must hold the middle of at least 1 pixel, got a shape around none")
    return mask


@checked(corners=array("n?", 2), most=whole(1))
def fewer_corners(corners: Array, most: int) -> Array:
    """At most `most` of a polygon's corners (n, 2), evenly taken, so that a free-hand line takes few numbers."""
    corners = np.asarray(corners)
    if len(corners) <= most:
        return corners
    return corners[np.linspace(0, len(corners), most, endpoint=False).astype(int)]
