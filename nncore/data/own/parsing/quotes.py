"""Quotes: values that stand in apostrophes, or whose signs follow a backslash, put into quotation marks.

A value that holds a separator or a line's end has to be kept together. Most programs put it into quotation marks; some use
apostrophes, as MySQL does, and some write a backslash before each sign that belongs to the value.
"""

import csv
import io
import re

from nncore.data.own.parsing.numbers import looks_like_number

LOOKED_AT = 50  # records by which the way of quoting is judged
_OPENED = re.compile(r"(?:^|[\r,;\t|])[ ]*'", re.MULTILINE)
_ESCAPED = re.compile(r"""\\["',;\t|\n\r\\]""")
# A standard writer doubles a quotation mark within a value, so these are never written by one.
_NEVER_STANDARD = re.compile(r"""(?:^|[,;\t|])[^"\r\n]?\\"|\\"(?![",;\t|\r\n]|\Z)""", re.MULTILINE)
_BARE = {"", "true", "false"}  # what is written without quotes, although it is no number
_APOSTROPHES = "Values stood in apostrophes, as others stand in quotation marks; they were left out."
_BACKSLASHES = "A backslash stood before signs that belong to a value; it was left out."


def in_quotation_marks(text: str, notes: list[str]) -> str:
    """`text` with quotation marks around its values, where it used apostrophes or backslashes; the lines stay the same."""
    begin = text[:200_000]
    marks = ['"'] + ["'"] * bool(_OPENED.search(begin))
    escapes = [None] + ["\\"] * bool(_ESCAPED.search(begin))
    ways = [(mark, escape) for mark in marks for escape in escapes][1:]
    if not ways:
        return text
    usual = any(_is_even(begin, separator, '"', None) for separator in ",;\t|") and not _NEVER_STANDARD.search(begin)
    for mark, escape in ways:
        for separator in ",;\t|":
            needed = not usual or (mark == "'" and _all_quoted(begin, separator, escape))
            if needed and _is_even(begin, separator, mark, escape):
                found = _rewritten(text, separator, mark, escape)
                if found:
                    notes += [_APOSTROPHES] * (mark == "'") + [_BACKSLASHES] * (escape is not None)
                    return found
    return text


def with_line_ends(text: str, notes: list[str]) -> str:
    """`text` with its lines ended as usual, where carriage returns end them and other line breaks stand within values."""
    if "\r\n" in text or "\r" not in text or "\n" not in text:
        return text
    outside = re.sub(r'"[^"]*"', "", text)
    if outside.count("\r") <= outside.count("\n") or "\n" not in outside:
        return text
    notes.append("Each line ends with a carriage return; other line breaks within values were read as blanks.")
    return text.replace("\n", " ").replace("\r", "\n")


def _reader(text: str, separator: str, mark: str, escape: str | None):
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, quotechar=mark, escapechar=escape,
                      doublequote=escape is None, strict=True, skipinitialspace=True)  # fmt: skip


def _first(text: str, separator: str, mark: str, escape: str | None) -> list[list[str]]:
    """The first records that hold anything; none where the text cannot be read in this way."""
    records = []
    try:
        for record in _reader(text, separator, mark, escape):
            records += [record] if record else []
            if len(records) == LOOKED_AT:
                break
    except csv.Error:
        return []
    return records


def _is_even(text: str, separator: str, mark: str, escape: str | None) -> bool:
    """Whether all of the first records have the same number of cells, more than one."""
    widths = {len(record) for record in _first(text, separator, mark, escape)}
    return len(widths) == 1 and widths.pop() > 1


def _all_quoted(text: str, separator: str, escape: str | None) -> bool:
    """Whether every value that needs apostrophes where all words have them stands in them."""
    records = _first(text, separator, "'", escape)
    words = sum(cell.strip().lower() not in _BARE and not looks_like_number(cell) for record in records for cell in record)
    inside = r"(?:[^'\\]|\\.)*" if escape else r"(?:[^']|'')*"
    around = rf"(?:^|\r|{re.escape(separator)})[ ]*'{inside}'(?=[ ]*(?:{re.escape(separator)}|\r|\n|\Z))"
    lines = sum(1 + sum(cell.count("\n") for cell in record) for record in records)
    part = "".join(text.splitlines(keepends=True)[:lines])
    return len(re.findall(around, part, re.MULTILINE)) >= max(words, 2)


def _rewritten(text: str, separator: str, mark: str, escape: str | None) -> str:
    """The text with quotation marks; "" where it cannot be read to its end."""
    found = io.StringIO(newline="")
    writer = csv.writer(found, delimiter=separator, lineterminator="\n")
    try:
        writer.writerows(_reader(text, separator, mark, escape))
    except csv.Error:
        return ""
    return found.getvalue()
