"""What the presets of the Train page promise is what comes of them."""

import numpy as np
import pytest

from nncore import Run, build_split, record
from pages.parts.train.presets import PRESETS

BY_TITLE = {preset.title: preset for preset in PRESETS}


def outcome(title, epochs, **changes):
    """The preset, and the history of so many of its epochs."""
    preset = BY_TITLE[title]
    return preset, record(Run(preset.experiment.with_changes(epoch_limit=epochs, **changes)))


def test_a_long_step_goes_up_by_more_than_a_million_in_three():
    preset, history = outcome("Too long a step", 100)
    assert "after three of them the loss is more than a million times what it was" in preset.expect
    assert history.stop.rule == "divergence" and history.epochs[-1] == 3 and (np.diff(history.training_loss) > 0).all()
    assert history.training_loss[-1] > 1e6 * history.training_loss[0] > history.training_loss[-2]


def test_the_noise_is_learned_from_as_many_points_as_said():
    preset, history = outcome("Learning the noise", 400)
    assert f"{len(build_split(preset.experiment).y_train)} noisy points" in preset.expect
    assert history.training_loss[-1] < 0.001 and history.validation_loss[-1] > 2 * history.validation_loss.min()


@pytest.mark.parametrize("title, epoch", [("The spiral in five seconds", 86), ("Handwritten digits", 21),
                                          ("TensorFlow Playground's own spiral", 520)])  # fmt: skip
def test_the_validation_points_are_right_when_it_is_said(title, epoch):
    preset, history = outcome(title, 560)
    assert history.epochs[np.flatnonzero(history.validation_score > 0.95)[0]] == pytest.approx(epoch, abs=8)
    assert "520" not in preset.expect or epoch == 520


@pytest.mark.parametrize("start, loss", [(0, np.log(2) / 2), (3, 0.0)])
def test_two_relus_get_stuck_or_to_zero(start, loss):
    _, history = outcome("Stuck in a local minimum", 3000, start=start)
    assert history.training_loss[-1] == pytest.approx(loss, abs=0.001)
