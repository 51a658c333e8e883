"""The diagnosis: each trouble is brought about by real training, and runs that do well get no findings."""

import numpy as np
import pytest

from nncore import ChunkStore, Experiment, Run, build_network
from nncore.experiments.experiment import build_split
from nncore.experiments.recording.frames import evaluate
from nncore.inspection.diagnosis import diagnose
from nncore.inspection.diagnosis.evidence import Evidence

STORE = ChunkStore()


def seen_at(experiment, frame):
    """What `diagnose` takes for the frame of this experiment's run, or for its last if it stopped before."""
    chunks = []
    for number in range(max(0, frame - 1) // 40 + 1):
        chunks.append(STORE.segment_chunk(Run(experiment), number))
        if chunks[-1].stop is not None:
            break
    parameters, scores, epochs = (
        np.concatenate([getattr(chunk, name) for chunk in chunks])
        for name in ("parameters", "scores", "epochs")
    )
    stop = chunks[-1].stop if frame >= len(epochs) - 1 else None
    last = min(frame, len(epochs) - 1)
    return experiment, parameters[last], scores[: last + 1], epochs[: last + 1], stop


def findings(frame, *args, **settings):
    return {f.kind: f.text for f in diagnose(*seen_at(Experiment(*args, **settings), frame))}


def at_parameters(experiment, network):
    scores = evaluate(network, build_split(experiment))[None]
    return {f.kind: f.text for f in diagnose(experiment, network.parameters, scores, np.array([0]))}


@pytest.mark.parametrize("frame", [0, 30, 100, 300])
def test_the_default_run_is_left_in_peace(frame):
    assert findings(frame) == {}


@pytest.mark.parametrize("frame", [0, 30, 60, 100])
def test_the_spiral_run_is_left_in_peace(frame):
    assert findings(frame, "spiral", hidden=(8, 8, 8), optimizer="adam", learning_rate=0.01) == {}


@pytest.mark.parametrize("frame", [0, 40, 100])
@pytest.mark.parametrize("dataset", ["rings", "plane", "step", "moons", "blobs"])
def test_other_runs_that_do_well_are_left_in_peace(dataset, frame):
    assert findings(frame, dataset) == {}


def test_divergence_names_the_knob_and_nothing_else():
    found = findings(
        40, "cones", activation=("relu",), initializer="he_normal", learning_rate=10.0, scaling="standard"
    )
    assert list(found) == ["diverged"]
    assert "learning rate down from 10, for a start to 1" in found["diverged"]


def test_divergence_on_unscaled_inputs_names_the_scaling():
    found = findings(40, "diabetes", activation=("relu",), initializer="he_normal")
    assert "standardise the inputs: their largest value is" in found["diverged"]


@pytest.mark.parametrize("initializer", ["zeros", "ones"])
@pytest.mark.parametrize("frame", [0, 60])
def test_a_constant_initializer_makes_copies(initializer, frame):
    found = findings(frame, initializer=initializer)
    assert next(iter(found)) == "identical_neurons"
    assert "hidden layer 1 has 1 distinct neuron out of 8" in found["identical_neurons"]
    assert f"initializer {initializer}" in found["identical_neurons"]


def test_zero_weights_are_not_called_dead_relus():
    assert list(findings(40, initializer="zeros", activation=("relu",))) == ["identical_neurons"]


def test_dead_relus_are_named():
    experiment = Experiment(activation=("relu",), initializer="he_normal")
    network = build_network(experiment)
    network.biases[0][[1, 4]] = -100.0
    text = at_parameters(experiment, network)["dead_neurons"]
    assert "neurons 2 and 5 of hidden layer 1 are 0 for every training sample" in text


def test_relus_die_in_training_on_unscaled_inputs():
    assert "all 8 neurons of hidden layer 1" in findings(40, "wine", activation=("relu",))["dead_neurons"]


def test_saturated_neurons_are_named_with_the_scaling_that_helps():
    text = findings(40, "wine")["saturated_neurons"]
    assert "all 8 neurons of hidden layer 1 sit at the flat end" in text and "standardised inputs" in text
    assert "saturated_neurons" not in findings(40, "wine", scaling="standard")


def test_an_output_at_the_wrong_end_with_squared_error_learns_slowly():
    experiment = Experiment("xor", loss="mse")
    network = build_network(experiment)
    network.biases[-1][:] = 30.0
    assert "With the squared error loss" in at_parameters(experiment, network)["saturated_output"]
    crossed = Experiment("xor")
    assert "saturated_output" not in at_parameters(crossed, network)


def test_overfitting_names_the_best_epoch():
    settings = {"samples": 40, "noise": 40, "hidden": (32, 32), "optimizer": "adam", "learning_rate": 0.01}
    *_, scores, epochs, _ = seen_at(Experiment("moons", **settings), 100)
    best = scores[:, 1].argmin()
    text = findings(100, "moons", **settings)["overfitting"]
    assert f"lowest in epoch {epochs[best]:,}, at {scores[best, 1]:.3g}, and is now" in text


def test_no_overfitting_is_seen_without_validation():
    settings = {"samples": 40, "noise": 40, "hidden": (32, 32), "optimizer": "adam", "learning_rate": 0.01}
    assert findings(100, "moons", validation=0, **settings) == {}


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_tiny_learning_rate_is_seen_after_a_while(optimizer):
    settings = {"hidden": (8, 8), "optimizer": optimizer, "learning_rate": 1e-5}
    assert findings(20, "spiral", **settings) == {}
    text = findings(80, "spiral", **settings)["learning_rate_too_small"]
    assert "up from 0.00001, to 0.0001 or more" in text


def test_a_learning_rate_that_overshoots_is_seen():
    text = findings(40, "digits", hidden=(32,), learning_rate=10.0)["learning_rate_too_large"]
    assert "down from 10 to 3 or less" in text


def test_a_penalty_that_flattens_the_network_is_named():
    assert "L1 too strong" in findings(40, l1=0.1)["penalty_too_strong"]
    assert findings(40, l1=1e-4, l2=1e-4) == {}


def test_a_local_minimum_is_seen():
    settings = {"hidden": (2,), "optimizer": "adam", "batch_size": None, "weight_seed": 2}
    assert "accuracy is 75 %" in findings(200, "corners", **settings)["stuck"]


def test_a_network_too_small_for_its_task_is_seen():
    assert list(findings(80, "xor", hidden=())) == ["stuck"]


def test_arguments_that_do_not_fit_are_refused():
    experiment, parameters, scores, epochs, _ = seen_at(Experiment(), 3)
    with pytest.raises(ValueError, match=r"scores must have the shape \(4, 4\), F at least 1, got \(3, 4\)"):
        diagnose(experiment, parameters, scores[1:], epochs)
    with pytest.raises(ValueError, match=r"network_parameters must have the shape \(105,\), got \(104,\)"):
        diagnose(experiment, parameters[1:], scores, epochs)


def test_epochs_may_be_parts_of_one():
    experiment, parameters, scores, epochs, _ = seen_at(Experiment(), 3)
    assert diagnose(experiment, parameters, scores, epochs + np.array([0, 0, 0, 0.05])) == []


def test_an_r_squared_that_is_not_defined_is_none_to_complain_of():
    experiment = Experiment("plane")
    scores = np.array([[0.1, 0.1, score, score] for score in (0.5, np.nan, 0.79, 0.8)])
    seen = [Evidence(experiment, None, None, scores[: row + 1], np.arange(row + 1), None) for row in range(4)]
    assert [evidence.is_poor for evidence in seen] == [True, False, True, False]
    assert [evidence.score_text for evidence in seen] == ["R² is 0.50", "R² is not defined", "R² is 0.79", "R² is 0.80"]


def test_a_dead_relu_of_the_first_layer_stays_and_a_deeper_one_may_come_back():
    experiment = Experiment(activation=("relu",), initializer="he_normal")
    first, deeper, both = (build_network(experiment) for _ in range(3))
    first.biases[0][2] = both.biases[0][2] = -100.0
    deeper.biases[1][5] = both.biases[1][5] = -100.0
    text = at_parameters(experiment, first)["dead_neurons"]
    assert "the gradient of the loss for its weights is 0 at this snapshot" in text
    assert "In hidden layer 1 neurons always get the same inputs, the data" in text and "come back" not in text
    text = at_parameters(experiment, deeper)["dead_neurons"]
    assert "In a deeper layer it may come back" in text and "hidden layer 1 neurons" not in text
    text = at_parameters(experiment, both)["dead_neurons"]
    assert "In hidden layer 1 neurons always get" in text and "in a deeper layer they may come back" in text


@pytest.mark.parametrize("activation", ["tanh", "relu", "sigmoid"])
def test_what_is_said_of_zero_weights_is_what_happens(activation):
    *_, first = build_network(Experiment(activation=(activation,))).weights
    _, parameters, *_ = seen_at(Experiment(initializer="zeros", activation=(activation,)), 30)
    network = build_network(Experiment(activation=(activation,)))
    network.parameters = parameters
    learned = any(weights.any() for weights in network.weights)
    text = findings(30, initializer="zeros", activation=(activation,))["identical_neurons"]
    assert learned == (activation == "sigmoid") and ("Only the output's bias learns" in text) == (not learned)
    assert first.any()  # a random start is another matter


def test_the_validation_loss_that_is_printed_is_the_loss():
    settings = {"samples": 40, "noise": 40, "hidden": (32, 32), "optimizer": "adam", "learning_rate": 0.01}
    for frame in range(60, 110, 7):
        *_, scores, _, _ = seen_at(Experiment("moons", **settings), frame)
        text = findings(frame, "moons", **settings).get("overfitting")
        assert text is None or f"and is now {scores[-1, 1]:.3g}" in text


def test_the_loss_floor_of_a_sigmoid_for_a_sine_is_computed():
    experiment = Experiment("sine", output="sigmoid")
    network, y = build_network(experiment), build_split(experiment).y_train
    # Every negative target is missed by its own size at least: the mean of the squares of those.
    floor = np.square(np.minimum(y, 0)).mean()
    assert f"below {floor:.2g}; it is" in at_parameters(experiment, network)["output_out_of_reach"]
    assert "output_out_of_reach" not in at_parameters(Experiment("sine"), build_network(Experiment("sine")))
    assert "output_out_of_reach" not in at_parameters(Experiment("sine", output="tanh"), network)
