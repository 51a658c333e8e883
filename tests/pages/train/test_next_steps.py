"""What the page offers next when playing pauses."""

import pytest

from nncore import Experiment, Run
from nncore.training.stopping import Stop
from pages.parts.page.server import chunk_store
from pages.parts.page.session import OPENING
from pages.parts.train.next_steps import next_steps
from tests.pages.conftest import open_app


@pytest.mark.parametrize(("experiment", "titles"), [
    (OPENING, {"A harder set", "No hidden layer", "More noise"}),
    (Experiment("spiral", hidden=(4,)), {"More neurons", "Show it more", "Adam, at 0.01"}),
    (Experiment("moons", noise=30, samples=60, hidden=(32, 32), validation=40, activation=("relu",), optimizer="adam",
                initializer="he_normal", learning_rate=0.01), {"Keep the weights small", "A smaller network"}),
])  # fmt: skip
def test_what_to_try_next_fits_what_happened(experiment, titles):
    _, scores, stop = chunk_store().scores(Run(experiment), 120)
    steps = next_steps(experiment, scores, stop)
    assert {step.title for step in steps} == titles
    for step in steps:
        experiment.with_changes(**step.changes)


def test_after_a_divergence_a_lower_rate_is_offered():
    _, scores, _ = chunk_store().scores(Run(OPENING), 3)
    steps = next_steps(Experiment(learning_rate=3.0), scores, Stop("divergence", "Training diverged"))
    assert steps[0].changes == {"learning_rate": pytest.approx(0.3)}


def test_a_step_is_a_button_that_opens_it():
    app = open_app(**OPENING.to_dict(), frame="60")
    next(button for button in app.button if button.label == "No hidden layer").click().run()
    assert not app.exception
    assert app.session_state["glassbox"].run == Run(OPENING.with_changes(hidden=()))
