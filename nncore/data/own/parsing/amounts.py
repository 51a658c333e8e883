"""Amounts: numbers that carry a sign all along their column, such as 12 %, $1,200.50 or 80 kg, without that sign."""

import re
from collections.abc import Sequence

import numpy as np

from nncore.data.own.parsing.numbers import NO_NUMBER, looks_like_number

_MONEY = r"[$€£¥₹₩₽₺]|US\$|CHF|EUR|USD|GBP|JPY|INR|CAD|AUD|SEK|NOK|DKK|PLN|Fr\.|kr|zł"
_UNITS = r"%|‰|°|°C|°F|kg|g|mg|t|km|m|cm|mm|s|sec|ms|min|h|l|ml|kW|kWh|mph|km/h|Hz|kHz|px|ft|lb|lbs|kcal"
_AMOUNT = re.compile(rf"([-+−–]?)\s*({_MONEY})?\s*([-+−–]?[\d.,'’][\d.,'’\s]*?(?:[eE][-+]?\d+)?)\s*({_MONEY}|{_UNITS})?")
_IN_BRACKETS = re.compile(r"\((.*\d.*)\)")


def without_sign(name: str, cells: Sequence[str] | np.ndarray, notes: list[str]) -> Sequence[str] | np.ndarray:
    """The cells without the sign that stands in each of them, a note telling so; as they are where they do not agree.

    Brackets around a number, as accountants write one below zero, become its minus.
    """
    if isinstance(cells, np.ndarray):
        return cells
    different = [cell for cell in dict.fromkeys(cells) if cell not in NO_NUMBER]
    if not any(map(_sign_of, different[:2])) and not any(map(_IN_BRACKETS.fullmatch, different)):
        return cells
    signs = {sign for cell in different if (sign := _sign_of(cell)) is not None}
    plain = {cell: _plain(cell) for cell in different}
    signs_agree = len(signs) == 1 and all(_sign_of(cell) is not None for cell in different)
    if not signs_agree or not all(map(looks_like_number, plain.values())):
        return cells
    sign, example = signs.pop(), next(cell for cell, read in plain.items() if cell != read)
    why = f"“{sign}” in every value, which was left out" if sign else "values in brackets, which are below zero"
    notes.append(f"“{name}” has {why}: “{example[:40]}” was read as {plain[example]}.")
    return [plain.get(cell, cell) for cell in cells]


def different_units(cells: Sequence[str]) -> str:
    """The units, two at least, in which the numbers of a column come, as words; "" where it is no such column."""
    units: dict[str, str] = {}
    for cell in dict.fromkeys(cells):
        unit = _sign_of(cell) if cell not in NO_NUMBER else ""
        if unit is None or (cell not in NO_NUMBER and not looks_like_number(_plain(cell))):
            return ""
        if cell not in NO_NUMBER:
            units.setdefault(unit, cell)
    if len(units) < 2:
        return ""
    named = [f"“{unit}”" for unit in units if unit]
    return ", ".join(named[:4]) + (" and none" if "" in units else "")


def _sign_of(cell: str) -> str | None:
    """The sign in the cell, "" for a number without one; None where it is no amount."""
    found = _AMOUNT.fullmatch(_inside(cell))
    if not found or (found[2] and found[4]):
        return None
    return found[2] or found[4] or ""


def _inside(cell: str) -> str:
    bracketed = _IN_BRACKETS.fullmatch(cell)
    return bracketed[1].strip() if bracketed else cell


def _plain(cell: str) -> str:
    """The number in the cell as it is written, without a sign of what it counts."""
    found = _AMOUNT.fullmatch(_inside(cell))
    if not found:
        return cell
    minus = "-" if _IN_BRACKETS.fullmatch(cell) else found[1]
    return f"{minus}{found[3].strip()}"
