"""What is dropped by mistake is refused in one sentence that says what it is and what to do."""

import io
import json
import pickle
import zipfile

import pytest

from nncore.data import read_table

PAGE = "<!DOCTYPE html>\n<html><body><table><tr><td>1,5</td><td>2</td></tr></table></body></html>"
RECORDS = [{"a": 1, "b": 2.5}, {"a": 3, "b": 4.5}]


def zipped(*names):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


CSV, PASTE, UNPACK = "save the table as CSV", "copy the table", "unpack it"
FOREIGN = {
    "page": (PAGE, "a web page (HTML)", PASTE),
    "page in UTF-16": (PAGE.encode("utf-16"), "a web page (HTML)", PASTE),
    "page with a mark": (b"\xef\xbb\xbf\n  " + PAGE.lower().encode(), "a web page (HTML)", PASTE),
    "pandas' page": ('<table border="1" class="dataframe">\n  <tr><td>1</td></tr>\n</table>', "a web page (HTML)", PASTE),
    "page without a head": ("<table>\n<tr><td>1</td></tr>\n</table>\n", "a web page (HTML)", PASTE),
    "json list": (json.dumps(RECORDS), "JSON", CSV),
    "json object": (json.dumps({"a": [1, 2], "b": [3, 4]}, indent=1), "JSON", CSV),
    "json numbers": ("[[1, 2],\n [3, 4]]", "JSON", CSV),
    "json a line each": ("\n".join(map(json.dumps, RECORDS)), "JSON", CSV),
    "notebook": (json.dumps({"cells": [{"cell_type": "code", "source": []}], "nbformat": 4}, indent=1), "a notebook", CSV),
    "saved run": ('{\n "glassbox run": 1,\n "link": {"dataset": "xor"}\n}', "a saved run", "where a saved run is opened"),
    "xml": ('<?xml version="1.0"?>\n<rows><row a="1"/></rows>', "XML", CSV),
    "excel": (zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel workbook, not", CSV),
    "old excel": (b"\xd0\xcf\x11\xe0" + bytes(50), "an old Excel workbook", CSV),
    "libreoffice": (zipped("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), "a LibreOffice spreadsheet", CSV),
    "numpy archive": (zipped("W1.npy"), "a NumPy file", CSV),
    "gzip": (b"\x1f\x8b\x08\x00", "a gzip archive", UNPACK),
    "bzip2": (b"BZh91AY&SY", "a bzip2 archive", UNPACK),
    "pickle": (pickle.dumps({"a": [1.5, 2.5]}), "a Python pickle", CSV),
    "arff": ("% of Weka\n@relation iris\n@attribute a numeric\n@data\n1.5\n2.5\n", "an ARFF file of Weka", CSV),
    "latex": ("\\begin{tabular}{ll}\na & b \\\\\n1 & 2\n", "LaTeX", CSV),
    "rtf": (r"{\rtf1\ansi a,b\par 1,2\par}", "a document (RTF)", PASTE),
    "pointer": ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "a pointer of Git LFS",
                "download"),
}  # fmt: skip


@pytest.mark.parametrize("case", FOREIGN)
def test_it_is_named_with_what_to_do(case):
    data, what, remedy = FOREIGN[case]
    with pytest.raises(ValueError) as error:
        read_table(data if isinstance(data, bytes) else data.encode())
    sentence = str(error.value)
    assert sentence.startswith(f"The file is {what}") and remedy in sentence
    assert sentence.count(".") == 1 and sentence.endswith(".")


def test_tables_that_begin_a_little_like_these_are_read():
    for name in ("<a>", "{a}", "[a]", "[1]", "{", "<", "@", "PKW", "BZ"):
        table = read_table(f"{name},kind\n1.5,x\n2.5,y\n3.5,x\n".encode())
        assert [column.name for column in table.columns] == [name, "kind"]
