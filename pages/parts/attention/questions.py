"""Questions that attention raises, each in a fold with the numbers on screen: why sqrt(d), why three matrices, and which."""

import numpy as np
import streamlit as st

from nncore.attention.scaling import ScoreSpread, score_spread
from nncore.attention.stages import AttentionSettings, Stages, attention_stages, with_one_matrix
from nncore.cache import cached
from nncore.words.outer_product import asymmetry, diagonal_is_largest
from pages.parts.attention.setup import Setup
from pages.parts.fields.numbers import fine_percent, short
from pages.parts.fields.source import show_source

SIZES = (4, 64, 512)  # numbers per query, beside those on screen


def questions(picked: Setup, head: int) -> None:
    """The folds below the steps of attention, for the sentence and the head on screen."""
    model, d = picked.model, picked.model.d_model // picked.model.heads
    with st.expander(f"Why divide by √d? Here it is √{d}."):
        st.markdown(r"**Derived.** Let a query $q$ and a key $k$ have $d$ independent numbers of mean 0 and variance 1. "
                    r"Each product has mean $E[q_i k_i] = E[q_i]\,E[k_i] = 0$ and variance "
                    r"$E[q_i^2 k_i^2] = E[q_i^2]\,E[k_i^2] = 1$. Variances of independent terms add up: "
                    r"$\mathrm{Var}(q \cdot k) = \sum_{i=1}^d 1 = d$, so the score spreads by $\sqrt d$. Divided by "
                    r"$\sqrt d$ it spreads by 1, whatever $d$ is.")  # fmt: skip
        spreads = [cached(score_spread, size, len(picked.words), n_bytes=200) for size in sorted({d, *SIZES})]
        st.markdown(f"**Measured**, on 1,000 random queries with {len(picked.words)} keys each:")
        st.markdown(spread_table(spreads, d))
        show_source(score_spread, came=next(s for s in spreads if s.d == d), d=d, n_keys=len(picked.words))
        st.markdown(softmax_words(picked, head))
    with st.expander("Why three matrices, and what is lost with one?"):
        one = attention_stages(picked.tokens, with_one_matrix(model), picked.settings, picked.mask)
        st.markdown(one_matrix_words(picked.stages, one, head))
    with st.expander("Which weight matrix is meant where?"):
        st.markdown("What makes Q, K and V are **the weight matrices** $W_Q$, $W_K$ and $W_V$, with $W_O$ at the end: "
                    "learned (here as drawn at random), and the same for every sentence. The table that the softmax gives "
                    "holds the **attention weights**: computed anew for each sentence.")
        st.markdown(matrices_table(picked))


def spread_table(spreads: list[ScoreSpread], d: int) -> str:
    """How widely scores spread and how much the largest weight takes, by d, as a table in Markdown."""
    head = ("| d | √d | Scores spread by | divided by √d | Largest weight, mean | divided |", "|--:|--:|--:|--:|--:|--:|")
    lines = []
    for s in spreads:
        name = f"**{s.d}**, on screen" if s.d == d else str(s.d)
        lines.append(f"| {name} | {short(s.d**0.5)} | {short(s.deviation)} | {short(s.divided)} | {fine_percent(s.largest)} "
                     f"| {fine_percent(s.largest_divided)} |")  # fmt: skip
    return "\n".join([*head, *lines])


def softmax_words(picked: Setup, head: int) -> str:
    """What the division does to the weights on screen, and why a softmax that is too sure does not learn."""
    shares = [
        float(attention_stages(picked.tokens, picked.model, AttentionSettings(scaled), picked.mask)
              .weights[head].max(axis=-1).mean())
        for scaled in (False, True)
    ]  # fmt: skip
    return (
        f"**Your sentence:** without the division the largest weight of a row is {fine_percent(shares[0])} on average, with "
        f"it {fine_percent(shares[1])}. The derivative of a weight is w (1 − w): where one key takes everything, w is 0 or "
        "1, the derivative is 0, and nothing is learned."
    )


def one_matrix_words(three: Stages, one: Stages, head: int) -> str:
    """What is lost where query, key and value are the same vector, in the numbers on screen."""
    before, after = (asymmetry(stages.scores[head]) for stages in (three, one))
    own, own_before = (int(diagonal_is_largest(stages.scores[head]).sum()) for stages in (one, three))
    count = len(one.tokens)
    return (
        "A word asks one thing (its **query**: which noun belongs to me?), is found by another (its **key**: I am a noun) "
        "and hands on a third (its **value**: feminine). Put $W_Q$ in the place of $W_K$ and $W_V$, and three things are "
        "lost:\n\n"
        f"- **Direction.** Scores become symmetric: q·k = k·q. The largest difference between the score of i with j and "
        f"that of j with i is {short(before)} here, and {short(after)} with one matrix. A verb could no longer look for its "
        "subject without the subject looking back as much.\n"
        f"- **Looking away from oneself.** A word's score with itself becomes a squared length, never negative: it is the "
        f"largest of its row in {own} of {count} rows, against {own_before} with the matrices on screen.\n"
        "- **Handing on something else.** The value would be what the word is found by; the noun's key would be all that "
        "the article learns of it."
    )


def matrices_table(picked: Setup) -> str:
    """Every matrix of attention with its shape, whether it is learned, and where it stands, as a table in Markdown."""
    d, count = picked.model.d_model, len(picked.words)
    d_head = d // picked.model.heads
    rows = (
        ("$W_Q$, $W_K$, $W_V$", f"{d}×{d}", "weight matrices, learned", "the same for every sentence"),
        ("$W_O$", f"{d}×{d}", "weight matrix, learned", "the same for every sentence"),
        ("E", f"{count}×{d}", "computed", "a row for each word of this sentence"),
        ("Q, K, V", f"{count}×{d_head}", "computed", "for this sentence, one of each per head"),
        ("scores", f"{count}×{count}", "computed", "before the softmax"),
        ("attention weights", f"{count}×{count}", "computed", "after the softmax; each row sums to 1"),
    )
    head = ["| Name | Shape here | What it is | |", "|:--|--:|:--|:--|"]
    return "\n".join([*head, *(f"| {' | '.join(row)} |" for row in rows)]) + (
        "\n\n*The weight matrix* in a text about training is one of the first two rows; *the attention matrix* is the last. "
        f"Learned numbers here: 4 · {d}² = {np.square(d) * 4:,}, however long the sentence."
    )
