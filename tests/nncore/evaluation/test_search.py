"""Searches: every cell is what the experiment comes to by itself, whether trained in a stack or not."""

import numpy as np
import pytest

from nncore import Experiment
from nncore.evaluation import Search, SearchOutcome, run_search, with_setting
from nncore.experiments.recording.recording import record_all
from nncore.experiments.short_training import train_for

E = Experiment("moons", samples=80, noise=20, hidden=(3,), optimizer="adam")
SMALL = Search(E, "learning_rate", "l2", (0.01, 0.1, 5.0), (0.0, 0.1), 8)


def test_cells_that_differ_in_numbers_are_one_stack_and_others_are_not():
    assert len(SMALL.stacks) == 1 and SMALL.n_frames == 2
    assert len(Search(E, "learning_rate", "hidden", (0.01, 0.1), (1, 2, 3), 5).stacks) == 3


def test_a_cell_is_what_its_experiment_comes_to():
    found = record_all(SMALL)
    for row, column, experiment in SMALL.cells:
        assert found.scores[row, column] == pytest.approx(train_for(experiment, 8).scores[-1], rel=1e-12, abs=1e-12)
    assert found.done == 6 and found.scores[found.best][1] == np.nanmin(found.scores[..., 1])


def test_widths_and_batches_give_the_same_as_by_themselves():
    search = Search(E, "batch_size", "hidden", (7, None), (1, 5), 4)
    found = record_all(search)
    for row, column, experiment in search.cells:
        assert found.scores[row, column] == pytest.approx(train_for(experiment, 4).scores[-1], rel=1e-12, abs=1e-12)


def test_a_random_search_tries_so_many_and_leaves_the_rest():
    search = Search(E, "learning_rate", "l2", (0.01, 0.1, 0.2), (0.0, 0.1), 3, sample=4, seed=1)
    found = record_all(search)
    assert len(search.cells) == 4 and np.isnan(found.scores[..., 1]).sum() == 2
    assert Search(E, "learning_rate", "l2", (0.01, 0.1, 0.2), (0.0, 0.1), 3, sample=4, seed=1).cells == search.cells


def test_a_network_that_diverges_has_no_score_and_spoils_no_other():
    search = Search(E.with_changes(optimizer="sgd", loss="mse", output="identity", activation="relu"), "learning_rate", "l2",
                    (0.01, 10.0), (0.0, 0.01), 20)  # fmt: skip
    found = record_all(search)
    assert np.isnan(found.scores[:, 1]).all() and np.isfinite(found.scores[:, 0]).all() and found.best[1] == 0


def test_with_joblib_the_same_comes_out():
    assert np.array_equal(run_search(SMALL).scores, record_all(SMALL).scores)
    stacks = Search(E, "learning_rate", "hidden", (0.01, 0.1), (1, 2, 3), 2)
    assert np.array_equal(run_search(stacks, n_jobs=2).scores, record_all(stacks).scores)


def test_what_cannot_be_searched_is_refused():
    with pytest.raises(ValueError, match="upwards must be another setting"):
        Search(E, "l2", "l2")
    with pytest.raises(ValueError, match="across must be one of"):
        Search(E, "dataset")
    with pytest.raises(ValueError, match="learning_rate"):
        Search(E, "learning_rate", "l2", (-1.0,), (0.0,))
    with pytest.raises(ValueError, match="validation"):
        Search(E.with_changes(validation=0))


def test_what_is_searched_makes_no_other_search():
    assert Search(E.with_changes(learning_rate=0.5, l2=0.2), "learning_rate", "l2", (0.01, 0.1, 5.0), (0.0, 0.1), 8) == SMALL


def test_a_width_is_that_of_every_hidden_layer():
    assert with_setting(E.with_changes(hidden=(3, 5)), "hidden", 4).hidden == (4, 4)


def test_nothing_is_best_before_anything_was_tried():
    assert SearchOutcome(SMALL, np.full((2, 3, 4), np.nan), 0).best is None
