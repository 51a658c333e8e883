"""Pace: processor time of many starts together against one alone."""

import math

from nncore import Experiment
from nncore.many_starts.restarts import Restarts, build_trainer
from nncore.many_starts.speedup import Pace, epoch_seconds, measure_pace


def test_the_gain_by_hand():
    assert Pace(starts=64, together=0.008, alone=0.001).gain == 8
    assert math.isnan(Pace(starts=2, together=0.0, alone=1.0).gain)


def test_both_sides_are_measured_and_one_epoch_of_many_takes_longer_than_of_one():
    pace = measure_pace(Restarts(Experiment(), 256, 10), rounds=3)
    assert pace.starts == 256 and 0 < pace.alone < pace.together < math.inf


def test_what_can_train_no_more_takes_for_ever():
    trainer = build_trainer(Experiment(), 1, None)
    assert 0 < epoch_seconds(trainer, 0.0) < math.inf
    assert epoch_seconds(trainer, 0.0) == math.inf
