"""Short training: the same numbers as a trainer that goes epoch by epoch, and what is said of a divergence."""

import numpy as np
import pytest

from nncore import Experiment, Trainer, build_network, build_split
from nncore.experiments.short_training import train_for

SMALL = Experiment("moons", samples=40, hidden=(3,), learning_rate=0.1, batch_size=7)


def test_it_ends_where_a_trainer_ends_and_keeps_the_losses_on_the_way():
    split, network = build_split(SMALL), build_network(SMALL)
    losses = [network.data_loss(split.X_train, split.y_train)]
    trainer = Trainer(network, split.X_train, split.y_train, "sgd", 0.1, 7)
    for _ in range(5):
        trainer.run_epoch()
        losses.append(network.data_loss(split.X_train, split.y_train))
    found = train_for(SMALL, 5)
    assert (found.parameters == network.parameters).all() and not found.diverged
    assert found.scores[:, 0] == pytest.approx(losses) and found.training_loss == found.scores[-1, 0]
    assert found.validation_loss == pytest.approx(network.data_loss(split.X_validation, split.y_validation))
    right = (network.predict(split.X_validation)[:, 0] > 0.5) == split.y_validation
    assert found.validation_score == pytest.approx(right.mean())


def test_its_network_is_a_copy():
    found = train_for(SMALL, 2)
    before = found.parameters.copy()
    found.network.parameters[...] = 7.0
    assert (train_for(SMALL, 2).parameters == before).all()


def test_no_epochs_are_the_first_weights():
    found = train_for(SMALL, 0)
    assert found.scores.shape == (1, 4) and (found.parameters == build_network(SMALL).parameters).all()


def test_after_a_divergence_there_are_no_scores():
    e = Experiment("plane", samples=40, hidden=(), features=("x1", "x2", "x1_squared"), learning_rate=10.0, batch_size=None)
    found = train_for(e, 400)
    assert found.diverged and np.isfinite(found.scores[0, 0]) and np.isnan(found.scores[-1]).all()
    assert np.isfinite(found.parameters).all()


@pytest.mark.parametrize("epochs", [-1, 2001, 1.5])
def test_epochs_out_of_range_are_refused(epochs):
    with pytest.raises(ValueError, match="epochs must be"):
        train_for(SMALL, epochs)
