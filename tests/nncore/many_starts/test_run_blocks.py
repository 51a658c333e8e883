"""Run blocks: the same comes out however a stack is cut, and no piece of work is a long one. Work is counted, not timed."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from nncore import Experiment
from nncore.experiments.costs import cost_of
from nncore.experiments.experiment import build_network
from nncore.experiments.stacks import drawn_in_pieces
from nncore.many_starts.batches.comparison import BatchRace
from nncore.many_starts.initializers.comparison import InitializerRace
from nncore.many_starts.restarts.restarts import Restarts, build_trainer, trainer_of
from nncore.many_starts.run_blocks import RunBlocks, runs_per_block
from nncore.models.activations import ACTIVATIONS
from nncore.models.initializers import INITIALIZERS

WIDE = {"dataset": "circle", "samples": 2000, "validation": 0, "test": 0, "hidden": (64, 64), "batch_size": 500}
GROWING = WIDE | {"activation": ("relu",), "output": "identity", "loss": "mse", "learning_rate": 10.0, "batch_size": 50}
DEAR = {
    "first weights of many starts": Restarts(Experiment(**WIDE, activation=("relu",)), 8, 1),
    "many small starts": Restarts(Experiment(hidden=(4,), activation=("relu",)), 256, 1),
    "starts that diverge": Restarts(Experiment(**GROWING), 40, 1),
    "deep networks": InitializerRace(Experiment(hidden=()), 20, 32, "relu", 1),
    "batch sizes": BatchRace(Experiment(**WIDE, activation=("relu",)), 1),
}  # fmt: skip
MOST = {"values": 3_000_000, "weights": 150_000}  # an activation takes 1 to 60 ns a number, a weight is drawn in 10 to 200


@pytest.fixture
def done(monkeypatch):
    """Counts the numbers that pass through an activation, and the weights that are drawn."""
    counts, relu, drawn = Counter(), ACTIVATIONS["relu"], INITIALIZERS["xavier_normal"]

    def counted(function):
        def call(*args):
            counts["values"] += args[0].size
            return function(*args)

        return call

    def draw(rng, n_out, n_in):
        counts["weights"] += n_out * n_in
        return drawn.draw(rng, n_out, n_in)

    watched = replace(relu, value=counted(relu.value), derivative=counted(relu.derivative))
    monkeypatch.setitem(ACTIVATIONS, "relu", watched)
    monkeypatch.setitem(INITIALIZERS, "xavier_normal", replace(drawn, draw=draw))
    return counts


@pytest.mark.parametrize("name", DEAR)
def test_no_piece_of_work_is_a_long_one(name, done):
    pieces = 0
    for _ in DEAR[name].record():
        pieces += 1
        assert all(done[kind] <= most for kind, most in MOST.items())
        done.clear()
    assert pieces > 3


def test_a_stack_in_blocks_trains_as_one():
    e = Experiment(**WIDE)
    cost = cost_of(e, e.batch_size, 7)
    assert 1 <= runs_per_block(cost) < 7
    blocks = RunBlocks(build_network(e, 7), cost, lambda block: trainer_of(block, e, 2))
    for _ in blocks.train_to(2 * e.updates_per_epoch):
        pass
    whole = build_trainer(e, 2, 7)
    whole.advance(epochs=2)
    assert np.array_equal(blocks.network.parameters, whole.model.parameters)
    assert blocks.stopped and blocks.updates == whole.updates and not blocks.diverged.any()


@pytest.mark.parametrize("initializer", ["xavier_normal", "orthogonal", "zeros"])
def test_first_weights_drawn_in_pieces_are_those_drawn_at_once(initializer):
    e = Experiment(hidden=(64, 64, 64, 64), initializer=initializer, start=3)
    *pieces, network = drawn_in_pieces(e, 20)
    assert len(pieces) > 1 and not any(pieces)
    assert np.array_equal(network.parameters, build_network(e, 20).parameters)
