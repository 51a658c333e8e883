"""From words to a matrix: what is the matrix that attention begins with?"""

import streamlit as st

from nncore.words.vectors import VECTORS
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.session import Session
from pages.parts.way.words_strip import strip_place, words_strip
from pages.parts.words.closed_form import closed_form_of_sentence, hidden_matrix
from pages.parts.words.controls import (
    DIMENSIONS,
    current_steps,
    sentence_controls,
    stages_of,
    step_switches,
    vector_controls,
)
from pages.parts.words.diagonal import diagonal_controls, diagonal_results
from pages.parts.words.outer import diagonal_words, product_heatmap, symmetry_words, why_outer
from pages.parts.words.pieces import pieces_part
from pages.parts.words.text import learned_embedding, token_steps, vector_rows
from pages.parts.words.unknown import say_unknown

PARTS = {"text": "1 · Text to vectors", "product": "2 · The outer product", "diagonal": "3 · The hidden diagonal",
         "pieces": "4 · Words in pieces"}
CHOICES = (
    "part", "text", "steps", "vectors", "numbers", "draw", "learned_epoch", "neighbour",
    "merges", "pieces_text", "outer_terms", "run_vectors", "run_numbers", "run_words", "run_sentences", "run_epoch", "found",
    "code_language",
)  # fmt: skip


def text_part(session: Session) -> None:
    """From a typed line to one vector per word."""
    picture, controls = st.columns([3, 2], gap="large")  # on a phone the picture stands first
    with controls:
        stages = stages_of(sentence_controls(session), current_steps(session))
        st.markdown("**Every token becomes a vector**, a row of d numbers. Where do the numbers come from?")
        settings = vector_controls(session)
    with picture:
        if stages is not None:
            vector_rows(session, stages.tokens, settings)
    st.markdown("A model cannot read. Before any number appears, **the line is cut into tokens**; each step is a switch.")
    steps = step_switches(session)
    if stages is not None:
        token_steps(stages, steps)
    if settings.embedding is not None:
        learned_embedding(session, settings, stages.tokens if stages else ())
    st.info("**Try:** *numbers per word* 2, then 8, with *learned*: two numbers are too few to keep seven kinds of words "
            "apart, and words of several kinds share a direction. Or turn *Cut punctuation* off: “river.” is now a word "
            "that the corpus has never seen.", icon=":material/experiment:")


def product_part(session: Session) -> None:
    """M = E E^T of the sentence."""
    picture, controls = st.columns([3, 2], gap="large")  # on a phone the picture stands first
    with controls:
        stages = stages_of(sentence_controls(session), current_steps(session))
        settings = vector_controls(session)
    if stages is None:
        return
    E = settings.vectors(stages.tokens)
    with picture:
        st.markdown("**Every word times every word**: cell (i, j) is the dot product of the vectors of word i and word j, "
                    + ("here one number times another, $M = x\\,x^\\top$." if E.shape[1] == 1 else "$M = E\\,E^\\top$.")
                    + " Such a table of all dot products is a **Gram matrix**. Hover or tap a cell for its sum.")
        product_heatmap(E, stages.tokens)
        say_unknown(session, stages.tokens, settings)
    with controls:
        symmetry_words(E)
        diagonal_words(E, stages.tokens)
    why_outer(session, E, stages.tokens)
    st.info("**Try:** *Random, length 1*: now the diagonal is 1 everywhere and nothing beats it. *Learned*: two words of "
            "one kind, such as cat and mouse, have a large product, for their vectors point the same way. And type the "
            "words in another order: rows and columns move along, no cell changes its number, for no order is in this "
            "matrix.",
            icon=":material/experiment:")
    st.caption("**Whose construction?** This symmetric product of a sentence with itself is that of introductory texts. "
               "Today's transformer multiplies two different projections of the words, queries and keys, and its "
               "scores are not symmetric.")


def diagonal_part(session: Session) -> None:
    """A network fills in what was hidden, against the exact answer and the mean."""
    st.markdown("Set the diagonal of M to zero. **Can a network tell what stood there from the other cells alone?** It "
                "sees many short runs of words from the toy grammar and is judged on sentences that it never saw.")
    picture = st.container()
    st.caption("**This part draws its own vectors:** their kind and their numbers per word are set here, and parts 1 and 2 "
               "keep theirs. The sentence and the seed are the same in all parts.")
    settings = vector_controls(session, "run_", kind="random", dimensions=2)
    with picture:
        hidden_matrix(session, settings)
    task = diagonal_controls(session, settings)
    diagonal_results(session, task, settings.embedding)
    closed_form_of_sentence(session, settings)
    st.info("**Try:** *60* sentences: the training loss goes on falling, the validation loss soon stops: it "
            "learns by heart. *Random, length 1*: the task is empty. "
            "Eight numbers per word and 5 words: too few words for the formula, and yet the network beats the mean, for "
            "it meets the same words again and again.", icon=":material/experiment:")
    st.caption("**Whose construction?** An exercise of introductory texts; no transformer is trained this way.")


def studied(session: Session, part: str) -> str:
    """What the open part works with, in a few words."""
    if part == "pieces":
        return "byte-pair merges of the toy corpus"
    prefix, usual, numbers = ("run_", "random", 2) if part == "diagonal" else ("", "learned", 8)
    kind = choice(session, f"{prefix}vectors", "str", usual, VECTORS)
    count = choice(session, f"{prefix}numbers", "int", numbers, DIMENSIONS)
    return f"word vectors: {VECTORS[kind].lower()}; {count} number{'s' * (count > 1)} per word"


def study(session: Session) -> None:
    """The part that is open."""
    place = strip_place()
    part = choice(session, "part", "str", "text", PARTS)
    st.segmented_control("Part", list(PARTS), format_func=PARTS.get, required=True, label_visibility="collapsed",
                         **bind_choice(session, "part", part, "text"))
    words_strip(place, PARTS[part], studied(session, part))
    {"text": text_part, "product": product_part, "diagonal": diagonal_part, "pieces": pieces_part}[part](session)


page("words", study, CHOICES)
