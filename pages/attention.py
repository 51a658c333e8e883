"""Where does a network look? From two sentences to a matrix that is learned on screen."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from pages.parts.attention_explain import explain
from pages.parts.attention_learned import learned
from pages.parts.attention_matrices import matrices
from pages.parts.attention_numbers import numbers
from pages.parts.attention_two import two_sentences
from pages.parts.choices import bind_choice, choice
from pages.parts.sentence_field import literal
from pages.parts.session import Session, current_session, open_link, write_link
from pages.parts.style import page_style


@dataclass(frozen=True)
class Step:
    """One finding: what it says, what draws it (and says whether there is anything to see), what to notice, what to try."""

    title: str
    says: str
    draws: Callable[[Session], bool]
    notice: str
    to_try: str


STEPS = {
    "two": Step(
        "Two sentences",
        "**The textbook's plain construction, nothing learned:** every word of one sentence meets every word of the "
        "other in a dot product, M = A Bᵀ.",
        two_sentences,
        "The matrix need not be square, and it is not symmetric in general: rows and columns are different sentences. "
        "Random vectors know only one thing, whether two words are the same.",
        "Type the same sentence twice: M becomes symmetric, with 1 on its diagonal.",
    ),
    "learned": Step(
        "Learned translation",
        "**Today's construction, learned here:** three queries, one for each place of the French phrase, learn which "
        "English word to look at.",
        learned,
        "Where training succeeds, the second and third rows cross over: French puts the noun before the adjective. "
        "The article and the adjective also look at the noun, because they agree with its gender.",
        "Scrub from the first frame: every row begins near a third for each word, then the swap appears. Then pick *Adam "
        "0.02*: most starts end with an article that looks at itself alone and never learns the gender.",
    ),
    "numbers": Step(
        "Number by number",
        "**Today's construction, scaled dot-product attention:** each word asks (query), each word answers "
        "(key), and the softmax of their dot products says how much of each value is taken. What makes Q, K and V are "
        "**the weight matrices** W_Q, W_K and W_V, with W_O at the end: learned (here as drawn at random), and the same for "
        "every sentence. The table that the softmax gives holds the **attention weights**: computed anew for each sentence.",
        numbers,
        "Hover over any cell for its arithmetic. Without mask and positions, two occurrences of one word have the same row.",
        "A low temperature gives the highest score of a row more of it, a high one evens the row out. With the causal mask "
        "the first word sees only itself. *Shuffle the words*: rows and columns move along, and no number changes until "
        "positions or a mask are on.",
    ),
    "matrices": Step(
        "The matrices",
        "**All that is learned in attention** are four matrices: W_Q, W_K and W_V make queries, keys and values, W_O mixes "
        "what the heads found. Look at them as they were drawn, or as the translator learned them.",
        matrices,
        "W_Q and W_K only matter together: a head's scores are E W_Qᵀ W_K Eᵀ with its rows of both, scaled. W_V and W_O "
        "do not touch the weights at all.",
        "Set W_Q and W_K both to the identity (one head, no mask, no positions): every word looks most at itself and its "
        "twins. Set W_Q to zeros: every word looks alike at all that it may see. In the translator that is a third each, "
        "and the translation breaks.",
    ),
    "explain": Step(
        "Is it an explanation?",
        "**Attention weights are not an explanation by themselves:** quite different weights can lead to the same words, "
        "some of them less surely.",
        explain,
        "The matrix on the right tells another story than the one on the left, and the translation is the same. "
        "A weight says what was mixed in, not what the answer depends on.",
        "Pick other phrases: each leaves room to turn the attention, for most of them by more than half in some row.",
    ),
}
CHOICES = (
    "step", "first", "second", "setting", "start_from", "translate", "article", "adjective", "noun", "translation_frame",
    "sentence", "heads", "mask", "real_words", "temperature", "scaled", "positions", "shuffled", "stage", "head", "whose",
    "matrix", "matrices_seed",
)  # fmt: skip


@st.fragment(key="attention")
def study() -> None:
    """The step that is open, and only that; reruns on its own."""
    session = current_session()
    write_link(session)
    st.title("Where does a network look?", anchor=False)
    name = choice(session, "step", "str", "two", STEPS.__contains__)
    st.segmented_control("Step", list(STEPS), format_func=lambda key: STEPS[key].title, required=True,
                         label_visibility="collapsed", **bind_choice(session, "step", name, "two"))  # fmt: skip
    step = STEPS[name]
    st.markdown(step.says)
    notes = st.container()
    seen = step.draws(session)
    for note in session.notes:
        notes.warning(literal(note), icon=":material/info:")
    session.notes = []
    if seen:
        st.markdown(f"**Notice:** {step.notice}")
    st.markdown(f"**Try:** {step.to_try}")


page_style()
open_link(*CHOICES)
study()
