"""Steps against layers: what of a pass must wait, counted, and how long it takes, measured on a click."""

from collections.abc import Sequence

import streamlit as st

from nncore.attention.waiting import Waiting, count_waiting, measure_waiting
from nncore.cache import cached
from pages.parts.fields.numbers import plain
from pages.parts.recurrence.study import CELL_NAMES, Look

PASS_LENGTHS = (8, 32, 128)


def waiting(look: Look) -> None:
    """The products in sequence of both architectures at three lengths; their times after a click."""
    run = look.run
    st.markdown("**A recurrent network has to finish one step before it can begin the next; a transformer block works on "
                "all places at once.** So the products that wait for each other grow with the sequence in the one, and "
                "stay as many in the other, however long it is.")  # fmt: skip
    asked = f"waiting_measured_{run.cell}_{run.n_hidden}"
    if st.button("Measure the time of one pass", key="measure_waiting", icon=":material/timer:"):
        st.session_state[asked] = True
    measured = bool(st.session_state.get(asked))
    rows = ([cached(measure_waiting, run.cell, run.n_hidden, length, n_bytes=100) for length in PASS_LENGTHS] if measured
            else [count_waiting(length) for length in PASS_LENGTHS])  # fmt: skip
    st.markdown(table_words(rows, CELL_NAMES[run.cell]))
    if measured:
        st.markdown(time_words(rows))
    st.caption("Counted are matrix products that need the result of the one before: in the recurrent network one per step, "
               "and one for the answers; in the block those of queries, keys and values (together), scores, weighted means, "
               "W_O, two of the feed-forward part, and the answers. The block pays with a score for every two places, "
               "T × T of them.")  # fmt: skip


def table_words(rows: Sequence[Waiting], cell: str) -> str:
    """A table in Markdown, with a row for each length, and with the times where they were measured."""
    measured = rows[0].block_seconds > 0
    head = ["Steps T", f"{cell}: products in sequence", "block: products in sequence"]
    head += [f"{cell}: ms", "block: ms"] * measured
    lines = [head, ["---:"] * len(head)]
    for row in rows:
        times = [plain(1e3 * seconds, 3) for seconds in (row.recurrent_seconds, row.block_seconds)]
        lines.append([str(row.length), str(row.recurrent_products), str(row.block_products), *times * measured])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def time_words(rows: Sequence[Waiting]) -> str:
    """By how much both times grow from the shortest sequence to the longest."""
    first, last = rows[0], rows[-1]
    recurrent, block = last.recurrent_seconds / first.recurrent_seconds, last.block_seconds / first.block_seconds
    return (f"Measured on this server, one sequence, one pass forward, the shortest of a few rounds: from {first.length} to "
            f"{last.length} steps the recurrent network takes **{plain(recurrent, 2)} times** as long, the block "
            f"**{plain(block, 2)} times**. A graphics card with thousands of units would make the difference larger still: "
            "it has nothing to do at once while a step waits.")  # fmt: skip
