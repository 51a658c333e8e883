"""Any file gives the weights of a network or one sentence, within little memory."""

import io
import tracemalloc
import warnings
import zipfile

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nncore import Network
from nncore.inspection.files import read_npz, to_npz
from tests.fuzz.outside import check_sentence

NETWORK = Network((2, 3, 1))
GOOD = to_npz(NETWORK)
shapes = st.lists(st.integers(0, 4), max_size=4).map(tuple)
arrays = st.tuples(st.sampled_from(["f8", "f4", "f2", "i1", "u8", "c16", "?", "U3", "S2", "M8[D]", "V4", "g"]), shapes).map(
    lambda picked: np.zeros(picked[1], picked[0])
)
names = st.sampled_from(["W1", "b1", "W2", "b2", "W3", "W1.npy", "b1.npy", "../W1", "W1.npy.npy", "é"])
ways = st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
headers = st.text(alphabet="{}'descr:<f8,fortan_oderFalseshp() 0123456789\n", max_size=60) | st.sampled_from(
    ["(" * 3000, "{" + "'a':" * 500, "-" * 5000, "{'descr': '<f8', 'fortran_order': False, 'shape': (%s,), }\n" % ("9" * 40)]
)


def _npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


members = arrays.map(_npy) | st.binary(max_size=60) | st.integers(1, 3_000_000).map(bytes) | headers.map(
    lambda text: b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode()
)  # fmt: skip


def _answer(data: bytes) -> None:
    tracemalloc.start()
    try:
        assert read_npz(data, NETWORK).shape == (13,)
    except ValueError as error:
        check_sentence(f"About the file: {error}.")
    finally:
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert peak < 20_000_000


@given(st.binary(max_size=300))
def test_any_bytes(data):
    _answer(data)


@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)),
max_size=8), st.integers(0, 40), st.integers(0, 40))
def test_a_damaged_file(changes, cut, more):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    _answer(bytes(data[: len(data) - cut]) + b"\x00" * more)


@given(st.lists(st.tuples(names, members), max_size=6), ways)
def test_a_zip_file_of_anything(entries, way):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that stands twice, which is what is tried
        for name, content in entries:
            archive.writestr(name, content)
    _answer(file.getvalue())
