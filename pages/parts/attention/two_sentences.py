"""Two sentences and the plain product of their word vectors: learned ones, or random ones whose cells are accidents."""

import numpy as np
import streamlit as st

from nncore.attention.stages import split_words, word_vectors
from nncore.words.accidents import unit_rows
from nncore.words.outer_product import dot_products
from nncore.words.skipgram import Embedding, SkipGramSettings
from nncore.words.text import MAX_TOKENS, TOKEN_RULE
from nncore.words.vectors import rows_of
from pages.parts.attention.cell_text import labels_of, product_hover
from pages.parts.attention.pair import Pair, lengths_in_words, notice, same_in_words
from pages.parts.attention.story import Story
from pages.parts.fields.outside_text import literal
from pages.parts.fields.sentence_field import sentence_field
from pages.parts.fields.source import show_source
from pages.parts.fields.unknown_words import unknown_words
from pages.parts.figures.attention import Axes, signed_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.training import Watching, watch
from pages.parts.page.session import Session
from pages.parts.way.contents import BY_NAME

FIRST, SECOND = "the cat hears the dog", "the hungry fox follows a mouse"
RANDOM_NUMBERS = 6  # per word
VECTORS = {"learned": "Learned", "random": "Random"}
TO_TRY = {
    "learned": "Pick *Random*: every pair of different words is then an accident. Or type *the red bus stops* against *the "
               "blue train waits*: vehicles and colours find each other.",
    "random": "Type the same sentence twice: M becomes symmetric, with 1 on its diagonal. Then pick *Learned*.",
}  # fmt: skip
# On a large screen the matrix grows with it, to be read from further away.
STYLE = """
@media (min-width: 1500px) and (min-height: 850px) {
  .st-key-two_matrix { &, [data-testid="stPlotlyChart"] { min-height: 50vh; } }
}
"""


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
    picture, controls = st.columns([3, 2], gap="large")  # on a phone the picture stands first
    with controls:
        kind = choice(session, "pair_vectors", "str", "learned", VECTORS)
        first = sentence_input(session, "first", "First sentence", FIRST)
        second = sentence_input(session, "second", "Second sentence", SECOND)
        st.segmented_control("A word's vector is", list(VECTORS), format_func=VECTORS.get, required=True,
                             help=f"Learned: the skip-gram of {BY_NAME['words'].title}, 8 numbers. Random: from its "
                                  f"letters, {RANDOM_NUMBERS} numbers. Both are brought to length 1.",
                             **bind_choice(session, "pair_vectors", kind, "learned"))  # fmt: skip
        if kind == "learned":
            st.markdown("**Trained before you came:** word vectors that a skip-gram learned from a small corpus. The page "
                        f"*{BY_NAME['words'].title}* shows how.")  # fmt: skip
        st.caption(TOKEN_RULE)
    with picture:
        if first is None or second is None:
            st.markdown("The matrix appears as soon as both sentences can be used.")
            return Story(None, TO_TRY[kind])
        pair = pair_of(first, second, kind)
        _matrix(pair)
    if pair.unknown:
        with controls:
            unknown_words(session, pair.unknown, pair.corpus, "pair_vectors", "pair_random")
    return Story(notice(pair), TO_TRY[kind])


def pair_of(first: list[str], second: list[str], kind: str) -> Pair:
    """The two sentences with their vectors; the learned ones are learned now if nobody has asked for them before."""
    if kind == "random":
        return Pair(first, second, *(word_vectors(words, RANDOM_NUMBERS) for words in (first, second)), kind)
    training = SkipGramSettings()
    watching = Watching(bar=lambda found, left: f"Learning the word vectors: epoch {found.last} of {training.epochs}")
    embedding: Embedding = watch(training, watching)
    A, B = (unit_rows(rows_of(words, embedding, -1)) for words in (first, second))
    return Pair(first, second, A, B, kind, embedding.vocabulary.words)


def _matrix(pair: Pair) -> None:
    """M as a figure, accidents hatched, and its shape in words."""
    rows, columns = labels_of(pair.first), labels_of(pair.second)
    axes = Axes(rows, columns, "first sentence (A)", "second sentence (B)")
    hover, product = product_hover(pair.A, pair.B, rows, columns), pair.product
    accidents = pair.unlike & (pair.kind == "random")
    hover = [[text + "<br>an accident: unlike words, random vectors" * bool(accident)
              for text, accident in zip(line, marked, strict=True)]
             for line, marked in zip(hover, accidents, strict=True)]  # fmt: skip
    show_figure("two_matrix", f"The matrix of dot products, {len(pair.first)} by {len(pair.second)}.",
                lambda dark: signed_figure(product, axes, dark, hover, accidents))  # fmt: skip
    symmetric = product.shape[0] == product.shape[1] and np.allclose(product, product.T)
    d = pair.A.shape[1]
    st.caption(
        f"A is {pair.A.shape[0]}×{d}, B is {pair.B.shape[0]}×{d}, M = A Bᵀ is {product.shape[0]}×{product.shape[1]}: "
        f"{'symmetric' if symmetric else 'not symmetric'}. {lengths_in_words(pair)} {same_in_words(pair)}"
    )
    show_source(dot_products, came=product, A=pair.A, B=pair.B)
