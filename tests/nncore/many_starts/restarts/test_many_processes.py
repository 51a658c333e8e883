"""Restarts in blocks give the numbers of one process, wherever the blocks are trained."""

import joblib
import numpy as np
import pytest

from nncore import Experiment
from nncore.experiments.recording.recording import record_all
from nncore.many_starts.restarts.many_processes import train_in_processes
from nncore.many_starts.restarts.restarts import Restarts

SMALL = Experiment("moons", samples=60, hidden=(3,))
# Of these starts some diverge, at different times, and some do not.
BLOWN_UP = Experiment("sine", samples=40, hidden=(3,), activation=("relu",), learning_rate=0.2, batch_size=5)


def assert_same(one, other):
    for name in ("epochs", "losses", "parameters", "diverged"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
    assert one.plan == other.plan and one.judged_on == other.judged_on


@pytest.mark.parametrize("workers", [1, 3, 64])
def test_blocks_give_the_numbers_of_one_process(workers):
    plan = Restarts(SMALL, 5, 4)
    with joblib.parallel_config(backend="threading"):
        assert_same(train_in_processes(plan, workers), record_all(plan))


def test_starts_that_diverge_stay_where_they_were():
    plan = Restarts(BLOWN_UP, 6, 60)
    alone = record_all(plan)
    assert alone.diverged.any() and not alone.diverged.all()
    with joblib.parallel_config(backend="threading"):
        assert_same(train_in_processes(plan, 6), alone)


def test_a_plan_may_begin_at_a_later_start():
    all_six = record_all(Restarts(SMALL, 6, 2))
    last_two = record_all(Restarts(SMALL, 2, 2, first=4))
    assert np.array_equal(last_two.parameters, all_six.parameters[4:])
