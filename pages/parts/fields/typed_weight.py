"""A weight that is typed in: text that is no number is reported in words to the person who typed it."""

from nncore.experiments.link_text import quoted, read_number
from nncore.inspection.overlay import LARGEST


def typed_weight(text: str) -> float:
    """The number in `text`, read as in links. Raises ValueError with a sentence where there is none."""
    if not text.strip():
        raise ValueError("Type a number, such as 1.5")
    try:
        value = read_number(text)
    except ValueError:
        value = float("nan")
    if value != value:
        raise ValueError(f"The new value must be a number, got {quoted(text)}")
    if not abs(value) <= LARGEST:
        raise ValueError(f"The new value must lie between −{LARGEST:,.0f} and {LARGEST:,.0f}, got {quoted(text)}")
    return value
