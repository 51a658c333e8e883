"""Leaks: chosen on all rows, noise looks like knowledge; chosen inside the fold, it is at chance."""

import numpy as np
import pytest

from nncore.evaluation import LEAKS, LeakStudy
from nncore.evaluation.leak_study import LeakOutcome
from nncore.evaluation.leaks import most_correlated
from nncore.experiments.recording.recording import record_all


def test_noise_chosen_on_all_rows_is_far_above_chance_and_inside_the_folds_at_chance():
    found = record_all(LeakStudy("selection", 12))
    assert found.leaky_says.low > 0.85
    assert found.honest_says.low < 0.5 < found.honest_says.high
    assert abs(found.leaky_worth.mean - 0.5) < 0.03 and abs(found.honest_worth.mean - 0.5) < 0.03


def test_the_chosen_columns_are_those_that_correlate_most():
    rng = np.random.default_rng(0)
    X, y = rng.normal(size=(30, 12)), rng.integers(2, size=30)
    size = [abs(np.corrcoef(column, y)[0, 1]) for column in X.T]
    assert most_correlated(X, y, 4).tolist() == np.argsort(size)[::-1][:4].tolist()


@pytest.mark.parametrize("leak", ["scaling", "filling"])
def test_of_means_and_scales_next_to_nothing_leaks(leak):
    found = record_all(LeakStudy(leak, 10))
    assert abs((found.scores[:, 0] - found.scores[:, 2]).mean()) < 0.04


def test_the_leaky_scale_is_that_of_all_rows_and_the_honest_one_that_of_the_training_rows():
    (leaky,), (honest,) = LEAKS["scaling"].draw(np.random.default_rng(2))
    for trial, rows in ((leaky, np.vstack([leaky.X, leaky.X_test])), (honest, honest.X)):
        assert rows.mean(axis=0) == pytest.approx(np.zeros(5), abs=1e-12) and rows.std(axis=0) == pytest.approx(np.ones(5))
        assert len(trial.X) == 40 and len(trial.X_test) == 20
    assert np.abs(honest.X_test.mean(axis=0)).max() > 0.1


def test_the_leaky_filling_is_the_mean_of_all_rows_and_the_honest_one_that_of_the_training_rows():
    (leaky,), (honest,) = LEAKS["filling"].draw(np.random.default_rng(2))
    for trial, rows in ((leaky, np.vstack([leaky.X, leaky.X_test])), (honest, honest.X)):
        for column, known in zip(trial.X_fresh.T, rows.T, strict=True):
            values, counts = np.unique(column, return_counts=True)
            filling = values[counts.argmax()]  # the one value that occurs again and again
            assert counts.max() > 10 and known[known != filling].mean() == pytest.approx(filling)


@pytest.mark.parametrize("leak", ["filling_by_class", "answer"])
def test_what_holds_the_answer_is_worth_less_than_it_says(leak):
    found = record_all(LeakStudy(leak, 10))
    assert found.gained.low > 0.08
    assert abs((found.scores[:, 2] - found.scores[:, 3]).mean()) < 0.1


@pytest.mark.parametrize("leak", ["duplicates", "time"])
def test_rows_beside_their_likes_are_learned_by_heart(leak):
    found = record_all(LeakStudy(leak, 3))
    assert (found.scores[:, 0] - found.scores[:, 1]).mean() > 0.12
    assert (found.scores[:, 0] - found.scores[:, 2]).mean() > 0.12


# A row whose entries are all missing is filled like any other such row.
@pytest.mark.parametrize("leak", [name for name in LEAKS if "filling" not in name])
def test_a_copy_of_the_training_rows_is_never_among_the_fresh_ones(leak):
    for trials in LEAKS[leak].draw(np.random.default_rng(1)):
        for trial in trials:
            assert len(trial.X) == len(trial.y) and len(trial.X_test) == len(trial.y_test)
            rows = {row.tobytes() for row in trial.X}
            assert not any(row.tobytes() in rows for row in trial.X_fresh)


def test_a_study_is_the_same_again_and_grows_by_one_repetition():
    study = LeakStudy("scaling", 3, seed=5)
    frames = [found for found in study.record() if found is not None]
    assert [len(found.scores) for found in frames] == [1, 2, 3] and study.n_frames == 3
    assert np.array_equal(frames[-1].scores, record_all(study).scores)
    assert np.array_equal(frames[1].scores, frames[2].scores[:2])


def test_the_gain_is_what_is_said_above_what_it_is_worth():
    found = LeakOutcome(LeakStudy("scaling", 2), np.array([[0.9, 0.5, 0.6, 0.6], [0.7, 0.5, 0.4, 0.6]]))
    assert found.gained.mean == pytest.approx(0.3) and found.honest_says.mean == pytest.approx(0.5)


def test_an_unknown_leak_is_refused():
    with pytest.raises(ValueError, match="leak must be one of"):
        LeakStudy("magic")
