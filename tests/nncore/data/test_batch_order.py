"""Which samples make an update."""

import numpy as np
import pytest

from nncore import Experiment, Trainer, build_network, build_split
from nncore.data.batch_order import update_at


@pytest.mark.parametrize("size, number", [(1, 3), (16, 2), (100, 4), (None, 2)])
def test_the_samples_of_an_update_are_those_that_training_takes(size, number):
    split, network = build_split(Experiment()), build_network(Experiment())
    trainer = Trainer(network, split.X_train, split.y_train, "sgd", 0.03, size, 5)
    for _ in range(number - 1):
        trainer.run_update()
    before = network.parameters.copy()
    rows = update_at(len(split.X_train), size, 5, number).rows
    gradient = network.loss_and_gradient(split.X_train[rows], split.y_train[rows])[1]
    trainer.run_update()
    assert network.parameters == pytest.approx(before - 0.03 * gradient)


def test_an_update_has_its_place_in_an_epoch():
    # Ten samples by four: batches of 4, 4 and 2.
    found = [update_at(10, 4, 0, number) for number in range(1, 7)]
    assert [(one.epoch, one.place) for one in found] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3)]
    assert {one.per_epoch for one in found} == {3}
    assert [len(one.rows) for one in found[:3]] == [4, 4, 2]
    assert sorted(np.concatenate([one.rows for one in found[:3]])) == list(range(10))
    assert update_at(10, None, 0, 7).epoch == 7
