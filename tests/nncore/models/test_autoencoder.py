"""The autoencoder: its halves, its gradient, and the principal components that a linear one ends at."""

import numpy as np
import pytest

from nncore import Autoencoder, Network, Trainer, check_gradient


def cloud(n=60, d=5, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, d)) @ rng.normal(size=(d, d))
    return X - X.mean(axis=0)


@pytest.mark.parametrize("options", [{}, {"activation": ("relu", "identity", "elu")}, {"output": "sigmoid"}])
def test_decoding_the_code_is_the_prediction(options):
    X = cloud()
    coder = Autoencoder((5, 4, 2, 4, 5), **options)
    assert coder.encode(X).shape == (60, 2)
    np.testing.assert_allclose(coder.decode(coder.encode(X)), coder.predict(X), atol=1e-14)


def test_its_targets_are_its_inputs_unless_others_are_given():
    X = cloud()
    coder, dense = Autoencoder((5, 2, 5), l2=0.01), Network((5, 2, 5), output="identity", loss="mse", l2=0.01)
    dense.parameters = coder.parameters
    for targets in (None, 2 * X):
        wanted = X if targets is None else targets
        assert coder.loss_and_gradient(X, targets)[0] == dense.loss_and_gradient(X, wanted)[0]
        np.testing.assert_array_equal(coder.loss_and_gradient(X, targets)[1], dense.loss_and_gradient(X, wanted)[1])
        assert coder.data_loss(X, targets) == dense.data_loss(X, wanted)
    found = check_gradient(coder, X, X)
    assert found.disagreements.max() < 1e-6 * np.abs(found.by_backpropagation).max()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_linear_one_ends_at_the_first_principal_components(seed):
    X = cloud()
    coder = Autoencoder((5, 2, 5), activation="identity", seed=seed)
    trainer = Trainer(coder, X, X, "adam", 0.02)
    trainer.advance(epochs=1500)
    trainer = Trainer(coder, X, X, "sgd", 0.02)
    trainer.advance(epochs=6000)
    _, lengths, directions = np.linalg.svd(X, full_matrices=False)
    best = (lengths[2:] ** 2).sum() / X.size
    assert coder.data_loss(X) == pytest.approx(best, rel=1e-6)
    # The plane of what comes out is that of the first two components: no angle between them.
    basis, _ = np.linalg.qr(coder.weights[1])
    cosines = np.linalg.svd(directions[:2] @ basis, compute_uv=False)
    np.testing.assert_allclose(cosines, 1.0, atol=1e-6)
