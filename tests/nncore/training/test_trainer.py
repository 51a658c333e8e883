import numpy as np
import pytest

from nncore import OPTIMIZERS, Network, Trainer
from nncore.training.divergence import DivergenceGuard
from nncore.training.stopping import Patience, SmallGradient, WeightChange

rng = np.random.default_rng(7)
X, LABELS, VALUES = rng.normal(size=(23, 2)), rng.integers(0, 2, 23), rng.normal(size=23)


def make_trainer(optimizer="sgd", batch_size=5, rule=None, runs=None, start=0, seed=1, **settings):
    network = Network((2, 4, 3, 1), seed=3, runs=runs, start=start)
    return Trainer(network, X, LABELS, optimizer, 0.1, batch_size, seed, rule=rule, **settings)


def rule_of(name):
    return {"none": None, "weight_change": WeightChange(1e-9), "small_gradient": SmallGradient(1e-9),
            "patience": Patience(X, 1 - LABELS, patience=30)}[name]  # fmt: skip


def test_plain_updates_are_gradient_steps_on_the_permuted_batches():
    # 23 samples by 5: four full batches and one of three, whose gradient is the mean over those three.
    trainer, network = make_trainer(batch_size=5), Network((2, 4, 3, 1), seed=3)
    generator = np.random.default_rng(1)
    for _ in range(2):
        order = generator.permutation(23)
        for rows in (order[:5], order[5:10], order[10:15], order[15:20], order[20:]):
            network.parameters -= 0.1 * network.loss_and_gradient(X[rows], LABELS[rows])[1]
        trainer.run_epoch()
        assert trainer.model.parameters == pytest.approx(network.parameters, abs=1e-13)
    assert (trainer.epoch, trainer.updates, trainer.updates_per_epoch) == (2, 10, 5)


def test_full_batch_makes_one_update_an_epoch_and_does_not_depend_on_the_seed():
    one, other = make_trainer(batch_size=None, seed=1), make_trainer(batch_size=None, seed=2)
    for trainer in (one, other):
        trainer.advance(epochs=3)
    assert one.updates == 3 and np.array_equal(one.model.parameters, other.model.parameters)


def test_another_batch_seed_is_another_training():
    one, other = make_trainer(seed=1), make_trainer(seed=2)
    for trainer in (one, other):
        trainer.run_epoch()
    assert not np.array_equal(one.model.parameters, other.model.parameters)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [None, 1, 5])
def test_where_the_work_is_cut_makes_no_difference(optimizer, batch_size):
    whole, by_update, by_pieces, by_clock = (make_trainer(optimizer, batch_size) for _ in range(4))
    whole.advance(epochs=6)
    for _ in range(6 * whole.updates_per_epoch):
        by_update.run_update()
    while by_pieces.epoch < 6:
        by_pieces.run_updates(3)
    while by_clock.epoch < 5:
        by_clock.advance(epochs=5 - by_clock.epoch, seconds=1e-4)
    by_clock.run_update()
    by_clock.run_epoch()  # to the end of the epoch that was begun
    if batch_size is None:
        by_clock = by_pieces  # one update is an epoch already
    for trainer in (by_update, by_pieces, by_clock):
        assert np.array_equal(trainer.model.parameters, whole.model.parameters)
        assert (trainer.epoch, trainer.updates) == (whole.epoch, whole.updates)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("rule", ["none", "weight_change", "small_gradient", "patience"])
def test_training_goes_on_from_a_state_as_if_never_left(optimizer, rule):
    whole, left, resumed = (
        make_trainer(optimizer, rule=rule_of(rule), schedule="cosine", seed=seed) for seed in (1, 1, 2)
    )
    whole.advance(epochs=9)
    left.advance(epochs=4)
    state = left.state()
    left.advance(epochs=2)  # what happens to the one left behind does not reach the state
    resumed.advance(epochs=1)  # with batches and a best loss of its own, which the state replaces
    resumed.restore(state)
    resumed.advance(epochs=5)
    assert np.array_equal(resumed.model.parameters, whole.model.parameters)
    assert (resumed.epoch, resumed.updates) == (whole.epoch, whole.updates)
    assert resumed.ending.rule is None or resumed.ending.rule.state == whole.ending.rule.state


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [None, 5])
def test_run_r_among_many_trains_as_it_does_alone(optimizer, batch_size):
    together = make_trainer(optimizer, batch_size, runs=5)
    together.advance(epochs=8)
    for r in range(5):
        alone = make_trainer(optimizer, batch_size, start=r)
        alone.advance(epochs=8)
        assert together.model.parameters[r] == pytest.approx(alone.model.parameters, abs=1e-12)


def test_an_optimizer_with_settings_of_its_own():
    decayed, plain = make_trainer(OPTIMIZERS["adamw"](weight_decay=0.5)), make_trainer("adam")
    for trainer in (decayed, plain):
        trainer.advance(epochs=5)
    assert np.linalg.norm(decayed.model.parameters) < np.linalg.norm(plain.model.parameters)


@pytest.mark.parametrize("schedule, factor", [("step", 1), ("exponential", 0.995), ("inverse_time", 1 / 1.01)])
def test_the_schedule_counts_epochs_from_zero(schedule, factor):
    trainer = make_trainer(schedule=schedule)
    assert trainer.current_learning_rate == 0.1
    trainer.run_epoch()
    assert trainer.current_learning_rate == pytest.approx(0.1 * factor)


def test_the_cosine_schedule_ends_with_the_epoch_limit():
    trainer = make_trainer(schedule="cosine", epoch_limit=4)
    rates = []
    while trainer.stopped is None:
        rates.append(trainer.current_learning_rate)
        trainer.run_epoch()
    # 0.1 (1 + cos(pi e / 4)) / 2 for e = 0, 1, 2, 3
    assert rates == pytest.approx([0.1, 0.0853553, 0.05, 0.0146447], abs=1e-6)
    assert trainer.current_learning_rate == pytest.approx(0.0, abs=1e-15)


def test_a_large_rate_with_relu_and_mse_keeps_the_last_finite_state():
    network = Network((2, 8, 8, 1), "relu", "identity", "mse", "he_normal")
    trainer = Trainer(network, X, VALUES, learning_rate=10.0, batch_size=None)
    before = network.parameters.copy()
    while trainer.stopped is None:
        before = network.parameters.copy()
        trainer.run_epoch()
    assert trainer.stopped.rule == "divergence" and trainer.diverged
    assert np.array_equal(network.parameters, before) and np.isfinite(before).all()
    assert f"diverged in epoch {trainer.epoch + 1}" in trainer.stopped.whole
    assert "Turn the learning rate down from 10." in trainer.stopped.whole
    trainer.advance(epochs=5)
    assert np.array_equal(network.parameters, before)


@pytest.mark.parametrize("batch_size", [None, 1, 5])
def test_no_updates_are_nothing(batch_size):
    asked, other = make_trainer(batch_size=batch_size), make_trainer(batch_size=batch_size)
    for _ in range(3):  # before the first epoch, within one, and between two
        asked.run_updates(0)
        for trainer in (asked, other):
            trainer.run_updates(max(1, trainer.updates_per_epoch - 1))
    asked.run_updates(0)
    assert (asked.epoch, asked.updates) == (other.epoch, other.updates)
    assert np.array_equal(asked.model.parameters, other.model.parameters)


@pytest.mark.parametrize("piece", [1, 2, 5])
def test_divergence_is_the_same_however_the_work_is_cut(piece):
    def train(n_updates):
        network = Network((2, 8, 8, 1), "relu", "identity", "mse", "he_normal")
        trainer = Trainer(network, X, VALUES, learning_rate=10.0, batch_size=5)
        while trainer.stopped is None:
            trainer.run_updates(n_updates)
        return trainer

    cut, whole = train(piece), train(100)
    assert np.array_equal(cut.model.parameters, whole.model.parameters)
    assert (cut.epoch, cut.stopped) == (whole.epoch, whole.stopped)


def runs_of_which_the_second_explodes(optimizer):
    network = Network((2, 4, 1), "relu", "identity", "mse", runs=3)
    network.parameters[1] *= 1e160
    return Trainer(network, X, VALUES, optimizer, 0.02, 5, seed=2)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov"])
def test_a_diverging_run_is_frozen_and_the_others_go_on_as_if_alone(optimizer):
    trainer = runs_of_which_the_second_explodes(optimizer)
    frozen = trainer.model.parameters[1].copy()
    trainer.advance(epochs=6)
    assert trainer.diverged.tolist() == [False, True, False] and trainer.stopped is None
    assert np.array_equal(trainer.model.parameters[1], frozen)
    for r in (0, 2):
        network = Network((2, 4, 1), "relu", "identity", "mse", start=r)
        alone = Trainer(network, X, VALUES, optimizer, 0.02, 5, seed=2)
        alone.advance(epochs=6)
        assert trainer.model.parameters[r] == pytest.approx(network.parameters, abs=1e-12)


def test_a_frozen_run_stays_frozen_when_training_is_restored():
    trainer, resumed = runs_of_which_the_second_explodes("sgd"), runs_of_which_the_second_explodes("sgd")
    trainer.advance(epochs=3)
    resumed.restore(trainer.state())
    assert resumed.diverged.tolist() == [False, True, False]
    resumed.model.parameters[1] = trainer.model.parameters[1] = 0.1  # a place from which it could move
    for each in (trainer, resumed):
        each.advance(epochs=2)
        assert (each.model.parameters[1] == 0.1).all()


def test_training_stops_when_the_last_run_has_diverged():
    network = Network((2, 4, 1), "relu", "identity", "mse", runs=2)
    network.parameters *= 1e160
    trainer = Trainer(network, X, VALUES, learning_rate=0.02, batch_size=5)
    trainer.advance(epochs=5)
    assert trainer.stopped.rule == "divergence" and trainer.diverged.all() and trainer.epoch == 0


class Parabola:
    """The mean of (w - y)^2, a model with the two members that every model has and nothing else."""

    def __init__(self):
        self.parameters = np.array([4.0])

    def loss_and_gradient(self, X, y):
        return float(np.mean((self.parameters[0] - y) ** 2)), np.array([2 * np.mean(self.parameters[0] - y)])


def test_any_model_with_parameters_and_a_gradient_can_be_trained():
    # Full batch, rate 0.25: w <- w - 0.5 (w - 1) for targets of mean 1: 4, 2.5, 1.75.
    model = Parabola()
    trainer = Trainer(model, np.zeros((2, 1)), np.array([0.0, 2.0]), learning_rate=0.25)
    trainer.advance(epochs=2)
    assert model.parameters == pytest.approx([1.75])


def test_a_model_without_an_inner_loop_sees_the_same_batches():
    # Rate 0.5 jumps to the mean of each batch: the last batch of the epoch's permutation decides.
    model, y = Parabola(), np.arange(5.0)
    Trainer(model, np.zeros((5, 1)), y, learning_rate=0.5, batch_size=2, seed=3).run_epoch()
    assert model.parameters == pytest.approx([y[np.random.default_rng(3).permutation(5)[4:]].mean()])


@pytest.mark.parametrize("settings, message", [
    ({"learning_rate": 0.0}, "learning_rate must be above 0, got 0.0"),
    ({"learning_rate": float("nan")}, "learning_rate must be a finite number of at least 0, got nan"),
    ({"optimizer": "adamax"}, "optimizer must be one of sgd, .* got 'adamax'"),
    ({"schedule": "warm"}, "schedule must be one of constant, .* got 'warm'"),
    ({"batch_size": 0}, "batch_size must be at least 1, got 0"),
    ({"batch_size": 1.5}, "batch_size must be a whole number of at least 1, got 1.5"),
    ({"epoch_limit": -1}, "epoch_limit must be at least 0, got -1"),
    ({"seed": -1}, "seed must be at least 0, got -1"),
    ({"optimizer": None}, "optimizer must be one of sgd, .* got None"),
    ({"schedule": None}, "schedule must be one of constant, .* got None"),
    ({"X": None}, "X and y must have the same number of rows, at least 1, got None and 23"),
    ({"network": Network((2, 1), runs=3), "rule": WeightChange()}, "rule must be None for a stack of runs, got Weight"),
    ({"y": LABELS[:3]}, "X and y must have the same number of rows, at least 1, got 23 and 3"),
])  # fmt: skip
def test_settings_out_of_range_are_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        Trainer(**{"network": Network((2, 1)), "X": X, "y": LABELS} | settings)


def test_advance_needs_to_know_how_far():
    with pytest.raises(ValueError, match="advance needs epochs or finite seconds, got neither"):
        make_trainer().advance()
    with pytest.raises(ValueError, match=r"epochs must be a whole number of at least 0, got 1.5"):
        make_trainer().advance(epochs=1.5)
    with pytest.raises(ValueError, match="seconds must be a number from 0 to inf, got nan"):
        make_trainer().advance(seconds=float("nan"))
    with pytest.raises(ValueError, match="epochs or finite seconds, got inf"):
        make_trainer().advance(seconds=float("inf"))


def test_without_a_limit_training_goes_on_and_the_cosine_comes_to_zero_after_a_thousand_epochs():
    trainer = make_trainer(batch_size=None, schedule="cosine")
    trainer.advance(epochs=500)
    assert trainer.current_learning_rate == pytest.approx(0.05)
    trainer.advance(epochs=700)
    assert trainer.epoch == 1200 and trainer.stopped is None and trainer.current_learning_rate == 0


def test_trainers_do_not_share_what_an_optimizer_remembers():
    optimizer = OPTIMIZERS["adam"]()
    one, other, alone = (make_trainer(each) for each in (optimizer, optimizer, "adam"))
    for _ in range(3):
        for trainer in (one, other, alone):
            trainer.run_epoch()
    assert np.array_equal(one.model.parameters, alone.model.parameters)
    assert np.array_equal(other.model.parameters, alone.model.parameters) and optimizer.state == {}


def test_a_loss_that_overflows_is_divergence_though_every_parameter_is_finite():
    # One input 1 and 2, targets the same: the gradient is 2 mean(x (w x + b - x)), so at a rate of 10 every step makes w
    # and b 67.5 times larger in the end, and the squared error leaves the range of floats long before they do.
    inputs, targets = np.array([[1.0], [2.0]]), np.array([1.0, 2.0])
    network = Network((1, 1), output="identity", loss="mse")
    trainer = Trainer(network, inputs, targets, learning_rate=10.0)
    trainer.advance(epochs=900)
    kept = network.loss_and_gradient(inputs, targets)[0]
    assert trainer.stopped.rule == "divergence" and trainer.epoch < 100
    assert 1e290 < kept < np.inf  # the last finite one: the next would be some 4,600 times larger
    twice = Network((1, 1), output="identity", loss="mse", runs=2)
    together = Trainer(twice, inputs, targets, learning_rate=10.0)
    together.advance(epochs=900)
    assert together.stopped.rule == "divergence" and np.isfinite(twice.loss_and_gradient(inputs, targets)[0]).all()
    assert np.array_equal(twice.parameters[0], network.parameters)


def test_a_loss_that_overflows_where_no_step_is_too_large_is_divergence():
    # Two weights of 1e80 answer 1e160, whose square overflows; the step of 1e-300 leaves them where they are.
    network = Network((1, 1, 1), "identity", "identity", "mse", "zeros")
    network.parameters = [1e80, 0.0, 1e80, 0.0]
    trainer = Trainer(network, np.ones((1, 1)), np.zeros(1), learning_rate=1e-300)
    trainer.run_epoch()
    assert trainer.stopped is not None and trainer.stopped.rule == "divergence"


def growing_line(**settings):
    """w x from w = 8 towards 0 on x = -1 and 1: the loss is w², and at a rate of 1.1 an update makes w 1.2 times larger."""
    network = Network((1, 1), output="identity", loss="mse")
    network.parameters = [8.0, 0.0]
    return Trainer(network, np.array([[-1.0], [1.0]]), np.zeros(2), learning_rate=1.1, **settings)


def test_divergence_is_called_when_the_loss_rises_above_the_bound():
    # 64 * 1.44^n is above 64 million first for n = 38 (1.44^37 = 724,000; 1.44^38 = 1,043,000): that epoch is not kept.
    trainer = growing_line()
    trainer.bound = 64e6
    trainer.advance(epochs=500)
    assert trainer.stopped.rule == "divergence" and trainer.epoch == 37 and trainer.diverged
    assert trainer.stopped.text.startswith("Training diverged in epoch 38: ")
    assert trainer.model.parameters[0] == pytest.approx(-8 * 1.2**37)


def test_a_large_loss_that_falls_is_no_divergence():
    trainer = growing_line()
    trainer.learning_rate, trainer.bound = 0.25, 1e-9
    trainer.model.parameters[0] = 8e3
    trainer.advance(epochs=20)
    assert trainer.stopped is None and trainer.epoch == 20


@pytest.mark.parametrize("piece", [1, 2, 5])
def test_the_bound_is_looked_at_once_an_epoch_however_the_work_is_cut(piece):
    def train(n_updates):
        network = Network((2, 1), output="identity", loss="mse", seed=4)
        trainer = Trainer(network, X, VALUES, learning_rate=0.9, batch_size=3)
        trainer.bound = 1e6
        while trainer.stopped is None:
            trainer.run_updates(n_updates)
        return trainer

    cut, whole = train(piece), train(100)
    assert np.array_equal(cut.model.parameters, whole.model.parameters) and cut.stopped == whole.stopped


@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
def test_the_epoch_that_diverged_can_be_followed_update_by_update(optimizer):
    trainer = Trainer(Network((2, 1), output="identity", loss="mse", seed=4), X, VALUES, optimizer, 1.5, 3)
    trainer.bound = 1e6
    while trainer.stopped is None:
        trainer.run_epoch()
    kept = trainer.model.parameters.copy()
    memory = {name: array.copy() for name, array in trainer.optimizer.state.items()}
    seen = [(number, np.linalg.norm(trainer.model.parameters)) for number in trainer.repeat_epoch()]
    assert [number for number, _ in seen] == list(range(1, trainer.updates_per_epoch + 1))
    assert seen[-1][1] > 10 * np.linalg.norm(kept)
    assert np.array_equal(trainer.model.parameters, kept)
    assert all(np.array_equal(array, trainer.optimizer.state[name]) for name, array in memory.items())
    # The first update again, by hand.
    follow = trainer.repeat_epoch()
    next(follow)
    first = trainer.model.parameters.copy()
    follow.close()
    assert np.array_equal(trainer.model.parameters, kept) and not np.array_equal(first, kept)


def test_an_epoch_that_ends_with_huge_finite_parameters_is_taken_back_without_a_warning():
    network = Network((1, 1), output="identity", loss="mse")
    first, guard = network.parameters.copy(), DivergenceGuard(network, np.ones((4, 1)), np.zeros(4))
    network.parameters[...] = 1e160  # finite, but its square is not
    list(guard.hold_above(10.0))
    assert guard.diverged and (network.parameters == first).all()
