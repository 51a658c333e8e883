import numpy as np
import pytest

from nncore.single_neuron.data import make_points
from nncore.single_neuron.descent import NeuronSetup, follow
from nncore.single_neuron.neuron import Neuron
from nncore.single_neuron.solutions import solve
from nncore.single_neuron.steps import Stride
from nncore.single_neuron.stopping import STOP_SCENES, StopScene, lowest_found, share_left, stop_on, try_stop


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


def stopped(tolerance, *steps, kind="linear", points="textbook", start=(0.0, 0.0)):
    setup = NeuronSetup(kind, points, start=start, steps=steps)
    return stop_on(follow(setup), setup, tolerance)


def test_a_stop_on_a_path_by_hand():
    # x = 2, y = 1 from 0: errors -1 and, after a step of 0.01 * (4, 2), -0.9; so the weight moves by 0.04, then 0.036.
    fired = stopped(0.04 - 1e-9, Stride(3, None, 0.01))
    assert (fired.fired, fired.rate, fired.sample) == (2, 0.01, -1)
    assert fired.change == pytest.approx(0.036) and fired.loss == pytest.approx(0.81**2)
    assert fired.slope == pytest.approx(2 * 0.81 * 2)


def test_a_rule_that_never_fires_tells_the_smallest_step_and_the_end():
    silent = stopped(0.03, Stride(2, None, 0.01))
    assert silent.fired is None and silent.change == pytest.approx(0.036) and silent.loss == pytest.approx(0.81**2)


def test_the_smallest_step_need_not_be_the_last():
    # The second step, twice as long, moves the weight by 0.02 * 2 * 0.9 * 2 = 0.072 after 0.04.
    assert stopped(0.03, Stride(1, None, 0.01), Stride(1, None, 0.02)).change == pytest.approx(0.04)


def test_it_is_the_same_rule_as_that_of_the_scenes():
    scene = STOP_SCENES["rightly"]
    steps = Stride(scene.epochs, None, scene.learning_rate)
    ours = stopped(1e-3, steps, kind=scene.kind, points=scene.points, start=scene.start)
    assert ours.fired == try_stop(scene, 1e-3).stopped_epoch


def test_an_easy_sample_can_stop_a_descent():
    # A perceptron that always answers 0 is right about every other sample: a step on the first one moves nothing.
    ours = stopped(1e-6, Stride(1, 1), Stride(1, 0), kind="perceptron", points="apart", start=(0.0, -1.0))
    assert (ours.fired, ours.change, ours.sample, ours.loss) == (2, 0.0, 0, 0.5)


def test_the_lowest_that_is_found_is_no_higher_than_where_one_stands_even_on_a_plateau():
    X, y = make_points("apart", 1)
    setup = NeuronSetup("sigmoid_squared", "apart")
    for start in ([-40.0, 0.0], [2.0, 0.0]):
        found = lowest_found(setup, np.array(start))
        assert found <= Neuron("sigmoid_squared", start).loss(X, y) and found < 1e-3


@pytest.mark.parametrize("first, loss, best, share", [(3.0, 2.0, 1.0, 0.5), (3.0, 1.0, 1.0, 0.0), (1.0, 1.0, 1.0, 0.0),
                                                      (3.0, 0.9, 1.0, 0.0), (3.0, 4.0, 1.0, 1.5)])  # fmt: skip
def test_the_share_that_is_left(first, loss, best, share):
    assert share_left(first, loss, best) == pytest.approx(share)
