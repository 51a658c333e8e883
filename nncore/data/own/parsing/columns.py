"""Columns: what each column of a table is - numbers, classes, dates, words, or always the same.

Nothing is thrown away silently: a column says in one sentence why a network is not given it.
"""

import re
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nncore.data.own.parsing.amounts import different_units
from nncore.data.own.parsing.limits import MOST_CLASSES
from nncore.data.own.parsing.numbers import MISSING, NO_NUMBER, decimal_sign, group_marks, read_numbers, why_no_decimals
from nncore.handed_out import handed_out

NUMBER, CLASS, DATE, TEXT, CONSTANT = KINDS = ("number", "class", "date", "text", "constant")
MOST_WORDS = 20  # that come again and again
MOSTLY = 0.9  # of the values: a column of which so many are numbers is one of numbers
SHORT = 20  # rows: in so few, a word that stands twice may be a class already
STAMPS = (3e17, 4.2e18)  # nanoseconds since 1970 of the years 1979 to 2103
UNITS = {"microseconds": 1e15, "milliseconds": 1e12, "seconds": 1e9}  # since 1970, of the year 2001
DATES_LOOKED_AT = 50
FEW_DATES = 5  # numbers such as 20240131 that are dates by their looks alone, whatever the column is called

_LABEL_NAMES = {"class", "label", "labels", "target", "y", "species", "category", "outcome", "diagnosis", "group"}
_ID_NAME = re.compile(r"(?:.*[ _-])?(?:id|uid|uuid|guid|index|idx|key|nr|rownum|row)|unnamed: \d+|#|.*[a-z]I[dD]"
                      r"|(?:user|customer|client|order|patient|sample|item|product|student|employee|record|passenger)_?id")
_TIME_NAME = re.compile(r".*(?:time|date|stamp|when|epoch|day|created|updated|_at|ts)(?![a-z])", re.IGNORECASE)
# Two numbers alone, as in 30-39, are a range: a date has three, or a year, a time or a month's name in it.
_DATE = re.compile(r".*\d[-/.]\d+[-/.]\d.*|.*\d:\d.*|.*\d{4}[-/]\d.*|.*\d[-/]\d{4}.*"
                   r"|(?=.*\d).*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*.*\d.*", re.I)
_CODE = re.compile(r"0\d+")  # a number is not written so, but a postal code is
_BOOLEANS = {"true": "true", "false": "false", "TRUE": "true", "FALSE": "false", "True": "true", "False": "false"}


@handed_out
@dataclass(frozen=True, eq=False)
class Column:
    """A column: its `name`, its `kind` (number, class, date, text or constant) and how many values are `missing`.

    `values` (N,) are numbers, nan where one is missing; of a class of words the positions in `labels`, else `labels` is
    empty. There are none of a date, a text or a constant. `left_out` says why a network is not given the column unless it
    is asked for, "" where it is, and `example` names a row and what stands in it.
    """

    name: str
    kind: str
    missing: int
    values: np.ndarray | None = None
    labels: tuple[str, ...] = ()
    left_out: str = ""
    example: str = ""

    @property
    def n_bytes(self) -> int:
        """Bytes that the column takes."""
        return 0 if self.values is None else self.values.nbytes

    @property
    def n_classes(self) -> int:
        """How many classes the column tells apart; 0 where it is no column of classes."""
        if self.kind != CLASS or self.values is None:
            return 0
        return len(self.labels) or len(np.unique(self.values[~np.isnan(self.values)]))

    @property
    def task(self) -> str:
        """What its prediction is, unless somebody decides otherwise; whole numbers of too many classes are numbers."""
        is_class = self.kind == CLASS and (self.labels or self.n_classes <= MOST_CLASSES)
        return "classification" if is_class else "regression"


def make_column(
    name: str, cells: Sequence[str] | np.ndarray, decimal: str, is_last: bool, place: Callable[[int], str], notes: list[str]
) -> Column:
    """The column of these cells, texts or numbers; what was decided goes into `notes`. `place` tells where a row stands."""
    if isinstance(cells, np.ndarray):
        return _of_numbers(name, cells, is_last)
    different = set(cells)
    gaps = different & MISSING
    known = [k for k, cell in enumerate(cells) if cell not in gaps] if gaps else range(len(cells))
    missing = len(cells) - len(known)
    if len(different) - len(gaps) < 2:
        where = "in every row that has a value" if missing else "in every row"
        only = f"holds “{' '.join(cells[known[0]].split())[:40]}” {where}" if known else "is empty"
        return Column(name, CONSTANT, missing, left_out=f"it {only}", example=_example(cells, known, place))
    whole = _too_exact(name, [cells[k] for k in known])
    if whole is not None:
        return Column(name, whole[0], missing, left_out=whole[1], example=_example(cells, known, place))
    is_code = all(map(str.isdigit, different - gaps)) and any(_CODE.fullmatch(cell) for cell in different - gaps)
    numbers = None if is_code else _numbers(name, cells, known, decimal, place, notes)
    if numbers is not None:
        return _of_numbers(name, numbers, is_last)
    return _of_words(name, cells, known, place, notes)


def _example(cells: Sequence[str], rows: Sequence[int], place: Callable[[int], str]) -> str:
    return f"{place(rows[0])} holds “{' '.join(cells[rows[0]].split())[:40]}”" if rows else ""


def _numbers(
    name: str, cells: Sequence[str], known: list[int], decimal: str, place: Callable[[int], str], notes: list[str]
) -> np.ndarray | None:
    """The numbers of a column that holds them, all but a few; else None."""
    sample = [cells[k] for k in known[:: max(1, len(known) // 100)]]
    if np.isnan(read_numbers(sample, decimal)).mean() > 0.5 and not NO_NUMBER.issuperset(sample):
        return None
    values = read_numbers(cells, decimal)
    strange = [k for k in np.flatnonzero(np.isnan(values)).tolist() if cells[k] not in MISSING]
    odd = [k for k in strange if cells[k] not in NO_NUMBER]
    n_numbers = int((~np.isnan(values)).sum())
    # One and the same sign again and again among fractions stands for what is missing, whichever sign it is.
    is_sign = len(odd) > 1 and len({cells[k] for k in odd}) == 1 and (values % 1 > 0).any()
    if not n_numbers or n_numbers < (0.5 if is_sign else MOSTLY) * (n_numbers + len(odd)):
        return None
    if strange:
        others = len(strange) - 1
        more = f", and so {'does' if others == 1 else 'do'} {others:,} more" if others else ""
        first = strange[0]
        notes.append(f"“{name}” holds numbers, but “{cells[first][:40]}” in {place(first)}; that counts as missing{more}.")
    marked = group_marks(cells, decimal)
    if marked:
        value = read_numbers([marked], decimal)[0]
        other = read_numbers([marked], "," if decimal == "." else ".")[0]
        # A blank or an apostrophe parts thousands under either decimal sign; only a point or a comma can be the other one.
        is_unsure = other != value and not decimal_sign(cells)
        unsure = f" If {other:.10g} is meant, write the numbers with one or two decimals." if is_unsure else ""
        notes.append(f"“{name}” has marks between thousands: “{marked}” was read as {value:.10g}.{unsure}")
    return values


def _of_numbers(name: str, values: np.ndarray, is_last: bool) -> Column:
    """A column of numbers: to calculate with, to tell classes apart, or stamps and identifiers that say nothing."""
    kept = values[~np.isnan(values)]
    missing = len(values) - len(kept)
    distinct = np.unique(kept)
    stamp = _stamp(name, distinct) if len(distinct) else ""
    if stamp and (len(distinct) > 1 or distinct[0] > STAMPS[0]):
        return Column(name, DATE, missing, left_out=stamp)
    if len(distinct) < 2:
        only = f"holds “{distinct[0]:.12g}” in every row" if len(distinct) else "is empty"
        return Column(name, CONSTANT, missing, left_out=f"it {only}")
    if np.abs(distinct).max() > 1e300:
        return Column(name, TEXT, missing, left_out="its numbers are too large to calculate with")
    if (distinct != np.floor(distinct)).any():
        return Column(name, NUMBER, missing, values)
    if len(distinct) == len(values) and _identifies(name, values):
        return Column(name, TEXT, missing, values, left_out="it numbers the rows or names each of them")
    is_class = _are_labels(distinct, len(kept), is_last or name.casefold() in _LABEL_NAMES)
    return Column(name, CLASS if is_class else NUMBER, missing, values)


def _stamp(name: str, distinct: np.ndarray) -> str:
    """Why numbers are points in time; "" where they are not."""
    low, high = distinct[0], distinct[-1]
    if low > STAMPS[0] and high < STAMPS[1]:
        return "it holds points in time, in nanoseconds since 1970"
    is_time = _TIME_NAME.fullmatch(name) is not None
    for unit, begin in UNITS.items():
        if is_time and 0.3 * begin < low and high < 4.2 * begin:
            return f"it holds points in time, in {unit} since 1970"
    if (not is_time and len(distinct) < FEW_DATES) or (distinct != np.floor(distinct)).any():
        return ""
    month, day = distinct // 100 % 100, distinct % 100
    if low > 19000000 and high < 22000000 and ((month > 0) & (month < 13) & (day > 0) & (day < 32)).all():
        return "it holds dates"
    return ""


def _too_exact(name: str, cells: list[str]) -> tuple[str, str] | None:
    """The kind of whole numbers that calculation cannot tell apart, and why they are left out; None of all others."""
    if len(cells[0]) < 16 or not all(re.fullmatch(r"[+-]?\d{1,40}", cell) for cell in cells):
        return None
    exact = {int(cell) for cell in cells}
    if len({float(number) for number in exact}) == len(exact):
        return None
    stamp = _stamp(name, np.array([min(exact), max(exact)], dtype=np.float64))
    return (DATE, stamp) if stamp else (TEXT, "its whole numbers have more digits than can be calculated with")


def _identifies(name: str, values: np.ndarray) -> bool:
    """Whether whole numbers, no two the same, are there to name the rows."""
    counted = len(values) > 4 and (np.diff(values) == 1).all() and values[0] in (0, 1)
    is_unnamed = re.fullmatch(r"column \d+|row name", name) is not None
    return bool(_ID_NAME.fullmatch(name) or _ID_NAME.fullmatch(name.casefold()) or (counted and is_unnamed))


def _are_labels(distinct: np.ndarray, n_rows: int, may_be_target: bool) -> bool:
    """Whether whole numbers are labels: two of 0, 1, -1 and 2, or of a target the numbers from 0 or 1 on."""
    if len(distinct) == 2:
        return tuple(distinct) in ((0, 1), (-1, 1), (1, 2)) and n_rows > 2
    counted = distinct[0] in (0, 1) and distinct[-1] - distinct[0] == len(distinct) - 1
    return bool(may_be_target and counted and len(distinct) <= MOST_WORDS and n_rows >= 2 * len(distinct))


def _of_words(
    name: str, cells: Sequence[str], known: Sequence[int], place: Callable[[int], str], notes: list[str]
) -> Column:
    """A column of words: classes where few of them come again and again, dates, or text."""
    missing = len(cells) - len(known)
    counts = Counter(cells[k] for k in known)
    if counts.keys() <= _BOOLEANS.keys():
        cells = [_BOOLEANS.get(cell, cell) for cell in cells]
        counts = Counter(cells[k] for k in known)
    few = len(counts) <= max(2, min(MOST_WORDS, len(known) // 2)) or (len(known) < SHORT and len(counts) < len(known))
    units = different_units(list(counts))
    if few and not _are_dates(list(counts)):
        labels = tuple(sorted(counts))
        if units:
            notes.append(f"“{name}” holds numbers in different units ({units}), so they are taken as words: write them all "
                         "in one unit to have numbers.")  # fmt: skip
        numbers = {label: k for k, label in enumerate(labels)}
        values = np.array([numbers.get(cell, np.nan) if cell not in MISSING else np.nan for cell in cells])
        return Column(name, CLASS, missing, values, labels, example=_example(cells, known, place))
    if _are_dates(list(counts)):
        return Column(name, DATE, missing, left_out="it holds dates or times", example=_example(cells, known, place))
    if units:
        why = f"its numbers come in different units ({units}): write them all in one"
        return Column(name, TEXT, missing, left_out=why, example=_example(cells, known, place))
    odd = [k for k in known if np.isnan(read_numbers([cells[k]], ".")[0])] if len(known) < 1000 else known
    if not odd:
        return Column(name, TEXT, missing, left_out="its numbers begin with 0, as codes do",
                      example=_example(cells, known, place))
    if len(odd) < len(known) / 2:
        why = f"most of its values are numbers, but {_example(cells, odd, place)}"
        return Column(name, TEXT, missing, left_out=why, example=_example(cells, odd, place))
    why = why_no_decimals(counts)
    if not why and len(counts) == len(known):
        why = "no two rows have the same value, so it names them"
    elif not why:
        why = (f"it holds {len(counts):,} different words: at most {MOST_WORDS} can be an input, and at most {MOST_CLASSES} "
               "can be predicted")  # fmt: skip
    return Column(name, TEXT, missing, left_out=why, example=_example(cells, known, place))


def _are_dates(values: list[str]) -> bool:
    """Whether nearly all of these different values are dates or times, as pandas reads them."""
    sample = values[:: max(1, len(values) // DATES_LOOKED_AT)]
    if sum(_DATE.fullmatch(value) is not None for value in sample) < MOSTLY * len(sample):
        return False
    import pandas

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it has to guess
        dates = pandas.to_datetime(sample, errors="coerce", format="mixed", utc=True)
    return bool(np.mean(~dates.isna()) >= MOSTLY)
