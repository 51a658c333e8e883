"""The words for what was picked."""

from nncore import Experiment
from pages.parts.fields.labels import describe_changes, parameter_arithmetic, summarise


def test_the_parameters_are_counted_layer_by_layer():
    assert parameter_arithmetic((2, 8, 8, 1)) == "2·8+8 + 8·8+8 + 8·1+1 = 105"
    assert parameter_arithmetic((784, 16, 10)) == "784·16+16 + 16·10+10 = 12,730"


def test_a_network_is_summarised_in_one_line():
    assert summarise(Experiment()) == "2 inputs, hidden layers of 8 and 8 neurons, 1 output: 105 weights and biases"
    assert summarise(Experiment(hidden=(3,))).startswith("2 inputs, hidden layer of 3 neurons, 1 output")
    assert summarise(Experiment(hidden=(3, 4, 5))).startswith("2 inputs, hidden layers of 3, 4 and 5 neurons")
    assert summarise(Experiment("sine", hidden=())) == "1 input, no hidden layer, 1 output: 2 weights and biases"


def test_a_branch_says_what_changed():
    changes = {"batch_size": None, "learning_rate": 0.1, "optimizer": "adam"}
    assert describe_changes(Experiment(), changes) == "batch 10 → full, learning rate 0.03 → 0.1, optimizer SGD → Adam"
