"""The transformer block: its parts by hand, and its gradients."""

import numpy as np
import pytest

from nncore import check_gradient
from nncore.attention.sequence_tasks import make_sequences
from nncore.attention.transformer import Transformer, layer_norm


def test_layer_norm_by_hand():
    output, work = layer_norm(np.array([[1.0, 3.0]]), np.array([2.0, 2.0]), np.array([0.5, 0.0]))
    assert np.allclose(work.normalised, [[-1, 1]], atol=1e-5)
    assert np.allclose(output, [[-1.5, 2.0]], atol=2e-5)


def test_layer_norm_adds_its_epsilon_to_the_variance():
    # Rows of 0 and 0.002 have the variance 1e-6; with 1e-5 added the deviation is sqrt(1.1e-5), not 1e-3.
    _, work = layer_norm(np.array([[0.0, 2e-3]]), np.ones(2), np.zeros(2))
    assert work.normalised == pytest.approx(np.array([[-1.0, 1.0]]) / 11**0.5)


@pytest.mark.parametrize(("heads", "causal"), [(1, False), (1, True), (2, True), (4, False)])
def test_every_gradient_agrees_with_differences(heads, causal):
    X, y = make_sequences("match", 3, 6)
    model = Transformer(16, 5, d_model=4, heads=heads, causal=causal, seed=2)
    # Away from 0 and 1, so that gains and shifts are tested too.
    model.parameters += np.random.default_rng(0).normal(0.0, 0.1, model.parameters.size)
    assert check_gradient(model, X, y).worst_error < 1e-6


def test_a_causal_block_does_not_look_ahead():
    X, _ = make_sequences("match", 3, 8)
    changed = X.copy()
    changed[:, 5:] = (changed[:, 5:] + 1) % 16
    model = Transformer(16, 5, causal=True)
    assert np.allclose(model.run(X).log_probabilities[:, :5], model.run(changed).log_probabilities[:, :5], atol=1e-14)
    weights = model.head_weights(X)
    assert (weights[..., ~np.tri(8, dtype=bool)] == 0).all()
    assert np.abs(weights.sum(axis=-1) - 1).max() < 1e-12
