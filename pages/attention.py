"""Where does a network look? From two sentences to a matrix that is learned on screen."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.parts.attention.explain import explain
from pages.parts.attention.learned import learned
from pages.parts.attention.matrices import matrices
from pages.parts.attention.numbers import numbers
from pages.parts.attention.story import Story
from pages.parts.attention.two_sentences import STYLE, two_sentences
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.frame import page
from pages.parts.page.session import Session
from pages.parts.way.words_strip import strip_place, words_strip


@dataclass(frozen=True)
class Step:
    """One finding: what it studies, what it says, and what draws it and tells its story."""

    title: str
    studies: str
    says: str
    draws: Callable[[Session], Story]


STEPS = {
    "two": Step(
        "Two sentences",
        "the dot products of all their words",
        "**The textbook's plain construction:** every word of one sentence meets every word of the other in a dot product, "
        "M = A Bᵀ. The matrix itself learns nothing.",
        two_sentences,
    ),
    "learned": Step(
        "Learned translation",
        "a translator of three words, trained here",
        "**Today's construction, learned here:** three queries, one for each place of the French phrase, learn which "
        "English word to attend to.",
        learned,
    ),
    "numbers": Step(
        "Number by number",
        "a sentence, with matrices drawn at random",
        "**Today's construction, scaled dot-product attention:** each word has a query and a key, "
        "and the softmax of their dot products is how much of each word's value is mixed in.",
        numbers,
    ),
    "matrices": Step(
        "The matrices",
        "all that is learned in attention",
        "**All that is learned in attention** are four matrices: $W_Q$, $W_K$ and $W_V$ make queries, keys and values, "
        "and $W_O$ combines the heads' results. Look at them as they were drawn, or as the translator learned them.",
        matrices,
    ),
    "explain": Step(
        "Is it an explanation?",
        "the trained translator, and other attention that gives the same words",
        "**Attention weights are not an explanation by themselves:** quite different weights can lead to the same words, "
        "often less surely.",
        explain,
    ),
}
CHOICES = (
    "step", "first", "second", "pair_vectors", "setting", "start_from", "translate", "article", "adjective", "noun",
    "translation_frame",
    "sentence", "heads", "mask", "real_words", "temperature", "scaled", "positions", "shuffled", "stage", "head", "whose",
    "matrix", "matrices_seed", "explain_bound", "code_language",
)  # fmt: skip


def study(session: Session) -> None:
    """The step that is open, and only that."""
    place = strip_place()
    name = choice(session, "step", "str", "two", STEPS)
    st.segmented_control("Step", list(STEPS), format_func=lambda key: STEPS[key].title, required=True,
                         label_visibility="collapsed", **bind_choice(session, "step", name, "two"))  # fmt: skip
    step = STEPS[name]
    words_strip(place, step.title, step.studies)
    st.markdown(step.says)
    story = step.draws(session)
    if story.notice:
        st.markdown(f"**Notice:** {story.notice}")
    st.markdown(f"**Try:** {story.to_try}")


page("attention", study, CHOICES, watches=True, style=STYLE)
