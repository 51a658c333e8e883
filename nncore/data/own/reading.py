"""Reading a table: from the bytes of a file to columns, with a note on everything that was decided."""

from nncore.arguments import checked, kind_of, text
from nncore.data.own.about import about
from nncore.data.own.large import cut_large
from nncore.data.own.packed import digest_of, pack
from nncore.data.own.parsing.amounts import without_sign
from nncore.data.own.parsing.cells import cut
from nncore.data.own.parsing.columns import make_column
from nncore.data.own.parsing.numbers import COMMA_NOTE, decimal_signs
from nncore.data.own.parsing.text import decode
from nncore.data.own.tables import Table

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
    notes += decided + about(columns, len(cells.lines))
    shown = " ".join(name.split())[:LONGEST_FILE_NAME]
    return Table(shown, tuple(columns), len(cells.lines), tuple(notes), digest_of(data), pack(data))
