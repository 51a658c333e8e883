"""Separators: by which sign the records of a text are cut into cells."""

import csv
import io
import re
from collections import Counter

from nncore.data.own.parsing.numbers import looks_like_amount, looks_like_number

SEPARATORS = {"\t": "tab", ";": "semicolon", ",": "comma", "|": "vertical bar", " ": "blank", ":": "colon"}
LOOKED_AT = 50  # records by which the separator is chosen
_TIME = re.compile(r"(?:[\d./-]+[ T])?\d?\d:[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?")


def find_separator(text: str) -> str:
    """The separator that cuts the first records most evenly; between equals a tab before a semicolon before a comma."""
    begin = text[:200_000]
    found = {separator: _evenness(begin, separator) for separator in "\t;,|"}
    even = [separator for separator, (score, _) in found.items() if score == 1]
    if "|" in even and len(even) > 1:  # signs within values, such as $1,200, may cut as evenly as the bars between them
        return max(even, key=lambda separator: _share_of_whole(begin, separator, even))
    best, best_score = ",", 0.0
    for separator, (score, _) in found.items():
        if score > best_score + (0.0 if best_score == 0 else 0.1):
            best, best_score = separator, score
    # A semicolon or a tab in every row can belong to words of a table with commas; those between cells are then no decimal
    # signs.
    cut_better = found[","] > found[";"] if best == ";" else best == "\t" and found[","][0] > found["\t"][0]
    if cut_better and not _has_decimal_commas(begin, best):
        return ","
    # A bar that cuts every record, the header too, lies between decimal commas.
    if best == "," and found["|"][0] == 1 > best_score and _has_decimal_commas(begin, "|"):
        return "|"
    if best_score < 1 and _evenness(begin, ":")[0] == 1 and _colons_cut(begin, bool(best_score)):
        return ":"
    return best if best_score else _blank_or_comma(begin)


def unwrapped(text: str, notes: list[str]) -> str:
    """`text` without the quotes that some spreadsheets put around each whole line."""
    if not re.match(r'\s*"[^"\n]*[,;\t|][^"\n]*"\r?\n', text):
        return text
    lines = [line.strip() for line in text.splitlines()]
    if not all(len(line) > 1 and line[0] == line[-1] == '"' for line in lines if line):
        return text
    inner = "\n".join(line[1:-1].replace('""', '"') for line in lines)
    separator = find_separator(inner)
    score, width = _evenness(inner[:200_000], separator)
    if score < 1 or width < 3 or any(len(record) > 1 for record in _first(text[:200_000], separator)):
        return text
    notes.append("Each line as a whole stood in quotation marks; they were left out.")
    return inner


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


def _share_of_whole(text: str, separator: str, others: list[str]) -> float:
    """Which share of the cells holds none of the other separators, unless they belong to a number or a sum of money."""
    cells = [cell for record in _first(text, separator) for cell in record]
    whole = [looks_like_amount(cell) or not any(map(cell.__contains__, others)) for cell in cells]
    return sum(whole) / len(whole)


def _has_decimal_commas(text: str, separator: str = ";") -> bool:
    return any("," in cell and looks_like_number(cell) for record in _first(text, separator) for cell in record)


def _colons_cut(text: str, others_cut: bool) -> bool:
    """Whether colons that stand in every record cut it, and do not belong to times or addresses."""
    if others_cut:
        return _has_decimal_commas(text, ":")
    lines = [line.strip() for line in text.splitlines()[:LOOKED_AT] if line.strip()]
    if "://" in text or all(map(_TIME.fullmatch, lines)):
        return False
    return not re.search(r"[^:\s][ \t]+[^:\s]", text)  # no blanks but beside a colon


def _first(text: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=True)
    return [record for record, _ in zip((record for record in reader if record), range(LOOKED_AT), strict=False)]


def between_blanks(line: str) -> list[str]:
    """The cells of a line that are separated by blanks, however many; one in quotation marks may hold blanks itself."""
    if '"' not in line:
        return line.split()
    found = re.findall(r'"((?:[^"]|"")*)"(?=\s|$)|(\S+)', line)
    return [bare or quoted.replace('""', '"') for quoted, bare in found]


def _blank_or_comma(text: str) -> str:
    """A blank, where numbers stand in columns with nothing but blanks between them; else a comma."""
    rows = [between_blanks(line) for line in text.splitlines()[:LOOKED_AT] if line.strip()]
    even = len(rows) > 1 and len(rows[1]) > 1 and len({len(row) for row in rows[1:]}) == 1
    named = (len(rows[1]), len(rows[1]) - 1) if even and len(rows[0]) > 1 else ()  # the rows' own names may have no name
    return " " if even and any(map(looks_like_number, rows[1])) and len(rows[0]) in named else ","
