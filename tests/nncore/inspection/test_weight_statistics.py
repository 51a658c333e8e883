"""What is read off weight matrices, against numbers worked out by hand."""

import numpy as np
import pytest

from nncore import ChunkStore, Experiment, Network, Run
from nncore.inspection.weight_statistics import (
    activations_while_silent,
    biggest_terms,
    effective_rank,
    firing_shares,
    linear_equivalent,
    linear_gap,
    most_moved,
    parameter_position,
    parameters_until,
    singular_values,
    sum_of_other_terms,
    summarise_layers,
    summarise_matrix,
    weight_histograms,
    weight_positions,
)  # fmt: skip


def test_singular_values_of_a_stretch_by_three_and_four():
    assert singular_values(np.array([[0.0, 3.0], [-4.0, 0.0]])) == pytest.approx([4, 3])


@pytest.mark.parametrize("singular, rank", [
    ([2.0, 2.0, 2.0], 3),
    ([5.0, 0.0], 1),
    ([0.0, 0.0], 0),
    # Shares 3/4 and 1/4: exp of 0.75 ln(4/3) + 0.25 ln 4 = exp(0.5623) = 1.7548.
    ([3.0, 1.0], 1.7548),
])  # fmt: skip
def test_effective_rank_by_hand(singular, rank):
    assert effective_rank(np.array(singular)) == pytest.approx(rank, abs=1e-4)


def test_layers_in_numbers():
    network = Network((2, 2, 1), "relu")
    # Both neurons are the same, and neither ever fires on positive inputs.
    network.parameters = [-3, 0, -1, -3, 0, -1, 0, 2, 0]
    hidden, output = summarise_layers(network, np.array([[1.0, 1.0], [2.0, 0.5]]))
    assert (hidden.n_neurons, hidden.distinct, hidden.dead, hidden.saturated) == (2, 1, 2, 0)
    assert hidden.norm == pytest.approx(18**0.5) and hidden.largest == 3  # biases left out
    assert hidden.effective_rank == pytest.approx(1)
    assert (output.norm, output.distinct, output.dead, output.saturated) == (2, None, None, None)


def test_recorded_parameters_are_those_of_the_frames():
    run, store = Run(Experiment("xor", hidden=(3,))), ChunkStore()
    epochs, values = parameters_until(store, run, 55, slice(2, 5))
    assert values.shape == (56, 3) and len(epochs) == 56
    assert (values[55] == store.frame(run, 55)[2:5]).all() and (values[0] == store.frame(run, 0)[2:5]).all()
    assert epochs[55] == run.segments[0].schedule.epoch_of(55)


def test_recorded_parameters_end_where_training_stops():
    run = Run(Experiment("xor", hidden=(3,), epoch_limit=10))
    epochs, values = parameters_until(ChunkStore(), run, 90, slice(None))
    assert epochs[-1] == 10 and values.shape == (11, run.experiment.n_parameters)


def test_positions_of_weights_leave_the_biases_out():
    network = Network((2, 3, 1))
    assert weight_positions(network, 0).tolist() == [0, 1, 3, 4, 6, 7]
    assert weight_positions(network, 1).tolist() == [9, 10, 11]
    with pytest.raises(ValueError, match="layer must be at most 1, got 2"):
        weight_positions(network, 2)


def test_histograms_by_hand():
    edges, shares = weight_histograms(np.array([[-2.0, -0.5, 0.5, 2.0], [0.1, 0.1, 0.1, 1.5]]), bins=4)
    assert edges.tolist() == [-2, -1, 0, 1, 2]
    assert shares.tolist() == [[0.25, 0.25, 0.25, 0.25], [0, 0, 0.75, 0.25]]
    assert weight_histograms(np.zeros((1, 3)), bins=2)[1].tolist() == [[0, 1]]


def test_the_weight_that_moved_most():
    # Two neurons of three inputs: the fifth weight is neuron 2's second.
    assert most_moved(np.array([[0.0, 1, 2, 3, 4, 5], [0.5, 1, 2, 3, -4, 5]]), 3) == (2, 2)


def test_a_chain_of_two_layers_by_hand():
    network = Network((2, 1, 1), "identity", "identity", "mse")
    network.parameters = [2, 3, 1, 5, -4]  # 5 (2 x1 + 3 x2 + 1) - 4 = 10 x1 + 15 x2 + 1
    weights, biases = linear_equivalent(network)
    assert weights.tolist() == [[10, 15]] and biases.tolist() == [1]
    assert network.predict(np.array([[1.0, -1.0]])).tolist() == [[-4]]


@pytest.mark.parametrize("activation, agrees", [("identity", True), ("tanh", False), ("relu", False)])
def test_layers_are_their_product_only_without_an_activation(activation, agrees):
    network = Network((3, 5, 4, 2), activation)
    z, product = linear_gap(network, np.random.default_rng(0).normal(size=(50, 3)))
    assert (np.abs(z - product).max() < 1e-12) == agrees


def test_firing_by_hand():
    # Without its bias of 1 the neuron sums -2, 0, 2, 4: it fires on those above minus the bias.
    z = np.array([-1.0, 1.0, 3.0, 5.0])
    assert firing_shares(z, 1.0, np.array([-5, -4, -1, 0, 1, 2, 2.1])).tolist() == [0, 0, 0.5, 0.5, 0.75, 0.75, 1]


def test_what_a_neuron_answers_while_it_does_not_fire():
    z = np.array([-2.0, 0.0, 3.0, -1.0])
    assert activations_while_silent(z, np.array([-0.9, 0.0, 0.99, -0.7])) == (-0.9, 0.0)
    assert activations_while_silent(np.array([1.0]), np.array([0.7])) is None


def test_the_biggest_terms_keep_their_order():
    assert biggest_terms(np.array([1.0, -5.0, 0.1, 2.0]), np.array([1.0, 1.0, 9.0, -3.0]), 2).tolist() == [1, 3]
    assert biggest_terms(np.ones(2), np.ones(2), 6).tolist() == [0, 1]


def test_the_other_terms_are_summed_up():
    weights, inputs = np.array([1.0, -5.0, 0.25, 2.0]), np.array([1.0, 1.0, 8.0, -3.0])  # 1, -5, 2, -6
    assert sum_of_other_terms(weights, inputs, np.array([1, 3])) == 3
    assert sum_of_other_terms(weights, inputs, np.arange(4)) == 0


def test_the_place_of_a_bias_is_behind_its_neuron_s_weights():
    network = Network((2, 3, 1))
    places = [(0, 0, 2), (0, 1, 0), (1, 0, 3)]
    assert [parameter_position(network, *place) for place in places] == [2, 3, 12]


def test_a_diagonal_matrix_is_summarised_by_hand():
    norm, largest, stretch, rank = summarise_matrix(np.diag([3.0, -4.0]))
    assert (norm, largest, stretch) == (pytest.approx(5.0), 4.0, pytest.approx(4.0))
    shares = np.array([4 / 7, 3 / 7])
    assert rank == pytest.approx(np.exp(-(shares * np.log(shares)).sum()))


def test_identity_and_zeros_are_the_ends():
    assert summarise_matrix(np.eye(12)).effective_rank == pytest.approx(12.0)
    assert summarise_matrix(np.zeros((3, 2))) == (0, 0, 0, 0)


def test_the_weight_that_moved_most_is_measured_from_first_to_last_alone():
    # The first weight wanders 9 away and comes back; the second ends 1 from where it began.
    assert most_moved(np.array([[0.0, 0.0], [9.0, 0.5], [0.0, 1.0]]), 2) == (1, 2)


def test_a_layers_norm_adds_up_all_squares():
    network = Network((2, 2, 1), "tanh")
    network.parameters = [3, 0, 7, 0, 4, 7, 1, 1, 7]
    layer, _ = summarise_layers(network, np.zeros((1, 2)))
    assert layer.norm == 5 and layer.effective_rank == pytest.approx(1.9796, abs=1e-4)  # exp of the entropy of 4/7 and 3/7


def test_the_largest_numbers_that_are_taken_are_summed_up_too():
    found = summarise_matrix(np.full((6, 2), 1e50))
    assert found.stretch == pytest.approx(12**0.5 * 1e50) and found.effective_rank == pytest.approx(1)
