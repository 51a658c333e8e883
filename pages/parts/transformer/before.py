"""What the transformer page shows before Train is pressed: the task on one example, and what the block is made of."""

import streamlit as st

from nncore.attention.sequence_tasks import TASKS
from nncore.attention.transformer import Transformer
from nncore.attention.transformer_run import LENGTH, TransformerRun


def before(run: TransformerRun) -> None:
    """One held-out sequence with its right answers, and the parts of the block with their parameters."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.code(example_lines(run), language=None)
        st.markdown("**The task on an example.** The block reads all of the first line at once and answers at every place. "
                    "It is never given the rule, only such pairs.")  # fmt: skip
        st.caption(f"One of the held-out sequences of {LENGTH} tokens.")
    with right:
        st.markdown("**What the block is made of**")
        st.markdown(parts_table(run.model()))


def example_lines(run: TransformerRun) -> str:
    """The first held-out sequence and what should come out, aligned place by place."""
    task, held = TASKS[run.task], run.sequences()[1]
    size = len(task.tokens[0])
    lines = (("sequence", task.tokens, held.X[0]), ("right answer", task.answers, held.y[0]))
    return "\n".join(f"{name:<14}" + " ".join(f"{words[i]:>{size}}" for i in row) for name, words, row in lines)


def parts_table(model: Transformer) -> str:
    """The parts of the block and how many parameters each has, as a table in Markdown."""
    d, sizes = model.d_model, model.part_sizes()
    says = {
        "embedding": f"each token becomes {d} numbers; sines and cosines of its place are added",
        "attention": f"{model.heads} head{'s' * (model.heads > 1)} of {d // model.heads} numbers: $W_Q$, $W_K$, $W_V$, "
                     "$W_O$; the result is added to what was there"
                     + (". No place attends to later ones" if model.causal else ""),
        "feed-forward": f"{d} → {2 * d} neurons (ReLU) → {d}, each place alone; the result is added to what was there",
        "answers": f"{d} numbers → one score for each of the {len(model.views['b_out'])} answers, made shares by softmax",
        "layer normalisation": "before attention, feed-forward and answers: each place's numbers get mean 0 and "
                               "deviation 1, then a gain and a shift that are learned",
    }  # fmt: skip
    lines = [f"| {name} | {says[name]} | {size:,} |" for name, size in sizes.items()]
    total = f"| **together** | | **{sum(sizes.values()):,}** |"
    return "\n".join(["| Part | What it does | Parameters |", "|:--|:--|--:|", *lines, total])
