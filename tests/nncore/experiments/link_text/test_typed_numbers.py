import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore.experiments.link_text import quoted, read_number, read_whole


@pytest.mark.parametrize("text, value", [
    ("1.5", 1.5), ("1,5", 1.5), (",5", 0.5), ("-0,03", -0.03), ("−1,5", -1.5), ("–2", -2.0), ("+3", 3.0), ("1e-3", 1e-3),
    ("1,5E3", 1500.0), ("1 000", 1000.0), ("1\u2009000,5", 1000.5), ("12\u202f345\u00a0678.25", 12345678.25),
    ("1,234.5", 1234.5), ("5.", 5.0), ("１，５", 1.5),
    ("1.234,5", 1234.5), ("1,000,000", 1e6), ("1.000.000", 1e6), ("1,125", 1.125), ("  7 ", 7.0),
])  # fmt: skip
def test_a_number_as_people_type_it(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("text", [
    "", " ", "abc", "1_000", "1 2", "10 00", "1,2,3", "1.2.3", "1,23.4", "1..5", "--1", "1e", "0x10", "1 000 0", "e5",
    "½", "1;5",
])  # fmt: skip
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="must be a number"):
        read_number(text)


@pytest.mark.parametrize("text, value", [("12", 12), ("−3", -3), ("1 000", 1000), ("1\u202f000\u202f000", 1_000_000),
("007", 7), ("2.0", 2), ("10,0", 10), ("3e0", 3), ("1e3", 1000), ("−4,00", -4), ("1,000,000", 1_000_000),
("1,000.0", 1000), ("5.", 5), ("0.0", 0), ("1,5e1", 15)])
def test_a_whole_number_as_people_type_it(text, value):
    assert read_whole(text) == value


@pytest.mark.parametrize("text, value", [
    ("1e99", 10**99), ("9007199254740993,0", 2**53 + 1), ("9" * 300, 10**300 - 1), ("9" * 301, 10**300),
    ("−" + "9" * 5000, -(10**300)), ("1e300", 10**300), ("-1e999", -(10**300)), ("1e99999999999999999999", 10**300),
    ("0e99", 0),
], ids=range(9))  # fmt: skip
def test_a_whole_number_beyond_every_limit_is_one_all_the_same(text, value):
    assert read_whole(text) == value


@pytest.mark.parametrize("text", [
    "", "2.5", "1,000", "1.000", "−10,000", "1,5", "1e-3", "inf", "-inf", "nan", "1_0", "3 4", "1e-400",
    "9007199254740993.5", "1e-99999999999999999999", "1." + "0" * 400 + "1",
])  # fmt: skip
def test_what_is_no_whole_number_is_refused(text):
    with pytest.raises(ValueError, match="must be a whole number"):
        read_whole(text)


@given(st.floats(allow_nan=False))
def test_every_number_is_read_as_python_writes_it_with_either_sign(value):
    assert read_number(repr(value)) == value == read_number(repr(value).replace(".", ",").replace("-", "−"))


@pytest.mark.parametrize("text, shown", [
    ("\u200b5", "“[U+200B]5”"), ("5\u200d", "“5[U+200D]”"), ("\u2800", "“[U+2800]”"), ("to\u00adday", "“to[U+00AD]day”"),
    ("5", "5"), ("👨\u200d👩", "“👨\u200d👩”"), ("❤\ufe0f", "“❤\ufe0f”"), ("a\u202eb", "“a[U+202E]b”"),
])  # fmt: skip
def test_what_nobody_sees_is_shown_where_a_link_is_quoted(text, shown):
    assert quoted(text) == shown
