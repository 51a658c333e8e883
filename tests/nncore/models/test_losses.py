import numpy as np
import pytest

from nncore import LOSSES
from nncore.models.losses import softmax, softmax_backward

LN2, LN3 = np.log(2.0), np.log(3.0)

# Name, z, a, target as (K, N), then the loss and its gradient.
BY_HAND = [
    # (1^2 + 2^2) / 2 = 2.5; slopes 2 (1, 2) / 2
    ("mse", None, [[1, 3]], [[0, 1]], 2.5, [[1, 2]]),
    # Two outputs, two samples: (1 + 4 + 0 + 9) / 4 = 3.5; slopes 2 (1, 2, 0, -3) / 4
    ("mse", None, [[1, 3], [2, 0]], [[0, 1], [2, 3]], 3.5, [[0.5, 1], [0, -1.5]]),
    # (1 + 2 + 0 + 3) / 4 = 1.5; slopes sign / 4
    ("mae", None, [[1, 3], [2, 0]], [[0, 1], [2, 3]], 1.5, [[0.25, 0.25], [0, -0.25]]),
    # 0.5 * 0.5^2 = 0.125 inside, 2 - 0.5 = 1.5 and 3 - 0.5 = 2.5 outside, 0.5 at the joint: 4.625 / 4
    ("huber", None, [[0.5, 3], [1, 0]], [[0, 1], [2, 3]], 1.15625, [[0.125, 0.25], [-0.25, -0.25]]),
    # p = 1/2 and 3/4 with labels 1 and 0: (ln 2 + ln 4) / 2 = 1.5 ln 2; slopes (p - y) / 2
    ("cross_entropy", [[0, LN3]], [[0.5, 0.75]], [[1, 0]], 1.5 * LN2, [[-0.25, 0.375]]),
    # One sample of three classes, p = (1/4, 1/4, 1/2), label 2: ln 2
    ("cross_entropy", [[0], [0], [LN2]], [[0.25], [0.25], [0.5]], [[0], [0], [1]], LN2, [[0.25], [0.25], [-0.5]]),
]


@pytest.mark.parametrize("name, z, a, target, value, gradient", BY_HAND)
def test_value_and_gradient_by_hand(name, z, a, target, value, gradient):
    a, target = np.array(a, dtype=float), np.array(target, dtype=float)
    z = a if z is None else np.array(z, dtype=float)
    assert LOSSES[name].value(z, a, target) == pytest.approx(value)
    assert LOSSES[name].gradient(z, a, target, np.empty_like(a)) == pytest.approx(np.array(gradient))


def test_every_loss_has_a_hand_worked_case():
    assert {case[0] for case in BY_HAND} == set(LOSSES)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("n_outputs", [1, 3])
def test_gradients_agree_with_central_differences(name, n_outputs):
    rng, step = np.random.default_rng(1), 1e-6
    z = rng.normal(0, 2, (n_outputs, 5))
    target = np.eye(3)[:, rng.integers(0, 3, 5)][:n_outputs]
    squash = softmax if n_outputs > 1 else (lambda z: 1 / (1 + np.exp(-z)))
    loss = LOSSES[name]

    def value(moved):
        return loss.value(moved, squash(moved) if loss.at_pre_activation else moved, target)

    gradient = loss.gradient(z, squash(z) if loss.at_pre_activation else z, target, np.empty_like(z))
    for index in np.ndindex(z.shape):
        change = np.zeros_like(z)
        change[index] = step
        assert gradient[index] == pytest.approx((value(z + change) - value(z - change)) / (2 * step), abs=1e-8)


@pytest.mark.parametrize("n_outputs", [1, 3])
def test_cross_entropy_of_certain_and_wrong_outputs_is_large_and_finite(n_outputs):
    z = np.full((n_outputs, 2), -1000.0)
    z[0] = [1000.0, -1000.0]
    if n_outputs == 1:  # certain of class 1 where it is 0, certain of class 0 where it is 0
        target, expected = np.array([[0.0, 0.0]]), (1000.0 + 0.0) / 2
    else:  # 2000 below the largest, then all three alike
        target, expected = np.eye(3)[:, [1, 1]], (2000.0 + LN3) / 2
    assert LOSSES["cross_entropy"].value(z, None, target) == pytest.approx(expected)


def test_cross_entropy_agrees_with_scikit_learn():
    from sklearn.metrics import log_loss

    rng = np.random.default_rng(0)
    z, labels = rng.normal(0, 2, (4, 50)), rng.integers(0, 4, 50)
    ours = LOSSES["cross_entropy"].value(z, softmax(z), np.eye(4)[:, labels])
    assert ours == pytest.approx(log_loss(labels, softmax(z).T, labels=range(4)), rel=1e-12)
    p, binary = 1 / (1 + np.exp(-z[:1])), labels % 2
    ours = LOSSES["cross_entropy"].value(z[:1], p, binary[None].astype(float))
    assert ours == pytest.approx(log_loss(binary, p[0]), rel=1e-12)


@pytest.mark.parametrize("name", LOSSES)
def test_runs_are_separate(name):
    rng = np.random.default_rng(2)
    z, target = rng.normal(size=(3, 2, 4)), np.eye(2)[:, [0, 1, 1, 0]]
    a, loss = softmax(z), LOSSES[name]
    values, gradients = loss.value(z, a, target), loss.gradient(z, a, target, np.empty_like(a))
    assert values.shape == (3,)
    for r in range(3):
        assert values[r] == pytest.approx(loss.value(z[r], a[r], target), rel=1e-14)
        assert np.array_equal(gradients[r], loss.gradient(z[r], a[r], target, np.empty_like(a[r])))


def test_softmax_sums_to_one_ignores_a_shift_and_survives_large_sums():
    z = np.random.default_rng(3).normal(0, 3, (4, 6))
    assert softmax(z).sum(axis=0) == pytest.approx(1.0)
    assert softmax(z + 1000.0) == pytest.approx(softmax(z), rel=1e-10)
    assert softmax(np.array([[0.0], [LN3]])) == pytest.approx(np.array([[0.25], [0.75]]))


def test_softmax_backward_is_the_product_with_the_slope_matrix():
    rng = np.random.default_rng(4)
    a, gradient = softmax(rng.normal(size=(3, 1))), rng.normal(size=(3, 1))
    slopes = np.diag(a[:, 0]) - a @ a.T
    assert softmax_backward(a, gradient) == pytest.approx(slopes @ gradient)
