import numpy as np
import pytest

from nncore import OPTIMIZERS, SCHEDULES

# From w = 1 at learning rate 0.1, with the gradients 0.5 and then 0.25: w after each step.
BY_HAND = {
    "sgd": (0.95, 0.925),  # 1 - 0.1 * 0.5; - 0.1 * 0.25
    "momentum": (0.95, 0.88),  # v = 0.5; v = 0.9 * 0.5 + 0.25 = 0.7
    "nesterov": (0.905, 0.817),  # 0.5 + 0.9 * 0.5 = 0.95; 0.25 + 0.9 * 0.7 = 0.88
    # sum = 0.25, 0.5 / 0.5 = 1; sum = 0.3125, 0.25 / 0.559017 = 0.447214
    "adagrad": (0.9, 0.8552786405),
    # s = 0.0025, 0.5 / 0.05 = 10; s = 0.99 * 0.0025 + 0.01 * 0.0625 = 0.0031, 0.25 / 0.05567764 = 4.490132
    "rmsprop": (0.0, -0.4490132),
    # m = 0.05 / 0.1 = 0.5, s = 0.00025 / 0.001 = 0.25, 0.5 / 0.5 = 1;
    # m = 0.07 / 0.19 = 0.36842105, s = 0.00031225 / 0.001999 = 0.15620310, ratio 0.93217886
    "adam": (0.9, 0.8067821),
    "adamw": (0.899, 0.8048831),  # 0.999 * 1 - 0.1; 0.999 * 0.899 - 0.09321789
}


def run(optimizer, gradient, start, learning_rate, n_steps):
    """The parameters after each step, (n_steps, P)."""
    w, path = np.array(start, dtype=float), []
    optimizer.start(w)
    for _ in range(n_steps):
        optimizer.step(w, np.array(gradient(w), dtype=float), learning_rate)
        path.append(w.copy())
    return np.array(path)


def rosenbrock_gradient(w):
    x, y = w
    return [2 * (x - 1) - 400 * x * (y - x * x), 200 * (y - x * x)]


def rosenbrock(w):
    return (1 - w[0]) ** 2 + 100 * (w[1] - w[0] ** 2) ** 2


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_two_steps_by_hand(name):
    gradients = iter([[0.5], [0.25]])
    path = run(OPTIMIZERS[name](), lambda w: next(gradients), [1.0], 0.1, 2)
    assert path[:, 0] == pytest.approx(BY_HAND[name], abs=1e-6)


@pytest.mark.parametrize(
    "name, learning_rate",
    [("sgd", 0.1), ("momentum", 0.02), ("nesterov", 0.02), ("adagrad", 1.0), ("rmsprop", 0.001), ("adam", 0.03),
     ("adamw", 0.03)],
)  # fmt: skip
def test_finds_the_bottom_of_a_parabola(name, learning_rate):
    optimizer = OPTIMIZERS[name](weight_decay=0.0) if name == "adamw" else OPTIMIZERS[name]()
    path = run(optimizer, lambda w: [w[0] - 1.0, 4 * (w[1] + 2.0)], [0.0, 0.0], learning_rate, 3000)
    assert path[-1] == pytest.approx([1.0, -2.0], abs=2e-3)  # RMSprop ends by hopping within one learning rate


@pytest.mark.parametrize(
    "name, learning_rate",
    [("sgd", 1e-3), ("momentum", 2e-4), ("nesterov", 2e-4), ("adagrad", 0.5), ("rmsprop", 1e-3), ("adam", 0.01),
     ("adamw", 0.01)],
)  # fmt: skip
def test_finds_the_valley_floor_of_rosenbrock(name, learning_rate):
    optimizer = OPTIMIZERS[name](weight_decay=0.0) if name == "adamw" else OPTIMIZERS[name]()
    path = run(optimizer, rosenbrock_gradient, [-1.0, 1.0], learning_rate, 12_000)
    assert rosenbrock(path[-1]) < 1e-3 < rosenbrock([-1.0, 1.0])


def test_weight_decay_is_a_part_of_adams_gradient_and_apart_from_adamws():
    # w = 2, g = 0.5, lr 0.1, weight decay 0.5. Adam: g + 0.5 * 2 = 1.5, and a first step is lr times its sign: 1.9.
    # AdamW: 2 (1 - 0.1 * 0.5) = 1.9 first, and then the same step: 1.8.
    for name, after in (("adam", 1.9), ("adamw", 1.8)):
        optimizer, w = OPTIMIZERS[name](weight_decay=0.5), np.array([2.0])
        optimizer.start(w)
        optimizer.step(w, np.array([0.5]), 0.1)
        assert w == pytest.approx([after], abs=1e-8)
        assert optimizer.state["mean"] == pytest.approx([0.15 if name == "adam" else 0.05])


@pytest.mark.parametrize("name, settings, message", [
    ("momentum", {"momentum": -0.1}, "momentum must be a finite number of at least 0, got -0.1"),
    ("nesterov", {"momentum": 0.0}, "momentum must be above 0 with nesterov, got 0.0"),
    ("adam", {"beta1": 1.0}, "beta1 must be below 1, got 1"),
    ("adamw", {"weight_decay": float("nan")}, "weight_decay must be a finite number of at least 0, got nan"),
    ("rmsprop", {"alpha": "a"}, "alpha must be a number from 0 to 1, got 'a'"),
    ("adagrad", {"epsilon": -1}, "epsilon must be a finite number of at least 0, got -1"),
])  # fmt: skip
def test_settings_that_make_no_optimizer_are_refused(name, settings, message):
    with pytest.raises(ValueError, match=message):
        OPTIMIZERS[name](**settings)


def test_weight_decay_pulls_adamw_towards_zero_without_a_gradient():
    path = run(OPTIMIZERS["adamw"](weight_decay=0.1), lambda w: [0.0], [2.0], 0.5, 3)
    assert path[:, 0] == pytest.approx([2 * 0.95, 2 * 0.95**2, 2 * 0.95**3])


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_run_steps_as_if_alone(name):
    rng = np.random.default_rng(0)
    starts, gradients = rng.normal(size=(3, 4)), rng.normal(size=(6, 3, 4))

    def path(pick):
        feed = iter(gradients)
        return run(OPTIMIZERS[name](), lambda w: next(feed)[pick], starts[pick], 0.1, 6)

    together = path(slice(None))
    for r in range(3):
        assert np.array_equal(together[:, r], path(r))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_start_puts_the_optimizer_at_rest(name):
    optimizer = OPTIMIZERS[name]()
    first = run(optimizer, lambda w: w, [1.0, -2.0], 0.1, 5)
    assert np.array_equal(run(optimizer, lambda w: w, [1.0, -2.0], 0.1, 5), first)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_each_call_makes_an_optimizer_with_a_state_of_its_own(name):
    one, other = OPTIMIZERS[name](), OPTIMIZERS[name]()
    expected = run(OPTIMIZERS[name](), lambda w: w, [1.0], 0.1, 2)
    one.start(np.ones(1))
    run(other, lambda w: 5 * w, [3.0], 0.1, 3)
    w = np.ones(1)
    for row in expected:
        one.step(w, w.copy(), 0.1)
        assert np.array_equal(w, row)


# Factors in epochs 0, 100 and 250 of at most 500.
SCHEDULES_BY_HAND = {
    "constant": (1, 1, 1),
    "step": (1, 0.5, 0.25),
    "exponential": (1, 0.995**100, 0.995**250),
    "inverse_time": (1, 1 / 2, 1 / 3.5),
    "cosine": (1, (1 + np.cos(np.pi / 5)) / 2, 0.5),
}


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_by_hand(name):
    factors = [SCHEDULES[name](epoch, 500) for epoch in (0, 100, 250)]
    assert factors == pytest.approx(SCHEDULES_BY_HAND[name])


def test_step_halves_at_the_hundredth_epoch_and_cosine_ends_at_zero():
    assert [SCHEDULES["step"](epoch, 500) for epoch in (99, 100, 199, 200)] == [1, 0.5, 0.5, 0.25]
    assert SCHEDULES["cosine"](500, 500) == SCHEDULES["cosine"](700, 500) == pytest.approx(0.0, abs=1e-15)


@pytest.mark.parametrize("name, gradient, share", [
    ("adagrad", 1e-10, 0.5),  # 1e-10 / (sqrt(1e-20) + 1e-10)
    ("rmsprop", 1e-7, 5.0),  # 1e-7 / (sqrt(0.01 * 1e-14) + 1e-8)
    ("adam", 1e-8, 0.5),  # 1e-8 / (sqrt(1e-16) + 1e-8), both means corrected for their start first
])  # fmt: skip
def test_epsilon_is_added_outside_the_root(name, gradient, share):
    path = run(OPTIMIZERS[name](), lambda w: [gradient], [1.0], 0.1, 1)
    assert 1.0 - path[0, 0] == pytest.approx(0.1 * share, rel=1e-9)


def test_a_setting_that_an_optimizer_has_not_is_refused():
    with pytest.raises(ValueError, match=r"a setting must be one of beta1, beta2, epsilon, .* got 'beta3'"):
        OPTIMIZERS["adam"](beta3=0.9)
