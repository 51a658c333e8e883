"""Crafted weight files: each way to damage or to forge one gets the weights or one sentence, within little memory."""

import gzip
import io
import pickle
import struct
import tracemalloc
import warnings
import zipfile

import numpy as np
import pytest

from nncore import Network
from nncore.inspection.files import named_arrays, read_npz, to_npz

NETWORK = Network((2, 3, 1), seed=1)
ARRAYS = {name: array.copy() for name, array in named_arrays(NETWORK).items()}
W1, BODY, GOOD = ARRAYS["W1"], ARRAYS["W1"].tobytes(), to_npz(NETWORK)
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
UNREADABLE, DAMAGED = "must be an .npz file of weights", "damaged or holds something else"
SHAPE, LARGE, TWICE = "W1 must have the shape", "got a larger array", "this one holds it twice"
MISSING, MORE, NO_ARRAY = "and W1 is missing", "and nothing else; it holds", "W1 must be an array"


def npy(array, version=None) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, np.asanyarray(array), version=version)
    return file.getvalue()


def forged(shape="(3, 2)", descr="'<f8'", order="False", more="", body=BODY) -> bytes:
    """An array whose header says what it likes."""
    return headed(f"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}{more}, }}\n".encode(), body)


def headed(header: bytes, body=BODY, start=b"\x93NUMPY\x01\x00") -> bytes:
    return start + len(header).to_bytes(2, "little") + header + body


def packed(members, way=zipfile.ZIP_DEFLATED, comment=b"") -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", way) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a name that stands twice, which is what is tried
        for name, content in members:
            archive.writestr(name, content)
        archive.comment = comment
    return file.getvalue()


def members(W1=None, more=(), **arrays):
    """The network's file as names and bytes, W1 or another array in place of its own, `more` after them."""
    held = ARRAYS | ({} if W1 is None else {"W1": W1}) | arrays
    return [(f"{name}.npy", array if isinstance(array, bytes) else npy(array)) for name, array in held.items()] + list(more)


def with_W1(W1) -> bytes:
    return packed(members(W1))


def renamed(rename, way=zipfile.ZIP_DEFLATED) -> bytes:
    return packed([(rename(name), content) for name, content in members()], way)


def at(data: bytes, where: bytes, place: int, kind: str, value: int) -> bytes:
    """The file with one number changed in each of its records that begin with `where`."""
    changed, found = bytearray(data), -1
    while (found := changed.find(where, found + 1)) >= 0:
        struct.pack_into(kind, changed, found + place, value)
    return bytes(changed)


def both(data: bytes, value: int, local: int, central: int) -> bytes:
    return at(at(data, LOCAL, local, "<H", value), CENTRAL, central, "<H", value)


def long_list(count: int) -> bytes:
    """A zip file that lists one empty member many times: a small file, and a large list."""
    member = struct.pack("<4s5H3L2H", LOCAL, 20, *[0] * 7, 1, 0) + b"x"
    entries = (struct.pack("<4s6H3L5H2L", CENTRAL, 20, 20, *[0] * 7, 1, *[0] * 6) + b"x") * count
    end = struct.pack("<4s4H2LH", END, 0, 0, count & 0xFFFF, count & 0xFFFF, len(entries), len(member), 0)
    return member + entries + end


STORED, PLAIN = packed(members(), zipfile.ZIP_STORED), packed(members())
FILES = {
    # No zip file at all, or half of one.
    "empty": (b"", UNREADABLE), "text": (b"hello", UNREADABLE), "json": (b'{"W1": [[1, 2]]}', UNREADABLE),
    "csv": (b"neuron,w1,w2,bias\n1,0,0,0\n", UNREADABLE), "html": (b"<html><script>alert(1)</script>", UNREADABLE),
    "one array": (npy(W1), UNREADABLE), "pickle": (pickle.dumps(ARRAYS), UNREADABLE),
    "gzip": (gzip.compress(GOOD), UNREADABLE),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), UNREADABLE), "HDF5": (b"\x89HDF\r\n\x1a\n" + bytes(50), UNREADABLE),
    "safetensors": (struct.pack("<Q", 10**15) + b"{}", UNREADABLE), "half": (GOOD[: len(GOOD) // 2], UNREADABLE),
    "all but a byte": (GOOD[:-1], UNREADABLE), "no end": (GOOD[:-22], UNREADABLE),
    "zeros behind": (GOOD + bytes(70_000), UNREADABLE),
    "a list too long": (long_list(200_000), UNREADABLE),
    "many members": (packed((f"{k}.npy", b"") for k in range(2000)), UNREADABLE),
    # A zip file whose own records lie.
    "first byte": (b"Q" + GOOD[1:], DAMAGED), "checksum": (at(PLAIN, CENTRAL, 16, "<L", 0), DAMAGED),
    "size too small": (at(PLAIN, CENTRAL, 24, "<L", 1), DAMAGED), "packed to nothing": (at(PLAIN, CENTRAL, 20,
    "<L", 0), DAMAGED),
    "far away": (at(PLAIN, CENTRAL, 42, "<L", 2**31), DAMAGED), "all at one place": (at(PLAIN, CENTRAL, 42,
    "<L", 0), DAMAGED),
    "list far away": (at(PLAIN, END, 16, "<L", 2**31), DAMAGED), "list too long": (at(PLAIN, END, 12,
    "<L", 2**31), UNREADABLE),
    "newer zip": (at(PLAIN, CENTRAL, 6, "<H", 99), UNREADABLE), "extra field": (at(PLAIN, CENTRAL, 30,
    "<H", 60_000), UNREADABLE),
    "name too long": (at(PLAIN, CENTRAL, 28, "<H", 60_000), MISSING), "encrypted": (both(PLAIN, 1, 6, 8), DAMAGED),
    "strongly encrypted": (both(PLAIN, 0x41, 6, 8), DAMAGED), "patched": (both(PLAIN, 0x20, 6, 8), DAMAGED),
    # Other ways to pack.
    "LZMA": (packed(members(), zipfile.ZIP_LZMA), DAMAGED), "bzip2": (packed(members(), zipfile.ZIP_BZIP2), DAMAGED),
    "deflate64": (both(STORED, 9, 8, 10), DAMAGED), "zstandard": (both(STORED, 93, 8, 10), DAMAGED),
    "said to be deflated": (both(STORED, 8, 8, 10), DAMAGED), "said to be stored": (both(PLAIN, 0, 8, 10), DAMAGED),
    # Bombs, and files in files.
    "bomb": (with_W1(bytes(100_000_000)), LARGE), "long body": (with_W1(forged(body=bytes(50_000_000))), LARGE),
    "bomb under the bare name": (packed([("W1", bytes(50_000_000)), *members()]), LARGE),
    "bomb beside": (packed(members(more=[("other.npy", bytes(100_000_000))])), MORE),
    "long header": (with_W1(forged(more=" " * 60_000)), LARGE), "zip in a zip": (packed([("inner.npz", PLAIN)]), MISSING),
    "zip for an array": (with_W1(PLAIN), NO_ARRAY),
    # Other members, and other names.
    "no member": (packed([]), MISSING), "one too few": (packed(members()[:-1]), "and b2 is missing"),
    "one more": (packed(members(W3=np.zeros((1, 1)))), MORE), "deeper": (to_npz(Network((2, 3, 1, 1))), MORE),
    "a text beside": (packed(members(more=[("readme.txt", b"hi")])), MORE),
    "a folder beside": (packed(members(more=[("x/", b"")])), MORE),
    "twice": (packed(members(more=[("W1.npy", npy(W1))])), TWICE),
    "twice, bare": (packed(members(more=[("W1", npy(W1))])), TWICE),
    "folder above": (renamed(lambda name: f"../{name}"), MISSING), "root": (renamed(lambda name: f"/{name}"), MISSING),
    "backslash": (renamed(lambda name: f"..\\{name}"), MISSING), "folder": (renamed(lambda name: f"a/{name}"), MISSING),
    "one in the folder above": (packed([("../W1.npy", npy(W1)), *members()[1:]]), MISSING),
    "small letters": (renamed(str.lower), MISSING), "capitals": (renamed(str.upper), MISSING),
    "unnamed": (renamed(lambda name: f"arr_{name}"), "it holds 'arr_W1.npy' and others"),
    "PyTorch": (packed([("archive/data.pkl", b"\x80\x02}q\x00.")]), MISSING),
    "shallower": (to_npz(Network((2, 1))), SHAPE), "wider": (to_npz(Network((2, 4, 1))), SHAPE),
    # An array that is none.
    "empty member": (with_W1(b""), NO_ARRAY), "text member": (with_W1(b"hello"), NO_ARRAY),
    "pickled member": (with_W1(pickle.dumps(W1)), NO_ARRAY), "wrong magic": (with_W1(b"\x93NUMPX" + npy(W1)[6:]), NO_ARRAY),
    "magic alone": (with_W1(b"\x93NUMPY"), DAMAGED),
    "version 9": (with_W1(headed(b"", start=b"\x93NUMPY\x09\x00")), DAMAGED),
    "too short": (with_W1(npy(W1)[:-8]), DAMAGED), "too long": (with_W1(npy(W1) + bytes(8)), DAMAGED),
    # A header that lies.
    "huge": (with_W1(forged("(300000, 300000)")), DAMAGED), "astronomic": (with_W1(forged(f"({'9' * 40},)")), DAMAGED),
    "negative": (with_W1(forged("(-3, -2)")), DAMAGED), "true": (with_W1(forged("(True, 2)")), DAMAGED),
    "broken shape": (with_W1(forged("(3.0, 2)")), DAMAGED), "listed shape": (with_W1(forged("[3, 2]")), DAMAGED),
    "text for a shape": (with_W1(forged("'3, 2'")), DAMAGED), "long shape": (with_W1(forged("(3L, 2L)")), DAMAGED),
    "deep shape": (with_W1(forged("(" * 4000 + ")" * 4000)), DAMAGED),
    "one key more": (with_W1(forged(more=", 'x': 1")), DAMAGED),
    "text for an order": (with_W1(forged(order="'no'")), DAMAGED),
    "code": (with_W1(headed(b"__import__('os').abort()\n")), DAMAGED),
    "open header": (with_W1(headed(b"{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2\n")), DAMAGED),
    "no header": (with_W1(headed(b"")), DAMAGED), "no letters": (with_W1(headed(b"\xff\xfe" * 20)), DAMAGED),
    "header beyond the end": (with_W1(b"\x93NUMPY\x02\x00\xff\xff\xff\xff" + BODY), DAMAGED),
    "NUL": (with_W1(forged(descr="'<f8\x00'")), DAMAGED), "no kind": (with_W1(forged(descr="'hello'")), DAMAGED),
    "a number for a kind": (with_W1(forged(descr="5")), DAMAGED), "None": (with_W1(forged(descr="None")), DAMAGED),
    "objects": (with_W1(forged(descr="'|O'")), DAMAGED),
    "nested": (with_W1(forged("(3,)", "('<f8', (10**6, 10**6))")), DAMAGED),
    "pickled objects": (packed([("W1.npy", npy(np.full((3, 2), None))), *members()[1:]]), DAMAGED),
    "nothing, often": (with_W1(forged(f"({10**12},)", "'|S0'", body=b"")), SHAPE),
    # Another shape, or another kind of value.
    "0-d": (with_W1(np.float64(3)), SHAPE), "flat": (with_W1(W1.ravel()), SHAPE), "3-d": (with_W1(W1[None]), SHAPE),
    "turned": (with_W1(W1.T), SHAPE), "no rows": (with_W1(np.zeros((0, 2))), SHAPE),
    "column of biases": (packed(members(b1=ARRAYS["b1"][:, None])), "b1 must have the shape"),
    "complex": (with_W1(W1 + 0j), "real numbers, got complex numbers"), "true and false": (with_W1(W1 > 0),
    "got true and false"),
    "words": (with_W1(W1.astype(str)), "real numbers, got text"), "bytes": (with_W1(W1.astype("S8")),
    "real numbers, got text"),
    "dates": (with_W1(np.zeros((3, 2), "M8[D]")), "real numbers, got dates"),
    "spans": (with_W1(np.zeros((3, 2), "m8[s]")), "real numbers, got spans of time"),
    "records": (with_W1(np.zeros((3, 2), [("a", "f8")])), "real numbers, got records"),
    "nan": (with_W1(np.full((3, 2), np.nan)), "W1 must hold finite numbers, got nan"),
    "-inf": (packed(members(b2=np.array([-np.inf]))), "b2 must hold finite numbers, got inf"),
    "large": (with_W1(np.full((3, 2), 1e300)), "W1 must hold numbers from −1,000,000 to 1,000,000"),
    "beyond 64 bits": (with_W1(np.full((3, 2), np.longdouble("1e4000"))), "W1 must hold finite numbers"),
    "large and whole": (with_W1(np.full((3, 2), -(2**63))), "W1 must hold numbers from −1,000,000 to 1,000,000"),
}  # fmt: skip
# What NumPy itself may write, and what stands around it, is taken: the same numbers come out.
TAKEN = {
    "as saved": GOOD, "packed": PLAIN, "bare names": renamed(lambda name: name.removesuffix(".npy")),
    "version 2": with_W1(npy(W1, (2, 0))), "big endian": with_W1(W1.astype(">f8")),
    "Fortran": with_W1(np.asfortranarray(W1)),
    "long doubles": with_W1(W1.astype("g")), "junk before": b"junk" * 10 + GOOD,
    "a remark": packed(members(), comment=b"c" * 60_000),
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_crafted_file_gets_one_sentence_and_little_memory(kind):
    data, message = FILES[kind]
    tracemalloc.start()
    with pytest.raises(ValueError) as refusal:
        read_npz(data, NETWORK)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    said = str(refusal.value)
    assert message in said and "\n" not in said and len(said) < 160 and peak < 5_000_000


@pytest.mark.parametrize("kind", TAKEN)
def test_a_file_that_numpy_may_write_is_taken_as_it_is(kind):
    assert (read_npz(TAKEN[kind], NETWORK) == NETWORK.parameters).all()


def test_whole_numbers_and_short_floats_are_taken_and_keep_their_order():
    whole = np.arange(6).reshape(3, 2)
    for array in (whole, whole.astype("u1"), whole.astype("f2"), np.asfortranarray(whole.astype(">i4"))):
        read = Network((2, 3, 1))
        read.parameters = read_npz(with_W1(array), NETWORK)
        assert (read.weights[0] == whole).all()
