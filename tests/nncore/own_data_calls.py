"""Public functions around a person's own data, with arguments that they take, and rows of bad ones."""

from nncore.data import dataset_kind, drawn_points, from_expression, is_own, known_kind, read_table
from nncore.data.own import as_letters, digest_of, pack, unpack
from nncore.experiments import from_playground

TABLE = read_table(b"a,b,kind\n1,2,x\n2,1,y\n3,3,x\n4,1,y\n", "small.csv")

OWN_CALLS = {
    "read_table": (lambda **given: read_table(**given) and None, {"data": b"a,b\n1,2\n2,3\n", "name": "small.csv"}),
    "Table.dataset": (
        lambda **given: TABLE.dataset(**given).X,
        {"target": "kind", "inputs": ("a", "b"), "task": "classification", "missing": "drop"},
    ),
    "Table.column": (lambda name: TABLE.column(name) and None, {"name": "a"}),
    "Table.usable_inputs": (lambda target: TABLE.usable_inputs(target) and None, {"target": "kind"}),
    "pack": (pack, {"data": b"a,b"}),
    "as_letters": (as_letters, {"packed": b"a,b"}),
    "digest_of": (digest_of, {"data": b"a,b"}),
    "unpack": (unpack, {"letters": as_letters(pack(b"a,b")), "digest": digest_of(b"a,b")}),
    "dataset_kind": (lambda name: dataset_kind(name) and None, {"name": "circle"}),
    "known_kind": (lambda name: known_kind(name) and None, {"name": "circle"}),
    "is_own": (is_own, {"name": "circle"}),
    "from_expression": (
        lambda **given: from_expression(**given).X, {"expression": "y > x", "samples": 20, "noise": 5, "seed": 0}),
    "drawn_points": (
        lambda **given: drawn_points(**given).X, {"points": [[0, 1], [2, 3], [4, 5]], "labels": [0, 1, 1]}),
    "from_playground": (
        lambda url: from_playground(url) and None, {"url": "https://playground.tensorflow.org/#dataset=xor"}),
}  # fmt: skip

OWN_ROWS = [
    ("read_table", "data", "a,b", "data must be a bytes or bytearray, got"),
    ("pack", "data", "a", "data must be a bytes or bytearray, got"),
    ("as_letters", "packed", "a", "packed must be a bytes or bytearray, got"),
    ("digest_of", "data", "a", "data must be a bytes or bytearray, got"),
    ("unpack", "letters", "a", "The table in this file is damaged"),
    ("unpack", "digest", "0", "The table in this file is damaged"),
    ("Table.dataset", "target", "z", "The table has no column 'z'; its columns are “a”, “b”, “kind”."),
    ("Table.dataset", "inputs", ("a", "kind"), "“kind” is the target, so it cannot be an input as well."),
    ("Table.dataset", "task", "regression", "“kind” holds words, so it cannot be the target of a regression: row 1"),
    ("Table.dataset", "missing", "x", "missing must be one of drop, mean, got 'x'"),
    ("Table.column", "name", None, "The table has no column None"),
    ("Table.usable_inputs", "target", None, "target must be a text, got None"),
    ("dataset_kind", "name", "x", "dataset must be one of circle, xor"),
    ("from_expression", "expression", "y > sn(x)", "The formula knows no “sn”"),
    ("drawn_points", "points", [[0, 1], [2, 3], [4, 9]], "points must lie from -6 to 6, got 9"),
    ("from_playground", "url", "https://example.org/", "The address is not one of the TensorFlow Playground"),
]  # fmt: skip

# Where a message calls an argument by the name of what it is made of.
OWN_ALIASES = {
    "read_table": "The file", "unpack": "The table", "Table.dataset": "column", "Table.column": "column",
    "dataset_kind": "dataset", "from_expression": "The formula", "from_playground": "The address",
}  # fmt: skip
