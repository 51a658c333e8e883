import numpy as np
import pytest

from nncore import INITIALIZERS, Network

# For 8 inputs and 24 outputs: xavier sqrt(2/32) = 0.25, he sqrt(2/8) = 0.5, lecun sqrt(1/8),
# uniform 1/sqrt(12), orthogonal: 8 unit columns of 24 numbers each, sqrt(1/24).
DEVIATIONS = {
    "zeros": 0.0, "ones": 0.0, "small_normal": 0.01, "normal": 1.0, "uniform": 12**-0.5,
    "xavier_uniform": 0.25, "xavier_normal": 0.25, "he_uniform": 0.5, "he_normal": 0.5,
    "lecun_normal": 8**-0.5, "orthogonal": 24**-0.5,
}  # fmt: skip


def draw(name, n_out, n_in, seed=0):
    return INITIALIZERS[name].draw(np.random.default_rng(seed), n_out, n_in)


def test_every_initializer_has_a_hand_worked_deviation():
    assert set(DEVIATIONS) == set(INITIALIZERS)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_deviation_by_hand(name):
    assert INITIALIZERS[name].deviation(8, 24) == pytest.approx(DEVIATIONS[name])


@pytest.mark.parametrize("name", INITIALIZERS)
def test_draws_have_the_shape_and_the_deviation_promised(name):
    weights = draw(name, 300, 200)
    assert weights.shape == (300, 200)
    # 60,000 draws: the estimate of a deviation is off by about s / sqrt(120,000) = 0.3 %.
    assert weights.std() == pytest.approx(INITIALIZERS[name].deviation(200, 300), rel=0.015)


@pytest.mark.parametrize("name", [name for name in INITIALIZERS if name not in ("ones", "zeros")])
def test_draws_centre_on_zero_and_follow_the_generator_alone(name):
    weights = draw(name, 300, 200)
    assert abs(weights.mean()) < 5 * weights.std() / 60_000**0.5
    assert np.array_equal(weights, draw(name, 300, 200))
    assert not np.array_equal(weights, draw(name, 300, 200, seed=1))


@pytest.mark.parametrize("name, limit", [("uniform", 0.5), ("xavier_uniform", 3**0.5 / 4), ("he_uniform", 3**0.5 / 2)])
def test_uniform_forms_fill_their_interval(name, limit):
    # Within sqrt(3) deviations: sqrt(3) * 0.25 and sqrt(3) * 0.5 for 8 inputs and 24 outputs.
    rng = np.random.default_rng(0)
    largest = max(np.abs(INITIALIZERS[name].draw(rng, 24, 8)).max() for _ in range(50))
    assert 0.99 * limit < largest <= limit


@pytest.mark.parametrize("name, value", [("zeros", 0.0), ("ones", 1.0)])
def test_constants(name, value):
    assert (draw(name, 3, 2) == value).all()


@pytest.mark.parametrize("n_out, n_in", [(5, 3), (3, 5), (4, 4), (1, 6), (6, 1)])
def test_orthogonal_has_orthonormal_rows_or_columns(n_out, n_in):
    weights = draw("orthogonal", n_out, n_in)
    product = weights.T @ weights if n_out >= n_in else weights @ weights.T
    assert product == pytest.approx(np.eye(min(n_out, n_in)), abs=1e-12)


@pytest.mark.parametrize("n_out, n_in", [(1, 1), (4, 4), (5, 2), (2, 5)])
def test_orthogonal_draws_every_sign_as_often_as_the_other(n_out, n_in):
    # Uniform over orthogonal matrices: of 400 draws half, give or take 10, have a positive number in any one place.
    # The factor Q alone has its diagonal always on the same side.
    rng = np.random.default_rng(0)
    positive = np.mean([INITIALIZERS["orthogonal"].draw(rng, n_out, n_in) > 0 for _ in range(400)], axis=0)
    assert np.abs(positive - 0.5).max() < 0.11  # more than 4 deviations


@pytest.mark.parametrize("name", INITIALIZERS)
def test_biases_start_at_zero(name):
    assert all((biases == 0).all() for biases in Network((3, 4, 2), initializer=name).biases)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_an_entry_s_constant_is_every_weight(name):
    weights, entry = draw(name, 5, 4), INITIALIZERS[name]
    assert (weights == entry.constant).all() if entry.constant is not None else len(np.unique(weights)) > 1
    assert (entry.constant is not None) == (entry.deviation(4, 5) == 0)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_those_that_saturate_drive_a_wide_tanh_to_its_ends(name):
    X = np.random.default_rng(0).normal(size=(50, 100))
    a = Network((100, 100, 1), "tanh", initializer=name).forward(X).a[0]
    assert ((np.abs(a) > 0.98).mean() > 0.5) == INITIALIZERS[name].saturates
