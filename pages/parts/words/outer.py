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
    zero_rows,
)
from pages.parts.fields.numbers import short
from pages.parts.figures.words import dot_products, matrix_figure
from pages.parts.page.figure import show_figure

MAX_NAMED = 6  # rows that are explained one by one


def product_heatmap(E: np.ndarray, tokens: Sequence[str]) -> None:
    """M = E E^T as a heatmap with the words on both sides."""
    show_figure("product", f"The product of {len(tokens)} words with themselves, symmetric about its diagonal.",
                matrix_figure, outer_product(E), tokens, tokens, dot_products(E, tokens))


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
