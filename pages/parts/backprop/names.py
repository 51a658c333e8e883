"""What inputs are called: by their column's name, a pixel by its number and its place in the picture, all from 1."""

import re

from pages.parts.fields.outside_text import cut
from pages.parts.figures.blocks import numbered

PIXEL = re.compile(r"pixel_(\d+)_(\d+)")
FEATURE = re.compile(r"x₁x₂|(sin )?x[₁₂]?|x[₁₂]?²")
TEXT_SIGN = re.compile(r"[\\{}$&#^_~%]")
SYMBOL_LETTERS = 24  # of a name that there is room for in a formula


def input_name(column: str, number: int) -> str:
    """Input `number`, from 1, in a sentence: "petal length", or "x₅₄₅, pixel in row 20, column 13"."""
    where = pixel_place(column)
    return f"{numbered('x', number)}, {where}" if where else column


def input_label(column: str, number: int) -> str:
    """Input `number`, from 1, where there is little room: "petal length", or "x₅₄₅"."""
    return numbered("x", number) if pixel_place(column) else column


def input_option(column: str, number: int) -> str:
    """Input `number`, from 1, in a list in which its number is typed to find it: "545: pixel in row 20, column 13"."""
    return f"{number}: {pixel_place(column) or column}"


def input_symbol(column: str, number: int) -> str:
    """Input `number`, from 1, in LaTeX: a feature as x_1^2, a column by its name, a pixel by its number."""
    if pixel_place(column):
        return f"x_{{{number}}}"
    if FEATURE.fullmatch(column):
        return column.replace("sin ", r"\sin ").replace("₁", "_{1}").replace("₂", "_{2}").replace("²", "^{2}")
    return rf"\text{{{TEXT_SIGN.sub(_as_text, cut(column, SYMBOL_LETTERS))}}}"


def _as_text(sign: re.Match[str]) -> str:
    """A sign that means something in LaTeX, as text."""
    return {"^": "\u02c6", "~": "\u02dc", "\\": "\u2216"}.get(sign[0], rf"\{sign[0]}")


def pixel_place(column: str) -> str:
    """Where a pixel lies, from 1, by the name of its column, which counts from 0; "" for any other column."""
    found = PIXEL.fullmatch(column)
    return f"pixel in row {int(found[1]) + 1}, column {int(found[2]) + 1}" if found else ""
