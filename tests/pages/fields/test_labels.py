"""The words for what was picked."""

import ast
from pathlib import Path

import pytest

from nncore import Experiment
from pages.parts.fields.labels import CHOICES, choice_words, describe_changes, parameter_arithmetic, summarise
from pages.parts.way.contents import PAGES

ROOT = Path(__file__).parents[3]


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


def choice_names(path):
    """What a page's script lets a link choose: the third argument of `page`, or the tuple of that name."""
    script = ast.parse(path.read_text(encoding="utf-8"))
    named = {node.targets[0].id: node.value for node in script.body
             if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)}  # fmt: skip
    calls = [node for node in ast.walk(script) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "page"]
    given = [call.args[2] for call in calls if len(call.args) > 2]
    tuples = [named.get(value.id) if isinstance(value, ast.Name) else value for value in given]
    return {node.value for value in tuples if value for node in ast.walk(value) if isinstance(node, ast.Constant)}


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_a_sentence_on_a_link_calls_every_choice_as_people_do(entry):
    names = choice_names(ROOT / entry.file)
    assert not [name for name in names if "_" in name and name not in CHOICES]
    assert choice_words("filter_start") == "number of the first weights"
