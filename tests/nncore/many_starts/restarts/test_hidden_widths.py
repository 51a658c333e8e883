"""Hidden widths compared, initializers from several seeds, and one product against a loop."""

from dataclasses import replace

import numpy as np

from nncore import INITIALIZERS, Experiment
from nncore.experiments.recording.recording import record_all
from nncore.many_starts.batches.product_speed import measure_product
from nncore.many_starts.initializers.comparison import InitializerRace, losses_over_starts
from nncore.many_starts.restarts.hidden_widths import success_by_width, width_by_rule
from nncore.many_starts.restarts.restarts import Restarts

CORNERS = Experiment("corners", hidden=(2,), batch_size=None, optimizer="adam", learning_rate=0.03)


def test_the_rule_is_two_thirds_of_inputs_and_outputs():
    assert [width_by_rule(2, 1), width_by_rule(784, 10), width_by_rule(1, 0 + 1)] == [2, 529, 1]


def test_one_hidden_neuron_never_solves_exclusive_or_and_more_succeed_more_often():
    one, two, eight = success_by_width(CORNERS, (1, 2, 8), 16, 1000, 0.1)
    assert one == 0 and 0 < two < eight
    outcome = record_all(Restarts(CORNERS, 16, 1000))
    assert two == (outcome.final_losses <= 0.1).sum()


def test_seeds_differ_and_the_first_is_the_race_itself():
    race = InitializerRace(Experiment(), 2, 4, "tanh", 3)
    losses = losses_over_starts(race, 2)
    assert losses.shape == (2, len(INITIALIZERS)) and np.array_equal(losses[0], record_all(race).losses[-1])
    assert not np.array_equal(losses[0], losses[1])
    other = replace(race, experiment=race.experiment.with_changes(start=1))
    assert np.array_equal(losses[1], record_all(other).losses[-1])


def test_a_product_and_a_loop_both_take_time():
    together, one_by_one = measure_product(64, 8, 8)
    assert 0 < together < float("inf") and 0 < one_by_one < float("inf")
