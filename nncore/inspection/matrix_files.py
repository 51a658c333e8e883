"""Matrices as files: several by name as `.npz`, one as CSV, both in full precision."""

import io
from collections.abc import Mapping

import numpy as np

Array = np.ndarray


def matrices_npz(matrices: Mapping[str, Array]) -> bytes:
    """The bytes of an `.npz` file that holds the matrices by their names."""
    file = io.BytesIO()
    np.savez(file, **matrices)
    return file.getvalue()


def matrix_csv(matrix: Array) -> str:
    """A matrix (n_out, n_in) as CSV: a heading, then a line for each row with its number."""
    heading = ",".join(["output", *(f"input {j}" for j in range(1, matrix.shape[1] + 1))])
    rows = [",".join([str(i), *map(repr, map(float, row))]) for i, row in enumerate(matrix, 1)]
    return "\n".join([heading, *rows]) + "\n"
