"""Large tables, cut by pandas: where every row is plain and even, it reads numbers ten times as fast.

Its answer is the same as that of `cells.cut`, which reads whatever is not so plain and can say where a row goes wrong.
"""

import io
import re

import numpy as np

from nncore.data.own.parsing.cells import Cells, cut
from nncore.data.own.parsing.limits import MOST_CELLS, MOST_COLUMNS
from nncore.data.own.parsing.numbers import COMMA_NOTE, MISSING, decimal_signs

LARGE = 500_000  # letters from which it is worth the trouble
# Notes on names alone: everything else that was decided would have to be done to the rows as well.
_HARMLESS = re.compile(r"The columns are separated|No line of column names|Column .* has no name|The name “.*” stands twice")
FIRST_ROWS = 2000  # by which names, separator and decimal sign are found


def cut_large(text: str) -> Cells | None:
    """The cells of a large, even text, columns of numbers as arrays; None for a text that needs to be read with care."""
    if len(text) < LARGE:
        return None
    text = text.replace("\r", "\n") if "\n" not in text else text
    if "\r" in text.replace("\r\n", ""):
        return None
    lines = text.count("\n") + (not text.endswith("\n"))
    begin = "\n".join(text.split("\n", FIRST_ROWS)[:FIRST_ROWS])
    first = cut(begin)
    width, separator, skipped = len(first.names), first.separator, first.lines[0] - 1
    is_even = separator != " " and text.count(separator) == lines * (width - 1) and "\n\n" not in text.replace("\r", "")
    names_again = skipped > 0 and "\n" + text.split("\n", skipped)[skipped - 1] + "\n" in text
    if not all(map(_HARMLESS.match, first.notes)) or not is_even or width > MOST_COLUMNS or names_again:
        return None
    if (lines - skipped) * width > MOST_CELLS or skipped > 1:
        return None
    decimal = "," if set(decimal_signs(first.columns, separator)) == {","} else "."
    columns = _read(text, separator, width, skipped, decimal)
    if columns is None:
        return None
    commas = [COMMA_NOTE] if decimal == "," and any(map(_has_fractions, columns)) else []
    return Cells(first.names, columns, list(range(skipped + 1, lines + 1)), separator, first.notes + commas)


def _has_fractions(column: list[str] | np.ndarray) -> bool:
    return isinstance(column, np.ndarray) and not np.array_equal(column, np.floor(column), equal_nan=True)


def _read(text: str, separator: str, width: int, skipped: int, decimal: str) -> tuple | None:
    """The columns as pandas reads them: arrays of numbers, nan where one is missing, and lists of all other cells."""
    import pandas

    try:
        frame = pandas.read_csv(
            io.StringIO(text), sep=separator, header=None, names=range(width), skiprows=skipped, index_col=False,
            na_values=sorted(MISSING), keep_default_na=False, skipinitialspace=True, decimal=decimal,
            true_values=[], false_values=[], low_memory=False,
        )  # fmt: skip
    except (ValueError, OverflowError):  # a row that is too long, numbers that are too large
        return None
    if len(frame) != text.count("\n") + (not text.endswith("\n")) - skipped:
        return None
    texts = [k for k in range(width) if frame[k].dtype.kind not in "iuf" or np.isinf(frame[k].to_numpy()).any()]
    if texts:  # read again as they stand: a class may be called "none", and of numbers it is said what stood in for one
        words = pandas.read_csv(
            io.StringIO(text), sep=separator, header=None, names=range(width), usecols=texts, skiprows=skipped,
            index_col=False, dtype=str, na_filter=False, skipinitialspace=True,
        )  # fmt: skip
    return tuple(
        [cell.strip() for cell in words[k]] if k in texts else frame[k].to_numpy(dtype=np.float64)
        for k in range(width)
    )  # fmt: skip
