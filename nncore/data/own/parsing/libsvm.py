"""LIBSVM's format: each line a label and then number:value for each input that is not zero, as in `+1 1:0.5 3:2`.

Many teaching sets are kept so (those of LIBSVM's own page). The inputs become columns, and what a line leaves out is 0.
"""

import re

from nncore.data.own.parsing.limits import check_size

_ENTRY = r"\d+:[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LABEL = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_LINE = re.compile(rf"({_LABEL})(?: qid:\d+)?((?: {_ENTRY})*)\s*(?:#.*)?")
LOOKED_AT = 50  # lines by which the format is told
LABEL = "label"
_TIME = re.compile(r"\d?\d:[0-5]\d")


def looks_like_libsvm(text: str) -> bool:
    """Whether the first lines are a label with number:value pairs behind it."""
    lines = [" ".join(line.split()) for line in text[:20_000].splitlines()[:LOOKED_AT] if line.strip()]
    whole = lines[:-1] if len(text) > 20_000 else lines
    entries = [entry for line in whole for entry in line.split()[1:]]
    return bool(entries) and all(map(_LINE.fullmatch, whole)) and not all(map(_TIME.fullmatch, entries))


def cut_libsvm(text: str) -> tuple[tuple[str, ...], tuple[list[str], ...], list[int]]:
    """Names, columns of cells, and the rows' lines. Raises ValueError that names the line that is not of this format."""
    labels: list[str] = []
    entries: list[dict[int, str]] = []
    lines: list[int] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(" ".join(line.split()))
        if not found:
            raise ValueError(f"Row {len(labels) + 1:,} (line {number:,}) is not of LIBSVM's format as the lines above it: "
                             f"“{line.strip()[:40]}”.")  # fmt: skip
        pairs = [entry.split(":") for entry in found[2].split()]
        labels.append(found[1])
        entries.append({int(index): value for index, value in pairs})
        lines.append(number)
    low = min((min(row) for row in entries if row), default=1)
    high = max((max(row) for row in entries if row), default=0)
    inputs = range(min(low, 1), high + 1)
    check_size(len(labels), len(inputs) + 1)
    columns = [[row.get(index, "0") for row in entries] for index in inputs]
    return (*(f"x{index}" for index in inputs), LABEL), (*columns, labels), lines
