import numpy as np
import pytest

from nncore.experiments.recording.recording import record_all
from nncore.words.hidden_diagonal import DiagonalTraining, HiddenDiagonalSettings, make_task, root_mean_square
from nncore.words.skipgram import SkipGramSettings


def finished(**settings):
    return record_all(DiagonalTraining(HiddenDiagonalSettings(**settings)))


def test_the_inputs_are_the_cells_above_the_diagonal_and_the_targets_the_diagonal():
    task = make_task(HiddenDiagonalSettings(words=3, sentences=60))
    M = task.matrices[0]
    assert np.array_equal(task.inputs[0], [M[0, 1], M[0, 2], M[1, 2]])
    assert np.array_equal(task.targets[0], [M[0, 0], M[1, 1], M[2, 2]])
    assert np.allclose(M, M.T)


def test_inputs_are_scaled_by_the_training_rows_alone():
    task = make_task(HiddenDiagonalSettings(words=3, sentences=60))
    train, everything = task.standardised_inputs[~task.validation], task.standardised_inputs
    assert train.mean(axis=0) == pytest.approx(np.zeros(3), abs=1e-12)
    assert train.std(axis=0) == pytest.approx(np.ones(3))
    assert np.abs(everything.mean(axis=0)).max() > 1e-3 and everything.shape == task.inputs.shape


def test_runs_of_one_sentence_stay_on_one_side_of_the_split():
    few, many = (make_task(HiddenDiagonalSettings(words=words, sentences=60)) for words in (9, 3))
    # One pattern of thirteen has nine words, hence one run of nine; the split is by sentence.
    assert len(few.matrices) < len(many.matrices)
    changes = np.flatnonzero(np.diff(many.validation.astype(int)))
    assert len(changes) <= 2 * 15
    assert 0.15 < many.validation.mean() < 0.35


def test_the_network_beats_the_mean_and_the_formula_beats_the_network():
    run = finished(epochs=25)
    assert run.losses[-1, 1] < 0.4 * run.baseline
    assert root_mean_square(run.exact, run.shown) < 1e-6
    assert run.losses.shape == (26, 2) and run.predictions.shape == (26, *run.shown.shape)
    assert not run.empty


def test_the_level_to_beat_is_the_error_of_one_number():
    task, run = make_task(HiddenDiagonalSettings(sentences=60)), finished(epochs=1, sentences=60)
    assert run.mean == pytest.approx(task.targets[~task.validation].mean())
    assert run.baseline == pytest.approx(np.mean((task.targets[task.validation] - run.mean) ** 2))


def test_recorded_predictions_are_in_units_of_the_diagonal():
    run = finished(epochs=10, sentences=200)
    assert root_mean_square(run.predictions[-1], run.shown) ** 2 == pytest.approx(run.losses[-1, 1], rel=1e-3)


def test_with_unit_lengths_the_task_is_empty():
    run = finished(kind="unit", epochs=1, sentences=60)
    assert run.empty and run.baseline == pytest.approx(0, abs=1e-20)
    assert root_mean_square(run.predictions[-1], run.shown) < 1e-6


def test_without_enough_words_there_is_no_formula():
    assert finished(dimensions=3, words=6, epochs=1, sentences=60).exact is None


def test_learned_vectors_serve_too():
    learned, settings = SkipGramSettings(dimensions=2, epochs=5), HiddenDiagonalSettings("learned", epochs=3, sentences=100)
    run = record_all(DiagonalTraining(settings, learned, record_all(learned)))
    assert np.array_equal(run.losses, record_all(DiagonalTraining(settings, learned)).losses)
    assert np.isfinite(run.losses).all()
    with pytest.raises(ValueError, match="embedding must hold 2 numbers a word, got none"):
        record_all(DiagonalTraining(HiddenDiagonalSettings("learned")))


def test_cells_that_cannot_be_told_are_left_out_of_the_error():
    assert root_mean_square(np.array([np.nan, 3.0]), np.array([1.0, 1.0])) == 2


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"words": 2}, "words must be at least 3, got 2"),
        ({"sentences": 1}, "sentences must be at least 60, got 1"),
        ({"kind": "new"}, "kind must be one of random, unit, learned, got 'new'"),
    ],
)
def test_settings_out_of_range_are_refused(settings, words):
    with pytest.raises(ValueError, match=words):
        HiddenDiagonalSettings(**settings)
