"""Training on from weights that were changed by hand on the page Weights: part of the link, or this session's alone."""

import pytest

from nncore import Experiment, Network, Run
from nncore.experiments.edits import Edit
from nncore.inspection.overlay import Replace, with_overlay
from pages.parts.page.session import Session
from pages.parts.page.snapshot.scrubber import network_of
from pages.parts.weights.changes import Changes
from pages.parts.weights.overlay import train_on


@pytest.mark.parametrize("steps, is_in_link", [((Edit(0, 1, 2, 0.5),), True), ((Replace((0.25,) * 105),), False)])
def test_a_changed_network_is_trained_on(steps, is_in_link):
    session = Session()
    session.show(Run(Experiment(hidden=(8, 8))))
    changed = with_overlay(network_of(session.run, 0), steps)
    changes = Changes(session.run.key, 0, steps)
    train_on(session, changes, changed)
    assert session.run.fits_link is is_in_link and session.frame == 1 and not changes.steps
    shown: Network = network_of(session.run, session.frame)
    assert shown.parameters == pytest.approx(changed.parameters, abs=1e-6)
    assert bool(session.notes) is not is_in_link and (is_in_link or "105 weights and biases" in session.notes[0])
