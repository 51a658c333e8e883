"""Memory: gradients at earlier states, the spectral radius, and what an answer depends on, worked by hand."""

import numpy as np

from nncore.inspection.memory import go_on, gradient_by_step, input_shares, spectral_radius, tempered
from nncore.models.recurrence.network import Recurrent


def linear_net(weight, cell="rnn"):
    """One hidden neuron with hardly any bending, which reads a tiny input; two outputs."""
    net = Recurrent(2, 1, 2, cell)
    net.parameters[...] = 0.0
    net.weight_hh[...], net.weight_ih[...], net.output_weight[...] = weight, [[1e-4, -1e-4]], [[1.0], [-1.0]]
    return net


def test_the_gradient_shrinks_or_grows_by_the_weight_at_every_step():
    X, y = np.eye(2)[np.array([[0, 1, 0, 1]])], np.array([[-1, -1, -1, 0]])
    for weight in (0.5, 1.0, 2.0):
        found = gradient_by_step(linear_net(weight), X, y)
        # p is 1/2 for both, so dL/dh of the last step is (p - 1) - p = -1, and every step back multiplies it by the weight.
        assert np.allclose(found, weight ** np.array([3.0, 2.0, 1.0, 0.0]), rtol=1e-3)
        assert np.isclose(spectral_radius(linear_net(weight)), weight)


def test_steps_after_the_last_answer_have_no_gradient():
    found = gradient_by_step(linear_net(1.0), np.eye(2)[np.array([[0, 1, 0]])], np.array([[0, 1, -1]]))
    assert found[2] == 0 and np.allclose(found[:2], 1.0, rtol=1e-3)  # the answer of step 1 does not count


def test_the_spectral_radius_of_gates_is_that_of_the_block_that_makes_the_state():
    for cell, place in (("gru", 2), ("lstm", 2)):
        net = Recurrent(2, 1, 2, cell)
        net.weight_hh[...] = 5.0
        net.weight_hh[place] = -0.25
        assert np.isclose(spectral_radius(net), 0.25)


def test_shares_of_inputs_fall_by_the_weight_and_leave_out_what_is_yet_to_come():
    shares = input_shares(linear_net(0.5), np.eye(2)[np.array([[0, 1, 0, 1]])], 2)
    assert np.allclose(shares, np.array([0.25, 0.5, 1.0, 0.0]) / 1.75, rtol=1e-3)
    assert input_shares(linear_net(0.0), np.zeros((1, 2, 2)), 1).tolist() == [0.0, 1.0]


def test_a_temperature_sharpens_or_evens_out():
    logits = np.log([1.0, 3.0])
    assert np.allclose(tempered(logits, 1.0), [0.25, 0.75]) and np.allclose(tempered(logits, 0.5), [0.1, 0.9])
    assert np.allclose(tempered(logits, 1e6), 0.5, atol=1e-6)


def test_going_on_is_repeated_by_its_seed_and_reads_what_it_drew():
    net, X = Recurrent(3, 4, 3, seed=1), np.eye(3)[np.array([[0, 2]])]
    assert go_on(net, X, 8, 1.0, 5) == go_on(net, X, 8, 1.0, 5) and len(go_on(net, X, 8, 1.0)) == 8
    first, second = go_on(net, X, 2, 1e-6)  # the most probable symbol each time
    assert first == net.forward(X)[0][0, -1].argmax()
    assert second == net.forward(np.concatenate([X, np.eye(3)[None, None, first]], axis=1))[0][0, -1].argmax()
