"""Large tables: read by pandas and read with care, they are the same."""

import numpy as np
import pytest

from nncore.data import read_table
from nncore.data.own.large import LARGE, cut_large
from nncore.data.own.parsing.cells import cut
from nncore.data.own.parsing.numbers import read_numbers

WORDS = ("none", "some", "NA")


def large_text(separator=",", n_rows=20_000):
    rng = np.random.default_rng(1)
    numbers, words = rng.standard_normal((n_rows, 2)), rng.choice(WORDS, n_rows)
    lines = [f"{a!r}{separator}{'' if k % 9 == 0 else round(b, 3)}{separator}{k % 5}{separator}{word}"
             for k, (a, b, word) in enumerate(zip(*numbers.T.tolist(), words, strict=True))]  # fmt: skip
    return separator.join(("a_1", "don't", "whole", "word")) + "\n" + "\n".join(lines) + "\n"


@pytest.mark.parametrize("separator", [",", "\t"])
def test_it_is_read_as_with_care(separator):
    text = large_text(separator)
    fast, careful = cut_large(text), cut(text)
    assert len(text) > LARGE and (fast.names, fast.lines, fast.notes) == (careful.names, careful.lines, careful.notes)
    for column, cells in zip(fast.columns[:3], careful.columns, strict=False):
        np.testing.assert_array_equal(column, read_numbers(cells, "."))
    assert fast.columns[3] == careful.columns[3] and set(fast.columns[3]) == set(WORDS)


def test_what_is_not_even_is_read_with_care_and_named():
    lines = large_text().splitlines()
    lines[15_000] += ",9"
    assert cut_large("\n".join(lines)) is None
    with pytest.raises(ValueError, match=r"^Row 15,000 \(line 15,001\) has 5 values"):
        read_table("\n".join(lines).encode())


def test_a_word_among_very_many_numbers_is_named():
    lines = large_text().splitlines()
    lines[12_345] = "oops" + lines[12_345][lines[12_345].index(",") :]
    table = read_table("\n".join(lines).encode())
    assert table.columns[0].kind == "number" and any("“oops” in row 12,345 (line 12,346)" in note for note in table.notes)


@pytest.mark.parametrize("sign", ["inf", "-Inf", "-", "#DIV/0!", "unknown"])
def test_what_stands_in_for_a_number_among_very_many_is_said(sign):
    lines = large_text().splitlines()
    lines[12_345] = sign + lines[12_345][lines[12_345].index(",") :]
    table = read_table("\n".join(lines).encode())
    assert table.columns[0].kind == "number" and table.columns[0].missing == 1
    assert any(f"“{sign}” in row 12,345 (line 12,346)" in note for note in table.notes)


def test_names_that_stand_again_far_below_are_left_out():
    lines = large_text().splitlines()
    table = read_table("\n".join([*lines, *lines]).encode())
    assert table.n_rows == 40_000 and any("stand again in line 20,002" in note for note in table.notes)


VARIANTS = {
    "decimal comma": large_text(";").replace(".", ","), "no name": large_text().removeprefix("a_1"),
    "a name twice": large_text().replace("whole", "a_1", 1), "old mac lines": large_text().replace("\n", "\r"),
    "quotes": large_text().replace("some", '"some"').replace("a_1", '"a_1"'),
}  # fmt: skip


@pytest.mark.parametrize("case", VARIANTS)
def test_other_programs_large_tables_are_read_fast_and_alike(case, monkeypatch):
    text = VARIANTS[case]
    assert cut_large(text) is not None
    fast = read_table(text.encode())
    monkeypatch.setattr("nncore.data.own.reading.cut_large", lambda content: None)
    careful = read_table(text.encode())
    assert fast.notes == careful.notes and fast.n_rows == careful.n_rows
    for one, other in zip(fast.columns, careful.columns, strict=True):
        assert (one.name, one.kind, one.missing, one.labels) == (other.name, other.kind, other.missing, other.labels)
        np.testing.assert_array_equal(one.values, other.values)
