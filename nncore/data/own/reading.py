"""Reading a table: from the bytes of a file to columns, with a note on everything that was decided."""

from nncore.arguments import checked, kind_of, text
from nncore.data.own.large import cut_large
from nncore.data.own.packed import digest_of, pack
from nncore.data.own.parsing.amounts import without_sign
from nncore.data.own.parsing.cells import cut
from nncore.data.own.parsing.columns import CLASS, Column, make_column
from nncore.data.own.parsing.limits import MOST_CLASSES
from nncore.data.own.parsing.numbers import COMMA_NOTE, decimal_signs
from nncore.data.own.parsing.text import decode
from nncore.data.own.tables import MOST_ROWS, Table

MOST_BYTES = 20_000_000
LONGEST_FILE_NAME = 60


@checked(data=kind_of(bytes, bytearray), name=text)
def read_table(data: bytes, name: str = "") -> Table:
    """The table in the bytes of a text file, whatever wrote it: separator, encoding and decimal sign are found out.

    Blanks around values are left out; empty, "?" and "NA" are missing. Rows are counted from 1 below the column names.
    Raises ValueError, one sentence that names the row or the column, for what cannot be read.
    """
    if len(data) > MOST_BYTES:
        raise ValueError(f"A file can have {MOST_BYTES // 1_000_000} MB at most; this one has {len(data) / 1e6:,.1f} MB.")
    content, notes = decode(bytes(data))
    cells = cut_large(content) or cut(content)
    notes += cells.notes
    decided: list[str] = []
    given = [without_sign(column, texts, decided) for column, texts in zip(cells.names, cells.columns, strict=True)]
    signs = decimal_signs(given, cells.separator)
    last, columns = len(cells.names) - 1, []
    commas = [column for column, sign in zip(cells.names, signs, strict=True) if sign == ","]
    for k, (column, texts, sign) in enumerate(zip(cells.names, given, signs, strict=True)):
        columns.append(make_column(column, texts, sign, k == last, cells.place, decided))
    numeric = {column.name for column in columns if column.values is not None and not column.labels}
    if numeric.intersection(commas) and COMMA_NOTE not in notes:
        notes.append(COMMA_NOTE)
    notes += decided + _about(columns, len(cells.lines))
    shown = " ".join(name.split())[:LONGEST_FILE_NAME]
    return Table(shown, tuple(columns), len(cells.lines), tuple(notes), digest_of(data), pack(data))


def _about(columns: list[Column], n_rows: int) -> list[str]:
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
        twin = next((word for word in column.labels if known.setdefault(word.casefold(), word) != word), "")
        if twin:
            notes.append(f"“{column.name}” tells “{known[twin.casefold()]}” from “{twin}”: capitals count.")
    if n_rows > MOST_ROWS:
        notes.append(f"Of the {n_rows:,} rows at most {MOST_ROWS:,} are trained on, drawn at random with each class in "
                     "proportion.")  # fmt: skip
    if len(columns) == 1:
        notes.append(f"The table has one column only, “{columns[0].name}”: there is nothing to learn it from.")
    return notes


def _list(names: list[str]) -> str:
    quoted = [f"“{name}”" for name in names[:5]] + (["…"] if len(names) > 5 else [])
    return ", ".join(quoted)
