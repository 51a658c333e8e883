"""LIBSVM's format is read as the table that it stands for."""

import numpy as np
import pytest

from nncore.data import read_table


@pytest.mark.parametrize("text", [
    "+1 1:0.5 3:2\n-1 2:-1e1 \n+1 1:4 2:5 3:6\n-1\n", "+1  1:0.5\t3:2 # first\n\n-1 2:-10\n+1 1:4 2:5 3:6\n-1 \n",
    "+1 qid:1 1:0.5 3:2\n-1 qid:1 2:-10\n+1 qid:2 1:4 2:5 3:6\n-1 qid:2\n",
])  # fmt: skip
def test_what_a_line_leaves_out_is_zero(text):
    table = read_table(text.encode(), "heart_scale")
    assert [column.name for column in table.columns] == ["x1", "x2", "x3", "label"] and table.n_rows == 4
    dataset = table.dataset("label")
    np.testing.assert_array_equal(dataset.X, [[0.5, 0, 2], [0, -10, 0], [4, 5, 6], [0, 0, 0]])
    assert dataset.class_names == ("-1", "1") and dataset.y.tolist() == [1, 0, 1, 0]
    assert any("LIBSVM" in note and "is 0" in note for note in table.notes)


def test_inputs_may_count_from_0_and_targets_may_be_numbers():
    dataset = read_table(b"2.5 0:1 1:7\n3.25 0:2\n-1.5 1:3\n0.75 0:4 1:5\n").dataset("label")
    assert dataset.is_regression and dataset.feature_names == ("x0", "x1")
    np.testing.assert_array_equal(dataset.X, [[1, 7], [2, 0], [0, 3], [4, 5]])


def test_a_line_of_another_kind_is_named_and_too_many_inputs_are_refused():
    lines = "".join(f"{k % 2} 1:{k}\n" for k in range(60))
    with pytest.raises(ValueError, match=r"^Row 61 \(line 61\) is not of LIBSVM's format .*“0 1 2”"):
        read_table(f"{lines}0 1 2\n".encode())
    with pytest.raises(ValueError, match="1,000 columns at most; this one has 47,237"):
        read_table(b"+1 7:0.5 47236:0.25\n-1 8:0.5\n")


def test_times_beside_numbers_are_no_inputs():
    table = read_table("".join(f"{k}.5 12:{k + 10}\n" for k in range(8)).encode())
    assert [column.kind for column in table.columns] == ["number", "date"]
