"""A sum of products as a table in LaTeX: every factor with its number, so that the sum can be done again by hand."""

from collections.abc import Sequence

from nncore.inspection.terms import Terms
from pages.parts.fields.numbers import latex

ROUNDED = "Numbers are shown with four digits and computed with all of them."


def sum_table(heads: Sequence[str], terms: Terms, ends: Sequence[tuple[str, float]]) -> str:
    """A row for each term: its number from 1, both factors and the product; then `ends`, the last of them the sum.

    `heads` are the four columns' titles in LaTeX; an end is a title and a number.
    """
    rows = [
        f"{place + 1} & {latex(float(left))} & {latex(float(right))} & {latex(float(product))}"
        for place, left, right, product in zip(terms.places, terms.left, terms.right, terms.products, strict=True)
    ]
    more = [(rf"\text{{{terms.n_others:,} more}}", terms.others)] if terms.n_others else []
    *between, total = (f"{title} & & & {latex(value)}" for title, value in [*more, *ends])
    body = r" \\ ".join([*rows, *between])
    return rf"\begin{{array}}{{c|rr|r}} {' & '.join(heads)} \\ \hline {body} \\ \hline {total} \end{{array}}"
