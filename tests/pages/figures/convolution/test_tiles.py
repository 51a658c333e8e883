"""Tiles: square cells beside each other, each where it should be, and shares right with their whiskers."""

import numpy as np

from nncore.experiments.architectures import ShiftScore
from pages.parts.figures.convolution.shifts import shifts_figure
from pages.parts.figures.convolution.tiles import Frame, Tile, tiles_figure

PICTURE = np.arange(16.0).reshape(4, 4)


def test_a_pooled_map_is_drawn_as_large_as_its_map():
    figure = tiles_figure([Tile("map", PICTURE), Tile("pooled", PICTURE[:2, :2], size=2)], 200, False)
    large, small = (trace for trace in figure.data if trace.type == "heatmap")
    assert np.diff(large.x).tolist() == [1.0] * 3 and np.diff(small.x).tolist() == [2.0]
    assert large.x[-1] + 0.5 < small.x[0] - 1.0 and large.y[0] - 0.5 == small.y[0] - 1.0
    assert figure.layout.yaxis.scaleanchor == "x"


def test_a_frame_lies_around_its_cells_and_a_click_tells_the_cell():
    tile = Tile("picture", PICTURE, is_ink=True, frame=Frame(1, 2, 2))
    figure = tiles_figure([tile], 200, True, targets=True)
    frame, (heatmap, targets, _) = figure.layout.shapes[0], figure.data
    assert np.allclose([frame.x0, frame.x1, frame.y0, frame.y1], [2.0, 4.0, heatmap.y[1] - 0.5, heatmap.y[2] + 0.5])
    both = tiles_figure([tile, tile], 200, True, targets=True)
    assert [trace.customdata[0] for trace in both.data if trace.customdata is not None] == [0, 16]
    at = list(targets.customdata).index(6)  # row 1, column 2
    assert (targets.x[at], targets.y[at]) == (heatmap.x[2], heatmap.y[1])


def test_tiles_begin_a_new_row_and_their_names_stand_above_them():
    figure = tiles_figure([Tile(str(k), PICTURE) for k in range(5)], 200, False, 2)
    *maps, names = figure.data
    assert maps[0].x[0] == maps[2].x[0] == maps[4].x[0] and maps[0].y[0] == maps[1].y[0] < maps[2].y[0] < maps[4].y[0]
    assert list(names.text) == list("01234") and all(y < each.y[0] for y, each in zip(names.y, maps, strict=True))
    assert figure.layout.yaxis.range[0] > maps[4].y[-1]


def test_whiskers_reach_to_the_ends_of_the_intervals():
    scores = [ShiftScore(k, k < 1, 10, 0.9, (0.7, 0.95), 0.5, (0.25, 0.75)) for k in range(2)]
    filters, dense = shifts_figure(scores, 1 / 3, False).data
    assert np.allclose(filters.error_y.array, 0.05) and np.allclose(filters.error_y.arrayminus, 0.2)
    assert np.allclose(dense.error_y.array, 0.25) and filters.line.dash != dense.line.dash
