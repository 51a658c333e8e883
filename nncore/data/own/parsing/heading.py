"""Heading: what stands above the rows of a table - a title, and the line that names the columns."""

import re
from collections.abc import Sequence
from itertools import pairwise

from nncore.data.own.parsing.numbers import MISSING, NO_NUMBER, looks_like_amount, looks_like_number

MOST_TITLES = 5
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")
_DECIMALS = re.compile(r"[+-]?\d*[.,]\d+(?:[eE][+-]?\d+)?")
_RULE = re.compile(r"[-+=:|\s]*--[-+=:|\s]*")


def below_title(
    records: list[list[str]], lines: list[int], notes: list[str]
) -> tuple[list[list[str]], list[int]]:
    """Records and their lines without a title: a line with one text alone, where a whole line of names follows."""
    for n_titles in range(1, min(MOST_TITLES, len(records) - 2) + 1):
        above, names = records[:n_titles], records[n_titles]
        if any(sum(bool(cell.strip()) for cell in record) != 1 for record in above):
            break
        is_full = len(names) > 1 and all(cell.strip() and not looks_like_number(cell) for cell in names)
        if is_full and len(names) >= len(above[0]) and has_header(records[n_titles:]):
            title = next(cell.strip() for cell in above[0] if cell.strip())
            notes.append(f"A title above the table was left out: “{title[:60]}”.")
            return records[n_titles:], lines[n_titles:]
    return records, lines


def without_frame(
    records: list[list[str]], lines: list[int], notes: list[str]
) -> tuple[list[list[str]], list[int]]:
    """Records and their lines without the frame of a table drawn with bars, as Markdown has it: rules, and outer bars."""
    kept = [k for k, record in enumerate(records) if not _RULE.fullmatch("|".join(record))]
    if len(kept) == len(records):
        return records, lines
    notes.append("The lines that only rule off the table were left out.")
    found = [records[k] for k in kept]
    if all(not record[0].strip() and not record[-1].strip() for record in found if len(record) > 2):
        found = [record[1:-1] if len(record) > 2 else record for record in found]
    return found, [lines[k] for k in kept]


def has_header(records: Sequence[list[str]]) -> bool:
    """Whether the first record names the columns: one of its words stands above numbers, or no number is in it."""
    if len(records) == 1:
        return not any(looks_like_amount(cell) for cell in records[0])
    first = [cell.strip() for cell in records[0]]
    rest = [row for row in records[1:200] if any(map(str.strip, row)) and row != records[0]]
    if _are_numbered(first, rest):
        return True
    shift = 1 if rest and all(len(row) == len(first) + 1 for row in rest) else 0
    if _are_years(first, [row[shift:] for row in rest]):
        return True
    numbers = 0
    for k, cell in enumerate(first):
        below = [row[k + shift].strip() for row in rest if len(row) > k + shift]
        known = [value for value in below if value not in MISSING]
        if known and sum(map(looks_like_amount, known)) > 0.8 * len(known):
            if cell not in MISSING and not looks_like_amount(cell):
                return True
            numbers += looks_like_amount(cell)
    if any(_DATE.fullmatch(cell) and len(rest[0]) > k and _DATE.fullmatch(rest[0][k].strip())
           for k, cell in enumerate(first) if rest):  # fmt: skip
        return False
    recurs = sum(cell in {row[k].strip() for row in rest if len(row) > k} for k, cell in enumerate(first) if cell)
    return numbers == 0 and recurs < max(1, len(first) / 2)


def with_one_heading(records: list[list[str]], lines: list[int], notes: list[str]) -> tuple[list[list[str]], list[int]]:
    """Records and their lines with one line of names where two name the columns, such as a name and a unit.

    A second line of names has a word above every column of numbers, two of them at least. pandas adds a line that names
    the rows alone.
    """
    if len(records) < 4 or not has_header(records) or not has_header(records[1:]):
        return records, lines
    first, second = ([cell.strip() for cell in record] for record in records[:2])
    if len(first) != len(second):
        return records, lines
    names_rows = bool(records[2][0].strip()) and not any(map(str.strip, records[2][1:])) and len(second) > 2
    rest = [row for row in records[2 + names_rows : 200] if len(row) == len(first)]
    counts = [k for k in range(len(first)) if rest and all(looks_like_number(cell) or cell in MISSING for cell in
                                                           (row[k].strip() for row in rest))]  # fmt: skip
    counts = [k for k in counts if k or second[0]]  # the rows' own numbers have no name
    if len(counts) < 2 or any(not second[k] or second[k] in NO_NUMBER or looks_like_number(second[k]) for k in counts):
        return records, lines
    joined = [" ".join(dict.fromkeys(part for part in pair if part)) for pair in zip(first, second, strict=True)]
    if names_rows:
        joined[0] = records[2][0].strip()
    notes.append(f"Two lines name the columns; they were joined: “{joined[counts[0]][:60]}”.")
    return [joined, *records[2 + names_rows :]], [lines[1 + names_rows], *lines[2 + names_rows :]]


def _are_numbered(first: list[str], rest: list[list[str]]) -> bool:
    """Whether the first record numbers the columns, as pandas does where they have no name; the last may have got one."""
    numbers, below = (first[1:], [row[1:] for row in rest]) if not first[0] else (first, rest)
    if len(numbers) < 2 or not below:
        return False
    counted = [str(k) for k in range(len(numbers))]
    cells = [cell.strip() for row in below for cell in row]
    has_decimals = any(map(_DECIMALS.fullmatch, cells))
    if numbers == counted:
        return len(numbers) > 3 or not first[0] or has_decimals
    if len(numbers) > 3 and numbers[:-1] == counted[:-1] and numbers[-1] not in (rest[0][-1], "nan"):
        return True
    rising = all(map(str.isdigit, numbers)) and all(int(a) < int(b) for a, b in pairwise(numbers))
    return rising and len(below) > 4 and all(map(_DECIMALS.fullmatch, cells))


def _are_years(first: list[str], rest: list[list[str]]) -> bool:
    """Whether the numbers of the first record are years, at even steps, that name columns of something else."""
    places = [k for k, cell in enumerate(first) if looks_like_number(cell)]
    if not places or not all(_YEAR.fullmatch(first[k]) for k in places):
        return False
    below = [cell for row in rest for k in places if len(row) > k and looks_like_number(cell := row[k].strip())]
    if len(places) == 1:
        return len(below) > 3 and all(re.search(r"[.,]\d", cell) for cell in below)
    steps = {int(first[later]) - int(first[k]) for k, later in pairwise(places)}
    years = sum(_YEAR.fullmatch(cell) is not None for cell in below)
    return len(steps) == 1 and steps != {0} and 2 * years < len(below)
