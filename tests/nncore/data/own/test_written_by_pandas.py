"""Any table that pandas can write is read back, value for value, or a note says what else its numbers could mean."""

import string

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nncore.data import read_table
from nncore.data.own.parsing.numbers import MISSING


def _no_number(word):
    return word not in MISSING and not any(letter.isdigit() for letter in word)


# Words with quotes, separators and line breaks in them, and words of any letters at all.
NASTY = ('say "hi"', "a,b;c|d", "it's", "line\nbreak", "tab\there", '"', "don’t", "[x]", "none", "True story", "C:\\", "'")
LETTERS = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters="\ufeff"), min_size=1, max_size=8)
# In an older encoding, words as Western Europe writes them: others are taken for a third encoding, and refused.
WINDOWS = st.one_of(st.text(st.characters(codec="ascii", exclude_categories=("C", "Z")), min_size=1, max_size=8),
                    st.from_regex(r"[A-Z]?[a-z]{1,3}[àäéöüßñçøå]?[a-z]{0,3}[-!%&/=°€²’…]?", fullmatch=True))
LABELS = {encoding: st.one_of(words, st.sampled_from(NASTY)).filter(_no_number)
          for encoding, words in (("cp1252", WINDOWS), ("any", LETTERS))}  # fmt: skip
NUMBERS = {
    "floats": st.floats(-1e9, 1e9), "tiny": st.floats(1e-9, 1e-6), "wholes": st.integers(-10**6, 10**6).map(float),
    "gaps": st.one_of(st.just(np.nan), st.floats(-100, 100)), "whole numbers": st.integers(-10**9, 10**9),
    "labels": st.integers(1, 3), "signs": st.sampled_from((-1, 1)), "booleans": st.booleans(),
    "booleans with gaps": st.sampled_from((True, False, None)), "exponents": st.floats(1e20, 1e40),
    "percent": st.integers(-1000, 1000).map("{:.1f} %".format), "money": st.integers(0, 9999).map("${:,.2f}".format),
    "thousands": st.integers(10**4, 10**7).map("{:,.1f}".format),
}  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
FORMATS = (None, "%.3f", "%.2e", "%.6g", "{:,.2f}".format)


@st.composite
def styles(draw):
    """How pandas is told to write: separator, decimal sign, quotes, lines, and what stands for a missing value."""
    style = {
        "sep": draw(st.sampled_from((",", ";", "\t", "|"))), "decimal": draw(st.sampled_from((".", ","))),
        "quoting": draw(st.sampled_from((0, 1, 2))), "lineterminator": draw(st.sampled_from(("\n", "\r\n", "\r"))),
        "na_rep": draw(st.sampled_from(("", "NA", "?", "nan", "NULL", "N/A", "<NA>"))),
        "header": draw(st.booleans()), "index": draw(st.booleans()),
    }  # fmt: skip
    return {**style, "float_format": draw(st.sampled_from(FORMATS[:-1] if style["decimal"] == "," else FORMATS))}


@st.composite
def frames(draw):
    """A frame with numbers in its first column and words in its last, and the style and the encoding to write it with."""
    rows, style, encoding = draw(st.integers(4, 25)), draw(styles()), draw(st.sampled_from(ENCODINGS))
    texts = LABELS.get(encoding, LABELS["any"])
    if style["lineterminator"] == "\r":  # pandas does not quote another line break there
        texts = texts.filter(lambda word: "\n" not in word)
    names = draw(st.lists(texts, min_size=1, max_size=4, unique_by=lambda name: " ".join(name.split())))
    kinds = [NUMBERS[draw(st.sampled_from(list(NUMBERS)[: 10 if style["decimal"] == "," else None]))] for _ in names]
    frame = {"first": draw(st.lists(NUMBERS["floats"], min_size=rows, max_size=rows))}
    frame |= {name: draw(st.lists(kind, min_size=rows, max_size=rows)) for name, kind in zip(names, kinds, strict=True)}
    labels = draw(st.lists(texts, min_size=2, max_size=2, unique=True))
    lacking = draw(st.sets(st.integers(2, rows - 1), max_size=2))
    words = [None if k in lacking else labels[k % 2] for k in range(rows)]
    return pd.DataFrame(frame).assign(**{"the words": words}), style, encoding


@settings(max_examples=60, deadline=None)
@given(frames())
def test_what_pandas_writes_is_read_back(case):
    frame, style, encoding = case
    data = frame.to_csv(**style).encode(encoding)
    assume(encoding != "cp1252" or not _also_utf8(data))
    table = read_table(data)
    columns = table.columns[style["index"] :]
    assert table.n_rows == len(frame) and len(columns) == frame.shape[1]
    if style["index"]:
        assert table.columns[0].name == "column 1" and (table.columns[0].left_out or len(frame) < 5)
    if style["header"]:
        assert [column.name for column in columns] == [" ".join(name.split()) for name in frame.columns]
    for column, (_, given_values) in zip(columns[:-1], frame.iloc[:, :-1].items(), strict=True):
        check_numbers(column, written(given_values, style["float_format"]), table.notes)
    check_words(columns[-1], frame["the words"])


def _also_utf8(data):
    """Whether bytes of Windows-1252 are those of other letters in UTF-8, which nothing can tell."""
    try:
        return not data.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def written(given_values, float_format):
    """The numbers (N,) that stand in the file, which rounds them."""
    if given_values.dtype.kind == "f" and float_format:
        write = float_format if callable(float_format) else float_format.__mod__
        given_values = given_values.map(write).where(given_values.notna(), None)
    plain = given_values.map(lambda value: value.strip("$ %").replace(",", "") if isinstance(value, str) else value)
    return plain.astype(float).to_numpy()


def check_numbers(column, expected, notes):
    known = expected[~np.isnan(expected)]
    assert column.missing == len(expected) - len(known)
    if column.kind in ("number", "class"):
        assert column.labels in ((), ("false", "true"))
        if not np.array_equal(column.values, expected, equal_nan=True):  # 1,234 in a column of nothing else
            assert any(f"“{column.name}” has marks between thousands" in note and " is meant, " in note for note in notes)
            np.testing.assert_array_equal(column.values, np.round(expected * 1000))
    else:
        assert column.kind in ("constant", "text", "date")
        assert column.kind != "constant" or len(np.unique(known)) < 2


def check_words(column, given_values):
    words = [None if pd.isna(word) else word for word in given_values]
    if len(set(words) - {None}) < 2:  # the rows of one label had no other value, or were few
        assert column.kind == "constant"
        return
    assert column.kind == "class"
    assert [None if np.isnan(value) else column.labels[int(value)] for value in column.values] == words


@pytest.mark.parametrize("style", [
    {}, {"sep": ";", "decimal": ","}, {"sep": "\t", "quoting": 1}, {"sep": "|", "decimal": ",", "lineterminator": "\r\n"},
    {"index": True, "na_rep": "NA"}, {"header": False, "float_format": "%.2e"},
], ids=str)  # fmt: skip
def test_a_long_table_is_read_back(style):
    rng = np.random.default_rng(0)
    values = np.round(rng.normal(0, 1000, size=(30_000, 2)), 5)
    frame = pd.DataFrame(values, columns=["a", "b"]).assign(words=rng.choice(["red", "green"], 30_000))
    frame.loc[7, "b"] = np.nan
    table = read_table(frame.to_csv(**{"index": False, **style}).encode())
    assert table.n_rows == 30_000
    a, b, words = table.columns[-3:]
    expected = written(frame["b"], style.get("float_format"))
    np.testing.assert_array_equal(b.values, expected)
    assert a.missing == 0 and b.missing == 1 and [words.labels[int(k)] for k in words.values] == list(frame["words"])


FRAME = pd.DataFrame({"the \"x\"": [1.5, -2.25, 3e-7, 1234.5], "y, z": ["a,b", "it's", 'say "hi"', "a,b"]})


@pytest.mark.parametrize("style", [
    {"quotechar": "'", "quoting": 1}, {"quotechar": "'", "quoting": 2, "sep": ";"},
    {"escapechar": "\\", "doublequote": False}, {"escapechar": "\\", "quoting": 3},
    {"escapechar": "\\", "quoting": 3, "sep": "|", "lineterminator": "\r\n"},
], ids=str)  # fmt: skip
def test_apostrophes_and_backslashes_keep_values_together_as_quotation_marks_do(style):
    table = read_table(FRAME.to_csv(index=False, **style).encode())
    x, words = table.columns
    assert [column.name for column in table.columns] == list(FRAME.columns)
    assert any("left out" in note for note in table.notes)
    np.testing.assert_array_equal(x.values, FRAME.iloc[:, 0])
    assert [words.labels[int(k)] for k in words.values] == list(FRAME["y, z"])


def test_line_breaks_within_lines_that_carriage_returns_end_are_blanks():
    frame = pd.DataFrame({"x": [1.5, 2.5, 3.5, 4.5], "w": ["a\nb", "c", "a\nb", "c"]})
    table = read_table(frame.to_csv(index=False, lineterminator="\r").encode())
    np.testing.assert_array_equal(table.column("x").values, frame["x"])
    assert table.column("w").labels == ("a b", "c") and any("carriage return" in note for note in table.notes)


def test_columns_that_pandas_numbers_keep_their_numbers_as_names():
    frame = pd.DataFrame(np.arange(12).reshape(4, 3) / 8)
    for index in (True, False):
        table = read_table(frame.to_csv(index=index).encode())
        assert [column.name for column in table.columns][index:] == ["0", "1", "2"] and table.n_rows == 4


def test_two_lines_of_names_become_one():
    frame = pd.DataFrame({"w": ["a", "b"] * 4, "x": np.arange(8) / 8, "y": range(8)})
    means = frame.groupby("w").agg({"x": ["mean", "max"], "y": ["sum"]})
    table = read_table(means.to_csv().encode())
    assert [column.name for column in table.columns] == ["w", "x mean", "x max", "y sum"]
    np.testing.assert_array_equal(table.column("x mean").values, means["x", "mean"])
    units = read_table(b"height,weight,sex\ncm,kg,\n170.5,60,m\n180,70.5,f\n165,55,m\n")
    assert [column.name for column in units.columns] == ["height cm", "weight kg", "sex"]
    np.testing.assert_array_equal(units.column("weight kg").values, [60, 70.5, 55])
    gaps = read_table(b"height,weight,sex\n-,-,m\n170.5,60,m\n180,70.5,f\n165,55,m\n")
    assert [column.name for column in gaps.columns] == ["height", "weight", "sex"] and gaps.column("height").missing == 1


@pytest.mark.parametrize("text", [
    " a b w\n0 0.5 3 red\n1 0.25 4 green\n2 2.5 5 red\n3 3 1 green\n",
    '"a" "b" "w"\n"0" 0.5 3 "red"\n"1" 0.25 4 "green"\n"2" 2.5 5 "red"\n"3" 3 1 "green"\n',
    "     a  b      w\n0  0.5  3    red\n1  0.25 4  green\n2  2.5  5    red\n3  3.0  1  green\n",
], ids=("to_csv", "R", "to_string"))  # fmt: skip
def test_blanks_between_columns_may_leave_the_rows_without_a_name(text):
    table = read_table(text.encode())
    assert [column.name for column in table.columns] == ["row name", "a", "b", "w"]
    np.testing.assert_array_equal(table.column("a").values, [0.5, 0.25, 2.5, 3])
    assert table.column("w").labels == ("green", "red")


def test_one_sign_again_and_again_among_fractions_is_missing():
    frame = pd.DataFrame({"x": [0.5, None, 1.5, None, 2.5, 3.5, 4.25]})
    table = read_table(frame.assign(y=range(1, 8)).to_csv(index=False, na_rep="*").encode())
    assert table.column("x").kind == "number" and table.column("x").missing == 2
    assert any("“*” in row 2 (line 3)" in note for note in table.notes)


def test_ranges_are_words_and_dates_without_signs_are_dates():
    days = pd.date_range("2024-01-30", periods=8)
    frame = pd.DataFrame({"age": ["30-39", "40-49"] * 4, "size": ["0-4", "5-9"] * 4, "c": days.strftime("%Y%m%d")})
    table = read_table(frame.assign(x=np.arange(8) / 7).to_csv(index=False).encode())
    assert [column.kind for column in table.columns] == ["class", "class", "date", "number"]


def test_a_first_name_may_be_the_sign_of_a_remark():
    table = read_table(b"#,x\n1,0.5\n2,0.25\n3,0.75\n4,2\n")
    assert [column.name for column in table.columns] == ["#", "x"] and table.n_rows == 4


def test_dates_and_codes_of_pandas_are_left_out_and_its_categories_read():
    days = pd.date_range("2024-01-30", periods=9, freq="36h")
    frame = pd.DataFrame({
        "day": days, "zoned": days.tz_localize("Europe/Berlin"), "took": pd.to_timedelta(range(9), unit="h"),
        "month": days.to_period("M").astype(str), "size": pd.Categorical(["S", "M", "L"] * 3), "x": np.arange(9) / 7,
        "whole": pd.array([1, None, 3, 5, 7, 8, 12, 4, 6], dtype="Int64"), "code": list(string.ascii_letters[:9]),
    })  # fmt: skip
    kinds = {column.name: column.kind for column in read_table(frame.to_csv(index=False).encode()).columns}
    assert [kinds[name] for name in ("day", "zoned", "size", "x", "whole")] == ["date", "date", "class", "number", "number"]
    assert kinds["took"] in ("date", "text") and kinds["month"] in ("date", "class", "text") and kinds["code"] == "text"
