import pytest

from nncore.neuron_data import make_points
from nncore.neuron_solutions import solve
from nncore.neuron_stopping import STOP_SCENES, StopScene, try_stop


def test_the_rule_fires_rightly_at_the_minimum():
    trial = try_stop(STOP_SCENES["rightly"], 1e-3)
    assert trial.losses[trial.stopped_epoch] == pytest.approx(solve("linear", *make_points("line", 1)).loss, abs=1e-3)
    assert trial.share_left < 1e-4 and "hardly changed" in trial.text


@pytest.mark.parametrize("name", ["wrongly", "too slow"])
def test_the_rule_fires_wrongly_at_once(name):
    trial = try_stop(STOP_SCENES[name], 1e-3)
    assert trial.stopped_epoch == 1 and trial.share_left > 0.99


def test_a_plateau_ends_if_one_goes_on():
    trial = try_stop(STOP_SCENES["wrongly"], 1e-3)
    assert trial.losses[1] > 0.9 and trial.losses[-1] < 0.05
    assert len(trial.losses) == len(trial.changes) + 1 == 2501


def test_a_smaller_tolerance_fires_later_or_never():
    late = try_stop(STOP_SCENES["rightly"], 1e-5).stopped_epoch
    assert late > try_stop(STOP_SCENES["rightly"], 1e-2).stopped_epoch
    trial = try_stop(STOP_SCENES["wrongly"], 1e-6)
    assert (trial.stopped_epoch, trial.text, trial.share_left) == (None, "", 0.0)


def test_a_change_by_hand():
    # One sample x = 2, y = 1 at w = b = 0: the gradient of (a - 1)^2 is (-4, -2), so w moves by 0.01 * 4.
    trial = try_stop(StopScene("linear", "textbook", (0.0, 0.0), 0.01, 3), 0.05)
    assert trial.changes[0] == pytest.approx(0.04)
    assert trial.stopped_epoch == 1


def test_a_diverging_scene_ends_early_and_stays_finite():
    trial = try_stop(StopScene("linear", "line", (0.0, 0.0), 10.0, 500), 1e-3)
    assert len(trial.losses) < 50 and trial.stopped_epoch is None
