"""Questions that a transformer raises, each in a fold: which matrix is which, and why all places at once."""

from collections.abc import Sequence

import streamlit as st

from nncore.attention.paths import WIDTH, PathCost, compare_paths
from nncore.attention.transformer import Transformer
from nncore.attention.transformer_run import TransformerRun
from nncore.cache import cached
from pages.parts.fields.numbers import short
from pages.parts.fields.source import show_source
from pages.parts.transformer.before import parts_table

LENGTHS = (2, 4, 8, 16, 32)


def questions(run: TransformerRun) -> None:
    """The folds at the end of the page."""
    with st.expander("Which weight matrix is meant where?"):
        st.markdown(matrices_table(run.model()))
        st.markdown("A table of **attention weights** is none of them: it is computed anew for every sequence, and nothing "
                    "in it is learned. **Biases, gains and shifts** are vectors beside the matrices.")
        st.markdown(parts_table(run.model()))
    with st.expander("Why all places at once? Recurrent against attention"):
        costs = [cached(compare_paths, length, n_bytes=200) for length in LENGTHS]
        st.markdown(paths_words(costs))
        st.markdown(paths_table(costs))
        st.caption(f"Measured on random inputs with untrained weights, {WIDTH} numbers per token, the middle of ten draws. "
                   "What arrives: how strongly the last output depends on the first token, against its own (lengths of "
                   "the derivatives). The recurrent network is h = tanh(W h + U x).")
        show_source(compare_paths, came=costs[-1], length=LENGTHS[-1])


def matrices_table(model: Transformer) -> str:
    """Every matrix of the block with its shape and what it does, as a table in Markdown."""
    d, h, n_answers, size = model.d_model, len(model.views["b_1"]), len(model.views["b_out"]), len(model.views["embedding"])
    each = f"{model.heads} head{'s' * (model.heads > 1)} of {d // model.heads} rows"
    rows = (
        ("embedding", f"{size}×{d}", "row i is the vector of token i"),
        ("$W_Q$", f"{d}×{d}", f"makes the query, what a place looks for; {each}"),
        ("$W_K$", f"{d}×{d}", f"makes the key, what a place is found by; {each}"),
        ("$W_V$", f"{d}×{d}", f"makes the value, what a place hands on; {each}"),
        ("$W_O$", f"{d}×{d}", "combines the heads' results"),
        ("$W_1$", f"{h}×{d}", "the feed-forward part's first layer, before ReLU"),
        ("$W_2$", f"{d}×{h}", "its second layer, back to the size of the token"),
        ("$W_{out}$", f"{n_answers}×{d}", "row i scores answer i"),
    )
    return "\n".join(["| Matrix | Shape | What it does |", "|:--|--:|:--|", *(f"| {' | '.join(row)} |" for row in rows)])


def paths_table(costs: Sequence[PathCost]) -> str:
    """Steps, scores and what arrives of the first token, by length, as a table in Markdown."""
    head = ("| Tokens | Steps in a row, recurrent | attention | Scores to compute | First token arrives, recurrent "
            "| attention |")  # fmt: skip
    lines = [f"| {c.length} | {c.recurrent_steps} | {c.attention_steps} | {c.scores:,} | {short(c.recurrent_reach)} | "
             f"{short(c.attention_reach)} |" for c in costs]  # fmt: skip
    return "\n".join([head, "|--:|--:|--:|--:|--:|--:|", *lines])


def paths_words(costs: Sequence[PathCost]) -> str:
    """What the table says, by its longest sequence."""
    last = costs[-1]
    ratio = last.attention_reach / last.recurrent_reach
    return (
        f"A **recurrent** network reads one token after the other: {last.length} tokens are {last.recurrent_steps} steps, "
        "each of which waits for the one before, and the first token reaches the last answer through all of them. "
        "**Attention** compares all places in one matrix product: the way between any two tokens is one step long, however "
        f"far apart they are. With {last.length} tokens {ratio:,.0f} times as much of the first one arrives. The price: "
        f"{last.length} × {last.length} = {last.scores:,} scores, which grow with the square of the length."
    )
