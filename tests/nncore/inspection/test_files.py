"""Weight files: a round trip, and what becomes of a damaged one. Crafted files have tests of their own."""

import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nncore import Network
from nncore.inspection.files import matrices_npz, matrix_csv, read_npz, to_csv, to_npz


def test_a_round_trip_is_exact():
    network = Network((3, 4, 2), seed=5)
    file = to_npz(network)
    assert sorted(np.load(io.BytesIO(file)).files) == ["W1", "W2", "b1", "b2"]
    assert (read_npz(file, Network((3, 4, 2))) == network.parameters).all()


def test_csv_by_hand():
    text = to_csv(np.array([[0.5, -2.0], [1.0, 0.1]]), np.array([0.0, 3.0]))
    assert text == "neuron,w1,w2,bias\n1,0.5,-2.0,0.0\n2,1.0,0.1,3.0\n"


def test_files_of_any_matrices_hold_every_digit():
    matrix = np.array([[1 / 3, -2.0], [1e-9, 0.0]])
    assert matrix_csv(matrix) == "output,input 1,input 2\n1,0.3333333333333333,-2.0\n2,1e-09,0.0\n"
    found = np.load(io.BytesIO(matrices_npz({"W_Q": matrix})))
    assert np.array_equal(found["W_Q"], matrix)


def test_values_in_csv_come_back_exactly():
    weights = np.random.default_rng(0).normal(size=(2, 3))
    rows = np.loadtxt(io.StringIO(to_csv(weights, np.zeros(2))), delimiter=",", skiprows=1)
    assert (rows[:, 1:4] == weights).all()


@given(st.data())
def test_a_damaged_file_gives_weights_or_one_sentence(data):
    file = bytearray(to_npz(Network((2, 3, 1))))
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert read_npz(bytes(file), Network((2, 3, 1))).shape == (13,)
    except ValueError as error:
        assert "\n" not in str(error) and len(str(error)) < 200
