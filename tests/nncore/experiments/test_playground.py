"""Addresses of TensorFlow Playground: the experiment is the same step for step, and what differs is said."""

import numpy as np
import pytest

from nncore import Experiment, Trainer, build_network, build_split, from_playground

BEGIN = "https://playground.tensorflow.org/#"
LONG = (BEGIN + "activation=relu&regularization=L2&batchSize=30&dataset=spiral&regDataset=reg-plane&learningRate=0.1&"
        "regularizationRate=0.003&noise=20&networkShape=6,6,2&seed=0.58&showTestData=false&discretize=true&percTrainData=70&"
        "x=true&y=true&xTimesY=true&sinX=true&cosX=false&problem=classification&initZero=false&play_hide=true")  # fmt: skip


def test_a_long_address_is_read_whole():
    experiment, notes = from_playground(LONG)
    assert experiment == Experiment(
        dataset="spiral", samples=500, noise=20, features=("x1", "x2", "x1_x2", "sin_x1"), validation=30, test=0,
        hidden=(6, 6, 2), activation=("relu",), output="tanh", loss="mse", initializer="uniform", learning_rate=0.05,
        batch_size=30, l2=0.006,
    )  # fmt: skip
    assert [any(word in note for note in notes) for word in ("halved", "L2 0.006", "biases start at 0.1",
    "left over")] == [True] * 4


def test_an_address_that_says_nothing_is_the_playground_as_it_opens():
    experiment, _ = from_playground("playground.tensorflow.org")
    assert experiment == Experiment(dataset="circle", hidden=(4, 2), validation=50, test=0, output="tanh", loss="mse",
                                    initializer="uniform", learning_rate=0.015)  # fmt: skip


def test_regression_zeros_and_no_hidden_layer():
    experiment, _ = from_playground(BEGIN + "problem=regression&regDataset=reg-gauss&networkShape=&initZero=true&x=false")
    assert (experiment.dataset, experiment.samples, experiment.hidden) == ("cones", 1200, ())
    assert (experiment.output, experiment.initializer, experiment.features) == ("identity", "zeros", ("x2",))


def test_a_step_is_the_playgrounds_own():
    experiment, _ = from_playground(BEGIN + "learningRate=0.1&regularization=L2&regularizationRate=0.03&batchSize=1")
    network, split = build_network(experiment), build_split(experiment)
    before, (z, a) = network.parameters.copy(), network.forward(split.X_train[:1])
    target = 2.0 * split.y_train[0] - 1
    # Its error signal of the output: (output - target) * tanh'(z), then rate * input, and the penalty rate * lambda * w.
    signal = (a[-1][0, 0] - target) * (1 - a[-1][0, 0] ** 2)
    weights = network.weights[-1].copy()
    expected = weights - 0.1 * signal * a[-2] - 0.1 * 0.03 * weights
    trainer = Trainer(network, split.X_train[:1], split.y_train[:1], learning_rate=experiment.learning_rate)
    trainer.run_epoch()
    assert z[-1].shape == (1, 1) and not np.array_equal(before, network.parameters)
    np.testing.assert_allclose(network.weights[-1], expected, rtol=1e-12)


@pytest.mark.parametrize("state, note", [
    ("dataset=moons", "There is no dataset “moons” in the playground, so it is circle."),
    ("noise=abc", "noise must be a number"),
    ("learningRate=0.00001",
     "The learningRate of 1e-05, 5e-06 in the terms used here, is beyond the limit, so it is 1e-05."),
    ("networkShape=9,2,2,2,2,2,2", "at most 6 hidden layers"), ("networkShape=a,b", "must be numbers of neurons"),
    ("x=false&y=false", "no input at all"), ("speed=9&noise=5", "“speed” says nothing"),
    ("noise=900", "The noise of 900 is beyond the limit, so it is 50"),
    ("percTrainData=1", "so it is 10"), ("regularization=L3", "There is no regularization “L3”"),
    ("batchSize=nan", "batchSize must"),
])  # fmt: skip
def test_what_is_not_there_is_said(state, note):
    experiment, notes = from_playground(BEGIN + state)
    assert any(note in found for found in notes) and isinstance(experiment, Experiment)


@pytest.mark.parametrize("state, said, unsaid", [
    ("learningRate=0.00001", "the nearest here is 1e-05, so they are longer than there", "the steps are the same"),
    ("learningRate=30", "the nearest here is 10, so they are shorter than there", "the steps are the same"),
    ("learningRate=abc", "halved, to 0.015: the steps are the same", "the nearest here"),
    ("regularization=L2&regularizationRate=10", "The regularizationRate of 10, 20 in the terms used here,",
     "twice the strength"),
    # In its source a node's bias is 0.1 unless initZero makes it 0, and a link whose weight L1 takes across 0 is dead.
    ("initZero=true", "Its random numbers are drawn in another way: the points are others", "biases start at 0.1"),
    ("regularization=L1&regularizationRate=0.01", "takes across 0 stays 0 there for good", "initZero"),
    ("regularization=L2&regularizationRate=0.01", "twice the strength: L2 0.02", "takes across 0"),
    ("noise=-3", "The noise of -3 is beyond the limit, so it is 0.", "in the terms used here"),
])  # fmt: skip
def test_nothing_untrue_is_said_of_an_address(state, said, unsaid):
    notes = " ".join(from_playground(BEGIN + state)[1])
    assert said in notes and unsaid not in notes


@pytest.mark.parametrize("url", ["", "hello", "https://example.org/#a=b", "http://[::1", BEGIN + "x" * 5000])
def test_what_is_no_such_address_is_refused(url):
    with pytest.raises(ValueError, match="The address"):
        from_playground(url)
