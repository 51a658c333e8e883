"""Weight files: a round trip, and every stranger's file that is no such file."""

import io
import zipfile

import numpy as np
import pytest

from nncore import Network
from nncore.inspection.files import matrices_npz, matrix_csv, named_arrays, read_npz, to_csv, to_npz


def npz(**arrays) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


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


def changed(**arrays) -> bytes:
    return npz(**{**named_arrays(Network((2, 3, 1))), **arrays})


def huge() -> bytes:
    """A file whose W1 unpacks to 100 MB."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("W1.npy", bytes(100_000_000))
    return file.getvalue()


def broken() -> bytes:
    """A file with one byte of an array changed, so that its checksum is wrong."""
    data = bytearray(changed())
    data[150] ^= 255
    return bytes(data)


def with_text() -> bytes:
    """A file whose member b2.npy is text."""
    file = io.BytesIO(to_npz(Network((2, 3, 1))))
    kept = dict(np.load(file))
    del kept["b2"]
    file = io.BytesIO()
    np.savez(file, **kept)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("b2.npy", "hello")
    return file.getvalue()


@pytest.mark.parametrize("data, message", [
    (b"", "must be an .npz file of weights"),
    (b"hello", "must be an .npz file of weights"),
    (to_npz(Network((2, 3, 1)))[:300], "must be an .npz file of weights"),
    (npz(W1=np.zeros((3, 2))), "must hold W1, b1, W2, b2, and b1 is missing"),
    (to_npz(Network((2, 4, 1))), r"W1 must have the shape \(3, 2\) of this network, got \(4, 2\)"),
    (changed(b2=np.array([np.nan])), "b2 must hold finite numbers, got nan"),
    (with_text(), "b2 must be an array, and in this file it is something else"),
    (changed(b2=np.array([1e308])), "b2 must hold numbers from −1,000,000 to 1,000,000, got one of the size 1e\\+308"),
    (changed(b2=np.array(["a"])), "b2 must hold real numbers, got text"),
    (changed(b2=np.array([1j])), "b2 must hold real numbers"),
    (changed(b2=np.array([{}], dtype=object)), "must hold plain arrays of numbers"),
    (huge(), "got a larger array"),
    (broken(), "must hold plain arrays of numbers"),
], ids=range(13))  # fmt: skip
def test_any_other_file_gets_one_sentence(data, message):
    with pytest.raises(ValueError, match=message) as refusal:
        read_npz(data, Network((2, 3, 1)))
    assert "\n" not in str(refusal.value)
