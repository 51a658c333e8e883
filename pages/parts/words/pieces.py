"""The fourth part of the words page: byte-pair merges of the toy corpus, one by one, and the person's words in pieces."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.cache import cached
from nncore.words.byte_pairs import (
    N_BYTES,
    BytePairs,
    Merge,
    corpus_in_pieces,
    count_pieces,
    decode,
    learn_merges,
    rank_pairs,
    toy_word_counts,
)
from nncore.words.graphemes import graphemes
from nncore.words.text import MAX_CHARACTERS, TOKEN_RULE, words_of
from pages.parts.fields.numbers import short
from pages.parts.fields.sentence_field import sentence_field
from pages.parts.figures.words.pieces import pairs_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session

MERGES = 150
SHOWN, LISTED = 8, 12  # pairs in the figure, merges in the list
TYPED = "the unhappiest robots followed mice"


def learned_merges() -> BytePairs:
    """The merges of the toy corpus, worked out once for all viewers."""
    return cached(_learn, n_bytes=40_000)


def _learn() -> BytePairs:
    return learn_merges(toy_word_counts(), MERGES)


def pieces_part(session: Session) -> None:
    """The pairs counted now, the merge that comes of them, and the typed words in pieces."""
    tokeniser = learned_merges()
    last = len(tokeniser.merges)
    done = choice(session, "merges", "int", 0, Span(0, last))
    words = corpus_in_pieces(toy_word_counts(), tokeniser, done)
    left, right = st.columns([3, 2], gap="large")  # on a phone the figure stands first
    with left:
        ranking = rank_pairs(words, SHOWN)
        st.markdown(f"**Which two pieces stand together most often** in the corpus, after {merges_in_words(done)}? "
                    + next_words(ranking, done < last))  # fmt: skip
        show_figure("pairs", "The most frequent pairs of pieces and how often each occurs.", pairs_figure,
                    [(shown(m.left), shown(m.right)) for m in ranking], np.array([m.count for m in ranking]))  # fmt: skip
        _next(session, done, last)
        st.markdown(corpus_words(words, toy_word_counts().total(), done))
    with right:
        text = sentence_field(session, "pieces_text", "Your words", TYPED, f"At most {MAX_CHARACTERS} characters.")
        _typed(tokeniser, words_of(text), done)
        _list(tokeniser.merges[:done])
    st.info("**Try:** press *Next merge* ten times and watch *the* become one piece. Then set the slider to the end, and "
            "type *cats*, *boxes*, *café*, or an emoji: no word is unknown, the rarest is a row of bytes.",
            icon=":material/experiment:")  # fmt: skip


def _next(session: Session, done: int, last: int) -> None:
    """A slider over the merges, and a button for the next one."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.button("Next merge", type="primary", icon=":material/merge:", key="next_merge", disabled=done >= last,
                  on_click=_merge, args=(session, last))
        st.slider(f"Merges learned: {done} of {last}", 0, last, **bind_choice(session, "merges", done, 0))


def _merge(session: Session, last: int) -> None:
    session.choices["merges"] = str(min(int(session.choices.get("merges", "0")) + 1, last))


def _typed(tokeniser: BytePairs, words: Sequence[str], done: int) -> None:
    """The typed `words` in pieces, and how the longest of them was put together. Typed words go out as plain text."""
    st.caption(f"First into words, as in the corpus: {TOKEN_RULE[0].lower()}{TOKEN_RULE[1:]} Then each word into pieces.")
    if not words:
        st.caption("Type a word to see its pieces.")
        return
    n_pieces = sum(len(tokeniser.encode(word, done)) for word in words)
    st.caption(f"{n_pieces} piece{'s' * (n_pieces > 1)} for {len(words)} word{'s' * (len(words) > 1)}")
    st.code(split_line(tokeniser, words, done), language=None, wrap_lines=True)
    word = max(words, key=lambda word: len(graphemes(word)))
    steps = tokeniser.steps(word, done)
    if len(steps) > 1:
        st.caption("How the longest word was put together, merge by merge")
        st.code("\n".join(f"{number:>3}  {'·'.join(map(shown, parts))}" for number, parts in steps), language=None)


def split_line(tokeniser: BytePairs, words: Sequence[str], done: int) -> str:
    """The `words` with a dot between their pieces."""
    return " ".join("·".join(map(shown, tokeniser.encode(word, done))) for word in words)


def shown(piece: bytes) -> str:
    """A piece as letters, or byte by byte in hexadecimal numbers where it is no whole letter."""
    try:
        return decode([piece])
    except ValueError:
        return "".join(f"⟨{byte:02x}⟩" for byte in piece)


def merges_in_words(done: int) -> str:
    """How many merges were made."""
    return "no merge yet" if done == 0 else f"{done} merge{'s' * (done > 1)}"


def next_words(ranking: Sequence[Merge], goes_on: bool) -> str:
    """What becomes of the most frequent pairs: the first is merged next, by the alphabet where several are as frequent."""
    if not goes_on:
        return "Here the merges of this page end; a language model learns tens of thousands."
    tied = len(ranking) > 1 and ranking[0].count == ranking[1].count
    return "The first pair becomes one piece next" + (", of equals the first in the alphabet." if tied else ".")


def corpus_words(words: dict, n_words: int, done: int) -> str:
    """How long the corpus is in pieces now, and what the tokeniser has to know for that."""
    n_pieces = count_pieces(words)
    whole = sum(times for pieces, times in words.items() if len(pieces) == 1)
    return (
        f"**The corpus** of {n_words:,} words is {n_pieces:,} pieces long, {short(n_pieces / n_words)} per word; {whole:,} "
        f"of its words are one piece. The tokeniser knows {N_BYTES} bytes and {done} merged pieces: {N_BYTES + done} in all."
    )


def _list(merges: Sequence[Merge]) -> None:
    """The last merges that were made, the newest first."""
    if not merges:
        return
    first = len(merges)
    lines = [f"{first - k:>3}  {shown(m.left)} + {shown(m.right)} → {shown(m.piece)}   {m.count:,} times"
             for k, m in enumerate(reversed(merges[-LISTED:]))]  # fmt: skip
    st.caption(f"The last {len(lines)} merges" if len(merges) > 1 else "The first merge")
    st.code("\n".join(lines), language=None)
