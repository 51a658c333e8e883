"""Accidents: how alike two words look that have nothing to do with each other.

Two random directions in d numbers are seldom at a right angle: their cosine has mean 0 and spreads by 1 / sqrt(d), however
long one draws (each of d products of two numbers of variance 1 / d has variance 1 / d^2, and d of them add up). A cosine of
random vectors is such an accident; one of learned vectors says something where it lies well beyond this spread.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from nncore.arguments import array, bools, checked, each, positive, text, whole

Array = np.ndarray

BEYOND = 2.0  # so many spreads from 0 an accident seldom lies


class Cell(NamedTuple):
    """A cell of a table of similarities and the number that stands in it."""

    row: int
    column: int
    value: float


@checked(dimensions=whole(1, 1_000_000))
def random_spread(dimensions: int) -> float:
    """The standard deviation of the cosine of two random directions in d numbers: 1 / sqrt(d)."""
    return dimensions**-0.5


@checked(E=array("T", "d"))
def unit_rows(E: Array) -> Array:
    """The rows of E (T, d) brought to length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(E, axis=1, keepdims=True)
    return np.divide(E, lengths, out=np.zeros_like(E), where=lengths > 0)


@checked(rows=each(text, 1), columns=each(text, 1))
def unlike_words(rows: Sequence[str], columns: Sequence[str]) -> Array:
    """Which cells (A, B) are of two different words."""
    return np.array([[row != column for column in columns] for row in rows])


@checked(products=array("A", "B"), unlike=bools("A", "B"))
def measured_spread(products: Array, unlike: Array) -> float:
    """The root of the mean square of the cells of `products` that are `unlike`; nan where there are none."""
    return float(np.sqrt(np.mean(products[unlike] ** 2))) if unlike.any() else float("nan")


@checked(products=array("A", "B"), unlike=bools("A", "B"), dimensions=whole(1, 1_000_000), beyond=positive())
def beyond_accident(products: Array, unlike: Array, dimensions: int, beyond: float = BEYOND) -> list[Cell]:
    """The `unlike` cells farther from 0 than `beyond` spreads of random directions, the farthest first."""
    far = unlike & (np.abs(products) > beyond * random_spread(dimensions))
    cells = [Cell(int(i), int(j), float(products[i, j])) for i, j in np.argwhere(far)]
    return sorted(cells, key=lambda cell: (-abs(cell.value), cell.row, cell.column))
