"""Attention is not an explanation: other attention, the same word."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.attention.translation import Translator, split_phrases
from nncore.attention.translation_probe import Alternative, farthest_attention, mean_distance
from nncore.attention.translation_run import TranslationRun, encode_phrase
from nncore.cache import cached
from pages.parts.attention.learned import pick_phrase, pick_run, recording_for
from pages.parts.attention.story import Story
from pages.parts.fields.numbers import fine_percent
from pages.parts.figures.attention import Axes, share_figure
from pages.parts.page.choices import Rule, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session

SAME = 0.005  # probabilities that print alike
BOUNDS, BOUND = (0.01, 0.05, 0.2, 1.0), 0.05  # of the probabilities that may move
BOUND_WORDS = f"{', '.join(map(str, BOUNDS[:-1]))} or {BOUNDS[-1]:g}"
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
        pictures = st.container()  # above their controls, so that a phone's first screen has them
        phrase, bound = pick_phrase(session), _pick_bound(session)
        with pictures:
            found = _compare(model, phrase, bound)
        average = cached(_mean_distances, run, recording.parameters[-1], bound, n_bytes=100)
        st.markdown(f"On average over all held-out phrases, {fine_percent(average[0])} can be moved for the "
                    f"article, {fine_percent(average[1])} for the noun and {fine_percent(average[2])} for the "
                    "adjective.")
    return Story(notice(found, bound), TO_TRY)


def _mean_distances(run: TranslationRun, parameters: np.ndarray, bound: float) -> np.ndarray:
    """How much of each French word's attention can be moved, on average over the held-out phrases."""
    return mean_distance(run.model(parameters), split_phrases()[1].X, bound)


def _pick_bound(session: Session) -> float:
    """How much of the probabilities of the French words may move."""
    bound = choice(session, "explain_bound", "float", BOUND, Rule(BOUNDS.__contains__, BOUND_WORDS))
    st.segmented_control(
        "The probabilities of the French words may move by at most", BOUNDS, required=True,
        format_func=lambda value: f"{100 * value:.0f} %" if value < 1 else "any amount, if the word stays",
        help="Total variation: half the sum of the changes of all words' probabilities. The other attention is found by "
             "trying all 1,326 triples of multiples of 2 %, and is the one farthest from the learned attention.",
        **bind_choice(session, "explain_bound", bound, BOUND),
    )  # fmt: skip
    return bound


def _compare(model: Translator, phrase: tuple[str, str, str], bound: float) -> list[Alternative]:
    """Both attentions of the phrase side by side, and what they have in common, in words; returns what was found."""
    X = encode_phrase(*phrase)[0]
    found = [farthest_attention(model, X, place, bound) for place in range(len(X))]
    words = [alternative.word for alternative in found]
    axes = Axes(words, phrase, "French: query word", "English: key word")
    for column, title, rows in zip(
        st.columns(2, gap="large"), ("Learned", "Other attention, the same words"),
        (np.array([f.learned for f in found]), np.array([f.other for f in found])), strict=True,
    ):  # fmt: skip
        with column:
            st.markdown(f"**{title}**")
            show_figure(f"explain_{title}", f"{title}: attention of {' '.join(words)}.", share_figure, rows, axes)
    moved = ", ".join(f"*{f.word}* {fine_percent(f.distance)}" for f in found)
    most = max(f.change for f in found)
    st.markdown(f"So much of each row was moved to other English words, and the French word stays: {moved}. "
                + f"{surer_in_words(found)} Of all words' probabilities at most {fine_percent(most)} moved.")  # fmt: skip
    return found


def notice(found: Sequence[Alternative], bound: float = BOUND) -> str:
    """What to make of the two matrices, by how far the attention could be turned."""
    farthest = max(found, key=lambda f: f.distance)
    if farthest.distance < TURNED:
        return ("Here no row could be turned by half without more of a change in the words: at most "
                f"{fine_percent(farthest.distance)}, for *{farthest.word}*. Other phrases and other first weights leave "
                "other room.")  # fmt: skip
    if bound == 1:
        return ("The matrix on the right tells another story than the one on the left, and the most likely words are the "
                "same; how sure the network is of them is not. Keep the probabilities within a bound to ask for more.")
    return ("The matrix on the right tells another story than the one on the left, and the words come out with nearly the "
            f"same probabilities (within {100 * bound:.0f} %). A weight says what was mixed in, not what the answer depends "
            "on.")  # fmt: skip


def surer_in_words(found: Sequence[Alternative]) -> str:
    """Whether the same words come out as surely with the other attention, with their probabilities."""
    surer = ", ".join(f"*{f.word}* {fine_percent(f.shares[0])} → {fine_percent(f.shares[1])}" for f in found)
    fallen = sum(f.shares[1] < f.shares[0] - SAME for f in found)
    how = "some of them less surely" if 0 < fallen < len(found) else "less surely" if fallen else "as surely as before"
    return f"They stay the most likely words, {how}: {surer}."
