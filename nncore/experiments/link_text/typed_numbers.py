"""Numbers as people type them: with a point or a comma, a hyphen or a minus sign, and thin spaces between thousands.

One rule for links, fields and edited weights: a comma is a decimal sign, so 1,5 is 1.5. Only where a point stands too, or
another comma, do the signs before the last one part thousands: 1,234.5 and 1.234,5 are the same number.
"""

import re
import unicodedata
from contextlib import suppress
from decimal import Decimal

from nncore.arguments import checked, text

MOST_DIGITS = 300  # of a whole number: Python reads a few thousand, and no setting needs so many
_MINUS = str.maketrans(dict.fromkeys("−‐‑–﹣－", "-") | {"＋": "+", "．": ".", "，": ",", "٫": ","})
_WHOLE = re.compile(r"[+-]?\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?![ \d])")
_THOUSAND_OR_ONE = re.compile(r"[+-]?\d{1,3}[.,]000")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?inf|nan", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+(?:\.\d*)?|(?:\.\d{3})+,\d*|(?:\.\d{3}){2,})(?![.,\d])")


@checked(text=text)
def read_whole(text: str) -> int:
    """The whole number in `text`: "12", "−3", "1 000", and as the core takes 2.0 as 2, "2.0", "10,0" and "3e0".

    One of more than 300 digits comes back as 10^300, with its sign: it lies beyond the limits of all settings.
    Raises ValueError for anything else, and for "1,000" or "1.000", which may be a thousand or one.
    """
    line = _one_way(text)
    if not _THOUSAND_OR_ONE.fullmatch(line):
        line = _ungrouped(line)
        if _WHOLE.fullmatch(line):
            return int(line) if len(line) <= MOST_DIGITS else _beyond(line)
        if _NUMBER.fullmatch(line) and line[-1] in "0123456789.":  # neither inf nor nan
            if abs(float(line)) >= 10**MOST_DIGITS:
                return _beyond(line)
            with suppress(ArithmeticError):  # of an exponent of twenty digits
                if (number := Decimal(line)) == number.to_integral_value():
                    return int(number)
    raise ValueError(f"text must be a whole number, got {text[:40]!r}")


def _beyond(line: str) -> int:
    return -(10**MOST_DIGITS) if line.startswith("-") else 10**MOST_DIGITS


@checked(text=text)
def read_number(text: str) -> float:
    """The number in `text`: "1.5", "1,5", "−2e-3", "1 000,5". Raises ValueError where there is none."""
    line = _ungrouped(_one_way(text))
    if not _NUMBER.fullmatch(line):
        raise ValueError(f"text must be a number, got {text[:40]!r}")
    return float(line)


def _ungrouped(line: str) -> str:
    """A number without the signs that part its thousands, its decimal sign a point."""
    if line.count(",") + line.count(".") > 1 and _THOUSANDS.fullmatch(line):
        last = max(line.rfind(","), line.rfind("."))
        several = line.count(line[last]) > 1  # 1,000,000: no decimals
        whole = line if several else line[:last]
        line = re.sub("[.,]", "", whole) + ("" if several else "." + line[last + 1 :])
    return line.replace(",", ".")


def _one_way(text: str) -> str:
    """`text` with ASCII signs, and without spaces around it or between its groups of three digits."""
    line = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in text.strip()).translate(_MINUS)
    return _GROUPED.sub(lambda found: found[0].replace(" ", ""), line, count=1) if _GROUPED.match(line) else line
