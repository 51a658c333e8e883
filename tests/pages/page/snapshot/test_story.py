"""What the page says when playing pauses: told from the run's own numbers."""

import numpy as np

from nncore import Experiment, Run
from pages.parts.fields.labels import class_words
from pages.parts.page.server import chunk_store
from pages.parts.page.session import OPENING
from pages.parts.page.snapshot.story import story


def told(run: Run, frame: int) -> str:
    epochs, scores, _ = chunk_store().scores(run, frame)
    return story(run, frame, epochs, scores)


def test_the_first_run_is_told_in_one_sentence_with_its_own_numbers():
    run = Run(OPENING)
    epochs, scores, _ = chunk_store().scores(run, 60)
    said = told(run, 60)
    assert said.startswith(f"After {epochs[-1]:.0f} epochs the network gets {100 * scores[-1, 3]:.0f} % of the validation")
    assert f", {100 * scores[0, 3]:.0f} % at first" in said and "its border closed around “inside” between epochs" in said
    assert said.count(".") == 1


def test_before_training_it_says_what_to_press_and_of_weights_set_by_hand_what_they_get():
    assert "Press Play" in told(Run(OPENING), 0)
    xor = Run(Experiment("xor", features=("x1", "x2", "x1_x2"), hidden=()))
    by_hand = xor.edited(0, [(0, 0, 0, 0.0), (0, 0, 1, 0.0), (0, 0, 2, 1.0), (0, 0, 3, 0.0)])
    assert told(by_hand, 1) == (
        "With the weights set by hand the network gets 100 % of the validation points right, without any training."
    )
    trained = told(by_hand, 20)
    assert "100 %" in trained and "half of the gain" not in trained  # that came at once, by hand


def test_a_network_that_learns_nothing_and_a_regression_are_told_too():
    assert "next to nothing" in told(Run(Experiment("spiral", hidden=())), 40)
    assert "explains" in told(Run(Experiment("cones")), 60)
    assert "training points" in told(Run(Experiment(validation=0)), 30)


def test_not_all_is_never_called_all_and_not_none_never_none():
    run, scores = Run(Experiment(samples=60)), np.full((3, 4), 0.5)
    scores[:, 3] = 0.003, 0.5, 0.997
    said = story(run, 2, np.arange(3), scores)
    assert "gets 99.7 % of the validation points right, 0.3 % at first" in said


def test_of_a_run_that_diverged_only_its_loss_is_told():
    scores = np.array([[0.5, 0.5, 0.4, 0.3], [8e9, 9e9, 0.5, 0.5]])
    assert story(Run(Experiment(samples=60)), 1, np.array([0, 0.5]), scores, diverged=True) == (
        "After 0.50 epochs the loss, 0.5 at first, has grown to 8e9."
    )


def test_a_class_that_is_called_class_is_not_called_so_twice():
    assert (class_words("class 1"), class_words("7"), class_words("Class A")) == ("class 1", "class 7", "Class A")
