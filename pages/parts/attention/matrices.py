"""The four matrices of attention, looked at and changed by hand: a sentence's own, and the trained translator's."""

from dataclasses import replace

import numpy as np
import streamlit as st

from nncore import MultiHeadAttention
from nncore.attention.translation import TARGET_WORDS, Translator, split_phrases, translate
from nncore.attention.translation_run import TranslationRun, encode_phrase
from nncore.experiments.recording.recording import Recording
from pages.parts.attention.cell_text import labels_of, product_hover, softmax_hover
from pages.parts.attention.edits import edits_of
from pages.parts.attention.inspect import NAMES, SIGNS, Matrices, editor, heatmap, pick_matrix, spectrum_and_numbers, tools
from pages.parts.attention.learned import attention_of, pick_phrase, pick_run, recording_for
from pages.parts.attention.numbers import pick_head, without_masked
from pages.parts.attention.setup import Setup, drawn_model, model_of, pick_seed, setup
from pages.parts.attention.story import Story
from pages.parts.fields.numbers import fine_percent, short
from pages.parts.figures.attention import Axes, share_figure, signed_figure
from pages.parts.page.choices import bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.learning import frame_slider
from pages.parts.page.session import Session

WHOSE = {"drawn": "Drawn at random, for any sentence", "trained": "Learned by the translator"}
DRAWN = Story(
    r"$W_Q$ and $W_K$ only matter together: a head's scores are $E\,W_Q^\top W_K\,E^\top$ with its rows of both, scaled. "
    "$W_V$ and $W_O$ do not touch the weights at all.",
    "Set $W_Q$ and $W_K$ both to the identity (one head, no mask, no positions): every word attends most to itself and to "
    "its repetitions. Set $W_Q$ to zeros: every word attends equally to all words that the mask leaves visible.",
)
TRAINED = Story(
    "The queries here do not come from words. They are three learned vectors P, one for each place of the French phrase, so "
    r"the scores are $P\,W_Q^\top W_K\,E^\top / \sqrt{16}$, with the three English words in E. $W_V$ and $W_O$ do not touch "
    "the weights; $W_O$ has a row for each French word, for its product with what was mixed together scores them.",
    "Set $W_Q$ to zeros: all scores are 0, every place gives each word a weight of one third, so all three places give the "
    "same word. *Take back* $W_Q$ undoes this. Then go to the first snapshot: the singular values at first and now are the "
    "same.",
)


def matrices(session: Session) -> Story:
    """One matrix as heatmap, spectrum, numbers and table, beside what it does, and the story of what is shown."""
    whose = choice(session, "whose", "str", "drawn", WHOSE)
    st.segmented_control("Whose matrices", list(WHOSE), format_func=WHOSE.get, required=True,
                         **bind_choice(session, "whose", whose, "drawn"))  # fmt: skip
    return (_drawn if whose == "drawn" else _trained)(session)


def _drawn(session: Session) -> Story:
    """The matrices of the step before, and the weights or the output that they give."""
    figures = st.container()  # above their controls, so that a phone's first screen has them
    controls = setup(session)
    seed = pick_seed(session)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = pick_matrix(session)
        st.selectbox("First weights", range(10), format_func=lambda number: f"start {number}", width=140,
                     **bind_choice(session, "matrices_seed", seed, 0))  # fmt: skip
        first = drawn_model(session)
        tools(session, seed, first.views)
        head = pick_head(session, first.heads) if name in ("W_Q", "W_K") else 0
    model = model_of(session)
    studied = Matrices(first.views, model.views, seed, f"attention-start-{seed}",
                       "They hold for these first weights; others have their own.")  # fmt: skip
    left, right = figures.columns(2, gap="large")
    with left:
        heatmap(studied, name)
    with right:
        if controls is not None:
            _effect(replace(controls[0], model=model), first, name, head)
    spectrum_and_numbers(studied, name)
    editor(session, studied, name)
    return DRAWN


def _effect(picked: Setup, drawn: MultiHeadAttention, name: str, head: int) -> None:
    """What the matrix decides: W_Q and W_K the weights, W_V and W_O the output; and how far changes by hand moved both."""
    labels, stages = labels_of(picked.words), picked.stages
    if name in ("W_Q", "W_K"):
        st.markdown(f"**Weights** of head {head + 1} with these matrices")
        hover = softmax_hover(stages.scores[head], stages.weights[head], labels, labels)
        values, axes = without_masked(stages.weights[head], picked.mask), Axes(labels, labels, "query word", "key word")
        figure_of = share_figure
    else:
        st.markdown("**Output** with these matrices: weights do not depend on $W_V$ and $W_O$")
        numbers = [str(column + 1) for column in range(picked.model.d_model)]
        hover = product_hover(stages.joined, picked.model.W_O, labels, numbers)
        figure_of, values, axes = signed_figure, stages.output, Axes(labels, numbers)
    show_figure("matrix_effect", "What comes of these matrices for the sentence.",
                lambda dark: figure_of(values, axes, dark, hover))  # fmt: skip
    st.caption(_moved(picked, drawn))


def _moved(picked: Setup, drawn: MultiHeadAttention) -> str:
    """How far the changes by hand moved weights and output, at most."""
    changed = [name for name in NAMES if not np.array_equal(drawn.views[name], picked.model.views[name])]
    if not changed:
        return "Nothing is changed by hand: these are the matrices as they were drawn at random."
    before, after = replace(picked, model=drawn).stages, picked.stages
    weights = float(np.abs(after.weights - before.weights).max())
    output = float(np.abs(after.output - before.output).max())
    return (f"Changed by hand: {', '.join(map(SIGNS.get, changed))}. Against the matrices as drawn, a weight moved by up to "
            f"{short(weights)} and a number of the output by up to {short(output)}.")


def _trained(session: Session) -> Story:
    """The translator's matrices at any frame, and the attention that they give for a phrase."""
    run = pick_run(session)
    recording = recording_for(session, run)
    if recording is None:
        return replace(TRAINED, notice=None, to_try="Train it: its matrices are then shown here, at every snapshot.")
    with st.container():  # one element, which makes room as a whole for the next training
        _translator(session, run, recording)
    return TRAINED


def _translator(session: Session, run: TranslationRun, recording: Recording) -> None:
    """One of the translator's matrices at the frame picked, and what comes of it."""
    phrase = pick_phrase(session)
    frame = frame_slider(session, "translation_frame", recording)
    recorded, key = run.model(recording.parameters[frame]), (run, frame)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = pick_matrix(session)
        tools(session, key, recorded.views)
    model = run.model(recording.parameters[frame])
    edits = edits_of(key)
    session.edited = bool(edits)
    for changed, matrix in edits.items():
        model.views[changed][...] = matrix
    first = run.model(recording.parameters[0])
    studied = Matrices(*({n: m.views[n] for n in NAMES} for m in (first, model)), key,
                       f"translator-{run.setting}-{run.seed}-frame-{frame}",
                       "They apply to this snapshot only: every other snapshot stays as it was recorded.")  # fmt: skip
    left, right = st.columns(2, gap="large")
    with left:
        heatmap(studied, name, list(TARGET_WORDS) if name == "W_O" else None)
    with right:
        st.markdown("**Attention** with these matrices")
        attention_of(model, phrase, "matrix_attention")
        st.markdown(_translation(model, recorded, phrase))
    spectrum_and_numbers(studied, name)
    editor(session, studied, name)


def _translation(model: Translator, recorded: Translator, phrase: tuple[str, str, str]) -> str:
    """What the phrase becomes, and how many held-out phrases are right, as recorded and with the changes by hand."""
    held = split_phrases()[1]
    said = tuple(TARGET_WORDS[word] for word in model.predict(encode_phrase(*phrase))[0])
    right = "right" if said == translate(phrase) else f"wrong, it should be *{' '.join(translate(phrase))}*"
    share, before = (m.accuracy(held.X, held.y) for m in (model, recorded))
    changed = not np.array_equal(model.parameters, recorded.parameters)
    return (f"**{' '.join(phrase)}** → **{' '.join(said)}** · {right}. Of the held-out phrases "
            f"{fine_percent(share)} are right"
            + (f"; without the changes by hand {fine_percent(before)}." if changed else "."))
