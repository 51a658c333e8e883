"""Scaled dot-product attention, one stage at a time, with the arithmetic of every cell."""

import numpy as np
import streamlit as st

from nncore.attention_stages import entropy, order_gap
from pages.parts.attention_setup import Setup, setup, tokens_of
from pages.parts.attention_words import labels_of, product_hover, softmax_hover
from pages.parts.choices import bind_choice, choice
from pages.parts.figures.attention import Axes, share_figure, signed_figure
from pages.parts.server import drawing
from pages.parts.session import Session
from pages.parts.style import is_dark

STAGES = {
    "E": "the words' vectors, of length √12", "Q": "queries, E W_Qᵀ", "K": "keys, E W_Kᵀ", "V": "values, E W_Vᵀ",
    "scores": "Q Kᵀ, scaled", "masked": "scores behind the mask", "heads": "weights times V",
    "output": "the heads' results times W_Oᵀ",
}  # fmt: skip


def numbers(session: Session) -> None:
    """One stage on the left, the weights that all leads to on the right."""
    picked = setup(session)
    stages, labels = picked.stages, labels_of(picked.words)
    stage, head = _pick(session, picked.model.heads)
    left, right = st.columns(2, gap="large")
    with left:
        values, columns, hover = _stage(picked, stage, head, labels)
        st.markdown(f"**{stage}**, {STAGES[stage]}: {values.shape[0]}×{values.shape[1]}")
        _draw(signed_figure, values, Axes(labels, columns), hover, f"stage_{stage}")
    with right:
        weights = stages.weights[head]
        st.markdown(f"**Weights**, the softmax of each row: {len(labels)}×{len(labels)}")
        hover = softmax_hover(stages.scores[head], weights, labels, labels)
        _draw(share_figure, weights, Axes(labels, labels, "who looks", "at whom"), hover, "weights")
    _findings(picked, weights)


def _pick(session: Session, heads: int) -> tuple[str, int]:
    stage = choice(session, "stage", "str", "scores", STAGES.__contains__)
    head = min(choice(session, "head", "int", 1, lambda value: 1 <= value <= 4), heads)
    with st.container(horizontal=True):
        st.segmented_control("Stage", list(STAGES), required=True, **bind_choice(session, "stage", stage, "scores"))
        if heads > 1:
            st.segmented_control("Head", range(1, heads + 1), required=True, **bind_choice(session, "head", head, 1))
    return stage, head - 1


def _stage(picked: Setup, stage: str, head: int, labels: list[str]) -> tuple[np.ndarray, list[str], list | None]:
    """A stage's matrix, its columns' labels, and the arithmetic of its cells."""
    stages, model = picked.stages, picked.model
    d_head = model.d_model // model.heads
    rows = slice(head * d_head, (head + 1) * d_head)
    names = [str(column + 1) for column in range(model.d_model)]
    if stage == "E":
        return stages.tokens, names, None
    if stage in "QKV":
        matrix = model.views[f"W_{stage}"][rows]
        return getattr(stages, stage)[head], names[rows], product_hover(stages.tokens, matrix, labels, names[rows])
    if stage in ("scores", "masked"):
        factor = picked.settings.scale(d_head)
        hover = product_hover(stages.Q[head], stages.K[head], labels, labels, factor)
        scores = stages.scores[head]
        if stage == "masked" and picked.mask is not None:
            scores = np.where(picked.mask, scores, -np.inf)
        return scores, labels, hover
    if stage == "heads":
        hover = product_hover(stages.weights[head], stages.V[head].T, labels, names[rows])
        return stages.attended[head], names[rows], hover
    return stages.output, names, product_hover(stages.joined, model.W_O, labels, names)


def _draw(figure_of, values: np.ndarray, axes: Axes, hover: list | None, key: str) -> None:
    alt = f"Matrix {key}, {values.shape[0]} by {values.shape[1]}."
    with drawing:
        figure = figure_of(values, axes, is_dark(), hover)
        st.plotly_chart(figure, theme=None, key=f"numbers_{key}", config={"displayModeBar": False}, alt=alt)


def _findings(picked: Setup, weights: np.ndarray) -> None:
    """What the numbers say: the rows' sums, how widely they look, and what a shuffled sentence changes."""
    sums = weights.sum(axis=1)
    empty = int((sums == 0).sum())
    widest = np.log2(len(weights)) if len(weights) > 1 else 0.0
    order = np.random.default_rng(1).permutation(len(picked.words))
    shuffled = tokens_of([picked.words[i] for i in order], picked.positions)
    gap = order_gap(picked.tokens, shuffled, order, picked.model)
    st.markdown(
        f"- Rows sum to 1 (farthest off: {np.abs(sums[sums > 0] - 1).max(initial=0.0):.0e})"
        + (f"; **{empty} rows may look at nothing**: their weights are 0" if empty else "")
        + f". They look {entropy(weights).mean():.2f} bits wide on average; all words alike would be {widest:.2f}.\n"
        f"- **Shuffle the sentence** (no mask) and each word's output changes by at most {gap:.1e}: "
        + ("with positions, order matters." if picked.positions else "without positions, attention sees a bag of words. "
           "Switch positions on and look again.")
    )  # fmt: skip
