"""Attention is not an explanation: other attention, the same word."""

import numpy as np
import streamlit as st

from nncore.attention_runs import TranslationRun, encode_phrase
from nncore.translation import split_phrases
from nncore.translation_probe import farthest_attention, mean_distance
from pages.parts.attention_learned import pick_phrase
from pages.parts.figures.attention import Axes, share_figure
from pages.parts.learning import recording_of
from pages.parts.memo import memo
from pages.parts.server import drawing
from pages.parts.session import Session
from pages.parts.style import is_dark

RUN = TranslationRun()


def explain(session: Session) -> None:
    """For each French word the attention farthest from the learned one that still gives the same word."""
    recording = recording_of(session, "translate", RUN, lambda recording: None)
    if recording is None:
        st.caption("This needs the trained translator: train it here, or on the step before.")
        return
    model = RUN.model(recording.parameters[-1])
    phrase = pick_phrase(session)
    X = encode_phrase(*phrase)[0]
    found = [farthest_attention(model, X, place) for place in range(len(X))]
    words = [alternative.word for alternative in found]
    axes = Axes(words, phrase, "French", "English")
    for column, title, rows in zip(
        st.columns(2, gap="large"), ("Learned", "Other attention, the same words"),
        (np.array([f.learned for f in found]), np.array([f.other for f in found])), strict=True,
    ):  # fmt: skip
        with column, drawing:
            st.markdown(f"**{title}**")
            st.plotly_chart(share_figure(rows, axes, is_dark()), theme=None, key=f"explain_{title}",
                            config={"displayModeBar": False}, alt=f"{title}: attention of {' '.join(words)}.")  # fmt: skip
    moved = ", ".join(f"*{f.word}* {f.distance:.0%}" for f in found)
    surer = ", ".join(f"*{f.word}* {f.shares[0]:.0%} → {f.shares[1]:.0%}" for f in found)
    st.markdown(f"So much of the attention was moved elsewhere without changing the word: {moved}. They stay the "
                f"most likely words; their probabilities go {surer}.")  # fmt: skip
    key = f"mean_distance {RUN!r} {recording.updates[-1]}"
    average = memo().fetch(key, lambda: mean_distance(model, split_phrases()[1].X), 100)
    st.markdown(f"On average over all held-out phrases, {average[0]:.0%} can be moved for the article, {average[1]:.0%} for "
                f"the noun and {average[2]:.0%} for the adjective.")  # fmt: skip
