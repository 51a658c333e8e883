"""From the bytes of a file to named columns.

Its text is cut into cells, its heading is told from its rows, and every column is judged: numbers, amounts, classes, dates.
What was decided on the way becomes a note.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "columns": "Column",
    "kinds": "OWN dataset_kind is_own known_kind",
})  # fmt: skip
