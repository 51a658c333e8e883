"""Scaled dot-product attention, one stage at a time, with the arithmetic of every cell."""

import numpy as np
import streamlit as st

from nncore.attention.attention import scaled_dot_product_attention
from nncore.attention.stages import entropy, even_entropy, order_gap
from pages.parts.attention.cell_text import labels_of, masked_hover, product_hover, softmax_hover, token_hover
from pages.parts.attention.edits import edits_of
from pages.parts.attention.questions import questions
from pages.parts.attention.setup import D_MODEL, Setup, pick_seed, scaled_vectors, setup
from pages.parts.attention.story import Story
from pages.parts.fields.numbers import short
from pages.parts.fields.source import show_source
from pages.parts.figures.attention import Axes, share_figure, signed_figure
from pages.parts.page.choices import Span, bind_choice, choice, choice_up_to
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session

STAGES = ("E", "Q", "K", "V", "scores", "masked", "heads", "output")
NOTICE = "Hover over any cell for its arithmetic. Without mask and positions, two occurrences of one word have the same row."
TO_TRY = ("A low temperature gives the highest score of a row more of it, a high one evens the row out. With the causal "
          "mask the first word attends only to itself. *Shuffle the words*: rows and columns move along, and no number "
          "changes until positions or a mask are on.")  # fmt: skip
SAME = 1e-9  # outputs that differ by less differ by rounding alone


def numbers(session: Session) -> Story:
    """One stage on the left, the weights that all leads to on the right, where the sentence can be used; their story."""
    figures = st.container()  # above their controls, so that a phone's first screen has them
    controls = setup(session)
    if controls is None:
        return Story(None, TO_TRY)
    picked, order = controls
    with figures:
        head = _figures(session, picked)
    if edits_of(pick_seed(session)):
        st.caption("Some of the matrices W were changed by hand, in the step *The matrices*.")
    st.markdown(f"- {sums_in_words(picked.stages.weights[head], picked.mask)}\n- {shuffle_in_words(picked, order)}")
    if len(order) > 1:
        st.text("The other order: " + " ".join(picked.words[i] for i in order))  # as plain text, for it was typed
    questions(picked, head)
    return Story(NOTICE, TO_TRY)


def _figures(session: Session, picked: Setup) -> int:
    """The stage picked and the weights, side by side; the head that they show."""
    stages, labels = picked.stages, labels_of(picked.words)
    stage = choice(session, "stage", "str", "scores", STAGES)
    st.segmented_control("Stage", list(STAGES), required=True, **bind_choice(session, "stage", stage, "scores"))
    head = pick_head(session, picked.model.heads)
    left, right = st.columns(2, gap="large")
    with left:
        values, columns, hover = _stage(picked, stage, head, labels)
        st.markdown(f"**{stage}**{_heads_shown(picked, stage, head)}, {meaning(picked, stage)}: "
                    f"{values.shape[0]}×{values.shape[1]}")  # fmt: skip
        titles = ("query word", "key word") if stage in ("scores", "masked") else ("word", "number")
        _draw(signed_figure, values, Axes(labels, columns, *titles), hover, f"stage_{stage}")
    with right:
        weights = stages.weights[head]
        whose = f" of head {head + 1}" * (picked.model.heads > 1)
        st.markdown(f"**Weights**{whose}, the softmax of each row: {len(labels)}×{len(labels)}")
        hover = softmax_hover(stages.scores[head], weights, labels, labels)
        seen = without_masked(weights, picked.mask)
        _draw(share_figure, seen, Axes(labels, labels, "query word", "key word"), hover, "weights")
        if picked.mask is not None and not picked.mask.all():
            st.caption("A hatched cell is masked: its score is −∞, so it gets no weight at all.")
        st.caption("Before exp, the largest score of the row is taken off each: no exponential can then be too large to "
                   "compute. It divides out, so no weight changes.")
    show_source(scaled_dot_product_attention, Q=stages.Q[head], K=stages.K[head], V=stages.V[head], mask=picked.mask,
                scale=picked.settings.scale(stages.Q.shape[-1]))  # fmt: skip
    return head


def _heads_shown(picked: Setup, stage: str, head: int) -> str:
    """Of which head a stage is, where there are several."""
    if picked.model.heads == 1 or stage == "E":
        return ""
    return f" of all {picked.model.heads} heads" if stage == "output" else f" of head {head + 1}"


def pick_head(session: Session, heads: int) -> int:
    """The head on screen, from 0, with its control where there are several."""
    head = choice_up_to(session, "head", 1, heads, Span(1, 4))
    if heads > 1:
        st.segmented_control("Head", range(1, heads + 1), required=True, **bind_choice(session, "head", head, 1))
    return head - 1


def meaning(picked: Setup, stage: str) -> str:
    """What a stage is, as a formula with the settings in it."""
    settings, d_head = picked.settings, picked.model.d_model // picked.model.heads
    scores = "Q Kᵀ" + (f" / √{d_head}" if settings.scaled else "")
    scores += "" if settings.temperature == 1 else f" / {settings.temperature:g}"
    return {
        "E": f"random word vectors of length √{D_MODEL}" + (" plus positions" if picked.positions else ""),
        "Q": r"queries, $E\,W_Q^\top$", "K": r"keys, $E\,W_K^\top$", "V": r"values, $E\,W_V^\top$", "scores": scores,
        "masked": f"{scores}; {mask_in_words(picked)}",
        "heads": "weights times V", "output": "the heads' results side by side, times $W_O^\top$",
    }[stage]  # fmt: skip


def _stage(picked: Setup, stage: str, head: int, labels: list[str]) -> tuple[np.ndarray, list[str], list]:
    """A stage's matrix, its columns' labels, and the arithmetic of its cells."""
    stages, model = picked.stages, picked.model
    d_head = model.d_model // model.heads
    rows = slice(head * d_head, (head + 1) * d_head)
    names = [str(column + 1) for column in range(model.d_model)]
    if stage == "E":
        return stages.tokens, names, token_hover(labels, scaled_vectors(picked.words), picked.places)
    if stage in "QKV":
        matrix = model.views[f"W_{stage}"][rows]
        return getattr(stages, stage)[head], names[rows], product_hover(stages.tokens, matrix, labels, names[rows])
    if stage in ("scores", "masked"):
        factor = picked.settings.scale(d_head)
        hover = product_hover(stages.Q[head], stages.K[head], labels, labels, factor)
        if stage == "scores" or picked.mask is None:
            return stages.scores[head], labels, hover
        return np.where(picked.mask, stages.scores[head], -np.inf), labels, masked_hover(hover, picked.mask)
    if stage == "heads":
        hover = product_hover(stages.weights[head], stages.V[head].T, labels, names[rows])
        return stages.attended[head], names[rows], hover
    return stages.output, names, product_hover(stages.joined, model.W_O, labels, names)


def _draw(figure_of, values: np.ndarray, axes: Axes, hover: list | None, key: str) -> None:
    show_figure(f"numbers_{key}", f"Matrix {key}, {values.shape[0]} by {values.shape[1]}.",
                lambda dark: figure_of(values, axes, dark, hover))  # fmt: skip


def without_masked(weights: np.ndarray, mask: np.ndarray | None) -> np.ndarray:
    """The weights (T, T) with NaN where the mask hides: what may not be looked at is no interest of 0."""
    return weights if mask is None else np.where(mask, weights, np.nan)


def mask_in_words(picked: Setup) -> str:
    """What the mask hides."""
    if picked.mask is None:
        return "no mask hides any"
    if picked.mask_kind == "causal":
        return "−∞ where the mask hides: no word attends to later words"
    hidden = len(picked.words) - int(picked.mask[0].sum())
    whom = f"the last {hidden} words" if hidden > 1 else "the last word" if hidden else "padding, and here there is none"
    return f"−∞ where the mask hides: no word attends to {whom}"


def sums_in_words(weights: np.ndarray, mask: np.ndarray | None) -> str:
    """What the rows' sums are, and how widely their attention is spread."""
    sums = weights.sum(axis=1)
    if not sums.any():
        return "**The mask hides every word:** all weights are 0."
    bits, most = float(entropy(weights).mean()), even_entropy(mask, len(weights))
    return (
        f"Rows sum to 1 (farthest off: {short(np.abs(sums[sums > 0] - 1).max())}). Their entropy is {bits:.2f} bits on "
        f"average, as if spread evenly over {2**bits:.1f} words (2 to the power of {bits:.2f}). Even attention to all that "
        f"may be seen: {most:.2f} bits, {2**most:.1f} words."
    )


def shuffle_in_words(picked: Setup, order: np.ndarray) -> str:
    """What another order of the words changes, and through what."""
    if len(order) == 1:
        return "One word alone has no order: add words to shuffle them."
    gap = order_gap(picked.stages, picked.reordered(order).stages, order)
    begins = f"**Another order of the words** (it stands below) changes their outputs by at most {short(gap)}: "
    if gap < SAME:
        return begins + ("nothing but rounding. Here attention treats the sentence as a bag of words. Positions or a mask "
                         "would change that.")
    causes = ["the positions mark each word's place"] * picked.positions
    causes += {"causal": ["the mask hides what comes later"], "padding": ["the mask hides what stands last"]}.get(
        picked.mask_kind, []
    )
    return begins + f"order matters, because {' and '.join(causes)}."
