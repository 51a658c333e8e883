"""Attention is not an explanation: other attention, the same word."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.attention.translation import Translator, split_phrases
from nncore.attention.translation_probe import Alternative, farthest_attention, mean_distance
from nncore.attention.translation_run import TranslationRun, encode_phrase
from nncore.experiments.cache import cached
from pages.parts.attention.learned import pick_phrase, pick_run, recording_for
from pages.parts.attention.story import Story
from pages.parts.fields.numbers import exact_percent as percent
from pages.parts.figures.attention import Axes, share_figure
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session

SAME = 0.005  # probabilities that print alike
TURNED = 0.5  # so much of a row's attention moved is another story
TO_TRY = "Pick other phrases, and other first weights: how far attention can be turned depends on both."


def explain(session: Session) -> Story:
    """For each French word the attention farthest from the learned one that still gives it, once trained; its story."""
    run = pick_run(session)
    recording = recording_for(session, run)
    if recording is None:
        return Story(None, "Train the translator, here or on *Learned translation*: it is the same.")
    with st.container():  # one element, which makes room as a whole for the next training
        model = run.model(recording.parameters[-1])
        found = _compare(model, pick_phrase(session))
        average = cached(_mean_distances, run, recording.parameters[-1], n_bytes=100)
        st.markdown(f"On average over all held-out phrases, {percent(average[0])} can be moved for the article, "
                    f"{percent(average[1])} for the noun and {percent(average[2])} for the adjective.")  # fmt: skip
    return Story(notice(found), TO_TRY)


def _mean_distances(run: TranslationRun, parameters: np.ndarray) -> np.ndarray:
    """How much of each French word's attention can be moved, on average over the held-out phrases."""
    return mean_distance(run.model(parameters), split_phrases()[1].X)


def _compare(model: Translator, phrase: tuple[str, str, str]) -> list[Alternative]:
    """Both attentions of the phrase side by side, and what they have in common, in words; returns what was found."""
    X = encode_phrase(*phrase)[0]
    found = [farthest_attention(model, X, place) for place in range(len(X))]
    words = [alternative.word for alternative in found]
    axes = Axes(words, phrase, "French: who looks", "English: at whom")
    for column, title, rows in zip(
        st.columns(2, gap="large"), ("Learned", "Other attention, the same words"),
        (np.array([f.learned for f in found]), np.array([f.other for f in found])), strict=True,
    ):  # fmt: skip
        with column:
            st.markdown(f"**{title}**")
            show_figure(f"explain_{title}", f"{title}: attention of {' '.join(words)}.", share_figure, rows, axes)
    moved = ", ".join(f"*{f.word}* {percent(f.distance)}" for f in found)
    st.markdown(f"So much of each row was moved to other English words, and the French word stays: {moved}. "
                + surer_in_words(found))  # fmt: skip
    return found


def notice(found: Sequence[Alternative]) -> str:
    """What to make of the two matrices, by how far the attention could be turned."""
    farthest = max(found, key=lambda f: f.distance)
    if farthest.distance < TURNED:
        return (f"Here no row could be turned by half without another word: at most {percent(farthest.distance)}, for "
                f"*{farthest.word}*. Other phrases and other first weights leave other room.")  # fmt: skip
    return ("The matrix on the right tells another story than the one on the left, and the words are the same. A weight "
            "says what was mixed in, not what the answer depends on.")  # fmt: skip


def surer_in_words(found: Sequence[Alternative]) -> str:
    """Whether the same words come out as surely with the other attention, with their probabilities."""
    surer = ", ".join(f"*{f.word}* {percent(f.shares[0])} → {percent(f.shares[1])}" for f in found)
    fallen = sum(f.shares[1] < f.shares[0] - SAME for f in found)
    how = "some of them less surely" if 0 < fallen < len(found) else "less surely" if fallen else "as surely as before"
    return f"They stay the most likely words, {how}: {surer}."
