"""About a table: what its reader should know of it before a network learns from it, one sentence for each thing."""

from unicodedata import normalize

import numpy as np

from nncore.data.own.parsing.columns import CLASS, Column
from nncore.data.own.parsing.limits import MOST_CLASSES
from nncore.data.own.tables import MOST_ROWS

_TRUTH = {"true", "false", "t", "f", "yes", "no", "y", "n", "on", "off", "1", "0"}
_STAND_INS = (-99, -999, -9999, -99999, -999999)  # for what is missing


def about(columns: list[Column], n_rows: int) -> list[str]:
    """Notes on columns that a network is not given, on missing values, and on how many rows are trained on."""
    notes = [f"“{column.name}” has {column.n_classes} classes, and a network here tells at most {MOST_CLASSES} apart: it "
             + ("can be an input, but not predicted." if column.labels else "can be an input, or predicted as a number.")
             for column in columns if column.n_classes > MOST_CLASSES]  # fmt: skip
    notes += [f"“{column.name}” is left out: {column.left_out}." for column in columns if column.left_out]
    lacking = [column for column in columns if column.missing and not column.left_out]
    if lacking:
        most = max(lacking, key=lambda column: column.missing)
        total = sum(column.missing for column in lacking)
        where = "in" if len(lacking) == 1 else "most of them in"
        notes.append(f"{total:,} value{' is' if total == 1 else 's are'} missing, {where} “{most.name}”.")
    coded = [column.name for column in columns if column.kind == CLASS and len(column.labels) > 2]
    if coded:
        become, whose = ("becomes", "its") if len(coded) == 1 else ("become", "their")
        notes.append(f"As an input, {_list(coded)} {become} one column for each of "
                     f"{whose} words, 1 where the row has it.")
    for column in columns:
        known: dict[str, str] = {}
        twin = next((word for word in column.labels if known.setdefault(_read_aloud(word), word) != word), "")
        if twin:
            notes.append(f"“{column.name}” tells “{known[_read_aloud(twin)]}” from “{twin}”: "
                         "capitals, blanks and accents count.")  # fmt: skip
        if len(column.labels) > 2 and {word.casefold() for word in column.labels} <= _TRUTH:
            notes.append(f"“{column.name}” says yes and no in {len(column.labels)} ways ({_list(list(column.labels))}), and "
                         "each counts as a word of its own: write them alike.")  # fmt: skip
        notes += _stand_in(column)
    if n_rows > MOST_ROWS:
        notes.append(f"Of the {n_rows:,} rows at most {MOST_ROWS:,} are trained on, drawn at random with each class in "
                     "proportion.")  # fmt: skip
    if len(columns) == 1:
        notes.append(f"The table has one column only, “{columns[0].name}”: there is nothing to learn it from.")
    return notes


def _read_aloud(word: str) -> str:
    """The word without what cannot be heard: capitals, how many blanks, accents as letters of their own."""
    return " ".join(normalize("NFKC", word).casefold().split())


def _stand_in(column: Column) -> list[str]:
    """A note on a number such as -999, far below all others of its column, that may stand for what is missing."""
    if column.labels or column.values is None or column.left_out:
        return []
    low = np.nanmin(column.values)
    if low not in _STAND_INS or (column.values[column.values > low] < low / 9).any():
        return []
    times = int((column.values == low).sum())
    return [f"“{column.name}” holds {low:.0f} in {times:,} row{'s' * (times != 1)}, far below all other values: if that "
            "stands for a missing value, write NA in its place."]  # fmt: skip


def _list(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names[:5]] + (["…"] if len(names) > 5 else [])
    return ", ".join(quoted)
