"""Separators: by which sign the records of a text are cut into cells."""

import csv
import io
from collections import Counter

from nncore.data.own.parsing.numbers import looks_like_number

SEPARATORS = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "vertical bar", " ": "blank"}
LOOKED_AT = 50  # records by which the separator is chosen


def find_separator(text: str) -> str:
    """The separator that cuts the first records most evenly; between equals a tab before a semicolon before a comma."""
    begin = text[:200_000]
    found = {separator: _evenness(begin, separator) for separator in "\t;,|"}
    best, best_score = ",", 0.0
    for separator, (score, _) in found.items():
        if score > best_score + (0.0 if best_score == 0 else 0.1):
            best, best_score = separator, score
    # A semicolon in every record can be a word of a table with commas; commas between its cells are then no decimal signs.
    if best == ";" and found[","] >= found[";"] and found[","][1] > found[";"][1] and not _has_decimal_commas(begin):
        return ","
    return best if best_score else _blank_or_comma(begin)


def _evenness(text: str, separator: str) -> tuple[float, int]:
    """The share of the first records that `separator` cuts into as many cells as most, more than one; and how many cells."""
    try:
        widths = [len(record) for record in _first(text, separator)]
    except csv.Error:
        return 0.0, 0
    several = Counter(width for width in widths if width > 1)
    if not several:
        return 0.0, 0
    width, count = several.most_common(1)[0]
    return count / len(widths), width


def _has_decimal_commas(text: str) -> bool:
    return any("," in cell and looks_like_number(cell) for record in _first(text, ";") for cell in record)


def _first(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    return [record for record, _ in zip((record for record in reader if record), range(LOOKED_AT), strict=False)]


def _blank_or_comma(text: str) -> str:
    """A blank, where numbers stand in columns with nothing but blanks between them; else a comma."""
    rows = [line.split() for line in text.splitlines()[:LOOKED_AT] if line.strip()]
    even = len(rows) > 1 and len(rows[1]) > 1 and len({len(row) for row in rows[1:]}) == 1
    return " " if even and any(map(looks_like_number, rows[1])) and len(rows[0]) == len(rows[1]) else ","
