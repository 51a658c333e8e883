"""A field for a sentence: what is typed stays in it, and a sentence that cannot be used is reported in one sentence."""

from functools import partial

import streamlit as st

from nncore.words.text import MAX_CHARACTERS
from pages.parts.page.choices import bind_choice
from pages.parts.page.session import Session


def sentence_field(session: Session, name: str, label: str, default: str, help_text: str) -> str:
    """Draws the field of the choice `name` and returns its text, of at most MAX_CHARACTERS characters.

    The field itself sets no limit: Streamlit would drop a longer paste without a word.
    """
    text = session.choices.get(name, default)
    if len(text) > MAX_CHARACTERS:
        session.notes.append(f"{_too_long(label, text)}; an example is used instead.")
        del session.choices[name]
        text = default
    field = bind_choice(session, name, text, default)
    keep = field["on_change"]
    st.text_input(label, help=help_text, **(field | {"on_change": partial(_keep, session, label, field["key"], keep)}))
    return text


def _keep(session: Session, label: str, key: str, keep) -> None:
    text = st.session_state.get(key) or ""
    if len(text) > MAX_CHARACTERS:
        session.notes.append(f"{_too_long(label, text)}. The sentence before it stays.")
    else:
        keep()


def _too_long(label: str, text: str) -> str:
    return f"“{label}” takes at most {MAX_CHARACTERS} characters, and this has {len(text):,}"
