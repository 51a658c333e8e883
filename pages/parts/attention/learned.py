"""The learned translation: train it, rewind it, and look at the attention of any phrase."""

import numpy as np
import streamlit as st

from nncore.attention.translation import ADJECTIVES, ARTICLES, NOUNS, TARGET_WORDS, Translator, split_phrases, translate
from nncore.attention.translation_run import TranslationRun, encode_phrase
from nncore.experiments.recording.recording import Recording
from pages.parts.attention.cell_text import softmax_hover
from pages.parts.attention.story import Story
from pages.parts.fields.numbers import fine_percent
from pages.parts.figures.attention import Axes, learning_figure, share_figure
from pages.parts.figures.ticks import share_cell
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.inside.take_code import take_code
from pages.parts.page.inside.trained import Trained
from pages.parts.page.playing.learning import frame_slider, recording_of
from pages.parts.page.playing.learning_view import Attention
from pages.parts.page.session import Session

SETTINGS = {
    "steady": "AdamW 0.01, weight decay 0.1",
    "hasty": "Adam 0.02, no weight decay: most starts get stuck",
}
NAMES = {"steady": "AdamW 0.01", "hasty": "Adam 0.02"}
SCORES = ("training loss", "whole phrases right")
TO_TRY = ("Scrub from the first snapshot on: in every row the weights begin near a third for each word. Then pick *Adam "
          "0.02*: most starts end with an article that attends only to the English article, so it never learns the "
          "gender.")  # fmt: skip
SMALL = 0.2  # a share of attention that one may take for none
PARTS = (("article", ARTICLES), ("adjective", ADJECTIVES), ("noun", NOUNS))


def pick_run(session: Session) -> TranslationRun:
    """How it trains, and from which first weights."""
    setting = choice(session, "setting", "str", "steady", SETTINGS)
    seed = choice(session, "start_from", "int", 0, Span(0, 9))
    place = st.popover(f"{NAMES[setting]}, start {seed}", icon=":material/tune:")
    place.selectbox("How it trains", list(SETTINGS), format_func=SETTINGS.get,
                   help="Adam 0.02 takes larger steps: from most starts attention saturates before it has found the noun.",
                   **bind_choice(session, "setting", setting, "steady"))  # fmt: skip
    place.selectbox("First weights", range(10), format_func=lambda number: f"start {number}",
                    help="Other random first weights; the phrases stay the same.",
                    **bind_choice(session, "start_from", seed, 0))  # fmt: skip
    return TranslationRun(setting, seed)


def pick_phrase(session: Session) -> tuple[str, str, str]:
    """An English phrase of the grammar."""
    picked = []
    for column, (name, table) in zip(st.columns(3), PARTS, strict=True):
        words = list(table)
        default = {"article": "the", "adjective": "green", "noun": "house"}[name]
        word = choice(session, name, "str", default, table)
        column.selectbox(name.capitalize(), words, **bind_choice(session, name, word, default))
        picked.append(word)
    return tuple(picked)


def learned(session: Session) -> Story:
    """Trains the translator, then shows its attention for a phrase at any frame; its story."""
    run = pick_run(session)
    recording = recording_for(session, run)
    if recording is None:
        return Story(None, TO_TRY)
    with st.container():  # one element, which makes room as a whole for the next training
        left, right = st.columns([1, 1], gap="large")  # on a phone the matrix stands first
    with right:
        phrase = pick_phrase(session)
        frame = frame_slider(session, "translation_frame", recording)
    with left:
        model = run.model(recording.parameters[frame])
        attention_of(model, phrase, f"translation_matrix_{frame}")
        _verdict(run, recording, frame, phrase)
    with right:
        _curves(recording, frame, "translation_curves")
    take_code(Trained(session, run, recording, frame))
    return Story(noticed(model, phrase), TO_TRY)


def recording_for(session: Session, run: TranslationRun) -> Recording | None:
    """The recording of `run`, trained in front of the viewer, its matrix and its losses moving; None before that."""

    def looks(parameters: np.ndarray) -> Attention:
        phrase = ("the", "green", "house")
        work = run.model(parameters).run(encode_phrase(*phrase))
        french = [TARGET_WORDS[word] for word in work.log_probabilities[0].argmax(axis=-1)]
        return Attention(work.weights, french, phrase, max(map(len, TARGET_WORDS)))

    recording = recording_of(session, "translate", run, looks)
    if recording is None:
        st.caption("72 of the 96 phrases of the grammar are learned, 24 are held out. It takes a second or two.")
    return recording


def attention_of(model: Translator, phrase: tuple[str, str, str], key: str) -> None:
    """The attention of one phrase, for the words that the model says."""
    work = model.run(encode_phrase(*phrase))
    french = [TARGET_WORDS[word] for word in work.log_probabilities[0].argmax(axis=-1)]
    scores = work.Q @ work.K[0].T / np.sqrt(work.Q.shape[-1])
    axes = Axes(french, phrase, "French: query word", "English: key word")
    hover = softmax_hover(scores, work.weights[0], french, phrase)
    shares = "; ".join(" ".join(f"{share:.2f}" for share in row) for row in work.weights[0])
    show_figure(key, f"Attention from {' '.join(french)} to {' '.join(phrase)}: {shares}",
                lambda dark: share_figure(work.weights[0], axes, dark, hover))  # fmt: skip


def noticed(model: Translator, phrase: tuple[str, str, str]) -> str:
    """What the matrix of the phrase shows of the grammar: the swap, and how much attention the noun gets, in its numbers."""
    X = encode_phrase(*phrase)
    weights, said = model.attention(X)[0], [TARGET_WORDS[word] for word in model.predict(X)[0]]
    looks = [phrase[column] for column in weights.argmax(axis=1)]
    crosses = looks[1:] == [phrase[2], phrase[1]]
    swap = (f"The second French word attends most to *{looks[1]}*, the third to *{looks[2]}*: "
            + ("the rows cross over, because French puts the noun before the adjective. " if crosses
               else "the rows do not cross over here, though French puts the noun before the adjective. "))  # fmt: skip
    shares = weights[[0, 2], 2]
    gender = (f"Article and adjective must agree with the noun's gender: of its attention the article gives *{phrase[2]}* "
              f"{fine_percent(shares[0])}, the adjective {fine_percent(shares[1])}.")  # fmt: skip
    if shares.min() < SMALL and tuple(said) == translate(phrase):
        gender += " The words are right all the same: a small weight on the noun can be enough."
    return swap + gender


def _curves(recording: Recording, frame: int, key: str) -> None:
    """The losses and the shares of phrases right, up to the end of the recording."""
    show_figure(key, "Loss, and the share of phrases right, over the updates.",
                learning_figure, recording.updates, recording.scores, frame, SCORES)  # fmt: skip


def _verdict(run: TranslationRun, recording: Recording, frame: int, phrase: tuple[str, str, str]) -> None:
    """Its translation of the phrase, whether the phrase was learned or held out, and how good it is on the whole."""
    model, (train, _) = run.model(recording.parameters[frame]), split_phrases()
    X = encode_phrase(*phrase)
    said, wanted = [TARGET_WORDS[word] for word in model.predict(X)[0]], translate(phrase)
    known = bool((train.X == X).all(axis=1).any())
    st.markdown(
        f"**{' '.join(phrase)}** → **{' '.join(said)}** "
        + ("· right" if tuple(said) == wanted else f"· wrong, it should be *{' '.join(wanted)}*")
        + (" · a training phrase" if known else " · a held-out phrase")
    )
    st.markdown(
        f"At this snapshot {fine_percent(recording.scores[frame, 2])} of the held-out phrases are right. "
        f"{_outcome(run, recording)}"
    )


def _outcome(run: TranslationRun, recording: Recording) -> str:
    """Whether and when this training got to 95 % of the held-out phrases."""
    first = recording.first_at(2, 0.95)
    if first is not None:
        return f"Over 95 % were reached after {first:,} updates."
    if recording.updates[-1] < run.n_updates:
        return "Training was stopped before 95 % were reached: train on to see whether they will be."
    return _stuck(run, recording)


def _stuck(run: TranslationRun, recording: Recording) -> str:
    """Why this training never got there, in numbers."""
    model, (train, _) = run.model(recording.parameters[-1]), split_phrases()
    on_noun = model.attention(train.X)[:, 0, 2].mean()
    wrong = (model.predict(train.X) != train.y).mean(axis=0)
    return (
        f"**Stuck in a local minimum:** it ends at {fine_percent(recording.scores[-1, 2])}. Of the French article's "
        f"attention, the noun, which decides the gender, gets {share_cell(on_noun)}, and {fine_percent(wrong[0])} of the "
        f"articles, {fine_percent(wrong[1])} of the nouns and {fine_percent(wrong[2])} of the adjectives are wrong even on "
        "the training phrases. Where a weight is nearly "
        "0, so is its gradient: attention that has saturated does not come back."
    )
