"""Own data: what a person brings along, as datasets like the built-in ones.

A table is read from the bytes of a file, a formula labels points of the square, and points can be drawn one by one. Each has
a name that says all of it, or for a table where to find it, so that an Experiment, its link and its results need to know no
more than that name.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "parsing.columns": "Column",
    "drawn": "DRAWN MOST_DRAWN drawn_name drawn_points read_drawn",
    "expression": "Expression FormulaError read_expression",
    "formula": "FORMULA formula_name from_expression",
    "parsing.kinds": "OWN dataset_kind is_own known_kind",
    "packed": "as_letters digest_of pack unpack",
    "reading": "MOST_BYTES read_table",
    "shelf": "SHELF Shelf UnknownTable",
    "table_names": "TABLE TableChoice read_table_name table_name",
    "tables": "MOST_CLASSES MOST_ROWS Table",
})  # fmt: skip
