"""Words that the corpus does not know: what becomes of them, what knows them, and which words are known."""

from collections.abc import Sequence

import streamlit as st

from pages.parts.page.session import Session
from pages.parts.words.controls import WordSettings


def unknown_words(tokens: Sequence[str], settings: WordSettings) -> list[str]:
    """Those of `tokens`, each once, that have no learned vector; none where vectors are drawn from a word's letters."""
    if settings.embedding is None:
        return []
    return [word for word in dict.fromkeys(tokens) if settings.embedding.vocabulary.index(word) is None]


def say_unknown(session: Session, tokens: Sequence[str], settings: WordSettings, prefix: str = "") -> None:
    """Says which words have rows of zeros, and offers random vectors and the list of the words that are known.

    `prefix` is that of `vector_controls`. Typed words go out as plain text.
    """
    unknown = unknown_words(tokens, settings)
    if not unknown:
        return
    known = sorted(settings.embedding.vocabulary.words)
    everything = len(unknown) == len(set(tokens))
    st.warning(
        "**The corpus knows none of these words**, so every row is zeros and there is nothing to compare. It holds "
        f"{len(known)} English words." if everything else
        f"**Not every word is in the corpus.** It holds {len(known)} English words; any other has a row of zeros.",
        icon=":material/info:",
    )  # fmt: skip
    st.text(f"Not in the corpus, and so a row of zeros: {', '.join(unknown)}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Use random vectors", key=f"{prefix}random_vectors", icon=":material/casino:",
                  help="They are drawn from a word's letters, so that every word of every language has one.",
                  on_click=session.choices.__setitem__, args=(f"{prefix}vectors", "random"))  # fmt: skip
        st.button("Cut it into pieces", key=f"{prefix}in_pieces", icon=":material/content_cut:",
                  help="Sub-word tokens know no unknown words.", on_click=_in_pieces, args=(session, unknown[0]))
        with st.popover("Words that the corpus knows", icon=":material/list:"):
            st.text(", ".join(known))


def _in_pieces(session: Session, word: str) -> None:
    """Opens the part about pieces with `word` in its field."""
    session.choices.update(part="pieces", pieces_text=word)
