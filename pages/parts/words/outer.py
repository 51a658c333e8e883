"""The second part of the words page: the sentence times itself, and what its diagonal says."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.words.outer_product import (
    asymmetry,
    diagonal_is_largest,
    diagonal_is_tied,
    has_unit_lengths,
    largest_in_row,
    outer_product,
    outer_terms,
    zero_rows,
)
from pages.parts.fields.numbers import short
from pages.parts.fields.source import show_source
from pages.parts.figures.words.matrices import dot_products, matrix_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session

MAX_NAMED = 6  # rows that are explained one by one


def product_heatmap(E: np.ndarray, tokens: Sequence[str]) -> None:
    """M = E E^T as a heatmap with the words on both sides."""
    show_figure("product", f"The product of {len(tokens)} words with themselves, symmetric about its diagonal.",
                matrix_figure, outer_product(E), tokens, tokens, dot_products(E, tokens))
    show_source(outer_product, E=E)


def why_outer(session: Session, E: np.ndarray, tokens: Sequence[str]) -> None:
    """Why the matrix is called so: the sum of one outer product for each number of a word, added one by one."""
    d = E.shape[1]
    with st.expander("Why “outer”, and what is a Gram matrix?"):
        st.markdown(outer_words(E))
        if d == 1:
            return
        taken = choice(session, "outer_terms", "int", 1, Span(1, d))
        st.slider(f"Outer products added: {taken} of {d}", 1, d, **bind_choice(session, "outer_terms", taken, 1))
        partial_sum = outer_terms(E)[:taken].sum(axis=0)
        show_figure("outer_sum", f"The sum of the first {taken} of {d} outer products.",
                    matrix_figure, partial_sum, tokens, tokens, dot_products(E[:, :taken], tokens))
        st.markdown(missing_words(E, taken))


def outer_words(E: np.ndarray) -> str:
    """What the two names mean, for d numbers per word."""
    d, count = E.shape[1], len(E)
    inner = ("Each single cell is an *inner* product (a row times a row gives one number). The table of all inner products "
             "of a set of vectors with each other is called their **Gram matrix**. ")
    if d == 1:
        return inner + (f"The whole is an *outer* product: the column x of {count} numbers times the row xᵀ gives every "
                        "number times every other, a whole table.")
    return inner + (
        f"The whole is made of *outer* products: a column of {count} numbers times itself as a row gives a table of {count} "
        f"× {count}. E has {d} such columns, one for each number of a word, and **M is the sum of their {d} outer "
        "products**. With one number per word it is a single one, M = x xᵀ: hence the name."
    )


def missing_words(E: np.ndarray, taken: int) -> str:
    """How far the sum of the first outer products is from M."""
    missing = float(np.abs(outer_product(E) - outer_terms(E)[:taken].sum(axis=0)).max())
    rank = np.linalg.matrix_rank(outer_terms(E)[:taken].sum(axis=0))
    end = "This is M." if taken == E.shape[1] else f"A cell still differs from M by up to {short(missing)}."
    return f"{end} Its rank is {rank}: so many columns do not follow from the others; each outer product adds at most one."


def symmetry_words(E: np.ndarray) -> None:
    """Reports that M is symmetric, having checked."""
    M = outer_product(E)
    st.markdown(f"**Symmetric**: the order of two factors does not matter. Checked: the largest $|M_{{ij}} - M_{{ji}}|$ of "
                f"these {M.size:,} cells is {short(asymmetry(M))}.")


def diagonal_words(E: np.ndarray, tokens: Sequence[str]) -> None:
    """Says in which rows the diagonal is the largest cell, and why not in the others. Typed words go out as plain text."""
    M = outer_product(E)
    largest = diagonal_is_largest(M)
    beaten = np.flatnonzero(~largest)
    st.markdown(f"**The diagonal** holds the squared length of each word. {_counted(M)}{_reason(E)}")
    lines = []
    for i in beaten[:MAX_NAMED]:
        j = largest_in_row(M)[i]
        lines.append(f"{tokens[i]}: {short(M[i, i], 3)} on the diagonal, {short(M[i, j], 3)} with {tokens[j]}, whose length "
                     f"{short(np.sqrt(M[j, j]), 3)} is more than its own {short(np.sqrt(M[i, i]), 3)}")
    if len(beaten) > MAX_NAMED:
        lines.append(f"and {len(beaten) - MAX_NAMED} more rows")
    if lines:
        st.text("\n".join(lines))


def _counted(M: np.ndarray) -> str:
    """In how many rows the diagonal is the largest cell, alone or tied, and what to leave out."""
    if len(M) == 1:
        return "One word makes one cell: there is no other to compare it with. "
    zeros = zero_rows(M)
    none = f"{zeros.sum()} of {len(M)} rows hold zeros alone, for the corpus lacks the word: nothing is largest there. "
    if zeros.all():
        return none
    largest, tied = diagonal_is_largest(M) & ~zeros, diagonal_is_tied(M) & ~zeros
    counted = f"It is the largest of its row in {largest.sum()} of {len(M)} rows"
    if tied.any():
        counted += f", in {tied.sum()} of them together with another cell that is just as large"
    return counted + ". " + (none if zeros.any() else "")


def _reason(E: np.ndarray) -> str:
    """Why the diagonal is the largest in all rows, or is not; nothing where there is nothing to compare."""
    M = outer_product(E)
    if len(M) == 1 or zero_rows(M).all():
        return ""
    if has_unit_lengths(E):
        return ("No cell can be larger: all lengths are 1, so each cell is the cosine of an angle, and only a vector's "
                "angle with itself is sure to reach 1 (Cauchy and Schwarz).")
    if not diagonal_is_largest(M).all():
        return ("A dot product is length × length × cosine: a longer vector that points nearly the same way beats a "
                "word's product with itself. “A word attends most to itself” is not a law.")
    return "No other cell is larger here; with vectors of different lengths nothing makes it so."
