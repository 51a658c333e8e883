"""A notebook: the text in NumPy, with the formulas beside the code, and a last cell that tries it."""

import json
import re
from collections.abc import Iterable

from nncore.export.content import Content
from nncore.export.numpy_text import numpy_sections
from nncore.export.sections import Section, about

TRY = '''\
losses = train()
print("loss at first and after training:", *(f"{value:.4f}" for value in (losses[0], losses[-1])))
predict(X_TRAIN[:5])'''


def notebook_text(content: Content) -> str:
    """The notebook, JSON in the format 4.5 of nbformat."""
    return notebook_of(about(content, "NumPy", "NumPy alone"), numpy_sections(content))


def notebook_of(about: str, sections: Iterable[Section]) -> str:
    """The notebook of these sections, headed by `about`, whose first paragraph is its title; the last cell trains."""
    head, _, rest = about.partition("\n\n")
    cells = [_words(f"# {_literal(head)}\n\n{_literal(rest)}")]
    for section in sections:
        formula = f"\n\n$${section.formula}$$" if section.formula else ""
        cells += [_words(f"## {section.heading}\n\n{section.text}{formula}"), _code(section.code)]
    cells += [_words("## Try it\n\nThe losses of the training once more, and the outputs for five examples."), _code(TRY)]
    notebook = {
        "cells": [{"id": f"cell-{number}", **cell} for number, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1)


def _literal(text: str) -> str:
    """Words in which names from outside stand as they are: no HTML, no link, no formula."""
    # What stands between backquotes is ours, and code.
    parts = re.split(r"(`[\w()]+`)", text)
    return "".join(part if k % 2 else re.sub(r"([\\`*_{}\[\]<>#|$!&~])", r"\\\1", part) for k, part in enumerate(parts))


def _words(text: str) -> dict:
    return {"cell_type": "markdown", "metadata": {}, "source": _lines(text)}


def _code(text: str) -> dict:
    return {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [], "source": _lines(text.strip())}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)
