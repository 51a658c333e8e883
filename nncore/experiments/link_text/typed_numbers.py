"""Numbers as people type them: with a point or a comma, a hyphen or a minus sign, and thin spaces between thousands.

One rule for links, fields and edited weights: a comma is a decimal sign, so 1,5 is 1.5. Only where a point stands too, or
another comma, do the signs before the last one part thousands: 1,234.5 and 1.234,5 are the same number.
"""

import re
import unicodedata
from contextlib import suppress

from nncore.arguments import checked, text

EXACT = 2.0**53  # below it a float is the very whole number that was typed
_MINUS = str.maketrans(dict.fromkeys("−‐‑–﹣－", "-") | {"＋": "+", "．": ".", "，": ",", "٫": ","})
_WHOLE = re.compile(r"[+-]?\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?![ \d])")
_THOUSAND_OR_ONE = re.compile(r"[+-]?\d{1,3}[.,]000")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?inf|nan", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+(?:\.\d*)?|(?:\.\d{3})+,\d*|(?:\.\d{3}){2,})(?![.,\d])")


@checked(text=text)
def read_whole(text: str) -> int:
    """The whole number in `text`: "12", "−3", "1 000", and as the core takes 2.0 as 2, "2.0", "10,0" and "3e0".

    Raises ValueError for anything else, and for "1,000" or "1.000", which may be a thousand or one.
    """
    line = _one_way(text)
    if _WHOLE.fullmatch(line) and len(line) <= 300:  # Python reads a few thousand digits, and no setting needs 300
        return int(line)
    with suppress(ValueError):
        number = float("nan") if _WHOLE.fullmatch(line) or _THOUSAND_OR_ONE.fullmatch(line) else read_number(line)
        if abs(number) < EXACT and number.is_integer():
            return int(number)
    raise ValueError(f"text must be a whole number, got {text[:40]!r}")


@checked(text=text)
def read_number(text: str) -> float:
    """The number in `text`: "1.5", "1,5", "−2e-3", "1 000,5". Raises ValueError where there is none."""
    line = _one_way(text)
    if line.count(",") + line.count(".") > 1 and _THOUSANDS.fullmatch(line):
        last = max(line.rfind(","), line.rfind("."))
        several = line.count(line[last]) > 1  # 1,000,000: no decimals
        whole = line if several else line[:last]
        line = re.sub("[.,]", "", whole) + ("" if several else "." + line[last + 1 :])
    line = line.replace(",", ".")
    if not _NUMBER.fullmatch(line):
        raise ValueError(f"text must be a number, got {text[:40]!r}")
    return float(line)


def _one_way(text: str) -> str:
    """`text` with ASCII signs, and without spaces around it or between its groups of three digits."""
    line = "".join(" " if unicodedata.category(letter) == "Zs" else letter for letter in text.strip()).translate(_MINUS)
    return _GROUPED.sub(lambda found: found[0].replace(" ", ""), line, count=1) if _GROUPED.match(line) else line
