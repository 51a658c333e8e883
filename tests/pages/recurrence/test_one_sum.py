"""One step's sum: what is printed gives, on a calculator, the sum and the activation that are printed."""

import re

import numpy as np
import pytest

from nncore import Recurrent
from nncore.inspection.memory import step_sum
from nncore.models import CELLS
from pages.parts.fields.numbers import plain
from pages.parts.recurrence.one_sum import result_words, sum_words
from tests.pages.recurrence.test_page import FAST, open_page, words


def calculated(text: str) -> float:
    """The value of printed products and sums."""
    return eval(text.replace("−", "-").replace("·", "*"))


@pytest.mark.parametrize("cell", CELLS)
def test_what_is_printed_adds_up_and_is_what_the_network_has(cell):
    for seed in range(4):
        net, X = Recurrent(3, 5, 2, cell, seed), np.eye(3)[np.random.default_rng(seed).integers(3, size=(1, 4))]
        for k, gate in enumerate(CELLS[cell].gates):
            for step in (0, 3):
                found = step_sum(net, X, step, 2, gate)
                shown = net.unroll(X)
                own = shown.hidden[0, step, 2] if cell == "rnn" else shown.gates[0, step, k, 2]
                assert found.a == pytest.approx(own)
                terms, printed = sum_words(found, gate).split("): ", 1)[1].rsplit(" = ", 1)
                assert plain(calculated(terms), len(printed.strip("−0.").replace(".", ""))) == printed
                z, a = re.findall(r"= \**([−\d.e]+)\*\*", result_words(found, gate).replace("**z", "z"))
                assert z == printed
                bend = np.tanh if gate in "hgn" else lambda z: 1 / (1 + np.exp(-z))
                assert plain(float(bend(calculated(z))), 3) == a


def test_the_sum_of_a_plain_cell_by_hand():
    net = Recurrent(1, 1, 2)
    net.parameters = [0.5, -1.0, 0.1, 0.2, 1.0, 2.0, 0.0, 0.3]  # W_ih, W_hh, b_ih, b_hh, W_out, b_out
    found = step_sum(net, np.array([[[1.0], [2.0]]]), 1, 0, "h")
    assert found.z == pytest.approx(0.5 * 2 + 0.1 + 0.2 - np.tanh(0.8))
    with pytest.raises(ValueError, match="gate must be one of h, got 'o'"):
        step_sum(net, np.ones((1, 2, 1)), 1, 0, "o")


def test_the_page_writes_the_sum_out():
    app = open_page(**FAST, memory_use="sum", sum_step="5", sum_neuron="3")
    assert not app.exception and "At step 5 comes in" in words(app) and "Neuron 3, its state" in words(app)
    assert "Written out" in words(app)
