"""Attention is not an explanation: other attention, the same word."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.attention_runs import TranslationRun, encode_phrase
from nncore.translation import Translator, split_phrases
from nncore.translation_probe import Alternative, farthest_attention, mean_distance
from pages.parts.attention_learned import pick_phrase
from pages.parts.figures.attention import Axes, share_figure
from pages.parts.learning import recording_of
from pages.parts.memo import memo
from pages.parts.numbers import exact_percent as percent
from pages.parts.server import drawing
from pages.parts.session import Session
from pages.parts.style import is_dark

RUN = TranslationRun()
SAME = 0.005  # probabilities that print alike


def explain(session: Session) -> bool:
    """For each French word the attention farthest from the learned one that still gives it; whether that is drawn."""
    recording = recording_of(session, "translate", RUN, lambda recording: None)
    if recording is None:
        st.caption("This needs the trained translator: train it here, or on *Learned translation*.")
        return False
    with st.container():  # one element, which makes room as a whole for the next training
        _compare(RUN.model(recording.parameters[-1]), pick_phrase(session))
        key = f"mean_distance {RUN!r} {recording.updates[-1]}"
        model = RUN.model(recording.parameters[-1])
        average = memo().fetch(key, lambda: mean_distance(model, split_phrases()[1].X), 100)
        st.markdown(f"On average over all held-out phrases, {percent(average[0])} can be moved for the article, "
                    f"{percent(average[1])} for the noun and {percent(average[2])} for the adjective.")  # fmt: skip
    return True


def _compare(model: Translator, phrase: tuple[str, str, str]) -> None:
    """Both attentions of the phrase side by side, and what they have in common, in words."""
    X = encode_phrase(*phrase)[0]
    found = [farthest_attention(model, X, place) for place in range(len(X))]
    words = [alternative.word for alternative in found]
    axes = Axes(words, phrase, "French: who looks", "English: at whom")
    for column, title, rows in zip(
        st.columns(2, gap="large"), ("Learned", "Other attention, the same words"),
        (np.array([f.learned for f in found]), np.array([f.other for f in found])), strict=True,
    ):  # fmt: skip
        with column, drawing:
            st.markdown(f"**{title}**")
            st.plotly_chart(share_figure(rows, axes, is_dark()), theme=None, key=f"explain_{title}",
                            config={"displayModeBar": False}, alt=f"{title}: attention of {' '.join(words)}.")  # fmt: skip
    moved = ", ".join(f"*{f.word}* {percent(f.distance)}" for f in found)
    st.markdown(f"So much of the attention was moved elsewhere without changing the word: {moved}. {surer_in_words(found)}")


def surer_in_words(found: Sequence[Alternative]) -> str:
    """Whether the same words come out as surely with the other attention, with their probabilities."""
    surer = ", ".join(f"*{f.word}* {percent(f.shares[0])} → {percent(f.shares[1])}" for f in found)
    fallen = sum(f.shares[1] < f.shares[0] - SAME for f in found)
    how = "some of them less surely" if 0 < fallen < len(found) else "less surely" if fallen else "as surely as before"
    return f"They stay the most likely words, {how}: {surer}."
