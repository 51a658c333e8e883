"""Numbers as people type them: with a point or a comma, a hyphen or a minus sign, and thin spaces between thousands.

One rule for links, fields and edited weights: a comma is a decimal sign, so 1,5 is 1.5. Only where a point stands too, or
another comma, do the signs before the last one part thousands: 1,234.5 and 1.234,5 are the same number.
"""

import re
import unicodedata

from nncore.arguments import checked, text

_MINUS = str.maketrans(dict.fromkeys("−‐‑–﹣－", "-") | {"＋": "+", "．": ".", "，": ",", "٫": ","})
_WHOLE = re.compile(r"[+-]?\d+")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?![ \d])")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?inf|nan", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:(?:,\d{3})+(?:\.\d*)?|(?:\.\d{3})+,\d*|(?:\.\d{3}){2,})(?![.,\d])")


@checked(text=text)
def read_whole(text: str) -> int:
    """The whole number in `text`: "12", "−3", "1 000". Raises ValueError for anything else, such as "1,000" or "2.0"."""
    line = _one_way(text)
    if not _WHOLE.fullmatch(line) or len(line) > 300:  # Python reads a few thousand digits, and no setting needs 300
        raise ValueError(f"text must be a whole number, got {text[:40]!r}")
    return int(line)


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
