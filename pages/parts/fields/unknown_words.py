"""Words that the corpus does not know: which they are, random vectors instead, and which words are known."""

from collections.abc import Iterable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.parts.page.session import Session


def unknown_words(
    session: Session, unknown: Sequence[str], known: Iterable[str], vectors: str, key: str
) -> DeltaGenerator:
    """Says which words have rows of zeros, and offers random vectors and the list of the words that are `known`.

    Returns the row of its buttons, for more of them. `vectors` names the page's choice of vectors, and `key` is that of the
    button which makes it "random". Typed words go out as plain text.
    """
    st.text(f"Not in the corpus, and so a row of zeros: {', '.join(unknown)}")
    row = st.container(horizontal=True, vertical_alignment="center")
    with row:
        st.button("Use random vectors", key=key, icon=":material/casino:",
                  help="They are drawn from a word's letters, so that every word of every language has one.",
                  on_click=session.choices.__setitem__, args=(vectors, "random"))  # fmt: skip
        with st.popover("Words that the corpus knows", icon=":material/list:"):
            st.text(", ".join(sorted(known)))
    return row
