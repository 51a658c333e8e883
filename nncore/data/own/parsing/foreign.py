"""Foreign files: what is brought in place of a table, told by how it begins, and what to do with each.

A web page, JSON or a workbook is often dropped by mistake. Cut at its commas it would become a table of nonsense.
"""

import json
import re

CSV = "save the table as CSV and bring that"
UNPACK = "unpack it and bring the table in it"
# How files of bytes begin: what they are, and what to do.
_BYTES = {
    b"\xd0\xcf\x11\xe0": ("an old Excel workbook", CSV), b"%PDF": ("a PDF", CSV), b"\x1f\x8b": ("a gzip archive", UNPACK),
    b"BZh": ("a bzip2 archive", UNPACK), b"\xfd7zXZ": ("an xz archive", UNPACK), b"7z\xbc\xaf": ("a 7-Zip archive", UNPACK),
    b"\x28\xb5\x2f\xfd": ("a Zstandard archive", UNPACK), b"Rar!": ("a RAR archive", UNPACK),
    b"\x89PNG": ("a picture", CSV), b"\xff\xd8\xff": ("a picture", CSV), b"GIF8": ("a picture", CSV),
    b"PAR1": ("a Parquet file", CSV), b"ARROW1": ("a Feather file", CSV), b"\x93NUMPY": ("a NumPy file", CSV),
    b"\x89HDF": ("an HDF5 file", CSV), b"SQLite": ("a database", CSV), b"\x80\x04\x95": ("a Python pickle", CSV),
    b"\x80\x05\x95": ("a Python pickle", CSV),
}  # fmt: skip
# What the names within a ZIP archive tell.
_ZIPPED = {
    b"xl/": "an Excel workbook", b"opendocument.spreadsheet": "a LibreOffice spreadsheet", b"word/": "a Word document",
    b".npy": "a NumPy file",
}  # fmt: skip
# How texts begin that hold no table; the first that fits counts.
_TEXTS = (
    (r"<!doctype html|<(?:html|head|body|table|div|thead|tbody|meta)\b", "a web page (HTML)",
     "save the table as CSV, or copy the table on that page and paste it here"),
    (r"<\?xml\b", "XML", CSV),
    (r"\{\\rtf", "a document (RTF)", "copy the table in it and paste it here"),
    (r"(?:%.*\s+)*@relation\b", "an ARFF file of Weka", CSV),
    (r"\\(?:documentclass|begin|usepackage)\b", "LaTeX", CSV),
    (r"version https://git-lfs", "a pointer of Git LFS", "download the table that it points to and bring that"),
)  # fmt: skip


def refuse_bytes(data: bytes) -> None:
    """Raises ValueError, one sentence on what to do, where bytes begin as a file does that is no text."""
    if data.startswith(b"PK\x03\x04"):
        what = next((words for part, words in _ZIPPED.items() if part in data), "an Excel workbook or a ZIP archive")
        raise ValueError(f"The file is {what}, not text: {CSV}.")
    for begin, (what, remedy) in _BYTES.items():
        if data.startswith(begin):
            raise ValueError(f"The file is {what}, not text: {remedy}.")


def refuse_text(text: str) -> None:
    """Raises ValueError, one sentence on what to do, where a text is a web page, JSON or the like."""
    begin = text.lstrip("\ufeff \t\r\n")
    for pattern, what, remedy in _TEXTS:
        if re.match(pattern, begin[:2000], re.IGNORECASE):
            raise ValueError(f"The file is {what}, not a table: {remedy}.")
    if begin[:1] in ("{", "[") and _is_json(begin):
        if '"glassbox run"' in begin[:200]:
            raise ValueError("The file is a saved run, not a table: bring it where a saved run is opened.")
        what = "a notebook" if '"cell_type"' in begin[:5000] or '"nbformat"' in begin else "JSON"
        raise ValueError(f"The file is {what}, not a table: {CSV}.")


def _is_json(text: str) -> bool:
    """Whether a text is an object or a list of JSON, also one that is cut off, or a line of each."""
    if re.match(r'\{\s*"[^"]*"\s*:|\[\s*(?:\[\s*[-\d"\[{]|\{\s*")', text):
        return True
    try:
        return isinstance(json.loads(text), (dict, list))
    except (ValueError, RecursionError):
        return False
