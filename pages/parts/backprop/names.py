"""What inputs are called: by their column's name, a pixel by its number and its place in the picture, all from 1."""

import re

from pages.parts.figures.blocks import numbered

PIXEL = re.compile(r"pixel_(\d+)_(\d+)")


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


def pixel_place(column: str) -> str:
    """Where a pixel lies, from 1, by the name of its column, which counts from 0; "" for any other column."""
    found = PIXEL.fullmatch(column)
    return f"pixel in row {int(found[1]) + 1}, column {int(found[2]) + 1}" if found else ""
