"""Linear autoencoders and principal components, by hand-worked numbers and by what they must have in common."""

import numpy as np
import pytest

from nncore.data.real import load_table
from nncore.experiments.architectures import (
    CodeRun,
    LinearEnds,
    expected_passes,
    linear_end,
    order_interval,
    overlap,
    pairs_in_order,
    principal_components,
    principal_errors,
    same_moments,
    subspace_angle,
)
from nncore.experiments.architectures.principal import linear_end_in_pieces
from nncore.experiments.recording.recording import record_all
from nncore.models.autoencoder import Autoencoder

CROSS = np.array([[3.0, 0.0], [-3.0, 0.0], [0.0, 1.0], [0.0, -1.0]])  # squares: 18 along x, 2 along y; 8 numbers


def test_the_error_of_principal_components_by_hand():
    assert principal_errors(CROSS) == pytest.approx([20 / 8, 2 / 8, 0.0])
    found = principal_components(CROSS + 5.0, 1)
    assert found.error == pytest.approx(0.25) and abs(found.directions[0]) == pytest.approx([1.0, 0.0])
    assert found.mean == pytest.approx([5.0, 5.0])
    with pytest.raises(ValueError, match="d must be at most 2, got 3"):
        principal_components(CROSS, 3)


def test_the_largest_angle_between_subspaces():
    x, y, z = np.eye(3)
    assert subspace_angle(np.array([x, y]), np.array([x + y, x - y])) == pytest.approx(0.0, abs=1e-12)
    assert subspace_angle(np.array([x, y]), np.array([x, y + z])) == pytest.approx(45.0)
    assert subspace_angle(np.array([x]), np.array([x + 1e-9 * y])) == pytest.approx(np.degrees(1e-9))  # no cosine tells


def test_few_rows_with_the_same_moments_have_the_same_linear_loss():
    X = np.random.default_rng(0).normal(3.0, 2.0, (50, 4)) * [1, 2, 3, 4]
    few = same_moments(X)
    assert len(few) == 8 and few.mean(axis=0) == pytest.approx(X.mean(axis=0))
    assert np.cov(few.T, bias=True) == pytest.approx(np.cov(X.T, bias=True))
    model = Autoencoder((4, 2, 4), "identity", seed=3)
    assert model.data_loss(few) == pytest.approx(model.data_loss(X), rel=1e-12)


def test_from_every_start_the_linear_autoencoder_ends_at_the_principal_components():
    run = CodeRun("spiral", code=2)
    ends = record_all(LinearEnds(run))
    assert [end.seed for end in ends] == [0, 1, 2] and len({end.error for end in ends}) >= 1
    for end in ends:
        assert abs(end.excess) < 1e-6 and end.angle < 0.01
        assert end.error == pytest.approx(principal_errors(run.samples().X)[2], rel=1e-6)


@pytest.mark.parametrize("name, d", [("iris", 1), ("iris", 3), ("wine", 1), ("wine", 4), ("flat", 2), ("two", 1)])
def test_the_expected_passes_are_those_that_are_made_within_a_factor_of_two(name, d):
    if name in ("iris", "wine"):
        X = load_table(name)[0]
    else:
        X = np.random.default_rng(2).normal(size=(40, 2 if name == "two" else 6)) * 1.3
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    made = [sum(1 for _ in linear_end_in_pieces(X, d, seed)) for seed in range(3)]
    assert np.mean(made) / 2 < expected_passes(X, d) < 2 * np.mean(made)


def test_a_small_table_is_not_said_to_take_as_long_as_the_digits():
    spiral, digits = (LinearEnds(CodeRun(name, code=1)) for name in ("spiral", "digits"))
    made = sum(1 for made in spiral.record() if made is None)
    of_those = made * (3.6e-4 + 3 * 4e-6 + 8e-8 * (2 * 3 + 3 + 1))  # a code of one number between three inputs and outputs
    assert of_those / 2 < spiral.seconds < 2 * of_those
    assert spiral.seconds < 0.25 and digits.seconds > 5 * spiral.seconds
    assert expected_passes(np.ones((5, 2)), 1) == 24.0  # nothing varies


def test_the_linear_autoencoder_of_the_digits_ends_at_their_principal_components():
    X = CodeRun("digits").samples().X
    end = linear_end(same_moments(X), 2, 0)
    assert end.error == pytest.approx(principal_errors(X)[2], rel=1e-6) and abs(end.excess) < 1e-6 and end.angle < 0.1


def test_a_linear_autoencoder_on_the_cross():
    end = linear_end(CROSS, 1, 4)
    assert end.error == pytest.approx(0.25, rel=1e-6) and end.angle < 1e-3


def test_the_overlap_of_histograms_and_the_pairs_in_order():
    assert overlap(np.array([0.0, 1.0]), np.array([9.0, 10.0]), 10) == 0.0
    assert overlap(np.array([0.0, 10.0]), np.array([10.0, 0.0]), 10) == 1.0
    assert overlap(np.array([0.0, 0.1, 0.2, 10.0]), np.array([10.0, 9.9]), 2) == 0.25
    assert pairs_in_order(np.array([1.0, 2.0]), np.array([3.0, 2.0, 0.0])) == pytest.approx((2 + 1.5 + 0) / 6)


def test_the_interval_of_the_pairs_in_order():
    rng = np.random.default_rng(0)
    known, unseen = rng.normal(size=400), rng.normal(size=100)
    low, high = order_interval(known, unseen, pairs_in_order(known, unseen))
    assert low < 0.5 < high
    # For equal spreads the variance is about (1/m + 1/n) / 12 (Mann and Whitney, 1947).
    assert (high - low) / 2 == pytest.approx(1.96 * np.sqrt((1 / 400 + 1 / 100) / 12), rel=0.15)
    low, high = order_interval(np.zeros(9), np.ones(9), 1.0)
    assert low == pytest.approx(1 - 1.96 * 0.05) and high == 1.0
