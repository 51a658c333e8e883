"""Files of matrices: those of a network as a file and back, and those of any other model by their names.

The `.npz` format holds named arrays: W1 and b1 are the first layer's weights and biases, W2 and b2 the second's, and
so on. A file is a stranger's: nothing in it is run, and every size is checked before it is unpacked.
"""

import io
import zipfile
import zlib
from collections.abc import Mapping

import numpy as np

from nncore.inspection.overlay import LARGEST
from nncore.models.dense import Network

Array = np.ndarray

KINDS = {"U": "text", "S": "text", "b": "true and false", "c": "complex numbers"}  # of values that are no real numbers


def named_arrays(network: Network) -> dict[str, Array]:
    """Views of the network's matrices (n_out, n_in) and biases (n_out,) by their names, W1, b1, W2, ..."""
    pairs = zip(network.weights, network.biases, strict=True)
    return {name: array for k, (W, b) in enumerate(pairs, 1) for name, array in ((f"W{k}", W), (f"b{k}", b))}


def to_npz(network: Network) -> bytes:
    """The network's weights and biases as the bytes of an `.npz` file."""
    return matrices_npz(named_arrays(network))


def matrices_npz(matrices: Mapping[str, Array]) -> bytes:
    """The bytes of an `.npz` file that holds the matrices by their names."""
    file = io.BytesIO()
    np.savez(file, **matrices)
    return file.getvalue()


def to_csv(weights: Array, biases: Array) -> str:
    """One layer as CSV: a heading, then a line for each neuron with its weights and its bias, in full precision."""
    heading = ",".join(["neuron", *(f"w{j}" for j in range(1, weights.shape[1] + 1)), "bias"])
    rows = [",".join([str(i), *map(repr, [*map(float, row), float(b)])])
            for i, (row, b) in enumerate(zip(weights, biases, strict=True), 1)]
    return "\n".join([heading, *rows]) + "\n"


def matrix_csv(matrix: Array) -> str:
    """A matrix (n_out, n_in) as CSV: a heading, then a line for each row with its number."""
    heading = ",".join(["output", *(f"input {j}" for j in range(1, matrix.shape[1] + 1))])
    rows = [",".join([str(i), *map(repr, map(float, row))]) for i, row in enumerate(matrix, 1)]
    return "\n".join([heading, *rows]) + "\n"


def read_npz(data: bytes, network: Network) -> Array:
    """The parameters (P,) in the bytes of an `.npz` file made for a network of this shape.

    Raises ValueError, in one sentence, for anything else.
    """
    wanted = named_arrays(network)
    flat = np.zeros(network.n_parameters)
    matrices = network.matrices(flat)
    found = _unpack(data, wanted)
    for name, array in wanted.items():
        if name not in found:
            raise ValueError(f"The file must hold {', '.join(wanted)}, and {name} is missing")
        values = found[name]
        if values.shape != array.shape:
            raise ValueError(f"{name} must have the shape {array.shape} of this network, got {values.shape}")
        if values.dtype.kind not in "iuf":
            raise ValueError(f"{name} must hold real numbers, got {KINDS.get(values.dtype.kind, values.dtype)}")
        size = float(np.abs(values.astype(float)).max(initial=0))  # nan where any of them is
        if not size <= LARGEST:
            raise ValueError(f"{name} must hold numbers from −{LARGEST:,.0f} to {LARGEST:,.0f}, got one of the size {size:g}"
                             if np.isfinite(size) else f"{name} must hold finite numbers, got {size:g}")  # fmt: skip
        matrix = matrices[int(name[1:]) - 1]
        target = matrix[:, :-1] if name[0] == "W" else matrix[:, -1]
        target[...] = values
    return flat


def _unpack(data: bytes, wanted: dict[str, Array]) -> dict[str, Array]:
    """The wanted arrays of an `.npz` file; pickled objects are refused, and so is what is too large to be right."""
    for name, size in _unpacked_sizes(data).items():
        # No number takes more than 16 bytes, and a header no more than 10 kB.
        if name in wanted and size > 16 * wanted[name].size + 10_000:
            raise ValueError(f"{name} must have the shape {wanted[name].shape} of this network, got a larger array")
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            arrays = {name: file[name] for name in wanted if name in file.files}
    except (ValueError, SyntaxError, TypeError, EOFError, OSError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError("The file must hold plain arrays of numbers, and this one holds something else") from error
    for name, values in arrays.items():
        if not isinstance(values, np.ndarray):  # NumPy hands out a member that is no array as its bytes
            raise ValueError(f"{name} must be an array, and in this file it is something else")
    return arrays


def _unpacked_sizes(data: bytes) -> dict[str, int]:
    """The sizes in bytes, as the file states them, of its arrays by name."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return {entry.filename.removesuffix(".npy"): entry.file_size for entry in file.infolist()}
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        raise ValueError("The file must be an .npz file of weights, and this one cannot be read as that") from error
