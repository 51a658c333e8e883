"""Words that the corpus does not know: what becomes of them, and what knows them."""

from collections.abc import Sequence

import streamlit as st

from pages.parts.fields.unknown_words import unknown_words
from pages.parts.page.session import Session
from pages.parts.words.controls import WordSettings


def _without_vector(tokens: Sequence[str], settings: WordSettings) -> list[str]:
    """Those of `tokens`, each once, that have no learned vector; none where vectors are drawn from a word's letters."""
    if settings.embedding is None:
        return []
    return [word for word in dict.fromkeys(tokens) if settings.embedding.vocabulary.index(word) is None]


def say_unknown(session: Session, tokens: Sequence[str], settings: WordSettings, prefix: str = "") -> None:
    """Says which words have rows of zeros, and offers random vectors, pieces, and the words that are known.

    `prefix` is that of `vector_controls`. Typed words go out as plain text.
    """
    unknown = _without_vector(tokens, settings)
    if not unknown:
        return
    known = settings.embedding.vocabulary.words
    st.warning(
        "**The corpus knows none of these words**, so every row is zeros and there is nothing to compare. It holds "
        f"{len(known)} English words." if len(unknown) == len(set(tokens)) else
        f"**Not every word is in the corpus.** It holds {len(known)} English words; any other has a row of zeros.",
        icon=":material/info:",
    )  # fmt: skip
    with unknown_words(session, unknown, known, f"{prefix}vectors", f"{prefix}random_vectors"):
        st.button("Cut it into pieces", key=f"{prefix}in_pieces", icon=":material/content_cut:",
                  help="Sub-word tokens know no unknown words.", on_click=_in_pieces, args=(session, unknown[0]))


def _in_pieces(session: Session, word: str) -> None:
    """Opens the part about pieces with `word` in its field."""
    session.choices.update(part="pieces", pieces_text=word)
