"""Slices of the loss, against `loss_and_gradient` at single points."""

import numpy as np
import pytest

from nncore import Network
from nncore.many_starts.landscapes.rolling import Balls
from nncore.many_starts.landscapes.table import LANDSCAPES
from nncore.many_starts.surface import (
    STACK,
    Slice,
    loss_surface,
    losses_at,
    plane_through,
    principal_slice,
    random_slice,
    shown_ranges,
    weight_slice,
)


@pytest.fixture
def data():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(40, 2))
    return X, (X[:, 0] > X[:, 1]).astype(int)


@pytest.mark.parametrize("settings", [{}, {"l2": 0.1, "l1": 0.02}, {"activation": "relu"}])
def test_a_surface_agrees_with_loss_and_gradient(settings, data):
    single, stacked = Network((2, 5, 1), **settings), Network((2, 5, 1), runs=STACK, **settings)
    plane = random_slice(single.parameters.copy(), single.matrices, seed=3)
    x, y = np.linspace(-1, 1, 13), np.linspace(-2, 2, 9)  # 117 points: a last stack that is not full
    losses = loss_surface(stacked, plane, x, y, data)
    assert losses.shape == (9, 13)
    for row, column in ((0, 0), (8, 12), (4, 6), (2, 11)):
        single.parameters = plane.at(np.array([x[column], y[row]]))
        assert losses[row, column] == pytest.approx(single.loss_and_gradient(*data)[0], rel=1e-12)


def test_a_model_without_data_loss_is_served_too():
    land = LANDSCAPES["himmelblau"]
    points = land.random_points(30, seed=1)
    assert np.array_equal(losses_at(Balls(land, np.zeros((8, 2))), points, None, None), land.value(points))


def test_the_middle_of_a_slice_is_its_origin(data):
    network, stacked = Network((2, 4, 1)), Network((2, 4, 1), runs=STACK)
    plane = weight_slice(network.parameters.copy(), 0, 5, ("a", "b"))
    here = network.parameters[[0, 5]]
    middle = loss_surface(stacked, plane, here[:1], here[1:], data)
    assert middle[0, 0] == pytest.approx(network.loss_and_gradient(*data)[0])


def test_weight_slice_moves_two_numbers_alone():
    plane = weight_slice(np.arange(4.0), 1, 3, ("a", "b"))
    assert np.array_equal(plane.at(np.array([10.0, 20.0])), [0, 10, 2, 20])
    assert plane.project(np.array([5.0, 6.0, 7.0, 8.0])) == pytest.approx([6, 8])  # the weights themselves
    with pytest.raises(ValueError, match="second must be another parameter than the first, got 2 twice"):
        weight_slice(np.zeros(4), 2, 2, ("a", "a"))


def test_random_directions_are_as_long_as_the_neurons_rows():
    network = Network((3, 6, 2))
    network.parameters[...] = np.random.default_rng(1).normal(size=network.n_parameters)
    plane = random_slice(network.parameters, network.matrices)
    for direction in plane.directions:
        for drawn, rows in zip(network.matrices(direction), network.matrices(), strict=True):
            assert np.linalg.norm(drawn, axis=1) == pytest.approx(np.linalg.norm(rows, axis=1))


def test_principal_slice_finds_the_plane_of_a_path():
    steps = np.linspace(0, 1, 30)
    path = np.column_stack([steps * 5, np.sin(3 * steps), np.zeros(30), np.ones(30)])
    plane, shares = principal_slice(path, path[-1])
    assert shares.sum() == pytest.approx(1)
    assert plane.distance(path) == pytest.approx(np.zeros(30), abs=1e-9)
    assert plane.project(path[-1:]) == pytest.approx(np.zeros((1, 2)), abs=1e-9)


def test_a_path_spreads_around_its_mean_and_not_around_its_first_point():
    # The mean is (0, 3, 0): the squares add up to 16 + 16 along x and 9 + 1 + 1 + 1 along y. Seen from the first point,
    # y would have 16 + 16 + 16 and be the first direction.
    path = np.array([[0.0, 0.0, 0.0], [-4.0, 4.0, 0.0], [4.0, 4.0, 0.0], [0.0, 4.0, 0.0]])
    plane, shares = principal_slice(path, path[-1])
    assert np.abs(plane.directions) == pytest.approx(np.eye(3)[:2], abs=1e-12)
    assert shares == pytest.approx([32 / 44, 12 / 44])
    assert plane.names == ("path's direction 1 (73 %)", "path's direction 2 (27 %)")


@pytest.mark.parametrize("share, larger, smaller", [
    (0.0, "100 %", "0 %"), (1e-20, "100 %", "0 %"), (0.0004, "over 99 %", "below 1 %"), (0.37, "63 %", "37 %"),
])  # fmt: skip
def test_no_share_is_rounded_to_none_or_all(share, larger, smaller):
    path = np.array([[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]) * np.sqrt([1 - share, share])
    plane, shares = principal_slice(path, path[0])
    assert shares == pytest.approx([1 - share, share], abs=1e-12)
    assert plane.names == (f"path's direction 1 ({larger})", f"path's direction 2 ({smaller})")


def test_principal_slice_of_one_frame_is_still_a_plane():
    plane, shares = principal_slice(np.ones((1, 5)), np.ones(5))
    assert plane.directions.shape == (2, 5) and shares.tolist() == [0, 0]


def test_a_plane_through_three_points_holds_them():
    a, b, c = np.random.default_rng(2).normal(size=(3, 7))
    plane = plane_through(a, b, c)
    assert plane.distance(np.stack([a, b, c])) == pytest.approx(np.zeros(3), abs=1e-9)
    coordinates = plane.project(np.stack([a, b, c]))
    assert coordinates[0] == pytest.approx([0, 0], abs=1e-12)
    assert coordinates[1] == pytest.approx([np.linalg.norm(b - a), 0], abs=1e-12)
    assert coordinates[2, 1] > 0


def test_three_points_on_a_line_are_refused():
    with pytest.raises(ValueError, match="a, b and c must not lie on a line"):
        plane_through(np.zeros(3), np.ones(3), 2 * np.ones(3))


def test_projection_and_distance_by_hand():
    plane = Slice(np.zeros(3), np.array([[2.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), ("x", "y"))
    assert plane.project(np.array([4.0, 3.0, 7.0])) == pytest.approx([2.0, 3.0])
    assert plane.distance(np.array([4.0, 3.0, 7.0])) == pytest.approx(7.0)


def test_shown_ranges_leave_room_and_have_a_least_width():
    (x, y) = shown_ranges(np.array([[0.0, 1.0], [8.0, 1.0]]), least=0.5)
    assert x == (-2.0, 10.0) and y == (0.5, 1.5)
    (x, _) = shown_ranges(np.array([[0.0, 0.0], [0.5, 8.0]]), least=0.5)
    assert x == (-0.25, 0.75)  # room of a quarter, 0.125, would leave it too narrow
