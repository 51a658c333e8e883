"""Numbers with signs, numbers too exact to calculate with, codes, and titles above a table."""

import numpy as np
import pytest

from nncore.data import read_table


def first_column(cells, name="p", separator=";"):
    rows = "".join(f"{cell}{separator}{k * 1.5}{separator}{'ab'[k % 2]}\n" for k, cell in enumerate(cells))
    table = read_table(f"{name}{separator}x{separator}kind\n{rows}".encode())
    return table.columns[0], " ".join(table.notes)


@pytest.mark.parametrize("cells, sign, values", [
    (("12 %", "3.5 %", "100 %", "-4 %"), "%", (12, 3.5, 100, -4)),
    (("$1,200.50", "$900.00", "-$3.25", "$12,000"), "$", (1200.5, 900, -3.25, 12000)),
    (("€ 3,5", "€ 12,25", "€ 1.200,00", "€ 0,5"), "€", (3.5, 12.25, 1200, 0.5)),
    (("1.100,50 €", "2,5 €", "?", "7,5 €"), "€", (1100.5, 2.5, np.nan, 7.5)),
    (("80 kg", "72.5 kg", "64 kg", "NA"), "kg", (80, 72.5, 64, np.nan)),
    (("1,23,456.50", "2,500.25", "12.5", "7"), "thousands", (123456.5, 2500.25, 12.5, 7)),
    (("($1,200.50)", "$3.00", "$4.50", "($1.00)"), "$", (-1200.5, 3, 4.5, -1)),
    (("(1.50)", "2.50", "3.50", "(4.00)"), "brackets", (-1.5, 2.5, 3.5, -4)),
])  # fmt: skip
def test_a_sign_in_every_value_is_left_out_and_said(cells, sign, values):
    column, notes = first_column(cells)
    assert column.kind == "number" and sign in notes
    np.testing.assert_array_equal(column.values, values)


@pytest.mark.parametrize("cells", [
    ("5 kg", "500 g", "6 kg", "700 g"), ("$5", "€5", "$6", "€7"), ("5 %", "6 %", "high", "7 %"), ("A1", "A2", "A3", "A4"),
    ("12", "13 %", "14", "15"), ("<=50", ">50", "<=60", ">70"),
])  # fmt: skip
def test_values_whose_signs_do_not_agree_are_no_numbers(cells):
    assert first_column(cells)[0].kind == "text"


@pytest.mark.parametrize("begin, kind, why", [
    (1_700_000_000_000_000_000, "date", "nanoseconds since 1970"), (9_007_199_254_740_993, "text", "more digits"),
    (123_456_789_012_345_678_901, "text", "more digits"),
])  # fmt: skip
def test_whole_numbers_closer_than_a_float_tells_are_left_out_for_what_they_are(begin, kind, why):
    column, notes = first_column([str(begin + k) for k in range(12)])
    assert column.kind == kind and why in column.left_out and "“p” is left out" in notes


def test_points_in_time_with_fractions_and_codes_that_begin_with_0_are_left_out():
    assert first_column([f"{1_700_000_000.5 + k}" for k in range(8)], "timestamp")[0].kind == "date"
    column, _ = first_column([f"{k:05}" for k in (1067, 4109, 80331, 1067, 20095, 99425)], "zip")
    assert (column.kind, column.left_out) == ("class", "") and column.labels[0] == "01067"
    assert "begin with 0, as codes do" in first_column([f"{7 * k:05}" for k in range(30)])[1]
    assert first_column(["0", "0.5", "10", "07.5"])[0].kind == "number"


@pytest.mark.parametrize("above", ["My flowers\n", "My flowers;;\n", "My flowers\n\nof 2024\n"])
def test_a_title_above_the_table_is_left_out_and_said(above):
    rows = "".join(f"{k}.5;{k * 2};{'ab'[k % 2]}\n" for k in range(8))
    table = read_table(f"{above}x;y;kind\n{rows}".encode())
    assert [column.name for column in table.columns] == ["x", "y", "kind"] and table.n_rows == 8
    assert any("title above the table" in note and "My flowers" in note for note in table.notes)


def test_utf_32_is_read_and_picking_no_input_is_refused_with_a_reason():
    table = read_table("x,kind\n1.5,a\n2.5,b\n3.5,a\n".encode("utf-32"))
    assert [column.kind for column in table.columns] == ["number", "class"]
    with pytest.raises(ValueError, match="No column was picked from which “kind” could be learned"):
        table.dataset("kind", [])


def test_columns_numbered_by_pandas_are_names_also_where_the_last_has_one():
    rows = "".join(f"{k}.5,{k / 7},{k * 3},{'ab'[k % 2]}\n" for k in range(9))
    assert [column.name for column in read_table(f"0,1,2,kind\n{rows}".encode()).columns] == ["0", "1", "2", "kind"]


@pytest.mark.parametrize("cells, units", [
    ([f"{k * 5} {'kg' if k % 2 else 'g'}" for k in range(12)], "(“g”, “kg”)"),
    ([f"{'$€'[k % 2]}{k}" for k in range(12)], "(“$”, “€”)"),
    ([f"{k}{' %' if k == 7 else ''}" for k in range(8)], "(“%” and none)"),
])  # fmt: skip
def test_different_units_in_one_column_are_left_out_with_what_to_do(cells, units):
    column, notes = first_column(cells)
    assert column.kind == "text" and units in column.left_out and "write them all in one" in notes


def test_different_units_that_come_again_and_again_are_words_and_said_so():
    column, notes = first_column([f"{(500, 1)[k % 2]} {('g', 'kg')[k % 2]}" for k in range(12)])
    assert column.kind == "class" and column.labels == ("1 kg", "500 g") and "different units (“g”, “kg”)" in notes


def test_errors_of_a_spreadsheet_are_missing_numbers():
    column, _ = first_column(["1.5", "#REF!", "2.5", "#VALUE!", "4.5", "3.5", "#NAME?"])
    assert column.kind == "number" and column.missing == 3


def test_capitals_tell_labels_apart_and_it_is_said():
    column, notes = first_column(["Yes", "yes", "no"] * 4)
    assert column.labels == ("Yes", "no", "yes") and "“p” tells “Yes” from “yes”" in notes
