"""Cells: a text cut into rows and columns, with the names of the columns and the places of the rows.

Rows are counted from 1 below the header, as a person counts them, and their line in the file is told beside it.
"""

import csv
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from nncore.data.own.parsing.heading import below_title, has_header, with_one_heading, without_frame
from nncore.data.own.parsing.libsvm import cut_libsvm, looks_like_libsvm
from nncore.data.own.parsing.limits import check_size
from nncore.data.own.parsing.numbers import looks_like_number
from nncore.data.own.parsing.quotes import in_quotation_marks, with_line_ends
from nncore.data.own.parsing.separators import SEPARATORS, between_blanks, find_separator, unwrapped

LONGEST_NAME = 60
# An apostrophe that keeps a spreadsheet from reading a text as a formula: our own tables have it, and those of many others.
_KEPT_AS_TEXT = re.compile(r"^'(?= *[=+\-@\t\r\n＝＋－＠])")


@dataclass(frozen=True)
class Cells:
    """A table of texts: `names` of the columns, `columns` of N cells without blanks around, `lines` (N,) in the file."""

    names: tuple[str, ...]
    columns: tuple[list[str] | np.ndarray, ...]
    lines: list[int]
    separator: str
    notes: list[str]

    def place(self, row: int) -> str:
        """Where row `row`, counted from 0, stands: "row 7 (line 8)"."""
        return place_of(row, self.lines[row])


def place_of(row: int, line: int) -> str:
    """"row 7 (line 8)" for the row with the index 6."""
    return f"row {row + 1:,} (line {line:,})"


def cut(text: str) -> Cells:
    """The cells of `text`. Raises ValueError that names the row where there is no table."""
    notes: list[str] = []
    if looks_like_libsvm(text):
        note = "The file is in LIBSVM's format: the inputs are numbered, and what a line leaves out is 0."
        return Cells(*cut_libsvm(text), " ", [note])
    skipped = re.match(r"sep=(.)\r?\n", text, re.IGNORECASE)
    text = text[skipped.end() :] if skipped else text
    text, n_above = _below_remarks(with_line_ends(text, notes), notes)
    n_above += 1 if skipped else 0
    text = in_quotation_marks(unwrapped(text, notes), notes)
    separator = skipped[1] if skipped and skipped[1] in SEPARATORS else find_separator(text)
    records, lines = _records(text, separator, n_above)
    records, lines = without_frame(records, lines, notes) if separator == "|" else (records, lines)
    records, lines = with_one_heading(*below_title(records, lines, notes), notes)
    if not records:
        raise ValueError("The file holds no values.")
    if separator != ",":
        notes.append(f"The columns are separated by a {SEPARATORS[separator]}.")
    named = has_header(records)
    names, rows = (records[0], records[1:]) if named else ([], records)
    lines = lines[1:] if named else lines
    lines = [line + n_above for line in lines] if n_above else lines
    if not rows:
        raise ValueError("The file has a line of column names and no row below it.")
    rows, lines = _without_repeated(names, rows, lines, notes) if named else (rows, lines)
    names = _full_names(names, rows, notes) if named else [""] * max(map(len, rows))
    rows, lines = _without_empty(rows, lines, notes)
    columns = _columns(rows, lines, len(names), notes)
    if not named:
        notes.append("No line of column names was found, so the columns are numbered.")
    return Cells(_distinct(names, notes, named), columns, lines, separator, notes)


def _below_remarks(text: str, notes: list[str]) -> tuple[str, int]:
    """`text` without empty lines and remarks (#) above it, and how many lines these are.

    A remark with as many separators as the line below it names the columns, as NumPy writes them.
    """
    found = re.match(r"(?:[ \t]*(?:#(?![,;\t|]).*)?(?:\r\n|\r|\n))*(?=[^\s])", text)
    above = found[0].splitlines() if found else []
    if not any(map(str.strip, above)):
        return text, 0
    below = text[found.end() :]
    first, last = below.splitlines()[0], above[-1].lstrip().removeprefix("#").strip()
    cutting = [separator for separator in "\t;,|" if last.count(separator) == first.count(separator) > 0]
    if any(line.count(separator) == first.count(separator) for separator in cutting for line in above[:-1]):
        return text, 0  # these are rows whose first value begins with this sign
    if cutting:
        above, below = above[:-1], f"{last}\n{below}"
    if any(map(str.strip, above)):
        remark = next(line.strip() for line in above if line.strip())
        notes.append(f"Remarks above the table were left out: “{remark[:LONGEST_NAME]}”.")
    return below, len(above)


def _records(text: str, separator: str, n_above: int) -> tuple[list[list[str]], list[int]]:
    """All records that hold anything at all, each a list of cells, and the line at which each ends."""
    if separator == " ":
        parts = [(between_blanks(line), number) for number, line in enumerate(text.splitlines(), 1)]
        return [cells for cells, _ in parts if cells], [number for cells, number in parts if cells]
    try:
        return _read(text, separator, strict=True)
    except csv.Error as error:
        if "unexpected end" in str(error) or "limit" in str(error):
            begin = _line_of_open_quote(text, separator)
            line = n_above + begin
            why = f"A quotation mark is opened in line {line:,} and never closed."
            if '"' not in text.splitlines()[begin - 1]:
                why = f"A value in line {line:,} is longer than {csv.field_size_limit():,} letters, the most that it can be."
            raise ValueError(why) from None
        return _read(text, separator, strict=False)


def _read(text: str, separator: str, strict: bool) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=strict, skipinitialspace=True)
    records, lines = [], []
    for record in reader:
        if record:
            records.append([_KEPT_AS_TEXT.sub("", cell) for cell in record] if "'" in text else record)
            lines.append(reader.line_num)
    return records, lines


def _line_of_open_quote(text: str, separator: str) -> int:
    """The line in which the last record begins that is not closed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True, skipinitialspace=True)
    last = 0
    try:
        for _ in reader:
            last = reader.line_num
    except csv.Error:
        pass
    return last + 1


def _full_names(names: list[str], rows: list[list[str]], notes: list[str]) -> list[str]:
    """`names`, without empty ones at the end that no row fills, with one more where each row begins with its own name."""
    widest = max(map(len, rows))
    while names and not names[-1].strip() and not any(row[len(names) - 1 : len(names)] != [""] for row in rows
                                                      if len(row) >= len(names)):  # fmt: skip
        names = names[:-1]
    if widest == len(names) + 1 and set(map(len, rows)) == {widest} and all(row[-1].strip() for row in rows):
        notes.append("Each row begins with one value more than there are names; it is taken as the row's own name.")
        return ["row name", *names]
    return names


def _without_repeated(
    names: list[str], rows: list[list[str]], lines: list[int], notes: list[str]
) -> tuple[list[list[str]], list[int]]:
    """Rows that are not the column names once more, as where files were put one below the other."""
    again = {k for k, row in enumerate(rows) if row == names}
    if not again or len(again) == len(rows) or all(map(looks_like_number, filter(str.strip, names))):
        return rows, lines
    more = f" and {_count(len(again) - 1, 'other')}" if len(again) > 1 else ""
    notes.append(f"The column names stand again in line {lines[min(again)]:,}{more}; that was left out.")
    return tuple([given[k] for k in range(len(rows)) if k not in again] for given in (rows, lines))


def _without_empty(rows: list[list[str]], lines: list[int], notes: list[str]) -> tuple[list[list[str]], list[int]]:
    """Rows that hold any value; rows of separators alone stand at the end of what spreadsheets save."""
    full = [k for k, row in enumerate(rows) if any(map(str.strip, row))]
    if len(full) == len(rows):
        return rows, lines
    if not full:
        raise ValueError("The file has a line of column names and no value below it.")
    empty = len(rows) - len(full)
    notes.append(f"{_count(empty, 'row')} without any value {'was' if empty == 1 else 'were'} left out.")
    return [rows[k] for k in full], [lines[k] for k in full]


def _columns(rows: list[list[str]], lines: list[int], width: int, notes: list[str]) -> tuple[list[str], ...]:
    """The cells by column; a short row is missing its last values, and one that is too long is refused."""
    check_size(len(rows), width)
    short, cut_off = [], 0
    for k, row in enumerate(rows):
        if len(row) == width:
            continue
        if len(row) < width:
            short.append(k)
            rows[k] = row + [""] * (width - len(row))
        elif any(map(str.strip, row[width:])):
            raise ValueError(f"{place_of(k, lines[k]).capitalize()} has {len(row)} values, but there "
                             + ("is 1 column: " if width == 1 else f"are {width} columns: ") +
                             f"“{_first_value(row[width:])[:LONGEST_NAME]}” has none.")  # fmt: skip
        else:
            cut_off += 1
            rows[k] = row[:width]
    if short:
        notes.append(f"{place_of(short[0], lines[short[0]]).capitalize()} "
                     + (f"and {_count(len(short) - 1, 'other')} are" if len(short) > 1 else "is")
                     + " shorter than the others; what it lacks counts as missing.")  # fmt: skip
    if cut_off:
        notes.append(f"{_count(cut_off, 'row')} ended with separators that have no column; these were left out.")
    given = [list(column) for column in zip(*rows, strict=True)]
    columns = tuple(map(_stripped, given))
    if any(map(list.__ne__, given, columns)):
        notes.append("Blanks around values were left out.")
    return columns


def _stripped(cells: Sequence[str]) -> list[str]:
    """The cells without blanks around them."""
    letters = "".join(cells)
    return list(cells) if letters.isascii() and " " not in letters and letters.isprintable() else list(map(str.strip, cells))


def _first_value(cells: list[str]) -> str:
    return next(" ".join(cell.split()) for cell in cells if cell.strip())


def set_apart(name: str, taken: Collection[str]) -> str:
    """`name`, of at most LONGEST_NAME letters, with a number at its end where it is one of those `taken`."""
    unique, number = name[:LONGEST_NAME], 2
    while unique in taken:
        ending = f" ({number})"
        unique, number = f"{name[: LONGEST_NAME - len(ending)]}{ending}", number + 1
    return unique


def _distinct(names: Sequence[str], notes: list[str], has_header: bool) -> tuple[str, ...]:
    """Names without blanks around them, none of them empty and none twice."""
    found: list[str] = []
    for k, given in enumerate(names):
        name = " ".join(given.split())[:LONGEST_NAME]
        if not name:
            name = f"column {k + 1}"
            if has_header:
                notes.append(f"Column {k + 1} has no name and is called “{name}”.")
        unique = set_apart(name, found)
        if unique != name:
            notes.append(f"The name “{name}” stands twice; column {k + 1} is called “{unique}”.")
        found.append(unique)
    return tuple(found)


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" + ("" if count == 1 else "s")
