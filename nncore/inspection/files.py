"""Files of matrices: those of a network as a file and back, and those of any other model by their names.

The `.npz` format holds named arrays: W1 and b1 are the first layer's weights and biases, W2 and b2 the second's, and
so on. A file may come from anybody: nothing in it is run, and every size is checked before it is unpacked.
"""

import io
import math
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import numpy as np

from nncore.arguments import array, checked, kind_of, mapping, network, text
from nncore.checks import NO_NUMBERS, require_array, shown
from nncore.inspection.overlay import LARGEST
from nncore.models.dense import Network

Array = np.ndarray

NO_FILE = "The file must be an .npz file of weights, and this one cannot be read as that"
SOMETHING_ELSE = "The file must hold plain arrays of numbers, and this one is damaged or holds something else"
MOST_MEMBERS = 200  # of any network's file; a list of members takes memory before one of them is read


def named_arrays(network: Network) -> dict[str, Array]:
    """Views of the network's matrices (n_out, n_in) and biases (n_out,) by their names, W1, b1, W2, ..."""
    pairs = zip(network.weights, network.biases, strict=True)
    return {name: array for k, (W, b) in enumerate(pairs, 1) for name, array in ((f"W{k}", W), (f"b{k}", b))}


@checked(network=network)
def to_npz(network: Network) -> bytes:
    """The network's weights and biases as the bytes of an `.npz` file."""
    return matrices_npz(named_arrays(network))


@checked(matrices=mapping)
def matrices_npz(matrices: Mapping[str, Array]) -> bytes:
    """The bytes of an `.npz` file that holds the matrices by their names."""
    arrays = {text("a name in matrices", name, {}): require_array(f"matrices[{name!r}]", matrix, limit=None)
              for name, matrix in matrices.items()}  # fmt: skip
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


@checked(weights=array("n", "m"), biases=array("n"))
def to_csv(weights: Array, biases: Array) -> str:
    """One layer as CSV: a heading, then a line for each neuron with its weights and its bias, in full precision."""
    heading = ",".join(["neuron", *(f"w{j}" for j in range(1, weights.shape[1] + 1)), "bias"])
    rows = [",".join([str(i), *map(repr, [*map(float, row), float(b)])])
            for i, (row, b) in enumerate(zip(weights, biases, strict=True), 1)]
    return "\n".join([heading, *rows]) + "\n"


@checked(matrix=array("n", "m"))
def matrix_csv(matrix: Array) -> str:
    """A matrix (n_out, n_in) as CSV: a heading, then a line for each row with its number."""
    heading = ",".join(["output", *(f"input {j}" for j in range(1, matrix.shape[1] + 1))])
    rows = [",".join([str(i), *map(repr, map(float, row))]) for i, row in enumerate(matrix, 1)]
    return "\n".join([heading, *rows]) + "\n"


@checked(data=kind_of(bytes), network=network)
def read_npz(data: bytes, network: Network) -> Array:
    """The parameters (P,) in the bytes of an `.npz` file made for a network of this shape.

    Raises ValueError, in one sentence, for anything else.
    """
    wanted = named_arrays(network)
    flat, kinds = np.zeros(network.n_parameters), NO_NUMBERS | {"b": "true and false"}
    matrices = network.matrices(flat)
    found, strange = _unpack(data, wanted)
    others = f"; it holds {shown(strange[0])}" + (" and others" if strange[1:] else "") if strange else ""
    for name, view in wanted.items():
        if name not in found:
            raise ValueError(f"The file must hold {', '.join(wanted)}, and {name} is missing{others}")
        values = found[name]
        if values.shape != view.shape:
            raise ValueError(f"{name} must have the shape {view.shape} of this network, got {values.shape}")
        if values.dtype.kind not in "iuf":
            raise ValueError(f"{name} must hold real numbers, got {kinds.get(values.dtype.kind, 'another kind')}")
        with np.errstate(all="ignore"):  # numbers that need more than 64 bits become infinite
            size = float(np.abs(values.astype(float)).max(initial=0))  # nan where any of them is
        if not size <= LARGEST:
            raise ValueError(f"{name} must hold numbers from −{LARGEST:,.0f} to {LARGEST:,.0f}, got one of the size {size:g}"
                             if np.isfinite(size) else f"{name} must hold finite numbers, got {size:g}")  # fmt: skip
        matrix = matrices[int(name[1:]) - 1]
        target = matrix[:, :-1] if name[0] == "W" else matrix[:, -1]
        target[...] = values
    if others:  # of a deeper network, perhaps, which would be another one without them
        raise ValueError(f"The file must hold {', '.join(wanted)} and nothing else{others}")
    return flat


def _unpack(data: bytes, wanted: dict[str, Array]) -> tuple[dict[str, Array], list[str]]:
    """The wanted arrays of an `.npz` file, and the names of its other members.

    Pickled objects are refused, and so is what is too large to be right.

    Every member is read by itself and measured as it is read: what a file says of its sizes, and under how many names it
    holds an array, comes from outside and is not trusted.
    """
    if data.count(b"PK\x01\x02") > MOST_MEMBERS:  # what each member's entry in the list begins with
        raise ValueError(NO_FILE)
    with _one_sentence(NO_FILE):
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    arrays: dict[str, Array] = {}
    strange = []
    for entry in entries:
        name = entry.filename.removesuffix(".npy")
        if name in arrays:
            raise ValueError(f"The file must hold {name} once, and this one holds it twice")
        if name in wanted:
            arrays[name] = _read_member(archive, entry, name, wanted[name])
        else:
            strange.append(entry.filename)
    return arrays, strange


def _read_member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, wanted: Array) -> Array:
    # No number takes more than 16 bytes, and a header no more than 10 kB.
    most = 16 * wanted.size + 10_000
    with _one_sentence(SOMETHING_ELSE):
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError("NumPy packs in these two ways alone, and others may take gigabytes to unpack anything")
        with archive.open(entry) as member:
            content = member.read(most + 1)
    if len(content) > most:
        raise ValueError(f"{name} must have the shape {wanted.shape} of this network, got a larger array")
    if not content.startswith(b"\x93NUMPY"):
        raise ValueError(f"{name} must be an array, and in this file it is something else")
    with _one_sentence(SOMETHING_ELSE):
        version = np.lib.format.read_magic(header := io.BytesIO(content))
        read_header = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
        shape, _, dtype = read_header[version](header)
        # The header is believed only once what follows it is as long as it says: NumPy makes room by the header.
        if dtype.hasobject or len(content) - header.tell() != math.prod(shape) * dtype.itemsize:
            raise ValueError("a member that is shorter or longer than its header says")
        return np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)


@contextmanager
def _one_sentence(sentence: str) -> Iterator[None]:
    """Says `sentence` in a ValueError of whatever goes wrong inside: damaged files fail in more ways than can be listed."""
    try:
        yield
    except Exception as error:
        raise ValueError(sentence) from error
