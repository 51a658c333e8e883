"""L-BFGS: on a bowl whose minimum is known, and on Rosenbrock's valley."""

import numpy as np
import pytest

from nncore.training.lbfgs import descend


def finished(loss, start):
    """Where the descent ends, and how often the loss was asked for."""
    work, evaluations = descend(loss, np.array(start)), 0
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value, evaluations
        evaluations += 1


def test_the_minimum_of_a_long_bowl_is_found():
    curvatures = np.array([1.0, 100.0, 10_000.0])

    def bowl(x):
        return float(curvatures @ (x - 3.0) ** 2 / 2), curvatures * (x - 3.0)

    end, evaluations = finished(bowl, [0.0, 0.0, 0.0])
    assert end == pytest.approx([3.0, 3.0, 3.0], abs=1e-5)
    assert evaluations < 60  # steps of one size take 2 / 10,000 at most: tens of thousands


def test_the_minimum_of_rosenbrocks_valley_is_found():
    def valley(x):
        bend = x[1] - x[0] ** 2
        return (1 - x[0]) ** 2 + 100 * bend**2, np.array([-2 * (1 - x[0]) - 400 * x[0] * bend, 200 * bend])

    assert finished(valley, [-1.2, 1.0])[0] == pytest.approx([1.0, 1.0], abs=1e-5)


# From 0 the first step is 1 long and leads to the loss 1, where it would rise: half of it is the minimum.
def test_a_step_beyond_the_minimum_is_halved():
    asked = []

    def parabola(x):
        asked.append(x[0])
        return float(4 * (x[0] - 0.5) ** 2), 8 * (x - 0.5)

    assert finished(parabola, [0.0])[0] == pytest.approx([0.5])
    assert asked[:3] == [0.0, 1.0, 0.5]


def test_a_descent_ends_where_nothing_is_lower():
    def nowhere(x):
        return (0.0 if x[0] == 0 else float("nan")), np.array([1.0])

    assert finished(nowhere, [0.0])[0] == [0.0]
