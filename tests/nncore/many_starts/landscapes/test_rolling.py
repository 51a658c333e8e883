"""Balls on landscapes whose minima and basins are known."""

import numpy as np
import pytest

from nncore.inspection.gradcheck import check_gradient
from nncore.many_starts.landscapes.rolling import (
    NOWHERE,
    Balls,
    basins,
    caught_by,
    count_held,
    finds_best,
    held_by,
    last_places,
    passes_best,
    roll,
)
from nncore.many_starts.landscapes.table import LANDSCAPES
from nncore.training.optimizers import OPTIMIZERS

CASES = pytest.mark.parametrize("land", LANDSCAPES.values(), ids=lambda land: land.title)


@CASES
def test_the_slope_is_that_of_the_value(land):
    points, step = land.random_points(50, seed=1), 1e-6
    for axis in range(land.n_dimensions):
        shift = step * np.eye(land.n_dimensions)[axis]
        measured = (land.value(points + shift) - land.value(points - shift)) / (2 * step)
        assert land.gradient(points)[:, axis] == pytest.approx(measured, rel=1e-5, abs=1e-4)


@CASES
def test_minima_are_minima_the_lowest_first(land):
    assert np.abs(land.gradient(land.minima)).max() < 1e-5
    heights = land.value(land.minima)
    assert heights[0] <= heights.min() + 1e-9
    rng = np.random.default_rng(0)
    for _ in range(20):
        assert (land.value(land.minima + rng.normal(scale=1e-3, size=land.minima.shape)) > heights).all()


@pytest.mark.parametrize("name, count, best, height", [
    ("quartic", 2, 1, -5.44419), ("rastrigin1", 11, 1, 0.0), ("rastrigin2", 121, 1, 0.0), ("himmelblau", 4, 4, 0.0),
    ("camel", 6, 2, -1.031628), ("saddle", 2, 2, -0.25), ("rosenbrock", 1, 1, 0.0),
])  # fmt: skip
def test_minima_are_those_of_the_literature(name, count, best, height):
    land = LANDSCAPES[name]
    assert len(land.minima) == count and land.is_global.sum() == best
    assert land.value(land.minima[0]) == pytest.approx(height, abs=1e-5)


def test_one_step_by_hand():
    # L = x^4 - 4 x^2 + x at x = 1 has the slope 4 - 8 + 1 = -3.
    path = roll(LANDSCAPES["quartic"], np.array([[1.0]]), "sgd", 0.01, 1)
    assert path[:, 0, 0] == pytest.approx([1.0, 1.03])


def test_the_quartic_is_parted_at_its_hilltop():
    land = LANDSCAPES["quartic"]
    hilltop = np.sort(np.roots([4.0, 0.0, -8.0, 1.0]).real)[1]
    (x,), _ = land.grid(201)
    caught = basins(land, "sgd", 0.01, 2000, side=201)
    clear = np.abs(x - hilltop) > 0.02
    assert np.array_equal(caught[clear], np.where(x < hilltop, 0, 1)[clear])


def test_balls_are_counted_as_the_basins_say():
    land = LANDSCAPES["quartic"]
    starts = land.random_points(500, seed=3)
    hilltop = np.sort(np.roots([4.0, 0.0, -8.0, 1.0]).real)[1]
    found = held_by(land, last_places(land, starts, "sgd", 0.01, 2000))
    assert (found == 0).sum() == (starts[:, 0] < hilltop).sum()


def test_rastrigin_keeps_balls_in_the_dent_where_they_start():
    land = LANDSCAPES["rastrigin2"]
    near = land.minima + 0.2
    assert np.array_equal(held_by(land, last_places(land, near, "sgd", 0.001, 2000)), np.arange(121))


def test_himmelblaus_quarters_lead_to_their_minima():
    land = LANDSCAPES["himmelblau"]
    corners = np.array([[4.0, 4.0], [-4.0, 4.0], [-4.0, -4.0], [4.0, -4.0]])
    assert np.array_equal(held_by(land, last_places(land, corners, "sgd", 0.003, 2000)), [0, 1, 2, 3])


def test_a_ball_on_the_saddles_line_stays_on_it():
    land = LANDSCAPES["saddle"]
    places = last_places(land, np.array([[1.0, 0.0], [1.0, 1e-3]]), "sgd", 0.05, 1000)
    assert places[-1, 0] == pytest.approx([0.0, 0.0], abs=1e-9)
    assert held_by(land, places).tolist() == [NOWHERE, 0]


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_rolls_as_it_does_for_one_ball_alone(optimizer):
    land = LANDSCAPES["himmelblau"]
    starts = land.random_points(5, seed=2)
    together = roll(land, starts, optimizer, 0.003, 50)
    alone = np.concatenate([roll(land, starts[[k]], optimizer, 0.003, 50) for k in range(5)], axis=1)
    assert np.array_equal(together, alone)


def test_a_ball_that_flies_off_stops_at_its_last_finite_place_and_the_others_go_on():
    land = LANDSCAPES["quartic"]
    path = roll(land, np.array([[2.2], [-1.4]]), "sgd", 0.3, 60)
    assert np.isfinite(path).all()
    assert caught_by(land, path[-1])[0] == NOWHERE


def test_balls_pass_the_gradient_check():
    land = LANDSCAPES["camel"]
    ball = Balls(land, land.random_points(1, seed=5)[0])
    assert ball.loss_and_gradient(None, None)[1].shape == (2,)
    check_gradient(ball, np.zeros((1, 1)), np.zeros((1, 1)))


def test_a_best_minimum_is_found_near_it_alone():
    camel = LANDSCAPES["camel"]
    places = np.vstack([camel.minima, [[5.0, 5.0]]])
    assert finds_best(camel, np.stack([places] * 11)).tolist() == [True, True, False, False, False, False, False]


def test_a_ball_that_passes_by_is_not_held():
    camel = LANDSCAPES["camel"]
    path = np.tile(camel.minima[0], (11, 3, 1))
    path[0, 1] = path[5, 2] = camel.minima[1]  # ten steps ago, and five steps before the end, the ball was elsewhere
    assert held_by(camel, path).tolist() == [0, NOWHERE, NOWHERE] and caught_by(camel, path[-1]).tolist() == [0, 0, 0]
    assert finds_best(camel, path).tolist() == [True, False, False]
    assert passes_best(camel, path).tolist() == [False, True, True]
    assert held_by(camel, np.concatenate([path[:1] + 5, path])).tolist() == [0, NOWHERE, NOWHERE]


def test_a_dent_holds_a_ball_while_the_rate_times_the_curvature_is_below_two():
    land = LANDSCAPES["rastrigin1"]
    starts = land.random_points(500, seed=1)
    curvature = 2 + 40 * np.pi**2
    assert 0.004 * curvature < 2 < 0.01 * curvature < 4
    assert (held_by(land, last_places(land, starts, "sgd", 0.004, 500)) != NOWHERE).any()
    thrown = last_places(land, starts, "sgd", 0.01, 200)
    assert (held_by(land, thrown) == NOWHERE).all() and passes_best(land, thrown).sum() > 5


def test_last_places_are_the_end_of_the_roll():
    land = LANDSCAPES["himmelblau"]
    starts = land.random_points(4, seed=2)
    assert np.array_equal(last_places(land, starts, "momentum", 0.003, 50), roll(land, starts, "momentum", 0.003, 50)[-11:])


def test_balls_are_counted_where_they_pile_up():
    land = LANDSCAPES["quartic"]
    at = np.array([*land.minima, land.minima[1], [0.1]])  # one in the left valley, two in the right, one on the hilltop
    assert count_held(land, np.broadcast_to(at, (12, 4, 1))).tolist() == [1, 2, 1]
    passing = np.broadcast_to(at, (12, 4, 1)).copy()
    passing[5, 0] = 0.1  # it has not been there for ten steps
    assert count_held(land, passing).tolist() == [0, 2, 2]
