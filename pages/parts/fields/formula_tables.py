"""A sum of products as a table in LaTeX: every factor with its number, so that the sum can be done again by hand."""

from collections.abc import Sequence
from operator import mul

from nncore.inspection.terms import Terms
from pages.parts.fields.arithmetic import operand_digits, shared_digits
from pages.parts.fields.numbers import latex

ROUNDED = ("Results are shown with four digits, and what they are computed from with as many as it takes to compute them "
           "again.")  # fmt: skip


def sum_table(heads: Sequence[str], terms: Terms, ends: Sequence[tuple[str, float]], digits: int = 4) -> str:
    """A row for each term: its number from 1, both factors and the product; then `ends`, the last of them the sum.

    `heads` are the four columns' titles in LaTeX; an end is a title and a number. The sum has so many digits, the products
    as many as it takes to add them up again, and the factors as many as their products take.
    """
    more = [(rf"\text{{{terms.n_others:,} more}}", terms.others)] if terms.n_others else []
    *between, (name, total) = [*more, *ends]
    added = operand_digits([*terms.products, *(value for _, value in between)], lambda *parts: sum(parts), total, digits)
    products = [tuple(map(float, row)) for row in zip(terms.left, terms.right, terms.products, strict=True)]
    each = shared_digits([row[:2] for row in products], mul, [row[2] for row in products], added)
    rows = [
        f"{place + 1} & {latex(left, each)} & {latex(right, each)} & {latex(product, added)}"
        for place, (left, right, product) in zip(terms.places, products, strict=True)
    ]
    total = f"{name} & & & {latex(total, digits)}"
    between = [f"{title} & & & {latex(value, added)}" for title, value in between]
    body = r" \\ ".join([*rows, *between])
    return rf"\begin{{array}}{{c|rr|r}} {' & '.join(heads)} \\ \hline {body} \\ \hline {total} \end{{array}}"
