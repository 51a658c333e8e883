import numpy as np
import pytest

from nncore import STOP_RULES, Experiment, Network, Trainer, build_split
from nncore.experiments.experiment import build_network, build_rule
from nncore.training.stopping import EpochEnd, Patience, SmallGradient, WeightChange

X = np.array([[-1.0], [1.0]])


def line_trainer(rule, learning_rate=0.25, **settings):
    """w x + b from w = 8, b = 0 towards the targets 0: the loss is w^2, the gradient (2 w, 0), w halves an epoch."""
    network = Network((1, 1), output="identity", loss="mse")
    network.parameters = [8.0, 0.0]
    return Trainer(network, X, np.zeros(2), learning_rate=learning_rate, rule=rule, **settings)


@pytest.mark.parametrize("rule, epoch", [
    (WeightChange(0.26), 5), (WeightChange(0.25), 6),  # steps 4, 2, 1, 0.5, 0.25, 0.125
    (SmallGradient(0.26), 6), (SmallGradient(0.25), 7),  # lengths 8, 4, 2, 1, 0.5, 0.25, 0.125
])  # fmt: skip
def test_a_tolerance_has_to_be_fallen_below(rule, epoch):
    trainer = line_trainer(rule)
    trainer.advance(epochs=50)
    assert trainer.epoch == epoch


def test_weight_change_stops_after_the_first_step_below_its_tolerance():
    # Steps 4, 2, 1, 0.5, 0.25: the fifth is the first below 0.4.
    trainer = line_trainer(WeightChange(0.4))
    trainer.advance(epochs=50)
    assert trainer.epoch == 5 and trainer.stopped.rule == "weight_change"
    assert trainer.stopped.text.startswith(
        "The weights hardly changed: at most 0.25 in epoch 5, below the tolerance 0.4."
    )


def test_weight_change_looks_at_the_whole_epoch_not_at_its_last_piece():
    network = Network((1, 1), output="identity", loss="mse")
    network.parameters = [8.0, 0.0]
    trainer = Trainer(network, X, np.zeros(2), learning_rate=0.1, batch_size=1, rule=WeightChange(1.5))
    while trainer.stopped is None:
        before = network.parameters.copy()
        trainer.run_update()
        trainer.run_update()
        assert (np.abs(network.parameters - before).max() < 1.5) == (trainer.stopped is not None)


def test_small_gradient_stops_where_the_gradient_is_shorter_than_its_tolerance():
    # w after n epochs is 8 / 2^n, the gradient twice that: 16 / 2^n < 0.3 first for n = 6, 0.25.
    trainer = line_trainer(SmallGradient(0.3))
    trainer.advance(epochs=50)
    assert trainer.epoch == 6 and trainer.stopped.rule == "small_gradient"
    assert trainer.stopped.text.startswith("The gradient's length is 0.25 in epoch 6, below the tolerance 0.3")


def test_patience_counts_epochs_since_the_best_validation_loss():
    # Validation asks for slope 1: (w - 1)^2 falls until w = 1 (epoch 3), then rises; two epochs later it stops.
    trainer = line_trainer(Patience(X, X[:, 0], patience=2))
    trainer.advance(epochs=50)
    assert trainer.epoch == 5 and trainer.stopped.rule == "patience"
    assert trainer.stopped.text.startswith(
        "The validation loss has not improved for 2 epochs: its best, 0.0000, was in epoch 3 (early stopping)."
    )


def test_patience_counts_the_loss_before_the_first_epoch():
    # Validation asks for slope 8, where w begins: 0 in epoch 0, then 16 (w = 4), 36 (w = 2), 49 (w = 1).
    trainer = line_trainer(Patience(X, 8 * X[:, 0], patience=3))
    trainer.advance(epochs=50)
    assert trainer.epoch == 3 and trainer.model.parameters.tolist() == [1.0, 0.0]
    assert "not improved for 3 epochs: its best, 0.0000, was in epoch 0 (early stopping)" in trainer.stopped.text


def test_patience_of_a_branch_counts_the_epoch_that_it_left_from():
    trainer = line_trainer(Patience(X, 8 * X[:, 0], patience=2))
    trainer.epochs_before = 40
    trainer.advance(epochs=50)
    assert trainer.epoch == 2 and "its best, 0.0000, was in epoch 40 " in trainer.stopped.text


def test_patience_starts_anew_with_every_improvement():
    rule = Patience(X, np.zeros(2), patience=1)
    trainer = line_trainer(rule)
    trainer.advance(epochs=10)
    assert trainer.stopped is None and rule.state["best_epoch"] == 10


def test_the_epoch_limit_stops():
    trainer = line_trainer(None, epoch_limit=7)
    trainer.epochs_before = 1000
    trainer.advance(epochs=50)
    assert trainer.epoch == 7 and trainer.stopped.rule == "epoch_limit"
    assert trainer.stopped.text == "The epoch limit of 1,007 is reached."


def test_a_limit_that_lies_behind_trains_no_epoch():
    trainer = line_trainer(None, epoch_limit=0, schedule="cosine")
    trainer.epochs_before = 12
    trainer.advance(epochs=3)
    assert trainer.epoch == 0 and trainer.model.parameters[0] == 8.0
    assert trainer.stopped.text == "The epoch limit of 12 is reached."


def test_a_rule_that_fires_at_the_limit_is_what_is_named():
    trainer = line_trainer(WeightChange(0.4), epoch_limit=5)
    trainer.advance(epochs=50)
    assert trainer.stopped.rule == "weight_change"


def test_nothing_moves_once_training_has_stopped():
    trainer = line_trainer(WeightChange(0.4))
    trainer.advance(epochs=50)
    parameters = trainer.model.parameters.copy()
    trainer.run_update()
    trainer.run_epoch()
    trainer.advance(seconds=0.01)
    assert trainer.epoch == 5 and np.array_equal(trainer.model.parameters, parameters)


@pytest.mark.parametrize("rule", [WeightChange(1e-4), SmallGradient(1e-4), Patience(X, np.zeros(2), patience=500)])
@pytest.mark.parametrize("learning_rate", [10.0, 1e60, 1e200])
def test_divergence_is_named_rather_than_the_rule(rule, learning_rate):
    trainer = line_trainer(rule, learning_rate)
    trainer.advance(epochs=400)
    assert trainer.stopped.rule == "divergence"


@pytest.mark.parametrize("rule", STOP_RULES)
def test_an_experiment_builds_its_rule(rule):
    experiment = Experiment(stop_rule=rule, tolerance=0.02, patience=7)
    built, split = build_rule(experiment), build_split(experiment)
    if rule == "none":
        assert built is None
        return
    assert isinstance(built, STOP_RULES[rule])
    if rule == "patience":
        assert built.patience == 7 and np.array_equal(built.X, split.X_validation)
    else:
        assert built.tolerance == 0.02


def test_patience_without_a_validation_set_watches_the_training_loss_and_says_so():
    experiment = Experiment("corners", hidden=(2,), stop_rule="patience", patience=1)
    split = build_split(experiment)
    trainer = Trainer(build_network(experiment), split.X_train, split.y_train, learning_rate=1e-300,
                      rule=build_rule(experiment))  # fmt: skip
    trainer.advance(epochs=5)
    assert trainer.epoch == 1  # the loss after the first epoch is that of epoch 0
    assert trainer.stopped.text.startswith("The training loss has not improved for 1 epoch")


def test_a_gradients_length_is_not_its_largest_entry():
    # At w = 3, b = 4 the gradient is (6, 8): its length falls 10, 5, 2.5, its largest entry 8, 4, 2.
    trainer = line_trainer(SmallGradient(4.5))
    trainer.model.parameters = [3.0, 4.0]
    trainer.advance(epochs=50)
    assert trainer.epoch == 2


def test_patience_watches_the_loss_without_the_penalty():
    # A weight of 1 fits exactly, and the penalty pulls it to 2/3: the first epoch raises the data loss from 0 to 0.01,
    # though the objective falls.
    network = Network((1, 1), output="identity", loss="mse", l2=1.0)
    network.parameters = [1.0, 0.0]
    trainer = Trainer(network, X, X[:, 0], learning_rate=0.1, rule=Patience(X, X[:, 0], patience=1))
    trainer.advance(epochs=20)
    assert trainer.epoch == 1 and trainer.stopped.rule == "patience" and "its best, 0.0000" in trainer.stopped.text


@pytest.mark.parametrize(("change", "said"), [
    (9.9996e-5, "at most 9.9996e-05 in epoch 7, below the tolerance 0.0001."), (2e-5, "at most 2e-05 in"),
    (np.nextafter(1e-4, 0), "at most 9.999999999999999e-05 in"),
])  # fmt: skip
def test_a_change_below_the_tolerance_is_written_below_it(change, said):
    assert said in WeightChange(1e-4).judge(change, 7).text


@pytest.mark.parametrize(("best", "said"), [(3.14159e-5, "its best, 3.142e-05, was"), (0.25, "its best, 0.2500, was")])
def test_a_small_loss_is_not_written_as_none(best, said):
    network = Network((1, 1), output="identity", loss="mse", initializer="zeros")
    rule = Patience([[0.0]], [1.0], 2, state={"best": best, "best_epoch": 1.0})
    end = EpochEnd(network, np.zeros((1, 1)), np.ones(1), network.parameters.copy(), 3)
    assert said in rule.check(end).text
