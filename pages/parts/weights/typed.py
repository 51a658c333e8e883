"""A weight that is typed in: what cannot be one is said in words for the person who typed it."""

import re

from nncore.inspection.overlay import LARGEST

COMMA = re.compile(r"[+-]?\d*,\d+(e[+-]?\d+)?", re.IGNORECASE)


def typed_weight(text: str) -> float:
    """The number in `text`, with a minus sign or a hyphen. Raises ValueError with a sentence where there is none."""
    text = text.strip().replace("−", "-")
    if not text:
        raise ValueError("Type a number, such as 1.5")
    try:
        value = float(text)
    except ValueError:
        if COMMA.fullmatch(text):
            raise ValueError(f"Use a point instead of the comma: {text.replace(',', '.')}") from None
        raise ValueError(f"The new value must be a number, got {text[:40]!r}") from None
    if not abs(value) <= LARGEST:
        raise ValueError(f"The new value must lie between −{LARGEST:,.0f} and {LARGEST:,.0f}, got {text[:40]}")
    return value
