"""Large tables, cut by pandas: where every row is plain and even, it reads numbers ten times as fast.

Its answer is the same as that of `cells.cut`, which reads whatever is not so plain and can say where a row goes wrong.
"""

import io

import numpy as np

from nncore.data.own.parsing.cells import Cells, cut
from nncore.data.own.parsing.limits import MOST_CELLS, MOST_COLUMNS
from nncore.data.own.parsing.numbers import NO_NUMBER, decimal_signs

LARGE = 500_000  # letters from which it is worth the trouble
FIRST_ROWS = 2000  # by which names, separator and decimal sign are found


def cut_large(text: str) -> Cells | None:
    """The cells of a large, even text, columns of numbers as arrays; None for a text that needs to be read with care."""
    if len(text) < LARGE or '"' in text or "\r" in text.replace("\r\n", ""):
        return None
    lines = text.count("\n") + (not text.endswith("\n"))
    begin = "\n".join(text.split("\n", FIRST_ROWS)[:FIRST_ROWS])
    first = cut(begin)
    width, separator = len(first.names), first.separator
    plain = first.notes[: separator != ","] == first.notes or first.notes[-1].startswith("No line of column names")
    is_even = separator != " " and text.count(separator) == lines * (width - 1) and "\n\n" not in text.replace("\r", "")
    if not plain or not is_even or decimal_signs(first.columns, separator).count(",") or width > MOST_COLUMNS:
        return None
    skipped = first.lines[0] - 1
    if (lines - skipped) * width > MOST_CELLS or skipped > 1:
        return None
    columns = _read(text, separator, width, skipped)
    if columns is None:
        return None
    return Cells(first.names, columns, list(range(skipped + 1, lines + 1)), separator, first.notes)


def _read(text: str, separator: str, width: int, skipped: int) -> tuple | None:
    """The columns as pandas reads them: arrays of numbers, nan where one is missing, and lists of all other cells."""
    import pandas

    try:
        frame = pandas.read_csv(
            io.StringIO(text), sep=separator, header=None, names=range(width), skiprows=skipped, index_col=False,
            na_values=sorted(NO_NUMBER), keep_default_na=False, skipinitialspace=True,
            true_values=[], false_values=[], low_memory=False,
        )  # fmt: skip
    except (ValueError, OverflowError):  # a row that is too long, numbers that are too large
        return None
    if len(frame) != text.count("\n") + (not text.endswith("\n")) - skipped:
        return None
    texts = [k for k in range(width) if frame[k].dtype.kind not in "iuf"]
    if texts:  # read again as they stand, because a class may be called "none"
        words = pandas.read_csv(
            io.StringIO(text), sep=separator, header=None, names=range(width), usecols=texts, skiprows=skipped,
            index_col=False, dtype=str, na_filter=False, skipinitialspace=True,
        )  # fmt: skip
    return tuple(
        [cell.strip() for cell in words[k]] if k in texts else _finite(frame[k].to_numpy(dtype=np.float64))
        for k in range(width)
    )  # fmt: skip


def _finite(values: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(values), values, np.nan)
