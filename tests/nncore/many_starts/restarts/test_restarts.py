"""Many starts at once: the same as one after the other, and what becomes of them."""

import numpy as np
import pytest

from nncore import Experiment, Network, Trainer, build_split
from nncore.experiments.experiment import build_network
from nncore.experiments.recording.recording import record_all
from nncore.experiments.stacks import WORK_BYTES, mean_losses, outputs_of, runs_that_fit, stack
from nncore.many_starts.restarts.restarts import MAX_BYTES, Restarts, build_trainer
from nncore.many_starts.surface import loss_surface, random_slice


def train(experiment, starts, epochs):
    return record_all(Restarts(experiment, starts, epochs))


@pytest.mark.parametrize("settings", [
    {}, {"batch_size": None, "optimizer": "adam"}, {"batch_size": 7, "l2": 0.01, "optimizer": "momentum"},
    {"dataset": "spiral3", "hidden": (6,)}, {"dataset": "sine", "schedule": "cosine"},
])  # fmt: skip
def test_start_r_of_many_is_the_same_start_alone(settings):
    experiment = Experiment(**settings)
    outcome = train(experiment, 5, 12)
    split = build_split(experiment)
    for start in (0, 3, 4):
        e = experiment.with_changes(start=start)
        network = build_network(e)
        trainer = Trainer(network, split.X_train, split.y_train, e.optimizer, e.learning_rate, e.batch_size, e.batch_seed,
                          e.schedule, epoch_limit=12)  # fmt: skip
        trainer.advance(epochs=12)
        assert outcome.parameters[start] == pytest.approx(network.parameters, rel=1e-9, abs=1e-12)
        assert outcome.final_losses[start] == pytest.approx(network.data_loss(split.X_validation, split.y_validation))


def test_how_the_work_is_cut_makes_no_difference(monkeypatch):
    plan = Restarts(Experiment(), 4, 9)
    whole = record_all(plan)
    monkeypatch.setattr("nncore.many_starts.run_blocks.updates_per_slice", lambda seconds: 1)
    slow = record_all(plan)
    assert np.array_equal(slow.parameters, whole.parameters)
    assert np.array_equal(slow.losses, whole.losses)


def test_the_first_starts_stay_the_same_as_more_are_added():
    few, many = (train(Experiment(), starts, 3) for starts in (2, 6))
    assert many.parameters[:2] == pytest.approx(few.parameters, rel=1e-12)


def test_losses_are_recorded_from_the_first_weights_to_the_last():
    outcome = train(Experiment(), 3, 200)
    assert outcome.epochs[0] == 0 and outcome.epochs[-1] == 200 and len(outcome.epochs) == 61
    split = build_split(Experiment())
    first = Network((2, 8, 8, 1), runs=3).data_loss(split.X_validation, split.y_validation)
    assert outcome.losses[0] == pytest.approx(first)


def test_the_four_corners_are_judged_by_the_training_loss():
    outcome = train(Experiment("corners", hidden=(2,), batch_size=None), 2, 5)
    assert outcome.judged_on == "training"


def test_exclusive_or_by_two_relus_ends_on_exact_levels():
    e = Experiment("corners", hidden=(2,), activation=("relu",), initializer="he_normal", batch_size=None,
                   optimizer="adam", learning_rate=0.03)  # fmt: skip
    losses = train(e, 128, 3000).final_losses
    levels = np.array([0.0, np.log(2) / 2, (2 * np.log(1.5) + np.log(3)) / 4, np.log(2)])
    assert np.abs(losses[:, None] - levels).min(axis=1).max() < 0.01
    assert 0.12 < (losses < 0.1).mean() < 0.35


def test_zero_weights_are_64_identical_failures():
    outcome = train(Experiment("xor", initializer="zeros"), 64, 5)
    assert np.ptp(outcome.final_losses) < 1e-12
    starts, labels = outcome.solutions(0.02)
    assert len(starts) == 64 and labels.max() == 0


def test_solutions_are_found_a_match_at_a_time():
    outcome = train(Experiment("corners", hidden=(2,), learning_rate=0.03), 16, 50)
    *pieces, (starts, labels) = outcome.solutions_in_pieces(0.2, True)
    by_hand = outcome.solutions(0.2)
    assert np.array_equal(starts, by_hand[0]) and np.array_equal(labels, by_hand[1])
    # A piece before each match: with solutions found before, and only where the lengths of their rows leave it possible.
    assert pieces == sorted(pieces) and len(set(pieces)) >= 4 and len(pieces) <= sum(range(16))


def test_ranking_puts_diverged_starts_last():
    outcome = train(Experiment("plane", activation=("relu",), initializer="normal", learning_rate=0.3), 8, 20)
    assert outcome.diverged.sum() > 0
    assert np.isinf(outcome.final_losses[outcome.diverged]).all()
    n_diverged = int(outcome.diverged.sum())
    assert set(outcome.ranking[8 - n_diverged :]) == set(np.flatnonzero(outcome.diverged))
    starts, _ = outcome.solutions(0.1)
    assert not outcome.diverged[starts].any()


def test_scores_are_those_of_each_network():
    outcome = train(Experiment(), 4, 20)
    split = build_split(Experiment())
    network = stack(Experiment(), outcome.parameters)
    answers = network.predict(split.X_validation)[..., 0] > 0.5
    assert outcome.scores() == pytest.approx((answers == split.y_validation).mean(axis=1))


def test_what_does_not_fit_is_refused_with_what_would():
    plan = Restarts(Experiment("digits", hidden=(64, 64), batch_size=None), 256, 100)
    assert plan.n_bytes > MAX_BYTES
    with pytest.raises(ValueError, match=r"starts must fit into 64 MB: 256 starts of this network take \d+ MB; at most"):
        plan.check_memory()
    Restarts(Experiment(hidden=(8, 8, 8)), 64, 200).check_memory()


def test_the_estimate_of_memory_is_above_what_is_taken():
    import tracemalloc

    plan = Restarts(Experiment("xor", hidden=(8, 8), batch_size=None, optimizer="adam"), 64, 2)
    build_split(plan.experiment)
    tracemalloc.start()
    record_all(plan)
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert plan.n_bytes / 3 < taken < plan.n_bytes


@pytest.mark.parametrize("starts, epochs", [(0, 1), (257, 1), (4, 0), (4, 5001)])
def test_plans_out_of_range_are_refused(starts, epochs):
    with pytest.raises(ValueError, match=r"must be at (least 1|most 256|most 5000), got"):
        Restarts(Experiment(), starts, epochs)


def test_a_plan_is_the_same_whichever_start_is_on_screen():
    assert Restarts(Experiment(start=17, epoch_limit=50, stop_rule="patience"), 8, 20) == Restarts(Experiment(), 8, 20)


def test_parts_of_the_samples_give_the_whole_loss():
    e = Experiment("spiral", hidden=(16, 16))
    network, split = build_network(e, 256), build_split(e)
    assert 8 * 4 * 256 * 35 * len(split.X_train) > WORK_BYTES  # so that it is cut
    assert mean_losses(network, split.X_train, split.y_train) == pytest.approx(
        network.data_loss(split.X_train, split.y_train)
    )
    assert outputs_of(network, split.X_train) == pytest.approx(network.predict(split.X_train))


def test_one_start_has_no_runs_axis():
    assert build_trainer(Experiment(), 3, None).model.parameters.ndim == 1


def test_as_many_runs_as_fit():
    small, large = Experiment(hidden=(8, 8, 8)), Experiment(hidden=(64,) * 6)
    assert runs_that_fit(small, 250, 64) == 64
    # 6 layers of 65 and 2, 32 bytes each, for 500 samples: 6.3 MB a run, and 0.5 MB of vectors.
    assert runs_that_fit(large, 500, 64) == 2
    assert runs_that_fit(large, 10**6, 64) == 1


def test_a_surface_of_a_large_network_stays_within_its_memory():
    import tracemalloc

    e = Experiment("xor", hidden=(64,) * 6)
    split, network, axis = build_split(e), build_network(e), np.linspace(-1, 1, 6)
    plane = random_slice(network.parameters.copy(), network.matrices)
    tracemalloc.start()
    model = stack(e, np.zeros((runs_that_fit(e, len(split.X_train), 64), e.n_parameters)))
    loss_surface(model, plane, axis, axis, (split.X_train, split.y_train))
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert taken < 3 * WORK_BYTES
