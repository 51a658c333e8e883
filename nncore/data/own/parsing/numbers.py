"""Numbers in a table's cells: with a decimal point or comma, with marks between thousands, or missing."""

import math
import re
from collections.abc import Iterable, Sequence
from itertools import islice

import numpy as np

MISSING = frozenset(("", "?", "NA", "N/A", "na", "n/a", "#N/A", "<NA>", "NaN", "nan", "NAN", "-nan", "null", "NULL"))
# What stands for a missing number, but may well name a class.
NO_NUMBER = MISSING | {"-", "--", ".", "none", "None", "NONE", "missing", "unknown"} | {
    f"{sign}{word}" for sign in ("", "+", "-", "−") for word in ("inf", "Inf", "INF", "infinity", "Infinity", "∞")
} | {
    f"#{word}" for word in ("DIV/0!", "VALUE!", "REF!", "NAME?", "NUM!", "NULL!")  # errors of spreadsheets
}

_MINUS = str.maketrans({"−": "-", "–": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'"})
_THOUSANDS = {
    ".": re.compile(r"[+-]?(?:[1-9]\d{0,2}(?:(?:,\d{3})+|(?:'\d{3})+|(?: \d{3})+)|[1-9]\d?(?:,\d{2})+,\d{3})(?:\.\d*)?"),
    ",": re.compile(r"[+-]?[1-9]\d{0,2}(?:(?:\.\d{3})+|(?:'\d{3})+|(?: \d{3})+)(?:,\d*)?"),
}
_COMMA = re.compile(r"[+-]?(?:\d+,\d*|,\d+)(?:[eE][+-]?\d+)?")
_POINT = re.compile(r"[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?")
# Numbers that are not written in decimal figures, and what to do.
_NO_DECIMALS = {
    re.compile(r"[-+]?0[xX][0-9a-fA-F]+"): "its numbers are hexadecimal, and only decimal ones are read: write them so",
    re.compile(r"[-+]?\d+\s*/\s*\d+"): "its numbers are fractions, and only decimal ones are read: write them so",
    re.compile(r"[~≈<>≤≥]?\s*[-+]?\d+(?:[.,]\d+)?\s*(?:±.*|[^\d\s/:.,-]{1,12})?"):
        "its numbers carry signs or letters, and only plain ones are read: write them without",
    re.compile(r"=.+"): "it holds a spreadsheet's formulas: save their values in place of them",
}  # fmt: skip
COMMA_NOTE = "Numbers have a decimal comma: 0,5 is one half."
LOOKED_AT = 400  # cells of a column by which the decimal sign is found


def read_cell(cell: str, decimal: str) -> float:
    """The number in `cell`; nan where there is none."""
    plain = cell.translate(_MINUS)
    if _THOUSANDS[decimal].fullmatch(plain):
        plain = re.sub("[,' ]" if decimal == "." else "[.' ]", "", plain)
    if decimal == ",":
        if "." in plain:
            return math.nan
        plain = plain.replace(",", ".")
    if "_" in plain or not plain.isascii():
        return math.nan
    try:
        return float(plain)
    except ValueError:
        return math.nan


def looks_like_number(cell: str) -> bool:
    """Whether `cell` is a number under one decimal sign or the other."""
    cell = cell.strip()
    return math.isfinite(read_cell(cell, ".")) or math.isfinite(read_cell(cell, ","))


def looks_like_amount(cell: str) -> bool:
    """Whether `cell` is a number with a sign of money or a percent sign, or without one."""
    return looks_like_number(cell.strip(" $€£¥%"))


def read_numbers(cells: Sequence[str], decimal: str) -> np.ndarray:
    """Numbers (N,) of the cells; nan where a cell holds none."""
    if decimal == ".":
        try:
            # The common case, ten times as fast: nothing but plain numbers and missing ones.
            plain = [cell if cell not in NO_NUMBER else "nan" for cell in cells]
            if "_" not in "".join(plain):
                values = np.array(list(map(float, plain)))
                values[~np.isfinite(values)] = np.nan
                return values
        except ValueError:
            pass
    known: dict[str, float] = {}
    for cell in cells:
        if cell not in known:
            known[cell] = read_cell(cell, decimal)
    values = np.array([known[cell] for cell in cells])
    values[~np.isfinite(values)] = np.nan
    return values


def decimal_signs(columns: Sequence[Sequence[str]], separator: str) -> list[str]:
    """The decimal sign of each column, "." or ",".

    What can be read in one way only decides: 0,5 has a comma, 0.5 a point. Of a column whose numbers can all be read in
    both ways, such as 1,234, the other columns decide, and last the separator: beside a semicolon a comma is a decimal sign.
    """
    evidence = [decimal_sign(column) for column in columns]
    commas, points = (sum(found == sign for found in evidence) for sign in ",.")
    usual = "," if commas > points or (commas == points and separator == ";") else "."
    return [found or usual for found in evidence]


def decimal_sign(cells: Sequence[str] | np.ndarray) -> str:
    """The decimal sign that cells of this column can only have; "" where none tells."""
    if isinstance(cells, np.ndarray):
        return "" if np.array_equal(cells, np.floor(cells), equal_nan=True) else "."  # they are numbers already
    commas = points = 0
    for cell in islice((cell for cell in cells if "," in cell or "." in cell), LOOKED_AT):
        plain = cell.translate(_MINUS)
        as_point = bool(_POINT.fullmatch(plain) or _THOUSANDS["."].fullmatch(plain))
        as_comma = bool(_COMMA.fullmatch(plain) or _THOUSANDS[","].fullmatch(plain))
        commas += as_comma and not as_point
        points += as_point and not as_comma
    return "," if commas > points else "." if points else ""


def why_no_decimals(cells: Iterable[str]) -> str:
    """What the numbers of these cells are written as instead of decimal figures, and what to do; "" for all other cells."""
    if all(map(looks_like_number, cells)):
        return "some of its numbers have a decimal comma and others a point: write them alike"
    return next((why for pattern, why in _NO_DECIMALS.items() if all(map(pattern.fullmatch, cells))), "")


def group_marks(cells: Sequence[str], decimal: str) -> str:
    """An example of a cell with marks between its thousands, "" where there is none."""
    found, letters = _THOUSANDS[decimal], set("".join(cells))
    if not letters & set(",.'’ \u00a0\u202f\u2009") - {decimal}:
        return ""
    return next((cell for cell in cells if found.fullmatch(cell.translate(_MINUS))), "")
