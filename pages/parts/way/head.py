"""The head of a page: its question, its answer in a sentence, and on a phone its name and the way to its settings."""

from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path

import streamlit as st

from pages.parts.way.contents import Entry

# Way.js gives the first the page's address, and fills the second where the page is long.
ALONE = '<a class="glassbox-alone" href="./">Open in a new tab</a>'
JUMPS = '<nav class="glassbox-jumps" aria-label="On this page"></nav>'


@cache
def _style_and_script() -> str:
    """The frame's CSS, its backgrounds those of the two themes, and its script."""
    css, script = ((Path(__file__).parent / name).read_text(encoding="utf-8") for name in ("way.css", "way.js"))
    for theme in ("light", "dark"):
        css = css.replace(theme.upper(), st.get_option(f"theme.{theme}.backgroundColor"))
    return f"<style>{css}</style><script>{script}</script>"


def head(entry: Entry, beside: Callable[[], None] | None = None, has_settings: bool = False) -> None:
    """Draws the head of the page; `beside` draws at its right, `has_settings` says that its sidebar holds controls."""
    if st.context.is_embedded:
        st.html(ALONE)
    _bar(entry, has_settings)
    if beside is None:
        _words(entry)
    else:
        words, place = st.columns([5, 1], vertical_alignment="center")
        with words:
            _words(entry)
        with place:
            beside()
    st.html(_style_and_script(), unsafe_allow_javascript=True)


def _words(entry: Entry) -> None:
    with st.container(key="head", gap=None):
        st.title(entry.question, anchor=False)
        st.markdown(entry.answer)


def _bar(entry: Entry, has_settings: bool) -> None:
    """The list of a long page's parts, and on a narrow screen the page's name and a button that opens the sidebar."""
    name, opens = escape(entry.title), "Settings" if has_settings else "Pages"
    button = f'<button type="button" class="glassbox-open">{opens}</button>'
    st.html(f'<div class="glassbox-here"><span>{name}</span>{JUMPS}{button}</div>')
