"""Situations with a known cause: the sentence names it, and what it advises cures it when it is done.

Every situation is trained. A cure is trained from the same first weights with the settings that the finding carries, for as
long as is said, and must leave a run that is no longer poor: an accuracy of 90 %, an R² of 0.8.
"""

from typing import NamedTuple

import numpy as np
import pytest

from nncore import ChunkStore, Experiment, Run
from nncore.data import SHELF, read_table
from nncore.data.own.table_names import TableChoice, table_name
from nncore.experiments.experiment import build_network
from nncore.inspection.diagnosis import diagnose

STORE = ChunkStore()


class Case(NamedTuple):
    """A cause, the settings that bring it about, the frame, the finding's kind, words of it, and how the cure is judged.

    `cured` is the lowest training score after `cure_frame` frames of the run with the remedy; None asks only that the
    finding is gone.
    """

    cause: str
    settings: dict
    frame: int
    kind: str
    words: str
    cured: float | None = 0.9
    cure_frame: int = 160


LINEAR = {"dataset": "plane", "hidden": ()}
SQUARED = LINEAR | {"features": ("x1", "x2", "x1_squared")}

CASES = [
    # The learning rate and its limits.
    Case("rate too large for a network with a hidden layer", {"dataset": "cones", "activation": "relu",
         "initializer": "he_normal", "learning_rate": 10.0, "scaling": "standard"}, 40, "diverged",
         "Turn the learning rate down from 10", None),
    Case("rate beyond the curvature of a bowl", LINEAR | {"learning_rate": 0.3}, 40, "diverged",
         "only learning rates below"),
    Case("unscaled square among the inputs", SQUARED, 40, "diverged", "2 / 511 = 0.0039 are stable, and this one is 0.03"),
    Case("rate just beyond the curvature, full batch", LINEAR | {"batch_size": None, "learning_rate": 0.08}, 30, "unstable",
         "below 2 / 26 = 0.077"),
    Case("momentum beyond its own limit", LINEAR | {"optimizer": "momentum", "batch_size": None, "learning_rate": 0.15}, 100,
         "diverged", "below 3.8 / 26 = 0.14"),
    Case("rate too large, the loss zigzags", {"dataset": "digits", "hidden": (32,), "learning_rate": 10.0}, 40,
         "learning_rate_too_large", "the steps overshoot", 0.9, 40),
    Case("rate too small", {"dataset": "circle", "learning_rate": 1e-4}, 120, "learning_rate_too_small", "up from 0.0001"),
    Case("rate too small for Adam", {"dataset": "spiral", "hidden": (8, 8), "optimizer": "adam", "learning_rate": 1e-5}, 80,
         "learning_rate_too_small", "up from 0.00001", None),
    Case("rate too small for momentum", {"dataset": "moons", "optimizer": "momentum", "learning_rate": 1e-5}, 80,
         "learning_rate_too_small", "up from 0.00001"),
    Case("rate too small for a squared error", {"dataset": "moons", "output": "tanh", "loss": "mse", "learning_rate": 1e-4},
         80, "learning_rate_too_small", "0.01 is a usual one"),
    Case("exponential schedule that falls too fast", {"dataset": "spiral", "hidden": (16, 16), "schedule": "exponential",
         "learning_rate": 0.01}, 300, "schedule_too_fast", "schedule exponential has brought", None),
    Case("schedule that falls too fast", {"dataset": "spiral", "hidden": (16, 16), "schedule": "step"}, 300,
         "schedule_too_fast", "schedule step has brought", None),
    Case("rate too small for Adagrad", {"optimizer": "adagrad", "learning_rate": 1e-3}, 120, "learning_rate_too_small",
         "its steps only get smaller"),
    Case("momentum from a steep start", {"dataset": "sine", "optimizer": "momentum", "learning_rate": 1.0,
         "activation": "relu", "initializer": "he_normal"}, 60, "diverged", "steps overshoot from 0.011 on", None),
    Case("one sample a batch at a huge rate", {"dataset": "moons", "batch_size": 1, "learning_rate": 3.0}, 60,
         "learning_rate_too_large", "the steps overshoot", None),
    Case("rate too large for RMSprop", {"dataset": "spiral", "optimizer": "rmsprop", "learning_rate": 1.0}, 60,
         "learning_rate_too_large", "down from 1 to 0.3", None),
    Case("rate far too large for Adam", {"optimizer": "adam", "learning_rate": 10.0}, 60, "learning_rate_too_large",
         "0.01 is a usual rate"),
    Case("rate too large for absolute errors", {"dataset": "sine", "loss": "mae", "learning_rate": 1.0}, 60,
         "learning_rate_too_large", "zigzags", None),
    Case("cosine that ends too early", {"dataset": "spiral", "hidden": (16, 16), "schedule": "cosine", "epoch_limit": 20},
         60, "schedule_too_fast", "train on beyond the epoch limit of 20", None),
    # Penalties.
    Case("L2 beyond its limit", {"learning_rate": 0.3, "l2": 10.0}, 40, "diverged", "The L2 penalty alone does it"),
    Case("L2 beyond its limit, not yet diverged", {"learning_rate": 0.3, "l2": 7.0, "batch_size": None}, 5, "unstable",
         "0.3 times L2 7 is 2.1, and from 2 on"),
    Case("L1 too strong", {"l1": 0.1}, 40, "penalty_too_strong", "L1 too strong"),
    Case("L2 too strong", {"l2": 0.3}, 40, "penalty_too_strong", "L2 too strong"),
    Case("L1 so strong that weights jump about 0", {"l1": 10.0}, 40, "penalty_too_strong", "0.03 × 10 = 0.3"),
    Case("L1 too strong for a regression", {"dataset": "sine", "l1": 3.0, "learning_rate": 0.01}, 40, "penalty_too_strong",
         "L1 too strong", None),
    Case("L2 too strong for Adam", {"l2": 3.0, "optimizer": "adam", "learning_rate": 0.01}, 60, "penalty_too_strong",
         "L2 too strong"),
    # Scaling.
    Case("large inputs make a regression diverge", {"dataset": "diabetes", "activation": "relu", "initializer": "he_normal"},
         40, "diverged", "standardise the inputs: their largest value is", None),
    Case("large inputs saturate tanh", {"dataset": "wine"}, 40, "saturated_neurons", "standardised inputs"),
    Case("large inputs kill ReLUs", {"dataset": "wine", "activation": "relu"}, 40, "dead_neurons", "Standardise the inputs"),
    Case("large inputs saturate a sigmoid", {"dataset": "breast_cancer", "activation": "sigmoid"}, 60, "saturated_neurons",
         "standardised inputs"),
    # The output.
    Case("sigmoid for a sine", {"dataset": "sine", "output": "sigmoid"}, 100, "output_out_of_reach",
         "sigmoid stays between 0 and 1", 0.8, 300),
    Case("sigmoid for a step", {"dataset": "step", "output": "sigmoid"}, 60, "output_out_of_reach", "50 % of the", 0.8),
    Case("sigmoid for cones", {"dataset": "cones", "output": "sigmoid"}, 60, "output_out_of_reach",
         "No weights bring", None),
    Case("tanh for diabetes", {"dataset": "diabetes", "output": "tanh", "scaling": "standard"}, 60, "output_out_of_reach",
         "tanh stays between -1 and 1", None),
    Case("squared error on a saturated sigmoid", {"dataset": "gauss", "hidden": (), "loss": "mse", "initializer": "ones",
         "features": ("x1_squared", "x2_squared", "x1", "x2"), "learning_rate": 1e-3}, 40, "saturated_output",
         "With the squared error loss the slope there is nearly 0", None),
    # Neurons.
    Case("all weights 0 with tanh", {"initializer": "zeros"}, 60, "identical_neurons", "Only the output's bias learns"),
    Case("all weights 0 with ReLU", {"initializer": "zeros", "activation": "relu"}, 60, "identical_neurons",
         "relu of 0 is 0"),
    Case("all weights 0 with sigmoid", {"initializer": "zeros", "activation": "sigmoid"}, 60, "identical_neurons",
         "copies of each other", None),
    Case("all weights 1", {"initializer": "ones"}, 60, "identical_neurons", "copies of each other"),
    Case("all weights 0 with leaky ReLU", {"initializer": "zeros", "activation": "leaky_relu"}, 60, "identical_neurons",
         "leaky_relu of 0 is 0"),
    Case("all weights 0 with softplus", {"initializer": "zeros", "activation": "softplus"}, 60, "identical_neurons",
         "copies of each other"),
    # Depth.
    Case("six layers of sigmoids", {"hidden": (8,) * 6, "activation": "sigmoid"}, 60, "vanishing_gradient",
         "vanishes on its way back through 7 layers", None),
    Case("five layers, first weights too small", {"hidden": (8,) * 5, "initializer": "small_normal"}, 60,
         "vanishing_gradient", "first weights are too small"),
    Case("six narrow layers of sigmoids on a spiral", {"dataset": "spiral", "hidden": (4,) * 6, "activation": "sigmoid"}, 60,
         "vanishing_gradient", "In layers of so few neurons relu does not help"),
    Case("five layers of three sigmoids at a large rate", {"dataset": "spiral", "hidden": (3,) * 5, "activation": "sigmoid",
         "learning_rate": 1.0}, 60, "vanishing_gradient", "two hidden layers of 16 tanh neurons"),
    Case("deep narrow sigmoids for a curve", {"dataset": "sine", "hidden": (4,) * 5, "activation": "sigmoid"}, 80,
         "vanishing_gradient", "two hidden layers of 16 tanh neurons", 0.8),
    Case("sigmoids so deep that Adam flattens them", {"dataset": "spiral", "hidden": (8,) * 6, "activation": "sigmoid",
         "optimizer": "adam", "learning_rate": 0.01}, 120, "saturated_neurons",
         "Back through 6 such layers the slopes multiply to nearly nothing. Choose relu with the initializer He normal"),
    Case("six layers of three sigmoids with Adam", {"dataset": "spiral", "hidden": (3,) * 6, "activation": "sigmoid",
         "optimizer": "adam", "learning_rate": 0.01}, 60, "stuck", "fewer and wider layers, such as two of 16 tanh neurons"),
    # What the network can express.
    Case("corners without a hidden layer", {"dataset": "corners", "hidden": (), "learning_rate": 0.3}, 200, "stuck",
         "the loss is convex"),
    Case("circle without a hidden layer", {"hidden": ()}, 100, "stuck", "No other first weights"),
    Case("xor without a hidden layer", {"dataset": "xor", "hidden": ()}, 80, "stuck", "Add a hidden layer"),
    Case("sine without a hidden layer", {"dataset": "sine", "hidden": ()}, 100, "stuck",
         "its floor is a loss of 0.336", 0.8),
    Case("no activation", {"dataset": "xor", "activation": "identity"}, 100, "stuck", "the network is linear"),
    Case("four linear layers at a large rate", {"dataset": "spiral", "hidden": (8,) * 4, "activation": "identity",
         "learning_rate": 1.0}, 60, "stuck", "such as tanh, and a smaller learning rate with it, such as 0.1", None),
    Case("five linear layers", {"hidden": (8,) * 5, "activation": "identity"}, 80, "stuck", "its layers are a single one"),
    Case("one hidden neuron", {"hidden": (1,)}, 200, "stuck", "hidden layer 1 has 1 neuron"),
    Case("two neurons in a local minimum", {"dataset": "corners", "hidden": (2,), "optimizer": "adam", "batch_size": None,
         "weight_seed": 2}, 200, "stuck", "is not known from here"),
    # The data.
    Case("noisy labels", {"noise": 50, "hidden": (4,)}, 200, "noise", "of the training samples the wrong label"),
    Case("noisy targets", {"dataset": "sine", "noise": 50, "hidden": (8,), "optimizer": "adam", "learning_rate": 0.01}, 200,
         "noise", "even the curve without noise", 0.8),
    Case("too few samples", {"dataset": "moons", "samples": 40, "noise": 40, "hidden": (32, 32), "optimizer": "adam",
         "learning_rate": 0.01}, 100, "overfitting", "only 20 training samples", None),
    # First weights, and steps that undo them.
    Case("first weights too large for deep ReLUs", {"dataset": "sine", "hidden": (32,) * 4, "activation": "relu",
         "initializer": "normal"}, 5, "diverged", "where He normal would draw them at 0.25", None),
    Case("first weights too small for deep ReLUs", {"dataset": "moons", "hidden": (8,) * 4, "activation": "relu",
         "initializer": "small_normal"}, 20, "dead_neurons", "The first weights are too small to carry anything through"),
    Case("ReLUs that large steps have killed", {"activation": "relu", "learning_rate": 10.0}, 5, "dead_neurons",
         "Large steps push them there: turn the learning rate down from 10 to 0.1"),
    Case("momentum at a rate for plain steps", {"optimizer": "momentum", "learning_rate": 1.0}, 60,
         "learning_rate_too_large", "add up to 10 times the learning rate: 0.01 is a usual rate"),
    Case("patience that a single bad epoch uses up", {"dataset": "spiral", "hidden": (16, 16), "optimizer": "adam",
         "learning_rate": 0.01, "stop_rule": "patience", "patience": 2}, 100, "stopped_too_early",
         "ended training after epoch 2, before a trend could show in the losses, and accuracy is"),
    Case("softmax at a huge rate", {"dataset": "spiral3", "learning_rate": 10.0}, 5, "learning_rate_too_large",
         "down from 10 to 3 or less, or make the batches larger. 0.1 is a usual rate"),
    Case("nesterov at a rate for plain steps", {"dataset": "spiral", "hidden": (8, 8), "activation": "relu",
         "optimizer": "nesterov", "learning_rate": 1.0}, 60, "dead_neurons", "down from 1 to 0.01"),
    Case("large pixels at a large rate", {"dataset": "digits", "activation": "relu", "hidden": (16,), "learning_rate": 1.0},
         40, "dead_neurons", "Large steps push them there"),
    Case("one sample a batch and a rate of 1", {"batch_size": 1, "learning_rate": 1.0}, 40, "learning_rate_too_large",
         "or make the batches larger"),
    Case("softplus at a large rate", {"dataset": "cones", "activation": "softplus", "learning_rate": 1.0}, 40, "diverged",
         "steps overshoot from 0.076 on", None),
    # What was named as something else.
    Case("sigmoids on wine with Adam", {"dataset": "wine", "optimizer": "adam", "learning_rate": 0.01,
         "activation": "sigmoid"}, 60, "saturated_neurons", "standardised inputs"),
    Case("deep layers under a large penalty", {"dataset": "moons", "hidden": (8, 8, 8), "l2": 1.0}, 60,
         "penalty_too_strong", "L2 too strong"),
    Case("L2 too strong, after a few epochs", {"l2": 10.0, "learning_rate": 0.01}, 5, "penalty_too_strong",
         "L2 too strong: it has pulled all the weights"),
    Case("L1 too strong for Adam, after a few epochs", {"l1": 10.0, "optimizer": "adam", "learning_rate": 0.01}, 5,
         "penalty_too_strong", "L1 too strong", 0.9, 40),
    Case("four layers of sigmoids", {"dataset": "xor", "hidden": (8,) * 4, "activation": "sigmoid",
         "initializer": "he_normal"}, 60, "vanishing_gradient", "multiply it by slopes of 0.19", 0.9, 60),
    Case("xor at a large rate, without a hidden layer", {"dataset": "xor", "hidden": (), "learning_rate": 0.3}, 60, "stuck",
         "its floor is a loss of 0.6"),
    Case("a spiral through one neuron", {"dataset": "spiral", "hidden": (8, 1, 8), "optimizer": "adam",
         "learning_rate": 0.01}, 120, "stuck", "hidden layer 2 has 1 neuron", None),
    Case("patience that small steps try too hard", {"dataset": "spiral", "stop_rule": "patience", "patience": 5,
         "learning_rate": 1e-3}, 60, "stopped_too_early", "with a larger learning rate than 0.001, such as 0.1", 0.9, 200),
    Case("L1 that leaves a few weights", {"dataset": "spiral", "hidden": (16, 16), "l1": 0.01}, 120, "stuck",
         "L1 pulls all weights towards 0 and may be the cause: turn it off first."),
    Case("schedule that falls from a small rate", {"dataset": "spiral", "hidden": (16, 16), "schedule": "inverse_time",
         "learning_rate": 0.003}, 200, "schedule_too_fast", "a learning rate larger than 0.003, such as 0.1"),
    Case("rate too large for Adagrad", {"dataset": "spiral", "hidden": (16, 16), "optimizer": "adagrad",
         "learning_rate": 3.0}, 60, "saturated_neurons", "smaller learning rate"),
    Case("rate too small for RMSprop", {"dataset": "moons", "optimizer": "rmsprop", "learning_rate": 1e-5}, 80,
         "learning_rate_too_small", "0.001 is a usual one"),
    Case("rate too small for Nesterov", {"dataset": "xor", "optimizer": "nesterov", "learning_rate": 1e-5}, 80,
         "learning_rate_too_small", "up from 0.00001"),
    Case("rate too small for absolute errors", {"dataset": "sine", "loss": "mae", "learning_rate": 1e-5}, 80,
         "learning_rate_too_small", "up from 0.00001", 0.8),
    Case("single samples at a large rate of Adam", {"dataset": "spiral", "hidden": (8, 8), "optimizer": "adam",
         "learning_rate": 0.1, "batch_size": 1}, 40, "saturated_neurons", "smaller learning rate"),
    Case("large inputs saturate a Huber regression", {"dataset": "diabetes", "loss": "huber"}, 100, "saturated_neurons",
         "standardised inputs", 0.8),
    Case("rings without a hidden layer", {"dataset": "rings", "hidden": ()}, 100, "stuck", "its floor is a loss of 1.09"),
    Case("a tolerance that the first gradient is below", {"dataset": "xor", "stop_rule": "small_gradient",
         "tolerance": 0.5}, 20, "stopped_too_early", "the tolerance 0.5 ended training after epoch 1"),
    Case("one ReLU for exclusive-or", {"dataset": "xor", "hidden": (1,), "activation": "relu"}, 100, "stuck",
         "is not known from here. With so few neurons (hidden layer 1 has 1 neuron)"),
    # How long, and how often.
    Case("full batch, few updates", {"dataset": "circle", "batch_size": None}, 100, "few_updates",
         "in one batch are", 0.9, 160),
    Case("too few epochs", {"dataset": "circle", "epoch_limit": 8}, 8, "stopped_too_early",
         "the epoch limit ended training"),
    Case("too few epochs, beside one saturated neuron", {"dataset": "iris", "epoch_limit": 3}, 3, "stopped_too_early",
         "the epoch limit ended training", 0.9, 160),
    Case("patience of one epoch", {"dataset": "spiral", "hidden": (16, 16), "optimizer": "adam", "learning_rate": 0.01,
         "stop_rule": "patience", "patience": 1}, 600, "stopped_too_early", "the patience of 1", 0.9, 300),
    Case("a stop rule that mistakes small steps for the end", {"learning_rate": 1e-5, "stop_rule": "weight_change",
         "tolerance": 0.01}, 10, "stopped_too_early", "the learning rate 0.00001 is small"),
]  # fmt: skip


POINTS = np.random.default_rng(0).normal(size=(120, 2))
RING = np.where(np.square(POINTS).sum(axis=1) > 1.4, "far", "near")
WAVE = POINTS[:, 0] + np.sin(2 * POINTS[:, 1])


def own(inputs, answers, task):
    """The name of a table of one's own with two inputs."""
    rows = "\n".join(f"{a:.7g},{b:.7g},{answer}" for (a, b), answer in zip(inputs, answers, strict=True))
    table = read_table(f"a,b,answer\n{rows}\n".encode(), "own.csv")
    SHELF.put(table, "a viewer")
    return table_name(TableChoice(table.digest, "own.csv", 2, (0, 1), task))


def seen_at(experiment, frame):
    """What `diagnose` takes for the frame of this experiment's run, or for its last if it stopped before."""
    run = Run(experiment)
    frame = STORE.reached(run, frame)
    epochs, scores, stop = STORE.scores(run, frame)
    return experiment, STORE.frame(run, frame), scores, epochs, stop


def findings(experiment, frame):
    return {finding.kind: finding for finding in diagnose(*seen_at(experiment, frame))}


def test_there_are_at_least_thirty_situations():
    assert len(CASES) >= 30 and len({case.cause for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.cause)
def test_the_sentence_names_the_cause_and_its_advice_cures_it(case):
    experiment = Experiment(**case.settings)
    found = findings(experiment, case.frame)
    assert next(iter(found), None) == case.kind, {kind: finding.text for kind, finding in found.items()}
    finding = found[case.kind]
    assert case.words in finding.text
    assert "frame" not in finding.text  # the pages' word is snapshot
    assert finding.remedy
    cured = experiment.with_changes(**finding.remedy)
    assert cured != experiment
    *_, scores, _, stop = seen_at(cured, case.cure_frame)
    assert stop is None or stop.rule != "divergence"
    if case.cured is None:
        assert case.kind not in findings(cured, case.cure_frame)
        assert not scores[-1, 0] > scores[0, 0]
    else:
        assert np.isfinite(scores[-1, 0]) and scores[-1, 2] >= case.cured


UNEXPLAINED = {
    "six tanh layers of 4": {"hidden": (4,) * 6},
    "six tanh layers of 4, large weights and steps": {"hidden": (4,) * 6, "initializer": "normal", "learning_rate": 1.0},
    "plain descent": {"hidden": (8, 8)},
    "six gelu layers, large steps": {"hidden": (4,) * 6, "activation": "gelu", "learning_rate": 1.0},
    "six silu layers": {"hidden": (4,) * 6, "activation": "silu"},
    "five softplus layers": {"hidden": (4,) * 5, "activation": "softplus"},
    "six elu layers, large steps": {"hidden": (4,) * 6, "activation": "elu", "learning_rate": 1.0},
    "single samples, large steps": {"hidden": (8, 8), "batch_size": 1, "learning_rate": 0.3},
    "two neurons for six cones": {"dataset": "cones", "hidden": (2,), "optimizer": "adam", "learning_rate": 0.01},
    "two neurons for a sine, absolute error": {"dataset": "sine", "hidden": (2,), "loss": "mae"},
    "a tenth of iris": {"dataset": "iris", "validation": 45, "test": 45},
}


@pytest.mark.parametrize("settings", UNEXPLAINED.values(), ids=UNEXPLAINED)
def test_a_poor_run_whose_cause_is_not_known_is_told_so_and_what_it_advises_cures_it(settings):
    experiment = Experiment(**{"dataset": "spiral"} | settings)
    (finding,) = findings(experiment, 40).values()
    assert finding.kind == "unexplained" and "not known from here" in finding.text
    *_, scores, _, _ = seen_at(experiment.with_changes(**finding.remedy), 160)
    assert scores[-1, 2] > 0.9


def test_inputs_that_hardly_differ_are_unscaled():
    experiment = Experiment(dataset=own(POINTS / 1000, RING, "classification"))
    found = findings(experiment, 60)
    assert list(found) == ["unscaled_inputs"] and "differ so little from sample to sample" in found["unscaled_inputs"].text
    *_, scores, _, _ = seen_at(experiment.with_changes(**found["unscaled_inputs"].remedy), 120)
    assert scores[-1, 2] >= 0.9


def test_samples_that_contradict_each_other_are_named_with_what_is_possible_at_most():
    settings = {"validation": 0, "test": 0, "optimizer": "adam", "learning_rate": 0.01}
    twice = np.repeat(POINTS[:40], 2, axis=0)
    answers = ["yes", "no"] * 20 + ["yes"] * 40  # the first 20 points have both answers
    experiment = Experiment(dataset=own(twice, answers, "classification"), **settings)
    text = findings(experiment, 60)["contradictions"].text
    assert "40 of the 80 training samples have the same inputs" in text and "than an accuracy of 75 %" in text
    mended = Experiment(dataset=own(twice, ["yes", "yes"] * 20 + ["no"] * 40, "classification"), **settings)
    assert "contradictions" not in findings(mended, 60)
    # Of two targets 0 and 1 for the same inputs the best answer is 0.5, half of the spread that there is: R² 0.
    numbers = Experiment(dataset=own(twice, ["0.0", "1.0"] * 40, "regression"), **settings)
    assert "than an R² of 0.00" in findings(numbers, 60)["contradictions"].text


def test_targets_far_from_0_are_named_and_cured_by_what_is_subtracted():
    far = [f"{1_000_000 + value:.8g}" for value in WAVE]
    found = findings(Experiment(dataset=own(POINTS, far, "regression")), 60)
    assert next(iter(found)) == "far_targets"
    assert "Targets far from 0: they lie around 1,000,0" in found["far_targets"].text
    near = Experiment(dataset=own(POINTS, [f"{value:.8g}" for value in WAVE], "regression"))
    assert findings(near, 60) == {}
    *_, scores, _, _ = seen_at(near, 60)
    assert scores[-1, 2] >= 0.8


def test_biases_that_silence_a_relu_are_named_and_setting_them_to_0_wakes_it():
    experiment = Experiment(dataset="circle", activation=("relu",), initializer="he_normal", hidden=(4,))
    _, parameters, scores, epochs, _ = seen_at(experiment, 0)
    network = build_network(experiment)
    network.parameters[...] = parameters
    network.biases[0][:2] = -50.0
    text = diagnose(experiment, network.parameters, scores, epochs)[0].text
    assert "neurons 1 and 2 of hidden layer 1 are 0" in text
    assert "The biases, down to -50, outweigh every weighted sum of the inputs" in text
    network.biases[0][:2] = 0.0
    assert "dead_neurons" not in {finding.kind for finding in diagnose(experiment, network.parameters, scores, epochs)}


def test_what_a_sentence_says_of_its_evidence():
    few = Experiment(dataset="moons", samples=40, noise=40, hidden=(32, 32), optimizer="adam", learning_rate=0.01)
    assert "judged on 12 validation samples, so chance may have a hand in it" in findings(few, 100)["overfitting"].text
    noisy = Experiment(dataset="xor", noise=50, hidden=(4,))
    assert ", so that an accuracy of " in findings(noisy, 200)["noise"].text


def test_two_penalties_that_may_hold_a_run_are_named_together():
    both = Experiment(dataset="spiral", hidden=(16, 16), l1=0.01, l2=1e-5)
    (finding,) = findings(both, 120).values()
    assert "L1 and L2 pull all weights towards 0 and may be the cause: turn them off first." in finding.text
    assert finding.remedy["l1"] == finding.remedy["l2"] == 0.0
