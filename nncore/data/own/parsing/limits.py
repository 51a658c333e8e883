"""Limits: how large a table can be, and how many classes of it a network can tell apart."""

MOST_COLUMNS = 1000
MOST_CELLS = 5_000_000
MOST_CLASSES = 10  # each has a colour and a shape of its own


def check_size(rows: int, width: int) -> None:
    """Raises ValueError for a table with too many columns or too many values."""
    if width > MOST_COLUMNS:
        raise ValueError(f"A table can have {MOST_COLUMNS:,} columns at most; this one has {width:,}.")
    if width * rows > MOST_CELLS:
        raise ValueError(f"A table can hold {MOST_CELLS:,} values at most; this one has {rows:,} rows of {width:,}.")
