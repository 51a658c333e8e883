"""The first part of the words page: tokens, their vectors, and the matrix that is learned from the toy corpus."""

from collections.abc import Sequence

import plotly.graph_objects as go
import streamlit as st

from nncore.words.corpus import CATEGORIES, category_of, toy_corpus
from nncore.words.skipgram import guessing_loss
from nncore.words.text import TextStages, TextSteps
from nncore.words.vectors import nearest, principal_plane
from pages.parts.fields.numbers import percent, short
from pages.parts.fields.source import show_source
from pages.parts.figures.words.matrices import falling_losses, matrix_figure, name_words, plain, word_map
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.inside.take_code import take_code
from pages.parts.page.inside.trained import Trained
from pages.parts.page.session import Session
from pages.parts.words.controls import WordSettings, epoch_slider
from pages.parts.words.models import again_button
from pages.parts.words.unknown import say_unknown

OTHER = "other words"


def token_steps(stages: TextStages, steps: TextSteps) -> None:
    """What the line is after each step, and which steps leave it unchanged. Typed words go out as plain text only."""
    columns = st.columns(4)
    count = len(stages.tokens)
    shown = (
        ("after lower-casing" if steps.lower else "lower-casing is off: unchanged", stages.lowered),
        ("after punctuation" if steps.punctuation else "punctuation stays: unchanged", stages.cleaned),
        ("after splitting" if steps.split else "splitting is off: one piece", " | ".join(stages.split)),
        (f"{count} token" + "s" * (count != 1), " | ".join(stages.tokens)),
    )
    for column, (label, text) in zip(columns, shown, strict=True):
        column.caption(label)
        column.code(text, language=None, wrap_lines=True)


def vector_rows(session: Session, tokens: Sequence[str], settings: WordSettings) -> None:
    """The sentence's vectors as a matrix E with one row per token, and what became of unknown words."""
    E = settings.vectors(tuple(tokens))
    columns = [str(k + 1) for k in range(E.shape[1])]
    hover = [[f"{plain(word)}, number {k + 1}: {short(value, 3)}" for k, value in enumerate(row)]
             for word, row in zip(tokens, E, strict=True)]
    show_figure("sentence_rows", f"The sentence as a matrix, a row per token: {len(tokens)} by {E.shape[1]}.",
                matrix_figure, E, tokens, columns, hover)
    st.markdown(f"This is **E**, {len(tokens)} × {E.shape[1]}: one row per token, whatever its place in the sentence.")
    say_unknown(session, tokens, settings)
    if settings.embedding is None:
        st.caption("Random vectors know no unknown words: every string of letters has its own, the same each time.")


def learned_embedding(session: Session, settings: WordSettings, tokens: Sequence[str]) -> None:
    """In a fold, the skip-gram's matrix at the epoch on screen: as rows, as a map, with its losses and neighbours."""
    asked_for = bool({"learned_epoch", "neighbour"} & set(session.choices))
    with st.expander("Where the learned numbers come from: trained before you came, and to be watched again", asked_for):
        _embedding(session, settings, tokens)
    embedding = settings.embedding
    take_code(Trained(session, embedding.settings, embedding.recording, settings.epoch))


def _embedding(session: Session, settings: WordSettings, tokens: Sequence[str]) -> None:
    last = len(settings.embedding.frames) - 1
    st.markdown(
        f"A **skip-gram** model reads {len(toy_corpus())} short sentences. For each word it answers six yes-or-no "
        "questions, *does this word stand near it?*: one about a true neighbour, five about words drawn at random (negative "
        "sampling). It owns nothing but two matrices, and **the weight matrix is the embedding**: row i is the vector of "
        "word i."
    )
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    with left:
        epoch_slider(session, "learned_epoch", settings.epoch, last)
    with right:
        again_button("Watch it learn", "embedding")
    _map_and_rows(settings, tokens)
    _losses_and_neighbours(session, settings)


def _map_and_rows(settings: WordSettings, tokens: Sequence[str]) -> None:
    embedding, words = settings.embedding, settings.embedding.vocabulary.words
    W = embedding.frames[settings.epoch].astype(float)
    kinds = [category_of(word) or OTHER for word in words]
    order = sorted(range(len(words)), key=lambda i: [*CATEGORIES, OTHER].index(kinds[i]))
    listed = [word for group in CATEGORIES.values() for word in group]
    at = list(embedding.vocabulary.indices(listed))
    rows = W[at]
    # The last epoch's plane for all epochs, so that scrubbing moves the words and not the axes.
    plane = principal_plane(embedding.frames[-1][at].astype(float))
    reach = plane.project(embedding.frames[-1].astype(float))
    points = plane.project(W)
    hover = [[f"{word} ({category_of(word)}), number {k + 1}: {short(value, 3)}" for k, value in enumerate(row)]
             for word, row in zip(listed, rows, strict=True)]
    left, right = st.columns([3, 2], gap="large")
    named = [i for i in range(len(words)) if words[i] in tokens]

    def named_map(dark: bool) -> go.Figure:
        figure = word_map(points[order], reach, [words[i] for i in order], [kinds[i] for i in order], dark)
        name_words(figure, points[named], [words[i] for i in named], dark)
        return figure

    with left:
        show_figure("word_map", f"All {len(words)} words as points, coloured by kind.", named_map)
    with right:
        show_figure("embedding_rows", f"{len(listed)} rows of the weight matrix, sorted by kind.",
                    matrix_figure, rows, listed, [str(k + 1) for k in range(W.shape[1])], hover)
    left.caption(f"The {W.shape[1]} numbers of each word, seen in the plane in which the seven kinds spread "
                 f"most: it shows {percent(plane.shares.sum())} of their spread. The words of your sentence carry their "
                 "names.")
    right.caption("Rows of the matrix, words of one kind together. Nobody told the model which words are of one kind: their "
                  "rows grow alike because they keep the same company.")


def _losses_and_neighbours(session: Session, settings: WordSettings) -> None:
    embedding, words = settings.embedding, settings.embedding.vocabulary.words
    left, right = st.columns([3, 2], gap="large")
    with left:
        show_figure("embedding_losses", "The skip-gram's loss over the epochs.",
                    falling_losses, embedding.losses, ["training"], settings.epoch, None)
    left.caption(f"Six questions answered by a coin cost 6 ln 2 = {guessing_loss(5, 1 / 2):.2f}: it begins near that. "
                 "Always answering “yes with probability 1/6”, without a look at the words, costs ln 6 + 5 ln (6/5) = "
                 f"{guessing_loss(5, 1 / 6):.2f}. At epoch {settings.epoch} it is "
                 f"{short(float(embedding.losses[settings.epoch]), 3)}.")
    word = choice(session, "neighbour", "str", "cat", words)
    right.selectbox("Nearest neighbours of", sorted(words), help="By the angle between two rows: cosine 1 is one direction.",
                    **bind_choice(session, "neighbour", word, "cat"))
    E = embedding.frames[settings.epoch].astype(float)
    found = nearest(word, words, E)
    lines = [f"| {name} | {category_of(name) or '–'} | {short(cosine, 3)} |" for name, cosine in found]
    right.markdown("\n".join(["| word | kind | cosine |", "|:--|:--|--:|", *lines]))
    with right:
        show_source(nearest, came=found, word=word, words=words, E=E)
