"""Clipping: a long gradient is shortened and keeps its direction, a short one stays."""

import numpy as np
import pytest

from nncore.training.clipping import ClippedAdam, MeasuredDescent, clip_by_norm
from nncore.training.update_rules import Adam


def test_a_long_gradient_is_shortened_to_the_limit():
    gradient = np.array([3.0, -4.0])
    clip_by_norm(gradient, 1.0)
    assert np.allclose(gradient, [0.6, -0.8])
    clip_by_norm(gradient, 5.0)
    assert np.allclose(gradient, [0.6, -0.8])


def test_a_gradient_that_is_not_finite_is_left_to_the_guard():
    gradient = np.array([np.inf, 1.0])
    clip_by_norm(gradient, 1.0)
    assert np.isinf(gradient[0]) and gradient[1] == 1.0


def test_clipped_adam_is_adam_on_clipped_gradients():
    clipped, plain, w, v = ClippedAdam(limit=1.0), Adam(), np.ones(2), np.ones(2)
    clipped.start(w)
    plain.start(v)
    for gradient, as_clipped in (([3.0, -4.0], [0.6, -0.8]), ([0.1, 0.2], [0.1, 0.2])):
        clipped.step(w, np.array(gradient), 0.1)
        plain.step(v, np.array(as_clipped), 0.1)
    assert np.allclose(w, v) and (w != 1).all()
    with pytest.raises(ValueError, match="limit must be above 0, got 0"):
        ClippedAdam(limit=0)


def test_measured_descent_keeps_the_norms_before_clipping():
    measured, w = MeasuredDescent(limit=1.0), np.zeros(2)
    measured.start(w)
    measured.step(w, np.array([3.0, 4.0]), 0.5)
    measured.step(w, np.array([0.0, -0.5]), 0.5)
    # Of length 5 it is cut to 1, so the first step is (0.3, 0.4) long; the second is short enough.
    assert measured.norms == [5.0, 0.5] and w == pytest.approx([-0.3, -0.4 + 0.25])
    measured.start(w)
    assert measured.norms == []
    free, v = MeasuredDescent(), np.zeros(2)
    free.start(v)
    free.step(v, np.array([3.0, 4.0]), 0.5)
    assert v == pytest.approx([-1.5, -2.0]) and free.norms == [5.0]
