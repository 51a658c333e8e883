"""Weight files: a round trip, and every stranger's file that is no such file."""

import io
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def packed(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file of these members, in this order; a name may stand with and without its ending."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def npy(array, header: bytes | None = None) -> bytes:
    """The bytes of an `.npy` file of `array`, with another `header` if there is one."""
    file = io.BytesIO()
    np.save(file, array)
    if header is None:
        return file.getvalue()
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header


def with_member(name: str, content: bytes, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The file of a network in which one member is `content`."""
    members = {f"{name}.npy": npy(array) for name, array in named_arrays(Network((2, 3, 1))).items()}
    return packed({**members, name: content} if name in members else {name: content, **members}, compression)


DEEP = b"{'descr': '<f8', 'fortran_order': False, 'shape': " + b"(" * 4000 + b")" * 4000 + b", }\n"
VAST = b"{'descr': '<f8', 'fortran_order': False, 'shape': (300000, 300000), }\n"
OPEN = b"{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2\n"
NUL = b"{'descr': '<f8\x00', 'fortran_order': False, 'shape': (3, 2), }\n"


@pytest.mark.parametrize("data, message", [
    (with_member("W1", bytes(50_000_000)), "got a larger array"),  # measured, whatever else has the same name
    (with_member("W1", npy(np.zeros((3, 2)))), "must hold W1 once, and this one holds it twice"),
    (with_member("W1.npy", npy(0, DEEP)), "must hold plain arrays of numbers"),
    (with_member("W1.npy", npy(0, VAST)), "must hold plain arrays of numbers"),
    (with_member("W1.npy", npy(0, OPEN)), "must hold plain arrays of numbers"),
    (with_member("W1.npy", npy(0, NUL)), "must hold plain arrays of numbers"),
    (with_member("W1.npy", npy(np.zeros((3, 2)))[:-8]), "must hold plain arrays of numbers"),
    (with_member("W1.npy", b"\x93NUMPY"), "must hold plain arrays of numbers"),
    (with_member("W1.npy", b"\x93NUMPY\x09\x00\x00"), "must hold plain arrays of numbers"),
    (with_member("W1.npy", npy(np.zeros((3, 2))), zipfile.ZIP_LZMA), "must hold plain arrays of numbers"),
    (with_member("W1.npy", npy(np.zeros((3, 2))), zipfile.ZIP_BZIP2), "must hold plain arrays of numbers"),
    (changed(W1=np.full((3, 2), np.longdouble("1e4000"))), "W1 must hold finite numbers, got inf"),
    (changed(W1=np.zeros((3, 2), dtype=[("a" * 90, "f8")])), "W1 must hold real numbers, got another kind"),
], ids=range(13))  # fmt: skip
def test_a_file_made_to_harm_gets_one_sentence_and_little_memory(data, message):
    tracemalloc.start()
    with pytest.raises(ValueError, match=message) as refusal:
        read_npz(data, Network((2, 3, 1)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "\n" not in str(refusal.value) and peak < 5_000_000


@given(st.data())
def test_a_damaged_file_gives_weights_or_one_sentence(data):
    file = bytearray(to_npz(Network((2, 3, 1))))
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    try:
        assert read_npz(bytes(file), Network((2, 3, 1))).shape == (13,)
    except ValueError as error:
        assert "\n" not in str(error) and len(str(error)) < 200


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
