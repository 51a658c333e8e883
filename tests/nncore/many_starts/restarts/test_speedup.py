"""Speed-up: processor time of many starts together against one alone."""

import math

from nncore import Experiment
from nncore.many_starts.restarts.restarts import Restarts, build_trainer
from nncore.many_starts.restarts.speedup import Speedup, epoch_seconds, measure_speedup


def test_the_gain_by_hand():
    assert Speedup(starts=64, together=0.008, alone=0.001).factor == 8
    assert math.isnan(Speedup(starts=2, together=0.0, alone=1.0).factor)


def test_both_sides_are_measured_and_one_epoch_of_many_takes_longer_than_of_one():
    speedup = measure_speedup(Restarts(Experiment(), 256, 10), rounds=3)
    assert speedup.starts == 256 and 0 < speedup.alone < speedup.together < math.inf


def test_what_can_train_no_more_takes_for_ever():
    trainer = build_trainer(Experiment(), 1, None)
    assert 0 < epoch_seconds(trainer, 0.0) < math.inf
    assert epoch_seconds(trainer, 0.0) == math.inf
