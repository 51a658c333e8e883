from dataclasses import replace

import numpy as np
import pytest

from nncore import ChunkStore, Experiment, Run, build_network, build_split
from nncore.inspection.gradient_flow import gradient_flow, layer_norms

# The recording of a large network, for all tests that look at it.
LARGE, STORE = Run(Experiment("xor", hidden=(64,) * 6)), ChunkStore()


def test_the_length_is_that_of_the_layers_gradient():
    experiment = Experiment("xor", hidden=(3,), l2=0.1)
    split, network = build_split(experiment), build_network(experiment)
    network.parameters = network.parameters.astype(np.float32)
    _, gradient = network.loss_and_gradient(split.X_train[:20], split.y_train[:20])
    norms = layer_norms(ChunkStore(), Run(experiment), 0, split.X_train[:20], split.y_train[:20])
    # 2 inputs and a bias to 3 neurons are the first 9 parameters, 3 and a bias to one output the other 4.
    assert norms == pytest.approx([np.sqrt((gradient[:9] ** 2).sum()), np.sqrt((gradient[9:] ** 2).sum())])


def test_frames_are_spread_from_the_first_to_the_last():
    flow = gradient_flow(ChunkStore(), Run(Experiment("xor")), 60)
    assert flow.frames.tolist() == list(range(61))
    assert flow.epochs[[0, 40, 60]].tolist() == [0, 40, 80]
    assert flow.norms.shape == (61, 3) and flow.n_samples == 200


def test_the_frame_asked_for_is_among_them():
    flow = gradient_flow(STORE, LARGE, 40, 17)
    assert 17 in flow.frames and flow.frames[[0, -1]].tolist() == [0, 40]
    assert len(flow.norms) == len(flow.frames) == len(flow.epochs)


def test_large_networks_are_looked_at_less_often():
    flow = gradient_flow(STORE, LARGE, 40)
    assert 10 <= len(flow.frames) <= 30 and flow.frames[-1] == 40


def test_gradients_vanish_in_a_stack_of_sigmoids_and_not_with_he_and_relu():
    store = ChunkStore()
    sigmoids, relus = (
        gradient_flow(store, Run(Experiment("circle", hidden=(16,) * 6, **settings)), 1).norms[0]
        for settings in ({"activation": ("sigmoid",)}, {"activation": ("relu",), "initializer": "he_normal"})
    )
    assert sigmoids[0] < sigmoids[-1] / 1000
    assert relus[0] > relus[-1] / 10


def test_the_samples_are_the_first_of_the_training_set():
    experiment = Experiment("xor", hidden=(3,))
    split = build_split(experiment)
    flow = gradient_flow(ChunkStore(), Run(experiment), 0)
    assert len(split.X_train) > 200
    expected = layer_norms(ChunkStore(), Run(experiment), 0, split.X_train[:200], split.y_train[:200])
    assert flow.norms[0] == pytest.approx(expected, rel=1e-12)


def test_a_branch_with_another_penalty_is_measured_with_it():
    experiment = Experiment("xor", hidden=(3,))
    run, store = Run(experiment).changed(5, replace(experiment, l2=5.0)), ChunkStore()
    split, network = build_split(experiment), build_network(replace(experiment, l2=5.0))
    network.parameters = store.frame(run, 6)
    _, gradient = network.loss_and_gradient(split.X_train, split.y_train)
    assert layer_norms(store, run, 6, split.X_train, split.y_train)[1] == pytest.approx(np.linalg.norm(gradient[9:]))
