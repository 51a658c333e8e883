"""Years that name columns, frames around tables, quotes around lines, and colons between cells."""

import numpy as np
import pytest

from nncore.data import read_table

FIGS = [(k * 1.5 + 0.25, k * 3 % 7, "fig" if k % 3 else "pear") for k in range(9)]


def written(separator, names=("size", "weight", "fruit"), begin="", end=""):
    lines = [f"{begin}{separator.join(map(str, row))}{end}" for row in [names, *FIGS] if row]
    return "\n".join(lines) + "\n"


def check_figs(table, *names):
    assert [column.name for column in table.columns] == list(names) and table.n_rows == 9
    np.testing.assert_array_equal(table.columns[0].values, [row[0] for row in FIGS])
    np.testing.assert_array_equal(table.columns[1].values, [row[1] for row in FIGS])
    assert [table.columns[2].labels[int(value)] for value in table.columns[2].values] == [row[2] for row in FIGS]


@pytest.mark.parametrize("names", ["2019,2020,2021", "country,2019,2020,2021", "2000,2005,2010,2015", "2022,2021,2020"])
@pytest.mark.parametrize("ending", ["", ".5"])
def test_years_name_columns(names, ending):
    width = names.count(",") + 1
    first = ["DE" * ("country" in names)] * ("country" in names)
    values = [[*first, *(f"{k * 37 + j}{ending}" for j in range(width - len(first)))] for k in range(9)]
    rows = "".join(",".join(row) + "\n" for row in values)
    table = read_table(f"{names}\n{rows}".encode())
    assert [column.name for column in table.columns] == names.split(",") and table.n_rows == 9


@pytest.mark.parametrize("text", [
    "2019,2020,2021\n2003,2004,2009\n1999,1980,1985\n2011,2012,2013\n",  # years themselves
    "2019,2020.5\n1.5,2.5\n3.5,4.5\n5.5,7\n", "2000,2010,2015\n1,2,3\n4,5,6\n7,8,1\n",
    "apple,2000\npear,1500\nfig,300\nkiwi,9\n",
])  # fmt: skip
def test_other_numbers_in_the_first_line_are_a_row(text):
    assert read_table(text.encode()).columns[0].name == "column 1"


def test_one_year_alone_names_a_column_of_fractions():
    table = read_table(b"country,2020\nDE,83.2\nFR,67.4\nES,47.3\nIT,59.6\n")
    assert [column.name for column in table.columns] == ["country", "2020"] and table.n_rows == 4


def test_a_frame_around_a_table_is_left_out():
    lines = written(" | ", begin="| ", end=" |").splitlines()
    markdown = "\n".join([lines[0], "|---|:--:|---:|", *lines[1:]])
    rule = "+------+--------+-------+"
    for text in (markdown, "\n".join([rule, lines[0], rule, *lines[1:], rule])):
        table = read_table(text.encode())
        check_figs(table, "size", "weight", "fruit")
        assert any("rule off" in note for note in table.notes)


def test_quotes_around_each_whole_line_are_left_out():
    text = written(",", begin='"', end='"').replace("pear", '""pear""')
    check_figs(read_table(text.encode()), "size", "weight", "fruit")
    table = read_table(b'"5,1"\n"4,9"\n"7,0"\n"6,4"\n')  # decimal commas of one column
    assert table.columns[0].values.tolist() == [5.1, 4.9, 7.0, 6.4]


@pytest.mark.parametrize("text", [written(":"), written(": "), written(":").replace(".", ",")])
def test_colons_cut_a_table(text):
    table = read_table(text.encode())
    check_figs(table, "size", "weight", "fruit")
    assert any("colon" in note for note in table.notes)


@pytest.mark.parametrize("cells", [[f"12:{k:02}:07" for k in range(30)], [f"2024-03-{k + 1:02} 7:30" for k in range(30)],
                                   [f"https://example.org/{k}" for k in range(30)]])  # fmt: skip
def test_colons_of_times_and_addresses_do_not(cells):
    assert len(read_table("\n".join(cells).encode()).columns) == 1
