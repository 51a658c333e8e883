"""Cross-validation: all folds at once give what each gives alone, and nested folds choose without the rows held back."""

from itertools import pairwise

import numpy as np
import pytest

from nncore import Experiment, Trainer, build_network, build_split
from nncore.data import SHELF, fit_transform, read_table
from nncore.data.own import TableChoice, table_name
from nncore.evaluation import AXES, CrossValidation, LearningCurve, cross_validate
from nncore.experiments.recording.recording import record_all
from nncore.experiments.short_training import train_for
from nncore.metrics import accuracy, r_squared

E = Experiment("moons", samples=80, noise=25, hidden=(4,), optimizer="adam", learning_rate=0.02, scaling="standard")


def test_folds_trained_together_are_those_trained_alone():
    plan, alone = CrossValidation((E,), 4, epochs=6), []
    X, y = build_split(E).dataset.X[plan.rows], build_split(E).dataset.y[plan.rows]
    for training, held in plan.folds:
        transform, network = fit_transform(X[training], E.features, E.scaling), build_network(E)
        Trainer(network, transform(X[training]), y[training], "adam", 0.02, E.batch_size, E.batch_seed).advance(epochs=6)
        alone.append(accuracy(network.predict(transform(X[held])), y[held], network.output))
    assert cross_validate(E, 4, 6) == pytest.approx(alone)
    assert record_all(plan).scores[:, 0] == pytest.approx(alone)


def test_gaps_are_filled_by_the_training_rows_of_each_fold():
    rng = np.random.default_rng(0)
    rows = [f"{'' if k % 3 == 0 else 4.0 ** (k % 4)},{rng.normal():.3f},{rng.normal():.3f}" for k in range(40)]
    table = read_table(("x,y,z\n" + "\n".join(rows)).encode(), "gaps.csv")
    SHELF.put(table, "gaps")
    name = table_name(TableChoice(table.digest, "gaps.csv", 2, (), "regression", "mean"))
    e = Experiment(name, hidden=(), learning_rate=0.1, scaling="standard")
    plan, dataset, alone = CrossValidation((e,), 4, epochs=6), table.dataset("z", missing="mean"), []
    X, y = dataset.X[plan.rows], dataset.y[plan.rows]
    for training, held in plan.folds:
        filled = np.where(np.isnan(X), np.nanmean(X[training], axis=0), X)
        transform, network = fit_transform(filled[training], e.features, e.scaling), build_network(e)
        Trainer(network, transform(filled[training]), y[training], "sgd", 0.1, e.batch_size, e.batch_seed).advance(epochs=6)
        alone.append(r_squared(network.predict(transform(filled[held])), y[held]))
    assert np.isnan(X).any() and cross_validate(e, 4, 6) == pytest.approx(alone)


def test_the_test_set_has_no_part_in_it():
    plan = CrossValidation((E,), 3, epochs=1)
    assert not np.intersect1d(plan.rows, build_split(E).test).size
    assert len(plan.rows) == len(build_split(E).train) + len(build_split(E).validation)


def test_nested_folds_give_the_score_of_their_own_choice():
    plan = CrossValidation((E.with_changes(hidden=(1,)), E.with_changes(hidden=(6,))), 3, 2, 10)
    frames = [found for found in plan.record() if found is not None]
    found = frames[-1]
    assert len(frames) == plan.n_frames == 3 and np.isnan(frames[0].scores).all()
    assert found.nested.tolist() == [found.scores[fold, pick] for fold, pick in enumerate(found.picks)]
    assert found.picks.tolist() == [int(np.argmax(row)) for row in found.inner]
    assert found.best == int(np.argmax(found.scores.mean(axis=0)))
    assert found.interval(0).low <= found.interval(0).mean == pytest.approx(found.scores[:, 0].mean())


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(ValueError, match="share data and split"):
        CrossValidation((E, E.with_changes(noise=5)))
    with pytest.raises(ValueError, match="inner"):
        CrossValidation((E,), inner=1)


def test_targets_that_are_numbers_are_judged_by_r_squared():
    found = cross_validate(Experiment("plane", samples=60, hidden=(), optimizer="adam", learning_rate=0.05), 3, 60)
    assert (found > 0.5).all() and (found <= 1).all()


def test_the_curve_over_epochs_is_that_of_one_training():
    found = record_all(LearningCurve(E, "epochs", (0, 3, 7), starts=2))
    scores = train_for(E, 7).scores
    assert found.losses[:, :, 0] == pytest.approx(scores[[0, 3, 7], :2], rel=1e-9)


def test_more_samples_close_the_gap_and_more_epochs_open_it():
    e = Experiment("moons", samples=300, noise=30, hidden=(16,), optimizer="adam", learning_rate=0.02, batch_size=None)
    gaps = record_all(LearningCurve(e, "samples", (10, 140), 300, 3)).gap[:, 0]
    assert gaps[0] > gaps[1] + 0.2
    few = e.with_changes(samples=40)
    grows = record_all(LearningCurve(few, "epochs", (0, 400), starts=3)).gap[:, 0]
    assert all(later > earlier for earlier, later in pairwise(grows))


def test_a_curve_beyond_the_samples_is_refused():
    with pytest.raises(ValueError, match="places must be at most 40 training samples, got 160"):
        LearningCurve(E, "samples", AXES["samples"])


def test_large_networks_are_trained_a_few_folds_at_a_time_with_the_same_outcome():
    wide = Experiment("moons", samples=500, hidden=(64, 64), optimizer="adam", batch_size=None)
    plan = CrossValidation((wide,), 10, 5, 1)
    assert plan.seconds > CrossValidation((E,), 10, 5, 1).seconds and plan.n_bytes < 64_000_000
    folds = cross_validate(wide, 10, 1)
    assert len(folds) == 10 and np.isfinite(folds).all()
