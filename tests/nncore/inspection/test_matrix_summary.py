"""A matrix in numbers and as a file, by hand."""

import io

import numpy as np
import pytest

from nncore.inspection.matrix_files import matrices_npz, matrix_csv
from nncore.inspection.matrix_summary import summarise_matrix


def test_a_diagonal_matrix_is_summarised_by_hand():
    norm, largest, stretch, rank = summarise_matrix(np.diag([3.0, -4.0]))
    assert (norm, largest, stretch) == (pytest.approx(5.0), 4.0, pytest.approx(4.0))
    shares = np.array([4 / 7, 3 / 7])
    assert rank == pytest.approx(np.exp(-(shares * np.log(shares)).sum()))


def test_identity_and_zeros_are_the_ends():
    assert summarise_matrix(np.eye(12)).effective_rank == pytest.approx(12.0)
    assert summarise_matrix(np.zeros((3, 2))) == (0, 0, 0, 0)


def test_files_hold_every_digit():
    matrix = np.array([[1 / 3, -2.0], [1e-9, 0.0]])
    assert matrix_csv(matrix) == "output,input 1,input 2\n1,0.3333333333333333,-2.0\n2,1e-09,0.0\n"
    found = np.load(io.BytesIO(matrices_npz({"W_Q": matrix})))
    assert np.array_equal(found["W_Q"], matrix)
