"""Two sentences and the plain product of their word vectors."""

import numpy as np
import streamlit as st

from nncore.attention.stages import split_words, word_vectors
from nncore.words.text import MAX_TOKENS, TOKEN_RULE
from pages.parts.attention.cell_text import labels_of, product_hover
from pages.parts.attention.story import Story
from pages.parts.fields.outside_text import literal
from pages.parts.fields.sentence_field import sentence_field
from pages.parts.figures.attention import Axes, signed_figure
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session
from pages.parts.way.fold import fold

FIRST, SECOND = "the cat sees the dog", "the dog and the cat sleep"
D_MODEL = 6
NOTICE = ("The matrix need not be square, and it is not symmetric in general: rows and columns are different sentences. "
          "Random vectors carry only one fact: whether two words are the same.")  # fmt: skip
TO_TRY = "Type the same sentence twice: M becomes symmetric, with 1 on its diagonal."


def sentence_input(session: Session, name: str, label: str, default: str) -> list[str] | None:
    """The words of a sentence that the viewer types; None, with one sentence under the field, where it cannot be taken."""
    typed = sentence_field(session, name, label, default, f"1 to {MAX_TOKENS} words. {TOKEN_RULE}")
    try:
        return split_words(f"The {label.lower()}", typed)
    except ValueError as error:
        st.error(literal(f"{error}."), icon=":material/edit:")
        return None


def two_sentences(session: Session) -> Story:
    """M = A B^T for two typed sentences, where it can be drawn, and its story."""
    with fold("Type other sentences"):
        left, right = st.columns(2)
        with left:
            first = sentence_input(session, "first", "First sentence", FIRST)
        with right:
            second = sentence_input(session, "second", "Second sentence", SECOND)
        st.caption(TOKEN_RULE)
    if first is None or second is None:
        st.markdown("The matrix appears as soon as both sentences can be used.")
        return Story(None, TO_TRY)
    A, B = word_vectors(first, D_MODEL), word_vectors(second, D_MODEL)
    product = A @ B.T
    rows, columns = labels_of(first), labels_of(second)
    axes = Axes(rows, columns, "first sentence (A)", "second sentence (B)")
    hover = product_hover(A, B, rows, columns)
    show_figure("two_matrix", f"The matrix of dot products, {len(first)} by {len(second)}.",
                lambda dark: signed_figure(product, axes, dark, hover))  # fmt: skip
    same = sum(a == b for a in first for b in second)
    symmetric = product.shape[0] == product.shape[1] and np.allclose(product, product.T)
    st.caption(
        f"A is {A.shape[0]}×{D_MODEL}, B is {B.shape[0]}×{D_MODEL}, M = A Bᵀ is {product.shape[0]}×{product.shape[1]}: "
        f"{'symmetric' if symmetric else 'not symmetric'}. " + _same_in_words(same)
    )
    return Story(NOTICE, TO_TRY)


def _same_in_words(same: int) -> str:
    """How many pairs there are of a word with itself, and what their products are."""
    if not same:
        return "No word stands in both sentences, so no cell is a word times itself, which would be 1."
    return (f"Pairs of the same word: {same}, {'each with a' if same > 1 else 'with a'} product of 1, because every word "
            "has one vector of length 1.")  # fmt: skip
