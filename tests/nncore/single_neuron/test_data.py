import numpy as np
import pytest

from nncore.single_neuron.data import POINTS, make_points, points_for


@pytest.mark.parametrize("name", POINTS)
@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4])
def test_points_have_the_inputs_asked_for_and_the_same_draw_is_the_same(name, n_inputs):
    X, y = make_points(name, n_inputs, 3)
    assert X.shape == (len(y), n_inputs) and 1 <= len(y) <= 20
    assert np.isfinite(X).all()
    again, _ = make_points(name, n_inputs, 3)
    assert np.array_equal(X, again)


@pytest.mark.parametrize("name, answers", [("and", [0, 0, 0, 1]), ("or", [0, 1, 1, 1]), ("xor", [0, 1, 1, 0])])
def test_gates_answer_for_every_corner(name, answers):
    X, y = make_points(name, 2)
    assert X.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert y.tolist() == answers


@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4])
@pytest.mark.parametrize("draw", range(10))
def test_one_pair_of_groups_can_be_parted_and_the_other_cannot(n_inputs, draw):
    # The groups apart lie on the two sides of the plane that the diagonal crosses at 0.
    X, y = make_points("apart", n_inputs, draw)
    assert ((X.sum(axis=1) > 0) == (y == 1)).all()
    # Of the others each has two members with the origin between them.
    X, y = make_points("groups", n_inputs, draw)
    assert X[0] == pytest.approx(-0.5 * X[2]) and X[1] == pytest.approx(-0.5 * X[3])
    assert y[[0, 2]].tolist() == [0, 0] and y[[1, 3]].tolist() == [1, 1]


def test_the_outlier_is_one_value_of_the_line():
    (X, y), (same, moved) = make_points("line", 2), make_points("outlier", 2)
    assert np.array_equal(X, same)
    assert sorted(moved - y) == pytest.approx([-8.0, *[0.0] * 11])


def test_every_task_has_points():
    assert points_for("values")[0] == "line" and points_for("classes")[0] == "groups"
    assert set(points_for("values")) | set(points_for("classes")) == set(POINTS)


@pytest.mark.parametrize("arguments, words", [
    (("lines", 1), "name must be one of line, .*, got 'lines'"),
    (("line", 5), "n_inputs must be at most 4, got 5"),
    (("line", 1, -1), "draw must be at least 0, got -1"),
])  # fmt: skip
def test_points_that_cannot_be_are_refused(arguments, words):
    with pytest.raises(ValueError, match=words):
        make_points(*arguments)
