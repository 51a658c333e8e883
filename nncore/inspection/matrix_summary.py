"""A matrix in a few numbers: how large it is, and in how many directions it stretches."""

from typing import NamedTuple

import numpy as np

from nncore.inspection.weight_statistics import effective_rank, singular_values

Array = np.ndarray


class MatrixSummary(NamedTuple):
    """The Frobenius norm, the largest size of a number, the largest singular value, and the effective rank."""

    norm: float
    largest: float
    stretch: float
    effective_rank: float


def summarise_matrix(matrix: Array) -> MatrixSummary:
    """The numbers of a matrix (n_out, n_in)."""
    singular = singular_values(matrix)
    return MatrixSummary(
        float(np.linalg.norm(matrix)), float(np.abs(matrix).max()), float(singular[0]), effective_rank(singular)
    )
